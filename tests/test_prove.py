"""The script that proves a wheel on other processors: what it counts as proof. Emulator and program are stand-ins."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "prove-processors"
TOLD = '{"variants": ["haswell"], "written": "Paris", "tokens": 1}'


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def prove(folder: Path, *options: str, told: str = f"echo '{TOLD}'") -> subprocess.CompletedProcess[str]:
    program(folder / "dir" / ".venv" / "bin" / "python", told)
    command = [sys.executable, str(SCRIPT), str(folder / "dir"), "--model", "a.gguf", *options]
    path = f"{folder / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin"
    return subprocess.run(command, check=False, env={"PATH": path}, capture_output=True, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    program(tmp_path / "bin" / "qemu-x86_64", 'shift 2; exec "$@"')
    return tmp_path


def test_the_variant_that_was_expected_is_a_proof(folder: Path) -> None:
    done = prove(folder, "--cpu", "Haswell=haswell")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [["this", "one"], ["Haswell", "haswell"]]


@pytest.mark.parametrize(
    "told",
    [
        f"echo '{TOLD}'",
        """echo '{"variants": ["sse42"], "written": "", "tokens": 0}'""",
        "echo 'Illegal instruction' >&2; exit 132",
    ],
)
def test_another_variant_silence_or_a_crash_is_none(folder: Path, told: str) -> None:
    done = prove(folder, "--cpu", "Nehalem=sse42", told=told)
    assert done.returncode == 1
    assert "WRONG: sse42 and some words were wanted" in done.stdout
