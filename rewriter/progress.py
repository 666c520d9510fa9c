"""What the work tells while it runs: nothing, plain lines for a log, or a live bar on a terminal.

Everything goes to the stream given, which is standard error: standard output carries the article alone.
No colours are used, so NO_COLOR asks for nothing that is not so already.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, TextIO

from rewriter.inert import shown

Clock = Callable[[], float]
"""Seconds from any fixed moment."""

SECONDS_BETWEEN_LINES = 10.0
"""A log grows by six lines a minute at most, and one for each phase."""
SECONDS_BETWEEN_DRAWINGS = 0.1
BAR = 24
"""Width of the bar, in characters."""


class Progress(Protocol):
    """Who is told how the work goes on."""

    def phase(self, name: str, total: int) -> None:
        """A phase begins: `total` steps, or 0 when nobody knows how many."""

    def advance(self, done: int = 1, tokens: int = 0) -> None:
        """`done` more steps of the phase are over, and `tokens` more tokens were read or written."""

    def note(self, message: str) -> None:
        """Something worth a line, in plain English."""


class Watcher(Progress, Protocol):
    """A progress that must be closed when the work is over, whatever happened."""

    def close(self) -> None:
        """Leave the terminal as it was found."""


def for_stream(stream: TextIO | None, quiet: bool) -> Watcher:
    """Return what suits the stream: a bar on a terminal that can move its cursor, lines elsewhere."""
    if quiet or stream is None:
        return Silent()
    if stream.isatty() and os.environ.get("TERM") != "dumb":
        return LiveBar(stream)
    return PlainLines(stream)


class Silent:
    """Tells nothing."""

    def phase(self, name: str, total: int) -> None:
        """See `Progress`."""

    def advance(self, done: int = 1, tokens: int = 0) -> None:
        """See `Progress`."""

    def note(self, message: str) -> None:
        """See `Progress`."""

    def close(self) -> None:
        """See `Watcher`."""


@dataclass
class _Phase:
    """How far a phase is."""

    name: str
    total: int
    began: float
    done: int = 0
    tokens: int = 0

    def add(self, done: int, tokens: int) -> None:
        self.done += done
        self.tokens += tokens

    @property
    def count(self) -> str:
        """3/12, or 3 where the total is not known."""
        return f"{self.done}/{self.total}" if self.total else str(self.done)

    def speed(self, now: float) -> list[str]:
        """Return tokens a second and time left, as far as they are known."""
        passed = now - self.began
        known = []
        if self.tokens and passed > 0:
            known.append(f"{self.tokens / passed:.1f} tokens/s")
        if 0 < self.done < self.total:
            known.append(f"{_minutes(passed / self.done * (self.total - self.done))} left")
        return known


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


class PlainLines:
    """A line when a phase begins, and one every ten seconds at most while it lasts."""

    def __init__(self, stream: TextIO, clock: Clock = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._phase = _Phase("", 0, clock())
        self._spoke_at = clock()

    def phase(self, name: str, total: int) -> None:
        """See `Progress`."""
        self._phase = _Phase(name, total, self._clock())
        self._say(f"{name}: {total} to do" if total else name)

    def advance(self, done: int = 1, tokens: int = 0) -> None:
        """See `Progress`."""
        self._phase.add(done, tokens)
        now = self._clock()
        if now - self._spoke_at >= SECONDS_BETWEEN_LINES:
            self._say(", ".join([f"{self._phase.name}: {self._phase.count} done", *self._phase.speed(now)]))

    def note(self, message: str) -> None:
        """See `Progress`."""
        self._say(shown(message))

    def close(self) -> None:
        """See `Watcher`."""

    def _say(self, line: str) -> None:
        _tell(self._stream, f"{line}\n")
        self._spoke_at = self._clock()


class LiveBar:
    """One line on a terminal, drawn again and again and wiped at the end; notes stay above it."""

    def __init__(self, stream: TextIO, clock: Clock = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._phase: _Phase | None = None
        self._drawn = 0
        self._drawn_at = clock()

    def phase(self, name: str, total: int) -> None:
        """See `Progress`."""
        self._phase = _Phase(name, total, self._clock())
        self._draw()

    def advance(self, done: int = 1, tokens: int = 0) -> None:
        """See `Progress`."""
        if self._phase is None:
            return
        self._phase.add(done, tokens)
        if self._clock() - self._drawn_at >= SECONDS_BETWEEN_DRAWINGS:
            self._draw()

    def note(self, message: str) -> None:
        """See `Progress`."""
        self._wipe()
        _tell(self._stream, f"{shown(message)}\n")
        self._draw()

    def close(self) -> None:
        """See `Watcher`."""
        self._wipe()

    def _draw(self) -> None:
        if self._phase is None:
            return
        # The last column stays free: a full line would wrap, and "\r" could not reach its beginning.
        line = _bar(self._phase, self._clock())[: _width(self._stream) - 1]
        _tell(self._stream, f"\r{line:<{self._drawn}}")
        self._drawn = len(line)
        self._drawn_at = self._clock()

    def _wipe(self) -> None:
        if self._drawn:
            _tell(self._stream, f"\r{'':<{self._drawn}}\r")
            self._drawn = 0


def _tell(stream: TextIO, text: str) -> None:
    """Write to a stream; one that takes no more (a full disk, a closed terminal or pipe) costs no article."""
    with suppress(OSError, ValueError):
        stream.write(text)
        stream.flush()


def _width(stream: TextIO) -> int:
    """Columns of the stream's terminal; standard output may be a file, so it is not the one to ask."""
    try:
        # A terminal that does not know its size says 0.
        return os.get_terminal_size(stream.fileno()).columns or shutil.get_terminal_size().columns
    except (OSError, ValueError):
        return shutil.get_terminal_size().columns


def _bar(phase: _Phase, now: float) -> str:
    """The phase as a line of ASCII, which every terminal can show."""
    if not phase.total:
        counted = [phase.count] if phase.done else []
    else:
        full = min(BAR, BAR * phase.done // phase.total)
        counted = [f"[{'#' * full}{'.' * (BAR - full)}]", phase.count]
    return "  ".join([phase.name, *counted, *phase.speed(now)])
