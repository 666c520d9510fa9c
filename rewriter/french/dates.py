"""Dates in French and English text, and when one says no more than another.

A date has as many parts as its writer gave: "en mars 2024" has a month and a year, "mercredi matin" a weekday
and a part of the day, "le mois dernier" a moment relative to the article. It is supported by a date that has
all of its parts, never by a vaguer one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rewriter.french.folding import flat

Part = Literal["début", "milieu", "fin"]


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
    """All dates of the text in order; `language` is "fr" or "en". Hours and durations are numbers, not dates."""
    plain = flat(text)
    found: list[Date] = []
    for pattern in _patterns(language):
        for match in pattern.finditer(plain):
            date = _date(match, text, language)
            if date and all(date.span[1] <= d.span[0] or d.span[1] <= date.span[0] for d in found):
                found.append(date)
    found.sort(key=lambda d: d.span)
    return tuple(_completed(plain, found))


# ── the words ────────────────────────────────────────────────────────────────────────────────────────────

_MONTHS = {
    "fr": r"janv(?:ier|\.)|févr?(?:ier|\.)|mars|avr(?:il|\.)|mai|juin|juil(?:let|l?\.)|août|sept(?:embre|\.)|oct(?:obre|\.)"
    r"|nov(?:embre|\.)|déc(?:embre|\.)",
    "en": r"jan(?:uary|\.)|feb(?:ruary|\.)|mar(?:ch|\.)|apr(?:il|\.)|may|june|july|aug(?:ust|\.)|sept(?:ember|\.)"
    r"|oct(?:ober|\.)|nov(?:ember|\.)|dec(?:ember|\.)",
}
_WEEKDAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "en": "monday tuesday wednesday thursday friday saturday sunday".split(),
}
_TIMES = {
    "matin": "matin",
    "matinée": "matin",
    "midi": "midi",
    "après-midi": "midi",
    "soir": "soir",
    "soirée": "soir",
    "nuit": "nuit",
    "morning": "matin",
    "afternoon": "midi",
    "evening": "soir",
    "night": "nuit",
}
_UNITS = {
    "an": "an",
    "année": "an",
    "year": "an",
    "mois": "mois",
    "month": "mois",
    "semaine": "semaine",
    "week": "semaine",
    "week-end": "week-end",
    "weekend": "week-end",
    "siècle": "siècle",
    "century": "siècle",
    "trimestre": "trimestre",
    "quarter": "trimestre",
    "saison": "saison",
    "season": "saison",
    "décennie": "décennie",
    "decade": "décennie",
    "nuit": "nuit",
    "night": "nuit",
    "été": "été",
    "summer": "été",
    "hiver": "hiver",
    "winter": "hiver",
    "automne": "automne",
    "autumn": "automne",
    "fall": "automne",
    "printemps": "printemps",
    "spring": "printemps",
}
_SHIFTS = {
    "dernier": -1,
    "dernière": -1,
    "passé": -1,
    "passée": -1,
    "précédent": -2,
    "précédente": -2,
    "prochain": 1,
    "prochaine": 1,
    "suivant": 2,
    "suivante": 2,
    "last": -1,
    "past": -1,
    "previous": -2,
    "next": 1,
    "coming": 1,
    "this": 0,
    "following": 2,
}
_FIXED = {
    "avant-hier": "jour-2",
    "hier": "jour-1",
    "yesterday": "jour-1",
    "demain": "jour+1",
    "tomorrow": "jour+1",
    "après-demain": "jour+2",
    "ce matin": "jour+0",
    "ce soir": "jour+0",
    "cet après-midi": "jour+0",
    "this morning": "jour+0",
    "tonight": "jour+0",
    "this evening": "jour+0",
    "this afternoon": "jour+0",
}
_SEASONS = r"printemps|été|automne|hiver"
_PARTS: dict[str, Part] = {"début": "début", "early": "début", "mi": "milieu", "mid": "milieu", "fin": "fin", "late": "fin", "end": "fin"}


@functools.cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """The ways of writing a date, the fullest first; their named groups are the date's parts."""
    written = _french() if language == "fr" else _english()
    return tuple(re.compile(rf"(?<![\w])(?<![^\W\d_]-)(?:{pattern})(?![\w])") for pattern in written)


def _french() -> tuple[str, ...]:
    month, weekday = f"(?P<month>{_MONTHS['fr']})", f"(?P<weekday>{'|'.join(_WEEKDAYS['fr'])})"
    day = r"(?P<day>[0-3]?\d(?:er)?|premier)"
    year = r"(?P<year>1\d{3}|20\d\d)"
    time = r"(?: (?:au |dans la |en )?(?P<time>matin|matinée|midi|après-midi|soir|soirée|nuit))?"
    part = r"(?:(?P<part>début|mi|fin)[ -]|(?P<part2>début|fin) (?:de |du mois de |d'))?"
    units = "année|an|mois|semaine|week-end|siècle|trimestre|saison|décennie|nuit|été|hiver|automne|printemps"
    return (
        r"(?P<day>[0-3]?\d)[/.](?P<number>[01]?\d)[/.](?P<year>\d{4}|\d\d)",
        r"(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)",
        rf"(?:{weekday},? )?(?:le )?{day} {month}(?:,? {year})?{time}",
        rf"{weekday} (?:le )?(?P<day>[0-3]?\d)(?! ?(?:h|heures?|%|\d))(?![\w,])",
        rf"{part}{month}(?: (?:de l'année )?{year})?",
        rf"{weekday}(?: (?P<direction>dernier|prochain))?{time}",
        rf"(?P<unit>{units}) (?P<shift>derni(?:er|ère)|passée?|précédente?|prochaine?|suivante?)",
        rf"(?P<shift>derni(?:er|ère)|prochaine?) (?P<unit>trimestre|saison|décennie|été|hiver|automne|printemps)",
        rf"(?P<this>ce|cet|cette) (?P<unit>{units})",
        rf"(?:au |l'|en |à l'|cet |depuis le |de l'|d'|à la fin de l'|début de l'|fin de l')(?P<season>{_SEASONS})(?:(?: de)? {year})?",
        r"(?P<fixed>avant-hier|après-demain|hier|demain|ce matin|ce soir|cet après-midi)" + time,
        rf"(?:années |décennie )(?P<decade>(?:1[89]|20)\d0|[2-9]0)",
        rf"(?:(?P<part>début|mi|fin)[ -])?(?:l'année )?{year}(?!,\d)(?!(?: |\.|')\d{{3}}\b)",
        r"(?:le|au|du|les|dès le|depuis le|jusqu'au) (?P<day>[0-3]?\d)(?= (?:et|au) (?:le )?[0-3]?\d )",
    )


def _english() -> tuple[str, ...]:
    month, weekday = f"(?P<month>{_MONTHS['en']})", f"(?P<weekday>{'|'.join(_WEEKDAYS['en'])})"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    year = r"(?P<year>1\d{3}|20\d\d)"
    time = r"(?: (?P<time>morning|afternoon|evening|night))?"
    part = r"(?:(?P<part>early|mid|late|end)[ -](?:of |in )?)?"
    units = "year|month|week|weekend|century|quarter|season|decade|night|summer|winter|autumn|fall|spring"
    return (
        r"(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)",
        rf"(?:{weekday},? )?{month} {day}(?!\d)(?:,? {year})?{time}",
        rf"(?:{weekday},? )?(?:the )?{day} (?:of )?{month}(?:,? {year})?{time}",
        rf"(?<!might )(?<!who )(?<!that )(?<!which )(?<!it )(?<!they ){part}{month}(?: {year})?(?! (?:be|have|not|also|yet|well)\b)",
        rf"(?P<direction>last|next) {weekday}{time}",
        rf"{weekday}{time}",
        rf"(?:the )?(?P<shift>last|past|previous|next|coming|this|following) (?P<unit>{units})",
        r"(?P<fixed>yesterday|tomorrow|this morning|tonight|this evening|this afternoon)" + time,
        r"(?P<decade>(?:1[89]|20)\d0)s",
        rf"(?:(?P<part>early|mid|late)[ -])?{year}(?!,\d)",
    )


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
        weekday=_WEEKDAYS[language].index(said["weekday"]) if "weekday" in said else None,
        relative=_relative(said),
        time=_TIMES.get(said.get("time") or said.get("fixed", "").split(" ")[-1]),
        part=_PARTS.get(said.get("part") or said.get("part2") or ""),
        direction="next" if said.get("direction") in ("prochain", "next") else "last" if "direction" in said else None,
    )


_COUNTED = re.compile(r" (?!plus|dans|sans|sous|mais|puis|dès|les|des|ses|ces|nous|vous|ils|elles|pas|très|depuis|après)[^\W\d_]+[sx]\b")
_YEAR_BEFORE = re.compile(r"\b(?:en|de|d'ici|à|depuis|dès|avant|après|fin|début|mi|année|l'an|jusqu'en|et|in|since|by|of|until)[ (-]*$")
_MONTH_BEFORE = re.compile(r"(?:\b(?:de|en|du|depuis|dès|jusqu'en|avant|après|entre|et|à|fin|début|mi|in|of|since|until|by|last|next|this|d'|au|ou)[ -]?|['( ,-])$")


def _is_no_date(match: re.Match[str], said: dict[str, str], text: str, language: str) -> bool:
    before, plain = match.string[max(0, match.start() - 14) : match.start()], match.string
    if "number" in said and not 1 <= int(said["number"]) <= 12:
        return True
    if "day" in said and said["day"] != "premier" and not 1 <= int(said["day"].removesuffix("er")) <= 31:
        return True
    if set(said) == {"month"}:
        name = text[match.start("month") : match.end("month")]
        if language == "en":
            return name[0].islower()
        return name[0].isupper() and not name.isupper() or not _MONTH_BEFORE.search(before)
    if "year" in said and set(said) <= {"year", "part"}:
        if re.search(r"[\w$€£][.,]?$|\d[ .,]$", before) or re.match(r"[-/]?[^\W\d_]|%| ?(?:%|€|\$|euros|dollars|habitants|mill)", plain[match.end() :]):
            return True
        counts = _COUNTED.match(plain, match.end()) is not None
        return counts and not _YEAR_BEFORE.search(before) and "part" not in said
    return False


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
    full = _FULL_MONTHS[language]
    return next(i for i, name in enumerate(full, 1) if name.startswith(start))


_FULL_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "january february march april may june july august september october november december".split(),
}


def _day(written: str | None) -> int | None:
    if written is None:
        return None
    return 1 if written == "premier" else int(written.removesuffix("er"))


def _relative(said: dict[str, str]) -> str | None:
    if "fixed" in said:
        return _FIXED[said["fixed"]]
    if "unit" in said:
        return f"{_UNITS[said['unit']]}{_SHIFTS[said.get('shift', 'this')]:+d}"
    if "decade" in said:
        return "décennie"
    return said.get("season")


_JOINED = re.compile(r" ?(?:et|au|ou|à|-|to|and)(?: le)? ?")


def _completed(plain: str, found: list[Date]) -> Iterator[Date]:
    """Give the first date of "du 21 juin au 15 novembre 2019" and of "les 23 et 24 avril" what the second says."""
    for i in range(len(found) - 2, -1, -1):
        first, second = found[i], found[i + 1]
        if first.day and second.day and second.month and _JOINED.fullmatch(plain, first.span[1], second.span[0]):
            found[i] = replace(
                first,
                month=first.month or second.month,
                year=first.year or (second.year if not first.month or first.month <= second.month else None),
            )
    yield from found
