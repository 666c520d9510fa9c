"""Texts and words made comparable without moving a character: offsets found in the one hold in the other."""

from __future__ import annotations

import functools
import unicodedata

_ONE_OF_EACH = {
    **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\u2008\t", " "),
    **dict.fromkeys("’‘ʼ´`′＇ʹ", "'"),
    **dict.fromkeys("‐‑‒–—―−ー", "-"),
}


@functools.lru_cache(maxsize=4096)
def _flat(character: str) -> str:
    """The one character that stands for this one; itself where lowering or NFKC would make two of it."""
    for form in (_ONE_OF_EACH.get(character), unicodedata.normalize("NFKC", character)):
        if form is not None and len(form.lower()) == 1:
            return form.lower()
    return character


def flat(text: str) -> str:
    """The text in small letters with one kind of space, apostrophe and hyphen; exactly as long as it was."""
    return "".join(map(_flat, text))


@functools.lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """The word in small letters without accents, ligatures, full stops: "U.S." → "us", "Orbán" → "orban"."""
    plain = flat(word).replace("œ", "oe").replace("æ", "ae").replace("ß", "ss").replace("ł", "l").replace("ø", "o")
    letters = unicodedata.normalize("NFD", plain)
    return "".join(c for c in letters if not unicodedata.combining(c) and c != ".")


def word_set(words: str) -> frozenset[str]:
    """The words of a list written in one string, separated by white space."""
    return frozenset(words.split())
