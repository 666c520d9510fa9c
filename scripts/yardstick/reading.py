"""Kept sentences, drawn from records for people to read, and what their labels say of the program's thresholds."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rewriter.french.measure import copied_share

SEED, COUNT = 4, 200
_LEAST = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
Row = dict[str, Any]


def kept(record: Path) -> Iterator[Row]:
    """Every rewriting that a record's article keeps, the source's own sentences left out."""
    told = json.loads(record.read_text(encoding="utf-8"))["article"]
    for k in [*told["lead"], *(k for s in told["sections"] for p in s["paragraphs"] for k in p["kept"])]:
        if k["origin"] in ("model", "rewording"):
            row = {"article": record.stem, "passage": " ".join(k["passage"]["sentences"]), "sentence": k["text"]}
            yield {**row, "origin": k["origin"], "truth": round(k["truth"], 3)}


def draw(records: Sequence[Path], count: int, seed: int) -> None:
    """Print `count` of the kept rewritings in an order of chance, a line of JSON each, ready for a label."""
    found = [row for record in sorted(records) for row in kept(record)]
    random.Random(seed).shuffle(found)
    for number, row in enumerate(found[:count], 1):
        print(json.dumps({"id": f"R{number:03}", **row}, ensure_ascii=False))


def curve(labelled: Path) -> None:
    """Print what a higher threshold would have made of labelled sentences: `kind` is faithful, broken, or false.

    Below the threshold the source's sentence would stand in: nothing false, all of it copied.
    """
    rows = [json.loads(line) for line in labelled.read_text(encoding="utf-8").splitlines()]
    print("| least probability | kept | nothing false | broken French | in the source's words | share copied |")
    print("|---|---|---|---|---|---|")
    for least in _LEAST:
        above = [row for row in rows if row["truth"] >= least]
        if above:
            print(_line(least, rows, above))


def _line(least: float, rows: Sequence[Row], above: Sequence[Row]) -> str:
    true = sum(row["kind"] in ("faithful", "broken") for row in above)
    broken = sum(row["kind"] == "broken" for row in above)
    source = "\n".join(row["passage"] for row in rows)
    article = "\n".join(row["sentence"] if row["truth"] >= least else row["passage"] for row in rows)
    return (
        f"| {least:.2f} | {len(above)} | {_share(true, len(above))} | {_share(broken, len(above))}"
        f" | {_share(len(rows) - len(above), len(rows))} | {100 * copied_share(article, source):.0f} % |"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %"
