"""Published articles read back: what an editor made of the Markdown, the page or the document is an article again."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from rewriter.article import Article, Kept, Paragraph, Passage, Section
from rewriter.publishing.front_matter import FRONT_MATTER

Block = tuple[str, str]
"""What a text stands as (h1, standfirst, h2, p, mention), and the text."""


def read_back(data: bytes, name: str) -> Article:
    """Return the article in a file of one of the formats; its paragraphs know no passage of the source.

    Raises ValueError where the bytes are none of that format.
    """
    blocks = {"markdown": _of_markdown, "html": _of_html, "docx": _of_docx}[name](data)
    return _article(list(blocks))


def _article(blocks: list[Block]) -> Article:
    title = next((text for kind, text in blocks if kind == "h1"), "")
    standfirst = next((text for kind, text in blocks if kind == "standfirst"), "")
    sections: list[tuple[str, list[str]]] = []
    for kind, text in blocks:
        if kind == "h2":
            sections.append((text, []))
        elif kind == "p":
            if not sections:
                sections.append(("", []))
            sections[-1][1].append(text)
    return Article(title, standfirst, tuple(Section(h, tuple(map(bare_paragraph, ps))) for h, ps in sections))


def bare_paragraph(text: str) -> Paragraph:
    """A paragraph of which only the words are known."""
    return Paragraph((Kept(Passage(0, 0, (text,)), text, "source", 0),))


# --- Markdown ------------------------------------------------------------------------------------------------


def _of_markdown(data: bytes) -> Iterator[Block]:
    from markdown_it import MarkdownIt

    text = FRONT_MATTER.sub("", data.decode("utf-8"))
    opening = ""
    for token in MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink"]).parse(text):
        if token.type.endswith("_open"):
            opening = token.tag
        elif token.type == "inline":
            children = token.children or []
            said = "".join(" " if c.type == "softbreak" else c.content for c in children).strip()
            bold = _is_bold([child.type for child in children if child.content or child.nesting])
            yield ("standfirst" if opening == "p" and bold else opening if opening in ("h1", "h2") else "p", said)


def _is_bold(types: list[str]) -> bool:
    """Whether a paragraph is one run of bold text and nothing else."""
    return types[:1] == ["strong_open"] and types[-1:] == ["strong_close"] and types.count("strong_open") == 1


# --- the page, the document ----------------------------------------------------------------------------------


def _of_html(data: bytes) -> Iterator[Block]:
    from lxml import html

    page = html.fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    for element in page.xpath("//article//*[self::h1 or self::h2 or self::p][not(ancestor::footer)]"):
        kind = element.get("class") or element.tag
        yield kind, element.text_content().strip("\n")


def _of_docx(data: bytes) -> Iterator[Block]:
    from docx import Document

    for paragraph in Document(BytesIO(data)).paragraphs:
        style = paragraph.style.name if paragraph.style else ""
        runs = [run for run in paragraph.runs if run.text.strip()]
        if style in ("Heading 1", "Heading 2"):
            yield f"h{style[-1]}", paragraph.text
        elif runs and all(run.bold for run in runs):
            yield "standfirst", paragraph.text
        elif runs and all(run.italic for run in runs):
            yield "mention", paragraph.text
        elif runs:
            yield "p", paragraph.text
