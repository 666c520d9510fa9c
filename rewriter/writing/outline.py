"""Plans an article: how many sections, and where one ends."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from rewriter.french.lexicon import content_lemmas
from rewriter.french.measure import word_count

WORDS_A_SECTION = 150
MOST_WORDS_A_SECTION = 300
"""Yoast's rule for French: at most 300 words between subheadings."""
WORDS_A_PARAGRAPH = 40
"""Single-sentence paragraphs are joined until they have this many words …"""
MOST_WORDS_A_PARAGRAPH = 110
"""… and never beyond this; Yoast allows 150."""
_COHESION = 0.5
"""What a break between two paragraphs that share all their words costs, in section lengths."""
_GOES_ON = 1.0
"""What a break before a paragraph that leans on the one before it costs."""
_LEANING = re.compile(
    r"[«“]|(?:Il|Elle|Ils|Elles|Celui|Celle|Ceux|Cela|Ce|C['’]|Cet|Cette|Ces|Son|Sa|Ses|Leurs?|Toutefois|Mais|Cependant"
    r"|En réponse|Pour (?:lui|elle|eux)|Selon (?:lui|elle|eux)|D['’]autres?|Depuis lors|Le responsable)\b"
)


def count_sections(words: int, asked: int | None, paragraphs: int) -> int:
    """How many sections an article of `words` words has: one for about 150 words, eight at most while they
    stay under 250; `asked` wins. Never more than there are paragraphs."""
    natural = max(1, round(words / WORDS_A_SECTION))
    bounded = max(min(natural, 8), math.ceil(words / (MOST_WORDS_A_SECTION - 50)))
    return max(1, min(asked or bounded, paragraphs))


def group(texts: Sequence[str], count: int) -> tuple[range, ...]:
    """Split a row of paragraphs into `count` runs, even in length, ending where the words change most.

    Returns the runs as ranges of indices. Dynamic programming over where each run ends; the measure of change
    is the share of content words that two neighbours do not have in common (TextTiling, Hearst 1997).
    """
    sizes = [word_count(text) for text in texts]
    target = sum(sizes) / count or 1
    glue = [_COHESION * _overlap(a, b) + _GOES_ON * _leans_back(b) for a, b in zip(texts, texts[1:], strict=False)]
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for run in range(1, count + 1):
        for end in range(run, len(texts) - (count - run) + 1):
            best[run, end] = min(
                (best[run - 1, start][0] + _cost(sum(sizes[start:end]), target) + (glue[end - 1] if end < len(texts) else 0), start)
                for start in range(run - 1, end)
                if (run - 1, start) in best
            )
    ends = [len(texts)]
    for run in range(count, 0, -1):
        ends.append(best[run, ends[-1]][1])
    ends.reverse()
    return tuple(range(a, b) for a, b in zip(ends, ends[1:], strict=False))


def _cost(size: int, target: float) -> float:
    return (size / target - 1) ** 2


def _leans_back(paragraph: str) -> bool:
    """Whether a paragraph goes on with somebody or something that the one before it named."""
    return bool(_LEANING.match(paragraph))


def _overlap(a: str, b: str) -> float:
    ours, theirs = set(content_lemmas(a)), set(content_lemmas(b))
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


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
