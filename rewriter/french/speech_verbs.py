"""Speech verbs: which words of a text say that somebody says, thinks, asks or judges something."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from rewriter.french.folding import fold, word_set
from rewriter.french.roles import is_function_key
from rewriter.french.tokens import Token
from rewriter.french.wordlists import word_list

_REGULAR_ENDS = ("e", "ent", "ant", "ait", "aient", "a", "erent", "era", "eront", "erait", "eraient")
_IR_ENDS = ("it", "issent", "issait", "irent", "ira")
_ENGLISH = word_set(
    "said says say told tells added argued argues warned warns announced announces claimed claims "
    "insisted insists stated states explained explains noted notes wrote writes asked asks called "
    "calls expects expected believes believed thinks thought estimates estimated confirmed denied "
    "urged urges promised acknowledged admitted predicted predicts suggested described reported"
)
_AUXILIARIES = word_set("a ont avait avaient aurait auraient est sont etait etaient aura")

_BE = word_set("est sont etait etaient")


@functools.cache
def _verbs() -> tuple[frozenset[str], frozenset[str]]:
    """Folded finite forms and folded participles of the speech verbs."""
    finite: set[str] = set()
    participles: set[str] = set()
    for word in word_list("speech_verbs"):
        key = fold(word)
        if word.endswith("er"):
            stems = {
                key[:-2],
                re.sub(r"(?<=[aeiou])l$", "ll", key[:-2]) if word.endswith("eler") else key[:-2],
            }
            finite.update(stem + end for stem in stems for end in _REGULAR_ENDS)
            finite.update(key[:-2] + "e" + end for end in ("a", "ait", "aient") if key.endswith("ger"))
            participles.update(key[:-2] + end for end in ("e", "ee", "es", "ees"))
        elif word.endswith("ir"):
            finite.update(key[:-2] + end for end in _IR_ENDS)
            participles.add(key[:-1])
        else:
            finite.add(key)
            participles.update((key, key + "e", key + "s"))
    return frozenset(finite), frozenset(participles)


# A finite form right after one of these is a noun: "la demande", "sur demande", "le juge".
_BEFORE_NOUN = word_set(
    "la le les un une des de d du son sa ses ce cette leur leurs a au en sur par pour sans aucune chaque tout toute"
)
_AFTER_L = word_set(
    "affirme assure admet reconnait explique avoue dit repete rappelle souligne confirme precise jure martele"
)
CLITICS = word_set("ne n se s l le la les y en lui leur me m nous aussi deja")
PRONOUNS = word_set("il elle ils elles on celui celle ceux he she they it")
WEAK = word_set(
    "fait font sait savent veut veulent poursuit defend defendent soutiennent garantit garantira "
    "annonce lit parle trouve presente oppose voit figure releve echange"
)
"""Verbs that say something only with "que", a colon or a quotation behind them."""


def speech_at(words: Sequence[Token], i: int, language: str) -> tuple[int, int] | None:
    """First and last-plus-one token of the speech verb that ends at a token, its auxiliary included."""
    token = words[i]
    if language == "en":
        return (i, i + 1) if token.key in _ENGLISH else None
    finite, participles = _verbs()
    if _is_participle(token, participles) and (first := _auxiliary(words, i)) is not None:
        return first, i + 1
    if token.key not in finite or token.capital:
        return None
    if i and words[i].gap in (" ", "'", "’", "\u00a0") and words[i - 1].key in _BEFORE_NOUN:
        return None
    if i and words[i - 1].key == "l" and token.key not in _AFTER_L:
        return None
    return i, i + 1


def _is_participle(token: Token, participles: frozenset[str]) -> bool:
    """Whether a token is a participle; without its accent, "affirmé" would be "affirme"."""
    unaccented = token.key.endswith(("e", "es")) and token.key not in _IRREGULAR_FEMININES
    return token.key in participles and (not unaccented or "é" in token.text[-3:])


_IRREGULAR_FEMININES = word_set("dite dites convaincue mise promise admise soutenue")


def _auxiliary(words: Sequence[Token], i: int) -> int | None:
    """Index of a participle's auxiliary, up to five tokens before: "a-t-elle ensuite déclaré"."""
    for j in range(i - 1, max(-1, i - 6), -1):
        if words[j].key in _AUXILIARIES and words[j].text != "à":
            passive = (
                words[j].key in _BE and not (j and words[j - 1].key in ("s", "se")) and words[j].gap not in ("'", "’")
            )
            return None if passive or any(t.key == "ete" for t in words[j + 1 : i]) else j
        adverb = words[j].key.endswith("ment") or is_function_key(words[j].key)
        if not (adverb and words[j].tied and words[j + 1].tied):
            return None
    return None
