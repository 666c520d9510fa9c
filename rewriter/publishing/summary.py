"""What is told on the terminal: counts in English, findings and explanations as the checks put them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from rewriter.article import Article, Finding, Removal, Source
from rewriter.inert import shown

Detail = Literal["failures", "usual", "all"]
_SHOWN = 100
"""Most characters of a removed text that the receipt shows."""


def to_summary(article: Article, words: int, seconds: float, detail: Detail) -> list[str]:
    """Return the lines about a finished article.

    `failures`: its errors alone · `usual`: counts and warnings too · `all`: every finding.
    """
    gravities = {"failures": ["error"], "usual": ["error", "warning"], "all": ["error", "warning", "note"]}
    findings = [_line("", f) for gravity in gravities[detail] for f in article.findings if f.gravity == gravity]
    if detail == "failures":
        return findings
    lines = [_counts(article, words, seconds), *findings]
    of_paragraphs = list(_of_paragraphs(article))
    if detail == "all":
        return lines + of_paragraphs
    if of_paragraphs:
        lines.append(f"  {_counted(len(of_paragraphs), 'finding')} about single paragraphs: see --verbose or --record")
    return lines


def _counts(article: Article, words: int, seconds: float) -> str:
    return ", ".join(
        (
            _counted(words, "word"),
            _counted(len(article.sections), "section"),
            _counted(len(article.paragraphs), "paragraph"),
            _counted(len(article.kept), "passage"),
            f"{sum(k.fallback for k in article.kept)} in the source's own words",
            f"{seconds:.0f} s",
            f"{_counted(round(60 * words / max(seconds, 1)), 'word')} a minute",
        )
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _of_paragraphs(article: Article) -> Iterator[str]:
    for number, paragraph in enumerate(article.paragraphs, 1):
        for finding in (f for kept in paragraph.kept for f in kept.findings):
            yield _line(f"paragraph {number}, ", finding)


def _line(place: str, finding: Finding) -> str:
    return shown(f"  {place}{finding.gravity} ({finding.check}): {finding.message}")


def to_clean_text(source: Source) -> str:
    """Return title and paragraphs, blank lines between them; empty when nothing is left."""
    return "".join(f"{text}\n\n" for text in (source.title, *source.paragraphs) if text).removesuffix("\n")


def to_receipt(source: Source) -> str:
    """Return what was taken out or changed, and why, to stand below the clean text."""
    lines = [f"--- {_counted(len(source.removals), 'removal')}"]
    if source.request.text:
        lines.append(f"request: {_short(source.request.text)}")
    return "\n".join(["", *lines, *_removals(source.removals)]) + "\n"


def _removals(removals: Iterable[Removal]) -> Iterator[str]:
    for removal in removals:
        change = f" -> {_short(removal.replacement)}" if removal.replacement else ""
        place = f"paragraph {removal.paragraph}" if removal.paragraph else "title"
        yield f"{place}, {removal.reason}: {_short(removal.text)}{change}"
        if removal.explanation:
            yield f"    {removal.explanation}"


def _short(text: str) -> str:
    """The text on one line, its end cut off when it is long."""
    line = shown(" ".join(text.split()))
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"
