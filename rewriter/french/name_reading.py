"""Which words of a text name somebody or something: no model and no list, but what is written with a capital
where French writes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rewriter.french.folding import word_set
from rewriter.french.lexicon import is_known
from rewriter.french.nations import Mention, mentions
from rewriter.french.roles import is_function_key, is_title_word
from rewriter.french.tokens import Token, tokens
from rewriter.french.wordlists import word_list


@dataclass(frozen=True)
class Name:
    """A name of a text: neighbouring capitalised words, or the name of a country or of its people."""

    text: str
    span: tuple[int, int]
    words: tuple[str, ...]
    """Its words, folded, without articles."""
    acronym: bool = False
    codes: frozenset[str] = frozenset()
    """The countries it may mean, when it names one, its people or anything of it."""
    article: bool = False
    """Whether a word that stands before things, not people, comes first: "l'", "la", "chez", "groupe"."""


_PARTICLES = word_set("von van der den ter ten bin ben ibn al el di da do dos del della")
# Written with a capital by convention, or by anybody: never checked.
_CONVENTION = word_set("affaires etat etats internet web terre dieu noel paques soleil")
_THINGS = word_set("l la le les du au aux chez groupe societe entreprise firme cabinet compagnie association the")
_ROMAN_ORDINAL = re.compile(r"[IVX]+(?:e|er|re|ème|ᵉ)")
_ROMAN = re.compile(r"[IVX]+(?:e|er|re|ème|ᵉ)?")


def names(text: str, language: str = "fr") -> tuple[Name, ...]:
    """The names of a text in order, countries and their people and adjectives among them; titles left out."""
    words = tokens(text)
    return tuple(names_among(text, words, mentions(words, language)))


def names_among(text: str, words: Sequence[Token], nations: Sequence[Mention]) -> Iterator[Name]:
    """The names among tokens, given the countries that were found among them."""
    found: list[tuple[int, int, frozenset[str]]] = [(m.first, m.last, m.codes) for m in nations if not m.capital]
    taken = {i for first, last, _ in found for i in range(first, last)}
    found += [(first, last, frozenset()) for first, last in _runs(words, taken)]
    for first, last, codes in sorted(found, key=lambda f: f[0]):
        part = words[first:last]
        keys = tuple(t.key for t in part if not is_function_key(t.key) or len(part) == 1)
        before = words[first - 1].key if first and part[0].tied else ""
        yield Name(
            text[part[0].start : part[-1].end],
            (part[0].start, part[-1].end),
            keys,
            acronym=len(part) == 1 and part[0].acronym,
            codes=codes,
            article=before in _THINGS,
        )


def _runs(words: Sequence[Token], taken: set[int]) -> Iterator[tuple[int, int]]:
    """First and last-plus-one token of each row of capitalised words, without what only begins a sentence."""
    i = 0
    while i < len(words):
        if i in taken or not _like_name(words[i]):
            i += 1
            continue
        last = i + 1
        while last < len(words) and last not in taken and ties(words, last):
            last += 1
        first = _without_beginning(words, i, last)
        last = _without_end(words, first, last)
        if first < last:
            yield first, last
        i = max(last, i + 1)


def _like_name(token: Token) -> bool:
    return token.capital and not _ROMAN.fullmatch(token.text) and (len(token.text) > 1 or token.initial is False)


def ties(words: Sequence[Token], i: int) -> bool:
    """Whether a token goes on with the name before it: a capital, figures, a particle before a capital."""
    token, before = words[i], words[i - 1]
    tied = token.tied or (token.gap == ". " and len(before.text) == 1)
    if not tied:
        return False
    if token.key in _PARTICLES and not token.capital:
        return i + 1 < len(words) and words[i + 1].tied and (words[i + 1].capital or words[i + 1].key in _PARTICLES)
    ordinal = _ROMAN_ORDINAL.fullmatch(token.text)
    return (token.capital and not ordinal) or (token.text.isdigit() and token.gap == "-")


def _without_beginning(words: Sequence[Token], first: int, last: int) -> int:
    """The first token of a run that is part of the name: titles, articles and ordinary words that begin a
    sentence are not."""
    while first < last:
        token = words[first]
        alone = first + 1 == last
        if (
            _is_title(words, first, last)
            or token.key in _CONVENTION
            or (token.elided and _elides(words, first))
            or (is_function_key(token.key) and not token.acronym and (token.initial or alone))
            or (token.initial and alone and is_ordinary(token))
        ):
            first += 1
        else:
            return first
    return first


def _is_title(words: Sequence[Token], i: int, last: int) -> bool:
    """Whether a capitalised function or honorific only stands before a name or the rest of a title."""
    token = words[i]
    return (
        is_title_word(token.key) and not token.acronym and (i + 1 < last or token.initial or _goes_on_small(words, i))
    )


def _goes_on_small(words: Sequence[Token], i: int) -> bool:
    """Whether a small word follows: "Premier ministre", "Président de la République"."""
    return i + 1 < len(words) and words[i + 1].tied and not words[i + 1].capital


def _without_end(words: Sequence[Token], first: int, last: int) -> int:
    while (
        last > first
        and (is_function_key(words[last - 1].key) or words[last - 1].key in _PARTICLES)
        and not words[last - 1].acronym
    ):
        last -= 1
    return last


def _elides(words: Sequence[Token], i: int) -> bool:
    return i + 1 < len(words) and words[i + 1].gap in ("'", "’")


def is_ordinary(token: Token) -> bool:
    """Whether a capitalised word that begins a sentence is a French word and not, more likely, a name."""
    low = token.text.lower()
    return not token.acronym and low not in word_list("given_names") and any(is_known(form) for form in _accented(low))


def _accented(word: str) -> Iterator[str]:
    """The word, and with the accent that capitals often lack: "Etudiants", "A"."""
    yield word
    for bare, accented in (("e", "éèê"), ("a", "àâ"), ("i", "î"), ("o", "ô"), ("u", "û"), ("c", "ç")):
        if word.startswith(bare):
            yield from (letter + word[1:] for letter in accented)
