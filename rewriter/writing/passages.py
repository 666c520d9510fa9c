"""Cuts paragraphs into passages: whole sentences, the unit that the model rewrites."""

from __future__ import annotations

from collections.abc import Sequence

from rewriter.article import Passage
from rewriter.french.quotes import outside
from rewriter.french.segment import sentences, words

SHORTEST = 5
"""Words under which a sentence says too little by itself and joins its neighbour."""


def cut(paragraphs: Sequence[str], most_words: int, language: str = "fr") -> tuple[Passage, ...]:
    """Cut paragraphs into passages of at most `most_words` words, or of one sentence where that is longer.

    A sentence is never cut, and no passage reaches over the end of a paragraph.
    """
    passages: list[Passage] = []
    for index, paragraph in enumerate(paragraphs):
        for group in _grouped(sentences(paragraph, language), most_words):
            passages.append(Passage(len(passages), index, group))
    return tuple(passages)


def _grouped(pieces: Sequence[str], most_words: int) -> list[tuple[str, ...]]:
    groups: list[list[str]] = []
    for piece in pieces:
        together = len(words(" ".join([*groups[-1], piece]))) if groups else 0
        short = bool(groups) and min(len(words(piece)), len(words(" ".join(groups[-1])))) < SHORTEST
        if groups and (short or together <= most_words):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [tuple(group) for group in groups]


def is_all_quotation(passage: Passage) -> bool:
    """Whether next to nothing stands outside the quotation marks: its words are not the writer's to change.

    Nor are they where a mark has no partner in the passage: the quotation began before it, or ends after it.
    """
    text = passage.text
    if any(text.count(opening) != text.count(closing) for opening, closing in ("«»", "“”")) or text.count('"') % 2:
        return True
    return len(words(outside(text))) < SHORTEST <= len(words(text))
