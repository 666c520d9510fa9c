"""The formats that an article is published in, by the ending of a file's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from rewriter.article import Article, Disclosure, Source
from rewriter.errors import UsageError
from rewriter.publishing.front_matter import front_matter
from rewriter.publishing.html import to_html
from rewriter.publishing.markdown import to_markdown
from rewriter.publishing.published import to_article_json
from rewriter.publishing.word import to_docx

Renderer = Callable[[Article, Source, Disclosure], str | bytes]
FORMATS: Mapping[str, Renderer] = {
    "markdown": lambda article, source, disclosure: front_matter(article, disclosure) + to_markdown(article),
    "html": to_html,
    "docx": lambda article, source, disclosure: to_docx(article, disclosure),
    "json": to_article_json,
}
ENDINGS = {".md": "markdown", ".html": "html", ".htm": "html", ".docx": "docx", ".json": "json"}
"""The format that a file's ending asks for; Markdown for any other."""


def format_of(path: Path | None, asked: str | None) -> str:
    """The format of an output: the one asked for, else that of its ending, else Markdown.

    Raises UsageError where a file's ending says another format than the one asked for.
    """
    by_name = ENDINGS.get(path.suffix.lower()) if path else None
    if asked and by_name and asked != by_name:
        raise UsageError(f"{path}: --format {asked} under a name for {by_name}", "leave --format out, or rename it")
    return asked or by_name or "markdown"


def render(article: Article, source: Source, disclosure: Disclosure, name: str) -> str | bytes:
    """Return the article in the format of that name; docx as bytes, the others as text."""
    return FORMATS[name](article, source, disclosure)
