"""Files are written whole or not at all, and what would not work is said beforehand."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rewriter.errors import OutputError
from rewriter.publishing import files
from rewriter.publishing.files import (
    commit,
    discard,
    stage,
    sweep,
    sweep_staged,
    write_together,
    write_whole,
)
from rewriter.publishing.targets import check_targets


def failing(number: int):
    def fail(*arguments, **options):
        raise OSError(number, os.strerror(number))

    return fail


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_text_arrives_in_utf_8_with_plain_line_ends(tmp_path):
    write_whole(tmp_path / "a.md", "œuvre à 5 %\n")
    assert (tmp_path / "a.md").read_bytes() == "œuvre à 5 %\n".encode()
    assert names(tmp_path) == ["a.md"]


def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.md", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


def test_a_replaced_file_keeps_its_mode_and_leaves_no_second_name(tmp_path):
    target = tmp_path / "a.md"
    target.write_text("old")
    target.chmod(0o600)
    write_whole(target, "new")
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert names(tmp_path) == ["a.md"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "true.md").write_text("old")
    (tmp_path / "link.md").symlink_to("true.md")
    write_whole(tmp_path / "link.md", "new")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "true.md").read_text() == "new"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "no room is left"),
        (errno.EDQUOT, "share of the disk"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "not allowed"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_failing_disk_is_told_and_leaves_the_old_file_alone(tmp_path, monkeypatch, number, said):
    target = tmp_path / "a.md"
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", failing(number))
    with pytest.raises(OutputError, match=said) as caught:
        write_whole(target, "new")
    assert str(target) in caught.value.message
    assert caught.value.tip
    assert target.read_text() == "old"
    assert names(tmp_path) == ["a.md"]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(OutputError, match="no such folder"):
        write_whole(tmp_path / "nowhere" / "a.md", "x")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError, OSError(errno.EIO, "broken")])
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("failing_rename", [1, 2])
def test_of_two_files_none_changes_when_the_run_stops(tmp_path, monkeypatch, stop, moment, failing_rename):
    """At each rename, before it and right after it, where nothing has noted yet that it was done."""
    old, new = tmp_path / "old.md", tmp_path / "new.json"
    old.write_text("old")
    true_replace, calls = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == failing_rename and moment == "before":
            raise stop
        result = true_replace(self, target)
        if len(calls) == failing_rename:
            raise stop
        return result

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises((KeyboardInterrupt, MemoryError, OutputError)):
        write_together({old: "changed", new: "made"})
    assert old.read_text() == "old"
    assert names(tmp_path) == ["old.md"]


def test_two_files_are_written_where_there_are_no_hard_links(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("old")
    monkeypatch.setattr(Path, "hardlink_to", failing(errno.EPERM))
    write_together({tmp_path / "a.md": "new", tmp_path / "b.json": "{}"})
    assert (tmp_path / "a.md").read_text() == "new"
    assert names(tmp_path) == ["a.md", "b.json"]


def test_without_hard_links_a_failing_second_rename_does_not_cost_the_first_file(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("old")
    true_replace = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "b.json":
            raise OSError(errno.EIO, "broken")
        return true_replace(self, target)

    monkeypatch.setattr(Path, "hardlink_to", failing(errno.EPERM))
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(OutputError):
        write_together({tmp_path / "a.md": "new", tmp_path / "b.json": "{}"})
    assert names(tmp_path) == ["a.md"]


def test_staged_files_have_no_names_until_all_of_them_take_theirs(tmp_path):
    (tmp_path / "a.md").write_text("old")
    staged = stage({tmp_path / "a.md": "new", tmp_path / "b.json": "{}"})
    assert (tmp_path / "a.md").read_text() == "old"
    assert not (tmp_path / "b.json").exists()
    commit(staged)
    assert names(tmp_path) == ["a.md", "b.json"]
    discard(staged)
    assert (tmp_path / "a.md").read_text() == "new"


def test_staged_files_that_vanish_cost_no_other_file(tmp_path):
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("old")
    staged = stage({tmp_path / "a.md": "new", tmp_path / "b.md": "new"})
    discard(staged)
    with pytest.raises(OutputError):
        commit(staged)
    assert [(tmp_path / name).read_text() for name in names(tmp_path)] == ["old", "old"]


def test_of_two_files_none_is_staged_where_one_fails(tmp_path):
    with pytest.raises(OutputError, match="no such folder"):
        stage({tmp_path / "a.md": "new", tmp_path / "nowhere" / "b.md": "new"})
    assert names(tmp_path) == []


def test_only_its_own_sweep_takes_staged_files(tmp_path):
    stage({tmp_path / "a.md": "new"})
    sweep(tmp_path)
    write_whole(tmp_path / "b.md", "new")
    assert len(names(tmp_path)) == 2
    sweep_staged(tmp_path)
    assert names(tmp_path) == ["b.md"]


# --- before the work ---------------------------------------------------------------------------------------


def test_targets_that_can_be_written_leave_no_trace(tmp_path):
    (tmp_path / "there.md").write_text("old")
    check_targets(
        {"the article": tmp_path / "there.md", "the record": tmp_path / "new.json"},
        {"its own source": tmp_path / "source.txt"},
    )
    assert (tmp_path / "there.md").read_text() == "old"
    assert names(tmp_path) == ["there.md"]


def test_a_missing_folder_is_told_beforehand(tmp_path):
    with pytest.raises(OutputError, match="no such folder"):
        check_targets({"the article": tmp_path / "nowhere" / "a.md"}, {})


def test_a_file_in_the_place_of_a_folder_is_told_beforehand(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="no such folder"):
        check_targets({"the article": tmp_path / "file" / "a.md"}, {})


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(OutputError, match="is a folder"):
        check_targets({"the article": tmp_path}, {})


def test_a_device_would_be_replaced_by_a_file_and_is_refused():
    with pytest.raises(OutputError, match="no ordinary file"):
        check_targets({"the article": Path(os.devnull)}, {})


def test_too_long_a_name_is_told_beforehand(tmp_path):
    with pytest.raises(OutputError, match="too long"):
        check_targets({"the article": tmp_path / ("é" * 200)}, {})


def test_a_folder_that_takes_no_files_is_told_beforehand(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "open", failing(errno.EROFS))
    with pytest.raises(OutputError, match="read-only"):
        check_targets({"the article": tmp_path / "a.md"}, {})


def test_a_write_protected_file_is_not_replaced(tmp_path, monkeypatch):
    target = tmp_path / "a.md"
    target.write_text("old")
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != target)  # root may write everything
    with pytest.raises(OutputError, match="write-protected"):
        check_targets({"the article": target}, {})


@pytest.mark.parametrize("way", ["same", "dotted", "symbolic link", "hard link"])
def test_the_source_is_never_overwritten(tmp_path, way):
    source, other = tmp_path / "source.txt", tmp_path / "other.md"
    source.write_text("old")
    if way == "symbolic link":
        other.symlink_to(source)
    elif way == "hard link":
        other.hardlink_to(source)
    else:
        other = source if way == "same" else tmp_path / "x" / ".." / "source.txt"
        (tmp_path / "x").mkdir()
    with pytest.raises(OutputError, match="the article would overwrite its own source"):
        check_targets({"the article": other}, {"its own source": source})


def test_two_targets_are_two_files(tmp_path):
    with pytest.raises(OutputError, match="the record would overwrite the article"):
        check_targets({"the article": tmp_path / "a", "the record": tmp_path / "a"}, {})


# --- what a killed run leaves, and a living one ------------------------------------------------------------

WRITES = """
import os, sys
from pathlib import Path
from rewriter.publishing.files import write_together
a, b = Path("a.md"), Path("b.json")
real, calls = Path.replace, []
def replace(self, target):
    calls.append(target)
    if len(calls) == 2:
        print("ready", flush=True)
        sys.stdin.readline()
        if "fail" in sys.argv:
            raise OSError(5, "broken")
    return real(self, target)
Path.replace = replace
write_together({a: "new", b: "new"})
"""


@contextmanager
def writing(folder: Path, *how: str) -> Iterator[subprocess.Popen[str]]:
    """A process between its two renames: `a.md` is new, what it was has a second name, `b.json` has its first."""
    (folder / "a.md").write_text("old")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-c", WRITES, *how]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, env=environment, text=True, **pipes) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process


@pytest.mark.skipif(os.name == "nt", reason="POSIX locks")
def test_what_a_living_run_writes_is_not_swept_away(tmp_path):
    with writing(tmp_path) as process:
        assert len(names(tmp_path)) == 3
        sweep(tmp_path)
        write_whole(tmp_path / "c.md", "another run")
        process.communicate("go\n")
    assert (process.returncode, names(tmp_path)) == (0, ["a.md", "b.json", "c.md"])


@pytest.mark.skipif(os.name == "nt", reason="POSIX locks")
def test_a_living_run_can_still_take_back_what_it_replaced_after_another_swept(tmp_path):
    with writing(tmp_path, "fail") as process:
        sweep(tmp_path)
        process.communicate("go\n")
    assert process.returncode != 0
    assert (names(tmp_path), (tmp_path / "a.md").read_text()) == (["a.md"], "old")


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_what_a_killed_run_left_goes_with_the_next_that_writes_there(tmp_path):
    with writing(tmp_path) as process:
        process.kill()
    (tmp_path / ".rewrite-notes.new").write_text("somebody's")
    assert len(names(tmp_path)) == 4
    write_whole(tmp_path / "c.md", "x")
    assert names(tmp_path) == [".rewrite-notes.new", "a.md", "c.md"]


def test_a_file_that_is_swept_between_its_making_and_its_locking_is_made_anew(tmp_path, monkeypatch):
    swept = []
    real = files._lock

    def late(handle: int, *, wait: bool) -> bool:
        if wait and not swept:
            swept.append(sweep(tmp_path))
        return real(handle, wait=wait)

    monkeypatch.setattr(files, "_lock", late)
    write_whole(tmp_path / "a.md", "x")
    assert (swept, names(tmp_path), (tmp_path / "a.md").read_text()) == ([None], ["a.md"], "x")


def test_a_folder_that_cannot_be_put_onto_the_disk_is_told_and_the_old_file_comes_back(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("old")
    real = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OutputError, match="cannot be written"):
        write_whole(tmp_path / "a.md", "new")
    assert (names(tmp_path), (tmp_path / "a.md").read_text()) == (["a.md"], "old")
