"""Phrases that an article can be found by: names, and noun phrases that it uses more than once.

Needs no parser. What stands in the same words in several places, and begins with a word that has an article before it
somewhere or is written like a name, is a phrase and no accident.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rewriter.french.dates import dates
from rewriter.french.lemmas import is_listed, lemma
from rewriter.french.lexicon import content_lemmas, content_words, is_known
from rewriter.french.numbers import numbers
from rewriter.french.quotes import outside
from rewriter.french.segment import sentences
from rewriter.french.verbs import is_conditional, is_verb_form, tenses
from rewriter.french.wordlists import word_list

Lemmas = tuple[str, ...]
MOST_WORDS = 4
"""Content words of a phrase."""

_TOKEN = re.compile(r"(?:[cdjlmnst]|qu)['’]|[^\W_]+(?:[-‐‑'’][^\W_]+)*", re.IGNORECASE)
_LINKS = frozenset(["de", "d'", "du", "des", "à", "au", "aux", "la", "l'", "le", "les"])
_BARE_LINKS = frozenset(["de", "d'", "à"])
_BEFORE_NOUN = frozenset(
    ["le", "la", "les", "l'", "un", "une", "des", "du", "au", "aux", "ce", "cet", "cette", "ces", "son", "sa", "ses",
     "leur", "leurs"]
)  # fmt: skip
_BEFORE_VERB = frozenset(["il", "elle", "ils", "elles", "on", "qui", "ne", "n'", "y", "nous", "vous", "je", "j'"])
"""What makes a pronoun of the "la" behind it: "il la prive"."""
_CIVILITIES = frozenset(["mme", "mmes", "mlle", "mm", "mr", "dr", "me", "pr"])
_SAY_LITTLE = frozenset(
    ["an", "année", "cas", "chose", "cours", "côté", "début", "fin", "fois", "heure", "jour", "lendemain", "lieu",
     "minute", "mois", "moment", "nombre", "occasion", "part", "partie", "plupart", "reste", "semaine", "soir", "suite",
     "veille"]
)  # fmt: skip
"""Nouns by which nobody looks for an article."""
_A_NAME = 1.6
"""What a name in a phrase is worth …"""
_A_COMMON_WORD = 0.5
"""… and what is left of a common noun that stands alone."""
_ONE_MORE_WORD = 0.5


@dataclass(frozen=True)
class Phrase:
    """A name or a noun phrase of an article."""

    text: str
    """As the article writes it most often, without an article before it."""
    lemmas: Lemmas
    """Its content words."""
    count: int
    """Sentences in which it stands, word beside word."""
    worth: float
    """How well it tells the article from others."""

    def overlaps(self, other: Phrase) -> bool:
        """Whether one has no content word that the other has not."""
        return set(self.lemmas) <= set(other.lemmas) or set(other.lemmas) <= set(self.lemmas)


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    tied: bool
    """Whether nothing but one space or an apostrophe stands before it."""
    name: bool
    """Whether it is written like a name, and not only because something begins with it."""

    @property
    def low(self) -> str:
        return self.text.casefold().replace("’", "'")


def phrases(texts: Sequence[str]) -> tuple[Phrase, ...]:
    """The phrases of an article's texts (title, standfirst, paragraphs), those first that tell most of it.

    Quotations are not searched: their words are somebody's.
    """
    told = [sentence for text in texts for sentence in sentences(outside(text))]
    rows = [_words(sentence) for sentence in told]
    nouns = {noun for row in rows for noun in _nouns(row)}
    forms: defaultdict[Lemmas, Counter[str]] = defaultdict(Counter)
    for sentence, row in zip(told, rows, strict=True):
        found = {content_lemmas(text): text for text in _runs(sentence, row, nouns)}
        for lemmas, text in found.items():
            forms[lemmas][text] += 1
    made = [_phrase(lemmas, counted) for lemmas, counted in forms.items() if lemmas]
    return tuple(sorted(made, key=lambda phrase: -phrase.worth))


def _phrase(lemmas: Lemmas, forms: Counter[str]) -> Phrase:
    text, count = max(forms, key=lambda form: forms[form]), sum(forms.values())
    worth = (1 + _ONE_MORE_WORD * (len(lemmas) - 1)) * math.log2(1 + count)
    if text != text.lower():
        worth *= _A_NAME
    elif len(lemmas) == 1:
        worth *= _A_COMMON_WORD
    return Phrase(text, lemmas, count, worth)


def _words(sentence: str) -> list[_Word]:
    """The words of a sentence that are no part of a number or a date; those end a run of words."""
    spans = [found.span for found in numbers(sentence)] + [found.span for found in dates(sentence)]
    words: list[_Word] = []
    end = 0
    for match in _TOKEN.finditer(sentence):
        gap = sentence[end : match.start()] if words else "."
        if not any(first < match.end() and match.start() < last for first, last in spans):
            begins = _BEGINS.search(gap) is not None
            name = match[0][0].isupper() and not (begins and _is_ordinary(match[0]))
            words.append(_Word(match[0], match.start(), match.end(), gap in ("", " ", "\u00a0", "\u202f"), name))
            end = match.end()
    return words


_BEGINS = re.compile(r"[.:!?…–—(\[]")


def _is_ordinary(word: str) -> bool:
    """Whether a word with which something begins is French, and no name as far as anybody can tell."""
    low = word.casefold()
    return not word[1:].isupper() and low not in word_list("given_names") and is_known(low)


def _nouns(row: Sequence[_Word]) -> Iterator[str]:
    """The words that have an article before them, and no pronoun before that."""
    for i, word in enumerate(row):
        before = row[i - 1].low if i and word.tied else ""
        pronoun = i > 1 and row[i - 2].low in _BEFORE_VERB
        if before in _BEFORE_NOUN and not pronoun:
            yield word.low


def _runs(sentence: str, row: Sequence[_Word], nouns: set[str]) -> Iterator[str]:
    """Every run of words that reads like a name or a noun phrase."""
    for first, word in enumerate(row):
        if not _begins(row, first, nouns):
            continue
        yield word.text
        last, count = first, 1
        while count < MOST_WORDS and (after := _next(row, last)):
            last, count = after, count + 1
            if _ends(row[last]):
                yield sentence[word.start : row[last].end]


def _begins(row: Sequence[_Word], at: int, nouns: set[str]) -> bool:
    word = row[at]
    if not content_words(word.text) or len(word.text) < 3 or word.low in word_list("front_adjectives") | _CIVILITIES:
        return False
    if not word.name and lemma(word.low) in _SAY_LITTLE:
        return False
    return word.name or (word.low in nouns and not _is_verb(word))


def _next(row: Sequence[_Word], last: int) -> int | None:
    """The next content word that goes on with a phrase: an adjective, more of a name, a complement."""
    at = last + 1
    while at < len(row) and at < last + 3 and row[at].tied and row[at].low in _LINKS:
        at += 1
    if at >= len(row) or not row[at].tied or not content_words(row[at].text):
        return None
    word, links = row[at], [linked.low for linked in row[last + 1 : at]]
    if not links:
        fits = word.name == row[last].name  # "Donald Trump", "lait cru"
    else:
        fits = links[0] not in ("la", "l'", "le", "les") and not (
            links[-1] in _BARE_LINKS and _is_infinitive(word.text)
        )
    return at if fits and not _is_verb(word) and lemma(word.low) not in _SAY_LITTLE else None


def _ends(word: _Word) -> bool:
    return word.low not in word_list("front_adjectives") and not word.low.endswith("ment")


def _is_verb(word: _Word) -> bool:
    """Whether a word in small letters is a finite verb and nothing else."""
    if word.name or is_conditional(word.text):
        return not word.name
    participle = word.low.endswith(("é", "ée", "és", "ées", "i", "is", "it", "u", "us", "ue", "ues"))
    return not participle and (is_verb_form(word.text) or bool(tenses(word.text)))


def _is_infinitive(word: str) -> bool:
    """Whether a word is an infinitive: its future is a word ("signeront"), as that of "mer" is not."""
    return word.endswith(("er", "ir", "re")) and lemma(word) == word and is_listed(word.removesuffix("e") + "ont")
