"""What the trials say: whether the model writes, how fast, how it is best run here, how long an article takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from rewriter.doctor.findings import Finding
from rewriter.doctor.trials import Speed, settings_to_try, try_out
from rewriter.engine import Header, plan
from rewriter.engine.build import physical_cores, usable_threads
from rewriter.errors import ModelError
from rewriter.progress import Progress
from rewriter.settings import EngineSettings, Weights

READ_A_WORD, WRITTEN_A_WORD, STEPS_A_WORD = 10.1, 3.0, 0.22
"""Tokens read and written, and steps in which some are written, for each word of an article: counted over one of 865
words (`examples/port-aux-moules.txt`, default settings, the small demo model)."""
IN_LLAMA = 0.93
"""Share of the time that they take, in the same run."""
CLEARLY = 0.95
"""Share of the time that another way must stay under to be called better: single trials differ by some percent."""


@dataclass(frozen=True)
class Trials:
    """What came of each way to hold the weights."""

    speeds: tuple[Speed, ...]
    """The chosen way and number of threads first, where it could be tried."""
    faults: Mapping[Weights, ModelError]
    """Why others could not be tried."""


@dataclass(frozen=True)
class Best:
    """How a model is best run here."""

    weights: Weights
    threads: int


def run_trials(header: Header, settings: EngineSettings, watcher: Progress) -> Trials:
    """Try what may suit this machine; the memory of each way is planned before."""
    ways = list(settings_to_try(settings, physical_cores(), usable_threads()))
    watcher.phase("trying the model", len(ways))
    speeds: list[Speed] = []
    faults: dict[Weights, ModelError] = {}
    for way, threads in ways:
        try:
            plan(header, way)
            speeds += try_out(header.path, way, threads)
        except ModelError as error:
            faults[way.weights] = error
        watcher.advance()
    return Trials(tuple(speeds), faults)


def seconds(speed: Speed, words: int) -> float:
    """How long an article of so many words takes at the speed of a trial.

    A step takes some time for itself and some for each text that goes on in it: both follow from the step alone and
    that of a full batch. Most steps are not full: an article ends with its last sentences.
    """
    if not (speed.read and speed.alone and speed.batch):
        return inf
    alone, full = 1 / speed.alone, speed.texts / speed.batch
    each = max(0.0, full - alone) / (speed.texts - 1) if speed.texts > 1 else alone
    steps = max(STEPS_A_WORD, WRITTEN_A_WORD / speed.texts)
    a_word = READ_A_WORD / speed.read + steps * (alone - each) + WRITTEN_A_WORD * each
    return words * a_word / IN_LLAMA


def best_of(trials: Trials) -> Best | None:
    """The way that is clearly the fastest, else the one that was chosen; None where none was tried."""
    if not trials.speeds:
        return None
    first = trials.speeds[0]
    fastest = min(trials.speeds, key=lambda speed: seconds(speed, 1))
    chosen = fastest if seconds(fastest, 1) < CLEARLY * seconds(first, 1) else first
    return Best(chosen.weights, chosen.threads)


def examine_speed(trials: Trials, best: Best | None, settings: EngineSettings, words: int) -> Iterator[Finding]:
    """A finding for the decoding, its speed, the best way and the time of an article."""
    fault = trials.faults.get(settings.weights)
    if fault or best is None:
        yield Finding("decoding", "failed", fault.message if fault else "not tried", fault.tip if fault else "")
        return
    chosen = trials.speeds[0]
    yield _decoding(chosen)
    rates = f"reads {chosen.read:.0f}, writes {chosen.alone:.1f} alone and {chosen.batch:.1f} in a batch"
    yield Finding("speed", "ok", f"{rates} of {chosen.texts}, tokens a second ({_named(chosen)})")
    yield _best(trials, best, words)
    yield Finding("time", "ok", f"{words} words take about {_time(seconds(chosen, words))} ({_named(chosen)})")


def _decoding(chosen: Speed) -> Finding:
    if chosen.text:
        return Finding("decoding", "ok", f"wrote: {' '.join(chosen.text.split())} …")
    tip = "try another build of the model: one that writes nothing cannot rewrite"
    return Finding("decoding", "warning", "it ended its answer before the first word", tip)


def _best(trials: Trials, best: Best, words: int) -> Finding:
    tried = [f"{_named(speed)}: {_time(seconds(speed, words))}" for speed in trials.speeds]
    tried += [f"{weights}: not tried, {fault.message}" for weights, fault in trials.faults.items()]
    told = f"{best.weights} weights, threads: {best.threads}; {words} words by way: {'; '.join(tried)}"
    if best == Best(trials.speeds[0].weights, trials.speeds[0].threads):
        return Finding("best", "ok", told)
    tip = f"--weights {best.weights} --threads {best.threads}, or rewrite doctor --store, which writes it down"
    return Finding("best", "warning", told, tip)


def _named(speed: Speed) -> str:
    return f"{speed.weights}, {speed.threads} thread{'s' if speed.threads > 1 else ''}"


def _time(duration: float) -> str:
    if duration == inf:
        return "unknown"
    minutes, rest = divmod(round(duration), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
