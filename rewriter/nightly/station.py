"""A worker of a night: its model, loaded once, and one article at a time. What it needs is in its orders and tasks.

The only module that imports Dask as it is imported itself; workers read it, and who calls them.
"""

from __future__ import annotations

import threading
from concurrent.futures import Executor
from contextlib import ExitStack, suppress
from dataclasses import replace

from distributed import Worker, WorkerPlugin, get_worker

from rewriter.errors import Interrupted, ModelError
from rewriter.job import Desk, check_model, open_desk
from rewriter.nightly.bounds import Bounded, OutOfTime, Stop
from rewriter.nightly.hands import Task, Written, write
from rewriter.nightly.keeping import Shelf, StageKeeper
from rewriter.nightly.orders import Orders, check_orders, settings_here, told
from rewriter.progress import Silent


class Call(Stop):
    """What a worker was told from afar: to end after the round in work, or at the next step.

    The one is a signal's end and the other a deadline's, each with its own exit code; so the second is not `asked` too.
    """

    def __init__(self) -> None:
        super().__init__()
        self._at_once = False

    def end(self, at_once: bool) -> None:
        """Ask for it."""
        if at_once:
            self._at_once = True
        else:
            self.asked = True

    def left(self) -> float:
        """Seconds that are left, as `Bounded` asks for them: none, or nobody knows."""
        return 0.0 if self._at_once else float("inf")


class Station(WorkerPlugin):
    """Registered with the cluster, it comes to every worker, to those too that join later.

    Once the model is in memory the worker offers the resource of the run's name, one of it: what asks for that goes
    to workers that are ready, and to each one at a time. What keeps a worker from it is reported as an event.
    """

    def __init__(self, name: str, run: str, orders: Orders) -> None:
        self.name, self._run, self._orders = name, run, orders

    def setup(self, worker: Worker) -> None:
        """Begin to load the model, once the worker has ended what it may still have in work."""
        self._worker = worker
        self._call, self._at_work, self._stack = Call(), threading.Lock(), ExitStack()
        self._desk: Desk | None = None
        _threads_of(worker).submit(self._open)

    def teardown(self, worker: Worker) -> None:
        """The night is over, or another takes its place: end at the next step, and free the model."""
        self._call.end(at_once=True)
        with suppress(RuntimeError):  # the worker itself ends
            _threads_of(worker).submit(self._close)

    def end(self, at_once: bool) -> None:
        """End after the round in work, or at the next step."""
        self._call.end(at_once)

    def write(self, task: Task) -> Written:
        """Write one article. Raises what `rewriter.nightly.hands.write` does."""
        with self._at_work:
            if self._call.left() <= 0:
                raise OutOfTime
            if self._call.asked:
                raise Interrupted("stopped before it was begun", "")
            if self._desk is None:
                raise ModelError(f"worker {self._worker.address}: has no model in memory", "")
            keeper = StageKeeper(Shelf(self._orders.out), task.key, self._call, lambda line: None)
            task = replace(task, job=replace(task.job, engine=self._orders.job.engine))
            written = write(task, self._desk, Bounded(Silent(), self._call), keeper)
            return replace(written, where=self._worker.address)

    def _open(self) -> None:
        try:
            check_orders(self._orders)
            job = replace(self._orders.job, engine=settings_here(self._orders.job.engine))
            self._orders = replace(self._orders, job=job)
            desk = open_desk(job, check_model(job), Silent(), self._orders.made_with.model)
            with self._at_work:
                self._desk = self._stack.enter_context(desk)
        except Exception as error:
            self._worker.log_event(self._run, {"worker": self._worker.address, "problem": told(error)})
        else:
            if not self._call.asked and self._call.left() > 0:
                self._worker.loop.add_callback(self._offer)

    def _close(self) -> None:
        with self._at_work:
            self._desk = None
            self._stack.close()

    async def _offer(self) -> None:
        await self._worker.set_resources(**{self._run: 1})


def _threads_of(worker: Worker) -> Executor:
    """Those that do the worker's tasks: where there is one alone, all goes one by one."""
    threads: Executor = worker.executors["default"]
    return threads


def write_there(name: str, task: Task) -> Written:
    """A task, at the worker that does it."""
    return _station(get_worker(), name).write(task)


def end_there(name: str, at_once: bool, dask_worker: Worker) -> None:
    """A call that every worker hears, also while it writes."""
    if name in dask_worker.plugins:
        _station(dask_worker, name).end(at_once)


def _station(worker: Worker, name: str) -> Station:
    station = worker.plugins[name]
    if not isinstance(station, Station):
        raise AssertionError(name)
    return station
