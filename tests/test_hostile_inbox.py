"""Whoever may put files into an inbox can neither choose what else is published, nor keep the night waiting."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rewriter.nightly.inbox import gather
from tests import nights
from tests.nights import Desk

TEXT = nights.TEXTS["halle.txt"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return nights.make(tmp_path / "here", monkeypatch)


def test_a_link_out_of_the_inbox_is_not_followed(desk: Desk) -> None:
    (desk.folder / "secret.txt").write_text(TEXT, encoding="utf-8")
    (desk.folder / "in" / "plant.txt").symlink_to(desk.folder / "secret.txt")
    ran = desk.run("--quiet")
    assert ran.exit_code == 3
    assert "in/plant.txt: is a link that leads out of the folder" in ran.stderr
    assert set(desk.states().values()) == {"done"}
    assert "secret.md" not in desk.names()
    assert "plant.md" not in desk.names()


def test_a_link_within_the_inbox_and_one_that_is_named_are_read(desk: Desk) -> None:
    inbox = desk.folder / "in"
    (inbox / "again.txt").symlink_to(inbox / "halle.txt")
    (desk.folder / "elsewhere.txt").write_text(TEXT, encoding="utf-8")
    (desk.folder / "named.txt").symlink_to(desk.folder / "elsewhere.txt")
    found = gather([str(inbox), "named.txt"], desk.out)
    assert not found.problems
    assert sorted(f.path.name for f in found.files) == ["bac.txt", "elsewhere.txt", "halle.txt", "lycee.md"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_keeps_no_night_waiting(desk: Desk) -> None:
    os.mkfifo(desk.folder / "in" / "pipe.txt")
    os.mkfifo(desk.folder / "named.txt")
    ran = desk.run("named.txt", "--quiet")
    assert "named.txt: is no ordinary file" in ran.stderr
    assert "pipe.txt" not in ran.stderr
    assert set(desk.states().values()) == {"done"}


def test_names_that_were_made_to_harm_give_tame_ones(desk: Desk) -> None:
    for name in ("a\nb.txt", "-rf.txt", "\x1b[2J.txt", "..\u202e.txt", "é" * 120 + ".txt"):
        (desk.folder / "in" / name).write_text(TEXT, encoding="utf-8")
    ran = desk.run("--log", "log.jsonl")
    assert set(desk.states().values()) == {"done"}
    assert sorted(path.name for path in desk.folder.iterdir()) == ["in", "log.jsonl", "m.gguf", "out"]
    names = [name for name in desk.names() if name.endswith(".md")]
    assert all(name.isprintable() and not name.startswith("-") and len(name.encode()) < 250 for name in names)
    log = (desk.folder / "log.jsonl").read_text(encoding="utf-8")
    assert "\x1b" not in ran.stderr + log
    assert "\u202e" not in ran.stderr + log


def test_bytes_of_a_name_that_are_no_text_are_spelt_out(desk: Desk) -> None:
    try:
        Path(os.fsdecode(bytes(desk.folder / "in") + b"/vu\xff.txt")).write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system wants text")
    ran = desk.run()
    assert set(desk.states().values()) == {"done"}, ran.stderr
    assert "vu\\xff.txt" in ran.stderr
