"""Which files a night reads: folders, files and patterns become a list in a fixed order."""

from __future__ import annotations

import glob
import hashlib
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rewriter.errors import SourceError
from rewriter.inert import spelt

Order = Literal["name", "newest", "oldest", "shortest"]
_UNFINISHED = (".part", ".tmp", ".crdownload", ".partial", "~")
"""How the names of files end that somebody is still writing."""


@dataclass(frozen=True)
class Found:
    """A file that is to be read, as it was when it was found."""

    path: Path
    """Absolute."""
    size: int
    """Bytes."""
    modified: int
    """Nanoseconds since 1970."""
    inode: int

    @property
    def shown(self) -> str:
        """The path as text; bytes of a name that are no UTF-8 are spelt out, so that every file has one."""
        return spelt(str(self.path))


@dataclass(frozen=True)
class Inbox:
    """What was found."""

    files: tuple[Found, ...]
    passed_over: tuple[Path, ...] = ()
    """Files in the folders that are of no format that is read."""
    problems: tuple[str, ...] = ()
    """A line for each thing named that is not there or cannot be listed."""


class Changing(SourceError):
    """The file was written to while it was read: it is not finished yet."""


def gather(named: Sequence[str], out: Path, *, recursive: bool = False) -> Inbox:
    """Find the files that are named: files themselves, those of folders, those that fit a pattern.

    Hidden and unfinished files are left alone, and so is all that lies in `out`. A pattern that nothing fits is no
    problem: the folder is empty tonight. Sorted by path, each file once.
    """
    from rewriter.source.formats import READERS

    chosen: dict[Path, Found] = {}
    passed: set[Path] = set()
    problems: list[str] = []
    away = out.resolve()
    for path, by_name in _expand(named, recursive, problems):
        real = path.resolve()
        if real in chosen or away in real.parents:
            continue
        if not by_name and path.suffix.lower() not in READERS:
            passed.add(path)
        elif found := _look(path, real, problems):
            chosen[real] = found
    return Inbox(tuple(sorted(chosen.values(), key=lambda f: f.path)), tuple(sorted(passed)), tuple(problems))


def _expand(named: Sequence[str], recursive: bool, problems: list[str]) -> Iterator[tuple[Path, bool]]:
    """Every file, and whether it was named itself."""
    for name in named:
        path = Path(name)
        is_pattern = glob.has_magic(name) and not path.exists()
        fitting = glob.glob(name, recursive=True) if is_pattern else [name]  # noqa: PTH207  it may be absolute
        for one in map(Path, sorted(fitting)):
            if one.is_dir():
                yield from ((file, False) for file in _listed(one, recursive, problems))
            elif one.exists():
                yield one, True
            else:
                problems.append(f"{one}: no such file or folder")


def _listed(folder: Path, recursive: bool, problems: list[str]) -> Iterator[Path]:
    """The files of a folder that are visible and finished."""
    try:
        entries = sorted(folder.iterdir())
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name.lower().endswith(_UNFINISHED):
                continue
            if entry.is_dir():
                if recursive and not entry.is_symlink():  # a link may lead in circles
                    yield from _listed(entry, recursive, problems)
            elif _leads_out(entry):
                problems.append(f"{entry}: is a link that leads out of the folder: name the file itself, or copy it")
            elif entry.is_file():
                yield entry
    except OSError as error:
        problems.append(f"{folder}: cannot be listed: {error.strerror}")


def _leads_out(entry: Path) -> bool:
    """Whether a link in a folder leads elsewhere: who may put a link there must not choose what is published."""
    return entry.is_symlink() and entry.parent.resolve() not in entry.resolve().parents


def _look(path: Path, real: Path, problems: list[str]) -> Found | None:
    try:
        seen = path.stat()
    except OSError as error:
        problems.append(f"{path}: cannot be looked at: {error.strerror}")
        return None
    if not stat.S_ISREG(seen.st_mode):
        problems.append(f"{path}: is no ordinary file: a night does not wait at a pipe or a device")
        return None
    return Found(real, seen.st_size, seen.st_mtime_ns, seen.st_ino)


_KEYS: Mapping[Order, Callable[[Found], tuple[int | str, ...]]] = {
    "name": lambda f: (f.path.name.casefold(),),
    "newest": lambda f: (-f.modified,),
    "oldest": lambda f: (f.modified,),
    "shortest": lambda f: (f.size,),
}


def in_order(files: Sequence[Found], order: Order) -> list[Found]:
    """The files in the order that they are taken in; among equals by path."""
    return sorted(files, key=lambda f: (*_KEYS[order](f), f.path))


def hash_file(path: Path) -> str:
    """Return the sha256 of a source in hexadecimal, however large it is. Raises SourceError."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    except FileNotFoundError:
        raise SourceError(f"{path}: vanished before it was read", "put it back for the next run") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}", "ask for permission to read it") from None
    return digest.hexdigest()


def hashed(files: Sequence[Found], trouble: Callable[[SourceError], None]) -> list[tuple[Found, str]]:
    """The files that can be read, each with its sha256; `trouble` is told of the others."""
    versions = []
    for found in files:
        try:
            versions.append((found, hash_file(found.path)))
        except SourceError as error:
            trouble(error)
    return versions


def read_stable(path: Path, digest: str) -> bytes:
    """Return the bytes of a source that are those with this digest.

    Raises Changing where they are others, or where the file is written to at this moment; SourceError.
    """
    from rewriter.source.formats import read_bytes

    before = _signature(path)
    data = read_bytes(path)
    if _signature(path) != before or hashlib.sha256(data).hexdigest() != digest:
        raise Changing(f"{path}: changes while it is read", "the next run takes it, once it is finished")
    return data


def _signature(path: Path) -> tuple[int, int, int]:
    try:
        seen = path.stat()
    except FileNotFoundError:
        raise Changing(f"{path}: vanished before its turn", "put it back for the next run") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}", "ask for permission to read it") from None
    return seen.st_size, seen.st_mtime_ns, seen.st_ino
