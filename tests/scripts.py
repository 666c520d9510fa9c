"""Scripted engines for the tests of the pipeline: who asks for what is told by the order in the prompt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rewriter.article import Article, Request, Source
from rewriter.engine.base import CompletionRequest, Question
from rewriter.engine.scripted import ScriptedEngine
from rewriter.pipeline import rewrite
from rewriter.progress import Silent
from rewriter.settings import WritingSettings
from rewriter.writing.prompts import load

LARGE = 8_000_000_000
PASSAGES = ("recut", "rewrite", "retouch", "translate")
Judge = Callable[[Question], tuple[float, ...]]
Write = Callable[[CompletionRequest, int], str]


def kind(request: CompletionRequest) -> str:
    """The prompt that a request was made from."""
    names = (*PASSAGES, "title", "standfirst", "heading")
    return next(name for name in names if load(name).order == request.messages[0].content)


def shown(request: CompletionRequest) -> str:
    """The text that a request shows."""
    return request.messages[-1].content.removeprefix("Passage : ")


def copy(request: CompletionRequest, _: int) -> str:
    """Answer with what was shown."""
    return shown(request)


def says(answers: Mapping[str, Sequence[str]]) -> Write:
    """Answer a passage by a list, everything else with nothing."""

    def write(request: CompletionRequest, k: int) -> str:
        known = answers.get(shown(request)) if kind(request) in PASSAGES else None
        return known[k % len(known)] if known else ""

    return write


def yes(_: Question) -> tuple[float, ...]:
    """Believe everything."""
    return 1.0, 0.0


def no(_: Question) -> tuple[float, ...]:
    """Believe nothing."""
    return 0.0, 1.0


def source(*paragraphs: str, language: str = "fr", title: str | None = None, request: Request | None = None) -> Source:
    """A clean source."""
    return Source("a.txt", "0" * 64, "utf-8", language, title, paragraphs, request or Request())


def article(read: Source, engine: ScriptedEngine, settings: WritingSettings) -> Article:
    """Rewrite, telling nothing."""
    return rewrite(read, engine, settings, Silent())


def everything(made: Article) -> str:
    """All that is published of an article."""
    parts = [made.title, made.standfirst, *(s.heading for s in made.sections), *(p.text for p in made.paragraphs)]
    return "\n".join(parts)
