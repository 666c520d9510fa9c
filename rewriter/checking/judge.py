"""The judge: one probability that a sentence is faithful, from the model's P(Yes) and what the rules see.

A logistic regression of few weights, fitted on the labelled set and never by hand: `fitting.py`. The weights in
`judge.toml` are those of the demo model; `rewrite calibrate` fits a model's own and stores them beside it.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rewriter.checking.shifts import SHIFTS
from rewriter.errors import ModelError
from rewriter.tables import toml_file, tomllib

RULES = ("facts", *SHIFTS)
"""What the rules see, each there or not: an error in a fact, or a shift."""
_BOUND = 6.0
"""The farthest from zero that a logit is taken for: 0.25 in a hundred and 99.75 in a hundred."""


def logit(probability: float) -> float:
    """The log of the odds, within six either way."""
    least = 1 / (1 + math.exp(_BOUND))
    bounded = min(max(probability, least), 1 - least)
    return math.log(bounded / (1 - bounded))


@dataclass(frozen=True)
class Judge:
    """How much a model's P(Yes) and the rules weigh, and how sure is sure enough."""

    intercept: float
    yes: float
    """Weight of the logit of P(Yes)."""
    rules: Mapping[str, float]
    """Weight of each of `RULES`, where it is found."""
    sure_enough: float
    """The least probability of a sentence that is kept, where rules wrote it word by word."""
    sure_of_own: float
    """The least probability of a sentence that the model wrote in its own words."""
    size: int = 0
    """Bytes of the model's file: weights fitted for one model say little of another."""

    def weigh(self, yes: float, found: Iterable[str]) -> float:
        """Return how probably a sentence is faithful, from P(Yes) and the names of what the rules found."""
        score = self.intercept + self.yes * logit(yes) + sum(self.rules[rule] for rule in set(found))
        return 1 / (1 + math.exp(-score))

    def least(self, own_words: bool) -> float:
        """How sure the judge must be of a sentence, by whose words it uses."""
        return self.sure_of_own if own_words else self.sure_enough


@functools.cache
def default_judge() -> Judge:
    """The judge of the demo model."""
    return _from_table(toml_file(Path(__file__).with_name("judge.toml")))


def judge_file(model: Path) -> Path:
    """Where the judge of a model is stored: beside it."""
    return model.with_name(model.name + ".judge.toml")


def judge_of(model: Path, size: int) -> tuple[Judge, bool]:
    """Return the judge of a model's file of so many bytes, and whether it was calibrated for it.

    Raises ModelError where a stored judge cannot be read.
    """
    path = judge_file(model)
    try:
        stored = _from_table(toml_file(path))
    except FileNotFoundError:
        judge = default_judge()
        return judge, judge.size == size
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        cause = f"{type(error).__name__}: {error}"
        raise ModelError(f"{path}: no calibration ({cause})", "remove it, or run rewrite calibrate again") from None
    return (stored, True) if stored.size == size else (default_judge(), False)


def _from_table(table: dict[str, Any]) -> Judge:
    return Judge(
        intercept=float(table["intercept"]),
        yes=float(table["yes"]),
        rules={rule: float(table["rules"][rule]) for rule in RULES},
        sure_enough=float(table["sure_enough"]),
        sure_of_own=float(table["sure_of_own"]),
        size=int(table["size"]),
    )


def to_toml(judge: Judge, model: str) -> str:
    """Return the text of a judge's file, each weight explained."""
    rules = "\n".join(f"{rule} = {judge.rules[rule]:.3f}  # {_MEANINGS[rule]}" for rule in RULES)
    return f"""\
# How probably a sentence is faithful: 1 / (1 + exp(-score)), where score is the intercept, plus `yes` times the logit
# of the model's P(Yes), plus the weight of every rule that finds something. Fitted by `rewrite calibrate` on
# {model}.
size = {judge.size}  # bytes of the model
sure_enough = {judge.sure_enough:.3f}  # what rules wrote is kept from here
sure_of_own = {judge.sure_of_own:.3f}  # what the model wrote in words of its own is kept from here
intercept = {judge.intercept:.3f}
yes = {judge.yes:.3f}

[rules]
{rules}
"""


_MEANINGS = {
    "facts": "a number, date, name, title, quotation or speaker is not the passage's",
    "certainty": "what the passage leaves open is said as sure",
    "scope": "some became all",
    "strength": "a stronger word than the passage's",
    "cause": "a link of cause that the passage does not make",
    "time": "future and past, before and after exchanged",
    "negation": "a not or a refusal is no longer said",
}
