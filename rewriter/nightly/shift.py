"""Article after article: each costs only itself, and the journal knows of it before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rewriter.article import Source
from rewriter.errors import Interrupted, ModelError, OutputError, RewriterError, SourceError
from rewriter.job import Job, check_outputs, check_source
from rewriter.nightly.asked import Night
from rewriter.nightly.bounds import OutOfTime, Stop
from rewriter.nightly.digests import digests_of, moved, settings_digest
from rewriter.nightly.hands import Hands, Task, Written
from rewriter.nightly.inbox import Changing, Found, Inbox, hashed, in_order, read_stable
from rewriter.nightly.journal import Digests, Entry, Journal, Key
from rewriter.nightly.keeping import Shelf
from rewriter.nightly.naming import may_take
from rewriter.nightly.queue import Queue
from rewriter.nightly.schema import JournalError
from rewriter.nightly.tally import BUG, Tally, confession
from rewriter.nightly.voice import Voice

if TYPE_CHECKING:
    from rewriter.publishing.files import Staged


class Shift:
    """Has hands write what is handed in, and keeps the journal of it."""

    def __init__(self, night: Night, hands: Hands, journal: Journal, voice: Voice, stop: Stop) -> None:
        self._night, self._hands, self._journal = night, hands, journal
        self._voice, self._stop = voice, stop
        self._bound = night.bound
        self._queue = Queue(journal, night.out, night.shape, night.policy)
        self._shelf = Shelf(night.out)
        self._begun: dict[str, _Begun] = {}
        self._digests: Digests | None = None
        self._moved = partial(moved, night.job, night.shape)
        self._waiting: set[Path] = set()
        self._passed_over: set[Path] = set()
        self._number = 0
        self._began = night.bound.clock()
        self.tally = Tally()

    def begin(self) -> None:
        """The run begins."""
        self._shelf.empty_into(self._journal)
        self._number = self._journal.begin_night()
        self._voice.log.write(
            "night begins", night=self._number, out=str(self._night.out), model=str(self._night.job.model)
        )

    def end(self, code: int) -> None:
        """The run ends with this exit code. Never raises: what led here is what is to be told."""
        seconds = self._bound.clock() - self._began
        tally = {key: value for key, value in vars(self.tally).items() if key != "code"}
        self._voice.log.write("night ends", night=self._number, code=code, **tally)
        try:
            self._shelf.empty_into(self._journal)
            self._journal.end_night(self._number, seconds, code)
        except JournalError as error:
            self._voice.log.write("trouble", message=error.message, code=error.exit_code)

    def waiting(self) -> set[Path]:
        """The files that were offered and still wait."""
        return self._waiting

    # --- the queue -----------------------------------------------------------------------------------------

    def work(self, inbox: Inbox) -> None:
        """Write what of these files is to be written, until the time is over or somebody asks to end."""
        for problem in inbox.problems:
            self._trouble(SourceError(problem, "check the spelling, and that the folder is there"))
        self._pass_over(inbox)
        files = {found.shown: found for found in inbox.files}
        entries = {e.path: e for e in self._queue.enlist(hashed(inbox.files, self._trouble), self._for_redo())}
        queue = [entries[f.shown] for f in in_order(inbox.files, self._night.order) if f.shown in entries]
        # What a run died of may kill this one too: all else comes first.
        queue.sort(key=lambda entry: entry.died)
        self._waiting = {files[entry.path].path for entry in queue}
        with self._left_as_they_were():
            for number, entry in enumerate(queue, 1):
                while self._hands.full:
                    self._settle()
                if self._stop.asked or self._bound.left() <= 0:
                    break
                self._voice.watcher.note(f"article {number} of {len(queue)}: {entry.path}")
                self._begin(entry, files[entry.path])
            while self._begun:
                self._settle()
        self.tally.left = len(self._waiting)
        if self._stop.asked and self._waiting:
            self.tally.count(Interrupted.exit_code)

    def _pass_over(self, inbox: Inbox) -> None:
        for path in inbox.passed_over:
            if path not in self._passed_over:
                self._passed_over.add(path)
                self._voice.log.write("passed over", path=str(path))
        self.tally.passed_over = len(self._passed_over)

    def _for_redo(self) -> Digests | None:
        return self._made_with() if self._night.policy.redo else None

    def _made_with(self) -> Digests:
        """Digests of the model as it was loaded, and of the rest as it is now. Raises SourceError where it is gone."""
        job, shape = self._night.job, self._night.shape
        if self._digests is None:
            self._digests = digests_of(job, shape, self._voice.watcher)
        else:
            self._digests = self._digests._replace(settings=settings_digest(job, shape))
        return self._digests

    # --- one article ---------------------------------------------------------------------------------------

    def _begin(self, entry: Entry, found: Found) -> None:
        """Give one article to the hands, if nothing speaks against it."""
        made_with = self._made_with()
        prepared: tuple[Job, Source] | None = None
        with self._settled(entry, found.path, made_with):
            prepared = self._prepare(entry, found)
        if prepared is None or not self._fits(entry, prepared[1], made_with):
            return
        if not self._hands.ready(made_with):  # a model that cannot be loaded ends the night: no article's state changes
            return
        job, source = prepared
        began, words = self._bound.clock(), _words(source.text)
        self._journal.begin(entry, self._number, began - self._began, words, made_with)
        self._voice.log.write("article begins", path=entry.path, name=entry.name, tries=entry.tries + 1)
        self._begun[entry.name] = _Begun(entry, found.path, made_with, began)
        self._hands.begin(Task(entry.name, job, source, Key(entry.digest, *made_with)))

    def _settle(self) -> None:
        """Wait for an article to end, and write down what became of it."""
        task, written = self._hands.ended()
        begun = self._begun.pop(task.name)
        with self._settled(begun.entry, begun.path, begun.made_with, begun.began) as fate:
            self._finish(begun, written())
            fate.final = True

    def _prepare(self, entry: Entry, found: Found) -> tuple[Job, Source]:
        data = read_stable(found.path, entry.digest)
        job = self._night.shape.given(
            replace(self._night.job, source=found.path, data=data), self._night.out, entry.name
        )
        check_outputs(job)
        return job, check_source(job)

    def _fits(self, entry: Entry, source: Source, made_with: Digests) -> bool:
        """Whether the article ends in time, by what the last ones took; the first of all may try."""
        speed = self._journal.speed(made_with.model)
        needed = max(0.0, _words(source.text) / speed - entry.seconds) if speed else 0.0
        if self._bound.fits(needed):
            return True
        left = max(0.0, self._bound.left())
        self._voice.watcher.note(f"not begun: it takes about {needed / 60:.0f} min, {left / 60:.0f} are left")
        self._voice.log.write("not begun", path=entry.path, needed=round(needed), left=round(left))
        return False

    def _finish(self, begun: _Begun, written: Written) -> None:
        self._place(begun, written.files)
        seconds = self._bound.clock() - begun.began
        self._journal.finish(begun.entry, seconds, written.outcome)
        self._shelf.forget(Key(begun.entry.digest, *begun.made_with))
        self._count(begun.entry, written, seconds)

    def _place(self, begun: _Begun, files: Sequence[Staged]) -> None:
        """Give files their names, once the journal knows them. Raises OutputError where others took their place."""
        from rewriter.publishing.files import commit, discard

        entry, own = begun.entry, begun.entry.outputs or {}
        try:
            if fault := self._moved(begun.made_with):
                raise fault
            for file in files:
                if not self._night.policy.force and not may_take(file.path, own):
                    raise OutputError(f"{file.path}: came into being meanwhile", "the next run takes another name")
            self._journal.note_outputs(entry, {file.path.name: file.digest for file in files})
            commit(files)
        finally:
            discard(files)

    def _count(self, entry: Entry, written: Written, seconds: float) -> None:
        tally, outcome = self.tally, written.outcome
        tally.written += 1
        tally.flawed += outcome.code != 0
        tally.words += outcome.words
        tally.seconds += seconds
        tally.count(outcome.code)
        if outcome.code:
            self._voice.say(f"{entry.path}: written as {entry.name}, but a check failed: {outcome.message}")
        told = {"path": entry.path, "name": entry.name, "seconds": round(seconds, 1), **vars(outcome)}
        self._voice.log.write("article ends", **told, **({"worker": written.where} if written.where else {}))

    # --- what becomes of it --------------------------------------------------------------------------------

    @contextmanager
    def _settled(self, entry: Entry, path: Path, made_with: Digests, began: float | None = None) -> Iterator[_Fate]:
        """Turn whatever ends the work on an article into a state of its row, and a line."""
        fate = _Fate()
        began = self._bound.clock() if began is None else began

        def seconds() -> float:
            return self._bound.clock() - began

        try:
            yield fate
        except JournalError:
            raise  # nothing can be written down any more: the row is taken over by the next run
        except OutOfTime:
            self._pause(entry, seconds(), "the time was over")
        except Interrupted as error:
            self._pause(entry, seconds(), error.message)
            self.tally.count(error.exit_code)
        except (Changing, OutputError) as error:  # not the article's fault: it is tried again
            self._trouble(error, entry)
            self._pause(entry, seconds(), error.message)
        except RewriterError as error:
            fault = self._moved(made_with)
            if fault is None:
                fate.final = True
                self._fail(entry, seconds(), error)
            else:
                self._pause(entry, seconds(), fault.message)
                if not isinstance(fault, Changing):
                    raise fault from error
                self._trouble(fault, entry)
        except MemoryError:
            fate.final = True
            self._fail(entry, seconds(), ModelError(f"{entry.path}: out of memory", "lower --ctx and --parallel"))
        except Exception as error:
            fate.final = True
            self._fail(entry, seconds(), confession(entry.path, error), BUG)
        except BaseException:  # Ctrl-C
            self._pause(entry, seconds(), "interrupted")
            raise
        if fate.final:
            self._waiting.discard(path)

    @contextmanager
    def _left_as_they_were(self) -> Iterator[None]:
        """Let what was begun wait where the night itself ends."""
        try:
            yield
        except JournalError:
            raise
        except BaseException:
            for begun in self._begun.values():
                self._pause(begun.entry, self._bound.clock() - begun.began, "interrupted")
            raise

    def _pause(self, entry: Entry, seconds: float, message: str) -> None:
        self._journal.pause(entry, seconds, message)
        self._voice.log.write("article waits", path=entry.path, message=message)

    def _fail(self, entry: Entry, seconds: float, error: RewriterError, code: int | None = None) -> None:
        self._journal.fail(entry, self._number, seconds, code or error.exit_code, error.message)
        self.tally.failed += 1
        self.tally.seconds += seconds
        self._trouble(error, entry, code)

    def _trouble(self, error: RewriterError, entry: Entry | None = None, code: int | None = None) -> None:
        code = code or error.exit_code
        self.tally.count(code)
        # Messages of a night stand among others: each names its file.
        named = entry is None or Path(entry.path).name in error.message
        message = error.message if named else f"{entry.path if entry else ''}: {error.message}"
        self._voice.trouble(message, error.tip, code, **({"path": entry.path} if entry else {}))


@dataclass(frozen=True)
class _Begun:
    """An article that is being written."""

    entry: Entry
    path: Path
    made_with: Digests
    began: float
    """On the night's clock."""


@dataclass
class _Fate:
    """Whether nothing is left to be done about an article."""

    final: bool = False


def _words(text: str) -> int:
    from rewriter.french.measure import word_count

    return word_count(text)
