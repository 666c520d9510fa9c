"""Reads an article against its source once more, for the review page: what each sentence stands on, and its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rewriter.article import Article, Finding, Kept, Remark, Source
from rewriter.checking.facts import check_facts
from rewriter.checking.ledger import Ledger, ledger
from rewriter.french.segment import sentences
from rewriter.publishing.review import Kind, Mark, Reviewed, State, source_sentences

Span = tuple[int, int]

_KINDS: dict[str, Kind] = {
    "numbers": "number",
    "dates": "date",
    "names": "name",
    "titles": "name",
    "quotations": "quotation",
    "attribution": "quotation",
}
"""What each check of facts looks at."""
_STATES: dict[str, State] = {"error": "wrong", "warning": "elsewhere"}


@dataclass(frozen=True)
class _Piece:
    """A sentence of what was kept for a passage."""

    kept: Kept
    paragraph: int | None
    text: str
    start: int
    """Where it begins in the kept sentences joined by spaces."""


def review(article: Article, source: Source) -> tuple[tuple[Reviewed, ...], tuple[Remark, ...]]:
    """Return the article's sentences in order, and every finding about them, those about the whole last.

    A remark's line is the number of its sentence, from 1, and its span counts that sentence's characters. A standfirst
    that the model wrote, title and subheadings stand on no passage: they are none of the sentences.
    """
    pieces = tuple(_pieces(article))
    places = _places(source_sentences(source))
    whole = ledger(source.whole, source.language)
    reviewed = []
    marks: tuple[Mark, ...] = ()
    for piece in pieces:
        if piece.start == 0:  # the first of its passage: facts are looked for in all of it, as when it was checked
            marks = _marks(" ".join(sentences(piece.kept.text)), piece.kept, whole)
        origins = _origins(piece.kept.passage.sentences, places)
        facts = tuple(_within(marks, piece))
        reviewed.append(Reviewed(piece.text, piece.paragraph, piece.kept.origin, piece.kept.truth, origins, facts))
    return tuple(reviewed), _remarks(article, pieces)


def _pieces(article: Article) -> Iterator[_Piece]:
    placed: list[tuple[int | None, Kept]] = [(None, kept) for kept in article.lead]
    placed += [(number, kept) for number, paragraph in enumerate(article.paragraphs) for kept in paragraph.kept]
    for paragraph, kept in placed:
        start = 0
        for sentence in sentences(kept.text):
            yield _Piece(kept, paragraph, sentence, start)
            start += len(sentence) + 1


# ── what a sentence stands on ────────────────────────────────────────────────────────────────────────────


def _places(theirs: Sequence[str]) -> dict[str, list[int]]:
    """Where each sentence of the source stands: what it says twice is carried in both places."""
    places: dict[str, list[int]] = {}
    for index, sentence in enumerate(theirs):
        places.setdefault(sentence, []).append(index)
    return places


def _origins(passage: Iterable[str], places: dict[str, list[int]]) -> tuple[int, ...]:
    """Indices of the passage's sentences; of one that background was cut into elsewhere, those that stand in it."""
    found: set[int] = set()
    for sentence in passage:
        found.update(places.get(sentence) or (i for s, at in places.items() if s in sentence for i in at))
    return tuple(sorted(found))


# ── what its facts are worth ─────────────────────────────────────────────────────────────────────────────


def _marks(text: str, kept: Kept, whole: Ledger) -> tuple[Mark, ...]:
    """The facts of a text, and whatever else the checks of facts object to, in order."""
    findings = check_facts(text, kept.passage.text, whole, whole.language)
    doubts = [Mark(f.span, _KINDS[f.check], _STATES[f.gravity]) for f in findings if f.span and f.gravity in _STATES]
    facts = [Mark(span, kind, _state(span, kind, doubts)) for span, kind in _facts(ledger(text))]
    rest = [d for d in doubts if not any(d.kind == fact.kind and _meet(d.span, fact.span) for fact in facts)]
    return tuple(sorted(dict.fromkeys([*facts, *rest]), key=lambda m: (m.span[0], -m.span[1])))


def _facts(ours: Ledger) -> Iterator[tuple[Span, Kind]]:
    """Where numbers, dates, names and quotations stand; "un an", figures of a date and names of units are none."""
    measured = [date.span for date in ours.dates]
    for date in ours.dates:
        yield date.span, "date"
    for number in ours.numbers:
        if not number.weak and not any(_meet(number.span, span) for span in measured):
            yield number.span, "date" if number.kind == "year" else "number"
    measured += [number.span for number in ours.numbers]
    for name in ours.names:
        if not any(_meet(name.span, span) for span in measured):
            yield name.span, "name"
    for quotation in ours.quotes.quotations:
        yield quotation.span, "quotation"


def _state(span: Span, kind: Kind, doubts: Iterable[Mark]) -> State:
    """The worst that is said of facts of this kind there: a name is not wrong because it is misquoted."""
    states = {doubt.state for doubt in doubts if doubt.kind == kind and _meet(doubt.span, span)}
    return "wrong" if "wrong" in states else "elsewhere" if states else "ok"


def _meet(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _within(marks: Iterable[Mark], piece: _Piece) -> Iterator[Mark]:
    """The marks of a sentence, counted in its own characters; one that runs on ends with the sentence."""
    for mark in marks:
        span = _moved(mark.span, piece)
        if span[0] < span[1]:
            yield replace(mark, span=span)


def _moved(span: Span, piece: _Piece) -> Span:
    first, last = (min(max(0, at - piece.start), len(piece.text)) for at in span)
    return first, last


# ── what the checks said ─────────────────────────────────────────────────────────────────────────────────


def _remarks(article: Article, pieces: Sequence[_Piece]) -> tuple[Remark, ...]:
    found = [_of_whole(finding, pieces) for finding in article.findings]
    for number, piece in enumerate(pieces, 1):
        if piece.start == 0:
            found += [_of_kept(finding, number, pieces) for finding in piece.kept.findings]
    return tuple(sorted(found, key=lambda r: r.line or len(pieces) + 1))


def _of_whole(finding: Finding, pieces: Sequence[_Piece]) -> Remark:
    """A finding about the article, put to the sentence that it quotes, if it quotes one."""
    for number, piece in enumerate(pieces, 1):
        if f"« {piece.text}" in finding.message:
            return Remark(replace(finding, span=None), number, piece.kept.passage.text)
    return Remark(finding)


def _of_kept(finding: Finding, first: int, pieces: Sequence[_Piece]) -> Remark:
    """A finding about what was kept for a passage whose first sentence is `first`, put to the sentence it is about."""
    kept = pieces[first - 1].kept
    if finding.span is None:
        return Remark(finding, first, kept.passage.text)
    begun = [n for n, p in enumerate(pieces, 1) if n >= first and p.kept is kept and p.start <= finding.span[0]]
    piece = pieces[begun[-1] - 1]
    return Remark(replace(finding, span=_moved(finding.span, piece)), begun[-1], kept.passage.text)
