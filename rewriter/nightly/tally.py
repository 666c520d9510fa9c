"""What became of articles: of one, for the journal, and of all of a night, for the last line and the exit code."""

from __future__ import annotations

from dataclasses import dataclass

from rewriter.errors import RewriterError, described
from rewriter.job import Result
from rewriter.nightly.journal import Outcome

BUG = 70
"""EX_SOFTWARE of BSD's sysexits.h: a fault of this program's, which costs the article and not the night."""


@dataclass
class Tally:
    """What became of the articles of one run."""

    written: int = 0
    flawed: int = 0
    """Of those written, how many failed a check."""
    failed: int = 0
    left: int = 0
    """For the next run."""
    passed_over: int = 0
    words: int = 0
    seconds: float = 0.0
    """At work on articles that were written or failed."""
    code: int = 0
    """The highest of all: 130 interrupted, 70 a fault of the program, 5 output, 4 model, 3 source, 2, 1, 0."""

    def count(self, code: int) -> None:
        """Remember the worst."""
        self.code = max(self.code, code)


def outcome_of(result: Result) -> Outcome:
    """What the journal keeps of a result."""
    article = result.article
    findings = [*article.findings, *(f for kept in article.kept for f in kept.findings)]
    by_gravity = {gravity: [f for f in findings if f.gravity == gravity] for gravity in ("error", "warning", "note")}
    first = next(iter([*by_gravity["error"], *by_gravity["warning"]]), None)
    return Outcome(
        code=0 if article.passed else 1,
        words=result.words,
        errors=len(by_gravity["error"]),
        warnings=len(by_gravity["warning"]),
        notes=len(by_gravity["note"]),
        message=f"{first.check}: {first.message}" if first else "",
    )


def to_line(tally: Tally) -> str:
    """The night in one line."""
    parts = [f"{tally.written} written"]
    if tally.flawed:
        parts[0] += f" ({tally.flawed} with a failed check)"
    if tally.failed:
        parts.append(f"{tally.failed} failed")
    if tally.left:
        parts.append(f"{tally.left} left for the next run")
    if tally.passed_over:
        parts.append(f"{tally.passed_over} of formats that are not read")
    if tally.written:
        parts += [f"{tally.words} words", f"{tally.seconds:.0f} s"]
        parts.append(f"{60 * tally.words / max(tally.seconds, 1):.0f} words a minute")
    return "night: " + ", ".join(parts)


def confession(path: str, error: Exception) -> RewriterError:
    """A bug in one line, like all that goes wrong."""
    return RewriterError(
        f"{path}: a fault of the program itself: {described(error)}", "report it, with a run of this file alone"
    )
