"""Drafts to JSON and back, exactly, and the keeper that puts them where they outlive the process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from rewriter.article import Candidate, Finding, Passage
from rewriter.choosing import Draft
from rewriter.errors import Interrupted
from rewriter.nightly.bounds import Stop
from rewriter.nightly.journal import Key
from rewriter.publishing.files import write_whole
from rewriter.rounds import Stage


def to_json(stage: Stage) -> str:
    """Return a stage as JSON; floats keep every bit."""
    drafts = [{**asdict(draft), "seen": sorted(draft.seen)} for draft in stage.drafts]
    return json.dumps({"number": stage.number, "lowered": stage.lowered, "drafts": drafts}, ensure_ascii=False)


def from_json(text: str) -> Stage:
    """Return the stage that `to_json` was given. Raises ValueError, KeyError or TypeError for any other text."""
    stage = json.loads(text)
    return Stage(stage["number"], stage["lowered"], [_draft(draft) for draft in stage["drafts"]])


def _draft(draft: dict[str, Any]) -> Draft:
    passage = draft["passage"]
    return Draft(
        passage=Passage(**{**passage, "sentences": tuple(passage["sentences"])}),
        sound=[_candidate(c) for c in draft["sound"]],
        tries=draft["tries"],
        seen=set(draft["seen"]),
        refusals=[_candidate(c) for c in draft["refusals"]],
    )


def _candidate(candidate: dict[str, Any]) -> Candidate:
    return Candidate(**{**candidate, "findings": tuple(_finding(f) for f in candidate["findings"])})


def _finding(finding: dict[str, Any]) -> Finding:
    span = finding["span"]
    return Finding(**{**finding, "span": span and (span[0], span[1])})


class Drafts(Protocol):
    """Where stages are kept: the journal, or for workers a `Shelf`."""

    def kept(self, key: Key) -> str | None:
        """The stage that was kept last."""

    def keep(self, key: Key, stage: str) -> None:
        """Keep a stage in place of the one before."""


class StageKeeper:
    """Keeps the stages of one article; after one is kept is the moment to end, if that was asked."""

    def __init__(self, drafts: Drafts, key: Key, stop: Stop, tell: Callable[[str], None]) -> None:
        self._drafts, self._key, self._stop, self._tell = drafts, key, stop, tell

    def kept(self) -> Stage | None:
        """See `Keeper`. What another version of this program kept, and cannot be read, is as good as nothing."""
        text = self._drafts.kept(self._key)
        try:
            stage = from_json(text) if text else None
        except (ValueError, KeyError, TypeError):
            return None
        if stage:
            self._tell(f"goes on after round {stage.number}")
        return stage

    def keep(self, stage: Stage) -> None:
        """See `Keeper`. Raises Interrupted, once the stage is kept, where the run is to end."""
        self._drafts.keep(self._key, to_json(stage))
        if self._stop.asked:
            raise Interrupted("stopped; what is done is kept", "")


class Shelf:
    """Stages as files beside the journal, for workers, who have none; a night takes them into the journal."""

    def __init__(self, out: Path) -> None:
        self._folder = out / ".rewrite"

    def kept(self, key: Key) -> str | None:
        """See `Drafts`."""
        try:
            return _read_kept(self._file(key))[1]
        except (OSError, ValueError, TypeError):
            return None

    def keep(self, key: Key, stage: str) -> None:
        """See `Drafts`. Raises OutputError."""
        write_whole(self._file(key), json.dumps([key, stage], ensure_ascii=False))

    def forget(self, key: Key) -> None:
        """Take away what an article needs no more."""
        with suppress(OSError):
            self._file(key).unlink()

    def take_from(self, drafts: Drafts, key: Key) -> None:
        """Lay out what is kept of an article, for the worker that goes on with it. Raises OutputError."""
        if stage := drafts.kept(key):
            self.keep(key, stage)

    def empty_into(self, drafts: Drafts) -> None:
        """Hand over all that lies there: what workers kept of articles that were not finished."""
        for file in self._folder.glob("drafts-*.json"):
            with suppress(OSError, ValueError, TypeError):
                drafts.keep(*_read_kept(file))
            with suppress(OSError):
                file.unlink()

    def _file(self, key: Key) -> Path:
        return self._folder / f"drafts-{hashlib.sha256(' '.join(key).encode()).hexdigest()[:16]}.json"


def _read_kept(file: Path) -> tuple[Key, str]:
    key, stage = json.loads(file.read_text(encoding="utf-8"))
    return Key(*key), stage
