"""Markdown reduced to plain paragraphs: the words stay, the markup goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rewriter.source.layout import paragraphs_of


@cache
def _parser() -> MarkdownIt:
    # Pasted articles indent paragraphs; nobody pastes source code.
    return MarkdownIt("commonmark").enable("table").disable("code")


def markdown_paragraphs(text: str) -> tuple[str | None, tuple[str, ...]]:
    """The first heading of level 1, or None, and all other paragraphs, headings and list items in order.

    Links keep their words, images and rules go, a table gives a line a row, numbers of list items stay.
    """
    title: str | None = None
    paragraphs: list[str] = []
    for kind, block in _blocks(_parser().parse(text)):
        if kind == "h1" and title is None and block.strip():
            title = " ".join(block.split())
        else:
            paragraphs += paragraphs_of(block)
    return title, tuple(paragraphs)


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Every block's tag and plain text; lines stay lines, since pasted text often has one a paragraph."""
    marker, row = "", []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "inline" and before and before.tag in {"td", "th"}:
            row.append(_plain(token))
        elif token.type == "inline" and before:
            yield before.tag, marker + _plain(token)
            marker = ""
        elif token.type == "tr_close":
            yield "tr", " | ".join(row)
            row = []
        elif token.type in {"fence", "html_block"}:
            yield "p", _without_tags(token.content)


def _plain(inline: Token) -> str:
    return "".join(_words(child) for child in inline.children or ())


def _words(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    if token.type == "html_inline":
        return "\n" if token.content.lower().startswith("<br") else ""
    if token.type == "image":
        return ""
    return token.content


def _without_tags(html: str) -> str:
    return re.sub(r"<!--.*?-->|<[^>]*>", "", html, flags=re.DOTALL)
