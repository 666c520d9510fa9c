"""Fits a judge on the labelled set: a logistic regression, its thresholds from scores that had no part in the fit."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rewriter.checking.facts import check_facts
from rewriter.checking.judge import RULES, Judge, logit
from rewriter.checking.shifts import shifts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

RESAMPLED = 0.15
"""The share of faithful sentences that a threshold may cost."""
TRUE_ENOUGH = 0.95
"""The share that must be faithful of the model's own sentences that are kept."""
_FEWEST = 20
"""Sentences of the model's own that must be left above a threshold for it to mean anything."""
_FOLDS = 6
_RIDGE = 1.0
"""Strength of the ridge: between 0.3 and 3 the area in cross-validation moves by 0.007 at most."""
_STEPS = 50
"""Newton's steps; ten are enough."""
_SETS = Path(__file__).with_name("labelled")


@dataclass(frozen=True)
class Item:
    """A labelled sentence."""

    passage: str
    sentence: str
    kind: str
    """faithful, broken, or how it is false."""

    @property
    def faithful(self) -> bool:
        """Whether the sentence says nothing that its passage does not say."""
        return self.kind == "faithful"


@functools.cache
def labelled() -> tuple[Item, ...]:
    """The sentences that people wrote, true and false: those that weights may be fitted on."""
    return tuple(Item(row["passage"], row["sentence"], row["kind"]) for row in _rows("fit"))


@functools.cache
def written_by_a_model() -> tuple[Item, ...]:
    """Sentences that a model wrote and the rules let through; those in broken French are for other checks."""
    rows = (row for row in _rows("model-written") if row["kept"] and row["kind"] != "broken")
    return tuple(Item(row["passage"], row["sentence"], row["kind"]) for row in rows)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@functools.lru_cache(maxsize=1024)  # the labelled sentences are asked about for fit and figures alike
def found_by_rules(sentence: str, passage: str) -> frozenset[str]:
    """Which of `RULES` find something in a sentence."""
    wrong = any(f.gravity == "error" for f in check_facts(sentence, passage, passage))
    return frozenset([*(f.check for f in shifts(sentence, passage)), *(["facts"] if wrong else [])])


def fit(yes: Sequence[float], own: Sequence[float], size: int) -> Judge:
    """Return the judge of a model from its P(Yes) for each of `labelled` and of `written_by_a_model`.

    `size` is that of the model's file in bytes.
    """
    import numpy as np

    items = labelled()
    rows, truth = _features(items, yes), np.array([float(item.faithful) for item in items])
    intercept, of_yes, *of_rules = (float(w) for w in _regression(rows, truth))
    judge = Judge(intercept, of_yes, dict(zip(RULES, of_rules, strict=True)), 0.0, 0.0, size)
    return Judge(**{**vars(judge), "sure_enough": sparing(cross_validated(yes)), "sure_of_own": _truthful(judge, own)})


def cross_validated(yes: Sequence[float]) -> list[float]:
    """The probability of each labelled sentence by weights that were fitted on other passages."""
    import numpy as np

    items = labelled()
    rows, truth = _features(items, yes), np.array([float(item.faithful) for item in items])
    passages = list(dict.fromkeys(item.passage for item in items))
    fold = np.array([passages.index(item.passage) % _FOLDS for item in items])
    scores = np.zeros(len(items))
    for k in range(_FOLDS):
        scores[fold == k] = rows[fold == k] @ _regression(rows[fold != k], truth[fold != k])
    return [float(p) for p in 1 / (1 + np.exp(-scores))]


def _features(items: Sequence[Item], yes: Sequence[float]) -> Matrix:
    import numpy as np

    found = [found_by_rules(item.sentence, item.passage) for item in items]
    rows = [[1.0, logit(p), *(float(r in f) for r in RULES)] for p, f in zip(yes, found, strict=True)]
    return np.array(rows)


def _regression(rows: Matrix, truth: Matrix) -> Matrix:
    """Weights of greatest likelihood under a ridge on all but the intercept, by Newton's method."""
    import numpy as np

    ridge = np.diag([0.0, *[_RIDGE] * (rows.shape[1] - 1)])
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-rows @ weights))
        curvature = (rows * (p * (1 - p))[:, None]).T @ rows + ridge
        weights = weights + np.linalg.solve(curvature, rows.T @ (truth - p) - ridge @ weights)
    return weights


def sparing(scores: Sequence[float]) -> float:
    """The threshold below which no more than `RESAMPLED` of the faithful sentences fall."""
    faithful = sorted(p for p, item in zip(scores, labelled(), strict=True) if item.faithful)
    return faithful[int(RESAMPLED * len(faithful))]


def _truthful(judge: Judge, yes: Sequence[float]) -> float:
    """The lowest threshold above which enough of a model's own sentences are faithful; else the highest that leaves any
    number of them."""
    items = written_by_a_model()
    scored = sorted(
        (judge.weigh(p, found_by_rules(item.sentence, item.passage)), item.faithful)
        for p, item in zip(yes, items, strict=True)
    )
    for at in range(len(scored) - _FEWEST):
        above = [faithful for _, faithful in scored[at:]]
        if sum(above) >= TRUE_ENOUGH * len(above):
            return scored[at][0]
    return scored[-_FEWEST][0]
