"""What the system that runs the command can do to it: signals, and a standard output that takes no more."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from rewriter.errors import OutputError
from rewriter.publishing.files import explained

_STOPS = ("SIGTERM", "SIGHUP")  # not every system has both


@contextmanager
def stoppable() -> Iterator[None]:
    """Let SIGTERM and a closed terminal stop the work as Ctrl-C does, so that it can tidy up."""
    numbers = [getattr(signal, name) for name in _STOPS if hasattr(signal, name)]
    # What the caller had ignored, as nohup does, stays ignored; only the main thread may set handlers.
    in_main = threading.current_thread() is threading.main_thread()
    mine = [n for n in numbers if in_main and signal.getsignal(n) is signal.SIG_DFL]
    for number in mine:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in mine:
            signal.signal(number, signal.SIG_DFL)


def keep_standard_streams() -> None:
    """Put nothing in the place of standard streams that the caller closed.

    The next file opened would take their numbers: a journal into which llama.cpp writes what it has to say.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free


def write_stdout(text: str | bytes) -> None:
    """Write to standard output, text in UTF-8 whatever the locale: the same bytes as in a file.

    Raises OutputError, or BrokenPipeError when nobody reads any more.
    """
    if sys.stdout is None:  # what Python makes of a descriptor that the caller closed
        raise OutputError("standard output: is closed", "name a file with -o")
    try:
        with explained("standard output"):
            sys.stdout.buffer.write(text.encode("utf-8") if isinstance(text, str) else text)
            sys.stdout.flush()
    except (OutputError, BrokenPipeError):
        _forget_stdout()
        raise


def _forget_stdout() -> None:
    """Keep Python from flushing at its end what could not be written: it would complain once more."""
    _forget(sys.stdout)


def forget_dead_stderr() -> None:
    """The same for a standard error that takes no more: Python would end with 120, whatever became of the work."""
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
    except (OSError, ValueError):
        _forget(sys.stderr)


def _forget(stream: TextIO) -> None:
    with suppress(OSError, ValueError):  # one that is no file needs no care
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def read_stdin() -> bytes:
    """Return all of standard input. Raises SourceError when it is too large."""
    from rewriter.source.formats import read_stream

    return read_stream(sys.stdin.buffer)
