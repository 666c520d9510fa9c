"""What is repeated without end: signs, words, accents on one letter, letters and figures that are no word.

None of it says anything, and what looks for the end of a run from each of its places takes time with its square.
"""

from __future__ import annotations

import re

LONGEST_PATTERN = 24
"""Most characters of what counts as repeated: "ha ", "<b>", "[a](http:"."""

MOST_TIMES = 20
"""Times from which a pattern is repeated without end; a table of contents has some dozen dots."""

MOST_MARKS = 4
"""Most accents on a letter: Vietnamese needs two."""

LONGEST_WORD = 400
"""Most letters and figures of ASCII in a row: what is longer is a picture, a key or noise."""

_REPEATED = re.compile(rf"(.{{1,{LONGEST_PATTERN}}}?)\1{{{MOST_TIMES - 1},}}")
_MARK = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0]"
_MARKS = re.compile(rf"({_MARK}{{2}}){_MARK}{{{MOST_MARKS - 1},}}")
_DATA = re.compile(rf"(?:\bdata:[\w/+.;=-]{{0,100}},)?[A-Za-z0-9+/=_%-]{{{LONGEST_WORD + 1},}}")
_KEPT = 3


def without_floods(text: str) -> str:
    """The text, of what is repeated without end only the first three times, without what is no word."""
    words = _DATA.sub("", text)
    return _MARKS.sub(r"\1", _REPEATED.sub(lambda run: run[1] * (1 if run[1].isspace() else _KEPT), words))


def dammed(text: str) -> str:
    """The text with floods cut so far that no rule hangs on them, and that `without_floods` still knows them."""
    shorter = _LONG.sub(lambda run: run[0][: MOST_TIMES * LONGEST_PATTERN], text)
    return _LONG_DATA.sub(r"\1", _LONG_MARKS.sub(r"\1", shorter))


_LONG = re.compile(rf"(.{{1,{LONGEST_PATTERN}}}?)\1{{{10 * MOST_TIMES},}}")
_LONG_MARKS = re.compile(rf"({_MARK}{{{10 * MOST_MARKS}}}){_MARK}+")
_LONG_DATA = re.compile(rf"([A-Za-z0-9+/=_%-]{{{2 * LONGEST_WORD}}})[A-Za-z0-9+/=_%-]+")
