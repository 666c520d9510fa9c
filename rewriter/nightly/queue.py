"""What a night has to do: the versions of sources that the journal does not know as done."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rewriter.nightly.asked import Policy
from rewriter.nightly.inbox import Found
from rewriter.nightly.journal import Digests, Entry, Journal
from rewriter.nightly.naming import Shape, base_name, folded, free_name, may_take


class Queue:
    """Enters versions into the journal and gives each the name of its files, which it keeps from then on.

    Names are given in the order of the paths, all at once: they do not depend on the order of the work, nor on
    where a run was killed.
    """

    def __init__(self, journal: Journal, out: Path, shape: Shape, policy: Policy) -> None:
        self._journal, self._out, self._shape, self._policy = journal, out, shape, policy

    def enlist(self, versions: Iterable[tuple[Found, str]], made_with: Digests | None) -> list[Entry]:
        """Return what waits of these files, each with the sha256 of its bytes; `made_with` is asked for redo."""
        entries = self._journal.entries()
        known = {(e.path, e.digest): e for e in entries}
        latest = {e.path: e for e in entries}
        claims = {folded(e.name): (e.path, e.state == "done") for e in entries}
        offered = sorted(versions, key=lambda version: version[0].path)
        with self._journal.together():
            for found, digest in offered:
                self._enter(found, digest, known.get((found.shown, digest)), latest, claims, made_with)
        wanted = {(found.shown, digest) for found, digest in offered}
        return [e for e in self._journal.entries("state = 'waiting'") if (e.path, e.digest) in wanted]

    def _enter(  # noqa: PLR0913, PLR0917  all that is known of the journal
        self,
        found: Found,
        digest: str,
        entry: Entry | None,
        latest: dict[str, Entry],
        claims: dict[str, tuple[str, bool]],
        made_with: Digests | None,
    ) -> None:
        path = found.shown
        old = latest.get(path)

        def is_free(name: str) -> bool:
            owner, done = claims.get(folded(name), (path, False))
            # A version of it that was never done makes room; one that was done keeps its name, but by force.
            return owner == path and (self._policy.force or not done) and self._may_take(name, {})

        def new_name() -> str:
            base = old.name if old and self._policy.force else base_name(found.path)
            name = free_name(base, is_free)
            claims[folded(name)] = path, False
            return name

        if entry is None:
            self._journal.add(path, digest, new_name())
        elif entry.state == "waiting":
            if not self._may_take(entry.name, dict(entry.outputs or {})):
                self._journal.rename(entry, new_name())
        elif entry.state == "failed" and self._policy.retry:
            own = self._may_take(entry.name, dict(entry.outputs or {}))
            self._journal.add(path, digest, entry.name if own else new_name())
        elif self._is_outdated(entry, made_with):
            self._journal.add(path, digest, new_name())

    def _is_outdated(self, entry: Entry, made_with: Digests | None) -> bool:
        return self._policy.redo and entry.state == "done" and (entry.settings, entry.model) != made_with

    def _may_take(self, name: str, own: dict[str, str]) -> bool:
        """Whether no file that is not the article's own would be overwritten."""
        if self._policy.force:
            return True
        return all(may_take(file, own) for file in self._shape.files(self._out, name).values())
