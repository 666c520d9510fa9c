"""How large a page is, counted while it is parsed and before a tree is built of it.

A tree takes time with the square of an element's attributes, and none can be built deeper than libxml2's limit:
what stands below that, and all after it, would be lost without a word.
"""

from __future__ import annotations

from collections.abc import Mapping

MAX_ELEMENTS = 50_000
"""Most elements of a page: news pages have some thousands, and trafilatura's time grows with their square."""

MAX_DEPTH = 250
"""Most elements within one another: news pages have some thirty, and libxml2 leaves out what is below 255."""

MAX_ATTRIBUTES = 500
"""Most attributes of one element: a hundred thousand keep libxml2 busy for twenty seconds."""


def excess(page: str) -> str | None:
    """What there is too much of in a page: "50000 elements"; None where there is not."""
    from lxml.etree import HTMLParser  # 50 ms that `rewrite --help` can do without

    parser = HTMLParser(target=_Scale(), huge_tree=True)
    try:
        parser.feed(page)
        parser.close()
    except _Excess as found:
        return str(found)
    return None


class _Excess(Exception):
    """There is more of something than any article's page has."""


class _Scale:
    """Is told of every element as the parser meets it (https://lxml.de/parsing.html#the-target-parser-interface)."""

    def __init__(self) -> None:
        self._elements = self._depth = 0

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        self._depth += 1
        _limit(self._elements, MAX_ELEMENTS, "elements")
        _limit(self._depth, MAX_DEPTH, "elements within one another")
        _limit(len(attributes), MAX_ATTRIBUTES, "attributes of one element")

    def end(self, _tag: str) -> None:
        """An element ends."""
        self._depth -= 1

    def close(self) -> None:
        """The page ends."""


def _limit(count: int, most: int, what: str) -> None:
    if count > most:
        raise _Excess(f"{most} {what}")
