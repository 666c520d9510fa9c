"""How long a night may last, and what ends it earlier: a deadline, a signal."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import FrameType
from typing import Protocol

from rewriter.errors import UsageError
from rewriter.progress import Clock, Progress


class OutOfTime(Exception):
    """The deadline came while an article was at work."""


class Stop:
    """Whether somebody asked the run to end; the article in work is kept first."""

    def __init__(self) -> None:
        self.asked = False

    def ask(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Ask for it; whoever asks twice does not want to wait."""
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True


@contextmanager
def stopped_softly() -> Iterator[Stop]:
    """Let SIGTERM ask for an end instead of forcing one. Ctrl-C and a closed terminal still end at once."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():  # only the main thread may set handlers
        yield stop
        return
    before = signal.getsignal(signal.SIGTERM)
    if before is signal.SIG_IGN:  # what the caller ignores stays ignored
        yield stop
        return
    signal.signal(signal.SIGTERM, stop.ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, before)


@dataclass(frozen=True)
class Bound:
    """A moment of the monotonic clock: a clock that is set back or forward at night moves it not."""

    deadline: float | None = None
    """None knows no end."""
    clock: Clock = field(default=time.monotonic)

    def left(self) -> float:
        """Seconds that are left; infinite without a deadline."""
        return float("inf") if self.deadline is None else self.deadline - self.clock()

    def fits(self, seconds: float) -> bool:
        """Whether work of that length ends in time; some time must be left even for none."""
        return 0 < self.left() >= seconds


def make_bound(
    until: str | None,
    max_minutes: int | None,
    clock: Clock = time.monotonic,
    now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
) -> Bound:
    """The earlier of a time of day, HH:MM, and a number of minutes from now. Raises UsageError."""
    lengths = [seconds_until(until, now())] if until else []
    lengths += [60.0 * max_minutes] if max_minutes else []
    return Bound(clock() + min(lengths) if lengths else None, clock)


def seconds_until(time_of_day: str, now: datetime) -> float:
    """Seconds to the next time that clocks here say HH:MM, the change to summer time counted in. Raises UsageError."""
    try:
        asked = datetime.strptime(time_of_day, "%H:%M").time()
    except ValueError:
        raise UsageError(f"--until {time_of_day}: is no time of day", "write it as 05:30") from None
    day = now.date()
    # Without a zone first: astimezone() then asks the system which offset that day has.
    moment = datetime.combine(day, asked).astimezone()
    if moment <= now:
        moment = datetime.combine(day + timedelta(days=1), asked).astimezone()
    return (moment - now).total_seconds()


class Limit(Protocol):
    """Says how much time is left: a `Bound`, or somebody who may be told that it is over."""

    def left(self) -> float:
        """Seconds that are left."""


class Bounded:
    """A progress that ends the work, with OutOfTime, at the first step after the deadline."""

    def __init__(self, watcher: Progress, bound: Limit) -> None:
        self._watcher, self._bound = watcher, bound

    def phase(self, name: str, total: int) -> None:
        """See `Progress`."""
        self._check()
        self._watcher.phase(name, total)

    def advance(self, done: int = 1, tokens: int = 0) -> None:
        """See `Progress`."""
        self._check()
        self._watcher.advance(done, tokens)

    def note(self, message: str) -> None:
        """See `Progress`."""
        self._watcher.note(message)

    def _check(self) -> None:
        if self._bound.left() <= 0:
            raise OutOfTime
