"""What can be counted in a text: words, ease of reading, language, copied and repeated runs of words."""

from __future__ import annotations

import functools
import importlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from types import ModuleType

from rewriter.french.segment import sentences, unified, words

Ngram = tuple[str, ...]

# ── length and ease ──────────────────────────────────────────────────────────────────────────────────────


@functools.cache
def _textstat() -> ModuleType:
    """textstat with its language set: left on English, it would fetch a dictionary from the network."""
    textstat = importlib.import_module("textstat")  # takes half a second, and has no type hints
    textstat.set_lang("fr")
    return textstat


def word_count(text: str) -> int:
    """Words as editors count them: textstat's `lexicon_count`, punctuation removed ("l'OTAN" is one).

    Of the usual counts it is the strictest; WordPress gives the same.
    """
    return int(_textstat().lexicon_count(text, removepunct=True))


def flesch(text: str) -> float | None:
    """Ease of reading: 207 - 1.015 · words a sentence - 73.6 · syllables a word; None where there is no word.

    The French adaptation of Flesch's formula by Kandel and Moles (1958), as Yoast uses it; over 60 is easy.
    Sentences are those of `segment.sentences`.
    """
    count = word_count(text)
    if not count:
        return None
    syllables = int(_textstat().syllable_count(text))
    return 207 - 1.015 * count / max(1, len(sentences(text))) - 73.6 * syllables / count


# ── language and script ──────────────────────────────────────────────────────────────────────────────────

FEWEST_LETTERS = 25
"""Below this many letters langdetect guesses: it was right on 14 of 30 short headings."""
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<!\S)\S+@\S+")
_LATIN_LIKE = frozenset("ªºµʼˈ")  # Unicode counts them as letters; French prints "nº" and "µm"


def language(text: str) -> str | None:
    """The text's language as an ISO 639-1 code; None where there are too few letters to say.

    The answer is the same every time: langdetect draws at random, from a seed that is set here.
    """
    plain = _ADDRESS.sub(" ", text)
    letters = [letter for letter in plain if letter.isalpha()]
    if len(letters) < FEWEST_LETTERS:
        return None
    if 2 * sum(map(str.isupper, letters)) > len(letters):
        plain = plain.lower()  # langdetect takes capitals for German
    langdetect = importlib.import_module("langdetect")  # has no type hints
    langdetect.DetectorFactory.seed = 0
    try:
        return str(langdetect.detect(plain)).partition("-")[0]
    except langdetect.LangDetectException:  # no letter that any profile knows
        return None


def non_latin_letters(text: str) -> tuple[str, ...]:
    """The letters outside the Latin script, each once, in order."""
    return tuple(dict.fromkeys(letter for letter in text if letter.isalpha() and not _is_latin(letter)))


@functools.lru_cache(maxsize=4096)
def _is_latin(letter: str) -> bool:
    return letter in _LATIN_LIKE or "LATIN" in unicodedata.name(letter, "LATIN")


# ── runs of words ────────────────────────────────────────────────────────────────────────────────────────

_QUOTATION = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_NEAR = 90
"""rapidfuzz ratio from which two sentences are one; in a real article, pairs that are not lie below 75."""
_ENOUGH_TO_COMPARE = 5
"""Words from which likeness means something: "Il part." and "Il sort." are alike by accident."""


def ngrams(tokens: Sequence[str], n: int) -> tuple[Ngram, ...]:
    """All runs of n tokens, in order; none where there are fewer than n."""
    return tuple(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def comparable_words(text: str) -> tuple[str, ...]:
    """The text's words, casefolded, with one kind of apostrophe and of hyphen, without punctuation."""
    return words(unified(text))


def unquoted(text: str) -> tuple[str, ...]:
    """The stretches of text outside quotations (« », “ ”, " "), in order."""
    return tuple(part for part in _QUOTATION.split(text) if part.strip())


def copied_share(text: str, source: str, n: int = 8) -> float:
    """Share, 0 to 1, of the text's runs of n words outside quotations that stand in the source.

    No run crosses a quotation. Where no stretch between quotations has n words, whole stretches count, each
    by its words. 0 where nothing stands outside quotations.
    """
    stretches = [stretch for part in unquoted(text) if (stretch := comparable_words(part))]
    runs = [run for stretch in stretches for run in ngrams(stretch, n)]
    if runs:
        there = _runs_of(source, n)
        return sum(run in there for run in runs) / len(runs)
    copied = sum(len(stretch) for stretch in stretches if stretch in _runs_of(source, len(stretch)))
    return copied / max(1, sum(map(len, stretches)))


@functools.lru_cache(maxsize=32)
def _runs_of(source: str, n: int) -> frozenset[Ngram]:
    return frozenset(ngrams(_words_of(source), n))


@functools.lru_cache(maxsize=4)
def _words_of(source: str) -> tuple[str, ...]:
    return comparable_words(source)


def distinct_share(text: str, n: int = 4) -> float:
    """Share, 0 to 1, of the text's runs of n words that are different from each other; 1 for a short text."""
    runs = ngrams(comparable_words(text), n)
    return len(set(runs)) / len(runs) if runs else 1.0


def repeated_sentences(sentences: Iterable[str]) -> tuple[str, ...]:
    """The sentences that say nearly letter by letter what an earlier one says, in order, as they are written.

    Short ones count when they are equal, others from a rapidfuzz ratio of 90 after unification. Sentences with
    other figures say other things: "Le 3 mars, 12 voix" does not repeat "Le 4 mars, 15 voix".
    """
    earlier: list[str] = []
    repeated: list[str] = []
    for sentence in sentences:
        plain = " ".join(comparable_words(sentence))
        if plain and any(_is_near(plain, other) for other in earlier):
            repeated.append(sentence)
        earlier.append(plain)
    return tuple(repeated)


def _is_near(a: str, b: str) -> bool:
    from rapidfuzz import fuzz  # a compiled library, needed for whole articles only

    ours, theirs = a.split(), b.split()
    if min(len(ours), len(theirs)) < _ENOUGH_TO_COMPARE:
        return a == b
    if [word for word in ours if word[0].isdigit()] != [word for word in theirs if word[0].isdigit()]:
        return False
    return fuzz.ratio(a, b, score_cutoff=_NEAR) >= _NEAR
