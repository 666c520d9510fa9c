"""Titles: whether a text gives a function to somebody who does not hold it in the source.

The same person must hold it there, with the same "ancien", "adjoint" or "futur" and the same country.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rewriter.french.bearers import name_from
from rewriter.french.role_reading import Role, RoleIndex, index_roles, roles
from rewriter.french.roles import HONORIFICS, MODIFIERS, verbs_of
from rewriter.french.tokens import Token

__all__ = ["Misattached", "Role", "RoleIndex", "index_roles", "misattached_titles", "roles"]


@dataclass(frozen=True)
class Misattached:
    """A function that the source does not give so."""

    role: Role
    reason: str
    """moved: another holds it · other: this person holds another · modifier: "ancien" lost or gained
    · nation: of another country · honorific: M. for Mme · unknown: the source has no such function."""
    source: str = ""
    """What the source says, when it says something."""


_CHANGES_MEANING = frozenset(("ancien", "futur", "vice", "adjoint", "intérimaire"))
"""Modifiers without which a function is another. "Sortant" and "honoraire" may be left out."""


def misattached_titles(text: str, source: str | RoleIndex, language: str = "fr") -> tuple[Misattached, ...]:
    """Functions of a French text that the source gives to another, or does not give so to this one.

    `language` is the source's when it is given as text. General words ("responsable", "dirigeant") are not
    judged, nor are functions in the plural that no name stands beside.
    """
    index = index_roles(source, language) if isinstance(source, str) else source
    ours = index_roles(text)
    found = [m for role in ours.roles if (m := _judged(role, index))]
    return (*found, *_wrong_honorifics(text, ours, index))


def _judged(role: Role, index: RoleIndex) -> Misattached | None:
    """Judge one function of the text."""
    if role.general:
        return _general_modified(role, index)
    same = [r for r in index.roles if r.functions & role.functions]
    if not role.name:
        return _judged_alone(role, same)
    theirs = [r for r in same if r.name and r.name[-1] == role.name[-1]]
    return _judged_beside(role, theirs) if theirs else _judged_elsewhere(role, same, index)


def _judged_elsewhere(role: Role, same: Sequence[Role], index: RoleIndex) -> Misattached | None:
    """Judge a function that the source does not give to this person beside their name."""
    if _says_with_verb(role, index) or _is_bare_nearby(role, same, index):
        return None
    others = [r for r in index.roles if r.name and r.name[-1] == role.name[-1]]
    if others:
        return Misattached(role, "other", others[0].text)
    holders = [r for r in same if r.name]
    if holders:
        return Misattached(role, "moved", f"{holders[0].text} {holders[0].named}")
    return Misattached(role, "unknown")


_BESIDE = 12
"""Tokens from a name within which "ancien" may be said of its bearer."""


def _general_modified(role: Role, index: RoleIndex) -> Misattached | None:
    """Judge "ancien responsable" beside a name: the source must say "ancien" of them, too."""
    changed = role.modifiers & _CHANGES_MEANING
    if not role.name or not changed:
        return None
    places = [i for i, token in enumerate(index.words) if token.key == role.name[-1]]
    near = {MODIFIERS.get(t.key) for i in places for t in index.words[max(0, i - _BESIDE) : i + _BESIDE]}
    return None if changed <= near else Misattached(role, "modifier")


def _judged_beside(role: Role, theirs: Sequence[Role]) -> Misattached | None:
    """Judge a function that the source gives to the same person."""
    return _modifier_changed(role, theirs) or _nation_changed(role, theirs)


def _modifier_changed(role: Role, theirs: Sequence[Role]) -> Misattached | None:
    for other in theirs:
        gained, lost = role.modifiers - other.modifiers, other.modifiers - role.modifiers
        if not gained and not lost & _CHANGES_MEANING:
            return None
    return Misattached(role, "modifier", theirs[0].text) if theirs else None


def _nation_changed(role: Role, theirs: Sequence[Role]) -> Misattached | None:
    known = frozenset(code for other in theirs for code in other.codes)
    return Misattached(role, "nation", theirs[0].text) if role.codes and known and not role.codes & known else None


def _judged_alone(role: Role, same: Sequence[Role]) -> Misattached | None:
    """Judge a function that no name stands beside: it must occur, with its modifiers and its country."""
    if role.text.split()[0].endswith("s") and not role.modifiers:
        return None
    if not same:
        return Misattached(role, "unknown")
    with_nation = [r for r in same if r.codes]
    of_nation = [r for r in with_nation if r.codes & role.codes]
    if role.codes and with_nation and not of_nation:
        return Misattached(role, "nation", with_nation[0].text)
    return _modifier_changed(role, of_nation or same)


def _says_with_verb(role: Role, index: RoleIndex) -> bool:
    """Whether the source says the function with a verb near the name: "Paul Bert, qui préside …"."""
    stems = tuple(stem for function in role.functions for stem in verbs_of(function))
    places = [i for i, token in enumerate(index.words) if token.key == role.name[-1]]
    return any(
        token.key in stems for place in places for token in index.words[max(0, place - 10) : place + 10] if stems
    )


_NEAR = 60
"""Tokens within which an unnamed function may be the person's: two or three sentences."""


def _is_bare_nearby(role: Role, same: Sequence[Role], index: RoleIndex) -> bool:
    """Whether the source has the function without a name, with the same modifiers, near this person's name,
    and gives the person no other function."""
    if any(r.name and r.name[-1] == role.name[-1] and not r.general for r in index.roles):
        return False
    bare = [r for r in same if not r.name and not _modifier_changed(role, [r])]
    places = [i for i, token in enumerate(index.words) if token.key == role.name[-1]]
    return any(abs(r.at - place) <= _NEAR for r in bare for place in places)


def _wrong_honorifics(text: str, ours: RoleIndex, index: RoleIndex) -> Iterator[Misattached]:
    """M. for Mme and the reverse."""
    theirs = _genders(index.words)
    for name, genders in _genders(ours.words).items():
        known = theirs.get(name)
        if known and not genders & known:
            at = next(i for i, token in enumerate(ours.words) if token.key == name)
            token = ours.words[at]
            role = Role(
                token.text,
                (token.start, token.end),
                frozenset(),
                False,
                frozenset(),
                frozenset(),
                (name,),
                token.text,
                at,
            )
            yield Misattached(role, "honorific", "M." if "m" in known else "Mme")


def _genders(words: Sequence[Token]) -> dict[str, frozenset[str]]:
    """Last name → the genders of the honorifics before it."""
    found: dict[str, set[str]] = {}
    for i, token in enumerate(words[:-1]):
        gender = HONORIFICS.get(token.key)
        if gender and token.text[0].isupper() and (row := name_from(words, i)):
            found.setdefault(words[row[-1]].key, set()).add(gender)
    return {name: frozenset(genders) for name, genders in found.items()}
