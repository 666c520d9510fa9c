"""French words that no library at hand lists, kept as text files beside the code."""

from __future__ import annotations

import functools
from pathlib import Path


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """The words of `french/NAME.txt`: separated by white space, casefolded, `#` begins a comment."""
    lines = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word.casefold() for line in lines for word in line.partition("#")[0].split())
