"""What happens to machines at night: one line for each, and the next run ends as if nothing had happened."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any

import pytest

import rewriter
from rewriter.cli import main
from rewriter.nightly import bounds, hands, inbox, journal, lock, log, night
from rewriter.nightly.apart import is_possible
from rewriter.source import formats
from tests import machines, nights
from tests.machines import apart
from tests.nights import Desk, invoke
from tests.test_nightly import HOME, USUAL, count_down, undisturbed

HAPPENED = Path("happened")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="forced with what POSIX has")


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    """With the model in a process of its own, where that can be had, as outside of tests."""
    made = nights.make(tmp_path / "here", monkeypatch)
    monkeypatch.setattr(night, "is_possible", is_possible)
    return made


@pytest.fixture
def in_one_process(desk, monkeypatch) -> None:
    """For what counts the steps of a night."""
    monkeypatch.setattr(night, "is_possible", lambda: False)


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> dict[str, Any]:
    """The outbox of a night that nothing happens to."""
    with pytest.MonkeyPatch.context() as patch:
        return undisturbed(tmp_path_factory.mktemp("undisturbed"), patch)


def once(happens: Callable[[], object]) -> None:
    """Let something happen, but never again, in whatever process."""
    if not HAPPENED.exists():
        HAPPENED.touch()
        happens()


@contextmanager
def before_article(name: str, happens: Callable[[], object]) -> Iterator[None]:
    """Let something happen as an article is begun."""
    real = hands.write_article

    def write(job, *more, **others):
        if job.source.name == name:
            once(happens)
        return real(job, *more, **others)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hands, "write_article", write)
        yield


@contextmanager
def after_article(name: str, happens: Callable[[], object]) -> Iterator[None]:
    """Let something happen when an article is written and its files have not taken their names."""
    real = hands.stage

    def stage(texts):
        staged = real(texts)
        if any(path.stem == Path(name).stem for path in texts):
            once(happens)
        return staged

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hands, "stage", stage)
        yield


def leave_one(desk: Desk) -> None:
    """One source is enough."""
    for name in ("halle.txt", "lycee.md"):
        (desk.folder / "in" / name).unlink()


def ends_well(desk: Desk, expected: dict[str, Any], *arguments: str) -> None:
    """Another run has everything done, and nothing else lies about."""
    result = desk.run("-q", *arguments)
    assert result.exit_code in (0, 1), result.stderr  # every source is too short, if one is left
    assert desk.outbox() == expected
    assert (set(desk.states().values()), desk.drafts()) == ({"done"}, 0)
    assert {path.name for path in (desk.out / ".rewrite").iterdir()} <= HOME


def in_one_line(result: Any, code: int, *said: str) -> None:
    """The run was ended by this, or went on: a line for it, and nothing that looks like a fault of the program."""
    assert result.exit_code == code, result.stderr
    lines = result.stderr.splitlines()
    assert len([line for line in lines if all(words in line for words in said)]) == 1, result.stderr
    assert "fault of the program" not in result.stderr


# --- disks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("free", [0, 28, 64, 128])
def test_a_disk_that_is_full_at_any_moment(desk, expected, free):
    def night() -> None:
        desk.out.mkdir()
        machines.mount_memory(desk.out, 4 << 20)
        filler = desk.out / "film.mkv"
        filler.write_bytes(bytes((4 << 20) - (free << 10)))
        result = desk.run("-q")
        assert result.exit_code == 5, result.stderr
        assert "no room is left on the disk" in result.stderr
        assert "fault of the program" not in result.stderr
        assert len(result.stderr.splitlines()) <= 4, result.stderr
        assert set(desk.names()) <= {*USUAL, "film.mkv"}
        filler.unlink()
        ends_well(desk, expected)

    apart(night)


def test_a_disk_that_is_gone_ends_the_night_and_nothing_is_written_in_its_place(desk, expected):
    def night() -> None:
        disk = desk.folder / "disk"
        disk.mkdir()
        desk.out.mkdir()
        machines.mount_folder(disk, desk.out)
        with before_article("halle.txt", lambda: machines.unmount(desk.out)):
            result = desk.run("-q")
        in_one_line(result, 5, "out/.rewrite/journal.sqlite: the journal is gone")
        assert list(desk.out.iterdir()) == []
        machines.mount_folder(disk, desk.out)
        ends_well(desk, expected)

    apart(night)


def test_a_disk_that_loses_power_at_any_moment(desk, in_one_process, expected):
    def night() -> None:
        desk.out.mkdir()
        disk = machines.Disk(desk.folder / "disk.img", desk.out)
        for steps in range(2, 400, 67):
            disk.format()
            disk.mount()
            (desk.out / "lost+found").rmdir()
            os.sync()
            if not in_child(lambda: (count_down(steps, disk.cut), desk.run("-q"))):  # noqa: B023
                break
            disk.unmount()
            disk.mount()
            whole = {name: data for name, data in desk.outbox().items() if not name.startswith(".rewrite-")}
            assert whole.items() <= expected.items(), steps
            ends_well(desk, expected)
            disk.unmount()
        assert steps > 100

    apart(night)


def in_child(work: Callable[[], object]) -> bool:
    """Do this in another process; return whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_files_are_on_the_disk_before_their_names_and_these_before_the_row_is_done(desk, in_one_process, monkeypatch):
    seen: list[str] = []

    def noted(owner: Any, name: str, tell: Callable[..., str]) -> None:
        real = getattr(owner, name)

        def step(*arguments: Any, **named: Any) -> Any:
            result = real(*arguments, **named)
            seen.append(tell(*arguments))
            return result

        monkeypatch.setattr(owner, name, step)

    noted(os, "fsync", lambda handle: "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
    noted(Path, "replace", lambda self, target: f"name {target.suffix}")
    noted(journal.Journal, "note_outputs", lambda *arguments: "noted")
    noted(journal.Journal, "finish", lambda *arguments: "done")
    leave_one(desk)
    desk.run()
    begin = seen.index("noted") - 2
    assert seen[:2] == ["folder", "folder"]  # the out folder and the journal's, in the lists that they stand in
    assert seen[begin:] == ["file", "file", "noted", "name .md", "folder", "name .json", "folder", "done"]


# --- permissions, folders that may only be read ------------------------------------------------------------


def test_permission_lost_while_articles_are_written(desk, expected):
    def night() -> None:
        machines.obey_permissions()
        with before_article("halle.txt", lambda: desk.out.chmod(0o555)):
            result = desk.run("-q")
        assert result.exit_code == 5
        in_one_line(result, 5, "halle", "not allowed to write there")
        in_one_line(result, 5, "lycee", "not allowed to write there")
        in_one_line(desk.run("-q"), 5, "out: cannot be written: not allowed to write there")
        desk.out.chmod(0o755)
        ends_well(desk, expected)

    apart(night)


@pytest.mark.parametrize("path", [".rewrite", ".rewrite/journal.sqlite", ".rewrite/lock"])
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_journal_that_may_not_be_used_is_one_line(desk, path, mode):
    def night() -> None:
        leave_one(desk)
        desk.run("-q")
        before = desk.outbox()
        machines.obey_permissions()
        (desk.out / path).chmod(mode)
        result = desk.run("-q", "--redo", "--seed", "7")
        if result.exit_code != 1:  # a lock that may be read is one still
            in_one_line(result, 5, f"rewrite: out/{path}")
            assert len(result.stderr.splitlines()) == 2
            assert desk.outbox() == before
        status = invoke("status", "out")
        assert (status.exit_code, len(status.stderr.splitlines())) in ((0, 0), (5, 2))
        (desk.out / path).chmod(0o755)
        assert desk.run("-q", "--redo", "--seed", "7").exit_code in (0, 1)

    apart(night)


@pytest.mark.parametrize("ended", ["well", "killed"])
def test_a_folder_that_may_only_be_read_tells_its_journal_and_a_night_ends_in_one_line(desk, in_one_process, ended):
    def night() -> None:
        desk.out.mkdir()
        machines.mount_memory(desk.out, 4 << 20)
        if ended == "well":
            desk.run("-q")
        else:
            assert in_child(lambda: (count_down(100), desk.run("-q")))
            (desk.out / ".rewrite" / "journal.sqlite-shm").unlink()  # as in a copy of the folder
        machines.make_read_only(desk.out)
        status = invoke("status", "out")
        assert (status.exit_code, status.stderr) == (0, "")
        assert status.stdout.startswith("night 1, begun ")
        assert ("exit code 1" if ended == "well" else ", died (process ") in status.stdout
        result = desk.run("-q")
        in_one_line(result, 5, "rewrite: out: cannot be written: the disk is read-only")
        assert len(result.stderr.splitlines()) == 2

    apart(night)


# --- a log, a standard error that take no more -------------------------------------------------------------


def night_with(stderr: int | None, *options: str) -> int:
    """A night in a process whose standard error is this descriptor, or closed; return how it exits."""
    child = os.fork()
    if not child:
        code: Any = 99
        try:
            if stderr is None:
                os.close(2)
            else:
                os.dup2(stderr, 2)
            sys.stderr = None if stderr is None else open(2, "w", closefd=False)  # noqa: SIM115
            main(["--model", "m.gguf", "--words", "50", "in", "--out-dir", "out", *options], prog_name="rewrite")
        except SystemExit as end:
            code = end.code
            try:  # as Python does at its end: https://docs.python.org/3/c-api/init.html#c.Py_FinalizeEx
                if sys.stderr:
                    sys.stderr.flush()
            except OSError:
                code = 120
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize(("how", "options"), [("full", ["-q"]), ("unread", []), ("closed", [])])
def test_a_standard_error_that_takes_no_more_costs_nothing(desk, expected, how, options):
    def write(request, number):
        with suppress(OSError):
            os.write(2, b"what llama.cpp has to say")
        return nights.same_words(request, number)

    desk.write = write
    reading, unread = os.pipe()
    os.close(reading)
    full = os.open("/dev/full", os.O_WRONLY)
    assert night_with({"full": full, "unread": unread, "closed": None}[how], *options) == 1
    os.close(full)
    os.close(unread)
    assert (desk.out / ".rewrite" / "lock").read_bytes() == b""  # no file took the number of the stream
    assert desk.outbox() == expected
    assert set(desk.states().values()) == {"done"}


def test_a_log_that_takes_no_more_is_told_once_and_costs_nothing(desk, expected):
    result = desk.run("-q", "--log", "/dev/full")
    in_one_line(result, 1, "/dev/full: the log takes no more: No space left on device; the night goes on")
    assert desk.outbox() == expected


def test_a_log_on_a_disk_that_fills_up_has_whole_lines_again_once_there_is_room(desk):
    def night() -> None:
        disk = desk.folder / "disk"
        disk.mkdir()
        machines.mount_memory(disk, 64 << 10)
        filler = disk / "film.mkv"
        filler.write_bytes(bytes((64 << 10) - 4096))
        (disk / "log").write_bytes(b'{"event": "' + b"x" * 4000)  # a run died within a line, and 85 bytes are left
        in_one_line(desk.run("-q", "--log", "disk/log"), 1, "disk/log: the log takes no more")
        filler.unlink()
        Path("in/new.txt").write_text(nights.TEXTS["bac.txt"].replace("mardi", "jeudi"), encoding="utf-8")
        desk.run("-q", "--log", "disk/log")
        lines = (disk / "log").read_text(encoding="utf-8").splitlines()
        assert len(lines[0]) == 4011
        events = [json.loads(line)["event"] for line in lines if line.endswith("}")]
        assert events == ["night begins", "article begins", "article ends", "night ends"]

    apart(night)


# --- what all articles share -------------------------------------------------------------------------------

PROMPT = Path(rewriter.__file__).parent / "writing" / "prompts" / "rewrite.toml"
SHARED = {
    "--glossary": ("house.toml", '[[say]]\nword = "exilé"\nnever = ["migrant"]\ngender = "m"\n'),
    "--background": ("more.txt", nights.TEXTS["bac.txt"]),
    "--prompts": (
        "prompts/rewrite.toml",
        PROMPT.read_text(encoding="utf-8"),
    ),
}


def shared(option: str) -> tuple[Path, tuple[str, str]]:
    """A file that all articles share, and how it is named to the command."""
    name, text = SHARED[option]
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path, (option, path.parts[0])


@pytest.mark.parametrize(("option", "moment"), [*((option, "begun") for option in SHARED), ("--glossary", "written")])
def test_what_all_share_goes_and_comes_back(desk, option, moment):
    path, given = shared(option)
    away = path if len(path.parts) == 1 else path.parent
    happens = before_article if moment == "begun" else after_article
    with happens("halle.txt", lambda: away.rename("away")):
        result = desk.run("-q", *given)
    in_one_line(result, 3, "rewrite: ", away.name)
    states = desk.states()
    assert (states["bac.txt"], states["lycee.md"]) == ("done", "waiting")
    assert "failed" not in states.values()
    Path("away").rename(away)
    assert desk.run("-q", *given).exit_code == 1
    assert (set(desk.states().values()), desk.names()) == ({"done"}, USUAL)


@pytest.mark.parametrize("option", ["--glossary", "--background"])
def test_what_all_share_changes_and_no_article_is_said_to_be_made_with_it_that_was_not(desk, option):
    path, given = shared(option)
    text = {"--glossary": '[[say]]\nword = "pêcheur"\nnever = ["marin"]\ngender = "m"\n'}.get(option)
    with after_article("bac.txt", lambda: path.write_text(text or nights.TEXTS["halle.txt"])):
        result = desk.run("-q", *given)
    in_one_line(result, 3, "bac.txt", f"{path}: changed while an article was written with it")
    assert desk.states() == {"bac.txt": "waiting", "halle.txt": "done", "lycee.md": "done"}
    desk.run("-q", *given)
    assert len({entry.settings for entry in desk.entries().values()}) == 1
    assert "night: 0 written" in desk.run("-q", "--redo", *given).stderr


# --- sources, clocks, other runs ---------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["grows", "is replaced", "vanishes"])
def test_a_source_that_changes_while_it_is_read_is_one_line_and_waits(desk, expected, what):
    path, text = Path("in/halle.txt"), nights.TEXTS["halle.txt"]
    patch, real = pytest.MonkeyPatch(), formats.read_bytes

    def read_bytes(source: Path) -> bytes:
        data = real(source)
        if source.name == path.name:
            patch.undo()
            if what == "grows":
                path.write_text(text + "Et", encoding="utf-8")
            elif what == "is replaced":  # by a copy of the same time and size
                shutil.copy2(path, "copy")
                Path("copy").rename(path)
            else:
                path.rename("away")
        return data

    patch.setattr(formats, "read_bytes", read_bytes)
    in_one_line(desk.run("-q"), 3, "halle.txt", "vanished" if what == "vanishes" else "changes while it is read")
    assert desk.states() == {"bac.txt": "done", "halle.txt": "waiting", "lycee.md": "done"}
    path.write_text(text, encoding="utf-8")
    ends_well(desk, expected)


def test_a_source_that_vanishes_between_the_look_and_the_reading_is_one_line(desk, expected):
    path, away = desk.folder / "in/halle.txt", desk.folder / "away"

    def look(*arguments: Any, **named: Any) -> inbox.Inbox:
        found = inbox.gather(*arguments, **named)
        path.rename(away)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(night, "gather", look)
        in_one_line(desk.run("-q"), 3, "halle.txt: vanished before it was read")
    assert desk.states() == {"bac.txt": "done", "lycee.md": "done"}
    away.rename(path)
    ends_well(desk, expected)


def test_a_clock_that_is_set_back_or_forward_at_every_look_changes_nothing(desk, expected, monkeypatch):
    jumps = itertools.cycle([-3, 400, -9000, 2])
    clock = [datetime(2025, 6, 10, 22, 0, tzinfo=timezone.utc)]

    class Jumping(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            clock[0] += timedelta(days=next(jumps))
            return clock[0].astimezone(tz)

    for module in (journal, lock, log, bounds):
        monkeypatch.setattr(module, "datetime", Jumping)
    desk.run("-q", "--until", "05:00", "--log", "log")
    assert desk.outbox() == expected
    for day, arguments in (("jeudi", []), ("samedi", ["--force"])):
        Path("in/bac.txt").write_text(nights.TEXTS["bac.txt"].replace("mardi", day), encoding="utf-8")
        assert desk.run("-q", *arguments).exit_code == 1
    assert "samedi" in (desk.out / "bac-2.md").read_text(encoding="utf-8")  # the last version, whatever its date
    assert "mardi" in (desk.out / "bac.md").read_text(encoding="utf-8")
    assert set(desk.states().values()) == {"done"}


def test_of_several_runs_begun_at_once_one_works_and_the_others_leave(desk, expected):
    reading, writing = os.pipe()
    children = []
    for _ in range(4):
        if not (child := os.fork()):
            os.close(writing)
            os.read(reading, 1)  # until all are there
            os._exit(desk.run("-q").exit_code)
        children.append(child)
    os.close(writing)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    os.close(reading)
    assert codes.count(1) == 1  # every source is too short
    assert set(codes) <= {0, 1, 75}  # 0: begun when all was done
    ends_well(desk, expected)
