"""Facts: whether a candidate says what its passage says, in numbers, dates, names, titles, quotations.

The rules know no meaning. What they let through may still be false; what they refuse nearly always is.
"""

from __future__ import annotations

from collections.abc import Iterator

from rewriter.article import Finding
from rewriter.checking.figures import is_same, number_findings
from rewriter.checking.ledger import Ledger, ledger
from rewriter.checking.moments import date_findings
from rewriter.checking.people import (
    attribution_findings,
    carried_name,
    name_findings,
    quotation_findings,
    title_findings,
)
from rewriter.french.dates import supports
from rewriter.french.lexicon import negations

__all__ = ["Ledger", "check_facts", "ledger", "lost_facts"]

_CHECKS = (
    number_findings,
    date_findings,
    name_findings,
    title_findings,
    quotation_findings,
    attribution_findings,
)


def check_facts(text: str, passage: str | Ledger, source: str | Ledger, language: str = "fr") -> tuple[Finding, ...]:
    """What a French candidate says that its passage or the whole source does not.

    `passage` and `source` are texts in `language` ("fr" or "en"), or ledgers, which know their own. Checks:
    numbers, dates, names, titles, quotations, attribution. Error: neither passage nor source says so, or a
    number or a date comes from another passage. Warning: another passage says so, or it is less exact.
    Findings come in the order of the text. Under 5 ms for a sentence once the source's ledger is filled.
    """
    ours, here, there = ledger(text), _opened(passage, language), _opened(source, language)
    found = [finding for check in _CHECKS for finding in check(ours, here, there)]
    return tuple(sorted(found, key=lambda f: (f.span or (0, 0), f.check)))


def _opened(text: str | Ledger, language: str) -> Ledger:
    return text if isinstance(text, Ledger) else ledger(text, language)


def lost_facts(text: str, passage: str | Ledger, language: str = "fr") -> tuple[Finding, ...]:
    """Numbers, dates, names and negations of the passage that a candidate no longer carries: warnings."""
    ours, here = ledger(text), _opened(passage, language)
    return tuple(_lost(ours, here))


def _lost(ours: Ledger, here: Ledger) -> Iterator[Finding]:
    for number in here.numbers:
        if not (here.is_dated(number) or number.weak) and not any(is_same(number, m) for m in ours.all_numbers):
            yield Finding("numbers", "warning", f"Le nombre « {number.text} » a disparu.")
    for date in here.dates:
        if not any(supports(date, d) or supports(d, date) for d in ours.dates):
            yield Finding("dates", "warning", f"La date « {date.text} » a disparu.")
    seen: set[tuple[str, ...]] = set()
    for name in here.names:
        if name.words not in seen and not carried_name(name, ours.name_index.words, ours.name_index.codes):
            yield Finding("names", "warning", f"Le nom « {name.text} » a disparu.")
        seen.add(name.words)
    if here.language == "fr" and negations(here.text) and not negations(ours.text):
        yield Finding("negations", "warning", "Une négation du passage a disparu.")
