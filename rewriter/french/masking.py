"""Hides the parts of a sentence that are no part of its build: quotations, parentheses, asides between dashes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

QUOTED = "[\ue000-\ue0ff]"
"""Matches the letter that stands for a hidden quotation."""
HIDDEN = "[\ue000-\ue1ff]"
"""Matches the letter that stands for any hidden part."""
_FIRST_QUOTATION, _FIRST_ASIDE, _MOST = 0xE000, 0xE100, 0x100
_PART = re.compile(
    '«[^«»]*»|“[^“”]*”|"[^"]*"|\\([^()]*\\)|\\[[^\\[\\]]*\\]|[–—][ \u00a0\u202f][^–—«»“”"]*[ \u00a0\u202f][–—]'
)
_STRAY = re.compile('[«»“”"()\\[\\]–—\ue000-\ue1ff]| - ')


@dataclass(frozen=True)
class Masked:
    """A sentence with one private letter for each hidden part."""

    text: str
    parts: Mapping[str, str]
    """What each letter stands for."""


def mask(sentence: str) -> Masked | None:
    """Hide what is no part of the build; None where a mark finds no partner: its reach is unknown."""
    parts: dict[str, str] = {}

    def hide(match: re.Match[str]) -> str:
        first = _FIRST_QUOTATION if match.group()[0] in '«“"' else _FIRST_ASIDE
        letter = chr(first + len(parts) % _MOST)
        parts[letter] = match.group()
        return letter

    text = _PART.sub(hide, re.sub("[\ue000-\ue1ff]", "(", sentence))
    return None if _STRAY.search(re.sub(HIDDEN, "", text)) or len(parts) >= _MOST else Masked(text, parts)


def unmask(text: str, masked: Masked) -> str:
    """Put the hidden parts back."""
    return re.sub(HIDDEN, lambda m: masked.parts[m.group()], text)
