"""One run at a time: who holds the lock is told, and a dead holder's lock is taken over."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from rewriter.errors import Busy
from rewriter.nightly.lock import Holder, hold, read_holder

HOLD = """
import sys
from pathlib import Path
from rewriter.nightly.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path) -> Path:
    made = tmp_path / "out" / ".rewrite"
    made.mkdir(parents=True)
    return made


def started(home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(home)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_holder_is_told_while_it_holds_and_leaves_nothing(home):
    with hold(home) as dead:
        assert dead is None
        holder = read_holder(home)
        assert holder is not None
        assert (holder.pid, holder.host) == (os.getpid(), socket.gethostname())
        assert not holder.is_dead()
    assert read_holder(home) is None
    assert [path.name for path in home.iterdir()] == ["lock"]


def test_an_error_is_no_death(home):
    with pytest.raises(ZeroDivisionError), hold(home):
        raise ZeroDivisionError
    assert read_holder(home) is None


def test_a_second_one_leaves_at_once_and_names_the_first(home):
    with started(home) as process:
        with pytest.raises(Busy, match=rf"out: another run is at work there \(process {process.pid} on "), hold(home):
            pass
        assert process.stdin is not None
        process.stdin.close()
    with hold(home) as dead:
        assert dead is None


def test_a_killed_holders_lock_is_taken_over_and_told(home):
    with started(home) as process:
        process.kill()
        process.wait()
        with hold(home) as dead:
            assert dead is not None
            assert dead.pid == process.pid
            assert dead.is_dead()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}'])
def test_a_holder_that_cannot_be_read_is_nobody(home, text):
    (home / "lock.json").write_text(text)
    assert read_holder(home) is None
    with hold(home) as dead:
        assert dead is None
        assert json.loads((home / "lock.json").read_text())["pid"] == os.getpid()


def test_whoever_works_on_another_machine_is_not_taken_for_dead():
    assert not Holder(2**22 + 1, "elsewhere.example", "").is_dead()
    assert not Holder(os.getpid(), socket.gethostname(), "").is_dead()
