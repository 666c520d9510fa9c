"""Reads the locks of `requirements/`, and what of them a machine needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@dataclass(frozen=True)
class Pin:
    """One version of one package, with the digests that its files may have."""

    requirement: Requirement
    hashes: tuple[str, ...]
    """sha256 in hexadecimal: of every wheel and of the source."""

    @property
    def name(self) -> str:
        """The package, as the index spells it."""
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        """The one version."""
        return next(iter(self.requirement.specifier)).version

    @property
    def line(self) -> str:
        """Its line for pip, which then takes no other file."""
        return requirement_line(self.name, self.version, self.hashes)


def requirement_line(name: str, version: str, hashes: Sequence[str]) -> str:
    """Return what pip needs to take one version with these digests (sha256, hexadecimal) and no other."""
    return " ".join([f"{name}=={version}", *(f"--hash=sha256:{digest}" for digest in hashes)])


@dataclass(frozen=True)
class Target:
    """The machine that a bundle is for: Linux, and CPython of one version."""

    python: str
    """Such as 3.11."""
    machine: str
    """As `uname -m` tells it."""
    glibc: int
    """The C library is 2.this or later."""

    @property
    def abi(self) -> str:
        """The name of this Python in a wheel's."""
        return f"cp{self.python.replace('.', '')}"

    @property
    def platforms(self) -> list[str]:
        """Wheels for these run there, the newest C library first."""
        older = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
        tags = []
        for minor in range(self.glibc, 4, -1):
            tags += [f"manylinux_2_{minor}_{self.machine}"]
            tags += [f"{older[minor]}_{self.machine}"] if minor in older else []
        return [*tags, f"linux_{self.machine}"]

    def needs(self, pin: Pin) -> bool:
        """Whether a pin is for this machine."""
        environment = {
            "implementation_name": "cpython",
            "os_name": "posix",
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_system": "Linux",
            "python_full_version": f"{self.python}.0",
            "python_version": self.python,
            "sys_platform": "linux",
        }
        return pin.requirement.marker is None or pin.requirement.marker.evaluate(environment)


def read(lock: Path) -> Iterator[Pin]:
    """Go through the pins of a lock that `scripts/lock` wrote."""
    for entry in lock.read_text(encoding="ascii").replace("\\\n", " ").splitlines():
        pin, *hashes = entry.split(" --hash=sha256:")
        yield Pin(Requirement(pin), tuple(digest.strip() for digest in hashes))


def pinned(lock: Path, name: str, target: Target) -> Pin:
    """Return the pin of one package."""
    return next(pin for pin in read(lock) if pin.name == name and target.needs(pin))
