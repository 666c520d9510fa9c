"""The labelled set of faithfulness: what the rules stop, and what rules and proofreader stop together.

Its measures are the program's own checks: labels, and nothing else, come from people.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rewriter.calibrating import area
from rewriter.checking.facts import check_facts
from rewriter.checking.fitting import cross_validated, found_by_rules
from rewriter.checking.judge import judge_of
from rewriter.checking.proofreader import ask

SETS = Path(__file__).parents[2] / "tests" / "faithfulness"
FACTS = ("number", "date", "name", "quotation", "attribution")
"""Kinds that rules must stop without a model."""
Item = dict[str, Any]


def items(name: str) -> list[Item]:
    """One file of the labelled set."""
    return [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def stopped_by_rules(item: Item) -> bool:
    """Whether a check of facts finds an error in the sentence."""
    return any(f.gravity == "error" for f in check_facts(item["sentence"], item["passage"], item["passage"]))


def probabilities(found: Sequence[Item], model: Path, fit: bool) -> tuple[list[float], float]:
    """How probably each sentence is faithful, and from where that is enough."""
    from rewriter.engine import load
    from rewriter.settings import EngineSettings

    judge, _ = judge_of(model, model.stat().st_size)
    with load(model, EngineSettings()) as engine:
        yes = ask(engine, [(item["passage"], item["sentence"]) for item in found])
    if fit:
        return cross_validated(yes), judge.sure_enough
    rules = [found_by_rules(item["sentence"], item["passage"]) for item in found]
    return [judge.weigh(p, r) for p, r in zip(yes, rules, strict=True)], judge.sure_enough


def rate(flags: Sequence[bool]) -> str:
    """How many of how many, and the share."""
    return f"{sum(flags)} of {len(flags)} ({100 * sum(flags) / len(flags):.0f} %)" if flags else ""


def report(found: Sequence[Item], rules: Sequence[bool], together: Sequence[bool], sure: Sequence[float]) -> None:
    """Print the table of one part of the set; `together` and `sure` are empty without a model."""
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for i, item in enumerate(found):
        by_kind[item["kind"]].append(i)
    faithful, false = by_kind["faithful"], [i for i, item in enumerate(found) if item["kind"] != "faithful"]
    facts = [i for i in false if found[i]["kind"] in FACTS]
    rows = [(kind, by_kind[kind]) for kind in (*FACTS, *sorted(set(by_kind) - {*FACTS, "faithful"}))]
    rows += [("the five kinds of facts", facts), ("all false", false), ("faithful, stopped all the same", faithful)]
    print("| kind | stopped by the rules |" + (" by rules and proofreader | area |" if sure else ""))
    print("|---|---|" + ("---|---|" if sure else ""))
    for name, rows_of in rows:
        line = f"| {name} | {rate([rules[i] for i in rows_of])} |"
        if sure:
            curve = area([sure[i] for i in faithful], [sure[i] for i in rows_of]) if rows_of is not faithful else None
            line += f" {rate([together[i] for i in rows_of])} | {f'{curve:.2f}' if curve is not None else ''} |"
        print(line)


def measure(model: Path | None, fit: bool, errors: bool) -> None:
    """Print the table of one part of the set, and the errors on the part that may be looked at."""
    found = items("fit" if fit else "held-back")
    rules = [stopped_by_rules(item) for item in found]
    sure, enough = probabilities(found, model, fit) if model else ([], 0.0)
    together = [p < enough for p in sure]
    report(found, rules, together, sure)
    if errors and fit:
        for item, stopped in zip(found, together or rules, strict=True):
            if stopped == (item["kind"] == "faithful"):
                print(f"\n{item['id']} {item['kind']}\n  {item['passage']}\n  {item['sentence']}")
