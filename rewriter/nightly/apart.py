"""The model at this desk, in a process of its own: where llama.cpp itself dies, it costs one article, not the night.

The process is a fork that holds the model and writes one article after another; it keeps drafts on the shelf, as
workers do. It hears of an end by SIGUSR1, ignores what a terminal or systemd sends to all, and dies with its parent.
Linux alone tells a child of that; elsewhere the night writes in its own process (`rewriter.nightly.hands`).
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from rewriter.errors import ModelError, described
from rewriter.job import open_desk
from rewriter.nightly.asked import Night
from rewriter.nightly.bounds import Bounded, Stop
from rewriter.nightly.hands import Task, Written, write
from rewriter.nightly.journal import Digests, Journal
from rewriter.nightly.keeping import Shelf, StageKeeper
from rewriter.progress import Progress
from rewriter.publishing.files import sweep_staged

if TYPE_CHECKING:
    from rewriter.engine import Header

LOOKS = 0.2
"""Seconds between two looks at whether the night is to end."""

MOST_DEATHS = 3
"""Articles in a row with which the process may die: then it is the model, or the machine, and the night ends."""

_PR_SET_PDEATHSIG = 1  # prctl(2)


def is_possible() -> bool:
    """Whether a process can be forked here that does not outlive this one."""
    return sys.platform == "linux" and threading.current_thread() is threading.main_thread()


@contextmanager
def at_desk_apart(night: Night, header: Header, journal: Journal, watcher: Progress, stop: Stop) -> Iterator[DeskApart]:
    """The hands of a night on this machine, in a process that may die."""
    desk = DeskApart(night, header, journal, watcher, stop)
    try:
        yield desk
    finally:
        desk.close()
        with suppress(OSError):
            sweep_staged(night.out)


class DeskApart:
    """Begins the process for the first article, and another for the next where it died."""

    def __init__(self, night: Night, header: Header, journal: Journal, watcher: Progress, stop: Stop) -> None:
        self._night, self._header, self._journal, self._watcher, self._stop = night, header, journal, watcher, stop
        self._shelf = Shelf(night.out)
        self._writer: _Writer | None = None
        self._task: Task | None = None
        self._deaths = 0

    @property
    def full(self) -> bool:
        """See `Hands`."""
        return self._task is not None

    def ready(self, made_with: Digests) -> bool:
        """See `Hands`. Raises ModelError where the process dies without an article."""
        if self._deaths >= MOST_DEATHS:
            cause = f"the process that writes died with {self._deaths} articles in a row"
            raise ModelError(f"{self._night.job.model}: {cause}", _OTHER)
        if self._writer is None:
            self._writer = _Writer.begun(self._night, self._header, made_with.model)
            try:
                self._heard(self._writer)
            except _Died as death:
                self._writer = None
                raise ModelError(f"{self._night.job.model}: the process that loaded it {death}", _OTHER) from None
        return True

    def begin(self, task: Task) -> None:
        """See `Hands`."""
        self._shelf.take_from(self._journal, task.key)
        self._task = task

    def ended(self) -> tuple[Task, Callable[[], Written]]:
        """See `Hands`. The work is done when what is given back is called."""
        task, self._task = self._task, None
        if task is None or self._writer is None:
            raise AssertionError("nothing was begun")
        return task, partial(self._write, task, self._writer)

    def close(self) -> None:
        """End the process, at once where it is at work."""
        if self._writer:
            self._writer.end(at_once=self._writer.at_work)
            self._writer = None

    def _write(self, task: Task, writer: _Writer) -> Written:
        writer.give(task)
        try:
            written = self._heard(writer)
        except _Died as death:
            raise self._after(death, task) from None
        self._deaths = 0
        if written is None:
            raise AssertionError("the writer gave nothing")
        return written

    def _heard(self, writer: _Writer) -> Written | None:
        """Pass on what the process tells until it has done what it was given. Raises what ended the work there."""
        while True:
            while not writer.link.poll(LOOKS):
                if self._stop.asked:
                    writer.tell_to_end()
            told = writer.hear()
            if isinstance(told, BaseException):
                raise told
            if not callable(told):
                return told
            told(to=self._watcher)

    def _after(self, death: _Died, task: Task) -> ModelError:
        """What is said of an article with which the process died."""
        self._writer = None
        self._deaths += 1
        said = f"{task.job.source}: the process that wrote it {death}"
        return ModelError(said, "try it alone, or with another model or build of llama.cpp")


_OTHER = "try another model or build of llama.cpp, and see whether memory is short"


# --- this side of the process ------------------------------------------------------------------------------


class _Died(Exception):
    """The process is no more; says of what."""


class _Writer:
    """The process as its parent sees it: what it is given, and what it tells."""

    def __init__(self, pid: int, link: Connection) -> None:
        self._pid, self.link = pid, link
        self.at_work = True
        self._told_to_end = False

    @classmethod
    def begun(cls, night: Night, header: Header, model: str) -> _Writer:
        """Fork it. It loads the model, and tells when it has."""
        ours, theirs = Pipe()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                with suppress(OSError, ValueError):
                    stream.flush()  # or what waits there would be written twice
        parent = os.getpid()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SENT)  # until the child has handlers of its own
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads that numpy's library keeps, and can fork
            pid = os.fork()
        if pid == 0:
            ours.close()
            stop = Stop()
            _live(parent, theirs, stop, partial(_serve, theirs, stop, night, header, model))
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        return cls(pid, ours)

    def give(self, task: Task) -> None:
        """Give it an article."""
        self.at_work = True
        with suppress(OSError):  # it has died: hearing it tells of what
            self.link.send(task)

    def hear(self) -> _Said:
        """What it says next. Raises _Died where it says no more."""
        try:
            said: _Said = self.link.recv()
        except (EOFError, OSError):
            raise _Died(self._death()) from None
        self.at_work = callable(said)
        return said

    def tell_to_end(self) -> None:
        """Have it end after the round in work."""
        if not self._told_to_end:
            self._told_to_end = True
            os.kill(self._pid, signal.SIGUSR1)

    def end(self, at_once: bool) -> None:
        """See it end: at once, or by itself, since it is given no more."""
        self.link.close()
        if at_once:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)

    def _death(self) -> str:
        self.link.close()
        status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        if status >= 0:
            return f"ended with {status}"
        name = signal.Signals(-status).name
        return f"died of {name} (signal {-status})" + (", as where memory is short" if name == "SIGKILL" else "")


# --- the other side ----------------------------------------------------------------------------------------


class _Teller:
    """A progress that tells it to the parent."""

    def __init__(self, link: Connection) -> None:
        self._link = link

    def phase(self, name: str, total: int) -> None:
        """See `Progress`."""
        self._link.send(partial(_tell, "phase", name, total))

    def advance(self, done: int = 1, tokens: int = 0) -> None:
        """See `Progress`."""
        self._link.send(partial(_tell, "advance", done, tokens))

    def note(self, message: str) -> None:
        """See `Progress`."""
        self._link.send(partial(_tell, "note", message))


def _tell(method: str, *arguments: str | int, to: Progress) -> None:
    getattr(to, method)(*arguments)


_Said: TypeAlias = "Callable[..., None] | BaseException | Written | None"
"""A call for the parent's progress; or what ended the work: None, the model is loaded."""


_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1")
_SENT = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))  # not every system has all


def _live(parent: int, link: Connection, stop: Stop, serve: Callable[[], None]) -> NoReturn:
    """Serve, and leave without what the parent's code would do at its end."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a terminal and systemd send them to all: the parent decides
        signal.signal(signal.SIGUSR1, stop.ask)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SENT)
        if os.getppid() == parent:
            serve()
        code = 0
    except BaseException as error:
        with suppress(BaseException):
            link.send(_portable(error))
    finally:
        os._exit(code)


def _serve(link: Connection, stop: Stop, night: Night, header: Header, model: str) -> None:
    """Hold the model and write what is given, until nothing more is."""
    teller, shelf = _Teller(link), Shelf(night.out)
    bounded = Bounded(teller, night.bound)
    with open_desk(night.job, header, teller, model) as desk:
        link.send(None)
        while True:
            try:
                task: Task = link.recv()
            except EOFError:
                return
            try:
                said: _Said = write(task, desk, bounded, StageKeeper(shelf, task.key, stop, teller.note))
            except Exception as error:
                said = _portable(error)
            link.send(said)


def _portable(error: BaseException) -> BaseException:
    """The error, or one that says the same, where it cannot be sent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(described(error))
    return error
