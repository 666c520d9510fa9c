"""Cuts paragraphs into passages: whole sentences, the unit that the model rewrites."""

from __future__ import annotations

from collections.abc import Sequence

from rewriter.article import Passage
from rewriter.french.quotes import outside
from rewriter.french.segment import inside_quotation, sentences, words
from rewriter.french.typography import typeset

SHORTEST = 5
"""Words under which a sentence says too little by itself and joins its neighbour."""


def cut(paragraphs: Sequence[str], most_words: int, language: str = "fr") -> tuple[Passage, ...]:
    """Cut paragraphs into passages of at most `most_words` words, or of one sentence where that is longer.

    A sentence is never cut, and no passage reaches over the end of a paragraph. A French quotation that is cut
    between sentences has its typography set while it is whole: a part does not show which marks belong together.
    """
    passages: list[Passage] = []
    for index, paragraph in enumerate(paragraphs):
        pieces = sentences(paragraph, language)
        inside = inside_quotation(pieces)
        if language == "fr" and any(inside):
            pieces = sentences(typeset(paragraph), language)
            inside = inside_quotation(pieces)
        following = iter(inside)
        for group in _grouped(pieces, most_words):
            quoted = [next(following) for _ in group]
            passages.append(Passage(len(passages), index, group, quoted=any(quoted)))
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


def is_part_of_quotation(passage: Passage) -> bool:
    """Whether a quotation began before the passage, or ends after it, so that nobody can tell what is quoted in it."""
    text = passage.text
    unpaired = any(text.count(opening) != text.count(closing) for opening, closing in ("«»", "“”"))
    return passage.quoted or unpaired or bool(text.count('"') % 2)


def is_all_quotation(passage: Passage) -> bool:
    """Whether next to nothing stands outside the quotation marks: its words are not the writer's to change."""
    if is_part_of_quotation(passage):
        return True
    return len(words(outside(passage.text))) < SHORTEST <= len(words(passage.text))
