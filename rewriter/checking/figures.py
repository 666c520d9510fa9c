"""Numbers of a candidate, held against its passage and the whole source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rewriter.article import Finding, Gravity
from rewriter.checking.bearings import belongs_to_another, direction
from rewriter.checking.ledger import Ledger
from rewriter.french.folding import word_set
from rewriter.french.lexicon import same_word
from rewriter.french.numbers import Number, same_value
from rewriter.french.numerals import cardinal_value
from rewriter.french.units import TIME

_ROUNDED = Decimal("0.06")
"""How far "près de 80" may be from the passage's number: the usual rounding of newspapers is within 5 %."""
# "premier" says first of all, best, or nothing: only before these is it a number that can be wrong.
_FIRST_COUNTS = word_set(
    "fois année édition trimestre semestre mandat tour division place victoire titre hausse baisse"
)


def number_findings(ours: Ledger, passage: Ledger, source: Ledger) -> Iterator[Finding]:
    """Numbers that the passage lacks, or that changed their unit, their noun or their bound."""
    for number in ours.numbers:
        if not _is_judged(number, ours):
            continue
        finding = _weak_number(number, passage) if number.weak else _number(number, ours, passage, source)
        if finding:
            yield finding


def _is_judged(number: Number, ours: Ledger) -> bool:
    """Whether a number is no year, no part of a date and no mere "premier"."""
    if ours.is_dated(number):
        return False
    return not (number.kind == "ordinal" and number.value == 1) or bool(_FIRST_COUNTS & set(number.nouns))


def _number(number: Number, ours: Ledger, passage: Ledger, source: Ledger) -> Finding | None:
    equal = [m for m in passage.all_numbers if is_same(number, m) and not passage.is_dated(m)]
    if not equal:
        return _missing(number, ours, passage, source)
    fitting = [m for m in equal if _fits(number, m, passage) and not _is_swapped(number, m, ours, passage)]
    if not fitting:
        return _elsewhere_named(number, equal, passage, source)
    return _turned(number, ours, fitting, passage) or _bound(number, fitting)


def _turned(number: Number, ours: Ledger, fitting: Sequence[Number], passage: Ledger) -> Finding | None:
    """Judge a number that the passage has, by what it is said of and whether it rises or falls."""
    way, ways = direction(number, ours), {direction(m, passage) for m in fitting}
    if way and None not in ways and way not in ways:
        message = f"« {number.text} » : une hausse est devenue une baisse, ou l'inverse."
        return _finding(number, "error", message)
    if other := belongs_to_another(number, ours, fitting, passage):
        message = f"« {number.text} » : la source dit cela d'autre chose ; ici, elle donne « {other.text} »."
        return _finding(number, "error", message, other.text)
    return None


def is_same(a: Number, b: Number) -> bool:
    """Whether two numbers are worth the same; a seventy-fifth anniversary is seventy-five years."""
    return same_value(a, b) or (a.value == b.value and (_is_anniversary(a, b) or _is_anniversary(b, a)))


def _is_anniversary(ordinal: Number, years: Number) -> bool:
    return ordinal.kind == "ordinal" and "anniversaire" in ordinal.nouns and years.unit == "an"


def _fits(ours: Number, theirs: Number, passage: Ledger) -> bool:
    """Whether unit and counted noun agree.

    What one of the two leaves unsaid agrees with everything; but a unit only with one that the passage uses,
    and a percentage with nothing else.
    """
    if _is_anniversary(ours, theirs) or _is_anniversary(theirs, ours):
        return True
    unit, other = ours.measure[1], theirs.measure[1]
    if unit and other:
        return unit == other
    if "GBP" in (unit, other) and "livre" in (*ours.nouns[:1], *theirs.nouns[:1]):  # pounds, written out
        return True
    if unit:
        return not theirs.nouns and unit != "%" and any(m.measure[1] == unit for m in passage.all_numbers)
    if other:
        return not ours.nouns
    return not ours.nouns or not theirs.nouns or _share_noun(ours.nouns, theirs.nouns)


def _is_swapped(number: Number, there: Number, ours: Ledger, passage: Ledger) -> bool:
    """Whether two numbers changed places: "333 constats, dont 324" became "324 constats, dont 333"."""
    if not number.nouns or there.nouns or there.unit:
        return False
    counted = [
        m for m in passage.numbers if m.nouns and m.value != number.value and _share_noun(number.nouns[:1], m.nouns[:1])
    ]
    return any(n.value == m.value and not n.nouns and not n.unit for m in counted for n in ours.numbers)


def _share_noun(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return any(
        a == b or same_word(a, b) or a.startswith(f"{b}-") or b.startswith(f"{a}-") for a in ours for b in theirs
    )


def _elsewhere_named(number: Number, equal: Sequence[Number], passage: Ledger, source: Ledger) -> Finding | None:
    """Judge a number whose value the passage has with another unit or another noun."""
    if any(
        is_same(number, m) and m.unit == number.unit and _fits(number, m, source) and (m.nouns or m.unit)
        for m in source.all_numbers
    ):
        return _finding(
            number,
            "warning",
            f"« {number.text} » se trouve ailleurs dans la source, mais pas dans ce passage.",
        )
    there = equal[0]
    if number.unit or there.unit:
        message = f"La source dit « {_with_noun(there, passage)} », pas « {_shown(number)} » : l'unité a changé."
        return _finding(number, "error", message, there.text)
    counted = any(_share_noun(number.nouns[:1], m.nouns[:1]) for m in passage.numbers if m not in equal)
    if counted or any(noun in passage.lemmas for noun in number.nouns[:1]):
        said, noun = _with_noun(there, passage), _noun(number)
        message = f"La source dit « {said} » : « {number.text} » n'y compte pas « {noun} »."
        return _finding(number, "error", message)
    return _finding(number, "note", f"La source dit « {_with_noun(there, passage)} », pas « {_shown(number)} ».")


def _noun(number: Number) -> str:
    return number.nouns[0] if number.nouns else "la même chose"


def _with_noun(number: Number, ledger: Ledger) -> str:
    """The number with the words that follow it in its text."""
    following = re.match(r"(?:\s*[\w'’-]+){0,2}", ledger.text[number.span[1] :]) if not number.unit else None
    return (number.text + (following[0] if following else "")).strip()


def _shown(number: Number) -> str:
    return " ".join([number.text, *number.nouns[:1]]) if not number.unit else number.text


def _missing(number: Number, ours: Ledger, passage: Ledger, source: Ledger) -> Finding | None:
    """Judge a number whose value the passage does not have."""
    if _stands_in(number, ours, passage) or _is_pair(number, ours, passage) or _parts_are_said(number, passage):
        return None
    if rounded := _rounding_of(number, passage):
        return _finding(number, "warning", f"« {number.text} » arrondit « {rounded.text} ».", rounded.text)
    near = _likely(number, passage)
    hint = f" : la source dit « {near.text} »" if near else ""
    if any(is_same(number, m) and _fits(number, m, source) for m in source.all_numbers):
        return _finding(
            number,
            "error",
            f"Le nombre « {number.text} » vient d'un autre passage de la source{hint}.",
            near.text if near else "",
        )
    return _finding(
        number,
        "error",
        f"Le nombre « {number.text} » n'est pas dans la source{hint}.",
        near.text if near else "",
    )


def _likely(number: Number, passage: Ledger) -> Number | None:
    """The passage's number that was probably meant: the same unit or noun, or the same figures."""
    for m in passage.numbers:
        if (number.unit and m.unit == number.unit) or (number.nouns and _share_noun(number.nouns[:1], m.nouns)):
            return m
    return None


def _stands_in(number: Number, ours: Ledger, passage: Ledger) -> bool:
    """Whether the passage has the number in a name, with the word before it: "Paris-8" for "Paris 8"."""
    before = re.search(r"([^\W\d_][\w'’-]*)[ \u00a0\u202f-]$", ours.text[: number.span[0]])
    return before is not None and re.sub(r"\W", "", before[1] + number.text).casefold() in passage.glued


def _parts_are_said(ratio: Number, passage: Ledger) -> bool:
    """Whether part and whole of "sept des dix-huit films" both stand in the passage as numbers of their own."""
    said = {m.value for m in passage.numbers}
    return ratio.kind == "ratio" and all(
        (Decimal(words) if words.isdigit() else cardinal_value(words, "fr")) in said
        for words in _PARTITIVE.split(ratio.text.casefold())
    )


_PARTITIVE = re.compile(r" (?:des|de (?:ses|leurs|nos|ces)|parmi (?:les|ses|leurs)|sur) ")
_PAIRED = re.compile(r"(?:\b(?:les|ces|ses|leurs|nos|des|aux|tous|toutes|entre les|l'un des|l'une des)|\bd'entre) $")
_LISTED = re.compile(r"[^.!?;:]{1,80}:[^.!?;:]*\bet\b")
_AND = re.compile(r"\bet\b|\band\b|&")


def _is_pair(number: Number, ours: Ledger, passage: Ledger) -> bool:
    """Whether "les deux", "tous trois" sum up what the passage enumerates."""
    before = ours.plain[max(0, number.span[0] - 12) : number.span[0]]
    named = _PAIRED.search(before) or _LISTED.match(ours.plain, number.span[1])
    return number.kind == "cardinal" and 2 <= number.value <= 4 and bool(named) and bool(_AND.search(passage.plain))


def _rounding_of(number: Number, passage: Ledger) -> Number | None:
    """The passage's number that a number with "près de" or "plus de" rounds in the right direction."""
    if number.bound is None:
        return None
    for m in passage.numbers:
        value, unit = number.measure
        other, its_unit = m.measure
        if unit != its_unit or not other or (m.kind == "ordinal") != (number.kind == "ordinal"):
            continue
        near = abs(value - other) <= _ROUNDED * other
        right = {"over": value <= other, "under": value >= other, "about": True}[number.bound]
        if near and right:
            return m
    return None


_OPPOSITE = {("over", "under"), ("under", "over")}


def _bound(number: Number, fitting: Sequence[Number]) -> Finding | None:
    """Judge "plus de", "moins de" and "environ" before a number that the passage has."""
    if any(number.bound == m.bound or m.vague for m in fitting):
        return None
    there = fitting[0]
    if (number.bound, there.bound) in _OPPOSITE or (number.bound in ("over", "under") and there.bound is None):
        return _finding(
            number,
            "error",
            f"La source ne dit ni plus ni moins que « {there.text} » ici : la limite a changé.",
        )
    if number.bound in ("over", "under") and there.bound == "about":
        # "près de" is mostly a little less: "moins de" would be another statement.
        return _finding(
            number,
            "error",
            f"La source dit à peu près « {there.text} » ; « plus de » ou « moins de » en dit davantage.",
        )
    if number.bound is None and there.bound:
        return _finding(
            number,
            "warning",
            f"« {number.text} » : la source ne donne qu'une limite ou un ordre de grandeur.",
        )
    return None


def _weak_number(number: Number, passage: Ledger) -> Finding | None:
    """Judge "un an", "une semaine": wrong only where the passage counts another number of them."""
    same_unit = [m for m in passage.all_numbers if m.unit == number.unit]
    if number.unit not in TIME or number.unit == "jour" or not same_unit:
        return None
    if any(m.value == 1 for m in same_unit) or any(
        (d.relative or "").startswith(str(number.unit)) for d in passage.dates
    ):
        return None
    return _finding(
        number, "error", f"La source dit « {same_unit[0].text} », pas « {number.text} ».", same_unit[0].text
    )


def _finding(number: Number, gravity: Gravity, message: str, suggestion: str = "") -> Finding:
    return Finding("numbers", gravity, message, number.span, suggestion)
