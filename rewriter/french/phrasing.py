"""How a sentence is put: whether it says how it hangs together with others, whether it is passive, how it opens."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from rewriter.french.lexicon import is_function_word, lemma
from rewriter.french.segment import unified, words
from rewriter.french.wordlists import word_list

# ── transitions ──────────────────────────────────────────────────────────────────────────────────────────

_LAST_WORDS = (
    ("que", r"qu(?:e(?![\w-])|')"),
    (" de", r" (?:d(?:e|u|es)(?![\w-])|d')"),
    (" à", r" (?:à|aux?)(?![\w-])"),
)
"""How a phrase of transitions.txt ends, and all the forms of that end."""


def is_linked(sentence: str) -> bool:
    """Whether a transition word or phrase (file transitions.txt) stands anywhere in a sentence."""
    none, some = _transitions()
    return some.search(none.sub(" ", unified(sentence))) is not None


@functools.cache
def _transitions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What looks like a transition and is none, and the transitions, as patterns for unified text."""
    phrases = sorted(word_list("transitions"), key=lambda phrase: (-len(phrase), phrase))
    none, some = ([p for p in phrases if p.startswith("!") == sort] for sort in (True, False))
    return re.compile("|".join(map(_written, none))), re.compile("|".join(map(_written, some)))


def _written(phrase: str) -> str:
    """A phrase of transitions.txt as a pattern."""
    begins = r"\A\W*" if phrase.startswith("^") else r"(?<![\w-])"
    said = phrase.lstrip("^!").replace("_", " ")
    for last, forms in _LAST_WORDS:
        if said.endswith(last):
            return begins + said.removesuffix(last) + forms
    return begins + said + r"(?![\w-])"


# ── passive ──────────────────────────────────────────────────────────────────────────────────────────────

_BE = frozenset(
    ["est", "sont", "était", "étaient", "sera", "seront", "serait", "seraient", "fut", "furent", "soit", "soient",
     "fût", "fussent", "suis", "es", "sommes", "êtes", "étais", "étions", "étiez", "serai", "serons", "été", "être"]
)  # fmt: skip
_WITH_ETRE = frozenset(
    ["accourir", "aller", "apparaître", "arriver", "convenir", "demeurer", "descendre", "devenir", "décéder", "entrer",
     "intervenir", "monter", "mourir", "naître", "partir", "parvenir", "passer", "provenir", "redevenir", "redescendre",
     "remonter", "rentrer", "repartir", "repasser", "ressortir", "rester", "retomber", "retourner", "revenir", "sortir",
     "survenir", "tomber", "venir"]
)  # fmt: skip
"""Verbs whose perfect is made with "être": "est arrivé" is no passive."""
_PARTICIPLE = re.compile(r".+(?:é|i|is|it|u|ert|aint|eint|oint|ait)e?s?")
_REFLEXIVE = frozenset(["s'", "se", "me", "m'", "te", "t'"])
_BETWEEN = 3
"""Words that may stand between the auxiliary and its participle: "n'a pas été encore vraiment établi"."""


def is_passive(sentence: str) -> bool:
    """Whether a verb stands in the passive: a form of "être" and a participle that is neither a perfect nor reflexive.

    States that only look like one count too ("est situé"), as they do for Yoast.
    """
    tokens = _tokens(sentence)
    return any(_is_passive_at(tokens, i) for i, token in enumerate(tokens) if token in _BE)


def _tokens(sentence: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in words(sentence)]


def _is_passive_at(tokens: Sequence[str], at: int) -> bool:
    if _REFLEXIVE & set(tokens[max(0, at - 2) : at]):  # "s'est rendu", "s'y est rendu"
        return False
    for token in tokens[at + 1 : at + 2 + _BETWEEN]:
        if _is_participle(token):
            return lemma(token) not in _WITH_ETRE
        if not (token in word_list("between_verbs") or token.endswith("ment")):
            return False
    return False


def _is_participle(token: str) -> bool:
    infinitive = lemma(token)
    is_verb = infinitive != token and infinitive.endswith(("er", "ir", "re", "oir"))
    return is_verb and not is_function_word(token) and _PARTICIPLE.fullmatch(token) is not None


# ── beginning ────────────────────────────────────────────────────────────────────────────────────────────

_NOT_ALONE = frozenset(
    ["le", "la", "les", "l'", "un", "une", "des", "du", "au", "aux", "ce", "cet", "cette", "ces", "de", "d'", "à", "en"]
)


def opening(sentence: str) -> str:
    """The first word, casefolded; an article or the like says nothing by itself and takes the next word with it."""
    first = _tokens(sentence)[:2]
    return " ".join(first if first[:1] and first[0] in _NOT_ALONE else first[:1]).replace("' ", "'")
