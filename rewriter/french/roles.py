"""The vocabulary of functions: which words name one, in French and in English, and which words modify it."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from rewriter.french.folding import fold, word_set
from rewriter.french.lexicon import function_words
from rewriter.french.tokens import Token, tokens

_HONORIFICS = {
    "m": "m mm monsieur mr sir lord",
    "f": "mme mmes mlle madame mademoiselle mrs ms miss lady",
    "": "me maitre dr pr mgr",
}
HONORIFICS: Mapping[str, str] = {word: gender for gender, words in _HONORIFICS.items() for word in words.split()}
"""Honorific, folded → "m", "f" or "" where it tells no gender."""

_MODIFIERS = {
    "ancien": "ancien ancienne anciens anciennes ex former",
    "futur": "futur future futurs futures incoming elect",
    "vice": "vice sous",
    "adjoint": "adjoint adjointe adjoints adjointes deputy assistant",
    "sortant": "sortant sortante sortants sortantes outgoing",
    "intérimaire": "interimaire interimaires acting interim",
    "démissionnaire": "demissionnaire demissionnaires",
    "suppléant": "suppleant suppleante",
    "honoraire": "honoraire emerite",
}
MODIFIERS: Mapping[str, str] = {word: kind for kind, words in _MODIFIERS.items() for word in words.split()}
"""Word, folded → what it does to the function it stands beside."""

# Words that are as often adjectives: functions only where no noun stands right before them.
_ADJECTIVES = word_set(
    "directeur directrice general generale "
    "scientifique financier financiere pilote retraite retraitee adjoint adjointe "
    "prevenu prevenue accuse accusee ouvrier ouvriere etudiant etudiante policier policiere militant "
    "militante elu elue suspect suspecte cardinal champion patron candidat candidate victime prince "
    "reine roi"
)
# Words that are as often verbs or participles: functions only behind an article or a modifier.
_VERBS = word_set(
    "juge arbitre pilote prevenu prevenue accuse accusee elu elue retraite retraitee suspect suspecte garde"
)
_ADVERBIAL = frozenset(("general", "particulier"))  # "en général", "au général"
_ARTICLES = word_set("le la l les un une des du au aux d ce cet cette ces son sa ses leur leurs")
_LONGEST = 5


class Head(NamedTuple):
    """Words that name a function, found among tokens."""

    functions: frozenset[str]
    """The functions they may mean, by their first French form; several for "chef de la diplomatie"."""
    general: bool
    """Whether they may stand for any function."""
    length: int
    """Tokens."""


@dataclass(frozen=True)
class _Vocabulary:
    phrases: Mapping[str, frozenset[str]]
    general: frozenset[str]
    verbs: Mapping[str, tuple[str, ...]]


@functools.cache
def _vocabulary(language: str) -> _Vocabulary:
    """The functions of titles.txt, by the folded words that name them in one language."""
    phrases: defaultdict[str, set[str]] = defaultdict(set)
    general: set[str] = set()
    verbs: dict[str, tuple[str, ...]] = {}
    for line in Path(__file__).with_name("titles.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        french, english, stems = ([f.split() for f in line.removeprefix("~").split("|")] + [[], []])[:3]
        keys = [_key(form) for form in (french if language == "fr" else english)]
        if line.startswith("~"):
            general.update(keys)
            continue
        verbs[french[0]] = tuple(fold(stem) for stem in stems)
        for key in keys:
            for form in (key, key + "s"):
                phrases[form].add(french[0])
    return _Vocabulary({key: frozenset(names) for key, names in phrases.items()}, frozenset(general), verbs)


def _key(form: str) -> str:
    return " ".join(token.key for token in tokens(form.replace("_", " ")))


def head_at(words: Sequence[Token], first: int, language: str = "fr") -> Head | None:
    """The longest function that begins at a token; None when none does."""
    known = _vocabulary(language)
    for length in range(min(_LONGEST, len(words) - first), 0, -1):
        part = words[first : first + length]
        key = " ".join(token.key for token in part)
        if any(not token.tied for token in part[1:]) or not (key in known.phrases or key in known.general):
            continue
        if key.removesuffix("s") in _ADJECTIVES and _after_noun(words, first):
            return None
        if key in _ADVERBIAL and first and words[first - 1].key in ("au", "en", "du"):
            return None
        if key.removesuffix("s") in _VERBS and not (
            (first and words[first - 1].key in _ARTICLES | MODIFIERS.keys()) or _in_apposition(words, first, length)
        ):
            return None
        if part[0].text.casefold() in ("retraite", "retraites"):  # pensions, not pensioners: the accent is folded
            return None
        return Head(known.phrases.get(key, frozenset((key,))), key in known.general, length)
    return None


def _in_apposition(words: Sequence[Token], first: int, length: int) -> bool:
    """Whether a function stands between a comma and a name: "la chef de la commission, juge Agnès Phiri"."""
    behind = first + length
    return "," in words[first].gap and behind < len(words) and words[behind].capital and words[behind].tied


def _after_noun(words: Sequence[Token], first: int) -> bool:
    """Whether a word that is no article, no pronoun and no modifier stands right before a token."""
    if first == 0 or not words[first].tied:
        return False
    before = words[first - 1].key
    return (
        before not in _folded_function_words()
        and before not in MODIFIERS
        and before not in ("jeune", "vieux", "grand", "grande")
    )


@functools.cache
def _folded_function_words() -> frozenset[str]:
    return frozenset(fold(word).rstrip("'") for word in function_words())


def is_function_key(key: str) -> bool:
    """Whether a folded word is an article, a pronoun, a preposition, an auxiliary …"""
    return key in _folded_function_words()


def verbs_of(function: str) -> tuple[str, ...]:
    """Folded verbs that say a function: "preside" for "président"."""
    return _vocabulary("fr").verbs.get(function, ())


def is_title_word(key: str) -> bool:
    """Whether a folded French word names a function, is an honorific or begins a function ("premier")."""
    known = _vocabulary("fr")
    return key in known.phrases or key in known.general or key in HONORIFICS or key in _BEGINNINGS or key in MODIFIERS


_BEGINNINGS = frozenset(("premier", "premiere", "premiers", "secretaire", "garde"))
