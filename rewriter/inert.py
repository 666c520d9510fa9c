"""Text that nothing obeys: no escape sequence for a terminal, no second line in a log, no reversed name of a file.

A terminal obeys the control characters of ASCII and, some of them, those of Latin-1; what is written between marks of
direction is shown in another order than it is read.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any

DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Marks that change the order in which text is shown (https://www.unicode.org/reports/tr9/), as in [...]."""

_OBEYED = re.compile(f"[\0-\x1f\x7f-\x9f\u2028\u2029{DIRECTIONS}\ud800-\udfff]")


def shown(text: str) -> str:
    """The text on one line, what would be obeyed spelt out: "\\x1b", "\\n". No-break spaces and letters stay."""
    return _OBEYED.sub(lambda char: char[0].encode("unicode_escape").decode("ascii"), text)


def shown_lines(text: str) -> str:
    """The text, its lines kept, each as `shown` gives it."""
    return "\n".join(map(shown, text.split("\n")))


def as_json(value: object, indent: int | None = None, **more: Any) -> str:
    """JSON in Unicode, what a terminal would obey written as "\\u001b"."""
    written = json.dumps(value, ensure_ascii=False, indent=indent, **more)
    return _IN_JSON.sub(lambda char: f"\\u{ord(char[0]):04x}", written)


# json.dumps escapes the rest of what is obeyed; line ends are its own.
_IN_JSON = re.compile(f"[\x7f-\x9f\u2028\u2029{DIRECTIONS}\ud800-\udfff]")


def spelt(name: str) -> str:
    """A name of a file as text that can be written anywhere: bytes that are no UTF-8 become "\\xff"."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
