"""The record of one run: what went in, what came out, and what every check said of it, as JSON.

All of it but the key `run` is the same, byte for byte, when the same source is rewritten with the same
settings, model and seed on the same machine. `run` holds what the clock says.

Top level, version 1 of the schema:

- `schema_version`: 1; it rises when a key changes its meaning or goes.
- `program`: versions of this program, of Python and of llama-cpp-python, and the platform.
- `model`: the file's name, its size in bytes and sha256, and what its header calls it.
- `settings`: `writing` and `engine`, every field of `rewriter.settings`; null where nothing was chosen.
- `source`: digest, encoding, language, title, request, clean paragraphs, its own subheadings, and what cleaning
  removed.
- `article`: whether it passed, title, standfirst, the lead (the passages that stand as the standfirst, where none
  was written), findings about the whole, and its sections. A paragraph has
  its text and what was `kept` for each of its passages: the passage, the text, its origin (model, rewording
  or source), `fallback` where the source's own sentences stand in, tries, truth and findings. A passage's
  `paragraph` counts the clean paragraphs of `source` from 0.
- `outputs`: the files that the article was published in beside this record: `file`, `format` and `sha256`.
- `disclosure`: what Article 50 of the EU AI Act asks about: `ai`, that a machine wrote the text, and what readers are
  told of it, `digitalSourceType`. Models and sources stand above, with their digests.
- `signature`: null until `rewrite sign`: `reviewer`, `responsible`, `signed_at`, `text_sha256` (of the signed text's
  lines) and `changes`, what a human changed since, as a unified diff.
- `run`: seconds.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from rewriter import __version__
from rewriter.article import Article, Kept, Paragraph, Source
from rewriter.errors import ModelError
from rewriter.inert import as_json
from rewriter.progress import Progress
from rewriter.publishing.published import DIGITAL_SOURCE_TYPE
from rewriter.publishing.signing import digest_of
from rewriter.settings import EngineSettings, WritingSettings

SCHEMA_VERSION = 1
_BLOCK = 1 << 24
"""Bytes hashed between two steps of the progress."""


@dataclass(frozen=True)
class ModelFile:
    """Which model wrote the article."""

    file: str
    """The file's name, without its folder."""
    name: str
    """What the model calls itself."""
    architecture: str
    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True)
class Run:
    """How the article was made."""

    model: ModelFile
    engine: EngineSettings
    writing: WritingSettings
    seconds: float


def hash_model(path: Path, watcher: Progress) -> str:
    """Return the sha256 of a model's file in hexadecimal: some seconds for a gigabyte. Raises ModelError."""
    digest = hashlib.sha256()
    try:
        watcher.phase("hashing the model", -(-path.stat().st_size // _BLOCK))
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
                watcher.advance()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}", "copy the model to a local disk") from error
    return digest.hexdigest()


Outputs = Mapping[str, tuple[str, str | bytes]]
"""The files of an article beside its record: name, then format and content."""


def to_record(article: Article, source: Source, run: Run, outputs: Outputs) -> dict[str, Any]:
    """Return the record, made of what JSON knows; see the module for its keys."""
    return {
        "schema_version": SCHEMA_VERSION,
        "program": _program(),
        "model": asdict(run.model),
        "settings": {"writing": asdict(run.writing), "engine": asdict(run.engine)},
        "source": {"sha256" if key == "digest" else key: value for key, value in asdict(source).items()},
        "article": _article(article),
        "outputs": [
            {"file": file, "format": name, "sha256": digest_of(data)} for file, (name, data) in outputs.items()
        ],
        "disclosure": {"ai": True, "digitalSourceType": DIGITAL_SOURCE_TYPE},
        "signature": None,
        "run": {"seconds": round(run.seconds, 1)},
    }


def to_json(record: dict[str, Any]) -> str:
    """Return the record as text that people can read and compare line by line."""
    return as_json(record, indent=2) + "\n"


def _article(article: Article) -> dict[str, Any]:
    return {
        "passed": article.passed,
        "title": article.title,
        "standfirst": article.standfirst,
        "lead": [_kept(kept) for kept in article.lead],
        "search": asdict(article.search) if article.search else None,
        "findings": [asdict(finding) for finding in article.findings],
        "sections": [
            {"heading": section.heading, "paragraphs": [_paragraph(p) for p in section.paragraphs]}
            for section in article.sections
        ],
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {"text": paragraph.text, "kept": [_kept(kept) for kept in paragraph.kept]}


def _kept(kept: Kept) -> dict[str, Any]:
    return {**asdict(kept), "fallback": kept.fallback}


def _program() -> dict[str, str | None]:
    return {
        "rewriter": __version__,
        "python": platform.python_version(),
        "llama_cpp_python": _version("llama-cpp-python"),
        "platform": platform.platform(),
    }


def _version(distribution: str) -> str | None:
    """The version installed; None for a build under another name, which must not cost the article."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None
