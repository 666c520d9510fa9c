"""Gathers wheels for a machine: fetched with pip, and built here where a package has none."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from packaging.utils import parse_wheel_filename

from supply.locks import Pin, Target

CHUNK = 1 << 20


class BundleError(Exception):
    """What went wrong in one line, and what to try in another."""

    def __init__(self, message: str, tip: str) -> None:
        super().__init__(message)
        self.tip = tip


def sha256(path: Path) -> str:
    """Return a file's digest, in hexadecimal."""
    hasher = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            hasher.update(chunk)
    return hasher.hexdigest()


def fetch(pins: Iterable[Pin], target: Target, folder: Path) -> None:
    """Put a wheel of every pin into the folder, its digest held against the lock. Raises BundleError.

    What has only a source is built here: that serves another machine only where nothing is compiled in it.
    """
    with tempfile.TemporaryDirectory() as temporary:
        got, built = Path(temporary) / "got", Path(temporary) / "built"
        wanted = Path(temporary) / "requirements.txt"
        wanted.write_text("\n".join(pin.line for pin in pins) + "\n", encoding="ascii")
        tags = ["--implementation", "cp", "--python-version", target.python]
        tags += [word for tag in target.platforms for word in ("--platform", tag)]
        tags += [word for abi in (target.abi, "abi3", "none") for word in ("--abi", abi)]
        pip("download", "--no-deps", "--require-hashes", "-r", str(wanted), "-d", str(got), *tags)
        for file in sorted(got.iterdir()):
            wheel = file if file.suffix == ".whl" else _portable(build(file, built / file.name), file)
            shutil.move(wheel, folder / wheel.name)


def _portable(wheel: Path, source: Path) -> Path:
    """See that a wheel that was built here runs on any machine."""
    if not wheel.name.endswith("-none-any.whl"):
        raise BundleError(
            f"{source.name} has no wheel for this target, and what was built of it runs on this machine only",
            "Run scripts/bundle on a machine like the target.",
        )
    return wheel


def build(source: Path, folder: Path, *, flags: str = "") -> Path:
    """Build the wheel of a source (an archive, or a folder) into an empty folder; `flags` go to cmake.

    pip keeps the wheels that it builds without asking with which flags, so none is taken from it or given to it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pip("wheel", "--no-deps", "--no-cache-dir", str(source), "-w", str(folder), CMAKE_ARGS=flags)
    return next(folder.glob("*.whl"))


def build_own(root: Path, folder: Path) -> None:
    """Put the program's own wheel into the folder: by way of its source archive, so that nothing old slips in."""
    with tempfile.TemporaryDirectory() as temporary:
        run("build", "--outdir", temporary, str(root))
        for wheel in Path(temporary).glob("*.whl"):
            shutil.move(wheel, folder / wheel.name)


def pip(*arguments: str, **environment: str) -> None:
    """Run pip, quietly. Raises BundleError with what it wrote."""
    run("pip", "--disable-pip-version-check", "--quiet", "--no-input", *arguments, **environment)


def run(module: str, *arguments: str, **environment: str) -> None:
    """Run a program of .venv. Raises BundleError with what it wrote."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        check=False,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        words = next(word for word in arguments if not word.startswith("-"))
        print(done.stdout, file=sys.stderr)
        raise BundleError(f"{module} {words} failed", "What it wrote stands above.")


def name_of(wheel: Path) -> tuple[str, str]:
    """Return a wheel's package and version."""
    name, version, _, _ = parse_wheel_filename(wheel.name)
    return str(name), str(version)
