"""Writes files whole or not at all, and says beforehand what would not work.

A text goes into a new file beside its target, onto the disk, and then takes the target's name: a reader
sees the old file or the new one, never a part, and a run that is stopped leaves nothing behind.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from rewriter.errors import OutputError

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

    Only where the file system has no hard links, and one of several renames fails, which the writing before
    it makes unlikely, does a file already replaced keep its new text. Raises OutputError.
    """
    swaps = [_Swap(path, text) for path, text in texts.items()]
    try:
        for swap in swaps:
            swap.stage()
        for swap in swaps:
            swap.commit()
    except BaseException:  # Ctrl-C too
        for swap in swaps:
            swap.undo()
        raise
    finally:
        for swap in swaps:
            swap.sweep()


def sweep(folder: Path) -> None:
    """Remove what a run left in a folder that was killed while it wrote there. Raises OSError.

    Nobody else may be writing there by this module.
    """
    for path in folder.glob(".rewrite-*"):
        if re.fullmatch(r"\.rewrite-[0-9a-f]{16}\.(new|old)", path.name):
            path.unlink(missing_ok=True)


class _Swap:
    """One file on its way: `fresh` holds the new text, `saved` is a second name of the file it replaces."""

    def __init__(self, path: Path, text: str | bytes) -> None:
        self._name = str(path)
        self._data = text.encode("utf-8") if isinstance(text, str) else text
        self._target = path.resolve()  # a link keeps pointing where it points
        mark = secrets.token_hex(8)
        self._fresh = self._target.with_name(f".rewrite-{mark}.new")
        self._saved = self._target.with_name(f".rewrite-{mark}.old")
        self._staged = False
        self._replaces = False

    def stage(self) -> None:
        """Put the text onto the disk under another name."""
        with explained(self._name):
            # The mode is that of the file it replaces, else what the umask leaves of 666.
            mode = _mode(self._target)
            with self._fresh.open("xb") as stream:
                stream.write(self._data)
                stream.flush()
                os.fsync(stream.fileno())
            if mode is not None:
                self._fresh.chmod(stat.S_IMODE(mode))
            self._staged = True

    def commit(self) -> None:
        """Give the new file its name."""
        self._replaces = self._target.exists()
        if self._replaces:
            with suppress(OSError):  # no hard links on this file system: see write_together
                self._saved.hardlink_to(self._target)
        with explained(self._name):
            self._fresh.replace(self._target)
        _sync_folder(self._target.parent)

    def undo(self) -> None:
        """Bring back what was there before, if the new file has taken its place."""
        # The disk is asked, not a flag: Ctrl-C may come between the renaming and the setting of a flag.
        if not self._staged or self._fresh.exists():
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


def _mode(path: Path) -> int | None:
    """The file's mode, or None where there is no file."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    """Put the folder's list of names onto the disk, where the system can do so."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):  # some network file systems refuse; the text itself is safe
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# --- before the work ---------------------------------------------------------------------------------------


def check_targets(targets: Mapping[str, Path], inputs: Mapping[str, Path]) -> None:
    """Raise OutputError for what can be known before the work to go wrong when writing.

    `targets` are the files to be written and `inputs` those that must survive, each under the words that a
    message calls it by, such as "the model".
    """
    taken = {path.resolve(): what for what, path in inputs.items()}
    for what, path in targets.items():
        with explained(str(path)):
            _check_target(path)
            other = next((name for known, name in taken.items() if _same(known, path)), None)
        if other:
            raise OutputError(f"{path}: {what} would overwrite {other}", "choose another name")
        taken[path.resolve()] = what


def _same(known: Path, path: Path) -> bool:
    """Whether two names are one file: the same path, a link, or a second name."""
    return known == path.resolve() or (known.exists() and path.exists() and known.samefile(path))


def _check_target(path: Path) -> None:
    target = path.resolve()
    mode = _mode(target)
    if mode is not None and not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "no ordinary file"
        raise OutputError(f"{path}: is {what}", "name a file to write, or - for standard output")
    if mode is not None and not os.access(target, os.W_OK):
        raise OutputError(f"{path}: is write-protected", "choose another name, or make the file writable")
    # Trying is the only sure test: rights, read-only disks and quotas all show.
    probe = target.with_name(f".rewrite-{secrets.token_hex(8)}.new")
    try:
        probe.open("x").close()
    finally:
        probe.unlink(missing_ok=True)
