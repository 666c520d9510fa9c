"""A night on many machines: Dask carries each article to a worker that has a model of its own.

Who started the night keeps the journal, and alone gives files their names. A worker (`rewriter.nightly.station`) puts
an article's files whole into the shared folder and says what they are; so one that was thought dead, and ends its
article after another has done it again, changes nothing. Dask itself does again elsewhere what a dead worker had.

Dask is imported within functions: it is an extra, and slow to import.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import metadata, util
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from rewriter import __version__
from rewriter.errors import Interrupted, ModelError, UsageError
from rewriter.nightly.asked import Night
from rewriter.nightly.bounds import OutOfTime, Stop
from rewriter.nightly.hands import Task, Written
from rewriter.nightly.journal import Digests, Journal
from rewriter.nightly.keeping import Shelf
from rewriter.nightly.orders import orders_for
from rewriter.nightly.voice import Voice
from rewriter.publishing.files import sweep_staged

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECTING = 10.0
"""Seconds that a scheduler may take to answer."""
PATIENCE = 300.0
"""Seconds without any worker until the night ends: a machine may start again meanwhile."""
GRACE = 60.0
"""Seconds that workers are given to end an article at its next step."""
LOOKS = 0.5
"""Seconds between two looks at scheduler, signals and clock."""
PARTING = 5.0
"""Seconds that the cluster may take to hear that the night is over."""


def check_address(address: str) -> None:
    """Raise UsageError where Dask is not installed, or this is no address of a scheduler's."""
    if util.find_spec("distributed") is None:
        raise UsageError("--cluster: Dask is not installed", "pip install 'rewriter[cluster]'")
    if not address.startswith(("tcp://", "tls://")) or not address[6:]:
        tip = "write it as tcp://HOST:8786 or tls://HOST:8786"
        raise UsageError(f"--cluster {address}: is no address of a scheduler", tip)


@contextmanager
def on_cluster(address: str, night: Night, journal: Journal, voice: Voice, stop: Stop) -> Iterator[Cluster]:
    """The hands of a night on the workers of a Dask scheduler.

    Raises ModelError where no scheduler answers, UsageError where a worker has another version of this program.
    """
    client = _connected(address)
    cluster = Cluster(client, night, journal, voice, stop)
    try:
        _check_versions(client)
        yield cluster
    finally:
        cluster.close()


def _connected(address: str) -> Client:
    from distributed import Client, Security

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told here, in one line
    try:
        security = Security()  # as Dask is configured
        if address.startswith("tls://") and security.get_connection_args("client")["ssl_context"] is None:
            tip = "name them in Dask's configuration; docs/cluster.md tells how"
            raise UsageError(f"{address}: no certificates are configured", tip)
        return Client(address, timeout=CONNECTING, security=security, set_as_default=False, name="rewrite")
    except (OSError, ValueError) as error:  # ValueError: an address that is none after all
        cause = (str(error) or type(error).__name__).split("\n")[0]
        tip = "start one: dask scheduler; docs/cluster.md tells how"
        raise ModelError(f"{address}: no scheduler is within reach: {cause}", tip) from None


def _check_versions(client: Client) -> None:
    """Raise UsageError for a worker without this version: it could not even read what it is to do."""
    for worker, found in client.run(metadata.version, "rewriter", on_error="return").items():
        if found != __version__:
            has = f"rewriter {found}" if isinstance(found, str) else "no rewriter"
            tip = f"install rewriter {__version__} there, or take that worker away"
            raise UsageError(f"worker {worker}: has {has}, this machine {__version__}", tip)


class Cluster:
    """As many articles at once as there are workers with the model in memory."""

    def __init__(self, client: Client, night: Night, journal: Journal, voice: Voice, stop: Stop) -> None:
        self._client, self._night, self._journal, self._voice, self._stop = client, night, journal, voice, stop
        self._shelf = Shelf(night.out)
        # One name for an outbox: a run takes the place of one that died, and of the models that it left in memory.
        self._name = "rewrite-" + hashlib.sha256(str(night.out).encode()).hexdigest()[:8]
        self._run = f"{self._name}-{secrets.token_hex(4)}"
        self._called_up = False
        self._futures: dict[Future[Written], Task] = {}
        self._ended: SimpleQueue[Future[Written]] = SimpleQueue()
        self._begun = 0
        self._stations: set[str] = set()
        self._unfit: dict[str, str] = {}
        self._seen_at = time.monotonic()
        self._told: tuple[bool, frozenset[str]] | None = None
        self._told_at = float("inf")

    @property
    def full(self) -> bool:
        """See `Hands`."""
        return bool(self._futures) and len(self._futures) >= len(self._stations)

    def ready(self, made_with: Digests) -> bool:
        """See `Hands`. Raises ModelError where no worker can write, or none is there."""
        if not self._called_up:
            self._call_up(made_with)
        self._look()
        while not self._stations:
            if self._is_over():
                return False
            time.sleep(LOOKS)
            self._look()
        return True

    def begin(self, task: Task) -> None:
        """See `Hands`."""
        from rewriter.nightly.station import write_there

        self._shelf.take_from(self._journal, task.key)
        self._begun += 1
        key = f"{self._run}-{self._begun}"
        with self._within_reach():
            future = self._client.submit(write_there, self._name, task, key=key, pure=False, resources={self._run: 1})
        self._futures[future] = task
        future.add_done_callback(self._ended.put)

    def ended(self) -> tuple[Task, Callable[[], Written]]:
        """See `Hands`."""
        while (done := self._next()) is None:
            if self._is_given_up():
                return self._futures.popitem()[1], self._leave
            self._look()
            if self._is_over():
                self._tell(at_once=self._night.bound.left() <= 0)
        if done.cancelled():
            raise self._gone()
        task = self._futures.pop(done)
        return task, partial(_result, done, task)

    def _next(self) -> Future[Written] | None:
        """The next that has ended, if one does so before the next look is due."""
        with suppress(Empty):
            done = self._ended.get(timeout=LOOKS)
            return done if done in self._futures else None
        return None

    def close(self) -> None:
        """Let the workers drop everything: what they were at, the model, what they staged."""
        parting = threading.Thread(target=self._part, daemon=True)
        parting.start()
        parting.join(PARTING)
        with suppress(Exception):  # what led here is what is to be told
            self._client.close(timeout=PARTING)
        with suppress(OSError):
            sweep_staged(self._night.out)

    # --- workers -------------------------------------------------------------------------------------------

    def _call_up(self, made_with: Digests) -> None:
        from rewriter.nightly.station import Station

        orders = orders_for(self._night, made_with.model)
        self._voice.watcher.phase("waiting for a worker with the model in memory", 0)
        with self._within_reach():
            self._client.register_plugin(Station(self._name, self._run, orders))
        self._called_up = True
        self._seen_at = time.monotonic()

    def _look(self) -> None:
        """See who is there, and hear what they say. Raises ModelError where nobody can be hoped for."""
        with self._within_reach():
            workers: dict[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
            events = self._client.get_events(self._run) or ()
        ready = {address for address, worker in workers.items() if worker["resources"].get(self._run)}
        if ready != self._stations:
            self._stations = ready
            self._voice.watcher.note(f"workers that are ready: {len(ready)}")
        for _, event in events:
            self._hear(event["worker"], event["problem"])
        if workers.keys() - self._unfit.keys():
            self._seen_at = time.monotonic()
        elif workers:
            raise ModelError(f"no worker can write: {next(iter(self._unfit.values()))}", "see what each is told to try")
        elif time.monotonic() - self._seen_at > PATIENCE:
            tip = f"start some: dask worker {self._night.cluster} --nthreads 1 --memory-limit 0"
            raise ModelError(f"{self._night.cluster}: no worker was there for {PATIENCE:.0f} s", tip)

    def _hear(self, worker: str, problem: str) -> None:
        if worker not in self._unfit:
            self._unfit[worker] = problem
            self._voice.trouble(f"worker {worker} does nothing: {problem}", "", ModelError.exit_code)

    # --- waiting, and its end ------------------------------------------------------------------------------

    def _is_over(self) -> bool:
        return self._stop.asked or self._night.bound.left() <= 0

    def _tell(self, at_once: bool) -> None:
        """Have the workers end, also those that came since they were told; in a thread, for one may not answer."""
        from rewriter.nightly.station import end_there

        told = at_once, frozenset(self._stations)
        if told != self._told:
            self._told, self._told_at = told, time.monotonic()
            call = partial(self._client.run, end_there, self._name, at_once, on_error="ignore")
            threading.Thread(target=call, daemon=True).start()

    def _is_given_up(self) -> bool:
        """Whether the night is over for what nobody writes any more, or what does not end."""
        if not self._is_over():
            return False
        late = self._night.bound.left() <= 0 and time.monotonic() - self._told_at > GRACE
        return late or not self._stations

    def _leave(self) -> Written:
        if self._stop.asked:
            raise Interrupted("stopped; what is done is kept", "")
        raise OutOfTime

    def _part(self) -> None:
        with suppress(Exception):
            self._client.cancel(list(self._futures))
            if self._called_up:
                self._client.unregister_worker_plugin(self._name)

    # --- a scheduler that is gone --------------------------------------------------------------------------

    @contextmanager
    def _within_reach(self) -> Iterator[None]:
        if self._client.status != "running":
            raise self._gone()
        try:
            yield
        except OSError as error:
            raise self._gone() from error

    def _gone(self) -> ModelError:
        return ModelError(f"{self._night.cluster}: the scheduler is gone", "start it, its workers and the night again")


def _result(future: Future[Written], task: Task) -> Written:
    """What a worker wrote. Raises what ended the work there."""
    from distributed import CancelledError, KilledWorker

    try:
        return future.result()
    except KilledWorker as error:
        cause = f"{error.allowed_failures + 1} workers died while they wrote it"
        raise ModelError(f"{task.job.source}: {cause}", "look at what they logged; give them more memory") from None
    except CancelledError:
        raise Interrupted("the scheduler is gone", "") from None
