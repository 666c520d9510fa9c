"""A night on a cluster: the same outbox as without, whoever dies. Real Dask, real processes, no model."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import util
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rewriter.errors import Interrupted, RewriterError
from rewriter.nightly import bounds, cluster, journal, orders
from rewriter.nightly.bounds import Bound, OutOfTime
from rewriter.nightly.hands import OneDesk, Task, write
from rewriter.nightly.journal import Key
from rewriter.nightly.keeping import Shelf
from rewriter.nightly.naming import Shape
from rewriter.nightly.orders import check_orders, settings_here
from rewriter.nightly.station import Station
from rewriter.progress import Silent
from rewriter.publishing import record
from rewriter.settings import EngineSettings
from tests import nights
from tests.nights import Desk
from tests.test_nightly import HOME, Ticking, undisturbed
from tests.workers import Machines, wait_for

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the machines are forked")


@pytest.fixture(scope="module")
def machines(tmp_path_factory) -> Iterator[Machines]:
    with Machines(tmp_path_factory.mktemp("machines")) as made:
        yield made


@pytest.fixture(scope="module")
def scheduler(machines) -> str:
    """One with two workers, for all tests that kill none for good."""
    _, address = machines.start_scheduler()
    for _ in range(2):
        machines.start_worker(address)
    return address


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> dict[str, Any]:
    """The outbox of a night on this machine alone."""
    with pytest.MonkeyPatch.context() as patch:
        return undisturbed(tmp_path_factory.mktemp("undisturbed"), patch)


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.setattr(cluster, "LOOKS", 0.05)
    monkeypatch.setattr(cluster, "PARTING", 0.5)
    return nights.make(tmp_path / "here", monkeypatch)


@contextmanager
def meanwhile(work: Callable[[], object]) -> Iterator[None]:
    """Do this beside the night; what goes wrong in it fails the test."""
    wrong: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:
            wrong.append(error)

    thread = threading.Thread(target=guarded)
    thread.start()
    yield
    thread.join()
    assert not wrong, wrong


def is_as_after_a_night_here(desk: Desk, expected: dict[str, Any]) -> None:
    assert desk.outbox() == expected
    assert set(desk.states().values()) == {"done"}
    assert desk.drafts() == 0
    assert {path.name for path in (desk.out / ".rewrite").iterdir()} <= HOME


# --- what is done ------------------------------------------------------------------------------------------


def test_two_workers_write_the_same_outbox_as_none(desk, machines, scheduler, expected):
    machines.loads.unlink(missing_ok=True)
    result = desk.run("--cluster", scheduler, "--log", "log.jsonl")
    assert result.exit_code == 1, result.stderr  # every source is too short, as without
    is_as_after_a_night_here(desk, expected)
    assert desk.loads == 0  # none here
    loads = machines.loads.read_text().split()[::2]
    assert len(loads) == len(set(loads)) <= 2  # each worker once
    lines = [json.loads(line) for line in Path("log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["worker"][:16] for line in lines if line["event"] == "article ends"} == {"tcp://127.0.0.1:"}
    assert "night: 0 written" in desk.run("--cluster", scheduler).stderr
    assert "night: 0 written" in desk.run().stderr  # one journal for both


def test_the_article_of_a_killed_worker_is_done_elsewhere_and_none_twice(desk, machines, expected):
    _, address = machines.start_scheduler()
    workers = {machines.start_worker(address) for _ in range(2)}
    machines.hold("Valmer")

    def kill() -> None:
        victim = int(wait_for(machines.held))
        assert victim in workers
        assert list((desk.out / ".rewrite").glob("drafts-*.json"))  # half-way: a stage of it is kept
        machines.kill(victim)

    with meanwhile(kill):
        result = desk.run("--cluster", address)
    machines.release()
    assert result.exit_code == 1, result.stderr
    is_as_after_a_night_here(desk, expected)
    assert {name: entry.tries for name, entry in desk.entries().items()} == dict.fromkeys(nights.TEXTS, 1)


def test_whoever_writes_an_article_again_changes_nothing(desk, expected):
    """A worker that was thought dead: both put the files onto the disk, one's take their names."""
    tasks: list[Task] = []
    twice: list[Any] = []
    real = OneDesk.begin

    def begin(self: OneDesk, task: Task) -> None:
        assert self._desk
        tasks.append(task)
        twice.append(write(task, self._desk, Silent(), _NoKeeper()))
        real(self, task)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OneDesk, "begin", begin)
        desk.run()
    visible = {name: data for name, data in desk.outbox().items() if not name.startswith(".rewrite-")}
    assert (len(tasks), visible) == (3, expected)
    assert len(desk.names()) == 2 * len(expected)
    desk.run()
    is_as_after_a_night_here(desk, expected)


class _NoKeeper:
    def kept(self) -> None:
        """Nothing was kept."""

    def keep(self, stage: object) -> None:
        """Nothing is."""


# --- its end -----------------------------------------------------------------------------------------------


def test_sigterm_lets_the_round_end_and_a_night_here_goes_on(desk, machines, scheduler, expected):
    machines.hold("Port-Louis")

    def stop() -> None:
        holder = wait_for(machines.held)
        os.kill(os.getpid(), signal.SIGTERM)
        machines.wait_until_told(holder)
        machines.release()

    with meanwhile(stop):
        result = desk.run("--cluster", scheduler)
    assert result.exit_code == 130, result.stderr
    assert desk.states()["bac.txt"] == "waiting"
    assert desk.drafts() >= 1
    assert "goes on after round" in desk.run().stderr
    is_as_after_a_night_here(desk, expected)


def test_at_the_deadline_workers_end_at_their_next_step(desk, machines, scheduler, monkeypatch, expected):
    clock = Ticking()
    monkeypatch.setattr(bounds, "make_bound", lambda until, minutes: Bound(minutes and 1000.0 + 60 * minutes, clock))
    machines.hold("Port-Louis")

    def pass_time() -> None:
        holder = wait_for(machines.held)
        clock.now += 61
        machines.wait_until_told(holder)
        machines.release()

    with meanwhile(pass_time):
        result = desk.run("--cluster", scheduler, "--max-minutes", "1")
    assert result.exit_code in (0, 1), result.stderr  # 1 where another was written meanwhile
    assert "left for the next run" in result.stderr
    assert desk.states()["bac.txt"] == "waiting"
    desk.run("--cluster", scheduler)
    is_as_after_a_night_here(desk, expected)


@pytest.mark.parametrize(("at_once", "end"), [(True, OutOfTime), (False, Interrupted)])
def test_an_article_that_reaches_a_worker_after_the_end_waits(at_once, end):
    """A deadline is no interruption: the night's exit code tells them apart."""
    station = Station("night", "run", None)
    never = SimpleNamespace(submit=lambda work: None)
    station.setup(SimpleNamespace(executors={"default": never}))
    station.end(at_once)
    with pytest.raises(end):
        station.write(None)


def test_an_article_that_kills_its_workers_has_failed_and_the_rest_is_done(desk, machines):
    _, address = machines.start_scheduler(allowed_failures=0)
    machines.start_worker(address)
    machines.hold("Port-Louis")

    def kill() -> None:
        victim = int(wait_for(machines.held))
        machines.start_worker(address)
        machines.kill(victim)

    with meanwhile(kill):
        result = desk.run("--cluster", address, "-q")
    machines.release()
    assert result.exit_code == 4
    assert "bac.txt: 1 workers died while they wrote it (4)" in result.stderr
    assert desk.states() == {"bac.txt": "failed", "halle.txt": "done", "lycee.md": "done"}


def test_a_scheduler_that_is_gone_ends_the_night_in_one_line(desk, machines):
    pid, address = machines.start_scheduler()
    machines.start_worker(address)
    machines.hold("Port-Louis")

    def kill() -> None:
        wait_for(machines.held)
        machines.kill(pid)

    with meanwhile(kill):
        result = desk.run("--cluster", address, "-q")
    machines.release()
    assert result.exit_code == 4
    assert result.stderr.startswith(f"rewrite: {address}: the scheduler is gone\n  try: "), result.stderr
    assert desk.states() == dict.fromkeys(nights.TEXTS, "waiting")


# --- what goes wrong ---------------------------------------------------------------------------------------


def test_no_scheduler_is_one_line_within_a_bounded_time(desk, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING", 0.5)
    result = desk.run("--cluster", "tcp://127.0.0.1:1")
    assert result.exit_code == 4
    assert "rewrite: tcp://127.0.0.1:1: no scheduler is within reach: " in result.stderr
    assert len(result.stderr.splitlines()) == 2
    assert desk.states() == {}


def test_tls_without_certificates_is_told_before_anything_is_tried(desk):
    result = desk.run("--cluster", "tls://127.0.0.1:1")
    assert result.exit_code == 2
    assert result.stderr.startswith("rewrite: tls://127.0.0.1:1: no certificates are configured\n  try: ")


def test_no_worker_is_waited_for_only_so_long(desk, machines, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    _, address = machines.start_scheduler()
    result = desk.run("--cluster", address)
    assert (result.exit_code, f"{address}: no worker was there for " in result.stderr) == (4, True), result.stderr
    assert set(desk.states().values()) == {"waiting"}


def test_a_worker_with_another_version_is_named(desk, scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "__version__", "9.9.9")
    result = desk.run("--cluster", scheduler)
    assert result.exit_code == 2
    assert "has rewriter " in result.stderr
    assert "install rewriter 9.9.9 there" in result.stderr


def test_workers_with_another_model_are_named_and_load_nothing(desk, machines, scheduler, monkeypatch):
    machines.loads.unlink(missing_ok=True)
    monkeypatch.setattr(record, "hash_model", lambda path, watcher: "0" * 64)
    result = desk.run("--cluster", scheduler)
    assert result.exit_code == 4
    assert "does nothing: " in result.stderr
    assert "m.gguf: is another model here; try: copy the file" in result.stderr
    assert not machines.loads.exists()
    assert set(desk.states().values()) == {"waiting"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda o: None, ""),
        (lambda o: replace(o, version="9.9.9"), "9.9.9 where the night began"),
        (lambda o: replace(o, holder=b"another"), "out: is another folder here"),
        (lambda o: replace(o, out=o.out / "away"), "away: is not within reach: No such file"),
        (lambda o: replace(o, made_with=o.made_with._replace(model="other")), "m.gguf: is another model here"),
        (
            lambda o: replace(o, made_with=o.made_with._replace(settings="other")),
            "glossary, prompts or the model's judge",
        ),
        (lambda o: replace(o, job=replace(o.job, model=Path("gone.gguf"))), "gone.gguf: cannot be read"),
    ],
)
def test_what_must_be_the_same_on_every_machine(desk, change, said):
    (desk.out / ".rewrite").mkdir(parents=True)
    (desk.out / ".rewrite" / "lock.json").write_text("me")
    given = orders.orders_for(night(desk), record.hash_model(Path("m.gguf"), Silent()))
    changed = change(given)
    if changed is None:
        check_orders(given)
        return
    with pytest.raises(RewriterError) as caught:
        check_orders(changed)
    assert said in caught.value.message
    assert caught.value.tip


def night(desk: Desk) -> Any:
    from rewriter.job import Job
    from rewriter.nightly.asked import Night

    return Night(("in",), desk.out, Job(None, Path("m.gguf")), Shape())


def test_a_machine_runs_the_model_in_its_own_way():
    given = EngineSettings(threads=4, gpu_layers=0)
    assert settings_here(given, {"REWRITE_GPU_LAYERS": "-1", "REWRITE_WEIGHTS": "repacked"}) == EngineSettings(
        threads=4, gpu_layers=-1, weights="repacked"
    )
    with pytest.raises(RewriterError, match="REWRITE_THREADS"):
        settings_here(given, {"REWRITE_THREADS": "many"})


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "http://127.0.0.1:8786", "tcp://"])
def test_2_what_is_no_address(desk, address):
    result = desk.run("--cluster", address)
    assert (result.exit_code, f"--cluster {address}: is no address" in result.stderr) == (2, True)
    assert not desk.out.exists()


def test_2_without_dask_the_extra_is_named(desk, monkeypatch):
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    result = desk.run("--cluster", "tcp://127.0.0.1:8786")
    assert result.exit_code == 2
    assert result.stderr == "rewrite: --cluster: Dask is not installed\n  try: pip install 'rewriter[cluster]'\n"


# --- drafts ------------------------------------------------------------------------------------------------


def test_a_shelf_keeps_for_each_article_the_last_stage_and_hands_it_over(tmp_path):
    (tmp_path / ".rewrite").mkdir()
    shelf, key, other = Shelf(tmp_path), Key("a", "b", "c"), Key("a", "b", "d")
    assert shelf.kept(key) is None
    for stage in ("first", "last"):
        shelf.keep(key, stage)
    shelf.keep(other, "of another")
    (tmp_path / ".rewrite" / "drafts-damaged.json").write_text("{")
    assert shelf.kept(key) == "last"
    shelf.forget(other)
    with journal.opened(tmp_path) as book:
        shelf.empty_into(book)
        assert (book.kept(key), book.kept(other)) == ("last", None)
    assert not list((tmp_path / ".rewrite").glob("drafts-*"))
