"""Numbers in French and English text: what they are worth, in which unit, of what.

Two ways of writing one number are equal here: "100 milliards", "100 000 millions" and "cent milliards";
"huit sur dix" and "80 %"; "18 mois" and "un an et demi". "un" and "une" alone are articles, not numbers,
unless a unit of time follows. Figures inside names ("Covid-19", "2S1", "Paris-8") are no numbers either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from rewriter.french.folding import flat, word_set
from rewriter.french.lexicon import function_words, lemma
from rewriter.french.readings import Bound, Kind, Reading
from rewriter.french.special_readings import FINDERS
from rewriter.french.units import TIME, in_base


@dataclass(frozen=True)
class Number:
    """One number of a text."""

    value: Decimal
    """What it is worth, scale words included; a ratio is worth its percentage, "17h30" its minutes."""
    unit: str | None
    """Normalised: "%", "EUR", "an", "km" …; None for a bare count."""
    text: str
    """How it is written, unit and currency sign included."""
    span: tuple[int, int]
    kind: Kind
    bound: Bound | None = None
    """about: "environ", "près de", "une vingtaine" · over: "plus de" · under: "moins de", "jusqu'à"."""
    vague: bool = False
    """Whether it only gives an order of magnitude: "des millions", "plusieurs dizaines de milliards"."""
    nouns: tuple[str, ...] = ()
    """Lemmas of the one to three content words that follow: what is counted, with its adjectives."""
    weak: bool = False
    """Whether it is the article before a unit of time: "un an", "une semaine"."""

    @property
    def measure(self) -> tuple[Decimal, str | None]:
        """Value and unit in the base unit of its dimension."""
        return in_base(self.value, self.unit)


def same_value(a: Number, b: Number) -> bool:
    """Whether two numbers are worth the same, conversions between units of one dimension included.

    Numbers with different units are the same when their figures are. A third and 33 % are the same too:
    0.7 points of tolerance where one is written as a fraction.
    """
    if (a.kind == "ordinal", a.kind == "phone", a.vague) != (b.kind == "ordinal", b.kind == "phone", b.vague):
        return False
    if a.unit == b.unit == "%" and "ratio" in (a.kind, b.kind):
        return abs(a.value - b.value) <= Decimal("0.7")
    (left, left_unit), (right, right_unit) = a.measure, b.measure
    return left == right if left_unit == right_unit else a.value == b.value


def numbers(text: str, language: str = "fr") -> tuple[Number, ...]:
    """All numbers of the text in order; `language` is "fr" or "en"."""
    plain = flat(text)
    found: list[Reading] = []
    for finder in FINDERS:
        for reading in finder(plain, text, language):
            if all(reading.end <= other.start or other.end <= reading.start for other in found):
                found.append(reading)
    found.sort(key=lambda r: r.start)
    return tuple(_number(plain, text, r, language) for r in _with_ratios(plain, _with_shared_units(plain, found)))


def _number(plain: str, text: str, r: Reading, language: str) -> Number:
    return Number(
        value=r.value,
        unit=r.unit,
        text=text[r.start : r.end],
        span=(r.start, r.end),
        kind=r.kind,
        bound=_bound(plain, r),
        vague=r.vague,
        nouns=_counted(plain, r, language),
        weak=r.weak,
    )


# ── numbers that belong together ─────────────────────────────────────────────────────────────────────────

_RANGE = re.compile(r" ?(?:et|à|ou|-|/|and|to|or) ?(?:plus de |moins de |more than )?")
_OUT_OF = re.compile(
    r"(?:(?: [^\W\d_][\w'-]*){0,3} sur| des| de (?:ses|leurs|nos|ces)| parmi (?:les|ses|leurs)| (?:out of|in)) "
)
_ONE_OUT_OF = re.compile(r"(?<![\w])(?<!l')(?:une?|one)(?:(?: [^\W\d_][\w'-]*){0,2} sur| in) $")


def _with_shared_units(plain: str, found: list[Reading]) -> list[Reading]:
    """Give the first number of a range the scale and the unit of the second: "entre 700 et 900 millions"."""
    for i in range(len(found) - 2, -1, -1):
        first, second = found[i], found[i + 1]
        if first.kind != "cardinal" or not _RANGE.fullmatch(plain, first.end, second.start):
            continue
        if second.unit in (None, "heure") and not second.scaled and plain[first.end] == "-":
            found[i], found[i + 1] = replace(first, kind="score"), replace(second, kind="score")
        elif (second.unit and not first.scaled) or (second.scaled and first.value < 1000):
            factor = _scale_of(second) if first.value < 1000 and not first.scaled else 1
            found[i] = replace(
                first, value=first.value * factor, unit=second.unit, kind=second.kind, scaled=second.scaled
            )
    return found


def _scale_of(reading: Reading) -> int:
    """The scale word of a scaled reading: 10**6 for 900 millions."""
    return next((s for s in (10**12, 10**9, 10**6, 10**3) if reading.scaled and reading.value >= s), 1)


def _with_ratios(plain: str, found: list[Reading]) -> Iterator[Reading]:
    """Put "huit véhicules sur dix" and "un sur cinq" together as one ratio, worth its percentage.

    Where the whole is larger than twenty ("113 communes sur 250") its two numbers stay beside the ratio's.
    """
    skip = False
    for first, second in pairwise([*found, None]):
        if skip or first is None:
            skip = False
        elif second and _is_ratio(first, second) and _OUT_OF.fullmatch(plain, first.end, second.start):
            skip = second.value <= 20
            if skip:
                yield _ratio(first.start, first.value, second, first.bound)
            else:
                yield first
        elif (
            first.kind == "cardinal"
            and first.value > 1
            and (one := _ONE_OUT_OF.search(plain, max(0, first.start - 50), first.start))
        ):
            yield _ratio(one.start(), Decimal(1), first, None)
        else:
            yield first


def _is_ratio(part: Reading, whole: Reading) -> bool:
    counted = part.kind == "cardinal" or part.unit in TIME
    return counted and whole.kind == "cardinal" and not whole.scaled and 0 < part.value <= whole.value


def _ratio(start: int, part: Decimal, whole: Reading, bound: Bound | None) -> Reading:
    return Reading(start, whole.end, 100 * part / whole.value, "ratio", "%", bound)


# ── what stands around a number ──────────────────────────────────────────────────────────────────────────

_OF = r"d(?:e |'|es |u )"
_BEFORE: tuple[tuple[Bound, str], ...] = (
    ("under", rf"pas plus {_OF}|ne dépass\w+ (?:pas|guère) |n'\w+ pas dépassé "),
    ("over", rf"pas moins {_OF}"),
    ("over", rf"plus {_OF}|au moins |au-delà {_OF}|dépass\w+ |supérieure?s? à |minimum de "),
    ("over", r"more than |over |at least |above |exceed\w* "),
    ("under", rf"moins {_OF}|jusqu'à |au plus |au maximum |maximum de |inférieure?s? à "),
    ("under", r"less than |fewer than |under |below |up to |as many as |as much as "),
    ("about", rf"environ |quelque |près {_OF}|autour {_OF}|presque |quasi(?:ment)? |à peu près |à peine "),
    ("about", r"approximativement |about |around |nearly |almost |some |roughly |approximately "),
)
_BEHIND: tuple[tuple[Bound, str], ...] = (
    ("over", r"(?: [^\W\d_]\w*){0,2},? (?:au moins|au minimum|ou plus|or more|et plus)\b"),
    (
        "under",
        r"(?: [^\W\d_]\w*){0,2},? (?:au plus(?! t(?:ôt|ard)\b)|au maximum|tout au plus|ou moins|or less|at most)\b",
    ),
    ("about", r"(?: [^\W\d_]\w*)?,? (?:environ|or so)\b"),
)
_BOUNDS = tuple((bound, re.compile(rf"\b(?:{words})(?:les |le |la |l')?$")) for bound, words in _BEFORE)
_BOUNDS_AFTER = tuple((bound, re.compile(words)) for bound, words in _BEHIND)


def _bound(plain: str, r: Reading) -> Bound | None:
    """Whether the words around a number make it a floor, a ceiling or a rough figure."""
    before = plain[max(0, r.start - 32) : r.start]
    for bound, pattern in _BOUNDS:
        if pattern.search(before):
            return bound
    for bound, pattern in _BOUNDS_AFTER:
        if pattern.match(plain, r.end):
            return bound
    return r.bound


_NEXT_WORD = re.compile(r" (?:d'|l')?([^\W\d_][\w'-]*)")
_PLURAL = re.compile(r"\w[sxz]$|-\w+$")


def _counted(plain: str, r: Reading, language: str) -> tuple[str, ...]:
    """The lemmas of what a bare number counts; nothing after a unit, in English, or before a verb."""
    if language != "fr" or r.unit or r.kind not in ("cardinal", "ordinal"):
        return ()
    start = r.end
    if r.scaled and (joint := re.compile(r" d(?=')| de(?= )").match(plain, start)):
        start = joint.end() if plain[joint.end()] == " " else joint.start()
    found: list[str] = []
    while len(found) < 3 and (word := _NEXT_WORD.match(plain, start)):
        start = word.end()
        if word[1] in _TRANSPARENT:
            continue
        if word[1] in function_words() or (r.kind == "cardinal" and not _PLURAL.search(word[1])) or _is_verb(word[1]):
            break
        found.append(lemma(word[1]))
    return tuple(found)


_TRANSPARENT = word_set("autres autre premiers premières premier première derniers dernières seuls seules mêmes")


def _is_verb(word: str) -> bool:
    """Whether a word is a verb in the third person plural: "deux affirment"."""
    return word.endswith("ent") and lemma(word).endswith(("er", "ir", "re"))
