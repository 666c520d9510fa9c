"""One article from file to files: what is checked before the work, the work, and what is written after it.

Other rooms are imported where they are used: they load libraries that `rewrite --help` has no need of.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rewriter.article import Article, Disclosure, Source
from rewriter.errors import UsageError
from rewriter.progress import Progress
from rewriter.settings import EngineSettings, WritingSettings

if TYPE_CHECKING:
    from rewriter.checking.judge import Judge
    from rewriter.engine import Header
    from rewriter.engine.base import Engine
    from rewriter.french.glossary import Glossary
    from rewriter.rounds import Keeper


Store = Callable[["Mapping[Path, str | bytes]"], None]
"""Writes the files of an article, all or none: `rewriter.publishing.files.write_together`, or something around it."""


@dataclass(frozen=True)
class Job:
    """What is asked for: one source, one model, and where things go."""

    source: Path | None
    """None when `data` came from standard input."""
    model: Path
    data: bytes | None = None
    background: tuple[Path, ...] = ()
    """What else may be told, in this order, where the source alone is too short."""
    output: Path | None = None
    """Where the article goes; None leaves that to the caller."""
    format: str | None = None
    """One of `rewriter.publishing.outputs.FORMATS`; None lets the output's ending decide."""
    copies: tuple[Path, ...] = ()
    """More files of the article, each in the format of its ending."""
    record: Path | None = None
    review: Path | None = None
    """Where the page for reviewing goes."""
    writing: WritingSettings = field(default_factory=WritingSettings)
    engine: EngineSettings = field(default_factory=EngineSettings)


@dataclass(frozen=True)
class Result:
    """A finished job."""

    article: Article
    output: str | bytes
    """The article in the format asked for."""
    words: int
    """Of standfirst and paragraphs, as the floor counts them: title and subheadings come on top."""
    seconds: float
    """From the open desk to the last word: loading the model is not in it."""


def run(job: Job, watcher: Progress) -> Result:
    """Check, write the article, and write its files. Raises a RewriterError, and then no file has changed."""
    from rewriter.publishing.outputs import format_of

    format_of(job.output, job.format)
    header, source = check(job)
    with open_desk(job, header, watcher) as desk:
        return write(job, source, desk, watcher)


@dataclass(frozen=True)
class Desk:
    """A model made ready, and what its answers are weighed with: for one article, or for a whole night."""

    engine: Engine
    header: Header
    judge: Judge | None
    """The model's own; None where it was not calibrated."""
    digest: str
    """sha256 of the model's file; empty where no record asks for it."""


@contextmanager
def open_desk(job: Job, header: Header, watcher: Progress, digest: str | None = None) -> Iterator[Desk]:
    """Load the job's model; `digest` is its file's sha256 where it is known. Raises ModelError."""
    from rewriter import engine
    from rewriter.publishing.record import hash_model

    judge = own_judge(job.model, header)
    if digest is None:
        digest = hash_model(job.model, watcher) if job.record else ""
    watcher.phase("loading the model", 0)
    with engine.load(job.model, job.engine) as model:
        yield Desk(model, header, judge, digest)


def write(  # noqa: PLR0913  what an article is made with, and where its drafts and files go
    job: Job,
    source: Source,
    desk: Desk,
    watcher: Progress,
    *,
    keeper: Keeper | None = None,
    store: Store | None = None,
) -> Result:
    """Write one article at an open desk, and its files.

    `keeper` keeps what was verified from round to round, so that a run which was killed goes on where it was; `store`
    writes the files, None in the usual way.
    """
    from rewriter.french.measure import word_count
    from rewriter.publishing.files import write_together
    from rewriter.publishing.outputs import format_of, render

    began = time.monotonic()
    article = make_article(source, desk.engine, desk.judge, job.writing, watcher, keeper=keeper)
    words = word_count("\n".join([article.standfirst, *(p.text for p in article.paragraphs)]))
    disclosure = _disclosure(job, desk.header, source)
    output = render(article, source, disclosure, format_of(job.output, job.format))
    copies = {path: render(article, source, disclosure, format_of(path, None)) for path in job.copies}
    result = Result(article, output, words, time.monotonic() - began)
    (store or write_together)(_files(job, result, source, desk, copies))
    return result


def make_article(  # noqa: PLR0913  what an article is made with, and where its drafts are kept
    source: Source,
    engine: Engine,
    judge: Judge | None,
    writing: WritingSettings,
    watcher: Progress,
    *,
    keeper: Keeper | None = None,
) -> Article:
    """Rewrite a source, hold the article to the glossary that the settings name, and add what search engines are told.

    Raises what `rewriter.pipeline.rewrite` raises, and UsageError for the glossary.
    """
    from rewriter import pipeline
    from rewriter.search import make_search

    article = pipeline.rewrite(source, engine, writing, watcher, judge, keeper=keeper)
    article = _held_to_house_style(article, glossary_in(writing.glossary))
    return replace(article, search=make_search(article, source, writing.keyphrase))


def _disclosure(job: Job, header: Header, source: Source) -> Disclosure:
    """What readers are told until somebody signs."""
    from rewriter import __version__

    digests = (source.digest, *(text.digest for text in source.background))
    return Disclosure(f"rewriter {__version__}", header.name or job.model.stem, digests)


def check(job: Job) -> tuple[Header, Source]:
    """Find what can be known to go wrong before the work: with the output, the model's header, the source.

    Raises OutputError, ModelError, SourceError or UsageError.
    """
    check_outputs(job)
    return check_model(job), check_source(job)


def check_outputs(job: Job) -> None:
    """Raise OutputError for a file that could not be written."""
    from rewriter.publishing.targets import check_targets

    targets = {"the article": job.output, "the record": job.record, "the review page": job.review}
    targets |= {f"copy {i}": path for i, path in enumerate(job.copies, 1)}
    inputs = {"its own source": job.source, "the model": job.model}
    inputs |= {f"background {i}": path for i, path in enumerate(job.background, 1)}
    check_targets(_named(targets), _named(inputs))


def check_model(job: Job, *, here: bool = True) -> Header:
    """The model's header. Raises ModelError, also where this machine is to run it and has not the memory for it, and
    UsageError for prompts of one's own.
    """
    from rewriter import engine
    from rewriter.writing.prompts import check_folder

    header = engine.inspect(job.model)
    if here:
        engine.plan(header, job.engine)  # raises where memory is short
    if job.writing.prompts:
        check_folder(Path(job.writing.prompts))
    return header


def check_source(job: Job) -> Source:
    """The source, with its background and in house style. Raises SourceError or UsageError."""
    from rewriter import source
    from rewriter.source.house import in_house_style

    found = with_background(source.read(job.source, job.data), job.background)
    found = in_house_style(found, glossary_in(job.writing.glossary))
    _check_lengths(job.writing, found)
    return found


def with_background(source: Source, paths: Sequence[Path]) -> Source:
    """The source with what else may be told. Raises SourceError for a file, UsageError for one in another language."""
    from rewriter.source import read

    background = tuple(map(read, paths))
    for text in background:
        if text.language != source.language:
            cause = f"is in the language {text.language}, the source in {source.language}"
            raise UsageError(f"{text.name}: {cause}", "give background in the language of the source")
    return replace(source, background=background)


def glossary_in(path: str | None) -> Glossary:
    """The glossary in a file; an empty one where none is named. Raises UsageError."""
    from rewriter.french.glossary import Glossary
    from rewriter.source.house import read_glossary

    return read_glossary(Path(path)) if path else Glossary()


def _held_to_house_style(article: Article, glossary: Glossary) -> Article:
    """The article with a finding for every word that the house never says."""
    from rewriter.checking.house import check_glossary

    text = "\n".join([article.title, article.standfirst, *(p.text for p in article.paragraphs)])
    told = (replace(finding, span=None) for finding in check_glossary(text, glossary))
    return replace(article, findings=(*article.findings, *told))


def own_judge(model: Path, header: Header) -> Judge | None:
    """The model's own judge, if it has one. Raises ModelError where it cannot be read."""
    from rewriter.checking.judge import judge_of

    judge, calibrated = judge_of(model, header.size)
    return judge if calibrated else None


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


def _files(
    job: Job, result: Result, source: Source, desk: Desk, copies: Mapping[Path, str | bytes]
) -> dict[Path, str | bytes]:
    """The files of a finished job, the article first."""
    from rewriter.publishing import record, review
    from rewriter.publishing.outputs import format_of
    from rewriter.reviewing import review as reviewed

    files: dict[Path, str | bytes] = {job.output: result.output} if job.output else {}
    formats = {job.output: format_of(job.output, job.format)} if job.output else {}
    files |= copies
    formats |= {path: format_of(path, None) for path in copies}
    if job.record:
        header = desk.header
        model = record.ModelFile(job.model.name, header.name, header.architecture, header.size, desk.digest)
        run = record.Run(model, job.engine, job.writing, result.seconds)
        named = {path.name: (formats[path], data) for path, data in files.items()}
        files[job.record] = record.to_json(record.to_record(result.article, source, run, named))
    if job.review:
        files[job.review] = review.to_review(result.article, source, *reviewed(result.article, source))
    return files


def path_of(text: str | None) -> Path | None:
    """A path, or None for - and where nothing was given."""
    return None if text in (None, "-") else Path(text)
