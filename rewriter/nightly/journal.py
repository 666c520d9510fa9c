"""What a night writes down before it does it: one row for each version of a source, and the drafts of those begun.

A row is `waiting` until an article is begun, then `running`; it ends as `done` (written, whatever the checks say) or
`failed` (nothing was written), or waits again where the night was over. A row that is `running` while nobody holds
the lock belongs to a run that died: the next one takes it over.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rewriter.nightly import schema

State = Literal["waiting", "running", "done", "failed"]
_MEASURED = 20
"""The last articles that the speed is taken from."""


class Digests(NamedTuple):
    """What an article is made with."""

    settings: str
    model: str


class Key(NamedTuple):
    """What drafts belong to: the same source, settings and model."""

    source: str
    settings: str
    model: str


@dataclass(frozen=True)
class Entry:
    """A row: one version of a source. The schema says what each field is."""

    path: str
    digest: str
    name: str
    state: State
    tries: int = 0
    died: bool = False
    night: int | None = None
    begins: float | None = None
    seconds: float = 0.0
    found_at: str = ""
    began_at: str | None = None
    ended_at: str | None = None
    source_words: int | None = None
    words: int | None = None
    errors: int | None = None
    warnings: int | None = None
    notes: int | None = None
    code: int | None = None
    message: str = ""
    settings: str | None = None
    model: str | None = None
    outputs: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of an article that is written."""

    code: int
    """0, or 1 where a check failed."""
    words: int
    errors: int
    warnings: int
    notes: int
    message: str
    """The gravest finding; empty where there is none above a note."""


@dataclass(frozen=True)
class Run:
    """One night, or day at the spool."""

    id: int
    began_at: str
    ended_at: str | None
    seconds: float | None
    code: int | None
    """None while it is at work, and for ever where it died."""


def journal_file(out: Path) -> Path:
    """Where the journal of an out folder is."""
    return out / ".rewrite" / "journal.sqlite"


@contextmanager
def opened(out: Path) -> Iterator[Journal]:
    """The journal of an out folder, to write to. Raises JournalError."""
    path = journal_file(out)
    with closing(schema.connect(path)) as db:
        yield Journal(db, path)


@contextmanager
def opened_to_read(out: Path) -> Iterator[Journal]:
    """The journal of an out folder, to read it, also while a night is at work. Raises JournalError."""
    path = journal_file(out)
    with closing(schema.connect_to_read(path)) as db:
        yield Journal(db, path)


class Journal:
    """Every change is one transaction, on the disk when the call returns. All calls raise JournalError.

    No order is taken from a clock that people set: rows and nights are numbered as they come.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db, self._path, self._file = db, path, schema.identity(path)

    # --- nights --------------------------------------------------------------------------------------------

    def begin_night(self) -> int:
        """Note that a run begins; take over what a dead one left, and forget drafts that nobody waits for."""
        with self.together():
            self._change("UPDATE articles SET state = 'waiting', died = 1 WHERE state = 'running'")
            self._change("DELETE FROM stages WHERE source NOT IN (SELECT digest FROM articles WHERE state != 'done')")
            return int(self._change("INSERT INTO nights (began_at) VALUES (?)", _now()).lastrowid or 0)

    def end_night(self, night: int, seconds: float, code: int) -> None:
        """Note how a run ended."""
        self._change("UPDATE nights SET ended_at = ?, seconds = ?, code = ? WHERE id = ?", _now(), seconds, code, night)

    def last_run(self) -> Run | None:
        """The last run that was at work on an article, or that has not ended; where there is none, the last."""
        rows = self._rows(
            "SELECT * FROM nights ORDER BY id IN (SELECT night FROM articles)"
            " OR (ended_at IS NULL AND id = (SELECT max(id) FROM nights)) DESC, id DESC LIMIT 1"
        )
        return Run(**rows[0]) if rows else None

    # --- articles ------------------------------------------------------------------------------------------

    def entries(self, where: str = "1", *values: object) -> list[Entry]:
        """The rows that fulfil a condition in SQL, by path, older versions first."""
        rows = self._rows(f"SELECT * FROM articles WHERE {where} ORDER BY path, rowid", *values)
        return [_entry(row) for row in rows]

    def add(self, path: str, digest: str, name: str) -> None:
        """A version of a source waits, as if it were new. Other versions of it that are not done are dropped."""
        with self.together():
            self._change("DELETE FROM articles WHERE path = ? AND digest != ? AND state != 'done'", path, digest)
            self._change(
                "INSERT INTO articles (path, digest, name, state, found_at) VALUES (?, ?, ?, 'waiting', ?)"
                " ON CONFLICT DO UPDATE"
                " SET name = excluded.name, state = 'waiting', died = 0, seconds = 0, message = ''",
                *(path, digest, name, _now()),
            )

    def rename(self, entry: Entry, name: str) -> None:
        """The files of a version that waits get another name."""
        self._update(entry, name=name)

    def begin(self, entry: Entry, night: int, begins: float, source_words: int, made_with: Digests) -> None:
        """An article is begun, `begins` seconds after the night."""
        self._update(
            entry,
            state="running",
            tries=entry.tries + 1,
            night=night,
            begins=begins,
            began_at=_now(),
            ended_at=None,
            source_words=source_words,
            **made_with._asdict(),
        )

    def note_outputs(self, entry: Entry, outputs: Mapping[str, str]) -> None:
        """Which files are about to be written, by name and sha256: after a kill they are known as the article's own."""
        self._update(entry, outputs=json.dumps(outputs))

    def finish(self, entry: Entry, seconds: float, outcome: Outcome) -> None:
        """An article is written; its drafts are no longer needed."""
        with self.together():
            known = {field.name: getattr(outcome, field.name) for field in fields(outcome)}
            self._update(entry, state="done", died=0, ended_at=_now(), seconds=entry.seconds + seconds, **known)
            self._change("DELETE FROM stages WHERE source = ?", entry.digest)

    def fail(self, entry: Entry, night: int, seconds: float, code: int, message: str) -> None:
        """An article could not be written, and will not be without a change."""
        self._update(
            entry,
            state="failed",
            died=0,
            night=night,
            ended_at=_now(),
            code=code,
            message=message,
            seconds=entry.seconds + seconds,
        )

    def pause(self, entry: Entry, seconds: float, message: str = "") -> None:
        """An article waits for the next run, which goes on from its drafts."""
        self._update(entry, state="waiting", died=0, ended_at=_now(), seconds=entry.seconds + seconds, message=message)

    def speed(self, model: str) -> float | None:
        """Words of a source that a model does in a second, over its last articles; None where it has none."""
        rows = self._rows(
            "SELECT sum(source_words) AS words, sum(seconds) AS seconds FROM (SELECT * FROM articles WHERE"
            " state = 'done' AND model = ? AND source_words > 0 ORDER BY night DESC, begins DESC LIMIT ?)",
            *(model, _MEASURED),
        )
        words, seconds = rows[0]["words"], rows[0]["seconds"]
        return words / seconds if words and seconds else None

    # --- drafts --------------------------------------------------------------------------------------------

    def kept(self, key: Key) -> str | None:
        """The stage that was kept last."""
        rows = self._rows("SELECT stage FROM stages WHERE source = ? AND settings = ? AND model = ?", *key)
        return str(rows[0]["stage"]) if rows else None

    def keep(self, key: Key, stage: str) -> None:
        """Keep a stage in place of the one before."""
        self._change("REPLACE INTO stages VALUES (?, ?, ?, ?)", *key, stage)

    # --- SQL -----------------------------------------------------------------------------------------------

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the changes within one transaction; one within another belongs to it."""
        if self._db.in_transaction:
            yield
            return
        if schema.identity(self._path) != self._file:
            cause = "the journal is gone: its folder was removed, or is no longer mounted"
            raise schema.JournalError(f"{self._path}: {cause}", "bring the folder back: the next run goes on")
        with schema.told(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.commit()
            except BaseException:  # a full disk shows at the commit
                self._db.rollback()
                raise

    def _update(self, entry: Entry, **values: object) -> None:
        columns = ", ".join(f"{column} = ?" for column in values)
        self._change(
            f"UPDATE articles SET {columns} WHERE path = ? AND digest = ?", *values.values(), entry.path, entry.digest
        )

    def _change(self, sql: str, *values: object) -> sqlite3.Cursor:
        with self.together():
            return self._db.execute(sql, values)

    def _rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with schema.told(self._path):
            return self._db.execute(sql, values).fetchall()


def _entry(row: sqlite3.Row) -> Entry:
    known: dict[str, Any] = dict(zip(row.keys(), row, strict=True))
    return Entry(**{**known, "died": bool(row["died"]), "outputs": json.loads(row["outputs"])})


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")
