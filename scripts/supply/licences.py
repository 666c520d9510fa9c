"""Which licence a package is under, and whether the project may lean on it."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

from license_expression import ExpressionError, get_spdx_licensing
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TABLE: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("licences.toml").read_text(encoding="utf-8"))
UNKNOWN = "unknown"
FREE, NAMED, REFUSED = range(3)
"""From best to worst; `licences.toml` says which licence is which."""


class Metadata(Protocol):
    """A package's METADATA, installed or read from a wheel."""

    def get_all(self, name: str, failobj: Any = ...) -> Any:
        """Return all the values of a field."""
        ...


@dataclass(frozen=True)
class Licensed:
    """A package, and what it is under."""

    name: str
    version: str
    licence: str
    """An SPDX expression, or `unknown`."""
    carries: str
    """Libraries of others that its wheel brings along; often none."""

    @property
    def rank(self) -> int:
        """FREE, NAMED or REFUSED."""
        return rank(self.licence)

    @property
    def line(self) -> str:
        """Its line in a list."""
        note = {FREE: "", NAMED: "named: used unchanged", REFUSED: "REFUSED"}[self.rank]
        told = "; ".join(filter(None, (note, self.carries and f"brings {self.carries}")))
        return f"{self.name} {self.version}: {self.licence}{told and f' ({told})'}"


def licensed(about: Metadata) -> Licensed:
    """Read what a package's metadata tell of its licence."""
    name = canonicalize_name(_field(about, "Name"))
    licence = TABLE["read"].get(name) or _told(about)
    return Licensed(name, _field(about, "Version"), licence, TABLE["carries"].get(name, ""))


def _told(about: Metadata) -> str:
    if expression := _field(about, "License-Expression"):
        return expression
    spelling = TABLE["spelling"]
    words = _field(about, "License").strip()
    if (licence := spelling.get(words, words)) and rank(licence) != REFUSED:
        return str(licence)
    classifiers = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier", []) if c.startswith("License ::")]
    # Whether several are a choice or a sum, no classifier says: a sum is the safe reading.
    return " AND ".join(spelling.get(c, UNKNOWN) for c in classifiers) or UNKNOWN


def _field(about: Metadata, name: str) -> str:
    return str((about.get_all(name, []) or [""])[0])


def rank(expression: str) -> int:
    """Return FREE, NAMED or REFUSED: the best of a choice, the worst of a sum; what is not understood is refused."""
    try:
        return _rank(_spdx().parse(expression))
    except ExpressionError:
        return REFUSED


@functools.cache
def _spdx() -> Any:
    return get_spdx_licensing()


def _rank(node: Any) -> int:
    ranks = [_rank(part) for part in getattr(node, "args", ())]
    if ranks:
        return min(ranks) if node.operator.strip() == "OR" else max(ranks)
    key = str(node)
    return FREE if key in TABLE["free"] else NAMED if key in TABLE["named"] else REFUSED


def needed_by(name: str, *extras: str) -> Iterator[Licensed]:
    """Go through what is installed because a package asks for it, directly or not; the package itself is left out.

    Raises importlib.metadata.PackageNotFoundError where something that is asked for is not installed.
    """
    seen: set[tuple[str, str]] = set()
    found: dict[str, Licensed] = {}
    waiting = [(name, extra) for extra in ("", *extras)]
    while waiting:
        package, extra = waiting.pop()
        if (canonicalize_name(package), extra) in seen:
            continue
        seen.add((canonicalize_name(package), extra))
        distribution = metadata.distribution(package)
        found[canonicalize_name(package)] = licensed(distribution.metadata)
        for asked in map(Requirement, distribution.requires or ()):
            if asked.marker is None or asked.marker.evaluate({"extra": extra}):
                waiting += [(asked.name, e) for e in ("", *asked.extras)]
    found.pop(canonicalize_name(name))
    yield from (found[key] for key in sorted(found))
