"""What the checks say of an article that somebody wrote: lines for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from rewriter.article import Gravity, Remark
from rewriter.inert import as_json, shown

_GRAVITIES: dict[Gravity, str] = {"error": "erreur", "warning": "à vérifier", "note": "à savoir"}


def to_text(remarks: Iterable[Remark]) -> str:
    """Return a line for each remark, in French: where, how grave, which check, what; "" when there are none."""
    return "".join(_line(remark) + "\n" for remark in remarks)


def _line(remark: Remark) -> str:
    finding = remark.finding
    column = f", colonne {finding.span[0] + 1}" if finding.span else ""
    place = f"ligne {remark.line}{column}" if remark.line else "article"
    hint = f" Plutôt : {finding.suggestion}" if finding.suggestion else ""
    return shown(f"{place} : {_GRAVITIES[finding.gravity]} ({finding.check}). {finding.message}{hint}")


def to_json(remarks: Iterable[Remark]) -> str:
    """Return a list of objects with `line` (from 1, null for the whole article), `span` (characters of that line, from
    0), `check`, `gravity`, `message`, `suggestion` and `passage`, the source sentences that were held against it."""
    rows = [{"line": r.line, **asdict(r.finding), "passage": r.passage} for r in remarks]
    return as_json(rows, indent=2) + "\n"
