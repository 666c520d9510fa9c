"""What a paraphrase may have shifted though every fact in it is right: how surely, widely, strongly, when, why, or not.

A sentence is held against the part of its passage that it stands on, for it need not say all that the passage says.
The families of words are `french.degrees`; a shift is a reason to look, and one of the things the judge weighs.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rewriter.article import Finding
from rewriter.checking.alignment import Alignment, says
from rewriter.french import degrees
from rewriter.french.causes import causes
from rewriter.french.lexicon import telling_words
from rewriter.french.quotes import outside
from rewriter.french.segment import sentences

SHIFTS = ("certainty", "scope", "strength", "cause", "time", "negation")
"""The checks of which a shift may be a finding."""
_TOUCHED = 0.15
"""The least share of a clause's telling words that a sentence must say to be about that clause. On the fitting part of
the labelled set 0.15 and 0.3 give the same area; the lower one misses less."""
_CLAUSES = re.compile(r"[,;:()–]|\b(?:et|mais|qui|tandis que|dont|où|alors que|pendant que)\b")


@functools.lru_cache(maxsize=1024)
def standing(sentence: str, passage: str) -> str:
    """The sentences of a passage that a sentence stands on; all of it where none can be told from the others."""
    parts = [part for s in sentences(passage) for part in re.split(r"\s*;\s*", s) if part]
    found = Alignment(parts).find(sentence)
    return " ".join(parts[i] for i in found) or passage


def shifts(sentence: str, passage: str) -> tuple[Finding, ...]:
    """What a French sentence may have shifted against the part of its French passage that it stands on: warnings."""
    ours, whole = outside(sentence), standing(sentence, passage)
    about = _about(ours, whole)
    return tuple(
        Finding(check, "warning", message)
        for check, message in (
            *_certainty(ours, outside(about)),
            *_scope(ours, outside(about), whole),
            *_strength(ours, about, passage),
            *_cause(ours, whole),
            *_time(ours, outside(about), whole),
            *_negation(ours, outside(about)),
        )
    )


def check_causes(text: str, passage: str) -> tuple[Finding, ...]:
    """Whether a text links by a cause what its passage, which names none, only puts side by side."""
    found = causes(outside(text))
    if not found or causes(passage):
        return ()
    return (Finding("cause", "error", f"La source ne fait pas ce lien de cause : « {found[0]} »."),)


def _about(sentence: str, passage: str) -> str:
    """The clauses of a passage of which a sentence says anything; all of them where that cannot be told."""
    said = telling_words(sentence)
    clauses = []
    for clause in _CLAUSES.split(passage):
        words = telling_words(clause)
        if sum(says(said, word) for word in words) >= _TOUCHED * len(words):
            clauses.append(clause)
    return ", ".join(clauses) or passage


# What is gained is looked for in all that the sentence stands on, quotations too; what is lost, where it is about.
_Shifted = Iterator[tuple[str, str]]


def _certainty(ours: str, about: str) -> _Shifted:
    if (lost := degrees.hedges(about)) and not degrees.hedges(ours):
        yield "certainty", f"Ce que la source laisse ouvert (« {lost[0]} ») est dit ici comme sûr."


def _scope(ours: str, about: str, whole: str) -> _Shifted:
    if (gained := degrees.universals(ours)) and not degrees.universals(whole) and not degrees.is_negative(whole):
        yield "scope", f"La source ne le dit pas de tous : « {gained[0]} »."
    elif (lost := degrees.partials(about)) and not degrees.partials(ours):
        yield "scope", f"La source ne le dit que d'une partie : « {lost[0]} »."


def _strength(ours: str, about: str, passage: str) -> _Shifted:
    plain = passage.casefold()
    if gained := [word for word in degrees.strong_words(ours) if word not in plain]:
        yield "strength", f"Plus fort que la source : « {gained[0]} »."
    elif (lost := degrees.softeners(about)) and not degrees.softeners(ours):
        yield "strength", f"La source nuance ici : « {lost[0]} »."


def _cause(ours: str, whole: str) -> _Shifted:
    found = causes(ours)
    if len(found) > len(causes(whole)):
        yield "cause", f"La source ne fait pas ce lien de cause : « {found[-1]} »."


def _time(ours: str, about: str, whole: str) -> _Shifted:
    here, there = degrees.futures(ours), degrees.futures(about)
    (before, after), (was_before, was_after) = degrees.sides(ours), degrees.sides(whole)
    if here and not (degrees.futures(whole) or degrees.hedges(whole) or degrees.promises(whole)):
        yield "time", f"La source ne met pas cela au futur : « {here[0]} »."
    elif there and not (here or degrees.hedges(ours) or degrees.promises(ours)):
        yield "time", f"La source met cela au futur : « {there[0]} »."
    elif (before, after) in ((True, False), (False, True)) and (was_before, was_after) == (after, before):
        yield "time", "L'avant et l'après de la source semblent inversés."


def _negation(ours: str, about: str) -> _Shifted:
    if degrees.is_negative(about) and not degrees.is_negative(ours):
        yield "negation", "Un refus ou une négation de la source n'est plus dit."
    elif degrees.stances(ours)[0] and degrees.stances(about) == (False, True):
        yield "negation", "La source dit qu'on s'y oppose, la phrase qu'on y consent."
