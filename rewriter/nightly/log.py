"""What happens in a night as JSON lines: one object a line, with the time and the event first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TextIO

from rewriter.inert import as_json
from rewriter.publishing.files import explained


class Log:
    """Appends to a file, or to nothing."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def write(self, event: str, **more: Any) -> None:
        """Add a line. A log that can no longer be written to costs no article: it ends."""
        if self._stream is None:
            return
        at = datetime.now(timezone.utc).isoformat(timespec="seconds")
        try:
            self._stream.write(as_json({"at": at, "event": event, **more}) + "\n")
            self._stream.flush()
        except OSError:
            self._stream = None


@contextmanager
def opened(path: Path | None) -> Iterator[Log]:
    """Open a log to append to it. Raises OutputError where that cannot be done, before any work."""
    if path is None:
        yield Log()
        return
    with explained(str(path)):
        stream = path.open("a", encoding="utf-8", errors="backslashreplace")
    try:
        yield Log(stream)
    finally:
        with suppress(OSError):
            stream.close()
