"""Ends what takes too much of the processor's time.

The processor's, not the clock's: a busy machine or a slow disk ends nothing. Only systems with interval timers can do
it, and only in the main thread; elsewhere, and within another deadline, the work goes on as if there were none.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rewriter.errors import RewriterError

_AGAIN = 0.5
"""Seconds until it is said again: a library may have caught the exception and gone on."""


@contextmanager
def within(seconds: float, error: RewriterError) -> Iterator[None]:
    """Raise the error once the block has taken so many seconds of the processor."""
    if not _may_set_timer():
        yield
        return
    at_work = True

    def end(number: int, frame: object) -> None:
        if at_work:
            raise error

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        at_work = False
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _may_set_timer() -> bool:
    in_main = threading.current_thread() is threading.main_thread()
    return in_main and hasattr(signal, "setitimer") and signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0
