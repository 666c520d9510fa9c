"""One run at a time in an out folder; a second one is told who holds it.

The operating system's lock is the truth: it goes with the process that holds it, however that ends. The file beside
it only says who that is.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from rewriter.errors import Busy, OutputError
from rewriter.publishing.files import explained, sweep, write_whole


@dataclass(frozen=True)
class Holder:
    """Who holds the lock."""

    pid: int
    host: str
    started: str
    """UTC, as ISO 8601."""

    def __str__(self) -> str:
        """Said in a message."""
        return f"process {self.pid} on {self.host}, since {self.started}"

    def is_dead(self) -> bool:
        """Whether it is surely gone: a process of this machine that no longer runs."""
        if self.host != socket.gethostname() or os.name == "nt":  # os.kill ends processes there
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except (PermissionError, OverflowError):
            return False
        return False


@contextmanager
def hold(folder: Path) -> Iterator[Holder | None]:
    """Hold the lock of a folder's `.rewrite`, which exists; gives the dead holder that it was taken from, if any.

    Raises Busy at once where another run holds it, OutputError where no lock can be had.
    """
    told = folder / "lock.json"
    lock = FileLock(folder / "lock")
    with explained(str(folder / "lock")):
        _acquire(lock, folder)
    me = Holder(os.getpid(), socket.gethostname(), datetime.now(timezone.utc).isoformat(timespec="seconds"))
    try:
        with explained(str(folder)):
            sweep(folder)
        before = read_holder(folder)  # who ends as it should takes the file away
        write_whole(told, json.dumps(asdict(me)) + "\n")
        yield before
    finally:
        with suppress(OSError):  # the folder may be gone, or another be there in its place
            if read_holder(folder) == me:
                told.unlink(missing_ok=True)
        with suppress(OSError):
            lock.release()


def _acquire(lock: BaseFileLock, folder: Path) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        holder = read_holder(folder)
        by = f" ({holder})" if holder else ""
        raise Busy(f"{folder.parent}: another run is at work there{by}", "wait for its end, or stop it") from None
    except NotImplementedError:
        raise OutputError(f"{folder}: its file system knows no locks", "write to another folder") from None


def read_holder(folder: Path) -> Holder | None:
    """Who says to hold the lock; None where nobody does."""
    try:
        return Holder(**json.loads((folder / "lock.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
