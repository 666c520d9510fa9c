"""Names: which words of a text name somebody or something, and which of them a source lacks.

A name of the text is held against the source's: its words must stand there, together and in order, or be the
last of them ("Orban" after "Viktor Orban"), or name a country by its people ("Ukrainiens", "l'Ukraine").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rewriter.french.date_patterns import MONTHS, WEEKDAYS
from rewriter.french.folding import word_set
from rewriter.french.lexicon import is_known
from rewriter.french.name_reading import Name, is_ordinary, names, names_among, ties
from rewriter.french.nations import french_names, mentions
from rewriter.french.roles import is_function_key, is_title_word
from rewriter.french.tokens import Token, tokens
from rewriter.french.wordlists import word_list

__all__ = ["Name", "NameIndex", "closest", "index_names", "is_supported", "names", "unsupported_names"]


@dataclass(frozen=True)
class NameIndex:
    """What a source names, made ready for comparing."""

    language: str
    runs: frozenset[tuple[str, ...]]
    """The source's names, word by word."""
    capitals: frozenset[str]
    """Words that the source writes with a capital, not only because a sentence begins."""
    last: frozenset[str]
    """Words that stand alone as a name, or last in one."""
    words: frozenset[str]
    """All words of the source, folded."""
    codes: frozenset[str]
    """Countries, by name, people, adjective or capital."""
    forms: Mapping[str, str]
    """The names, folded → as the source writes them."""
    initials: frozenset[str]
    """First letters of neighbouring words, small words left out: what an acronym may stand for."""
    acronyms: frozenset[str]


# ── the source's names ───────────────────────────────────────────────────────────────────────────────────


def index_names(text: str, language: str = "fr") -> NameIndex:
    """Make a source's names ready for comparing; `language` is "fr" or "en"."""
    words = tokens(text)
    nations = mentions(words, language)
    whole = list(_rows(words))
    if language != "fr" or any(t.acronym for t in words):
        whole += [row for name in french_names(words) for row in _rows(tokens(name))]
    pieces = [piece for row in whole for piece in _pieces(row)]
    forms = {_joined(part, key=True): _joined(part) for piece in pieces for part in (piece, piece[-1:])}
    runs = frozenset(tuple(t.key for t in piece if not is_function_key(t.key)) for piece in pieces)
    return NameIndex(
        language,
        runs=runs,
        capitals=frozenset(key for run in runs for key in run),
        last=frozenset(run[-1] for run in runs if run),
        words=frozenset(t.key for t in words),
        forms=forms,
        codes=frozenset(code for m in nations for code in m.codes),
        initials=frozenset(_initials(words)),
        acronyms=frozenset(t.key for t in words if t.acronym),
    )


def _joined(row: Sequence[Token], key: bool = False) -> str:
    """The row's words, folded or as they are written, with what stands between them."""
    if key:
        return " ".join(token.key for token in row)
    return "".join((token.gap if i else "") + token.text for i, token in enumerate(row))


def _rows(words: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """The rows of capitalised words, whatever begins a sentence included: a source is given the benefit."""
    row: list[Token] = []
    for i, token in enumerate(words):
        tied = bool(row) and ties(words, i)
        capital = (token.capital or tied) and token.key not in _CALENDAR
        if row and not (capital and tied):
            yield tuple(row)
            row = []
        if capital:
            row.append(token)
    if row:
        yield tuple(row)


# Machine translation leaves their English capitals: "le port de Longoni Vendredi".
_CALENDAR = word_set(" ".join((*MONTHS["fr"], *WEEKDAYS["fr"])))


def _pieces(row: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    """A row, and the row without the titles, articles and acronyms that it begins with."""
    yield row
    first = 0
    while first < len(row) and (
        is_title_word(row[first].key)
        or is_function_key(row[first].key)
        or row[first].acronym
        or (row[first].initial and is_ordinary(row[first]))
    ):
        first += 1
        if first < len(row):
            yield row[first:]
    acronyms = [i for i, token in enumerate(row) if token.acronym]
    yield from ((row[i],) for i in acronyms)
    yield from (row[i + 1 :] for i in acronyms if i + 1 < len(row))


_SKIPPED_IN_INITIALS = word_set("de du des d la le les l et à a au aux pour en sur of the and for")


def _initials(words: Sequence[Token]) -> Iterator[str]:
    """First letters of rows of two to seven neighbouring words that begin with a capital."""
    strong = [t for t in words if t.key not in _SKIPPED_IN_INITIALS]
    for i, token in enumerate(strong):
        if token.capital:
            letters = token.key[0]
            for following in strong[i + 1 : i + 7]:
                if re.search(r"[.,;:!?]", following.gap):
                    break
                letters += following.key[0]
                yield letters


# ── comparing ────────────────────────────────────────────────────────────────────────────────────────────


def unsupported_names(text: str, source: str | NameIndex, language: str = "fr") -> tuple[Name, ...]:
    """Names of a French text that the source lacks; `language` is the source's when it is given as text.

    A first name alone, a name put together from two of the source's, and a name with one letter changed are
    lacking too. An acronym is supported by the words that it stands for, and the words by the acronym.
    """
    index = index_names(source, language) if isinstance(source, str) else source
    words = tokens(text)
    spelt_out = _spelt_out(words, index.acronyms - index.initials)
    found = names_among(text, words, mentions(words))
    return tuple(
        name
        for name in found
        if not is_supported(name, index) and not any(start <= name.span[0] < end for start, end in spelt_out)
    )


def _spelt_out(words: Sequence[Token], acronyms: frozenset[str]) -> list[tuple[int, int]]:
    """Where the text spells out an acronym that the source does not: "Fonds monétaire …" for FMI."""
    strong = [t for t in words if t.key not in _SKIPPED_IN_INITIALS]
    found = []
    for i, token in enumerate(strong):
        if token.capital and not token.acronym:
            for j in range(i + 2, min(i + 8, len(strong) + 1)):
                if "".join(t.key[0] for t in strong[i:j]) in acronyms:
                    found.append((token.start, strong[j - 1].end))
    return found


def is_supported(name: Name, index: NameIndex) -> bool:
    """Whether a source has a name, as a whole or shortened in a way that French allows."""
    if name.codes:
        return bool(name.codes & index.codes)
    if name.acronym:
        return name.words[0] in index.words | index.capitals | index.initials
    if len(name.words) == 1:
        return _has_word(name.words[0], name.text, index) or (name.article and name.words[0] in index.capitals)
    return not name.words or _has_row(name.words, index) or _is_hyphened(name, index)


def _is_hyphened(name: Name, index: NameIndex) -> bool:
    """Whether the source writes "Beaux-arts" for "Beaux-Arts"."""
    return "-" in name.text and name.words[0] in index.capitals and index.words.issuperset(name.words)


def _has_row(row: tuple[str, ...], index: NameIndex) -> bool:
    """Whether the words are those of one name of the source's, or of two that may meet ("Lyon Paul Bert")."""
    if any(_is_within(row, run) for run in index.runs):
        return True
    return any(
        _stands_alone(row[:cut], index) and any(_is_within(row[cut:], run) for run in index.runs)
        for cut in range(1, len(row) - 1)
    )


def _is_within(row: tuple[str, ...], run: tuple[str, ...]) -> bool:
    """Whether the row's words stand in the run in this order."""
    left = iter(run)
    return all(any(_alike(word, other) for other in left) for word in row)


def _stands_alone(row: tuple[str, ...], index: NameIndex) -> bool:
    if row in index.runs:
        return True
    # "le Brestois Paul Bert" of "l'auteur brestois".
    return len(row) == 1 and (row[0] in index.last or row[0] in index.acronyms or _is_small_in(row[0], index))


_SECOND = frozenset(("second", "seconde", "deuxieme"))


def _alike(word: str, other: str) -> bool:
    return word == other or word == other + "s" or other == word + "s" or {word, other} <= _SECOND


def _has_word(word: str, written: str, index: NameIndex) -> bool:
    """Whether a single word is a name of the source's, the last word of one, its people, or no name there."""
    if word in index.last or word.isdigit() or _is_small_in(word, index):
        return True
    if word.endswith("s") and word[:-1] in index.last:
        return True
    low = written.lower()
    if word in index.capitals and is_known(low) and low not in word_list("given_names"):
        return True  # "Finances" of "le ministre des Finances Paul Bert"
    if index.language != "fr" and is_known(written.lower()):
        return True  # a French noun that translates something: nobody can tell by comparing letters
    return _shares_place(word, index)


def _is_small_in(word: str, index: NameIndex) -> bool:
    """Whether the source has the word, in one or several, without a capital."""
    return any(w in index.words and w not in index.capitals for w in (word, word + "s", word.removesuffix("s")))


_PEOPLE = re.compile(r"(?:ien(?:ne)?|een(?:ne)?|ais(?:e)?|ois(?:e)?)s?$")
_SHORTEST_PLACE = 4


def _shares_place(word: str, index: NameIndex) -> bool:
    """Whether a word names the people of a place that the source names, or the place of its people."""
    stem = _PEOPLE.sub("", word)
    others = index.words if stem == word else index.capitals
    return len(stem) >= _SHORTEST_PLACE and any(
        _same_place(stem, _PEOPLE.sub("", other)) for other in others if stem != word or _PEOPLE.search(other)
    )


def _same_place(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) >= _SHORTEST_PLACE and long.startswith(short) and len(long) - len(short) <= 2


_CLOSE = 75
"""rapidfuzz ratio from which a source's name may be the one that was meant: "Stoltenburg" scores 91."""


def closest(name: Name, index: NameIndex) -> str:
    """The source's name that is written most like this one; "" when none is near."""
    from rapidfuzz import fuzz, process  # compiled, loaded when first needed

    best = process.extractOne(" ".join(name.words), index.forms.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return index.forms[best[0]] if best else ""
