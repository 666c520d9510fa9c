"""Calibrates a model: asks it about every labelled sentence, and fits how much its answers weigh."""

from __future__ import annotations

from collections.abc import Sequence

from rewriter.checking.fitting import cross_validated, fit, labelled, sparing, written_by_a_model
from rewriter.checking.judge import Judge
from rewriter.checking.proofreader import ask
from rewriter.engine.base import Engine
from rewriter.progress import Progress


def calibrate(engine: Engine, size: int, progress: Progress) -> tuple[Judge, str]:
    """Return the judge of a model whose file has so many bytes, and a line about what it is worth.

    Some 500 questions: five minutes with 1.5 billion weights on two cores.
    """
    items = (*labelled(), *written_by_a_model())
    progress.phase("asking about labelled sentences", len(items))
    answers = ask(engine, [(item.passage, item.sentence) for item in items], progress.advance)
    yes, own = answers[: len(labelled())], answers[len(labelled()) :]
    return fit(yes, own, size), _worth(cross_validated(yes))


def _worth(scores: Sequence[float]) -> str:
    """How well scores tell false from faithful, by weights that had not seen them."""
    faithful = [p for p, item in zip(scores, labelled(), strict=True) if item.faithful]
    false = [p for p, item in zip(scores, labelled(), strict=True) if not item.faithful]
    threshold = sparing(scores)
    stopped = sum(p < threshold for p in false)
    return (
        f"area under the curve {area(faithful, false):.2f}; {stopped} of {len(false)} false sentences stopped at the"
        f" price of {sum(p < threshold for p in faithful)} of {len(faithful)} faithful ones, by cross-validation"
    )


def area(faithful: Sequence[float], false: Sequence[float]) -> float:
    """Area under the curve: how often a faithful sentence is surer than a false one; ties count half."""
    wins = sum((a > b) + (a == b) / 2 for a in faithful for b in false)
    return wins / (len(faithful) * len(false))
