"""An article as Markdown that says exactly what the article says: nothing in its text turns into markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rewriter.article import Article
from rewriter.publishing.published import one_line

_INLINE = re.compile(r"[\\`*_\[<~]|&(?=#?\w+;)")
_BLOCK = re.compile(r"\A(?:(?:#{1,6}|[-+])(?= |\Z)|>|---)")
_NUMBERED = re.compile(r"\A(\d{1,9})([.)])(?= |\Z)")
_CLOSING_HASHES = re.compile(r"(?:(?<= )|\A)#+\Z")


def to_markdown(article: Article) -> str:
    """Return the article in CommonMark: title, standfirst in bold, sections under headings of level 2.

    Every text stands on one line; read back, it is what it was, but for runs of spaces, line ends and what no
    format can hold.
    """
    return "\n\n".join(_blocks(article)) + "\n"


def _blocks(article: Article) -> Iterator[str]:
    yield f"# {_heading(article.title)}"
    if standfirst := _inline(article.standfirst):
        yield f"**{standfirst}**"
    for section in article.sections:
        if heading := _heading(section.heading):
            yield f"## {heading}"
        for paragraph in section.paragraphs:
            yield _paragraph(paragraph.text)


def _inline(text: str) -> str:
    """The text on one line, with what would be emphasis, code, a link, a tag or an entity escaped."""
    return _INLINE.sub(r"\\\g<0>", one_line(text))


def _heading(text: str) -> str:
    """A heading's text: hashes at its end would count as its closing."""
    return _CLOSING_HASHES.sub(r"\\\g<0>", _inline(text))


def _paragraph(text: str) -> str:
    """A paragraph's text: a line like "2014. Une année" would begin a list, one like "> ici" a quotation."""
    return _NUMBERED.sub(r"\1\\\2", _BLOCK.sub(r"\\\g<0>", _inline(text)))
