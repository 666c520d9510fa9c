"""What is done beside rewriting: an article that somebody wrote is inspected, a model's judge is fitted.

Other rooms are imported where they are used, as in `rewriter.job`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rewriter.article import Remark
from rewriter.errors import SourceError
from rewriter.job import glossary_in, own_judge, with_background
from rewriter.progress import Progress
from rewriter.settings import EngineSettings


@dataclass(frozen=True)
class Inspection:
    """An article that somebody wrote, and what it is held against."""

    article: Path
    source: Path
    background: tuple[Path, ...] = ()
    words: int | None = None
    """The floor; None takes the one of the request above the source, if any."""
    model: Path | None = None
    """None asks no model."""
    glossary: str | None = None
    record: Path | None = None
    """Its record, where the signature is to be held against the text."""


def _text_of(path: Path) -> str:
    """The article in a file as Markdown; of a page or a document, what they say. Raises SourceError."""
    from rewriter.publishing.markdown import to_markdown
    from rewriter.publishing.outputs import ENDINGS
    from rewriter.publishing.reading_back import read_back
    from rewriter.source.decoding import decode
    from rewriter.source.formats import read_bytes

    data, kind = read_bytes(path), ENDINGS.get(path.suffix.lower())
    if kind not in ("html", "docx"):
        return decode(data, str(path)).text
    try:
        return to_markdown(read_back(data, kind))
    except Exception as error:  # what a page or a document may be broken by is known to lxml and python-docx alone
        raise SourceError(f"{path}: cannot be read back: {error}", "give the article as Markdown") from error


def inspect(asked: Inspection, watcher: Progress) -> tuple[Remark, ...]:
    """Hold an article against its source, without a model or with one.

    Raises SourceError for any of the files, UsageError for background in another language and for a glossary that is
    none, ModelError.
    """
    from rewriter import engine, source
    from rewriter.checking import inspection
    from rewriter.checking.judge import default_judge
    from rewriter.checking.proofreader import Proofreader
    from rewriter.signing import check_signature

    text = _text_of(asked.article)
    signature = [Remark(f) for f in check_signature(asked.record, asked.article)] if asked.record else []
    glossary = glossary_in(asked.glossary)
    found = with_background(source.read(asked.source), asked.background)
    floor = asked.words or found.request.words
    if asked.model is None:
        return (*inspection.inspect(text, found, floor, glossary=glossary), *signature)
    header = engine.inspect(asked.model)
    judge = own_judge(asked.model, header) or default_judge()
    watcher.phase("loading the model", 0)
    with engine.load(asked.model, EngineSettings()) as loaded:
        proofreader = Proofreader(loaded, judge, found.language, watcher)
        return (*inspection.inspect(text, found, floor, proofreader, glossary), *signature)


def calibrate(model: Path, settings: EngineSettings, watcher: Progress) -> tuple[Path, str]:
    """Fit a model's judge and store it beside the model; return where, and what it is worth in a line.

    Raises ModelError, or OutputError where the model's folder cannot be written to.
    """
    from rewriter import calibrating, engine
    from rewriter.checking.judge import judge_file, to_toml
    from rewriter.publishing.files import write_whole
    from rewriter.publishing.targets import check_targets

    stored = judge_file(model)
    check_targets({"the calibration": stored}, {"the model": model})
    header = engine.inspect(model)
    watcher.phase("loading the model", 0)
    with engine.load(model, settings) as loaded:
        judge, figures = calibrating.calibrate(loaded, header.size, watcher)
    write_whole(stored, to_toml(judge, model.name))
    return stored, figures
