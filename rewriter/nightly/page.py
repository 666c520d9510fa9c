"""The night as one HTML page, in French for the editors, with its chart: nothing is fetched, no script runs."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rewriter.nightly.journal import Entry
from rewriter.nightly.status import Status, minutes
from rewriter.publishing.templating import environment

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATES = Path(__file__).parent / "templates"
_STATES = {"done": "écrit", "failed": "échec", "waiting": "en attente", "running": "en cours"}
_COURSES = {"ended": "terminée", "at work": "en cours", "died": "interrompue brutalement ; la suivante reprendra"}
_ROW, _WIDTH, _LABEL = 22, 900, 240
"""Of the chart, in its own units: the height of a bar's row, the whole width, the width of the names."""
_TICKS = 6
"""Marks on the axis of time, about."""
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 240)
"""Minutes between two marks."""


@dataclass(frozen=True)
class Bar:
    """An article of the night in the chart."""

    name: str
    kind: str
    """done, flawed, failed, waiting or running: its colour."""
    told: str
    """What it is, in words: colour alone says nothing to some."""
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Chart:
    """All bars, and the axis of time."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    """Where, and how many minutes after the beginning."""
    width: int
    height: int
    label: int


def to_page(status: Status) -> str:
    """Return the whole page."""
    run = status.run
    return _template().render(
        status=status,
        began=_local(run.began_at) if run else "",
        lasted=minutes(run.seconds) if run and run.seconds is not None else "",
        course=_COURSES[status.course],
        states=_STATES,
        minutes=minutes,
        file=lambda entry: Path(entry.path).name,
        chart=make_chart(status.night),
    )


def make_chart(entries: tuple[Entry, ...]) -> Chart:
    """One bar for each article that was begun, from its beginning, as long as it took."""
    begun = [e for e in entries if e.begins is not None]
    end = max([60.0, *((e.begins or 0) + e.seconds for e in begun)])
    scale = (_WIDTH - _LABEL) / end
    bars = tuple(
        Bar(
            name=_short(Path(e.path).name),
            kind="flawed" if e.state == "done" and e.code else e.state,
            told=f"{Path(e.path).name} : {_STATES[e.state]}, {minutes(e.seconds)}",
            x=round(_LABEL + (e.begins or 0) * scale, 1),
            y=float(i * _ROW),
            width=round(max(2.0, min(e.seconds * scale, _WIDTH - _LABEL)), 1),
        )
        for i, e in enumerate(begun)
    )
    step = next((s for s in _STEPS if end / 60 / s <= _TICKS), _STEPS[-1])
    ticks = tuple((round(_LABEL + 60 * m * scale, 1), f"{m} min") for m in range(0, int(end // 60) + 1, step))
    return Chart(bars, ticks, _WIDTH, _ROW * len(bars) + 24, _LABEL)


def _short(name: str) -> str:
    return name if len(name) <= 32 else name[:31] + "…"


def _local(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone().strftime("%d/%m/%Y à %H h %M")


@functools.cache
def _template() -> Template:
    return environment(_TEMPLATES).get_template("night.html")
