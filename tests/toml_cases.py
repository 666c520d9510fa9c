"""Reads the data files of the tests."""

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
