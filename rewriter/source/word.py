"""A Word document becomes its paragraphs: the text as it stands now, in its order.

Deleted and hidden text, comments, notes, headers, footers and text boxes are no part of it; what somebody
inserted while changes were tracked is.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rewriter.errors import SourceError
from rewriter.source.decoding import WORD, ZIP, refuse_binary, refuse_empty
from rewriter.source.layout import paragraphs_of, row_paragraphs, split_title
from rewriter.source.paragraphs import is_prose
from rewriter.source.raw import Loaded, Raw

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

MAX_UNPACKED = 50_000_000
"""Most bytes of a document once unpacked, its pictures left out: a long book has ten million."""

_AGAIN = "Open it in Word or LibreOffice and save it again as .docx."


def read_document(data: bytes, name: str) -> Loaded:
    """The paragraphs of a .docx; SourceError when it is damaged, locked, without text, or something else.

    Its title is the paragraph in that style or the first heading above the text, else a line that looks like
    one, else the document's property. When it was published is not asked: a document only knows its own age.
    """
    refuse_empty(data, name)
    if not data.startswith(ZIP):
        refuse_binary(data, name, WORD)
        raise SourceError(f"{name}: is not {WORD}", "Give a text under a name that ends in .txt, a page in .html.")
    try:
        raw = _read(data, name)
    except SourceError:
        raise
    except Exception as error:  # whatever python-docx meets in a document that is broken, or of another kind
        if not isinstance(error, zipfile.BadZipFile):
            refuse_binary(data, name, WORD)
        raise SourceError(f"{name}: is damaged, or not a .docx", _AGAIN) from error
    if not raw.paragraphs:
        raise SourceError(f"{name}: holds no text", "Give a document that holds an article.")
    return Loaded(raw, "docx")


def _read(data: bytes, name: str) -> Raw:
    from docx import Document  # a fifth of a second to import

    document = Document(_unpacked(data, name))
    blocks = list(_blocks(document.element.body, _headings(document)))
    title, paragraphs = _titled(blocks)
    known = document.core_properties
    return Raw(title or " ".join(known.title.split()) or None, paragraphs, " ".join(known.author.split()))


# --- the archive -------------------------------------------------------------------------------------------


def _unpacked(data: bytes, name: str) -> io.BytesIO:
    """The archive without compression and pictures, so that what is read of it cannot grow any more."""
    plain, left = io.BytesIO(), MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(plain, "w") as unpacked:
        if any(member.flag_bits & 1 for member in packed.infolist()):
            raise SourceError(f"{name}: is locked with a password", "Take its password off, and save it again.")
        for member in dict.fromkeys(packed.namelist()):
            content = _member(packed, member, left) if member.endswith((".xml", ".rels")) else b""
            left -= len(content)
            if left < 0:
                raise SourceError(
                    f"{name}: unpacks to more than {MAX_UNPACKED // 1_000_000} MB, too large for an article", _AGAIN
                )
            unpacked.writestr(member, content)
    plain.seek(0)
    return plain


def _member(packed: zipfile.ZipFile, member: str, limit: int) -> bytes:
    """What is in the member, but hardly more than the limit: the size that an archive tells may be false."""
    content = bytearray()
    with packed.open(member) as stream:
        while len(content) <= limit and (piece := stream.read(65536)):
            content += piece
    return bytes(content)


# --- its text ----------------------------------------------------------------------------------------------

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says the same once more
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}drawing", f"{_W}pict", f"{_W}object", f"{_W}rPr", _FALLBACK})
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}

_TITLE, _HEADING = "title", "heading 1"
_STYLES = {"title": _TITLE, "titre": _TITLE, "heading 1": _HEADING, "titre 1": _HEADING}


def _headings(document: Document) -> dict[str, str]:
    """For the id of every style that is, or is made from, that of titles or of first headings: which of them."""
    found = {}
    for style in document.styles:
        base = style
        for _ in range(10):  # a style that is made from itself would go on for ever
            kind = _STYLES.get((getattr(base, "name", None) or "").lower())
            base = getattr(base, "base_style", None)
            if kind:
                found[style.style_id] = kind
                break
    return found


def _blocks(element: BaseOxmlElement, headings: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every paragraph's heading, "" for none, and text. Tables and content controls are gone into."""
    for child in element:
        if child.tag == f"{_W}p":
            yield headings.get(child.style or "", ""), _text(child)
        elif child.tag == f"{_W}tr":
            cells = [[t for _, t in _blocks(cell, headings) if t.strip()] for cell in child]
            yield from (("", paragraph) for paragraph in row_paragraphs(cells))
        elif child.tag not in _GONE:
            yield from _blocks(child, headings)


def _text(element: BaseOxmlElement) -> str:
    """The words of a paragraph or of a part of it; a line break is "\\n"."""
    if element.tag == f"{_W}t":
        return "".join(element.itertext())
    if element.tag in _GONE or _is_hidden(element):
        return ""
    return _SIGNS.get(element.tag) or "".join(map(_text, element))


def _is_hidden(element: BaseOxmlElement) -> bool:
    vanish = element.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val") not in {"0", "false", "off"}


def _titled(blocks: Sequence[tuple[str, str]]) -> tuple[str | None, tuple[str, ...]]:
    """The title, or None, and all other paragraphs in order."""
    first = next((n for n, (_, text) in enumerate(blocks) if is_prose(text)), len(blocks))
    titles = [n for n, (kind, text) in enumerate(blocks) if kind == _TITLE and text.strip()]
    titles += [n for n, (kind, text) in enumerate(blocks[:first]) if kind == _HEADING and text.strip()]
    if not titles:
        return split_title(_paragraphs(blocks))
    number = titles[0]
    return " ".join(blocks[number][1].split()), _paragraphs([*blocks[:number], *blocks[number + 1 :]])


def _paragraphs(blocks: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(paragraph for _, text in blocks for paragraph in paragraphs_of(text))
