"""How much text an article may have, and how long reading it may take.

News articles have some dozens of paragraphs of some hundreds of characters. The limits are far beyond: they keep
what is no article, or was made to hang the program, from taking hours, since some rules look at pairs of paragraphs
and some at pairs of places.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from rewriter.deadline import within
from rewriter.errors import SourceError

MAX_TEXT = 500_000
"""Most characters of a source's text: 80,000 words, as in a novel."""

MAX_PARAGRAPHS = 2_000
"""Most paragraphs."""

MAX_CHARACTERS = 30_000
"""Most characters of one paragraph: 5,000 words, an article that has lost all its line ends."""

MAX_SECONDS = 10
"""Most seconds of the processor that reading and cleaning a source may take; an article takes less than one."""

_ALONE = "Give one article in a file of its own."


def refuse_long(text: str, name: str) -> None:
    """Raise SourceError for more text than any article has."""
    if len(text) > MAX_TEXT:
        raise SourceError(f"{name}: has over {MAX_TEXT} characters, too many for an article", _ALONE)


def refuse_oversized(paragraphs: Sequence[str], name: str) -> None:
    """Raise SourceError for paragraphs that are too many or too long to be an article's."""
    if len(paragraphs) > MAX_PARAGRAPHS:
        raise SourceError(f"{name}: has over {MAX_PARAGRAPHS} paragraphs, too many for an article", _ALONE)
    longest = max(map(len, paragraphs), default=0)
    if longest > MAX_CHARACTERS:
        tip = "Put line ends between its paragraphs." if longest <= MAX_TEXT else _ALONE
        raise SourceError(f"{name}: has a paragraph of over {MAX_CHARACTERS} characters", tip)
    if sum(map(len, paragraphs)) > MAX_TEXT:
        refuse_long("".join(paragraphs), name)


def timed(name: str, seconds: float = MAX_SECONDS) -> AbstractContextManager[None]:
    """End with SourceError what takes more of the processor's time than reading an article does: see `deadline`."""
    told = f"{name}: takes over {seconds:g} seconds to read, too long for an article"
    return within(seconds, SourceError(told, _ALONE))
