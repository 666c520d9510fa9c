"""The network is out of reach: the kernel refuses it, and nothing asks for it anyway."""

from __future__ import annotations

import importlib.abc
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner

from rewriter import offline
from rewriter.cli import main
from rewriter.cli.shape import OfflineCommand
from tests.tiny_models import write_tiny

ROOT = Path(__file__).parent.parent
NEWS = "La halle aux poissons de Valmer rouvre lundi. Les travaux ont coûté 3,5 millions d’euros, selon la mairie.\n"
ARTICLE = ROOT / "examples" / "greve-des-bacs.txt"

DENY_NETWORK = offline.deny_network  # before it is made to do nothing: see conftest.py
linux = pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux's")


def run(code: str, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own, whose network may be closed."""
    paths = {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], check=False, cwd=cwd, env={**os.environ, **paths},
        capture_output=True, text=True,
    )  # fmt: skip


# --- what the kernel refuses -------------------------------------------------------------------------------

TRIED = """
import asyncio, ctypes, json, socket, subprocess, sys, threading
from rewriter.offline import deny_network, families_within_reach

def error_of(family, kind=socket.SOCK_STREAM):
    try:
        socket.socket(family, kind).close()
    except OSError as error:
        return error.errno
    return 0

started, found = threading.Event(), {}
def wait():
    started.wait()
    found["thread from before"] = error_of(socket.AF_INET)
before = threading.Thread(target=wait)
before.start()
found["reason"] = [deny_network(), deny_network()]
started.set()
before.join()
found["IPv4"], found["IPv6"] = error_of(socket.AF_INET), error_of(socket.AF_INET6, socket.SOCK_DGRAM)
found["raw"] = error_of(socket.AF_PACKET, socket.SOCK_RAW)
found["local"] = error_of(socket.AF_UNIX)
found["reach"] = families_within_reach()
libc = ctypes.CDLL(None, use_errno=True)
found["from C"] = (libc.socket(2, 1, 0), ctypes.get_errno())
ctypes.set_errno(0)
found["ring"] = (libc.syscall(425, 1, None), ctypes.get_errno())
program = [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"]
found["program"] = subprocess.run(program, capture_output=True, text=True).stderr.splitlines()[-1]
asyncio.run(asyncio.sleep(0))
print(json.dumps(found))
"""


@linux
def test_the_kernel_refuses_sockets_to_threads_libraries_and_programs_but_local_ones() -> None:
    done = run(TRIED)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    denied, unknown = 13, 38
    assert found["reason"] == ["", ""]
    assert [found[name] for name in ("IPv4", "IPv6", "raw", "thread from before")] == [denied] * 4
    assert found["local"] == 0
    assert found["reach"] == []
    assert found["from C"] == [-1, denied]
    assert found["ring"] == [-1, unknown]
    assert found["program"].startswith("PermissionError")


class Refusing:
    """A kernel that takes no filter, as in some containers."""

    ALLOW = 0

    def SyscallFilter(self, action: int) -> None:  # noqa: N802  as pyseccomp calls it
        raise PermissionError(1, "Operation not permitted")


class WithoutLibrary(importlib.abc.MetaPathFinder):
    """A system without libseccomp: what runs it cannot be imported."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if name == "pyseccomp":
            raise RuntimeError("Unable to find libseccomp")


def test_a_kernel_that_takes_no_filter_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyseccomp", Refusing())
    assert DENY_NETWORK() == "the kernel takes no filter: Operation not permitted"


def test_a_system_without_the_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pyseccomp", raising=False)
    monkeypatch.setattr(sys, "meta_path", [WithoutLibrary(), *sys.meta_path])
    assert DENY_NETWORK() == "libseccomp is not installed, or too old"


def test_where_it_cannot_be_had_the_work_goes_on_and_verbose_tells() -> None:
    code = "import sys; sys.modules['pyseccomp'] = None; from rewriter.cli import main; main()"
    done = run(code, "clean", str(ARTICLE), "--verbose")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "rewrite: the network stays open: pyseccomp, which is for Linux alone, is not installed\n"
    assert "bacs" in done.stdout


@pytest.mark.parametrize(("given", "denied"), [([], 1), (["--cluster", "tcp://desk:8786"], 0)])
def test_the_network_stays_open_for_a_cluster_alone(
    monkeypatch: pytest.MonkeyPatch, given: list[str], denied: int
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(offline, "deny_network", lambda: asked.append("") or "")
    command = click.command(cls=OfflineCommand)(click.option("--cluster")(lambda cluster: None))
    assert CliRunner().invoke(command, given).exit_code == 0
    assert len(asked) == denied


def test_every_command_works_out_of_reach_of_the_network() -> None:
    assert [name for name, command in main.commands.items() if not isinstance(command, OfflineCommand)] == []


# --- what nothing asks for ---------------------------------------------------------------------------------

UNDER_A_DEADLY_FILTER = """
import json, socket, sys
import pyseccomp as seccomp
deadly = seccomp.SyscallFilter(seccomp.ALLOW)
deadly.add_rule(seccomp.KILL_PROCESS, "socket", seccomp.Arg(0, seccomp.NE, socket.AF_UNIX))
deadly.add_rule(seccomp.KILL_PROCESS, "io_uring_setup")
deadly.load()
from rewriter import calibrating, offline
from rewriter.cli import main
ask = calibrating.ask  # some questions are enough to see what asking opens
calibrating.ask = lambda engine, asked, advance: (ask(engine, asked[:4], advance) * len(asked))[:len(asked)]
calibrating.cross_validated = lambda answers: answers
offline.families_within_reach = lambda: ()  # `rewrite doctor` tries to open sockets, and would die of it
for command in json.loads(sys.argv[1]):
    print("running", *command, file=sys.stderr, flush=True)
    try:
        main(command)
    except SystemExit as end:
        print("code", end.code, file=sys.stderr, flush=True)
socket.socket()
"""


@linux
def test_no_command_asks_for_a_socket(tmp_path: Path) -> None:
    """Each runs under a filter that kills the process at the first; the last line asks for one, and must be killed."""
    model = str(write_tiny(tmp_path / "tiny.gguf", more=("Yes", "No", "yes", "no")))
    (tmp_path / "article.txt").write_text(NEWS, encoding="utf-8")
    swift = ["--model", model, "--ctx", "8192", "--candidates", "1", "--rounds", "1"]
    commands = [
        ["article", *swift, "article.txt", "--out-dir", "out", "--with", "record,review,html,docx"],
        ["status", "out", "--html", "night.html"],
        ["check", "out/article.md", "--source", "article.txt", "--model", model],
        ["clean", "article.txt", "--receipt"],
        ["sign", "out/article.record.json", "--reviewer", "Jeanne Roux", "--responsible", "Le Courrier"],
        ["completion", "bash"],
        ["models"],
        ["doctor", "--model", model],
        ["calibrate", "--model", model],
    ]
    assert {command[0] for command in commands} == set(main.commands), "give every command its run"
    done = run(UNDER_A_DEADLY_FILTER, json.dumps(commands), cwd=tmp_path)
    codes = [line for line in done.stderr.splitlines() if line.startswith("code ")]
    assert len(codes) == len(commands), done.stderr
    assert set(codes) <= {"code 0", "code 1"}, done.stderr
    assert done.returncode == -31  # SIGSYS, by the last line
