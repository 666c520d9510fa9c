"""Dates in French and English text, and when one says no more than another.

A date has as many parts as its writer gave: "en mars 2024" has a month and a year, "mercredi matin" a weekday
and a part of the day, "le mois dernier" a moment relative to the article. It is supported by a date that has
all of its parts, never by a vaguer one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rewriter.french.date_patterns import FIXED, MONTHS, PARTS, SHIFTS, TIMES, UNITS, WEEKDAYS, Part, patterns
from rewriter.french.folding import flat


@dataclass(frozen=True)
class Date:
    """One date of a text; a part that is not said is None."""

    text: str
    span: tuple[int, int]
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 for Monday."""
    relative: str | None = None
    """A moment relative to the article: "mois-1", "an+0", "jour-1" …, or a season: "printemps"."""
    time: str | None = None
    """Part of the day: "matin", "midi", "soir", "nuit"."""
    part: Part | None = None
    """Part of the month or of the year: "début mars", "mi-juillet"."""
    direction: Literal["last", "next"] | None = None
    """Whether a weekday is said to be past or to come: "lundi dernier", "mardi prochain"."""


def supports(source: Date, date: Date) -> bool:
    """Whether a source's date says all that `date` says: "le 30 mars 2024" supports "en mars 2024"."""
    if date.relative != source.relative and date.relative is not None:
        return False
    exact = ("year", "month", "day", "weekday", "time")
    if any(getattr(date, field) not in (None, getattr(source, field)) for field in exact):
        return False
    if date.direction == "next" != source.direction or (date.direction == "last" and source.direction == "next"):
        return False
    return date.part in (None, source.part, _part_of(source.day))


def _part_of(day: int | None) -> Part | None:
    if day is None:
        return None
    return "début" if day <= 10 else "milieu" if day <= 20 else "fin"


def dates(text: str, language: str = "fr") -> tuple[Date, ...]:
    """All dates of the text in order; `language` is "fr" or "en". Hours and durations are no dates."""
    plain = flat(text)
    found: list[Date] = []
    for pattern in patterns(language):
        for match in pattern.finditer(plain):
            date = _date(match, text, language)
            if date and all(date.span[1] <= d.span[0] or d.span[1] <= date.span[0] for d in found):
                found.append(date)
    found.sort(key=lambda d: d.span)
    return tuple(_completed(plain, found))


# ── from a match to a date ───────────────────────────────────────────────────────────────────────────────


def _date(match: re.Match[str], text: str, language: str) -> Date | None:
    """The date of a match; None for what only looks like one (the planet Mars, 2019 people, month 14)."""
    said = {name: value for name, value in match.groupdict().items() if value}
    if _is_no_date(match, said, text, language):
        return None
    return Date(
        text=match[0],
        span=match.span(),
        year=_year(said),
        month=_month(said, language),
        day=_day(said.get("day")),
        weekday=_weekday(said),
        relative=_relative(said),
        time=TIMES.get(said.get("time") or said.get("fixed", "").split(" ")[-1]),
        part=PARTS.get(said.get("part") or said.get("part2") or ""),
        direction="next" if said.get("direction") in ("prochain", "next") else "last" if "direction" in said else None,
    )


def _weekday(said: dict[str, str]) -> int | None:
    named = said.get("weekday")
    return next((days.index(named) for days in WEEKDAYS.values() if named in days), None) if named else None


_COUNTED = re.compile(
    r" (?!plus|dans|sans|sous|mais|puis|dès|les|des|ses|ces|nous|vous|ils|elles|pas|très|depuis|après)"
    r"[^\W\d_]+[sx]\b"
)
_YEAR_BEFORE = re.compile(
    r"\b(?:en|de|d'ici|à|depuis|dès|avant|après|fin|début|mi|année|l'an|jusqu'en|et|in|since|by|of"
    r"|until)[ (-]*$"
)
_MONTH_BEFORE = re.compile(
    r"(?:\b(?:de|en|du|depuis|dès|jusqu'en|avant|après|entre|et|à|fin|début|mi|in|of|since|until|by|last"
    r"|next|this|d'|au|ou)[ -]?|['( ,-])$"
)


def _is_no_date(match: re.Match[str], said: dict[str, str], text: str, language: str) -> bool:
    """Whether a match only looks like a date."""
    if "number" in said and not 1 <= int(said["number"]) <= 12:
        return True
    if "day" in said and said["day"] != "premier" and not 1 <= int(said["day"].removesuffix("er")) <= 31:
        return True
    if set(said) == {"month"}:
        return _is_no_month(match, text, language)
    return "year" in said and set(said) <= {"year", "part"} and _is_no_year(match, "part" in said)


def _is_no_month(match: re.Match[str], text: str, language: str) -> bool:
    """Whether a month that stands alone is the planet Mars, or the English verb "may"."""
    name = text[match.start("month") : match.end("month")]
    if language == "en":
        return name[0].islower()
    before = match.string[max(0, match.start() - 14) : match.start()]
    # Machine translation leaves English capitals; Mars with one may be the planet.
    return (name[0].isupper() and name.casefold() == "mars" and not name.isupper()) or not _MONTH_BEFORE.search(before)


_IN_FIGURES = re.compile(r"[\w$€£][.,]?$|\d[ .,]$")
_MEASURED = re.compile(r"[-/]?[^\W\d_]|%| ?(?:%|€|\$|euros|dollars|habitants|mill)")


def _is_no_year(match: re.Match[str], certain: bool) -> bool:
    """Whether four figures count something: "2019 personnes", "2 019", "2000 habitants"."""
    plain = match.string
    before = plain[max(0, match.start() - 14) : match.start()]
    if _IN_FIGURES.search(before) or _MEASURED.match(plain, match.end()):
        return True
    return not certain and _COUNTED.match(plain, match.end()) is not None and not _YEAR_BEFORE.search(before)


def _year(said: dict[str, str]) -> int | None:
    if written := said.get("decade") or said.get("year"):
        year = int(written)
        if year >= 100:
            return year
        return year + (1900 if "decade" in said or year > 50 else 2000)
    return None


def _month(said: dict[str, str], language: str) -> int | None:
    if "number" in said:
        return int(said["number"])
    if "month" not in said:
        return None
    start = said["month"].rstrip(".")
    full = MONTHS[language]
    return next(i for i, name in enumerate(full, 1) if name.startswith(start))


def _day(written: str | None) -> int | None:
    if written is None:
        return None
    return 1 if written == "premier" else int(written.removesuffix("er"))


def _relative(said: dict[str, str]) -> str | None:
    if "fixed" in said:
        return FIXED[said["fixed"]]
    if "unit" in said:
        return f"{UNITS[said['unit']]}{SHIFTS[said.get('shift', 'this')]:+d}"
    if "decade" in said:
        return "décennie"
    return said.get("season")


_JOINED = re.compile(r" ?(?:et|au|ou|à|-|to|and)(?: le)? ?")


def _completed(plain: str, found: list[Date]) -> Iterator[Date]:
    """Give the first of "du 21 juin au 15 novembre 2019" and of "les 23 et 24 avril" what the second says."""
    for i in range(len(found) - 2, -1, -1):
        first, second = found[i], found[i + 1]
        if first.day and second.day and second.month and _JOINED.fullmatch(plain, first.span[1], second.span[0]):
            found[i] = replace(
                first,
                month=first.month or second.month,
                year=first.year or (second.year if not first.month or first.month <= second.month else None),
            )
    yield from found
