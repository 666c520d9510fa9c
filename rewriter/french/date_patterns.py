"""How French and English write dates: the words, and the patterns that they stand in."""

from __future__ import annotations

import functools
import re
from typing import Literal

Part = Literal["début", "milieu", "fin"]

MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
}

_MONTH = {
    "fr": r"janv(?:ier|\.)|févr?(?:ier|\.)|mars|avr(?:il|\.)|mai|juin|juil(?:let|l?\.)|août|sept(?:embre|\.)"
    r"|oct(?:obre|\.)|nov(?:embre|\.)|déc(?:embre|\.)",
    "en": r"jan(?:uary|\.)|feb(?:ruary|\.)|mar(?:ch|\.)|apr(?:il|\.)|may|june|july|aug(?:ust|\.)"
    r"|sept(?:ember|\.)"
    r"|oct(?:ober|\.)|nov(?:ember|\.)|dec(?:ember|\.)",
}
WEEKDAYS = {
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "en": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
}
TIMES = {
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
UNITS = {
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
SHIFTS = {
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
FIXED = {
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
PARTS: dict[str, Part] = {
    "début": "début",
    "early": "début",
    "mi": "milieu",
    "mid": "milieu",
    "fin": "fin",
    "late": "fin",
    "end": "fin",
}


@functools.cache
def patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """The ways of writing a date, the fullest first; their named groups are the date's parts."""
    written = _french() if language == "fr" else _english()
    return tuple(re.compile(rf"(?<![\w])(?<![^\W\d_]-)(?:{pattern})(?![\w])") for pattern in written)


def _french() -> tuple[str, ...]:
    month = f"(?P<month>{_MONTH['fr']})"
    weekday = f"(?P<weekday>{'|'.join((*WEEKDAYS['fr'], *WEEKDAYS['en']))})"  # machine translation leaves some
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
        rf"(?P<shift>derni(?:er|ère)|prochaine?) (?P<unit>trimestre|saison|décennie|{_SEASONS})",
        rf"(?P<this>ce|cet|cette) (?P<unit>{units})",
        rf"(?:au |l'|en |à l'|cet |depuis le |de l'|d'|(?:fin|début) de l')(?P<season>{_SEASONS})"
        rf"(?:(?: de)? {year})?",
        r"(?P<fixed>avant-hier|après-demain|hier|demain|ce matin|ce soir|cet après-midi)" + time,
        r"(?:années |décennie )(?P<decade>(?:1[89]|20)\d0|[2-9]0)",
        rf"(?:(?P<part>début|mi|fin)[ -])?(?:l'année )?{year}(?!,\d)(?!(?: |\.|')\d{{3}}\b)",
        r"(?:le|au|du|les|dès le|depuis le|jusqu'au) (?P<day>[0-3]?\d)(?= (?:et|au) (?:le )?[0-3]?\d )",
    )


def _english() -> tuple[str, ...]:
    month, weekday = f"(?P<month>{_MONTH['en']})", f"(?P<weekday>{'|'.join(WEEKDAYS['en'])})"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    year = r"(?P<year>1\d{3}|20\d\d)"
    time = r"(?: (?P<time>morning|afternoon|evening|night))?"
    part = r"(?:(?P<part>early|mid|late|end)[ -](?:of |in )?)?"
    units = "year|month|week|weekend|century|quarter|season|decade|night|summer|winter|autumn|fall|spring"
    return (
        r"(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)",
        rf"(?:{weekday},? )?{month} {day}(?!\d)(?:,? {year})?{time}",
        rf"(?:{weekday},? )?(?:the )?{day} (?:of )?{month}(?:,? {year})?{time}",
        rf"{part}{month}(?: {year})?(?! (?:be|have|not|also|yet|well)\b)",
        rf"(?P<direction>last|next) {weekday}{time}",
        rf"{weekday}{time}",
        rf"(?:the )?(?P<shift>last|past|previous|next|coming|this|following) (?P<unit>{units})",
        r"(?P<fixed>yesterday|tomorrow|this morning|tonight|this evening|this afternoon)" + time,
        r"(?P<decade>(?:1[89]|20)\d0)s",
        rf"(?:(?P<part>early|mid|late)[ -])?{year}(?!,\d)",
    )
