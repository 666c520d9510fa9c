"""A file becomes a title and paragraphs: what is refused, which formats are read.

Knows nothing of requests inside the text, captions or credits: those are for `request` and `cleaning`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from rewriter.errors import SourceError
from rewriter.source.decoding import AS_TEXT, decode, refuse_binary
from rewriter.source.floods import dammed
from rewriter.source.front_matter import split_front_matter
from rewriter.source.html import is_page, read_page
from rewriter.source.layout import paragraphs_of, split_title
from rewriter.source.limits import refuse_long, refuse_oversized
from rewriter.source.raw import Loaded, Raw, Reader
from rewriter.source.word import read_document

MAX_BYTES = 5_000_000
"""Most bytes of a source: about 800,000 words, well beyond any article."""

STANDARD_INPUT = "standard input"


# --- bytes -------------------------------------------------------------------------------------------------


def read_bytes(path: Path) -> bytes:
    """The file's bytes, at most MAX_BYTES; SourceError when it is missing, a folder, unreadable or larger."""
    try:
        if path.is_dir():
            raise SourceError(f"{path}: is a folder, not a file", "Name one file that holds an article.")
        if path.is_file():
            _refuse_large(path.stat().st_size, str(path))
        with path.open("rb") as stream:
            return read_stream(stream, str(path))
    except FileNotFoundError:
        raise SourceError(f"{path}: no such file", "Check the spelling and the folder.") from None
    except PermissionError:
        raise SourceError(f"{path}: may not be read", "Ask for permission to read the file.") from None
    except OSError as error:
        cause = os.strerror(error.errno) if error.errno else str(error)
        raise SourceError(f"{path}: cannot be read: {cause}", "Copy the file to a local folder.") from error


def read_stream(stream: BinaryIO, name: str = STANDARD_INPUT) -> bytes:
    """The stream's bytes to its end, at most MAX_BYTES; SourceError when it holds more."""
    data = stream.read(MAX_BYTES + 1)
    _refuse_large(len(data), name)
    return data


def _refuse_large(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise SourceError(
            f"{name}: is larger than {MAX_BYTES // 1_000_000} MB, too large for an article",
            "Give one article in a file of its own, without its pictures.",
        )


# --- formats -----------------------------------------------------------------------------------------------


def read_text(text: str) -> Raw:
    """Plain text: paragraphs by blank lines or by lines, hard wraps joined, a title line taken out."""
    return Raw(*split_title(paragraphs_of(text)))


def read_markdown(text: str) -> Raw:
    """Markdown: front matter and markup go, what they say is taken, every list item is a paragraph."""
    from rewriter.source.markup import markdown_paragraphs  # markdown-it takes 30 ms to import

    front, below = split_front_matter(text)
    title, paragraphs = markdown_paragraphs(below)
    if front.title:
        paragraphs = (title, *paragraphs) if title and title != front.title else paragraphs
        title = front.title
    elif title is None:
        title, paragraphs = split_title(paragraphs)
    return Raw(title, paragraphs, front.author, front.published)


@dataclass(frozen=True)
class TextReader:
    """A reader of formats that are text once decoded."""

    parse: Callable[[str], Raw]

    def __call__(self, data: bytes, name: str) -> Loaded:
        """Decode, then parse; an HTML page under another name is refused."""
        decoded = decode(data, name)
        if is_page(decoded.text):
            raise SourceError(f"{name}: is an HTML page, not plain text", "Give it under a name that ends in .html.")
        refuse_long(decoded.text, name)
        return Loaded(self.parse(decoded.text), decoded.encoding)


def read_unnamed(data: bytes, name: str) -> Loaded:
    """Standard input, or a file without a suffix: an HTML page where it begins like one, else plain text."""
    decoded = decode(data, name)
    return read_page(data, name) if is_page(decoded.text) else TextReader(read_text)(data, name)


READERS: Mapping[str, Reader] = {
    "": read_unnamed,
    ".txt": TextReader(read_text),
    ".md": TextReader(read_markdown),
    ".html": read_page,
    ".htm": read_page,
    ".docx": read_document,
}
"""The reader for each suffix, in lower case. Another format is one more line here."""


def _dammed(raw: Raw) -> Raw:
    title = dammed(raw.title) if raw.title else raw.title
    return replace(raw, title=title, paragraphs=tuple(map(dammed, raw.paragraphs)))


def load(path: Path | None, data: bytes) -> Loaded:
    """Title and paragraphs of a source; no path means standard input.

    The title of a plain text is looked for again once a request above it is gone: see `layout.split_title`.
    """
    name = str(path) if path else STANDARD_INPUT
    suffix = path.suffix.lower() if path else ""
    if reader := READERS.get(suffix):
        loaded = reader(data, name)
        raw = _dammed(loaded.raw)
        refuse_oversized((raw.title or "", *raw.paragraphs), name)
        return replace(loaded, raw=raw)
    refuse_binary(data, name)
    known = ", ".join(sorted(s for s in READERS if s))
    raise SourceError(f"{name}: {suffix} files are not read", f"Formats read: {known}. {AS_TEXT}")
