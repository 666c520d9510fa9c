"""What was found, as lines for people and JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from rewriter.inert import as_json, shown

State = Literal["ok", "warning", "failed"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    state: State
    text: str
    """What is so, in English."""
    advice: str = ""
    """What to do; empty where all is well."""


def to_text(findings: Iterable[Finding]) -> str:
    """A line for each finding, state first, and one for what to do."""
    return "".join(f"{f.state:<8} {f.subject:<12} {shown(f.text)}\n" + _advice(f) for f in findings)


def _advice(finding: Finding) -> str:
    return f"{'':<21} try: {shown(finding.advice)}\n" if finding.advice else ""


def to_json(findings: Iterable[Finding]) -> str:
    """A list of objects with `subject`, `state`, `text` and `advice`."""
    return as_json([asdict(finding) for finding in findings], indent=2) + "\n"
