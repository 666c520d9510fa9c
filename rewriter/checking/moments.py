"""Dates of a candidate, held against its passage and the whole source."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from rewriter.article import Finding
from rewriter.checking.ledger import Ledger
from rewriter.french.dates import Date, supports

_NEVER_JUDGED = re.compile(r".*[+-]2$|nuit\+0|saison\+0|décennie\+0|siècle\+0")
"""Moments that lean on another date ("l'année précédente") or on nothing ("cette nuit-là")."""


def date_findings(ours: Ledger, passage: Ledger, source: Ledger) -> Iterator[Finding]:
    """Dates that the passage does not have, or has less precisely."""
    for date in map(_levelled, ours.dates):
        if (
            (date.relative and _NEVER_JUDGED.fullmatch(date.relative))
            or _has(passage, date)
            or _is_span(date, ours, passage)
        ):
            continue
        there = _likely_date(date, passage)
        hint = f" : la source dit « {there.text} »" if there else ""
        where = "vient d'un autre passage de la source" if _has(source, date) else "n'est pas dans la source"
        yield Finding(
            "dates",
            "error",
            f"La date « {date.text} » {where}{hint}.",
            date.span,
            there.text if there else "",
        )


_COMPARED = re.compile(r"(?:\bque|\brapport à|\bà|\bcontre|\bsur|\bde) (?:l'|la |le )?$")


def _is_span(date: Date, ours: Ledger, passage: Ledger) -> bool:
    """Whether "de plus que l'an dernier" says what the passage says with "sur un an"."""
    unit = (date.relative or "").removesuffix("-1")
    return (
        date.relative == f"{unit}-1"
        and any(n.value == 1 and n.unit == unit for n in passage.numbers)
        and _COMPARED.search(ours.plain, max(0, date.span[0] - 16), date.span[0]) is not None
    )


def _has(ledger: Ledger, date: Date) -> bool:
    only_year = replace(date, year=None, text="", span=(0, 0)) == Date("", (0, 0))
    years = {int(n.value) for n in ledger.numbers if n.kind == "year"}
    return any(supports(_levelled(d), date) for d in ledger.dates) or (only_year and date.year in years)


def _levelled(date: Date) -> Date:
    """The date with "cet hiver" and "l'hiver" made one."""
    return (
        replace(date, relative=re.sub(r"^(printemps|été|automne|hiver|week-end)\+0$", r"\1", date.relative))
        if date.relative
        else date
    )


def _likely_date(date: Date, passage: Ledger) -> Date | None:
    """The passage's date that was probably meant: one with the same parts said."""
    return next((d for d in passage.dates if _said(d) & _said(date)), None)


@functools.lru_cache(maxsize=256)
def _said(date: Date) -> frozenset[str]:
    return frozenset(f for f in ("year", "month", "day", "weekday", "relative") if getattr(date, f) is not None)
