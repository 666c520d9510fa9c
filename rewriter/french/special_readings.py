"""Numbers written in a way of their own: the clock, telephones, ordinals, fractions, "une vingtaine".

`FINDERS` are asked in order; a later one's finding that overlaps an earlier one's is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from rewriter.french import numerals
from rewriter.french.readings import Finder, Reading, cardinals, complete, figures, one_unit
from rewriter.french.units import unit_after

# ── clock, telephone, scores ─────────────────────────────────────────────────────────────────────────────

_PHONE = re.compile(r"(?<![\w])(?:\+\d{2} ?\d|0\d)(?:[ .-]?\d{2}){4}(?!\d)")
_CLOCK = {
    "fr": re.compile(
        r"(?<![\w.,])(?P<hour>\d{1,2}) ?(?:h|heures?) ?(?P<minute>[0-5]\d)?(?!\w)"
        r"(?P<late> du soir| de l'après-midi)?(?: du matin)?"
    ),
    "en": re.compile(r"(?<![\w.,])(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))? ?(?:(?P<late>p)|a)\.?m\b\.?"),
}
_NUMBER_WORDS = numerals.cardinal_pattern("fr").pattern
_HOURS_IN_LETTERS = re.compile(rf"({_NUMBER_WORDS}|(?<![\w-])une) heures? ({_NUMBER_WORDS})(?! minutes?\b| [\w'-]+s\b)")
_AGE = re.compile(
    r"(?<=[^\W\d_]), (?P<beside>[1-9]\d)(?=, | ?\)|,? *$)|\b[Aa]ged? (?P<said>[1-9]\d)(?![\w.,]?\d| ans\b)"
)
_NOON = re.compile(r"(?<![\w-])(?:midi|minuit|noon|midnight)(?![\w-])")
_GOALS_TO_ONE = re.compile(r"(?<=buts à )(?:une?|zéro)\b|(?<=but à )zéro\b|(?<=sets à )une?\b|(?<=manches à )une?\b")


def _phones(plain: str, _text: str, _language: str) -> Iterator[Reading]:
    for match in _PHONE.finditer(plain):
        yield Reading(match.start(), match.end(), Decimal(re.sub(r"\D", "", match[0])), "phone")


def _clock(plain: str, text: str, language: str) -> Iterator[Reading]:
    """17h30 and 5:30 p.m. in minutes; a whole hour stays a measure in hours, for it may be a duration.

    French as machines translate it keeps the English clock.
    """
    english = [(match, "en") for match in _CLOCK["en"].finditer(plain)]
    french = [(match, "fr") for match in _CLOCK["fr"].finditer(plain)] if language == "fr" else []
    for match, how in [*english, *french]:
        hour = int(match["hour"]) + (12 if match["late"] and int(match["hour"]) < 12 else 0)
        if match["minute"]:
            yield Reading(match.start(), match.end(), Decimal(hour * 60 + int(match["minute"])), "time", "minute")
        elif match["late"] or how == "en":
            yield Reading(match.start(), match.end(), Decimal(hour), "measure", "heure")
    for match in _NOON.finditer(plain):
        if text[match.start()].islower():
            hour = 12 if match[0] in ("midi", "noon") else 24
            yield Reading(match.start(), match.end(), Decimal(hour), "time", "heure")


def _evening(plain: str, _text: str, language: str) -> Iterator[Reading]:
    """huit heures du soir: twenty."""
    if language != "fr":
        return
    for match in re.finditer(r"(?<![\w-])(\w+) heures? (?:du soir|de l'après-midi)\b", plain):
        value = numerals.cardinal_value(match[1], "fr")
        if value is not None and value < 12:
            yield Reading(match.start(), match.end(), value + 12, "measure", "heure")


def _hours_in_letters(plain: str, _text: str, language: str) -> Iterator[Reading]:
    """deux heures cinquante et une: 171 minutes."""
    if language != "fr":
        return
    for match in _HOURS_IN_LETTERS.finditer(plain):
        hours, minutes = (numerals.cardinal_value(words, "fr") for words in match.groups())
        if hours is not None and minutes is not None and minutes < 60:
            yield Reading(match.start(), match.end(), hours * 60 + minutes, "time", "minute")


def _ages(plain: str, text: str, _language: str) -> Iterator[Reading]:
    """ "Inès Caradec, 19," and "age 34": years, though nothing says so."""
    for match in _AGE.finditer(text):
        at = match.start(match.lastgroup or 0)
        yield Reading(at, match.end(match.lastgroup or 0), Decimal(plain[at : match.end()]), "measure", "an")


def _goals(plain: str, _text: str, _language: str) -> Iterator[Reading]:
    for match in _GOALS_TO_ONE.finditer(plain):
        yield Reading(match.start(), match.end(), Decimal(0 if match[0] == "zéro" else 1), "score")


# ── ordinals ─────────────────────────────────────────────────────────────────────────────────────────────

_ORDINAL_FIGURE = {
    "fr": re.compile(r"(?<![\w.,-])(\d+)(?:ers?|res?|ères?|es?|[èe]mes?|nde?s?)(?![\w'])"),
    "en": re.compile(r"(?<![\w.,-])(\d+)(?:st|nd|rd|th)(?!\w)"),
}
_RANK = re.compile(r"(?<=\bnuméro )\d{1,2}(?![\w.,]?\d)(?= (?:mondiale?|française?|européenne?|un|deux|trois)\b)")
_ROMAN = re.compile(r"(?<![\w'])([IVX]|[IVXLC]{2,})(?:e|ᵉ|[èe]mes?|ers?|res?)(?!\w)|(?<![\w])([ivxlc]+)e(?= siècle)")
_SECOND = {
    "fr": re.compile(
        r"(?<![\w-])(?:(?<=\ble )|(?<=\bla )|(?<=\bun )|(?<=\bune )|(?<=\bce )|(?<=\bau )|(?<=\bdu )"
        r"|(?<=\bson )|(?<=\bsa )"
        r"|(?<=\ben )|(?<=\bde )|(?<=\bleur ))seconde?(?= [^\W\d_]{3})"
    ),
    "en": re.compile(r"(?<![\w-])second(?![\w-])"),
}
_FIRST = {
    "fr": re.compile(r"(?<![\w-])premi(?:er|ère)s?(?![\w-])(?! ministre)"),
    "en": re.compile(r"(?<![\w-])first(?![\w-])"),
}


def _ordinals(plain: str, text: str, language: str) -> Iterator[Reading]:
    for match in _ORDINAL_FIGURE[language].finditer(plain):
        yield Reading(match.start(), match.end(), Decimal(match[1]), "ordinal")
    for match in _RANK.finditer(plain):  # "numéro 12 mondiale" is "douzième mondiale"
        yield Reading(match.start(), match.end(), Decimal(match[0]), "ordinal")
    for match in _ROMAN.finditer(text):
        yield Reading(match.start(), match.end(), numerals.roman_value(match[1] or match[2]), "ordinal")
    for match in _SECOND[language].finditer(plain):
        yield Reading(match.start(), match.end(), Decimal(2), "ordinal")
    for match in _FIRST[language].finditer(plain):
        yield Reading(match.start(), match.end(), Decimal(1), "ordinal")
    for match in numerals.ordinal_pattern(language).finditer(plain):
        value = numerals.ordinal_value(match[1].replace("une", "un"), match[2], language)
        if value is not None:
            yield Reading(match.start(), match.end(), value, "ordinal")


# ── fractions and collective numerals ────────────────────────────────────────────────────────────────────

_SMALL = {"un": 1, "une": 1, "le": 1, "du": 1, "au": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_SMALL |= {"deux": 2, "trois": 3, "quatre": 4, "la": 1}
_SHARE = {
    "fr": re.compile(
        r"(?<![\w-])(?:(?P<half>moitié)"
        r"|(?P<count>un|le|du|au|deux|trois|quatre|\d) (?:(?P<part>tiers|quart)s?"
        r"|(?P<tenth>cinquième|sixième|dixième|centième)s?(?= (?:de|d'|des|du|à|par)\b))"
        r"(?! de finale| d'heure| de confiance))(?![\w-])"
    ),
    "en": re.compile(
        r"(?<![\w-])(?:(?P<half>half)|(?P<count>a|one|two|three|four|\d)[ -]"
        r"(?:(?P<part>third|quarter)|(?P<tenth>fifth|tenth))s?)(?![\w-])"
    ),
}
_HALF_OF = {
    "fr": re.compile(r"(?<![\w-])(?:une? )?demi-(?P<what>point|million|milliard|heure|siècle|journée|douzaine)(?!\w)"),
    "en": re.compile(
        r"(?<![\w-])half(?: an?|-)[ -]?"
        r"(?P<what>percentage point|point|million|billion|hour|century|dozen)(?!\w)"
    ),
}
_QUARTER_HOUR = re.compile(r"(?<![\w-])(?P<count>une?|deux|trois|\d) quarts? d'heure\b")
_COLLECTIVE = {
    "fr": re.compile(
        r"(?<![\w-])(?:(?P<count>une|cette|la|deux|trois|quatre|cinq|six|\d+) )?"
        r"(?P<word>dizaine|douzaine|vingtaine|trentaine|cinquantaine|soixantaine|centaine|millier"
        r"|(?:huitaine|quinzaine|quarantaine)(?= d[e']))(?P<many>s?)(?!\w)"
        r"(?: de (?P<scale>millier|million|milliard)s\b)?"
    ),
    "en": re.compile(
        r"(?<![\w-])(?:(?P<count>an?|two|three|four|five|six|\d+) )?"
        r"(?P<word>dozen|(?:hundred|thousand)(?=s))(?P<many>s?)(?!\w)"
        r"(?: of (?P<scale>thousand|million|billion)s\b)?"
    ),
}
_BARE_SCALE = {
    "fr": re.compile(r"(?<![\w-])(?P<word>million|milliard|billion)s(?!\w)"),
    "en": re.compile(r"(?<![\w-])(?P<word>million|billion|trillion)s(?!\w)"),
}


def _fractions(plain: str, text: str, language: str) -> Iterator[Reading]:
    for match in _HALF_OF[language].finditer(plain):
        yield _half_of(match, plain, text, language)
    for match in _QUARTER_HOUR.finditer(plain):
        count = _SMALL.get(match["count"]) or int(match["count"])
        yield Reading(match.start(), match.end(), Decimal(15 * count), "measure", "minute")
    for match in _SHARE[language].finditer(plain):
        share = numerals.FRACTIONS[match["half"] or match["part"] or match["tenth"]]
        count = _SMALL.get(match["count"] or "un") or int(match["count"])
        yield Reading(match.start(), match.end(), 100 * share * count, "ratio", "%")


def _half_of(match: re.Match[str], plain: str, text: str, language: str) -> Reading:
    """demi-point, half a million: half of a unit, of a scale word or of a dozen."""
    what, start = match["what"], match.start("what")
    if what in numerals.COLLECTIVE or what == "douzaine":
        return Reading(match.start(), match.end(), Decimal(6), scaled=True)
    if what in numerals.SCALES[language]:
        whole = complete(
            plain,
            text,
            language,
            Reading(start, match.end(), Decimal(numerals.SCALES[language][what]), scaled=True),
        )
        return Reading(match.start(), whole.end, whole.value / 2, whole.kind, whole.unit, scaled=True)
    unit = unit_after(plain, start)
    return Reading(match.start(), match.end(), Decimal("0.5"), "measure", unit[0] if unit else None)


def _collectives(plain: str, text: str, language: str) -> Iterator[Reading]:
    """une vingtaine (about twenty), deux douzaines, des dizaines de milliards (vague)."""
    for match in _COLLECTIVE[language].finditer(plain):
        count, many = match["count"], bool(match["many"])
        number = _value_of(count or "", language)
        value = (number or Decimal(1)) * numerals.COLLECTIVE[match["word"]]
        value *= numerals.SCALES[language][match["scale"]] if match["scale"] else 1
        if match["word"] == "millier" and number:
            continue  # "trois milliers" is a number with a scale
        whole = complete(plain, text, language, Reading(match.start(), match.end(), value, bound="about", scaled=True))
        vague = many and not number
        yield Reading(
            whole.start,
            whole.end,
            whole.value,
            whole.kind,
            whole.unit,
            None if vague else "about",
            vague,
            scaled=True,
        )


def _value_of(count: str, language: str) -> Decimal | None:
    return Decimal(count) if count.isdigit() else numerals.cardinal_value(count, language)


def _bare_scales(plain: str, text: str, language: str) -> Iterator[Reading]:
    """des milliards de dollars: vague."""
    for match in _BARE_SCALE[language].finditer(plain):
        value = Decimal(numerals.SCALES[language][match["word"]])
        whole = complete(plain, text, language, Reading(match.start(), match.end(), value, scaled=True))
        yield Reading(whole.start, whole.end, value, whole.kind, whole.unit, vague=True, scaled=True)


FINDERS: tuple[Finder, ...] = (
    _phones,
    _clock,
    _evening,
    _hours_in_letters,
    _ages,
    _goals,
    _fractions,
    _ordinals,
    _collectives,
    figures,
    cardinals,
    one_unit,
    _bare_scales,
)
