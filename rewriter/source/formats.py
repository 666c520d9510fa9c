"""Bytes become a title and paragraphs: what is refused, how bytes are decoded, which formats are read.

Knows nothing of requests inside the text, captions or credits: those are for `request` and `cleaning`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from rewriter.errors import SourceError
from rewriter.source.layout import paragraphs_of, split_title

MAX_BYTES = 5_000_000
"""Most bytes of a source: about 800,000 words, well beyond any article."""

MAX_CONTROLS = 0.01
"""Most control characters in a text, as a share: random bytes hold 0.1 of them, text as good as none."""

FEW_CONTROLS = 3
"""Control characters that even a short text may hold: pasting leaves some."""

STANDARD_INPUT = "standard input"


@dataclass(frozen=True)
class Decoded:
    """Text with "\\n" as its only line end, and the encoding that its bytes were in."""

    text: str
    encoding: str


@dataclass(frozen=True)
class Raw:
    """What a file says, free of its format: a title when it carries one, and paragraphs in order."""

    title: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Loaded:
    """A file as it was read."""

    raw: Raw
    encoding: str
    """utf-8, utf-16, cp1252 or latin-1; what a reader of other formats says it found."""


class Reader(Protocol):
    """Turns the bytes of one format into text; `name` is for its error messages."""

    def __call__(self, data: bytes, name: str) -> Loaded:
        """Read the bytes, or raise SourceError."""


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
            "Give one article in a file of its own.",
        )


# --- what is not text --------------------------------------------------------------------------------------

_AS_TEXT = "Save or export its text as a .txt file and give that."
_UNPACK = "Unpack it and give the text file inside."
_IMAGE = "Only text is read: give the article as a .txt file."

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _IMAGE),
    (b"\xff\xd8\xff", "a JPEG image", _IMAGE),
    (b"GIF87a", "a GIF image", _IMAGE),
    (b"GIF89a", "a GIF image", _IMAGE),
    (b"RIFF", "an image, sound or film", _IMAGE),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"GGUF", "a GGUF model", "Give the model to --model, and an article as FILE."),
    (b"\x7fELF", "a program", _AS_TEXT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint document", _AS_TEXT),
    (b"{\\rtf", "an RTF document", _AS_TEXT),
    (b"SQLite format 3\x00", "a database", _AS_TEXT),
)
"""First bytes, what a file that begins so is, what to try; as in the tables of file(1)."""

_ZIP_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document"),
    (b"vnd.oasis.opendocument", "an OpenDocument file"),
    (b"epub+zip", "an e-book"),
)


def _kind(data: bytes) -> tuple[str, str] | None:
    """What the bytes are and what to try, when their first bytes say that they are no plain text."""
    if b"%PDF-" in data[:1024]:  # Acrobat reads past up to 1,024 bytes of anything before the header
        return "a PDF", "Copy its text into a .txt file, or convert it: pdftotext FILE.pdf FILE.txt"
    if data.startswith(b"PK\x03\x04"):
        named = next((what for mark, what in _ZIP_KINDS if mark in data), None)
        return (named, _AS_TEXT) if named else ("a zip archive", _UNPACK)
    return next(((what, tip) for start, what, tip in _SIGNATURES if data.startswith(start)), None)


def _refuse_binary(data: bytes, name: str) -> None:
    if kind := _kind(data):
        raise SourceError(f"{name}: is {kind[0]}, not text", kind[1])


# --- decoding ----------------------------------------------------------------------------------------------

_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),  # before UTF-16, whose mark is its beginning
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(data: bytes, name: str) -> Decoded:
    """The text of the bytes: UTF-8, UTF-16 (with or without mark), Windows-1252 or Latin-1.

    Line ends become "\\n"; byte order marks and control characters, which show nothing, go.
    SourceError when there is no text, or when the bytes are something else than text.
    """
    if not data:
        raise SourceError(f"{name}: is empty", "Give a file that holds an article.")
    _refuse_binary(data, name)
    decoded = _decoded(data, name)
    text = _MARK.sub("", decoded.text)
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > max(FEW_CONTROLS, MAX_CONTROLS * len(text)):
        raise SourceError(f"{name}: holds binary data, not text", _AS_TEXT)
    text = _LINE_END.sub("\n", _CONTROL.sub("", text).replace("\u2029", "\n\n"))
    if not text.strip():
        raise SourceError(f"{name}: holds nothing but white space", "Give a file that holds an article.")
    return Decoded(text, decoded.encoding)


_LINE_END = re.compile(r"\r*\n|[\r\f\v\u2028]")  # \r\r\n is what a double conversion leaves
_MARK = re.compile("[\ufeff\ufffe]")  # byte order marks; joined files have them inside
_CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f]")  # not U+0080–9F: mojibake, which can be repaired


def _decoded(data: bytes, name: str) -> Decoded:
    encoding = next((e for mark, e in _BOMS if data.startswith(mark)), None) or _wide(data)
    if encoding == "utf-8" or encoding is None:
        return _bytewise(data)
    unit = 4 if encoding == "utf-32" else 2
    try:
        return Decoded(data[: len(data) // unit * unit].decode(encoding), encoding)
    except UnicodeDecodeError:
        raise SourceError(f"{name}: is damaged {encoding.upper()}", "Save it again as UTF-8.") from None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Latin script every second byte is NUL, and the others never are."""
    even, odd = data[:4096:2], data[1:4096:2]
    low, high = even.count(0) / len(even), odd.count(0) / max(len(odd), 1)
    if high > 0.5 and low < 0.05:
        return "utf-16-le"
    return "utf-16-be" if low > 0.5 and high < 0.05 else None


def _bytewise(data: bytes) -> Decoded:
    """UTF-8 where most bytes beyond ASCII are; the odd foreign byte in it is read as Windows-1252."""
    escaped = data.decode("utf-8", "surrogateescape")
    foreign = len(_ESCAPED.findall(escaped))
    if not foreign or foreign < sum(not c.isascii() for c in escaped) - foreign:
        return Decoded(_ESCAPED.sub(_as_western, escaped), "utf-8")
    if not _C1.search(data):
        return Decoded(data.decode("latin-1"), "latin-1")  # both encodings agree on these bytes
    try:
        return Decoded(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), "latin-1")


_ESCAPED = re.compile("[\udc80-\udcff]")  # how surrogateescape writes the bytes 80–FF
_C1 = re.compile(rb"[\x80-\x9f]")  # quotation marks, dashes and œ in Windows-1252, nothing in Latin-1


def _as_western(escaped: re.Match[str]) -> str:
    return escaped[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


# --- formats -----------------------------------------------------------------------------------------------


def read_text(text: str) -> Raw:
    """Plain text: paragraphs by blank lines or by lines, hard wraps joined, a title line taken out."""
    return Raw(*split_title(paragraphs_of(text)))


_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?=[\w-]+[ \t]*[:=])(.*?\n)\1[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^(?:title|titre)[ \t]*[:=][ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE)


def read_markdown(text: str) -> Raw:
    """Markdown: front matter and markup go, their title is taken, every list item is a paragraph."""
    from rewriter.source.markup import markdown_paragraphs  # markdown-it takes 30 ms to import

    front = _FRONT_MATTER.match(text)
    named = _FRONT_TITLE.search(front[2]) if front else None
    heading, paragraphs = markdown_paragraphs(text[front.end() :] if front else text)
    if named:
        title = named[1].strip("\"'")
        return Raw(title, (heading, *paragraphs) if heading and heading != title else paragraphs)
    return Raw(heading, paragraphs) if heading else Raw(*split_title(paragraphs))


_HTML = re.compile(r"\s*(?:<!doctype\b|<html\b|<\?xml\b)", re.IGNORECASE)


@dataclass(frozen=True)
class TextReader:
    """A reader of formats that are text once decoded."""

    parse: Callable[[str], Raw]

    def __call__(self, data: bytes, name: str) -> Loaded:
        """Decode, then parse; an HTML page under another name is refused."""
        decoded = decode(data, name)
        if _HTML.match(decoded.text):
            raise SourceError(f"{name}: is an HTML page, not plain text", _AS_TEXT)
        return Loaded(self.parse(decoded.text), decoded.encoding)


READERS: Mapping[str, Reader] = {
    "": TextReader(read_text),
    ".txt": TextReader(read_text),
    ".md": TextReader(read_markdown),
}
"""The reader for each suffix, in lower case. Another format is one more line here."""


def load(path: Path | None, data: bytes) -> Loaded:
    """Title and paragraphs of a source; no path means standard input, which is read as plain text.

    The title of a plain text is looked for again once a request above it is gone: see `layout.split_title`.
    """
    name = str(path) if path else STANDARD_INPUT
    suffix = path.suffix.lower() if path else ""
    if reader := READERS.get(suffix):
        return reader(data, name)
    _refuse_binary(data, name)
    known = ", ".join(sorted(s for s in READERS if s))
    raise SourceError(f"{name}: {suffix} files are not read", f"Formats read: {known}. {_AS_TEXT}")
