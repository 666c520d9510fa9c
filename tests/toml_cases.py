"""Reads the data files of the tests."""

import json
import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def cases(name: str) -> dict[str, Any]:
    """The tables of `tests/cases/NAME.toml`."""
    return tomllib.loads((Path(__file__).parent / "cases" / f"{name}.toml").read_text(encoding="utf-8"))


def json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file that has one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
