"""Quotation marks: which stretches of a text stand between them, however badly they are balanced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"[«»“”„\"‹›‘’]|<<|>>")
_FAMILIES = {
    "«": "«",
    "»": "«",
    "<<": "«",
    ">>": "«",
    "“": "“",
    "”": "“",
    "„": "“",
    '"': '"',
    "‹": "‹",
    "›": "‹",
    "‘": "‘",
    "’": "‘",
}
_OPENING = frozenset(("«", "<<", "„", "‹"))
_CLOSING = frozenset(("»", ">>", "›"))
# A quotation whose mark is never closed ends, at the latest, where somebody is said to say it.
_SAYS = re.compile(
    r",? (?:a|ont|avait) (?:déclaré|dit|affirmé|ajouté|expliqué|indiqué|assuré|estimé|précisé|confié|lancé)\b"
)


@dataclass(frozen=True)
class Span:
    """A stretch of quoted text, quotation marks included."""

    start: int
    end: int
    closed: bool = True
    """Whether its closing mark was found."""


def quoted_spans(text: str) -> tuple[Span, ...]:
    """The quoted stretches in order, outermost marks only, none overlapping.

    A line ends every quotation, unless the next one goes on with an opening mark: then both are one. A
    closing mark without an opening one closes again the quotation before it in its line («a.» b»), or else
    opens at the line's beginning.
    """
    found: list[Span] = []
    offset = 0
    for line in re.split(r"(\n+)", text):
        spans = list(_in_line(line))
        for span in spans:
            moved = Span(span.start + offset, span.end + offset, span.closed)
            if found and not found[-1].closed and _goes_on(text, found[-1], moved):
                found[-1] = Span(found[-1].start, moved.end, moved.closed)
            else:
                found.append(moved)
        offset += len(line)
    return tuple(found)


def _goes_on(text: str, before: Span, after: Span) -> bool:
    """Whether nothing but a new line stands between an unclosed quotation and the next one."""
    between = text[before.end : after.start]
    return "\n" in between and not between.strip()


def _in_line(line: str) -> Iterator[Span]:
    """The quoted stretches of one line."""
    spans: list[Span] = []
    open_marks: list[tuple[str, int]] = []
    inner: list[Span] = []
    for match in _MARK.finditer(line):
        mark, family = match[0], _FAMILIES[match[0]]
        role = _role(line, match, bool(open_marks) and family in [f for f, _ in open_marks])
        if role == "open":
            open_marks.append((family, match.start()))
        elif role == "close":
            level = max((i for i, (f, _) in enumerate(open_marks) if f == family), default=-1)
            if level >= 0:
                span = Span(open_marks[level][1], match.end())
                del open_marks[level:]
                inner.append(span)
                if not open_marks:
                    spans.append(span)
                    inner.clear()
            elif not open_marks and mark in _CLOSING:
                start = spans.pop().start if spans else 0
                spans.append(Span(start, match.end()))
    if open_marks:
        spans += _unclosed(line, open_marks[0], inner)
    yield from spans


def _unclosed(line: str, opened: tuple[str, int], inner: list[Span]) -> list[Span]:
    """What a mark that is never closed opens: up to the next quotation, to who says it, or to the end."""
    family, start = opened
    same = list(_outermost([span for span in inner if _FAMILIES.get(line[span.start]) == family]))
    says = _SAYS.search(line, start)
    end = min((span.start for span in same), default=len(line))
    cut = says is not None and says.start() < end
    end = says.start() if cut and says else end
    end = start + len(line[start:end].rstrip())
    return [Span(start, end, closed=bool(same) or cut), *same]


def _outermost(spans: list[Span]) -> Iterator[Span]:
    """The spans that stand in no other, in order; of nested ones the inner was closed first."""
    end = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.start >= end:
            yield span
            end = span.end


def _role(line: str, match: re.Match[str], opened: bool) -> str:
    """Whether a mark opens, closes or is none (inches); `opened`: one of its family is open."""
    mark = match[0]
    before = line[match.start() - 1 : match.start()]
    after = line[match.end() : match.end() + 1]
    if mark in _OPENING:
        return "open"
    if mark in _CLOSING:
        return "close"
    if mark == "‘":
        return "open" if not before.isalnum() and after.isalnum() else ""
    if mark == "’":
        return "close" if opened and not after.isalnum() else ""
    if mark == '"' and before.isdigit() and not opened and not after.isalnum():
        return ""
    begins = (not before or not (before.isalnum() or before in ".,!?…")) and bool(after) and not after.isspace()
    return ("open" if begins and mark == "“" else "close") if opened else "open"
