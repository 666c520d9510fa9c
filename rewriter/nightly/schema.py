"""The journal's file: how it is opened, told from others, and what can be wrong with it.

SQLite, WAL, synchronous=FULL: what was written stays written, whatever happens to the machine. A file that is
damaged, or is no journal, is never touched: to begin a new one in its place would do every article again, beside the
old ones, and that is for a human to decide.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from rewriter.errors import OutputError

_APPLICATION = 0x52574E54
"""Marks a database as ours: https://sqlite.org/pragma.html#pragma_application_id"""
_VERSION = 1
_SCHEMA = f"""
BEGIN;
CREATE TABLE articles (
    path TEXT NOT NULL,            -- of the source, absolute
    digest TEXT NOT NULL,          -- sha256 of its bytes
    name TEXT NOT NULL,            -- of its files in the out folder, without endings
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    tries INTEGER NOT NULL DEFAULT 0,
    died INTEGER NOT NULL DEFAULT 0,     -- whether the last run died while at work on it
    night INTEGER,                       -- the last that was at work on it
    begins REAL,                         -- seconds from that night's beginning to the article's
    seconds REAL NOT NULL DEFAULT 0,     -- of all tries
    found_at TEXT NOT NULL,              -- this and the next two: UTC, for people only
    began_at TEXT,
    ended_at TEXT,
    source_words INTEGER,
    words INTEGER,
    errors INTEGER, warnings INTEGER, notes INTEGER,
    code INTEGER,                        -- what a single run would have exited with
    message TEXT NOT NULL DEFAULT '',    -- why it failed, or the gravest finding
    settings TEXT, model TEXT,           -- digests
    outputs TEXT NOT NULL DEFAULT '{{}}',  -- file name: sha256, as JSON
    PRIMARY KEY (path, digest)
);
CREATE TABLE stages (
    source TEXT NOT NULL, settings TEXT NOT NULL, model TEXT NOT NULL,
    stage TEXT NOT NULL,
    PRIMARY KEY (source, settings, model)
);
CREATE TABLE nights (
    id INTEGER PRIMARY KEY,
    began_at TEXT NOT NULL,
    ended_at TEXT,
    seconds REAL,
    code INTEGER
);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
COMMIT;
"""
_SHARED = 64 << 10
"""Bytes: the file of WAL's index is 32 KiB, and the WAL wants room beside it."""
_ASIDE = "move it aside with care: without it, every source is done again"


class JournalError(OutputError):
    """The journal cannot be read or written: the night cannot go on."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a JournalError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        tip = "free some room, or see that the folder is there and may be written to"
        cause = "no room is left on the disk" if _is_full(path.parent) else error
        raise JournalError(f"{path}: the journal cannot be used: {cause}", tip) from error
    except sqlite3.DatabaseError as error:
        raise JournalError(f"{path}: the journal is damaged: {error}", _ASIDE) from error
    except OSError as error:
        tip = "see that the folder is there and may be read"
        raise JournalError(f"{path}: the journal cannot be used: {error.strerror or error}", tip) from error


def _is_full(folder: Path) -> bool:
    """Whether a disk has no room for what SQLite calls an I/O error there: memory that its readers share."""
    try:
        return shutil.disk_usage(folder).free < _SHARED
    except OSError:
        return False


def identity(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to now; None where it leads to none. SQLite itself goes on writing to a removed one."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_dev, seen.st_ino


def connect(path: Path) -> sqlite3.Connection:
    """Open the journal, made where it is missing. Raises JournalError for anything that is not one, untouched."""
    with told(path):
        if path.exists():
            path.open("r+b").close()  # SQLite would make read-only files beside a read-only one, which stay
        db = sqlite3.connect(path, timeout=10, isolation_level=None)
        try:
            _open(db, path)
        except BaseException:
            db.close()
            raise
        return db


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a journal that is there, to read it. Raises JournalError."""
    with told(path):
        if not path.is_file():
            raise JournalError(f"{path.parent.parent}: no night was there", "name the folder given with --out-dir")
        db = _connected_to_read(path)
        try:
            db.row_factory = sqlite3.Row
            if _is_empty(db):
                raise JournalError(f"{path}: the journal is empty", "wait for the first night")
            _refuse_foreign(db, path)
        except BaseException:
            db.close()
            raise
        return db


def _connected_to_read(path: Path) -> sqlite3.Connection:
    """Beside a run that is at work, its journal; else a copy.

    Reading itself wants files beside the journal: they cannot be made in a read-only folder, and would stay in others,
    perhaps with the reader for their owner.
    """
    shared = path.with_name(f"{path.name}-shm")  # there from a run's first look at its journal to its last
    if not shared.exists():
        copy = _copied(path)
        if not shared.exists():
            return copy
        copy.close()
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)
    try:
        _is_empty(db)
    except sqlite3.OperationalError:
        db.close()
        return _copied(path)
    except BaseException:
        db.close()
        raise
    return db


def _copied(path: Path) -> sqlite3.Connection:
    """The journal as it is now, in memory."""
    memory = sqlite3.connect(":memory:")
    with tempfile.TemporaryDirectory() as folder:
        for file in (path.with_name(f"{path.name}-wal"), path):
            if file.exists():
                shutil.copyfile(file, Path(folder, file.name))
        with closing(sqlite3.connect(Path(folder, path.name))) as db:
            db.backup(memory)
    return memory


def _open(db: sqlite3.Connection, path: Path) -> None:
    db.row_factory = sqlite3.Row
    empty = _is_empty(db)
    if not empty:
        _refuse_foreign(db, path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    if empty:
        db.executescript(_SCHEMA)


def _is_empty(db: sqlite3.Connection) -> bool:
    return not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] and not _pragma(db, "application_id")


def _refuse_foreign(db: sqlite3.Connection, path: Path) -> None:
    if _pragma(db, "application_id") != _APPLICATION:
        raise JournalError(f"{path}: is a database of another program", "give another --out-dir")
    if (version := _pragma(db, "user_version")) != _VERSION:
        raise JournalError(f"{path}: is a journal of version {version}, not {_VERSION}", "use the program that made it")
    if (fault := _pragma(db, "quick_check")) != "ok":
        raise JournalError(f"{path}: the journal is damaged: {' '.join(str(fault).split())}", _ASIDE)


def _pragma(db: sqlite3.Connection, name: str) -> int | str:
    value: int | str = db.execute(f"PRAGMA {name}").fetchone()[0]
    return value
