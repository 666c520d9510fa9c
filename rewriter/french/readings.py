"""Where numbers stand in a flat text and what each is worth: one finder for each way of writing them.

The plain ones stand here, the clock, ordinals, fractions and collective numerals in `special_readings.py`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rewriter.french import numerals
from rewriter.french.lexicon import function_words
from rewriter.french.units import MONEY, TIME, is_letter, unit_after, unit_before

Kind = Literal["cardinal", "ordinal", "year", "percent", "ratio", "money", "measure", "time", "score", "phone"]
Bound = Literal["about", "over", "under"]


@dataclass(frozen=True)
class Reading:
    """One number as it was found; the fields are those of `numbers.Number`."""

    start: int
    end: int
    value: Decimal
    kind: Kind = "cardinal"
    unit: str | None = None
    bound: Bound | None = None
    vague: bool = False
    weak: bool = False
    scaled: bool = False
    """Whether a scale word or a collective stands in it, so that "de" joins it to what it counts."""


Finder = Callable[[str, str, str], Iterator[Reading]]
"""Given the flat text, the text and its language ("fr" or "en"), gives what it finds, in order."""

# ── figures and words, with scale and unit ───────────────────────────────────────────────────────────────

# A figure inside a name or a code is none: "Covid-19", "2S1", "A320".
_BEFORE = r"(?<![\w])(?<!\d[.,])(?<![^\W\d_]-)"
_FIGURE = {
    "fr": re.compile(
        _BEFORE + r"(?:(?P<grouped>\d{1,3}(?:[ .']\d{3})+)(?!\d)(?:,(?P<cents>\d+))?"
        r"|(?P<other>[1-9]\d{0,2}(?:,\d{3})+)(?![\d,]|,| ?(?:million|milliard|%))|(?P<plain>\d+(?:[.,]\d+)?))"
    ),
    "en": re.compile(
        _BEFORE + r"(?:(?P<grouped>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?!\d)(?:\.(?P<cents>\d+))?"
        r"|(?P<other>$^)|(?P<plain>\d+(?:\.\d+)?))"
    ),
}
_SHORT_SCALE = re.compile(r" ?(k|mn?|mds?|mrd|bn)(?= ?(?:€|\$|£|d'euros?\b|de dollars?\b|euros?\b|dollars?\b|t\b))")
_SHORT_AFTER_SIGN = re.compile(r" ?(k|mn?|bn)\b")
_MULTIPLIED = re.compile(r"\b(?:multipli|divis)\w+ par $")
_AND_A_HALF = re.compile(r" et demie?\b| and a half\b")
# The adjective "neuf" counts nothing; the number does, or stands before a scale or "sur dix".
_NINE_COUNTS = re.compile(r" (?:sur (?:\d|dix)|cents?\b|mille\b|mill\w+|%|pour cent|(?:d')?\w[\w'-]*[sxz]\b)")


def figure_value(match: re.Match[str]) -> Decimal:
    """What the figures are worth: "79,5", "100 000", "100.000", "1,200.50" in English."""
    if whole := match["grouped"] or match["other"]:
        return Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{match['cents'] or 0}")
    return Decimal(match["plain"].replace(",", "."))


@functools.cache
def _scale_word(language: str) -> re.Pattern[str]:
    return re.compile(rf" ?({'|'.join(numerals.SCALES[language])})s?(?!\w)")


def _scale(plain: str, end: int, language: str, signed: bool) -> tuple[int, int]:
    """What the scale word or letters after a number multiply by, and where they end; (1, end) without any."""
    if word := _scale_word(language).match(plain, end):
        return numerals.SCALES[language][word[1]], word.end()
    letters = (_SHORT_AFTER_SIGN if signed else _SHORT_SCALE).match(plain, end)
    return (numerals.ABBREVIATED[letters[1]], letters.end()) if letters else (1, end)


def complete(plain: str, text: str, language: str, reading: Reading) -> Reading:
    """Give a reading the scale, the "et demi" and the unit that stand beside it."""
    start, end, value = reading.start, reading.end, reading.value
    sign = unit_before(plain, start)
    factor, end = _scale(plain, end, language, signed=sign is not None)
    scaled = reading.scaled or factor > 1
    if _MULTIPLIED.search(plain, max(0, start - 18), start):
        return Reading(start, end, value, "measure", "fois")
    end, half = _half(plain, end)
    value = (value + half) * factor
    if sign:
        return Reading(sign[1], end, value, "money", sign[0], reading.bound, scaled=scaled)
    if unit := _unit(plain, text, end, counted=scaled):
        end, more = _half(plain, unit[1])
        return Reading(start, end, value + more, _kind(unit[0]), unit[0], reading.bound, scaled=scaled)
    return Reading(start, end, value, reading.kind, None, reading.bound, scaled=scaled)


def _half(plain: str, end: int) -> tuple[int, Decimal]:
    half = _AND_A_HALF.match(plain, end)
    return (half.end(), Decimal("0.5")) if half else (end, Decimal(0))


def _unit(plain: str, text: str, end: int, counted: bool) -> tuple[str, int] | None:
    """The unit after a number; one letter is a unit only in small letters right after figures."""
    unit = unit_after(plain, end, counted)
    if unit and is_letter(plain[end : unit[1]]):
        letter = text[unit[1] - 1]
        if not (letter.islower() and (counted or plain[end - 1].isdigit())):
            return None
    return unit


def _kind(unit: str) -> Kind:
    if unit == "%":
        return "percent"
    return "money" if unit in MONEY else "measure"


def figures(plain: str, text: str, language: str) -> Iterator[Reading]:
    """Numbers in figures: 100 000, 79,5 milliards, 2 %, $12bn."""
    for match in _FIGURE[language].finditer(plain):
        reading = complete(plain, text, language, Reading(match.start(), match.end(), figure_value(match)))
        if reading.end == match.end() and re.compile(r"[^\W\d_]|-[^\W\d_]").match(plain, match.end()):
            continue
        yield _as_year(reading, plain, match[0])


# Right after these a figure of four digits is a year, whatever follows it.
_YEAR_COMES = re.compile(
    r"\b(?:en|de|d'ici à|d'ici|depuis|dès|avant|après|fin|début|mi|années?|l'an|vers|jusqu'en|à|au|et"
    r"|in|since|by|until|before|after|from|to|jan\w*|fév\w*|mars|avril|mai|juin|juil\w*|août|sept\w*|oct\w*"
    r"|nov\w*|déc\w*|printemps|été|automne|hiver)[ (-]*$"
)


def _as_year(reading: Reading, plain: str, written: str) -> Reading:
    """The reading, as a year where it can only be one."""
    bare = reading.kind == "cardinal" and written.isdigit() and len(written) == 4 and 1000 <= reading.value <= 2100
    if not bare or reading.end - reading.start != 4:
        return reading
    follows = re.compile(r" ([^\W\d_]+[sx])\b").match(plain, reading.end)
    counts = follows is not None and follows[1] not in function_words()
    if counts and not _YEAR_COMES.search(plain, max(0, reading.start - 12), reading.start):
        return reading
    return Reading(reading.start, reading.end, reading.value, "year")


def cardinals(plain: str, text: str, language: str) -> Iterator[Reading]:
    """Numbers in letters: cent milliards, dix-huit mois."""
    for match in numerals.cardinal_pattern(language).finditer(plain):
        if match[0] == "neuf" and not _counts_nine(plain, match.end()):
            continue
        value = numerals.cardinal_value(match[0].replace("une", "un"), language)
        if value is not None:
            yield complete(plain, text, language, Reading(match.start(), match.end(), value))
            continue
        for word in re.finditer(r"\w+", match[0]):  # no number as a row ("douze-huit"): every word is one
            value = numerals.cardinal_value(word[0], language)
            if value is not None:
                alone = Reading(match.start() + word.start(), match.start() + word.end(), value)
                last = alone.end == match.end()
                yield complete(plain, text, language, alone) if last else alone  # "un sur six cinq ans plus tôt"


def _counts_nine(plain: str, end: int) -> bool:
    """Whether "neuf" is the number: a plural that is no small word follows, a scale, "sur dix"."""
    follows = _NINE_COUNTS.match(plain, end)
    return follows is not None and follows[0].strip() not in function_words()


def one_unit(plain: str, text: str, language: str) -> Iterator[Reading]:
    """un million, un an: the article before a scale word is the number one, before a unit of time perhaps."""
    article = r"(?<![\w'-])(?:d')?(une?)(?= )" if language == "fr" else r"(?<![\w'-])(an?|one)(?= )"
    for match in re.finditer(article, plain):
        whole = complete(plain, text, language, Reading(match.start(1), match.end(1), Decimal(1)))
        if whole.scaled:
            yield whole
        elif whole.unit in TIME or whole.unit in MONEY:
            yield Reading(whole.start, whole.end, whole.value, whole.kind, whole.unit, weak=whole.value == 1)
