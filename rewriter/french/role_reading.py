"""Which functions stand in a text, and whose they are.

Nothing parses here: a function belongs to the name beside it, before ("le maire de Brest, Paul Bert"), after
("Paul Bert, maire de Brest") or behind "est".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rewriter.french.bearers import PREPOSITIONS, is_finite, name_after, name_before, name_behind_copula
from rewriter.french.folding import flat
from rewriter.french.nations import Mention, mentions
from rewriter.french.roles import MODIFIERS, Head, head_at, is_function_key
from rewriter.french.tokens import Token, tokens

__all__ = ["Role", "RoleIndex", "index_roles", "is_finite", "roles"]


@dataclass(frozen=True)
class Role:
    """A function that stands in a text, and whose it is."""

    text: str
    """The words, from modifier to complement."""
    span: tuple[int, int]
    functions: frozenset[str]
    """What they may mean, by the first form in titles.txt."""
    general: bool
    modifiers: frozenset[str]
    """Of "ancien", "adjoint", "sortant", "futur", "vice" …"""
    codes: frozenset[str]
    """Countries named beside it."""
    name: tuple[str, ...] = ()
    """Whose it is: the words of the name, folded; empty when no name stands beside it."""
    named: str = ""
    """The name as it is written."""
    at: int = 0
    """Index of its first token."""


@dataclass(frozen=True)
class RoleIndex:
    """The functions of a source, made ready for comparing."""

    roles: tuple[Role, ...]
    words: tuple[Token, ...]
    """All words of the source."""


def roles(text: str, language: str = "fr") -> tuple[Role, ...]:
    """The functions of a text in order; `language` is "fr" or "en"."""
    return index_roles(text, language).roles


def index_roles(text: str, language: str = "fr") -> RoleIndex:
    """Make a source's functions ready for comparing."""
    words = tokens(text)
    read = _Text(text, words, mentions(words, language), language)
    found: list[Role] = []
    position = 0
    while position < len(words):
        head = head_at(words, position, language)
        if head:
            found.append(_role(read, position, head))
        position += head.length if head else 1
    return RoleIndex(tuple(_coordinated(text, found)), words)


_AND = re.compile(r",? (?:et|and|puis)(?: le| la| l'| un| une| the| a)? ?$|^[ -]$")


def _coordinated(text: str, found: Sequence[Role]) -> Iterator[Role]:
    """Give a function the name of the one that "et" ties it to: "maraîcher et président de la chambre"."""
    named = list(found)
    for i in range(1, len(named)):
        one, two = named[i - 1], named[i]
        if _AND.fullmatch(flat(text[one.span[1] : two.span[0]])):
            if one.name and not two.name:
                named[i] = replace(two, name=one.name, named=one.named)
            elif two.name and not one.name:
                named[i - 1] = replace(one, name=two.name, named=two.named)
    yield from named


class _Text(NamedTuple):
    text: str
    words: tuple[Token, ...]
    nations: tuple[Mention, ...]
    language: str


def _role(read: _Text, at: int, head: Head) -> Role:
    """The function whose head begins at a token."""
    text, words, nations, language = read
    first, modifiers = _modifiers_before(words, at)
    end = at + head.length
    complement, after = name_after(words, end, language)
    before = name_before(words, first)
    bare = all(token.key not in PREPOSITIONS for token in words[end:complement])
    name = (after if bare and after else before or after) or name_behind_copula(words, first)
    near = range(first - 2, complement)
    codes = frozenset(code for m in nations if m.first in near and not m.capital for code in m.codes)
    modifiers |= {MODIFIERS[t.key] for t in words[end : min(end + 3, complement)] if MODIFIERS.get(t.key) and t.tied}
    named = text[words[name[0]].start : words[name[-1]].end] if name else ""
    last = max(complement, end) - 1
    while last >= end and is_function_key(words[last].key):
        last -= 1
    return Role(
        text[words[first].start : words[last].end],
        (words[first].start, words[last].end),
        head.functions,
        head.general,
        frozenset(modifiers),
        codes,
        tuple(words[i].key for i in name if not is_function_key(words[i].key)),
        named,
        first,
    )


def _modifiers_before(words: Sequence[Token], at: int) -> tuple[int, set[str]]:
    """Index of the first of the modifiers right before a function, and what they say."""
    found: set[str] = set()
    while at > 0 and words[at].tied and (modifier := MODIFIERS.get(words[at - 1].key)):
        if words[at - 1].key == "sous" and words[at].gap not in ("-", "‑"):
            break
        found.add(modifier)
        at -= 1
    return at, found
