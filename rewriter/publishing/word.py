"""An article as a Word document, for editors who work on it there: the same article gives the same bytes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rewriter.article import Article, Disclosure
from rewriter.publishing.published import Published, one_line, publish

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.coreprops import CoreProperties

_PROOFING = "fr-FR"
_LONGEST = 255
"""Most characters of a property, as Office has it."""
_DATE = datetime(1980, 1, 1)  # the first that a zip archive knows
_MM_WIDE, _MM_HIGH = 210, 297  # A4


def to_docx(article: Article, disclosure: Disclosure) -> bytes:
    """Return the article as a .docx file: title and subheadings as headings of level 1 and 2, standfirst in bold.

    Below the standfirst stands the line that tells readers of the machine, or, signed, who signed at the end.
    """
    from docx import Document  # takes 70 ms

    published = publish(article, disclosure)
    document = Document()
    _make_french(document)
    _describe(document.core_properties, published, disclosure)
    _write(document, published)
    stream = BytesIO()
    document.save(stream)
    return _undated(stream.getvalue())


def _make_french(document: Document) -> None:
    """Paper and proofing: python-docx's own template is American."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = Mm(_MM_WIDE), Mm(_MM_HIGH)
    for language in document.styles.element.xpath("w:docDefaults//w:lang"):
        language.set(qn("w:val"), _PROOFING)


def _describe(properties: CoreProperties, published: Published, disclosure: Disclosure) -> None:
    properties.title = _property(published.title)
    properties.comments = _property(published.search.description)
    properties.keywords = _property(", ".join(published.keywords))
    properties.language = _PROOFING
    properties.author = _property(one_line(disclosure.program))
    properties.last_modified_by = _property(one_line(disclosure.reviewer)) if disclosure.signed else ""
    properties.created = properties.modified = _DATE


def _property(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _write(document: Document, published: Published) -> None:
    # Not the style "Title": pasted into a website's editor, subheadings shall arrive as h2, below the page's h1.
    document.add_heading(published.title, level=1)
    if published.standfirst:
        document.add_paragraph().add_run(published.standfirst).bold = True
    if published.mention:
        document.add_paragraph().add_run(published.mention).italic = True
    for heading, paragraphs in published.sections:
        if heading:
            document.add_heading(heading, level=2)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    if published.signature:
        document.add_paragraph().add_run(published.signature).italic = True


def _undated(package: bytes) -> bytes:
    """The same files, none with the hour or the system that it was packed on."""
    stream = BytesIO()
    with ZipFile(BytesIO(package)) as packed, ZipFile(stream, "w") as repacked:
        for name in packed.namelist():
            entry = ZipInfo(name, _DATE.timetuple()[:6])
            entry.create_system = 0
            repacked.writestr(entry, packed.read(name), ZIP_DEFLATED)
    return stream.getvalue()
