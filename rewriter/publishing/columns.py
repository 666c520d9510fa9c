"""The review page's two columns: the article's sentences and the source's, each of which knows its partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rewriter.article import Article, Gravity, Origin, Remark, Source
from rewriter.french.measure import word_count
from rewriter.french.segment import sentences as sentences_of

Kind = Literal["number", "date", "name", "quotation"]
State = Literal["ok", "elsewhere", "wrong"]
"""ok: the passage says so · elsewhere: an editor should look, mostly because another passage says it · wrong: the
source does not say it so."""


@dataclass(frozen=True)
class Mark:
    """A number, a date, a name or a quotation in a sentence, and what the checks made of it."""

    span: tuple[int, int]
    """Characters of the sentence's text."""
    kind: Kind
    state: State


@dataclass(frozen=True)
class Reviewed:
    """A sentence of the article, and what it stands on."""

    text: str
    paragraph: int | None
    """Index in `Article.paragraphs`; None in the standfirst."""
    origin: Origin
    truth: float | None
    """P(oui), 0 to 1, of the least sure sentence of its passage; None where the model was not asked."""
    source_sentences: tuple[int, ...]
    """Indices in `source_sentences(source)`."""
    facts: tuple[Mark, ...] = ()


def source_sentences(source: Source) -> tuple[str, ...]:
    """The sentences of a source in order, then those of its background."""
    return tuple(s for paragraph in _their_paragraphs(source) for s in paragraph)


def _their_paragraphs(source: Source) -> Iterator[tuple[str, ...]]:
    for text in (source, *source.background):
        for paragraph in text.paragraphs:
            yield sentences_of(paragraph, source.language)


# ── the findings ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Point:
    """A finding as the page lists it: the same one about several sentences is listed once."""

    number: int
    gravity: Gravity
    check: str
    message: str
    """Without the sentence that it quotes, where a link leads there."""
    suggestion: str
    ours: tuple[int, ...]
    """The numbers of the article's sentences that it is about."""
    theirs: tuple[int, ...]
    """The numbers of the source's sentences that it is about."""


def points(findings: Iterable[Remark], ours: Sequence[str], theirs: Sequence[str]) -> tuple[Point, ...]:
    """The findings in the order of their first occurrence, each with the sentences that it is about.

    Without a line that is the number of a sentence of ours, a finding may be about the one of theirs that it quotes.
    """
    found: dict[tuple[Gravity, str, str, str], tuple[list[int], list[int]]] = {}
    for remark in findings:
        finding, line = remark.finding, remark.line
        about = line if line and 1 <= line <= len(ours) else None
        quoted = None if about else next((i for i, s in enumerate(theirs, 1) if f"« {s} »" in finding.message), None)
        text = ours[about - 1] if about else theirs[quoted - 1] if quoted else ""
        message = finding.message.removesuffix(f" « {text} »") if text else finding.message
        places = found.setdefault((finding.gravity, finding.check, message, finding.suggestion), ([], []))
        places[0].extend([about] if about else [])
        places[1].extend([quoted] if quoted else [])
    return tuple(
        Point(number, *key, tuple(dict.fromkeys(about)), tuple(dict.fromkeys(quoted)))
        for number, (key, (about, quoted)) in enumerate(found.items(), 1)
    )


# ── the article's column ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Marked:
    """A stretch of text under a mark; it may hold other marks, as a quotation holds a name."""

    mark: Mark
    parts: tuple[Part, ...]


Part = str | Marked


@dataclass(frozen=True)
class Ours:
    """A sentence of the article."""

    number: int
    """From 1."""
    told: Reviewed
    parts: tuple[Part, ...]
    partners: tuple[int, ...]
    """The numbers of the source's sentences that it stands on."""
    points: tuple[Point, ...]
    words: int

    @property
    def verified(self) -> bool:
        """Whether it stands on the source, and no check asks an editor to look at it; the source's own words do."""
        asks = any(point.gravity != "note" for point in self.points) and self.told.origin != "source"
        return bool(self.partners) and not asks and all(fact.state == "ok" for fact in self.told.facts)


def our_sentences(reviewed: Sequence[Reviewed], count: int, about: Sequence[Point]) -> tuple[Ours, ...]:
    """The article's sentences, held together with the `count` sentences of the source and the points about them."""
    return tuple(
        Ours(
            number,
            told,
            tuple(_parts(told.text, told.facts, 0, len(told.text))),
            tuple(i + 1 for i in dict.fromkeys(told.source_sentences) if 0 <= i < count),
            tuple(point for point in about if number in point.ours),
            word_count(told.text),
        )
        for number, told in enumerate(reviewed, 1)
    )


def _parts(text: str, marks: Iterable[Mark], start: int, end: int) -> Iterator[Part]:
    """The text from `start` to `end`, cut at its marks, all of it; a mark that crosses another's end is cut there."""
    waiting, at = _clipped(marks, start, end), start
    while waiting:
        mark = min(waiting, key=lambda m: (m.span[0], -m.span[1]))
        waiting.remove(mark)
        first, last = mark.span
        yield text[at:first]
        yield Marked(mark, tuple(_parts(text, waiting, first, last)))
        waiting, at = _clipped(waiting, last, end), last
    yield text[at:end]


def _clipped(marks: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """The marks as far as they lie between `start` and `end`."""
    cut = (replace(m, span=(max(m.span[0], start), min(m.span[1], end))) for m in marks)
    return [m for m in cut if m.span[0] < m.span[1]]


def our_sections(article: Article, ours: Iterable[Ours]) -> list[tuple[str, list[tuple[str, list[Ours]]]]]:
    """Headings, each with its paragraphs: their text, and their sentences where these are known."""
    of: dict[int | None, list[Ours]] = {}
    for sentence in ours:
        of.setdefault(sentence.told.paragraph, []).append(sentence)
    index = 0
    made = []
    for section in article.sections:
        numbered = enumerate(section.paragraphs, index)
        made.append((section.heading, [(paragraph.text, of.get(i, [])) for i, paragraph in numbered]))
        index += len(section.paragraphs)
    return made


# ── the source's column ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Theirs:
    """A sentence of the source."""

    number: int
    """From 1; background goes on counting."""
    text: str
    partners: tuple[int, ...]
    """The numbers of the article's sentences that stand on it."""


def their_texts(source: Source, ours: Iterable[Ours]) -> list[tuple[Source, list[list[Theirs]]]]:
    """The source and its background, each with its paragraphs of sentences."""
    carriers: dict[int, list[int]] = {}
    for sentence in ours:
        for number in sentence.partners:
            carriers.setdefault(number, []).append(sentence.number)
    paragraphs = _their_paragraphs(source)
    count = 0
    made = []
    for text in (source, *source.background):
        shown = []
        for _ in text.paragraphs:
            told = [Theirs(n, s, tuple(carriers.get(n, ()))) for n, s in enumerate(next(paragraphs), count + 1)]
            count += len(told)
            shown.append(told)
        made.append((text, shown))
    return made
