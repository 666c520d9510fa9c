"""Photo captions among the paragraphs: evidence is added up, and one weak sign alone removes nothing.

A caption describes what a photo shows, in one sentence in the present, and often ends with a place, a date
and a credit. A page's alternative texts make many stand twice. The signs and their points are data
(captions.toml); a credit is proof, the rest only together.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from itertools import pairwise

from rewriter.french.segment import unified
from rewriter.source.paragraphs import Paragraphs, Verdict, Verdicts, is_one_sentence, level, word_count
from rewriter.source.patterns import pattern, read_table

ENOUGH = 5
"""Points that make a caption. A lone sentence that shows a scene in the present and ends with a place and a
full date has just as many; without one of these four it must stand twice, or carry a credit."""

TWICE = 2
"""Points for a text that stands twice."""

ALTERNATIVE = 1
"""Points for two copies one below the other that are not set alike (' and ’): alternative text and caption."""

BESIDE = 1
"""Points for standing next to a sure caption."""

MIN_SHARED = 5
"""Fewest words of a text that is recognised as the beginning of a caption."""

MAX_WORDS = 60
"""Most words of a caption; agencies ask for fewer than 50."""

_TOLD = re.compile(
    # What happened, will happen or was said: news, where a caption says what is to be seen.
    r"\b(?:a|ont|avai(?:t|ent)) (?:(?:été|pas|déjà|ainsi|aussi|toutefois|également|encore|jamais) )*"
    r"\w+(?:é|ée|és|ées|i|is|it|u|us|ert|aint|ue|ues)\b"
    r"|\b(?:est|sont) (?:mort|décédé|né|parti|arrivé|tombé|devenu|revenu|venu|sorti|entré|resté)e?s?\b"
    r"|\b(?:s'est|se sont|s'étai(?:t|ent)|étai(?:t|ent)|fut|furent|sera|seront|serai(?:t|ent))\b"
    r"|\b(?:selon|d'après|affirmé?|déclaré?|annoncé?|expliqué?|estimé?|assuré?|raconte|dit|promet|espère)\w{0,3}\b"
    r"|\b(?!fait\b|lait\b|trait\b|portrait\b|souhait\b|extrait\b|parfait\b)\w{2,}(?:ait|aient|èrent)\b"
    r"|\b\w{2,}(?:eront|iront|dront|era|ira)\b"
    r"|\b(?:said|says|told|announced|according to|will|would|was|were|has|have|had|did)\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\b(?:qui|que|où|dont|alors que|tandis que|après|lorsque|pendant que|who|which|that|after|as|while)\b"
)
_SPEECH = re.compile(r"[«“](?!\s?[A-ZÀ-Þ'’ -]+[»”]).{12,}[»”]|\".{12,}\"")


@functools.cache
def _signs() -> tuple[tuple[int, str, re.Pattern[str]], ...]:
    return tuple((s["points"], s["says"], pattern(s["pattern"])) for s in read_table("captions", "sign"))


def find_captions(paragraphs: Paragraphs) -> Verdicts:
    """Photo captions, each with the evidence in its explanation."""
    copies = Counter(_bare(text) for text in paragraphs.values())
    evidence = {n: _evidence(text, copies[_bare(text)] > 1) for n, text in paragraphs.items()}
    unlike = _set_unlike(paragraphs)
    for n in {n for pair in unlike for n in pair if evidence[n]}:
        evidence[n]["texte de remplacement et légende"] = ALTERNATIVE
    _share_credits(paragraphs, evidence)
    sure = {n for n, signs in evidence.items() if _points(signs) >= ENOUGH}
    numbers = list(paragraphs)
    for position, number in enumerate(numbers):
        neighbours = numbers[max(0, position - 1) : position] + numbers[position + 1 : position + 2]
        if evidence[number] and any(n in sure for n in neighbours):
            evidence[number]["à côté d’une légende"] = BESIDE
    for one, other in unlike:
        evidence[one] = evidence[other] = max(evidence[one], evidence[other], key=_points)
    return {n: _verdict(signs) for n, signs in evidence.items() if _points(signs) >= ENOUGH}


def _set_unlike(paragraphs: Paragraphs) -> list[tuple[int, int]]:
    """Copies one below the other that differ in their setting."""
    pairs = pairwise(paragraphs)
    copies = [(a, b) for a, b in pairs if _bare(paragraphs[a]) == _bare(paragraphs[b])]
    return [(a, b) for a, b in copies if paragraphs[a] != paragraphs[b]]


def _share_credits(paragraphs: Paragraphs, evidence: dict[int, dict[str, int]]) -> None:
    """A sentence that a credited caption repeats before its credit is that caption, without the credit."""
    credited = [_bare(paragraphs[n]) for n, signs in evidence.items() if _is_credited(signs)]
    for number, text in paragraphs.items():
        bare = _bare(text)
        long_enough = word_count(text) >= MIN_SHARED
        if long_enough and any(c.startswith(bare) and len(c) > len(bare) for c in credited):
            evidence[number] = {"début d’une légende": ENOUGH}


def _is_credited(signs: dict[str, int]) -> bool:
    return max(signs.values(), default=0) >= ENOUGH


def find_sheltered(paragraphs: Paragraphs, captions: Verdicts) -> set[int]:
    """Paragraphs among captions: right between two, or given twice in a row, as captions are."""
    sheltered: set[int] = set()
    for one, other in pairwise(paragraphs):
        if _bare(paragraphs[one]) == _bare(paragraphs[other]):
            sheltered |= {one, other}
    for before, (number, after) in zip(paragraphs, pairwise(list(paragraphs)[1:]), strict=False):
        if before in captions and after in captions:
            sheltered.add(number)
    return sheltered - captions.keys()


def _bare(text: str) -> str:
    """What stays the same between two copies of a caption."""
    return unified(text).rstrip(" .")


def _evidence(text: str, twice: bool) -> dict[str, int]:
    """Points for and against, by what they are given for; empty when this can be no caption."""
    if word_count(text) > MAX_WORDS:
        return {}
    line = level(text)
    signs = {says: points for points, says, sign in _signs() if sign.search(line)}
    credited = _is_credited(signs)
    if not (credited or is_one_sentence(text)):
        return {}
    if _SPEECH.search(text):
        signs["propos rapportés"] = -2
    if not credited:
        signs |= {"récit": -2} if _TOLD.search(_main_clause(line)) else {"présent": 1}
    return signs | ({"donnée deux fois": TWICE} if twice else {})


def _main_clause(line: str) -> str:
    return _SUBORDINATE.split(line, maxsplit=1)[0]


def _points(signs: dict[str, int]) -> int:
    return sum(signs.values())


def _verdict(signs: dict[str, int]) -> Verdict:
    return Verdict("caption", f"Légende de photo : {', '.join(s for s, p in signs.items() if p > 0)}.")
