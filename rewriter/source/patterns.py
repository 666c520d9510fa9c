"""Pattern lists kept as data: TOML files beside the code whose {words} are filled in before compiling."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from rewriter.tables import toml_file

_WORD = re.compile(r"\{([a-z_]+)\}")  # {2,40} is a repetition, not a word


def read_table(name: str, key: str) -> list[dict[str, Any]]:
    """The entries [[key]] of `source/NAME.toml`, in order."""
    entries: list[dict[str, Any]] = _toml(name)[key]
    return entries


def pattern(text: str) -> re.Pattern[str]:
    """The expression, compiled without regard to case, every {word} of words.toml filled in."""
    return re.compile(_filled(text), re.IGNORECASE)


def _toml(name: str) -> dict[str, Any]:
    return toml_file(Path(__file__).with_name(f"{name}.toml"))


@functools.cache
def _words() -> dict[str, str | list[str]]:
    return _toml("words")


def _filled(text: str) -> str:
    return _WORD.sub(lambda word: _meaning(word[1]), text)


@functools.cache
def _meaning(name: str) -> str:
    value = _words()[name]
    choices = [value] if isinstance(value, str) else value
    return f"(?:{'|'.join(map(_filled, choices))})"
