"""The spool: a file is taken once it is complete, and only once."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rewriter.nightly import spool
from rewriter.nightly.bounds import Bound, Stop
from rewriter.nightly.inbox import Inbox, gather
from tests import nights


class Day:
    """A folder that somebody drops files into, looked at step by step."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stop, self.waiting = folder, Stop(), set[Path]()
        self.events: list[Callable[[], object]] = []
        self.looks = 0

    def look(self) -> Inbox:
        self.looks += 1
        if self.events:
            self.events.pop(0)()
        else:
            self.stop.asked = True
        return gather([str(self.folder)], self.folder / "out")

    def taken(self, *events: Callable[[], object]) -> list[list[str]]:
        """What is taken while this happens, one event before each look."""
        self.events = list(events)
        found: Iterator[Inbox] = spool.looks(self.look, 0.0, Bound(), self.stop, lambda: self.waiting)
        return [[f.path.name for f in inbox.files] for inbox in found]

    def puts(self, name: str, text: str) -> Callable[[], object]:
        return lambda: (self.folder / name).write_text(text)


def nothing() -> None:
    """Happens."""


@pytest.fixture
def day(tmp_path) -> Day:
    (tmp_path / "in").mkdir()
    return Day(tmp_path / "in")


def test_a_file_is_taken_once_when_it_stays_the_same_between_two_looks(day):
    assert day.taken(day.puts("a.txt", "x"), nothing, nothing, nothing) == [["a.txt"]]


def test_a_file_that_still_grows_waits(day):
    writes = [day.puts("a.txt", "x" * n) for n in range(1, 5)]
    assert day.taken(*writes) == [["a.txt"]]
    assert day.looks == 5  # the last look is the first that finds it as the one before left it


def test_a_file_renamed_into_place_is_taken_and_its_part_never(day):
    rename = lambda: (day.folder / "a.txt.part").rename(day.folder / "a.txt")  # noqa: E731
    assert day.taken(day.puts("a.txt.part", "x"), nothing, nothing, rename, nothing, nothing) == [["a.txt"]]


def test_a_file_that_changes_later_is_taken_again(day):
    events = [day.puts("a.txt", "x"), nothing, day.puts("a.txt", "longer"), nothing, nothing]
    assert day.taken(*events) == [["a.txt"], ["a.txt"]]


def test_what_could_not_be_written_comes_again_with_the_next_file(day):
    day.waiting = {(day.folder / "a.txt").resolve()}
    events = [day.puts("a.txt", "x"), nothing, nothing, day.puts("b.txt", "x"), nothing]
    assert day.taken(*events) == [["a.txt"], ["a.txt", "b.txt"]]


def test_a_folder_that_goes_is_told_once(day):
    gone = day.folder.with_name("gone")
    day.events = [lambda: day.folder.rename(gone), nothing, nothing, lambda: gone.rename(day.folder), nothing]
    found = spool.looks(day.look, 0.0, Bound(), day.stop, set)
    assert [inbox.problems for inbox in found] == [(f"{day.folder}: no such file or folder",)]


def test_it_ends_when_the_time_is_over(day):
    now = [0.0]

    def pass_time() -> None:
        now[0] += 1

    day.events = [pass_time] * 10
    assert list(spool.looks(day.look, 0.0, Bound(5.0, lambda: now[0]), day.stop, set)) == []
    assert day.looks == 5


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_watching_night_takes_new_files_and_ends_with_sigterm(tmp_path, monkeypatch):
    desk = nights.make(tmp_path / "here", monkeypatch)

    def drop() -> None:
        def wait_for(name: str) -> None:
            for _ in range(300):
                if (desk.out / name).exists():
                    return
                time.sleep(0.1)

        wait_for("lycee.md")
        (desk.folder / "in" / "new.txt").write_text(nights.TEXTS["bac.txt"].replace("mardi", "jeudi"))
        wait_for("new.record.json")
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    helper = threading.Thread(target=drop)
    helper.start()
    result = desk.run("-q", "--watch", "--poll", "0.1")
    helper.join()
    assert result.exit_code == 1  # the worst of the articles: they are too short
    assert (desk.loads, len(desk.names())) == (1, 8)
    assert "4 written" in result.stderr.splitlines()[-1]
