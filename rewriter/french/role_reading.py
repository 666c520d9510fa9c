"""Which functions stand in a text, and whose they are.

Nothing parses here: a function belongs to the name beside it, before ("le maire de Brest, Paul Bert"), after
("Paul Bert, maire de Brest") or behind "est".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rewriter.french.folding import flat, word_set
from rewriter.french.lemmas import lemma
from rewriter.french.nations import Mention, mentions
from rewriter.french.roles import HONORIFICS, MODIFIERS, Head, head_at, is_function_key
from rewriter.french.tokens import Token, tokens


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


_FAR = 14
"""Tokens that may stand between a function and its name, complement included."""
_SMALL_WORDS_INSIDE = word_set(
    "de du des d la le les l a au aux en et pour chez charge chargee general generale of the and for to in s"
)
_PREPOSITIONS = word_set("de du des d a au aux en pour chez l la le les sur par of the at in for")
_COPULAS = word_set("est etait fut sera devient devenu devenue nomme nommee elu elue reste alors is was as became")
_DETERMINERS = word_set("le la l un une son sa leur notre les cet cette ce the a an his her their")


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


def _role(text: str, words: Sequence[Token], at: int, head: Head, nations: Sequence[Mention], language: str) -> Role:
    first, modifiers = _modifiers_before(words, at)
    end = at + head.length
    complement, after = _after(words, end, language)
    before = _before(words, first)
    bare = all(token.key not in _PREPOSITIONS for token in words[end:complement])
    name = (after if bare and after else before or after) or _behind_copula(words, first)
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


def _after(words: Sequence[Token], end: int, language: str) -> tuple[int, list[int]]:
    """Index after a function's complement, and the indices of the name that follows it."""
    position = end
    while position < min(len(words), end + _FAR):
        token, before = words[position], words[position - 1]
        if token.gap in _COMMAS and token.capital and _is_person(words, position):
            return position, name_from(words, position)
        second = before.key in _AND_WORDS and head_at(words, position, language) is not None
        if not token.tied or second or _ends_complement(token):
            break
        if token.capital and before.key in _PREPOSITIONS and position > end:
            place = _end_of_place(words, position)
            if len(row := name_from(words, place) if _follows_name(words, place) else []) > 1:
                return place, row
            position = _end_of_row(words, position)
        elif token.capital and not token.acronym and _is_person(words, position):
            return position, name_from(words, position)
        else:
            position += 1
    return min(position, len(words)), []


_AND_WORDS = frozenset(("et", "and", "puis"))


def _end_of_place(words: Sequence[Token], position: int) -> int:
    """Index after the place or institution that a preposition brings: one word where a name may follow it."""
    token = words[position]
    short = token.acronym or _is_country(token) or _has_two_after(words, position)
    return position + 1 if short else _end_of_row(words, position)


def _follows_name(words: Sequence[Token], place: int) -> bool:
    return place < len(words) and words[place].tied and words[place].capital


_COMMAS = frozenset((", ", " (", ",\u00a0", " – ", " - "))


def _has_two_after(words: Sequence[Token], position: int) -> bool:
    """Whether a place of one word may end here: two more capitals follow ("Lyon Paul Bert")."""
    return _end_of_row(words, position) - position > 2 and words[position + 1].gap == " "


def _end_of_row(words: Sequence[Token], position: int) -> int:
    end = position + 1
    while end < len(words) and words[end].tied and words[end].capital:
        end += 1
    return end


def _ends_complement(token: Token) -> bool:
    """Whether a word belongs to no complement any more: a verb, a pronoun, a conjunction."""
    if token.capital:
        return False
    if is_function_key(token.key):
        return token.key not in _SMALL_WORDS_INSIDE or token.text == "a"
    return is_finite(token.text)


def is_finite(word: str) -> bool:
    """Whether a small word is, more likely than not, a verb in the third person."""
    found = lemma(word)
    return (
        found != word
        and found.endswith(("er", "ir", "re", "oir"))
        and word.endswith(("e", "ent", "a", "ait", "ront", "èrent"))
    )


def _is_country(token: Token) -> bool:
    return any(not m.capital for m in mentions((token,)))


def _is_person(words: Sequence[Token], at: int) -> bool:
    """Whether a capitalised token may begin somebody's name: no country, no institution before "de"."""
    token = words[at]
    if token.key in HONORIFICS:
        return True
    return not is_function_key(token.key) and not _is_country(token)


def name_from(words: Sequence[Token], first: int) -> list[int]:
    """The indices of the name that begins at a token, honorifics left out."""
    row = [] if words[first].key in HONORIFICS else [first]
    position = first + 1
    while position < len(words) and (
        words[position].tied or words[position - 1].key in HONORIFICS or len(words[position - 1].text) == 1
    ):
        token = words[position]
        particle = token.key in (
            "de",
            "d",
            "le",
            "la",
            "du",
            "von",
            "van",
            "der",
            "den",
            "bin",
            "ben",
            "al",
            "el",
        )
        follows = position + 1 < len(words) and words[position + 1].capital and words[position + 1].tied
        if not token.capital and not (particle and follows):
            break
        row.append(position)
        position += 1
    return row


def _name_ending(words: Sequence[Token], last: int) -> list[int]:
    """The indices of the name whose last word a token is."""
    if not words[last].capital or words[last].acronym:
        return []
    first = last
    while (
        first > 0
        and words[first].tied
        and (words[first - 1].capital or words[first - 1].key in ("de", "d", "von", "van", "der"))
    ):
        first -= 1
    while first <= last and (
        not words[first].capital or words[first].key in HONORIFICS or is_function_key(words[first].key)
    ):
        first += 1
    person = (
        first <= last
        and _is_person(words, first)
        and (first == 0 or words[first - 1].key not in _PREPOSITIONS or len(range(first, last)) > 0)
    )
    return list(range(first, last + 1)) if person else []


def _before(words: Sequence[Token], first: int) -> list[int]:
    """The name before a function in apposition: "Paul Bert, 38 ans, maire de Brest"."""
    position = first
    if position > 0 and words[position - 1].key in _DETERMINERS and words[position].tied:
        position -= 1
    if position == 0 or words[position].gap not in (", ", " (", ",\u00a0", " – ", " - "):
        return []
    last = position - 1
    if last >= 2 and words[last].key in ("ans", "years", "old"):
        last -= 2
    return _name_ending(words, last)


def _behind_copula(words: Sequence[Token], first: int) -> list[int]:
    """The name before "est", "qui était alors", "devient" and a function."""
    position, copula = first - 1, False
    while position >= 0 and first - position <= 5:
        key = words[position].key
        if key in _COPULAS:
            copula = True
        elif key not in _DETERMINERS and key not in ("qui", "who", "aussi", "a", "ete"):
            break
        position -= 1
    return _name_ending(words, position) if copula and position >= 0 else []
