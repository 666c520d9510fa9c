"""Looks at the folders once, or again and again: a file is taken when it has stayed the same from one look to the next.

So one that is still being copied waits, and one that is renamed into place is taken whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path

from rewriter.nightly.bounds import Bound, Stop
from rewriter.nightly.inbox import Found, Inbox

_NAP = 0.2
"""Seconds after which a signal is noticed, at the latest."""


def looks(
    look: Callable[[], Inbox], poll: float | None, bound: Bound, stop: Stop, unsettled: Callable[[], Collection[Path]]
) -> Iterator[Inbox]:
    """What there is to do: all of it at once, or, with `poll`, every few seconds what is new and complete.

    Of the files offered before, those that are `unsettled`, as after a full disk, come again with the next new ones.
    Ends when the time is over, or when somebody asks.
    """
    if poll is None:
        yield look()
        return
    before: dict[Path, Found] = {}
    offered: dict[Path, Found] = {}
    told: set[str] = set()
    while not stop.asked and bound.left() > 0:
        inbox = look()
        complete = [f for f in inbox.files if before.get(f.path) == f]
        before = {f.path: f for f in inbox.files}
        problems = tuple(p for p in inbox.problems if p not in told)
        told.intersection_update(inbox.problems)
        told.update(problems)
        fresh = [f for f in complete if offered.get(f.path) != f]
        if fresh or problems:
            again = unsettled()
            batch = tuple(f for f in complete if f in fresh or f.path in again)
            offered |= {f.path: f for f in batch}
            yield replace(inbox, files=batch, problems=problems)
        else:
            _rest(min(poll, bound.left()), stop)
        offered = {path: f for path, f in offered.items() if path in before}


def _rest(seconds: float, stop: Stop) -> None:
    """Sleep, but not through a signal."""
    end = time.monotonic() + seconds
    while not stop.asked and (left := end - time.monotonic()) > 0:
        time.sleep(min(_NAP, left))
