"""A saved web page becomes its article: menus, comments, scripts and what is hidden stay behind.

trafilatura tells the article from the page. Nothing is fetched: neither what the page links to, nor a
document type or an entity that it names.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rewriter.errors import SourceError
from rewriter.french.segment import unified
from rewriter.source.decoding import AS_TEXT, decode
from rewriter.source.layout import paragraphs_of, row_paragraphs
from rewriter.source.paragraphs import is_ended, is_prose
from rewriter.source.raw import Loaded, Raw
from rewriter.source.weighing import excess

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PAGE = re.compile(
    r"\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_CHARSET = re.compile(rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def is_page(text: str) -> bool:
    """Whether the text begins like an HTML page."""
    return _PAGE.match(text) is not None


def read_page(data: bytes, name: str) -> Loaded:
    """The article of an HTML page or of a piece of one; SourceError when it holds none.

    The title, author and date that the page tells of are no paragraphs; neither is a heading that repeats
    the title. Links keep their words, a table gives a line a row, numbers of list items stay.
    """
    charset = _CHARSET.search(data[:4096])
    decoded = decode(data, name, charset[1].decode("ascii") if charset else None)
    if not _TAG.search(decoded.text):
        raise SourceError(f"{name}: is plain text, not an HTML page", "Give it under a name that ends in .txt.")
    try:
        raw = _read(decoded.text, name)
    except SourceError:
        raise
    except Exception as error:  # what heuristics without end meet in pages that nobody foresaw
        raise SourceError(f"{name}: cannot be read as a page: {type(error).__name__}", AS_TEXT) from error
    if not any(is_ended(p) or is_prose(p) for p in raw.paragraphs):
        raise SourceError(f"{name}: no article in this page", "Save the article's own page, or its text as .txt.")
    return Loaded(raw, decoded.encoding)


def _read(page: str, name: str) -> Raw:
    """What the page says; without a paragraph when it holds no article."""
    from trafilatura import bare_extraction, extract_metadata, load_html  # a third of a second to import
    from trafilatura.settings import Document

    _keep_quiet()
    if too_much := excess(page):
        raise SourceError(f"{name}: is too large a page: over {too_much}", AS_TEXT)
    tree = load_html(page if is_page(page) else f"<html><body>{page}</body></html>")
    if tree is None:
        return Raw(None, ())
    _as_seen(tree)
    told = extract_metadata(tree, date_config=dict(_DATES))
    title = _title(told.title, tree)
    article = bare_extraction(tree, include_comments=False)
    blocks = _blocks(article.body) if isinstance(article, Document) else ()
    given = {unified(title or ""), unified(told.title or "")}
    paragraphs = tuple(p for block in blocks for p in paragraphs_of(block) if unified(p) not in given)
    return Raw(title, paragraphs, (told.author or "").replace("; ", ", "), told.date or "")


_DATES = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
"""Dates are taken where a page marks them: they are not guessed from its text, nor held against today's."""

_SILENCE = logging.NullHandler()


def _keep_quiet() -> None:
    """Without a handler of their own, what these libraries log would come out on standard error."""
    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).addHandler(_SILENCE)


# --- the page ----------------------------------------------------------------------------------------------

_STRUCK = frozenset({"del", "s", "strike"})
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


def _as_seen(tree: HtmlElement) -> None:
    """Take out what is hidden or struck out, and the numbers of notes; put in the quotation marks of browsers."""
    for element in [e for e in tree.iterfind("body//*") if e.tag in _STRUCK or _is_hidden(e) or _is_note(e)]:
        element.drop_tree()
    for quotation in list(tree.iter("q")):
        quotation.text = "« " + (quotation.text or "")
        quotation.tail = " »" + (quotation.tail or "")
        quotation.drop_tag()


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden", "until-found") != "until-found" or bool(_HIDING.search(element.get("style", "")))


def _is_note(element: HtmlElement) -> bool:
    """Whether this raised sign leads to a note of the page."""
    return element.tag == "sup" and any("#" in link.get("href", "") for link in element.iter("a"))


_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")


def _title(told: str | None, tree: HtmlElement) -> str | None:
    """The heading that says much the same as the page's metadata, taken out of the page; else what these say.

    They may be worded for search engines and end with the name of the site, and a heading may be its name.
    """
    words = set(unified(_SITE.sub("", told or "")).split())
    for heading in tree.iter("h1"):
        for line_break in heading.iter("br"):
            line_break.tail = " " + (line_break.tail or "")
        text = " ".join(heading.text_content().replace("\xad", "").split())
        own = set(unified(text).split())
        if 2 * len(own & words) > len(own):
            heading.drop_tree()  # from a short page, it would come out glued to the text
            return text
    return " ".join((told or "").split()) or None


# --- its parts ---------------------------------------------------------------------------------------------

_INLINE = frozenset({"hi", "ref", "del", "lb", "graphic", "code", "span"})
_BREAK = "\u2028"  # none is left in decoded text


def _blocks(element: HtmlElement) -> Iterator[str]:
    """The text of every block in the element, in order; a line break in it is "\\n"."""
    words = [element.text or ""]
    for number, child in enumerate(element, start=1):
        if child.tag == "lb":
            words.append(_BREAK)
        elif child.tag in _INLINE:
            words += child.itertext()
        else:
            yield _lines(words)
            yield from _inner_blocks(child, f"{number}. " if element.get("rend") == "ol" else "")
            words = []
        words.append(child.tail or "")
    yield _lines(words)


def _inner_blocks(block: HtmlElement, marker: str) -> Iterator[str]:
    """The marker, a list's number, stands before the first text."""
    if block.tag == "row":
        yield from row_paragraphs([[text for text in _blocks(cell) if text] for cell in block])
        return
    for text in filter(None, _blocks(block)):
        yield marker + (text.replace("\n", " ") if block.tag == "head" else text)
        marker = ""


def _lines(words: list[str]) -> str:
    """White space of the file is one space; soft hyphens are for browsers to break words at."""
    text = re.sub(r"[ \t\r\n\f]+", " ", "".join(words).replace("\xad", "")).strip()
    return "\n".join(line.strip() for line in text.split(_BREAK))
