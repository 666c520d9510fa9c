"""The page that an editor reads an article on, beside its source: one file of HTML that asks nothing of a network.

Whatever stands in the article or the source is text on the page, never markup: the template escapes all of it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from rewriter.article import Article, Gravity, Remark, Source
from rewriter.french.measure import copied_share, flesch, word_count
from rewriter.publishing.columns import (
    Kind,
    Mark,
    Ours,
    Reviewed,
    State,
    our_sections,
    our_sentences,
    points,
    source_sentences,
    their_texts,
)
from rewriter.publishing.templating import environment

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["Kind", "Mark", "Reviewed", "State", "source_sentences", "to_review"]

_TEMPLATES = Path(__file__).parent / "templates"
_GRAVITIES: tuple[Gravity, ...] = ("error", "warning", "note")
_BIN = 5
"""Words that a bar of the histogram spans …"""
_BINS = 9
"""… and how many bars there are, the last without end: the same for every article, so that two can be compared."""

_OPENING = 6
"""Words by which a link names the sentence that it leads to."""


def to_review(article: Article, source: Source, sentences: Sequence[Reviewed], findings: Sequence[Remark]) -> str:
    """Return the review page: figures, findings by gravity, source and article side by side, what cleaning took out.

    `sentences` are the article's in order, and a finding's `line` is the number of its sentence, from 1. Without a
    line, a finding is linked to the sentence of the source that it quotes, if any. The page is the same whenever the
    arguments are.
    """
    theirs = source_sentences(source)
    listed = points(findings, [sentence.text for sentence in sentences], theirs)
    ours = our_sentences(sentences, len(theirs), listed)
    return _template().render(
        article=article,
        source=source,
        figures=_figures(article, source, ours),
        groups=[(gravity, [point for point in listed if point.gravity == gravity]) for gravity in _GRAVITIES],
        ours=ours,
        theirs=theirs,
        sections=our_sections(article, ours),
        texts=their_texts(source, ours),
    )


# ── the figures ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Figures:
    """What can be counted."""

    words: int
    """Of standfirst and paragraphs, as the floor counts them."""
    mean: float
    """Words a sentence."""
    longest: int
    lengths: tuple[tuple[str, int], ...]
    """For each bar of the histogram which lengths it counts, and how many sentences have one of them."""
    flesch: float | None
    copied: float | None
    """None for a translation, which has no words in common with its source."""
    verified: int
    """Sentences."""
    fallbacks: int
    """Sentences."""
    sure: _Sure | None


@dataclass(frozen=True)
class _Sure:
    """P(oui) over the sentences that have one."""

    asked: int
    middle: float
    """The median."""
    least: Ours
    """The sentence of which the model is least sure."""


def _figures(article: Article, source: Source, ours: Sequence[Ours]) -> _Figures:
    body = "\n".join(paragraph.text for paragraph in article.paragraphs)
    lengths = [sentence.words for sentence in ours]
    return _Figures(
        words=word_count(f"{article.standfirst}\n{body}"),
        mean=sum(lengths) / max(1, len(lengths)),
        longest=max(lengths, default=0),
        lengths=_histogram(lengths),
        flesch=flesch(body),
        copied=copied_share(body, source.whole) if source.language == "fr" else None,
        verified=sum(sentence.verified for sentence in ours),
        fallbacks=sum(sentence.told.origin == "source" for sentence in ours),
        sure=_sure(ours),
    )


def _histogram(lengths: Iterable[int]) -> tuple[tuple[str, int], ...]:
    bins = [min(max(0, length - 1) // _BIN, _BINS - 1) for length in lengths]
    names = [f"{i * _BIN + 1} à {(i + 1) * _BIN}" for i in range(_BINS - 1)] + [f"plus de {(_BINS - 1) * _BIN}"]
    return tuple((name, bins.count(i)) for i, name in enumerate(names))


def _sure(ours: Iterable[Ours]) -> _Sure | None:
    judged = [(sentence.told.truth, sentence) for sentence in ours if sentence.told.truth is not None]
    if not judged:
        return None
    least = min(judged, key=lambda pair: pair[0])
    return _Sure(len(judged), median(truth for truth, _ in judged), least[1])


# ── the template ─────────────────────────────────────────────────────────────────────────────────────────


@functools.cache
def _template() -> Template:
    made = environment(_TEMPLATES)
    made.filters["decimal"] = _decimal
    made.filters["listed"] = _listed
    made.filters["opening"] = _opening
    return made.get_template("review.html")


def _decimal(value: float, places: int = 0) -> str:
    """A number as French writes it: "0,54", "1 060" with a narrow no-break space."""
    return f"{value:_.{places}f}".replace(".", ",").replace("_", "\u202f")


def _listed(values: Sequence[object]) -> str:
    """What French lists: "3, 4 et 7"."""
    *most, last = map(str, values)
    return f"{', '.join(most)} et {last}" if most else last


def _opening(text: str) -> str:
    """The first words of a sentence, enough to know it by."""
    words = text.split()
    return text if len(words) <= _OPENING + 2 else f"{' '.join(words[:_OPENING]).rstrip(',;:')} …"
