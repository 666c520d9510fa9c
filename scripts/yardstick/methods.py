"""Three ways to an article, each with the same model and seed: this program, one plain completion, plan-then-write.

Each gives the text in Markdown and what it cost. The two others verify nothing; they are what people do without us.
"""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rewriter.article import Source
from rewriter.french.measure import word_count
from rewriter.settings import EngineSettings, WritingSettings

ORDER = (
    "Customize this title in french. Make this article seo compatible, let there be subheadings for the article, "
    "be in french, create at least {words} words\n\n"
)
"""What a user writes above an article today."""
_CONTEXT, _ANSWER = 8192, 1600
_ROOM = 20_000
"""Characters of a source that fit the context beside the answer."""
_SEED, _TEMPERATURE = 1, 0.4
_PLAN = (
    "Here is a source article:\n\n{source}\n\n"
    "Plan a French news article of at least {words} words based on it. Give three to seven parts, one a line, as\n"
    "Part 1 - Main point: [what the part says] - Word count: [number]\nDo not write anything else."
)
_PART = (
    "Here is a source article:\n\n{source}\n\nThe plan of a French news article based on it:\n\n{plan}\n\n"
    "Already written:\n\n{text}\n\n"
    "Now write only this part, in French, with a subheading of its own, and repeat nothing that is written:\n{part}"
)
"""After AgentWrite (Bai et al. 2024, LongWriter, arXiv:2408.07055): a plan of parts with their lengths, then each
part from the instruction, the plan and the text so far."""


@dataclass(frozen=True)
class Written:
    """What a method made of a source."""

    text: str
    """Markdown."""
    seconds: float
    tokens: int
    """Read and written."""
    verified: float = 0.0
    """Share of the sentences that were held against the source."""
    fallbacks: int = 0
    passages: int = 0
    passed: bool | None = None


def rewriter(source: Source, model: Path) -> Written:
    """This program, with its defaults."""
    from rewriter import engine, pipeline
    from rewriter.checking.judge import judge_of
    from rewriter.progress import for_stream
    from rewriter.publishing.markdown import to_markdown

    began = time.perf_counter()
    judge, calibrated = judge_of(model, model.stat().st_size)
    with engine.load(model, EngineSettings()) as loaded:
        watcher = for_stream(sys.stderr, quiet=True)
        article = pipeline.rewrite(source, loaded, WritingSettings(), watcher, judge if calibrated else None)
        tokens = loaded.decoder.prefilled + loaded.decoder.decoded
    fallbacks = sum(k.fallback for k in article.kept)
    seconds = time.perf_counter() - began
    return Written(to_markdown(article), seconds, tokens, 1.0, fallbacks, len(article.kept), article.passed)


class Chat:
    """llama-cpp-python as its README shows it, one completion after the other."""

    def __init__(self, model: Path) -> None:
        import os

        import llama_cpp

        defaults = llama_cpp.llama_model_default_params

        def unpacked() -> Any:
            params = defaults()
            params.use_extra_bufts = False  # as this program loads it: the other crashes processors with AMX
            return params

        low: Any = llama_cpp.llama_cpp
        low.llama_model_default_params = unpacked
        self._llm = llama_cpp.Llama(str(model), n_ctx=_CONTEXT, n_threads=os.cpu_count(), verbose=False, seed=_SEED)
        low.llama_model_default_params = defaults
        self.tokens = 0

    def ask(self, order: str, most: int) -> str:
        """Return the answer, of at most so many tokens."""
        answer: Any = self._llm.create_chat_completion(
            [{"role": "user", "content": order}], max_tokens=most, temperature=_TEMPERATURE, seed=_SEED
        )
        self.tokens += int(answer["usage"]["total_tokens"])
        return str(answer["choices"][0]["message"]["content"])


def plain(source: Source, model: Path) -> Written:
    """One chat completion with the user's order above the article as it was cleaned."""
    began = time.perf_counter()
    chat = Chat(model)
    text = chat.ask(ORDER.format(words=_floor(source)) + _shown(source, _ROOM), _ANSWER)
    return Written(text, time.perf_counter() - began, chat.tokens)


def planned(source: Source, model: Path) -> Written:
    """A plan, then each of its parts in turn."""
    began = time.perf_counter()
    chat = Chat(model)
    shown, words = _shown(source, _ROOM // 2), _floor(source)
    plan = chat.ask(_PLAN.format(source=shown, words=words), 400)
    lines = [line.strip(" -*#") for line in plan.splitlines()]
    parts = [line for line in lines if re.match(r"part|\d", line, re.IGNORECASE)] or [line for line in lines if line]
    text = ""
    for part in parts[:7] or [plan]:
        text += chat.ask(_PART.format(source=shown, plan=plan, text=text[-6000:] or "-", part=part), 500) + "\n\n"
    return Written(text, time.perf_counter() - began, chat.tokens)


def _shown(source: Source, room: int) -> str:
    return ((source.title + "\n\n" if source.title else "") + source.text)[:room]


def _floor(source: Source) -> int:
    return WritingSettings().floor(source.request.words)


def carries(source: Source) -> bool:
    """Whether a source has the words that are asked for."""
    return word_count(source.text) >= _floor(source)


METHODS = {"rewriter": rewriter, "plain": plain, "planned": planned}
