"""How two French words meet: elision (l'accord), contraction (du), and the undoing of both."""

from __future__ import annotations

import functools
import re
from typing import Literal

from rewriter.french.wordlists import word_list

Gender = Literal["m", "f"]

_VOWELS = "aàâäæeéèêëiîïoôöœuùûü"
_CONSONANT_FIRST = ("oui", "onz", "ouistiti", "ouï-", "ouaté", "uhlan", "yaourt", "ululer", "un-tiers")
"""Words that begin with a vowel letter and are met like a consonant."""
_SPELT = "FHLMNRSX"
"""Consonants whose names begin with a vowel: nobody can tell "le SMIC" from "l'ESS" by the letter alone."""

ELIDED = {
    "le": "l'", "la": "l'", "de": "d'", "que": "qu'", "ne": "n'", "se": "s'", "je": "j'", "me": "m'",
    "te": "t'", "lorsque": "lorsqu'", "puisque": "puisqu'", "jusque": "jusqu'",
}  # fmt: skip
"""What these words become before a vowel sound, whatever their role."""
_WHOLE = {short: full for full, short in ELIDED.items() if short != "l'"}
_BEFORE_MASCULINE_VOWEL = {"ce": "cet", "nouveau": "nouvel", "beau": "bel", "vieux": "vieil"}
_BEFORE_MASCULINE_CONSONANT = {short: full for full, short in _BEFORE_MASCULINE_VOWEL.items()}
_BEFORE_FEMININE_VOWEL = {"ma": "mon", "ta": "ton", "sa": "son"}
_BEFORE_FEMININE_CONSONANT = {short: full for full, short in _BEFORE_FEMININE_VOWEL.items()}
CONTRACTED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
"""Preposition and article that make one word."""
UNCONTRACTED = {one: two for two, one in CONTRACTED.items()}


@functools.lru_cache(maxsize=4096)
def vowel_sound(word: str) -> bool | None:
    """Whether the words before this one elide; None where the spelling does not tell.

    h counts as mute unless `h_aspire.txt` lists the beginning of the word; a name in H- and an acronym that
    begins with the name of a consonant ("SMIC", "HLM") give None, and so does a figure.
    """
    letter = word[:1]
    if not letter.isalpha():
        return None
    if len(word) > 1 and word.isupper() and letter in _SPELT:
        return None
    if letter == "H":
        return None
    folded = word.casefold()
    if folded.startswith("h"):
        return not _aspirated(folded)
    if folded.startswith("y"):
        return None if folded[1:2] and folded[1] in _VOWELS else True
    return folded[0] in _VOWELS and not folded.startswith(_CONSONANT_FIRST)


def _aspirated(word: str) -> bool:
    return any(word[:end] in word_list("h_aspire") for end in range(2, len(word) + 1))


def meeting(left: str, right: str, gender: Gender | None = None) -> str | None:
    """The lower-case word `left` as it stands before `right`, with straight apostrophes; None when unknown.

    `gender` is that of a singular noun or adjective on the right, None for anything else. The result
    is one word or two ("du" before "accord": "de l'"). Meeting twice changes nothing more.
    """
    vowel = vowel_sound(right)
    if vowel is None:
        return left if left not in _SENSITIVE else None
    return _before_vowel(left, gender) if vowel else _before_consonant(left, gender)


def _before_vowel(left: str, gender: Gender | None) -> str | None:
    if left in ELIDED:
        return ELIDED[left]
    if left in UNCONTRACTED and UNCONTRACTED[left][1] == "le":
        return f"{UNCONTRACTED[left][0]} l'"
    if left in _BEFORE_MASCULINE_VOWEL:
        return _BEFORE_MASCULINE_VOWEL[left] if gender == "m" else None
    if left in _BEFORE_FEMININE_VOWEL:
        return _BEFORE_FEMININE_VOWEL[left] if gender == "f" else None
    return left


def _before_consonant(left: str, gender: Gender | None) -> str | None:
    if left == "l'":
        return {"m": "le", "f": "la", None: None}[gender]
    if left == "c'":
        return None
    if left in _BEFORE_FEMININE_CONSONANT:
        return {"m": left, "f": _BEFORE_FEMININE_CONSONANT[left], None: None}[gender]
    if left in _BEFORE_MASCULINE_CONSONANT:
        return _BEFORE_MASCULINE_CONSONANT[left] if gender == "m" else None
    return _WHOLE.get(left, left)


def contraction(preposition: str, article: str) -> str:
    """Both as they are written together: "du", "aux", or "de la" unchanged."""
    return CONTRACTED.get((preposition, article), f"{preposition} {article}".strip())


_SENSITIVE = frozenset(
    {*ELIDED, *ELIDED.values(), "c'", *_BEFORE_MASCULINE_VOWEL, *_BEFORE_MASCULINE_CONSONANT}
    | {*_BEFORE_FEMININE_VOWEL, *_BEFORE_FEMININE_CONSONANT, "du", "au"}
)
"""Words whose form depends on the sound that follows."""


_ELIDES = re.compile(
    r"(?<![\w'’-])(le|la|de|que|ne|se|me|te|je|si|jusque|lorsque|puisque|quoique) ([^\W\d_][\w'’-]*)", re.IGNORECASE
)
_STANDS_BEFORE_VOWEL = frozenset({"un", "une", "onze", "onzième", "oui", "ouf", "uns", "yaourt", "yacht"})
"""Words before which nothing is elided though they begin with a vowel: "la une", "le onze"."""


def missing_elisions(text: str) -> tuple[str, ...]:
    """The places where two words meet that French runs together: "si il", "que une", "le argent"."""
    return tuple(
        match.group()
        for match in _ELIDES.finditer(text)
        if match[1] != "Me" and _must_elide(match[1].casefold(), match[2])  # "Me Anne Roux" is a lawyer
    )


def _must_elide(left: str, right: str) -> bool:
    if left == "si":
        return right in {"il", "ils"}
    if right.casefold() in _STANDS_BEFORE_VOWEL and left in {"le", "la"}:
        return False
    if right[0] in "hH":  # which of them are aspirated, no list says whole
        return False
    return vowel_sound(right) is True and right.casefold() not in _STANDS_BEFORE_VOWEL - {"un", "une"}
