"""Plans an article: how many sections, and where one ends."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise

from rewriter.french.lexicon import content_lemmas
from rewriter.french.measure import word_count

WORDS_A_SECTION = 150
MOST_WORDS_A_SECTION = 300
"""Yoast's rule for French: at most 300 words between subheadings."""
WORDS_A_PARAGRAPH = 40
"""Single-sentence paragraphs are joined until they have this many words …"""
MOST_WORDS_A_PARAGRAPH = 110
"""… and never beyond this."""
LONGEST_PARAGRAPH = 150
"""Words of a paragraph that is not cut: Yoast's rule."""
_TOO_LONG = 4.0
"""What a section of several paragraphs costs that is longer than `MOST_WORDS_A_SECTION`."""
_COHESION = 0.5
"""What a break between two paragraphs that share all their words costs, in section lengths."""
_OWN = 1.0
"""What a break above a subheading of the source's own is worth."""
_SHORTEST_OWN = 75
"""Words of a section from which the source's own subheadings may make more sections than the length asks for."""
_GOES_ON = 1.0
"""What a break before a paragraph that leans on the one before it costs."""
_LEANING = re.compile(
    r"[«“]|(?:Il|Elle|Ils|Elles|Celui|Celle|Ceux|Cela|Ce|C['’]|Cet|Cette|Ces|Son|Sa|Ses|Leurs?|Toutefois|Mais|Cependant"
    r"|En réponse|Pour (?:lui|elle|eux)|Selon (?:lui|elle|eux)|D['’]autres?|Depuis lors|Le responsable)\b"
)


def count_sections(words: int, asked: int | None, paragraphs: int, own: int = 0) -> int:
    """How many sections an article of `words` words has: one for about 150 words, eight at most while they
    stay under 250, and room for the source's `own` subheadings; `asked` wins. Never more than there are paragraphs."""
    natural = max(1, round(words / WORDS_A_SECTION))
    bounded = max(min(natural, 8), math.ceil(words / (MOST_WORDS_A_SECTION - 50)), min(own, words // _SHORTEST_OWN))
    return max(1, min(asked or bounded, paragraphs))


def group(texts: Sequence[str], count: int, own: Collection[int] = ()) -> tuple[range, ...]:
    """Split a row of paragraphs into `count` runs, even in length, ending where the words change most, and above the
    paragraphs that stand under a subheading of the source's `own`.

    Returns the runs as ranges of indices, none of them empty: as many as there are paragraphs at most, and none
    for no paragraphs. Dynamic programming over where each run ends; the measure of change is the share of
    content words that two neighbours do not have in common (TextTiling, Hearst 1997).
    """
    count = min(count, len(texts))
    if not count:
        return ()
    before = [0, *accumulate(word_count(text) for text in texts)]  # words before each paragraph
    target = before[-1] / count or 1
    glue = [0.0, *_glue(texts), 0.0]  # what a break before each paragraph costs; the two ends cost nothing
    glue = [cost - _OWN * (i in own) for i, cost in enumerate(glue)]
    best = {0: 0.0}
    back: list[dict[int, int]] = []
    for run in range(1, count + 1):
        reached: dict[int, float] = {}
        back.append({})
        for end in range(run, len(texts) - (count - run) + 1):
            cost, start = min(
                (cost + _cost(before[end] - before[start], target, end - start), start)
                for start, cost in best.items()
                if start < end
            )
            reached[end], back[-1][end] = cost + glue[end], start
        best = reached
    ends = [len(texts)]
    for starts in reversed(back):
        ends.append(starts[ends[-1]])
    ends.reverse()
    return tuple(range(a, b) for a, b in pairwise(ends))


def _cost(size: int, target: float, paragraphs: int) -> float:
    too_long = _TOO_LONG if size > MOST_WORDS_A_SECTION and paragraphs > 1 else 0.0
    return (size / target - 1) ** 2 + too_long


def _glue(texts: Sequence[str]) -> list[float]:
    """What a break before each paragraph but the first costs: the words that it shares with the one before."""
    lemmas = [frozenset(content_lemmas(text)) for text in texts]
    return [
        _COHESION * _overlap(a, b) + _GOES_ON * _leans_back(text)
        for a, b, text in zip(lemmas, lemmas[1:], texts[1:], strict=False)
    ]


def _leans_back(paragraph: str) -> bool:
    """Whether a paragraph goes on with somebody or something that the one before it named."""
    return bool(_LEANING.match(paragraph))


def _overlap(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def cut_paragraph(texts: Sequence[str]) -> tuple[range, ...]:
    """Cut a paragraph's sentences into runs, where it is longer than readers on the web bear."""
    words = sum(map(word_count, texts))
    return group(texts, math.ceil(words / MOST_WORDS_A_PARAGRAPH) if words > LONGEST_PARAGRAPH else 1)


def join_paragraphs(texts: Sequence[str]) -> tuple[range, ...]:
    """Join short neighbours, so that an article does not fall into single sentences."""
    runs: list[range] = []
    for i in range(len(texts)):
        if runs:
            so_far = sum(word_count(texts[j]) for j in runs[-1])
            goes_on = texts[i].startswith(("«", "“")) or so_far < WORDS_A_PARAGRAPH
            if goes_on and so_far + word_count(texts[i]) <= MOST_WORDS_A_PARAGRAPH:
                runs[-1] = range(runs[-1].start, i + 1)
                continue
        runs.append(range(i, i + 1))
    return tuple(runs)
