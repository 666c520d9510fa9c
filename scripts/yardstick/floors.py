"""The floors of quality: what a quick set of examples must reach with the demo model, and nobody lowers in silence."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from rewriter.progress import Silent
from rewriter.publishing.record import hash_model
from rewriter.tables import toml_file
from yardstick.articles import ROOT, Row, mean, run

FLOORS = ROOT / "scripts" / "floors.toml"
QUICK = tuple(ROOT / "examples" / name for name in ("greve-des-bacs.txt", "finale-de-hockey.txt"))
_LEAST = ("words", "french_paragraphs", "french_words", "verified", "lead_kept", "distinct_4")
_MOST = ("unsupported", "repeated", "copied", "unknown_per_1000", "fallbacks")
_SLACK = 0.1
"""What a floor is set below a measure: processors add in different orders, and a model's text follows."""
_EXACT = ("french_paragraphs", "verified", "unsupported", "repeated")
"""Floors without slack."""
Values = Mapping[str, float]


class Refusal(Exception):
    """The floors do not speak of what was measured."""


def gate(model: Path) -> list[str]:
    """Measure the quick set; return what lies below its floor, a line each. Raises Refusal."""
    floors = toml_file(FLOORS)
    for key, digest in _digests(model).items():
        if floors[key] != digest:
            raise Refusal(f"{FLOORS.name} was measured on another {key}: {floors[key]}, now {digest}")
    measured = measure_quick(model)
    print(json.dumps(measured, indent=1))
    return [*_below(measured, floors["least"]), *_above(measured, floors["most"])]


def _below(measured: Values, least: Values) -> list[str]:
    return [f"{key}: {measured[key]:.3f}, at least {v}" for key, v in least.items() if measured[key] < v]


def _above(measured: Values, most: Values) -> list[str]:
    return [f"{key}: {measured[key]:.3f}, at most {v}" for key, v in most.items() if measured[key] > v]


def raise_floors(model: Path) -> None:
    """Move every floor that the quick set now exceeds; none is lowered, but where set or model are others."""
    measured, digests = measure_quick(model), _digests(model)
    old = toml_file(FLOORS) if FLOORS.exists() else {}
    same = all(old.get(key) == digest for key, digest in digests.items())
    least = {k: round(measured[k] * (1 if k in _EXACT else 1 - _SLACK), 3) for k in _LEAST}
    most = {k: round(measured[k] * (1 if k in _EXACT else 1 + _SLACK), 3) for k in _MOST}
    if same:
        least = {k: max(v, old["least"].get(k, v)) for k, v in least.items()}
        most = {k: min(v, old["most"].get(k, v)) for k, v in most.items()}
    lines = [
        "# Floors of scripts/evaluate gate, written by scripts/evaluate gate --raise. Lowering one takes an edit by"
    ]
    lines += ["# hand, with its reason beside it.", *(f'{k} = "{v}"' for k, v in digests.items())]
    for name, values in (("least", least), ("most", most)):
        lines += ["", f"[{name}]", *(f"{k} = {v}" for k, v in values.items())]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{FLOORS}: {json.dumps(least)} {json.dumps(most)}", file=sys.stderr)


def measure_quick(model: Path) -> dict[str, float]:
    """The means over the quick set, by this program."""
    rows = list(run(QUICK, [model], ["rewriter"]))
    means = {key: mean([row.measured[key] for row in rows]) or 0.0 for key in rows[0].measured}
    return {**means, "unsupported": float(sum(map(_unsupported, rows)))}


def _unsupported(row: Row) -> int:
    return sum(row.measured[kind] for kind in ("numbers", "dates", "names", "quotations"))


def _digests(model: Path) -> dict[str, str]:
    return {"set": _digest_of(QUICK), "model": hash_model(model, Silent())}


def _digest_of(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
