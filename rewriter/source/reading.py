"""From bytes to a source: decoding, the request taken apart, cleaning."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rewriter.article import Removal, Source
from rewriter.errors import SourceError
from rewriter.inert import spelt
from rewriter.source import formats
from rewriter.source.layout import split_title
from rewriter.source.limits import timed


def read(path: Path | None, data: bytes | None = None) -> Source:
    """Return the source in a file, or in the bytes of standard input when `path` is None.

    Raises SourceError when it cannot be used: missing, too large, not text, or no paragraph of it is news.
    """
    source = read_unjudged(path, data)
    require_news(source, path)
    return source


def require_news(source: Source, path: Path | None) -> None:
    """Raise SourceError when no paragraph is left."""
    if not source.paragraphs:
        raise SourceError(
            f"{path or formats.STANDARD_INPUT}: no paragraph of news in it{_account(source.removals)}",
            f"see what was taken out: rewrite clean --receipt {path or '-'}",
        )


def read_unjudged(path: Path | None, data: bytes | None = None) -> Source:
    """Return what `read` does, even when the receipt is all that is left. Raises SourceError.

    Removals count the paragraphs from 1, title and request left out; those of paragraph 0 are the title's.
    """
    if data is None:
        data = formats.read_bytes(path) if path else b""
    with timed(str(path or formats.STANDARD_INPUT)):
        return _read(path, data)


def _read(path: Path | None, data: bytes) -> Source:
    from rewriter.french.measure import language
    from rewriter.source.cleaning import clean
    from rewriter.source.request import take_apart

    loaded = formats.load(path, data)
    request, paragraphs = take_apart(loaded.raw.paragraphs)
    title = loaded.raw.title
    if title is None:
        title, paragraphs = split_title(paragraphs)  # it may have stood below the request
    title, repairs = _repaired(title)
    asked_title, more_repairs = _repaired(request.title)
    cleaned = clean(paragraphs)
    return Source(
        name=spelt(path.name) if path else "-",
        digest=hashlib.sha256(data).hexdigest(),
        encoding=loaded.encoding,
        language=language("\n".join(cleaned.paragraphs)) or "fr",
        title=title,
        paragraphs=cleaned.paragraphs,
        subheadings=cleaned.subheadings,
        request=replace(request, title=asked_title),
        removals=(*repairs, *more_repairs, *cleaned.removals),
        author=loaded.raw.author,
        published=loaded.raw.published,
    )


def _repaired(title: str | None) -> tuple[str | None, tuple[Removal, ...]]:
    """The title with markup, encoding and punctuation put right; None when nothing of it is left."""
    from rewriter.source.punctuation import PUNCTUATION
    from rewriter.source.repairs import FIRST_REPAIRS, repaired

    text, repairs = repaired(title or "", (*FIRST_REPAIRS, *PUNCTUATION), 0)
    return text.strip() or None, repairs


def _account(removals: Sequence[Removal]) -> str:
    """How many paragraphs went, by reason: ": caption 3, duplicate 1"."""
    gone = Counter(r.reason for r in removals if not r.replacement)
    return ": " + ", ".join(f"{reason} {count}" for reason, count in gone.most_common()) if gone else ""
