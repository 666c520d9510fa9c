"""What fuzzers call: bytes in, and an AssertionError where a promise about readers and cleaner is broken.

The promises: a source is read or refused with SourceError, in a line that a terminal may show; what is read keeps the
limits; every paragraph comes out of the cleaner or has its line in the receipt; nothing takes ten seconds.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from unicodedata import category

from rewriter.errors import SourceError
from rewriter.source.cleaning import clean
from rewriter.source.limits import MAX_PARAGRAPHS, MAX_SECONDS, timed
from rewriter.source.reading import read_unjudged

CORPUS = Path(__file__).parent / "cases" / "fuzz"
"""A folder for each target, with a file for each input."""


def is_inert(text: str) -> bool:
    """Whether a terminal shows the text on one line, and obeys nothing in it."""
    return not any(category(char) in {"Cc", "Zl", "Zp"} for char in text)


def read(suffix: str) -> Callable[[bytes], None]:
    """A target that reads bytes under a name with this suffix."""

    def target(data: bytes) -> None:
        try:
            source = read_unjudged(Path(f"source{suffix}"), data)
        except SourceError as error:
            assert is_inert(error.message), error.message
            return
        assert len(source.paragraphs) <= MAX_PARAGRAPHS
        assert all(is_inert(text) and text.strip() for text in source.paragraphs), source.paragraphs
        assert source.title is None or (is_inert(source.title) and source.title), source.title

    return target


def read_document(data: bytes) -> None:
    """Bytes that are no archive become the body of a Word document, or another part of one."""
    read(".docx")(data if data.startswith(b"PK") else packed(data))


def packed(body: bytes) -> bytes:
    """A Word document with this XML in its body."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{_OFFICE}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
    }
    document = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + body
        + b"</w:body></w:document>"
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        for name, content in parts.items():
            written.writestr(name, content)
        written.writestr("word/document.xml", document)
    return archive.getvalue()


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def clean_paragraphs(data: bytes) -> None:
    """Lines are the paragraphs."""
    paragraphs = [line for line in data.decode("utf-8", "replace").split("\n") if line.strip()]
    try:
        with timed("paragraphs", MAX_SECONDS):
            cleaned = clean(paragraphs)
    except SourceError:
        return  # too long: what the limits of the readers keep out
    gone = {removal.paragraph for removal in cleaned.removals if not removal.replacement}
    assert len(cleaned.paragraphs) + len(gone) >= len(paragraphs)
    assert len(cleaned.paragraphs) <= len(paragraphs)
    for text in cleaned.paragraphs:
        assert text.strip(), cleaned
        assert unicodedata.is_normalized("NFC", text), text


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "cleaner": clean_paragraphs,
    "docx": read_document,
    "html": read(".html"),
    "markdown": read(".md"),
    "text": read(".txt"),
}
