"""What the cleaning rules share: numbered paragraphs, verdicts on them, and how prose looks."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Paragraphs: TypeAlias = Mapping[int, str]
"""The paragraphs that still stand, in order, each under its number in the file (from 1)."""


@dataclass(frozen=True)
class Verdict:
    """Why a paragraph has to go."""

    reason: str
    """A slug: duplicate, caption, credit …"""
    explanation: str
    """One French sentence for an editor."""


Verdicts: TypeAlias = dict[int, Verdict]
"""The paragraphs that have to go, by number."""

LINE_WORDS = 14
"""Most words of a line that may be a heading, a verse or an item of a list."""

PROSE_WORDS = 12
"""Fewest words of a paragraph that counts as prose when it ends like a sentence."""

LONG_WORDS = 25
"""Fewest words of a paragraph that counts as prose however it ends."""

CAPITALS = 0.7
"""Share of capitals among the letters of a line set in capitals; a bracket in lower case may follow."""

_ENDED = re.compile(r"[.!?…](?:[\s»”\"'’)\]*]|\[\d+\]|\([^()]{1,30}\))*$")
_SENTENCE_END = re.compile(r"(?<![A-ZÀ-Þ.])[.!?…][»”\"]?\s+(?=[«“\"—–]?\s?[A-ZÀ-Þ])")
_BULLET = re.compile(r"(?:[•▪◦·*]|[-–—]|\d{1,2}[.)]|[a-z]\))\s")


def level(text: str) -> str:
    """The text with one apostrophe (') and single plain spaces: what patterns are matched against."""
    return " ".join(text.replace("’", "'").split())


def word_count(text: str) -> int:
    """Words, as white space divides them."""
    return len(text.split())


def is_ended(text: str) -> bool:
    """Whether the text ends like a sentence; closing marks, note marks and "(AFP)" may follow."""
    return _ENDED.search(text) is not None


def is_bulleted(text: str) -> bool:
    """Whether the text is marked as an item of a list."""
    return _BULLET.match(text) is not None


def is_one_sentence(text: str) -> bool:
    """Whether no sentence ends before the text does."""
    return _SENTENCE_END.search(text) is None


def is_prose(text: str) -> bool:
    """Whether this is body text for certain: a full sentence or a long paragraph, and no list item."""
    count = word_count(text)
    return count >= LONG_WORDS or (count >= PROSE_WORDS and is_ended(text) and not is_bulleted(text))


def is_loose_line(text: str) -> bool:
    """Whether this is a short line that ends like no sentence: a heading, a verse, an item, a label."""
    return word_count(text) <= LINE_WORDS and not is_ended(text)


def is_in_capitals(text: str) -> bool:
    """Whether the text is set in capitals."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > CAPITALS * len(letters)


def edges(paragraphs: Paragraphs, besides: Container[int] = ()) -> tuple[list[int], list[int]]:
    """Numbers of the paragraphs above the first prose and of those below the last; none without prose.

    Paragraphs `besides` the article are listed, but count as no prose.
    """
    prose = [number for number, text in paragraphs.items() if number not in besides and is_prose(text)]
    if not prose:
        return [], []
    return [n for n in paragraphs if n < prose[0]], [n for n in paragraphs if n > prose[-1]]
