"""What the reader of a format is, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Raw:
    """What a file says, free of its format: paragraphs in order, and what it tells of itself beside them."""

    title: str | None
    paragraphs: tuple[str, ...]
    author: str = ""
    """Who wrote it, as the file writes it."""
    published: str = ""
    """When it was published, as the file writes it."""


@dataclass(frozen=True)
class Loaded:
    """A file as it was read."""

    raw: Raw
    encoding: str
    """utf-8, utf-16, cp1252, latin-1 or what a page declares; docx for a Word document."""


class Reader(Protocol):
    """Turns the bytes of one format into text; `name` is for its error messages."""

    def __call__(self, data: bytes, name: str) -> Loaded:
        """Read the bytes, or raise SourceError."""
