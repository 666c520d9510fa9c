"""A night: what is done, what is left alone, what goes wrong, and that nothing is lost. Real pipeline, no model."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from rewriter.errors import ModelError, UsageError
from rewriter.nightly import bounds, hands
from rewriter.nightly.bounds import Bound, Bounded, OutOfTime, make_bound, seconds_until
from rewriter.nightly.inbox import in_order
from rewriter.nightly.journal import Journal
from rewriter.nightly.lock import hold
from rewriter.progress import Silent
from tests import nights
from tests.nights import TEXTS, Desk, invoke

BASES = ["bac", "halle", "lycee"]
HOME = {"journal.sqlite", "lock"}
"""What stays in the journal's folder."""
USUAL = sorted(f"{name}{ending}" for name in BASES for ending in (".md", ".record.json"))


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    return nights.make(tmp_path / "here", monkeypatch)


# --- what is done ------------------------------------------------------------------------------------------


def test_a_folder_becomes_articles_with_one_model(desk):
    result = desk.run()
    assert result.exit_code == 1  # every source is too short
    assert result.stdout == ""
    assert desk.names() == USUAL
    assert desk.loads == 1
    assert desk.states() == dict.fromkeys(["bac.txt", "halle.txt", "lycee.md"], "done")
    assert desk.drafts() == 0
    assert result.stderr.splitlines()[-1].startswith("night: 3 written (3 with a failed check), ")


def test_a_quiet_night_without_anything_to_do_says_one_line_and_loads_nothing(desk):
    desk.run()
    before, desk.loads = desk.outbox(), 0
    result = desk.run("--quiet")
    assert (result.exit_code, result.stderr, desk.loads) == (0, "night: 0 written\n", 0)
    assert desk.outbox() == before


def test_an_article_of_a_night_is_that_of_a_single_run(desk):
    desk.run("--with", "none")
    invoke("--model", "m.gguf", "--words", "50", "in/halle.txt", "-o", "single.md")
    assert (desk.out / "halle.md").read_bytes() == Path("single.md").read_bytes()


def test_a_night_writes_what_stands_beside_an_article(desk):
    desk.run("--with", "record,review,html", "--format", "json")
    assert [n for n in desk.names() if n.startswith("bac")] == [
        "bac.html", "bac.json", "bac.record.json", "bac.review.html",
    ]  # fmt: skip
    record = json.loads((desk.out / "bac.record.json").read_text(encoding="utf-8"))
    assert [output["file"] for output in record["outputs"]] == ["bac.json", "bac.html"]
    assert len(record["model"]["sha256"]) == 64


def test_only_what_is_new_is_done(desk):
    desk.run()
    before = desk.outbox()
    Path("in/neuf.txt").write_text(TEXTS["bac.txt"].replace("mardi", "jeudi"), encoding="utf-8")
    desk.run()
    assert desk.names() == sorted([*USUAL, "neuf.md", "neuf.record.json"])
    assert {name: desk.outbox()[name] for name in before} == before


def test_what_changed_is_done_under_a_new_name_and_overwrites_only_by_force(desk):
    desk.run()
    old = (desk.out / "bac.md").read_bytes()
    Path("in/bac.txt").write_text(TEXTS["bac.txt"].replace("mardi", "jeudi"), encoding="utf-8")
    desk.run()
    assert (desk.out / "bac.md").read_bytes() == old
    assert "jeudi" in (desk.out / "bac-2.md").read_text(encoding="utf-8")
    Path("in/bac.txt").write_text(TEXTS["bac.txt"].replace("mardi", "samedi"), encoding="utf-8")
    desk.run("--force")
    assert "samedi" in (desk.out / "bac-2.md").read_text(encoding="utf-8")
    assert (desk.out / "bac.md").read_bytes() == old


def test_changed_settings_redo_only_when_asked(desk):
    desk.run()
    assert desk.run("--seed", "9").stderr.startswith("night: 0 written")
    assert "3 written" in desk.run("--seed", "9", "--redo").stderr
    assert "halle-2.md" in desk.names()
    assert "night: 0 written" in desk.run("--seed", "9", "--redo").stderr
    assert "3 written" in desk.run("--redo", "--force").stderr
    assert "halle-3.md" not in desk.names()


def test_a_file_of_somebody_else_is_not_overwritten_but_by_force(desk):
    desk.out.mkdir()
    (desk.out / "halle.md").write_text("mine")
    desk.run()
    assert (desk.out / "halle.md").read_text() == "mine"
    assert "halle-2.md" in desk.names()
    desk.run("--force", "--redo", "--seed", "4")
    assert (desk.out / "halle.md").read_text() == "mine"  # it is not that source's name


def test_names_that_collide_are_numbered_by_path_and_dots_are_no_endings(desk):
    shutil.rmtree("in")
    for path in ("in/a/Une.txt", "in/b/une.txt", "in/b/une.v2.txt"):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(TEXTS["bac.txt"], encoding="utf-8")
    desk.run("--recursive", "--with", "none", "--order", "newest")
    assert {name: e.name for name, e in desk.entries().items()} == {
        "Une.txt": "Une", "une.txt": "une-2", "une.v2.txt": "une-v2",
    }  # fmt: skip


def test_files_patterns_and_folders_may_be_mixed_and_each_file_counts_once(desk):
    Path("more.txt").write_text(TEXTS["bac.txt"].replace("mardi", "jeudi"), encoding="utf-8")
    invoke("--model", "m.gguf", "in/*.md", "more.txt", "in/lycee.md", "empty/*.txt", "--out-dir", "out")
    assert sorted(desk.states()) == ["lycee.md", "more.txt"]


def test_hidden_unfinished_and_other_files_are_passed_over(desk):
    shutil.rmtree("in")
    for name in (".hidden.txt", "~$lock.docx", "copy.txt.part", "copy.tmp", "photo.jpg", "sub/deep.txt"):
        Path("in", name).parent.mkdir(parents=True, exist_ok=True)
        Path("in", name).write_text(TEXTS["bac.txt"], encoding="utf-8")
    assert desk.run("-q").stderr == "night: 0 written, 1 of formats that are not read\n"


def test_the_out_folder_is_never_read(desk):
    invoke("--model", "m.gguf", "in", "--out-dir", "in/out", "--with", "none")
    assert invoke("--model", "m.gguf", "in", "--out-dir", "in/out", "-q", "--recursive").stderr == "night: 0 written\n"
    result = invoke("--model", "m.gguf", "in", "--out-dir", "in")
    assert (result.exit_code, "articles would go where sources are read" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", ["bac.txt", "halle.txt", "lycee.md"]),
        ("newest", ["lycee.md", "bac.txt", "halle.txt"]),
        ("oldest", ["halle.txt", "bac.txt", "lycee.md"]),
        ("shortest", ["lycee.md", "bac.txt", "halle.txt"]),
    ],
)
def test_files_are_taken_in_the_order_asked_for(desk, order, expected):
    for seconds, name in enumerate(["halle.txt", "bac.txt", "lycee.md"]):
        os.utime(Path("in", name), (1000 + seconds, 1000 + seconds))
    desk.run("--order", order)
    entries = sorted(desk.entries().items(), key=lambda item: item[1].begins or 0)
    assert [name for name, _ in entries] == expected


# --- what goes wrong ---------------------------------------------------------------------------------------


def test_a_bad_file_costs_only_itself_and_is_tried_again_only_when_asked(desk):
    Path("in/aaa.txt").write_bytes(b"")
    result = desk.run("-q")
    assert result.exit_code == 3
    assert [line for line in result.stderr.splitlines() if "aaa.txt" in line] == [
        "in/aaa.txt: is empty (3); try: give a file that holds an article".replace("in/", f"{desk.folder}/in/")
    ] or "aaa.txt: is empty" in result.stderr
    assert "3 written (3 with a failed check), 1 failed" in result.stderr
    assert (desk.names(), desk.states()["aaa.txt"]) == (USUAL, "failed")
    assert desk.run("-q").stderr == "night: 0 written\n"
    assert "1 failed" in desk.run("-q", "--retry").stderr


def test_a_fault_of_the_program_costs_one_article(desk, monkeypatch):
    real = hands.write_article

    def broken(job, *more, **others):
        if job.source.name == "bac.txt":
            raise ZeroDivisionError("division by zero")
        return real(job, *more, **others)

    monkeypatch.setattr(hands, "write_article", broken)
    result = desk.run("-q")
    assert result.exit_code == 70
    assert "bac.txt: a fault of the program itself: ZeroDivisionError: division by zero (70)" in result.stderr
    assert desk.states() == {"bac.txt": "failed", "halle.txt": "done", "lycee.md": "done"}


def test_a_model_that_does_not_load_ends_the_night_and_everything_waits(desk, monkeypatch):
    def load(path, settings):
        raise ModelError("m.gguf: needs 9 GB", "take a smaller model")

    with monkeypatch.context() as patch:
        patch.setattr("rewriter.engine.load", load)
        result = desk.run("-q")
    assert (result.exit_code, result.stderr) == (4, "rewrite: m.gguf: needs 9 GB\n  try: take a smaller model\n")
    assert set(desk.states().values()) == {"waiting"}
    desk.run()
    assert desk.names() == USUAL


@pytest.mark.parametrize(
    ("option", "content", "code"), [("--glossary", "[[say]]\nwrod = 1\n", 2), ("--background", "", 3)]
)
def test_a_fault_in_what_all_share_is_no_articles(desk, option, content, code):
    Path("shared").write_text(content)
    result = desk.run("-q", option, "shared")
    assert (result.exit_code, len(result.stderr.splitlines())) == (code, 2)
    assert desk.run().exit_code == 1
    assert set(desk.states().values()) == {"done"}


def test_a_full_disk_costs_no_article(desk, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        real = hands.write_article
        patch.setattr(hands, "write_article", lambda *a, **k: (patch.setattr(os, "fsync", full), real(*a, **k))[1])
        result = desk.run("-q")
    assert result.exit_code == 5
    lines = result.stderr.splitlines()
    assert len(lines) == 4
    assert all("no room is left on the disk (5); try: free some room" in line for line in lines[:3])
    assert lines[3] == "night: 0 written, 3 left for the next run"
    assert desk.names() == []
    assert set(desk.states().values()) == {"waiting"}
    desk.run()
    assert desk.names() == USUAL


def test_an_out_folder_that_vanishes_ends_the_night_with_one_line(desk, monkeypatch):
    real = hands.write_article
    gone = desk.folder / "gone"

    def vanish(job, *more, **others):
        if job.source.name == "halle.txt":
            desk.out.rename(gone)
        return real(job, *more, **others)

    monkeypatch.setattr(hands, "write_article", vanish)
    result = desk.run("-q")
    assert result.exit_code == 5
    assert "Traceback" not in result.stderr
    gone.rename(desk.out)
    monkeypatch.setattr(hands, "write_article", real)
    desk.run()
    assert (desk.names(), set(desk.states().values())) == (USUAL, {"done"})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_permission_lost_to_write(desk):
    desk.out.mkdir(mode=0o555)
    assert desk.run().exit_code == 5


def test_an_out_folder_whose_parent_is_not_there_is_not_made(desk):
    result = invoke("--model", "m.gguf", "in", "--out-dir", "away/out")
    assert (result.exit_code, "away/out: cannot be written: no such folder" in result.stderr) == (5, True)


@pytest.mark.parametrize("what", ["changes", "vanishes"])
def test_a_file_that_changes_or_vanishes_before_its_turn_is_one_line(desk, monkeypatch, what):
    real = hands.write_article
    later = Path("in/halle.txt")

    def meanwhile(job, *more, **others):
        if job.source.name == "bac.txt":
            if what == "changes":
                later.write_text(TEXTS["halle.txt"].replace("lundi", "mardi"), encoding="utf-8")
            else:
                later.rename("halle.txt")
        return real(job, *more, **others)

    with monkeypatch.context() as patch:
        patch.setattr(hands, "write_article", meanwhile)
        result = desk.run("-q")
    assert result.exit_code == 3
    assert len([line for line in result.stderr.splitlines() if "halle.txt" in line]) == 1
    assert desk.states() == {"bac.txt": "done", "halle.txt": "waiting", "lycee.md": "done"}
    if what == "vanishes":
        Path("halle.txt").rename(later)
    desk.run()
    assert (desk.names(), desk.states()["halle.txt"]) == (USUAL, "done")


def test_a_source_that_is_not_there_is_one_line_and_the_rest_is_done(desk):
    result = invoke("--model", "m.gguf", "gone", "in", "--out-dir", "out", "-q")
    assert result.exit_code == 3
    assert "gone: no such file or folder (3)" in result.stderr
    assert desk.names() == USUAL


def test_75_a_second_run_leaves_at_once_and_says_who_holds_the_lock(desk):
    (desk.out / ".rewrite").mkdir(parents=True)
    with hold(desk.out / ".rewrite"):
        result = desk.run()
    assert result.exit_code == 75
    assert f"out: another run is at work there (process {os.getpid()} on " in result.stderr
    assert desk.names() == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["in/bac.txt", "in/halle.txt"], "several articles need a folder to go to"),
        (["in"], "several articles need a folder to go to"),
        (["in/bac.txt", "--retry"], "--retry is for a night"),
        (["in/bac.txt", "--max-minutes", "5"], "--max-minutes is for a night"),
        (["in", "--out-dir", "out", "-o", "x.md"], "--output is for one article"),
        (["in", "--out-dir", "out", "--record", "x"], "--with record writes one for each"),
        (["in", "--out-dir", "out", "--title", "x"], "--title is for one article"),
        (["in", "--out-dir", "out", "--until", "5h"], "--until 5h: is no time of day"),
        (["in", "--out-dir", "out", "--with", "pdf"], "'pdf' is none of record"),
        (["-", "--out-dir", "out"], "a night reads no standard input"),
    ],
)
def test_2_what_makes_no_sense(desk, arguments, said):
    result = invoke("--model", "m.gguf", *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert not desk.out.exists()


def test_the_log_has_one_object_a_line(desk):
    Path("in/aaa.txt").write_bytes(b"")
    desk.run("--log", "log.jsonl")
    desk.run("--log", "log.jsonl")
    lines = [json.loads(line) for line in Path("log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines] == [
        "night begins", "trouble", *["article begins", "article ends"] * 3, "night ends", "night begins", "night ends",
    ]  # fmt: skip
    assert (lines[-3]["code"], lines[-3]["written"], lines[-1]["code"]) == (3, 3, 0)


# --- its bounds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "hours"), [("05:30", 7.5), ("22:00", 24.0), ("22:01", 24 + 1 / 60), ("23:00", 1.0), ("00:00", 2.0)]
)
def test_a_night_ends_at_the_next_time_of_that_name(monkeypatch, asked, hours):
    now = datetime(2025, 6, 10, 22, 0, tzinfo=datetime.now().astimezone().tzinfo).astimezone()
    assert seconds_until(asked, now) == pytest.approx(3600 * (hours - 24 if hours > 24 else hours))


def test_the_change_to_summer_time_makes_a_night_shorter(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Paris")
    bounds.time.tzset()
    try:
        now = datetime(2025, 3, 29, 22, 0, tzinfo=timezone.utc).astimezone()  # 23:00 in Paris
        assert seconds_until("05:00", now) == 5 * 3600
    finally:
        monkeypatch.undo()
        bounds.time.tzset()


def test_the_earlier_of_two_bounds_counts():
    now = datetime(2025, 6, 10, 22, 0).astimezone()
    assert make_bound("22:30", 5, lambda: 100.0, lambda: now).deadline == 400.0
    assert make_bound("22:30", 50, lambda: 100.0, lambda: now).deadline == 1900.0
    assert make_bound(None, None).left() == float("inf")
    with pytest.raises(UsageError):
        make_bound("25:00", None)


class Ticking:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Ticking:
    """The clock of the night."""
    made = Ticking()
    monkeypatch.setattr(bounds, "make_bound", lambda until, minutes: Bound(minutes and 1000.0 + 60 * minutes, made))
    return made


def takes(clock: Ticking, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every article take so long."""
    real = hands.write_article

    def slow(*arguments, **named):
        result = real(*arguments, **named)
        clock.now += seconds
        return result

    monkeypatch.setattr(hands, "write_article", slow)


def test_no_article_is_begun_that_cannot_end_in_time(desk, clock, monkeypatch):
    takes(clock, 90, monkeypatch)
    result = desk.run("--max-minutes", "2")
    assert "1 written" in result.stderr
    assert "2 left for the next run" in result.stderr
    assert desk.states() == {"bac.txt": "done", "halle.txt": "waiting", "lycee.md": "waiting"}
    assert desk.entries()["halle.txt"].tries == 0
    assert "2 written" in desk.run("--max-minutes", "9").stderr


def test_an_article_that_overruns_is_stopped_within_a_step_and_goes_on_the_next_night(
    desk, clock, tmp_path, monkeypatch
):
    rounds = []

    def slow(request, number):
        clock.now += 3
        rounds.append(request)
        return nights.same_words(request, number)

    desk.write = slow
    result = desk.run("--max-minutes", "1")
    assert result.exit_code == 0
    assert "night: 0 written, 3 left for the next run" in result.stderr
    assert (desk.states()["bac.txt"], desk.drafts(), desk.names()) == ("waiting", 1, [])
    assert clock.now <= 1060 + 2 * 12
    desk.write = nights.same_words
    result = desk.run()
    assert "goes on after round" in result.stderr
    assert desk.outbox() == undisturbed(tmp_path, monkeypatch)


def test_a_step_after_the_deadline_ends_the_work():
    clock = Ticking()
    progress = Bounded(Silent(), Bound(1001.0, clock))
    progress.phase("writing", 2)
    progress.advance()
    clock.now = 1001.0
    with pytest.raises(OutOfTime):
        progress.advance()
    with pytest.raises(OutOfTime):
        progress.phase("writing", 1)


def undisturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The outbox of a night that nothing happens to."""
    with monkeypatch.context() as patch:
        desk = nights.make(tmp_path / "undisturbed", patch)
        desk.run()
        return desk.outbox()


# --- signals -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_130_sigterm_finishes_the_round_saves_and_leaves(desk, tmp_path, monkeypatch):
    asked = []

    def write(request, number):
        asked.append(request)
        if len(asked) == 2:
            os.kill(os.getpid(), signal.SIGTERM)
        return nights.same_words(request, number)

    desk.write = write
    result = desk.run()
    assert result.exit_code == 130
    assert (desk.states()["bac.txt"], desk.drafts()) == ("waiting", 1)
    assert "0 written, 3 left for the next run" in result.stderr
    assert len(asked) == 12  # the round is over
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    desk.write = nights.same_words
    desk.run()
    assert desk.outbox() == undisturbed(tmp_path, monkeypatch)


def test_130_ctrl_c_leaves_at_once_and_nothing_is_lost(desk, tmp_path, monkeypatch):
    def write(request, number):
        raise KeyboardInterrupt

    desk.write = write
    result = desk.run()
    assert result.exit_code == 130
    assert result.stderr.endswith("rewrite: interrupted\n")
    assert (set(desk.states().values()), desk.names()) == ({"waiting"}, [])
    desk.write = nights.same_words
    desk.run()
    assert desk.outbox() == undisturbed(tmp_path, monkeypatch)


# --- kill -9 -----------------------------------------------------------------------------------------------


def count_down(steps: int, happens: Callable[[], object] = lambda: None) -> None:
    """Let this process be killed, as by kill -9, at its n-th step: of the journal, the disk or the progress."""
    left = [steps]

    def stepping(owner, name):
        real = getattr(owner, name)

        def step(*arguments, **named):
            left[0] -= 1
            if left[0] <= 0:
                happens()
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **named)

        setattr(owner, name, step)

    stepping(Journal, "_change")
    stepping(Bounded, "_check")
    stepping(os, "fsync")
    stepping(Path, "replace")
    stepping(Path, "hardlink_to")
    stepping(Path, "unlink")


def killed(desk: Desk, steps: int, *arguments: str) -> bool:
    """Run a night in a process that is killed at its n-th step; return whether it was killed before its end."""
    child = os.fork()
    if child == 0:
        try:
            count_down(steps)
            desk.run(*arguments)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_killed_at_any_step_the_next_run_makes_the_same_outbox(desk, tmp_path, monkeypatch):
    expected = undisturbed(tmp_path, monkeypatch)
    steps, died = 1, True
    while died:
        if desk.out.exists():
            shutil.rmtree(desk.out)
        died = killed(desk, steps)
        result = desk.run("-q")
        assert desk.outbox() == expected, steps
        assert (set(desk.states().values()), desk.drafts()) == ({"done"}, 0)
        assert "left" not in result.stderr
        assert {p.name for p in (desk.out / ".rewrite").iterdir()} <= HOME
        steps += 1 if steps < 6 else 11
    assert steps > 100


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_killed_again_and_again_while_it_overwrites(desk, tmp_path, monkeypatch):
    expected = undisturbed(tmp_path, monkeypatch)
    desk.run("--seed", "3")
    steps = 5
    while killed(desk, steps, "--redo", "--force"):
        steps += 5
    assert desk.outbox() == expected
    assert set(desk.states().values()) == {"done"}


def test_what_a_run_died_of_comes_last(desk):
    def die(request, number):
        os.kill(os.getpid(), signal.SIGKILL)
        return ""

    desk.write = die
    child = os.fork()
    if child == 0:
        desk.run()
        os._exit(0)
    os.waitpid(child, 0)
    assert desk.states()["bac.txt"] == "running"
    desk.write = nights.same_words
    result = desk.run()
    assert "takes over from a run that died (process " in result.stderr
    entries = sorted(desk.entries().items(), key=lambda item: item[1].begins or 0)
    assert [name for name, _ in entries] == ["halle.txt", "lycee.md", "bac.txt"]
    assert entries[-1][1].tries == 2


NIGHT = """
import sys
from pathlib import Path
import pytest
from tests import nights
patch = pytest.MonkeyPatch()
desk = nights.Desk(Path("."))
import rewriter.engine
rewriter.engine.inspect, rewriter.engine.load = desk.inspect, desk.load
rewriter.engine.plan = lambda header, settings: None
def wait(request, number):
    print("ready", file=sys.__stdout__, flush=True)
    import time; time.sleep(60)
desk.write = wait
sys.exit(desk.run().exit_code)
"""


def test_a_real_process_is_killed_and_its_lock_goes_with_it(desk, tmp_path, monkeypatch):
    root = Path(__file__).parent.parent
    command = [sys.executable, "-c", NIGHT]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with subprocess.Popen(command, cwd=desk.folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        second = desk.run("-q")
        assert (second.exit_code, f"process {process.pid} on" in second.stderr) == (75, True)
        process.kill()
    desk.run()
    assert desk.outbox() == undisturbed(tmp_path, monkeypatch)


def test_files_in_order_are_the_same_whatever_order_they_come_in(desk):
    from rewriter.nightly.inbox import gather

    files = gather(["in"], desk.out).files
    assert in_order(files, "name") == in_order(tuple(reversed(files)), "name")
