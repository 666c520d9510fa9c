"""The program as a library: a model is loaded, a text is rewritten or checked. No file is written.

A source is given as text, as the `Path` of a file, or read already (`rewriter.source.read`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from rewriter.article import Article, Remark, Source
from rewriter.job import Desk, Job, glossary_in, make_article, open_desk
from rewriter.progress import Progress, Silent
from rewriter.settings import EngineSettings, WritingSettings

if TYPE_CHECKING:
    from rewriter.engine.base import Engine

Text: TypeAlias = "Source | Path | str"
"""A source, or where one is: a `str` is the text itself, never a path."""


@contextmanager
def load_engine(model: Path | str, settings: EngineSettings | None = None) -> Iterator[Desk]:
    """Load the GGUF file at `model`, with what `rewrite calibrate` has stored beside it, until the block ends.

    Raises ModelError where the file is none, has no chat template, or does not fit into memory.
    """
    from rewriter import engine

    path, chosen = Path(model), settings or EngineSettings()
    header = engine.inspect(path)
    with open_desk(Job(source=None, model=path, engine=chosen), header, Silent()) as desk:
        yield desk


def rewrite(
    source: Text, engine: Desk | Engine, settings: WritingSettings | None = None, progress: Progress | None = None
) -> Article:
    """Rewrite a source into a French article; what the checks have to say of it is in its findings.

    `engine` is what `load_engine` gives, or any `rewriter.engine.base.Engine`: then answers are weighed as the demo
    model's. Raises SourceError, ModelError, or UsageError for a glossary or prompts that the settings name.
    """
    from rewriter.source.house import in_house_style

    chosen = settings or WritingSettings()
    found = in_house_style(_read(source), glossary_in(chosen.glossary))
    judge = engine.judge if isinstance(engine, Desk) else None
    return make_article(found, _engine(engine), judge, chosen, progress or Silent())


def check(
    article: str, source: Text, engine: Desk | Engine | None = None, settings: WritingSettings | None = None
) -> tuple[Remark, ...]:
    """Hold an article in Markdown against its source, and ask the model of `engine`, if any, about each sentence.

    Of the settings, the floor of words and the glossary count; without words, those that the request above the source
    asks for. Raises SourceError, or UsageError for the glossary.
    """
    from rewriter.checking.inspection import inspect
    from rewriter.checking.judge import default_judge
    from rewriter.checking.proofreader import Proofreader

    found, chosen = _read(source), settings or WritingSettings()
    proofreader = None
    if engine is not None:
        judge = engine.judge if isinstance(engine, Desk) else None
        proofreader = Proofreader(_engine(engine), judge or default_judge(), found.language, Silent())
    return inspect(article, found, chosen.words or found.request.words, proofreader, glossary_in(chosen.glossary))


def _read(source: Text) -> Source:
    from rewriter.source import read

    if isinstance(source, Source):
        return source
    return read(source) if isinstance(source, Path) else read(None, source.encode())


def _engine(engine: Desk | Engine) -> Engine:
    return engine.engine if isinstance(engine, Desk) else engine
