"""Signing: somebody reviewed an article and somebody answers for it, so the label of the machine may go.

EU AI Act, Article 50(4): text on matters of public interest that a machine wrote is disclosed, unless a human reviewed
it and a natural or legal person holds editorial responsibility. A signature in the record says who, when, for which
words, and what a human changed since the program wrote them.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rewriter.article import Article, Disclosure, Search, Section, Source
from rewriter.errors import UsageError
from rewriter.publishing.outputs import render
from rewriter.publishing.reading_back import bare_paragraph, read_back

_SAME = 0.3
"""The least share of the record's lines that an article of it still has, whatever an editor changed."""


@dataclass(frozen=True)
class Signed:
    """A record with its signature, and every output anew."""

    record: dict[str, Any]
    outputs: Mapping[str, str | bytes]
    """By the name of the file, without the label of the machine."""
    changes: tuple[str, ...]
    """What a human changed, as a unified diff of the article's lines."""


def sign(record: dict[str, Any], files: Mapping[str, bytes], disclosure: Disclosure, at: str) -> Signed:
    """Sign the article of a record, as its output files are now.

    `files` are the outputs that the record names, as they are on the disk; `disclosure` names who signs; `at` is the
    date in ISO 8601. Raises UsageError where nobody can say which text is signed: no output, several that were changed
    in different ways, or one that is another article's.
    """
    formats = {output["file"]: output["format"] for output in record["outputs"]}
    written, source = article_of(record), source_of(record)
    article = _as_it_is_now(record, files, formats, written)
    before, now = lines_of(written), lines_of(article)
    if difflib.SequenceMatcher(None, before, now, autojunk=False).ratio() < _SAME:
        raise UsageError("the text is not the article of this record", "sign it with its own record")
    changes = tuple(difflib.unified_diff(before, now, "écrit par le programme", "relu", lineterm="", n=0))
    outputs = {file: render(article, source, disclosure, name) for file, name in formats.items()}
    signature = {
        "reviewer": disclosure.reviewer,
        "responsible": disclosure.responsible,
        "signed_at": at,
        "text_sha256": text_digest(article),
        "changes": list(changes),
    }
    digests = [{"file": f, "format": formats[f], "sha256": digest_of(data)} for f, data in outputs.items()]
    return Signed({**record, "outputs": digests, "signature": signature}, outputs, changes)


def _as_it_is_now(
    record: dict[str, Any], files: Mapping[str, bytes], formats: Mapping[str, str], written: Article
) -> Article:
    """The article that an editor left: that of the output which was changed, if any."""
    if not files:
        raise UsageError("the record names no article", "rewrite with -o and --record, and sign that record")
    known = {output["file"]: output["sha256"] for output in record["outputs"]}
    changed = [file for file, data in files.items() if digest_of(data) != known[file]]
    try:
        read = {file: read_back(files[file], formats[file]) for file in changed if formats[file] != "json"}
    except ValueError as error:
        raise UsageError(f"the article cannot be read back: {error}", "save it in the format that it had") from None
    texts = {lines_of(article) for article in read.values()}
    if len(texts) > 1:
        tip = "bring the change that counts into one of them, and put the others back as they were"
        raise UsageError(f"{' and '.join(read)} were changed in different ways", tip)
    if not read:
        return written
    edited = next(iter(read.values()))
    return Article(edited.title, edited.standfirst, edited.sections, search=written.search)


def text_digest(article: Article) -> str:
    """sha256 of an article's lines: the same for all formats."""
    return digest_of("\n".join(lines_of(article)))


def digest_of(data: str | bytes) -> str:
    """sha256 in hexadecimal; a text is taken in UTF-8."""
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()


def lines_of(article: Article) -> tuple[str, ...]:
    """Title, standfirst, headings and paragraphs, a line each; none is empty."""
    lines = [article.title, article.standfirst]
    for section in article.sections:
        lines += [section.heading, *(paragraph.text for paragraph in section.paragraphs)]
    return tuple(" ".join(line.split(" ")).strip() for line in lines if line.strip())


# --- from a record ---------------------------------------------------------------------------------------------


def article_of(record: dict[str, Any]) -> Article:
    """The article in a record, its paragraphs as they were printed."""
    told = record["article"]
    sections = tuple(
        Section(s["heading"], tuple(bare_paragraph(p["text"]) for p in s["paragraphs"])) for s in told["sections"]
    )
    found = told.get("search")
    search = Search(**{**found, "secondary": tuple(found["secondary"])}) if found else None
    return Article(told["title"], told["standfirst"], sections, search=search)


def source_of(record: dict[str, Any]) -> Source:
    """What published formats tell of the source: names and digests."""
    told = record["source"]
    background = tuple(_named(text) for text in told.get("background", ()))
    return Source(**{**vars(_named(told)), "background": background})


def _named(told: dict[str, Any]) -> Source:
    return Source(told["name"], told.get("sha256") or told["digest"], told["encoding"], told["language"], None, ())
