"""Who writes the articles of a night: the model at this desk, or workers elsewhere (`rewriter.nightly.cluster`).

Hands know no row of the journal. They put an article's files onto the disk, whole; whoever keeps the journal writes
down that they are the article's own, and then gives them their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rewriter.article import Source
from rewriter.job import Desk, Job, open_desk
from rewriter.job import write as write_article
from rewriter.nightly.asked import Night
from rewriter.nightly.bounds import Bounded, Stop
from rewriter.nightly.journal import Digests, Journal, Key, Outcome
from rewriter.nightly.keeping import StageKeeper
from rewriter.nightly.tally import outcome_of
from rewriter.progress import Progress
from rewriter.publishing.files import Staged, stage
from rewriter.rounds import Keeper

if TYPE_CHECKING:
    from rewriter.engine import Header


@dataclass(frozen=True)
class Task:
    """All that one article needs, wherever it is written."""

    name: str
    """Of its files, without endings: no two tasks share one."""
    job: Job
    """With the source's bytes, and with where its files go."""
    source: Source
    key: Key
    """What its drafts belong to."""


@dataclass(frozen=True)
class Written:
    """An article whose files are on the disk, and have not taken their names yet."""

    outcome: Outcome
    files: tuple[Staged, ...]
    where: str = ""
    """The worker's address; empty for this desk."""


class Hands(Protocol):
    """Who writes what is given to them, one article after another or several at once."""

    @property
    def full(self) -> bool:
        """Whether something must end before another article can be begun."""

    def ready(self, made_with: Digests) -> bool:
        """Wait until an article can be begun; False where the night ended before. Raises ModelError."""

    def begin(self, task: Task) -> None:
        """Begin an article."""

    def ended(self) -> tuple[Task, Callable[[], Written]]:
        """Wait for the next that ends; what is called gives what was written, or raises what went wrong."""


def write(task: Task, desk: Desk, watcher: Progress, keeper: Keeper) -> Written:
    """Write one article at an open desk. Raises what `rewriter.job.write` does; then nothing is left on the disk."""
    files: list[Staged] = []

    def store(texts: Mapping[Path, str | bytes]) -> None:
        files.extend(stage(texts))

    result = write_article(task.job, task.source, desk, watcher, keeper=keeper, store=store)
    return Written(outcome_of(result), tuple(files))


class OneDesk:
    """The model on this machine: loaded for the first article that is begun, it stays until the night ends."""

    def __init__(  # noqa: PLR0913, PLR0917  what a desk consists of
        self, night: Night, header: Header, journal: Journal, watcher: Progress, stop: Stop, stack: ExitStack
    ) -> None:
        self._job, self._header, self._journal, self._stop, self._stack = night.job, header, journal, stop, stack
        self._watcher = watcher
        self._bounded = Bounded(watcher, night.bound)
        self._desk: Desk | None = None
        self._task: Task | None = None

    @property
    def full(self) -> bool:
        """See `Hands`."""
        return self._task is not None

    def ready(self, made_with: Digests) -> bool:
        """See `Hands`."""
        if self._desk is None:
            opened = open_desk(self._job, self._header, self._watcher, made_with.model)
            self._desk = self._stack.enter_context(opened)
        return True

    def begin(self, task: Task) -> None:
        """See `Hands`."""
        self._task = task

    def ended(self) -> tuple[Task, Callable[[], Written]]:
        """See `Hands`. The work is done when what is given back is called."""
        task, self._task = self._task, None
        if task is None or self._desk is None:
            raise AssertionError("nothing was begun")
        keeper = StageKeeper(self._journal, task.key, self._stop, self._watcher.note)
        return task, partial(write, task, self._desk, self._bounded, keeper)


@contextmanager
def at_one_desk(night: Night, header: Header, journal: Journal, watcher: Progress, stop: Stop) -> Iterator[OneDesk]:
    """The hands of a night on this machine alone."""
    with ExitStack() as stack:
        yield OneDesk(night, header, journal, watcher, stop, stack)
