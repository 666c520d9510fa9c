"""Bytes become text: what is no text is refused in one line, and encodings are told apart.

Knows nothing of formats: what the text says of itself, and how, is for their readers.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from rewriter.errors import SourceError

MAX_CONTROLS = 0.01
"""Most control characters in a text, as a share: random bytes hold 0.1 of them, text as good as none."""

FEW_CONTROLS = 3
"""Control characters that even a short text may hold: pasting leaves some."""


@dataclass(frozen=True)
class Decoded:
    """Text with "\\n" as its only line end, and the encoding that its bytes were in."""

    text: str
    encoding: str


# --- what is not text --------------------------------------------------------------------------------------

AS_TEXT = "Save or export its text as a .txt file and give that."
_UNPACK = "Unpack it and give the text file inside."
_IMAGE = "Only text is read: give the article as a .txt file."
_AS_DOCX = "Save it as .docx, or its text as .txt, and give that."
_UNLOCK = "Open it, take its password off, and save it again as .docx."

ZIP = b"PK\x03\x04"
WORD = "a Word document"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Office keeps a document with a password

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
    (b"\x7fELF", "a program", AS_TEXT),
    (_OLD_OFFICE, "an old Word, Excel or PowerPoint document", _AS_DOCX),
    (b"{\\rtf", "an RTF document", AS_TEXT),
    (b"SQLite format 3\x00", "a database", AS_TEXT),
)
"""First bytes, what a file that begins so is, what to try; as in the tables of file(1)."""

_ZIP_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"word/", WORD, "Give it under a name that ends in .docx."),
    (b"vnd.oasis.opendocument", "an OpenDocument file", _AS_DOCX),
    (b"epub+zip", "an e-book", AS_TEXT),
)


def refuse_empty(data: bytes, name: str) -> None:
    """Raise SourceError when there are no bytes."""
    if not data:
        raise SourceError(f"{name}: is empty", "Give a file that holds an article.")


def refuse_binary(data: bytes, name: str, wanted: str = "text") -> None:
    """Raise SourceError when the first bytes say that they are something else than what is wanted."""
    kind = _kind(data)
    if kind and kind[0] != wanted:
        raise SourceError(f"{name}: is {kind[0]}, not {wanted}", kind[1])


def _kind(data: bytes) -> tuple[str, str] | None:
    """What the bytes are and what to try, when their first bytes say that they are no plain text."""
    if b"%PDF-" in data[:1024]:  # Acrobat reads past up to 1,024 bytes of anything before the header
        return "a PDF", "Copy its text into a .txt file, or convert it: pdftotext FILE.pdf FILE.txt"
    if data.startswith(ZIP):
        return next(((what, tip) for mark, what, tip in _ZIP_KINDS if mark in data), ("a zip archive", _UNPACK))
    if data.startswith(_OLD_OFFICE) and _LOCKED in data:
        return "a document locked with a password", _UNLOCK
    return next(((what, tip) for start, what, tip in _SIGNATURES if data.startswith(start)), None)


# --- decoding ----------------------------------------------------------------------------------------------

_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),  # before UTF-16, whose mark is its beginning
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """The text of the bytes: UTF-8, UTF-16 (with or without mark), Windows-1252 or Latin-1.

    What the text says of its own encoding (`declared`) is believed where the bytes are neither UTF-8 nor
    UTF-16. Line ends become "\\n"; byte order marks and control characters, which show nothing, go.
    SourceError when there is no text, or when the bytes are something else than text.
    """
    refuse_empty(data, name)
    refuse_binary(data, name)
    decoded = _decoded(data, name, declared)
    text = _MARK.sub("", decoded.text)
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > max(FEW_CONTROLS, MAX_CONTROLS * len(text)):
        raise SourceError(f"{name}: holds binary data, not text", AS_TEXT)
    text = _LINE_END.sub("\n", _CONTROL.sub("", text).replace("\u2029", "\n\n"))
    if not text.strip():
        raise SourceError(f"{name}: holds nothing but white space", "Give a file that holds an article.")
    return Decoded(text, decoded.encoding)


_LINE_END = re.compile(r"(?<!\r)\r*\n|[\r\f\v\u2028]")  # \r\r\n is what a double conversion leaves
_MARK = re.compile("[\ufeff\ufffe]")  # byte order marks; joined files have them inside
_CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f]")  # not U+0080–9F: mojibake, which can be repaired


def _decoded(data: bytes, name: str, declared: str | None) -> Decoded:
    encoding = next((e for mark, e in _BOMS if data.startswith(mark)), None) or _wide(data)
    if encoding == "utf-8" or encoding is None:
        return _bytewise(data, declared)
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


def _bytewise(data: bytes, declared: str | None) -> Decoded:
    """UTF-8 where most bytes beyond ASCII are; the odd foreign byte in it is read as Windows-1252."""
    escaped = data.decode("utf-8", "surrogateescape")
    foreign = len(_ESCAPED.findall(escaped))
    if not foreign or foreign < sum(not c.isascii() for c in escaped) - foreign:
        return Decoded(_ESCAPED.sub(_as_western, escaped), "utf-8")
    if told := _as_told(data, declared):
        return told
    if not _C1.search(data):
        return Decoded(data.decode("latin-1"), "latin-1")  # both encodings agree on these bytes
    try:
        return Decoded(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), "latin-1")


_ESCAPED = re.compile("[\udc80-\udcff]")  # how surrogateescape writes the bytes 80–FF
_C1 = re.compile(rb"[\x80-\x9f]")  # quotation marks, dashes and œ in Windows-1252, nothing in Latin-1


_LEGACY = re.compile(
    # What was written before UTF-8. Latin-1 is left to the guess: under its name Windows-1252 is meant too.
    r"(?:iso-?8859-(?!1$)|latin-?(?!1$)|windows-|cp|koi8-)\w{1,4}|macintosh|gb\w{2,6}|big5|shift_jis|euc-\w\w",
    re.IGNORECASE,
)


def _as_told(data: bytes, declared: str | None) -> Decoded | None:
    """The text by the encoding that it declares; None when that is unknown or does not fit."""
    if not declared or not _LEGACY.fullmatch(declared):
        return None
    try:
        encoding = codecs.lookup(declared).name
        return Decoded(data.decode(encoding), encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _as_western(escaped: re.Match[str]) -> str:
    return escaped[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
