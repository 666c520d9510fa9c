"""Looks at the machine, then at a model: the order of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from rewriter.doctor.findings import Finding
from rewriter.doctor.host import examine_host
from rewriter.doctor.model import examine_file, failed
from rewriter.doctor.speed import Best, best_of, examine_speed, run_trials
from rewriter.engine import Header, inspect
from rewriter.errors import ModelError
from rewriter.progress import Progress
from rewriter.settings import DEFAULT_WORDS, EngineSettings


@dataclass(frozen=True)
class Asked:
    """What is to be looked at."""

    model: Path | None
    """None looks at the machine alone."""
    settings: EngineSettings = field(default_factory=EngineSettings)
    words: int = DEFAULT_WORDS
    """Of the article whose time is told."""


def examine(asked: Asked, watcher: Progress) -> tuple[tuple[Finding, ...], Best | None]:
    """Look at all of it; what is best here is None where no trial came to its end."""
    findings = examine_host()
    if asked.model is None:
        tip = "rewrite doctor --model PATH; `rewrite models` lists what is here"
        return (*findings, Finding("model", "warning", "none is named: it was not looked at", tip)), None
    try:
        header = inspect(asked.model)
    except ModelError as error:
        return (*findings, failed("model", error)), None
    told = tuple(examine_file(header, asked.settings, watcher))
    if any(finding.state == "failed" and finding.subject != "digest" for finding in told):
        return (*findings, *told), None  # it would not load: the reason is told
    tried, best = _tried(header, asked, watcher)
    return (*findings, *told, *tried), best


def _tried(header: Header, asked: Asked, watcher: Progress) -> tuple[tuple[Finding, ...], Best | None]:
    trials = run_trials(header, asked.settings, watcher)
    best = best_of(trials)
    return tuple(examine_speed(trials, best, asked.settings, asked.words)), best
