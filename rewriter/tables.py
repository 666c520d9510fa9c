"""Reads the package's own tables, which are TOML files beside the code that uses them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["toml_file", "tomllib"]


def toml_file(path: Path) -> dict[str, Any]:
    """The content of a TOML file in UTF-8."""
    content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return content
