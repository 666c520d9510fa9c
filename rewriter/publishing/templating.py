"""How the package's pages are made of templates: what a text holds is escaped, and what is missing is an error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(folder: Path) -> Environment:
    """Return what loads the templates of a folder."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # takes 40 ms

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
