"""The model of a night lives in a process of its own: where that dies, it costs one article."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rewriter.engine.base import CompletionRequest
from rewriter.nightly.apart import MOST_DEATHS, is_possible
from tests import nights
from tests.nights import Desk, same_words
from tests.scripts import shown

pytestmark = pytest.mark.skipif(not is_possible(), reason="a process that dies with its parent needs Linux")
ROOT = Path(__file__).parent.parent


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = nights.make(tmp_path / "here", monkeypatch)
    monkeypatch.setattr("rewriter.nightly.night.is_possible", lambda: True)
    return made


def in_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The outbox of the same night, written in the night's own process."""
    with monkeypatch.context() as patch:
        undisturbed = nights.make(tmp_path / "undisturbed", patch)
        undisturbed.run()
        return undisturbed.outbox()


def die(number: int) -> None:
    """As llama.cpp does where an assertion of its fails, but without a core on the disk."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if number != signal.SIGKILL:
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def has_children() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def test_the_outbox_is_that_of_a_night_in_one_process(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = desk.run()
    assert ran.exit_code == 1
    assert desk.outbox() == in_one_process(tmp_path, monkeypatch)
    assert desk.loads == 0  # not here
    assert desk.drafts() == 0
    assert "loading the model" in ran.stderr
    assert not has_children()


@pytest.mark.parametrize("number", [signal.SIGABRT, signal.SIGSEGV, signal.SIGKILL])
def test_a_death_costs_one_article_and_the_journal_names_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    def write(request: CompletionRequest, k: int) -> str:
        if "Port-Louis" in shown(request):
            die(number)
        return same_words(request, k)

    desk.write = write
    ran = desk.run("--log", "log.jsonl")
    assert ran.exit_code == 4
    assert desk.states() == {"bac.txt": "failed", "halle.txt": "done", "lycee.md": "done"}
    entry = desk.entries()["bac.txt"]
    assert f"bac.txt: the process that wrote it died of {number.name} (signal {number.value})" in entry.message
    assert entry.message in ran.stderr
    assert entry.code == 4
    whole = in_one_process(tmp_path, monkeypatch)
    assert desk.outbox() == {name: content for name, content in whole.items() if not name.startswith("bac")}
    assert not has_children()

    desk.write = same_words  # with another model, say
    assert desk.run("--retry").exit_code == 1
    assert desk.outbox() == whole


def test_a_death_while_the_model_is_loaded_ends_the_night_and_everything_waits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rewriter.engine.load", lambda path, settings: die(signal.SIGABRT))
    ran = desk.run()
    assert ran.exit_code == 4
    assert "m.gguf: the process that loaded it died of SIGABRT" in ran.stderr
    assert set(desk.states().values()) == {"waiting"}


def test_a_model_that_kills_every_article_ends_the_night(desk: Desk) -> None:
    for number in range(MOST_DEATHS):
        (desk.folder / "in" / f"{number}.txt").write_text(nights.TEXTS["halle.txt"], encoding="utf-8")
    desk.write = lambda request, k: die(signal.SIGABRT) or ""  # type: ignore[func-returns-value]
    ran = desk.run()
    assert ran.exit_code == 4
    assert f"the process that writes died with {MOST_DEATHS} articles in a row" in ran.stderr
    assert sorted(desk.states().values()) == ["failed"] * MOST_DEATHS + ["waiting"] * 3


def test_what_goes_wrong_there_is_told_here(desk: Desk) -> None:
    def write(request: CompletionRequest, k: int) -> str:
        class Unheard(Exception):
            """Cannot be sent."""

        if "Port-Louis" in shown(request):
            raise Unheard("cause")
        if "Valmer" in shown(request):
            raise MemoryError
        return same_words(request, k)

    desk.write = write
    ran = desk.run()
    assert ran.exit_code == 70
    assert desk.states() == {"bac.txt": "failed", "halle.txt": "failed", "lycee.md": "done"}
    assert "bac.txt: a fault of the program itself: RuntimeError: Unheard: cause" in ran.stderr
    assert "halle.txt: out of memory" in ran.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_130_a_signal_to_all_processes_ends_the_night_and_nothing_is_lost(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    def write(request: CompletionRequest, k: int) -> str:
        os.kill(os.getppid(), number)
        os.kill(os.getpid(), number)  # as a terminal and systemd do
        time.sleep(0.5 if number == signal.SIGTERM else 60)  # until this process has heard of it, or is ended
        return same_words(request, k)

    before = signal.getsignal(number)
    desk.write = write
    ran = desk.run()
    assert ran.exit_code == 130
    assert set(desk.states().values()) == {"waiting"}
    assert not has_children()
    assert signal.getsignal(number) is before
    desk.write = same_words
    desk.run()
    assert desk.outbox() == in_one_process(tmp_path, monkeypatch)


ORPHAN = """
import os, sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
import pytest
from tests import nights

def write(request, k):
    Path({told!r}).write_text(str(os.getpid()))
    time.sleep(600)

desk = nights.make(Path({folder!r}), pytest.MonkeyPatch())
desk.write = write
import rewriter.nightly.night
rewriter.nightly.night.is_possible = lambda: True
desk.run()
"""


def test_the_process_does_not_outlive_a_night_that_is_killed(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    code = ORPHAN.format(root=str(ROOT), told=str(told), folder=str(tmp_path / "here"))
    night = subprocess.Popen([sys.executable, "-c", code])
    while not (told.exists() and told.read_text()):
        assert night.poll() is None
        time.sleep(0.05)
    writer = int(told.read_text())
    night.kill()
    night.wait()
    while is_running(writer):
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
