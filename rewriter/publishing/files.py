"""Writes files whole or not at all.

A text goes into a new file beside its target, onto the disk, and then takes the target's name: a reader
sees the old file or the new one, never a part, and a run that is stopped leaves nothing behind.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rewriter.errors import OutputError

if sys.platform != "win32":
    import fcntl

_CAUSES: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("no room is left on the disk", "free some room, or write to another disk"),
    errno.EDQUOT: ("your share of the disk is used up", "free some room, or write to another disk"),
    errno.EROFS: ("the disk is read-only", "write to another folder"),
    errno.EACCES: ("not allowed to write there", "write to another folder, or ask for permission"),
    errno.EPERM: ("not allowed to write there", "write to another folder, or ask for permission"),
    errno.ENOENT: ("no such folder", "make the folder first, or check its spelling"),
    errno.ENOTDIR: ("no such folder", "make the folder first, or check its spelling"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter name"),
}

_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)
"""What network file systems say that cannot do it; the text itself is safe."""


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn an OSError into an OutputError about `name`; a broken pipe stays what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        known = _CAUSES.get(error.errno or 0)
        cause, tip = known or (error.strerror or str(error), "write to another folder")
        raise OutputError(f"{name}: cannot be written: {cause}", tip) from error


def write_whole(path: Path, text: str) -> None:
    """Write one file in UTF-8, whole or not at all. Raises OutputError."""
    write_together({path: text})


def write_together(texts: Mapping[Path, str | bytes]) -> None:
    """Write several files, texts in UTF-8, all or none; what they replaced comes back when one fails.

    What a killed run left in their folders goes. Only where the file system has no hard links, and one of several
    renames fails, which the writing before it makes unlikely, does a file already replaced keep its new text. Raises
    OutputError.
    """
    swaps = {path: _Swap(path) for path in texts}
    for folder in {swap.folder for swap in swaps.values()}:
        with suppress(OSError):  # what keeps a file from being written is told when it is
            sweep(folder)
    with _all_or_none(swaps.values()):
        for path, swap in swaps.items():
            swap.stage(texts[path])
        for swap in swaps.values():
            swap.commit()


@contextmanager
def _all_or_none(swaps: Iterable[_Swap]) -> Iterator[None]:
    """Undo what was done with files where one fails, and leave nothing behind."""
    try:
        yield
    except BaseException:  # Ctrl-C too
        for swap in swaps:
            swap.undo()
        raise
    finally:
        for swap in swaps:
            swap.sweep()


@dataclass(frozen=True)
class Staged:
    """A file that is whole and on the disk, and has not taken its name yet."""

    path: Path
    fresh: Path
    """What it is called until then, in the same folder."""
    digest: str
    """sha256 of its bytes."""


def stage(texts: Mapping[Path, str | bytes]) -> tuple[Staged, ...]:
    """Put files onto the disk, texts in UTF-8, all or none, for another to give them their names. Raises OutputError.

    They stay until they are committed or discarded, or until `sweep_staged`.
    """
    swaps = {path: _Swap(path, path.resolve().with_name(f".rewrite-{secrets.token_hex(8)}.staged")) for path in texts}
    try:
        return tuple(swap.stage(texts[path]) for path, swap in swaps.items())
    except BaseException:
        for swap in swaps.values():
            swap.sweep()
        raise
    finally:
        for swap in swaps.values():
            swap.release()


def commit(files: Sequence[Staged]) -> None:
    """Give staged files their names, all or none, as `write_together` says. Raises OutputError."""
    swaps = [_Swap(file.path, file.fresh) for file in files]
    with _all_or_none(swaps):
        for swap in swaps:
            swap.commit()


def discard(files: Sequence[Staged]) -> None:
    """Take staged files away; those that have taken their names stay."""
    for file in files:
        with suppress(OSError):
            file.fresh.unlink()


def make_folder(folder: Path) -> None:
    """Make a folder that lasts, where there is none; its parent is not made. Raises OSError."""
    try:
        folder.mkdir()
    except FileExistsError:
        if not folder.is_dir():
            raise
    else:
        _sync_folder(folder.parent)


def sweep(folder: Path) -> None:
    """Remove what a run left in a folder that was killed while it wrote there. Raises OSError.

    Files of a run that lives are locked, and stay.
    """
    for path in folder.glob(".rewrite-*"):
        if re.fullmatch(r"\.rewrite-[0-9a-f]{16}\.(new|old)", path.name):
            _remove_if_nobodys(path)


def sweep_staged(folder: Path) -> None:
    """Remove what was staged in a folder and will not be committed. Raises OSError.

    For who alone commits there: a night, which holds the folder's lock.
    """
    for path in folder.glob(".rewrite-*.staged"):
        path.unlink(missing_ok=True)


def _remove_if_nobodys(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY)
    except (FileNotFoundError, PermissionError):  # gone, or another user's
        return
    with os.fdopen(handle):
        if _lock(handle, wait=False):
            path.unlink(missing_ok=True)


def _lock(handle: int, *, wait: bool) -> bool:
    """Lock an open file until it is closed; the system does that for a process that dies.

    Returns whether it is locked. Windows keeps open files from being removed without a lock.
    """
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:  # another's, or a file system without locks: then no night can be there that sweeps
        return False
    return True


class _Swap:
    """One file on its way: `fresh` holds the new text, `saved` is a second name of the file it replaces.

    Both are locked as long as they are on their way, so that no `sweep` takes them for a dead run's.
    """

    def __init__(self, path: Path, fresh: Path | None = None) -> None:
        self._path = path
        self._target = path.resolve()  # a link keeps pointing where it points
        self._fresh = fresh or self._target.with_name(f".rewrite-{secrets.token_hex(8)}.new")
        self._saved = self._fresh.with_suffix(".old")
        self._held = ExitStack()
        self._replaces: bool | None = None
        """Unknown until the file is about to take its name."""

    @property
    def folder(self) -> Path:
        """Where it goes."""
        return self._target.parent

    def stage(self, text: str | bytes) -> Staged:
        """Put the text onto the disk under another name."""
        data = text.encode("utf-8") if isinstance(text, str) else text
        with explained(str(self._path)):
            # The mode is that of the file it replaces, else what the umask leaves of 666.
            mode = mode_of(self._target)
            stream = self._open()
            stream.write(data)
            stream.flush()
            if mode is not None:
                self._fresh.chmod(stat.S_IMODE(mode))
            os.fsync(stream.fileno())
            if sys.platform == "win32":  # it renames no open file
                stream.close()
        return Staged(self._path, self._fresh, hashlib.sha256(data).hexdigest())

    def _open(self) -> BinaryIO:
        """A new file that is locked: one that somebody swept between its making and its locking is made anew."""
        while True:
            stream = self._held.enter_context(self._fresh.open("xb"))
            _lock(stream.fileno(), wait=True)
            if os.fstat(stream.fileno()).st_nlink:
                return stream

    def commit(self) -> None:
        """Give the new file its name."""
        self._replaces = self._target.exists()
        if self._replaces:
            with suppress(OSError):  # one that may not be read goes unlocked
                _lock(self._held.enter_context(self._target.open("rb")).fileno(), wait=False)
            with suppress(OSError):  # no hard links on this file system: see write_together
                self._saved.hardlink_to(self._target)
        with explained(str(self._path)):
            self._fresh.replace(self._target)
            _sync_folder(self._target.parent)

    def undo(self) -> None:
        """Bring back what was there before, if the new file has taken its place."""
        # The disk is asked, not a flag: Ctrl-C may come between the renaming and the setting of a flag.
        if self._replaces is None or self._fresh.exists():
            return
        with suppress(OSError):  # the error that led here is the one to tell
            if self._saved.exists():
                self._saved.replace(self._target)
            elif not self._replaces:
                self._target.unlink()

    def sweep(self) -> None:
        """Leave no second names behind."""
        for path in (self._fresh, self._saved):
            with suppress(OSError):  # a folder that vanished meanwhile holds no debris either
                path.unlink()
        self.release()

    def release(self) -> None:
        """Lock it no longer."""
        with suppress(OSError):  # what the disk did not take is told already
            self._held.close()


def mode_of(path: Path) -> int | None:
    """The file's mode, or None where there is no file."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    """Put the folder's list of names onto the disk, where the system can do so. Raises OSError for a broken disk."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:  # a folder that may be written to and not read
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)
