"""What a source says and an article leaves out: sentences that none of the article's stands on, and facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rewriter.article import Finding
from rewriter.checking.facts import lost_facts

LEAD = 2
"""Sentences of a source that are its lead: news tells there who, what, when and where."""


def check_coverage(source: Sequence[str], said: Sequence[str], carried: frozenset[int]) -> tuple[Finding, ...]:
    """What is left out of a French source.

    `source` and `said` are the sentences of the source and of the whole article; `carried` are the indices of the
    source sentences on which one of the article's stands. A fact of the lead that nothing carries is a warning; a
    sentence that is left out is a note.
    """
    article = " ".join(said)
    return (*_of_lead(source[:LEAD], article), *_left_out(source, carried))


def _of_lead(lead: Sequence[str], article: str) -> Iterator[Finding]:
    for sentence in lead:
        for lost in lost_facts(article, sentence):
            yield Finding("coverage", "warning", f"Dans l'attaque de la source : {lost.message}")


def _left_out(source: Sequence[str], carried: frozenset[int]) -> Iterator[Finding]:
    for at, sentence in enumerate(source):
        if at not in carried:
            yield Finding("coverage", "note", f"L'article ne reprend pas : « {sentence} »")
