"""One article from file to files: what is checked before the work, the work, and what is written after it.

Other rooms are imported where they are used: they load libraries that `rewrite --help` has no need of.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rewriter.article import Article, Remark, Source
from rewriter.errors import UsageError
from rewriter.progress import Progress
from rewriter.settings import EngineSettings, WritingSettings

if TYPE_CHECKING:
    from rewriter.engine import Header


@dataclass(frozen=True)
class Job:
    """What is asked for: one source, one model, and where things go."""

    source: Path | None
    """None when `data` came from standard input."""
    model: Path
    data: bytes | None = None
    output: Path | None = None
    """Where the Markdown goes; None leaves that to the caller."""
    record: Path | None = None
    writing: WritingSettings = field(default_factory=WritingSettings)
    engine: EngineSettings = field(default_factory=EngineSettings)


@dataclass(frozen=True)
class Result:
    """A finished job."""

    article: Article
    markdown: str
    words: int
    """Of standfirst and paragraphs, as the floor counts them: title and subheadings come on top."""
    seconds: float
    """From the first check to the last word."""


def run(job: Job, watcher: Progress) -> Result:
    """Check, write the article, and write its files. Raises a RewriterError, and then no file has changed."""
    from rewriter import engine, pipeline
    from rewriter.french.measure import word_count
    from rewriter.publishing.markdown import to_markdown
    from rewriter.publishing.record import hash_model

    began = time.monotonic()
    header, source = check(job)
    digest = hash_model(job.model, watcher) if job.record else ""
    watcher.phase("loading the model", 0)
    with engine.load(job.model, job.engine) as model:
        article = pipeline.rewrite(source, model, job.writing, watcher)
    words = word_count("\n".join([article.standfirst, *(p.text for p in article.paragraphs)]))
    result = Result(article, to_markdown(article), words, time.monotonic() - began)
    _write(job, result, source, header, digest)
    return result


def check(job: Job) -> tuple[Header, Source]:
    """Find what can be known to go wrong before the work: with the output, the model's header, the source.

    Raises OutputError, ModelError, SourceError or UsageError.
    """
    from rewriter import engine, source
    from rewriter.publishing.files import check_targets

    targets = {"the article": job.output, "the record": job.record}
    inputs = {"its own source": job.source, "the model": job.model}
    check_targets(_named(targets), _named(inputs))
    header = engine.inspect(job.model)
    engine.plan(header, job.engine)  # raises where memory is short
    found = source.read(job.source, job.data)
    _check_lengths(job.writing, found)
    return header, found


def _named(paths: dict[str, Path | None]) -> dict[str, Path]:
    return {name: path for name, path in paths.items() if path is not None}


def _check_lengths(writing: WritingSettings, source: Source) -> None:
    """Refuse a limit below the floor, wherever the floor comes from."""
    floor = writing.floor(source.request.words)
    if writing.max_words is None or writing.max_words >= floor:
        return
    origin = "asked for above the source" if source.request.words else "the default"
    raise UsageError(
        f"{source.name}: --max-words {writing.max_words} is less than --words {floor}"
        + ("" if writing.words else f", {origin}"),
        f"give --words too, {writing.max_words} at most, or a larger --max-words",
    )


def _write(job: Job, result: Result, source: Source, header: Header, digest: str) -> None:
    from rewriter.publishing import record
    from rewriter.publishing.files import write_together

    texts = {job.output: result.markdown} if job.output else {}
    if job.record:
        model = record.ModelFile(job.model.name, header.name, header.architecture, header.size, digest)
        run = record.Run(model, job.engine, job.writing, result.seconds)
        texts[job.record] = record.to_json(record.to_record(result.article, source, run))
    write_together(texts)


def path_of(text: str | None) -> Path | None:
    """A path, or None for - and where nothing was given."""
    return None if text in (None, "-") else Path(text)


def inspect(article: Path, written_from: Path, words: int | None) -> tuple[Remark, ...]:
    """Hold an article that somebody wrote against its source, without a model. Raises SourceError for either file.

    `words` is the floor; None takes the one of the request above the source, if any.
    """
    from rewriter import source
    from rewriter.checking import inspection
    from rewriter.source.formats import decode, read_bytes

    text = decode(read_bytes(article), str(article)).text
    found = source.read(written_from)
    return inspection.inspect(text, found, words or found.request.words)
