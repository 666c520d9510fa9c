"""Tries a model for some seconds: how fast it reads, and writes alone and in a batch.

Each way of holding the weights is tried in a process of its own: what crashes llama.cpp costs that trial alone.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rewriter.engine.base import CompletionRequest, Message, Sampling
from rewriter.errors import ModelError, described
from rewriter.settings import EngineSettings, Weights

if TYPE_CHECKING:
    from rewriter.engine.model import LlamaEngine

_ORDER = "Écris la suite de ce récit :"
_TALE = "Le port s'éveille, les bateaux sortent, la criée commence."
_READ, _ALONE, _BATCH = 16, 12, 32
"""How often the tale stands in the prompt whose reading is timed; tokens written alone; most of each in a batch."""
_SECONDS, _FEWEST = 2.5, 3
"""How long the batch may take, but for the fewest steps that it takes."""


@dataclass(frozen=True)
class Speed:
    """What one trial gave, in tokens a second."""

    weights: Weights
    threads: int
    read: float
    alone: float
    batch: float
    """All texts of a batch together."""
    texts: int
    """How many they were: as many as the context has room for."""
    text: str
    """What was written alone."""


def try_out(path: Path, settings: EngineSettings, threads: Sequence[int]) -> tuple[Speed, ...]:
    """Load a model in another process, and measure it with each number of threads.

    Raises ModelError: also where the process dies, as it does when llama.cpp crashes.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(sender, path, settings, tuple(threads)), daemon=True)
    child.start()
    sender.close()
    try:
        with closing(receiver):
            answer = receiver.recv()
    except EOFError:
        child.join()
        raise ModelError(f"{path.name}: llama.cpp crashed: {_ending(child.exitcode)}") from None
    finally:
        child.kill()
        child.join()
    if isinstance(answer, tuple):
        return cast("tuple[Speed, ...]", answer)
    raise ModelError(answer["message"], answer["tip"])


def _ending(code: int | None) -> str:
    return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"


def _work(sender: Connection, path: Path, settings: EngineSettings, threads: tuple[int, ...]) -> None:
    """Measure, and send what came of it: speeds, or a message and a tip."""
    from rewriter.engine import load

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a crash speaks in many lines
    try:
        with load(path, replace(settings, threads=threads[0])) as engine:
            engine.complete([_request(f"{_ORDER} {_TALE}", 1)])  # pages of the file are read at the first step
            sender.send(tuple(_measured(engine, settings.weights, n) for n in threads))
    except ModelError as error:
        sender.send({"message": error.message, "tip": error.tip})
    except Exception as error:
        sender.send({"message": f"{path.name}: {described(error)}", "tip": ""})


def _measured(engine: LlamaEngine, weights: Weights, threads: int) -> Speed:
    engine.use_threads(threads)
    engine.decoder.forget()
    steps: list[_Step] = []
    order = " ".join([_ORDER, *[_TALE] * min(_READ, engine.n_ctx // 100)])
    [[written]] = engine.complete([_request(order, _ALONE)], _into(steps))
    alone = [step for step in steps if step.tokens == 1]
    read = [step for step in steps if step.tokens > 1]
    batch = _batch(engine)
    texts = max((step.tokens for step in batch), default=1)
    return Speed(weights, threads, _rate(read), _rate(alone), _rate(batch), texts, written.text)


@dataclass(frozen=True)
class _Step:
    tokens: int
    seconds: float


def _request(order: str, length: int, seed: int = 0) -> CompletionRequest:
    return CompletionRequest((Message("user", order),), 1, length, Sampling(0.8), seed=seed)


def _into(steps: list[_Step]) -> Callable[[int, int], None]:
    """A progress that adds each step to a list."""
    began = time.perf_counter()

    def add(_: int, tokens: int) -> None:
        nonlocal began
        now = time.perf_counter()
        steps.append(_Step(tokens, now - began))
        began = now

    return add


class _Enough(Exception):
    """The time of a measure is over."""


def _batch(engine: LlamaEngine) -> list[_Step]:
    """Steps in which as many texts as go at once are written; at its end some are through, and those do not count."""
    steps: list[_Step] = []
    add = _into(steps)

    def limited(ended: int, tokens: int) -> None:
        add(ended, tokens)
        if len(steps) > _FEWEST and sum(step.seconds for step in steps) > _SECONDS:
            raise _Enough

    with suppress(_Enough):
        engine.complete([_request(f"{_ORDER} {_TALE}", _BATCH, seed) for seed in range(engine.parallel)], limited)
    written = steps[1:]  # the first reads the prompt
    most = max((step.tokens for step in written), default=0)
    return [step for step in written if step.tokens == most]


def _rate(steps: Sequence[_Step]) -> float:
    """Tokens a second; 0 without steps."""
    seconds = sum(step.seconds for step in steps)
    return sum(step.tokens for step in steps) / seconds if seconds else 0.0


def settings_to_try(settings: EngineSettings, cores: int, threads: int) -> Iterator[tuple[EngineSettings, list[int]]]:
    """Ways to hold the weights, the chosen first, each with numbers of threads, again the chosen first."""
    counts = list(dict.fromkeys([settings.threads or cores, cores, threads, max(1, cores // 2)]))
    ways: tuple[Weights, ...] = ("mapped", "repacked")
    for weights in sorted(ways, key=lambda way: way != settings.weights):
        yield replace(settings, weights=weights), counts
