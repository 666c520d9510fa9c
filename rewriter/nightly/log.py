"""What happens in a night as JSON lines: one object a line, with the time and the event first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from io import FileIO
from pathlib import Path
from typing import Any

from rewriter.inert import as_json
from rewriter.publishing.files import explained


class Log:
    """Appends to a file, or to nothing. A log that takes no more costs no article: its lines are lost, once it is told.

    Nothing waits in memory, so that a line is there when the call returns; one that is torn ends before the next.
    """

    def __init__(self, file: FileIO | None = None, tell: Callable[[str], None] = lambda line: None) -> None:
        self._file, self._tell = file, tell
        self._torn = file is not None and _is_torn(file)
        self._told = False

    def write(self, event: str, **more: Any) -> None:
        """Add a line."""
        if self._file is None:
            return
        at = datetime.now(timezone.utc).isoformat(timespec="seconds")
        line = as_json({"at": at, "event": event, **more}) + "\n"
        data = ("\n" * self._torn + line).encode("utf-8", "backslashreplace")
        try:
            written = self._file.write(data)
        except OSError as error:
            self._miss(error.strerror or str(error))
            return
        self._torn = written != len(data) and (bool(written) or self._torn)
        if written != len(data):
            self._miss("no room is left on the disk")

    def _miss(self, cause: str) -> None:
        if not self._told and self._file is not None:
            self._tell(f"{self._file.name}: the log takes no more: {cause}; the night goes on")
        self._told = True


def _is_torn(file: FileIO) -> bool:
    """Whether a file ends within a line: a run died there, or the disk was full."""
    try:
        if not file.seek(0, os.SEEK_END):
            return False
        with Path(os.fsdecode(file.name)).open("rb") as stream:
            stream.seek(-1, os.SEEK_END)
            return stream.read(1) != b"\n"
    except OSError:  # a pipe, or a file that may only be written to
        return False


@contextmanager
def opened(path: Path | None, tell: Callable[[str], None]) -> Iterator[Log]:
    """Open a log to append to it; `tell` says once that it takes no more.

    Raises OutputError where it cannot be opened, before any work.
    """
    if path is None:
        yield Log()
        return
    with explained(str(path)):
        file = FileIO(path, "a")
    try:
        yield Log(file, tell)
    finally:
        with suppress(OSError):
            file.close()
