"""What became of a night, for a terminal and for programs. Reads the journal, also while a night is at work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rewriter.inert import as_json, shown
from rewriter.nightly.journal import Entry, Run, opened_to_read
from rewriter.nightly.lock import Holder, read_holder


@dataclass(frozen=True)
class Status:
    """The last night, and what stands open from all nights."""

    out: Path
    run: Run | None
    """The last night; None before the first."""
    holder: Holder | None
    """Who is at work now, or died at it."""
    night: tuple[Entry, ...]
    """The articles that the last night was at work on, in the order that they were begun."""
    waiting: tuple[Entry, ...]
    """Of all nights: what the next one will do."""
    failed: tuple[Entry, ...]
    """Of all nights: what only --retry does again."""

    @property
    def done(self) -> tuple[Entry, ...]:
        """The articles that the last night wrote."""
        return tuple(e for e in self.night if e.state == "done")

    @property
    def words(self) -> int:
        """Of the articles that the last night wrote."""
        return sum(e.words or 0 for e in self.done)

    @property
    def seconds(self) -> float:
        """At work on those, other nights included where they were begun earlier."""
        return sum(e.seconds for e in self.done)

    @property
    def words_a_minute(self) -> float:
        """0 where nothing was written."""
        return 60 * self.words / self.seconds if self.seconds else 0.0

    @property
    def course(self) -> str:
        """Whether the last night ended, is at work, or died."""
        if self.run is None or self.run.ended_at:
            return "ended"
        return "at work" if self.holder and not self.holder.is_dead() else "died"

    @property
    def look_first(self) -> tuple[Entry, ...]:
        """What a human should look at: what failed, then articles with errors, then with the most warnings."""
        flawed = [e for e in self.done if e.errors or e.warnings]
        flawed.sort(key=lambda e: (-(e.errors or 0), -(e.warnings or 0), e.path))
        return (*self.failed, *flawed)


def read_status(out: Path) -> Status:
    """Read the journal of an out folder. Raises OutputError where it has none."""
    with opened_to_read(out) as journal:
        run = journal.last_run()
        night = journal.entries("night = ?", run.id) if run else []
        waiting, failed = journal.entries("state = 'waiting'"), journal.entries("state = 'failed'")
    night.sort(key=lambda e: (e.begins is None, e.begins, e.path))
    return Status(out, run, read_holder(out / ".rewrite"), tuple(night), tuple(waiting), tuple(failed))


# --- for a terminal ------------------------------------------------------------------------------------------

_SHOWN = 10
"""Lines of what to look at first."""


def to_text(status: Status) -> str:
    """Return lines for a terminal."""
    lines = [
        _head(status),
        f"done {len(status.done)}, failed {sum(e.state == 'failed' for e in status.night)},"
        f" waiting {len(status.waiting)}; {status.words} words in {minutes(status.seconds)},"
        f" {status.words_a_minute:.0f} words a minute",
    ]
    first = status.look_first
    if first:
        lines += ["", "look first at:", *(f"  {_line(e)}" for e in first[:_SHOWN])]
    if len(first) > _SHOWN:
        lines.append(f"  and {len(first) - _SHOWN} more: see --format json")
    lines += _listed("articles", status.done) + _listed("waiting", status.waiting)
    return "\n".join(map(shown, lines)) + "\n"


def _head(status: Status) -> str:
    run = status.run
    if run is None:
        return f"{status.out}: no night yet"
    begun = f"night {run.id}, begun {run.began_at[:19].replace('T', ' ')} UTC"
    if status.course == "ended":
        return f"{begun}, {minutes(run.seconds or 0)} long, exit code {run.code}"
    return f"{begun}, {status.course} ({status.holder})" if status.holder else f"{begun}, {status.course}"


def minutes(seconds: float) -> str:
    """2:05 for 125 seconds."""
    whole, rest = divmod(round(seconds), 60)
    return f"{whole}:{rest:02d}"


def _line(entry: Entry) -> str:
    return f"{entry.path}: {entry.state} ({entry.code}): {entry.message}"


def _listed(title: str, entries: Sequence[Entry]) -> list[str]:
    if not entries:
        return []
    if title == "waiting":
        return ["", "waiting:", *(f"  {e.path}" + (f" ({e.message})" if e.message else "") for e in entries)]
    rows = [
        f"  {e.name}: {e.words} words, {minutes(e.seconds)}, {e.errors} errors, {e.warnings} warnings" for e in entries
    ]
    return ["", f"{title}:", *rows]


# --- for programs --------------------------------------------------------------------------------------------


def to_json(status: Status) -> str:
    """Return an object: `night`, `totals`, and lists of articles, each with every column of the journal."""
    run = status.run
    said = {
        "night": {**vars(run), "course": status.course} if run else None,
        "totals": {
            "done": len(status.done),
            "failed": len(status.failed),
            "waiting": len(status.waiting),
            "words": status.words,
            "seconds": round(status.seconds, 1),
            "words_a_minute": round(status.words_a_minute, 1),
        },
        "look_first": [e.path for e in status.look_first],
        "articles": [vars(e) for e in status.night],
        "waiting": [vars(e) for e in status.waiting],
        "failed": [vars(e) for e in status.failed],
    }
    return as_json(said, indent=2) + "\n"
