"""Articles by several methods and models, measured alike: what is slow is kept by digest, and run once."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rewriter import source
from yardstick.measures import Measured, measure
from yardstick.methods import METHODS, Written

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "evaluate"
LEGEND = """\
numbers, dates, names, quotations: how many the source does not have, found by the program's own checks. names_spacy: by
spaCy's French model, apart from them (empty without the extra `names`). french_words: share of words in simplemma's
French list; french_paragraphs: langdetect's verdict. length_score: S_l of LongBench-Write, two-sided. verified: share
of the sentences that were held against the source. lead_kept: share of the facts in the source's first two sentences.
copied: share of eight-word runs outside quotations that are the source's. Times include loading the model."""


@dataclass(frozen=True)
class Row:
    """What one method made of one article with one model."""

    article: str
    method: str
    model: str
    measured: Measured


def run(articles: Sequence[Path], models: Sequence[Path], methods: Sequence[str]) -> Iterator[Row]:
    """Write, or find what was written before, and measure."""
    for model in models:
        for article in articles:
            found = source.read(article, None)
            for method in methods:
                print(f"{article.name}, {method}, {model.name}", file=sys.stderr, flush=True)
                yield Row(article.name, method, model.name, measure(_written(article, model, method), found))


def part(method: str, model: Path, article: Path) -> None:
    """Print what a method makes of an article as JSON: run in a process of its own, so that none warms another."""
    print(json.dumps(asdict(METHODS[method](source.read(article, None), model))))


def _written(article: Path, model: Path, method: str) -> Written:
    kept = KEPT / f"{_digest(article, model, method)}.json"
    if not kept.exists():
        command = [sys.executable, str(ROOT / "scripts" / "evaluate"), "part", method, str(model), str(article)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(done.stdout.splitlines()[-1], encoding="utf-8")
    return Written(**json.loads(kept.read_text(encoding="utf-8")))


def _digest(article: Path, model: Path, method: str) -> str:
    """Of all that what is written depends on: the source, the model, the method's code."""
    code = sorted((ROOT / "rewriter").rglob("*.*")) if method == "rewriter" else []
    digest = hashlib.sha256(f"{method} {model.name} {model.stat().st_size}".encode())
    for path in (article, Path(__file__).with_name("methods.py"), *code):
        if path.is_file() and path.suffix in (".py", ".toml", ".txt", ".md"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def table(rows: Sequence[Row]) -> None:
    """Print every row, then the means of every method, in Markdown."""
    measures = list(rows[0].measured)
    print("| article | method | " + " | ".join(measures) + " |")
    print("|---|---|" + "---|" * len(measures))
    for row in rows:
        print(_line(row.article, _label(row, rows), [row.measured[m] for m in measures]))
    for label in dict.fromkeys(_label(row, rows) for row in rows):
        of = [row.measured for row in rows if _label(row, rows) == label]
        print(_line("**mean**", label, [mean([m[key] for m in of]) for key in measures]))
    print("\n" + LEGEND)


def _label(row: Row, rows: Sequence[Row]) -> str:
    """The method, with the model where there are several."""
    return row.method if len({r.model for r in rows}) == 1 else f"{row.method}, {row.model}"


def mean(values: Sequence[Any]) -> float | None:
    """The mean of what was measured; None where nothing was."""
    known = [float(value) for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _line(article: str, method: str, values: Sequence[Any]) -> str:
    return f"| {article} | {method} | " + " | ".join(map(_shown, values)) + " |"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def save(rows: Sequence[Row], path: Path) -> None:
    """Write the rows as JSON."""
    path.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def plot(rows: Sequence[Row], path: Path) -> None:
    """Draw four measures of every method, an article a point."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    shown = {
        "copied": "share copied", "distinct_4": "distinct runs of four words", "repeated": "sentences that stand twice",
        "lead_kept": "facts of the lead kept",
    }  # fmt: skip
    labels = list(dict.fromkeys(_label(row, rows) for row in rows))
    figure, axes = plt.subplots(1, len(shown), figsize=(12, 3.4), layout="constrained")
    for axis, (key, name) in zip(axes, shown.items(), strict=True):
        for at, label in enumerate(labels):
            values = [v for row in rows if _label(row, rows) == label and (v := row.measured[key]) is not None]
            axis.plot([at] * len(values), values, "o", alpha=0.6)
        axis.set(title=name, xticks=range(len(labels)), xlim=(-0.5, len(labels) - 0.5), ylim=(0, None))
        axis.set_xticklabels(labels, rotation=20, ha="right")
        axis.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=130)
