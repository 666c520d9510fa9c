"""Where numbers stand in a flat text and what each is worth: one finder for each way of writing them.

`FINDERS` are asked in order; a later one's finding that overlaps an earlier one's is dropped.
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


def _complete(plain: str, text: str, language: str, reading: Reading) -> Reading:
    """The reading with its scale, its "et demi" and its unit."""
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


def _figures(plain: str, text: str, language: str) -> Iterator[Reading]:
    for match in _FIGURE[language].finditer(plain):
        reading = _complete(plain, text, language, Reading(match.start(), match.end(), figure_value(match)))
        if reading.end == match.end() and re.compile(r"[^\W\d_]|-[^\W\d_]").match(plain, match.end()):
            continue
        yield _as_year(reading, plain, match[0])


# Right after these a figure of four digits is a year, whatever follows it.
_YEAR_COMES = re.compile(
    r"(?:\ben|\bde|\bd'ici à|\bd'ici|\bdepuis|\bdès|\bavant|\baprès|\bfin|\bdébut|\bmi|\bannées?|\bl'an|\bvers|\bjusqu'en"
    r"|\bà|\bau|\bet|\bin|\bsince|\bby|\buntil|\bbefore|\bafter|\bfrom|\bto|\bjan\w*|\bfév\w*|\bmars|\bavril|\bmai|\bjuin"
    r"|\bjuil\w*|\baoût|\bsept\w*|\boct\w*|\bnov\w*|\bdéc\w*|\bprintemps|\bété|\bautomne|\bhiver)[ -(]*$"
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


def _words(plain: str, text: str, language: str) -> Iterator[Reading]:
    for match in numerals.cardinal_pattern(language).finditer(plain):
        if match[0] == "neuf" and not _counts_nine(plain, match.end()):
            continue
        value = numerals.cardinal_value(match[0].replace("une", "un"), language)
        if value is not None:
            yield _complete(plain, text, language, Reading(match.start(), match.end(), value))
            continue
        for word in re.finditer(r"\w+", match[0]):  # no number as a row ("douze-huit"): every word is one
            value = numerals.cardinal_value(word[0], language)
            if value is not None:
                yield Reading(match.start() + word.start(), match.start() + word.end(), value)


def _counts_nine(plain: str, end: int) -> bool:
    """Whether "neuf" is the number: a plural that is no small word follows, a scale, "sur dix"."""
    follows = _NINE_COUNTS.match(plain, end)
    return follows is not None and follows[0].strip() not in function_words()


def _one_unit(plain: str, text: str, language: str) -> Iterator[Reading]:
    """un million, un an: the article before a scale word is the number one, before a unit of time perhaps."""
    article = r"(?<![\w'-])(?:d')?(une?)(?= )" if language == "fr" else r"(?<![\w'-])(an?|one)(?= )"
    for match in re.finditer(article, plain):
        whole = _complete(plain, text, language, Reading(match.start(1), match.end(1), Decimal(1)))
        if whole.scaled:
            yield whole
        elif whole.unit in TIME or whole.unit in MONEY:
            yield Reading(whole.start, whole.end, whole.value, whole.kind, whole.unit, weak=whole.value == 1)


# ── clock, telephone, scores ─────────────────────────────────────────────────────────────────────────────

_PHONE = re.compile(r"(?<![\w])(?:\+\d{2} ?\d|0\d)(?:[ .-]?\d{2}){4}(?!\d)")
_CLOCK = {
    "fr": re.compile(
        r"(?<![\w.,])(?P<hour>\d{1,2}) ?(?:h|heures?) ?(?P<minute>[0-5]\d)?(?!\w)"
        r"(?P<late> du soir| de l'après-midi)?(?: du matin)?"
    ),
    "en": re.compile(r"(?<![\w.,])(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))? ?(?:(?P<late>p)|a)\.?m\b\.?"),
}
_NOON = re.compile(r"(?<![\w-])(?:midi|minuit|noon|midnight)(?![\w-])")
_GOALS_TO_ONE = re.compile(r"(?<=buts à )(?:une?|zéro)\b|(?<=but à )zéro\b|(?<=sets à )une?\b|(?<=manches à )une?\b")


def _phones(plain: str, _text: str, _language: str) -> Iterator[Reading]:
    for match in _PHONE.finditer(plain):
        yield Reading(match.start(), match.end(), Decimal(re.sub(r"\D", "", match[0])), "phone")


def _clock(plain: str, text: str, language: str) -> Iterator[Reading]:
    """17h30 and 5:30 p.m. in minutes; a whole hour stays a measure in hours, for it may be a duration."""
    for match in _CLOCK[language].finditer(plain):
        hour = int(match["hour"]) + (12 if match["late"] and int(match["hour"]) < 12 else 0)
        if match["minute"]:
            yield Reading(match.start(), match.end(), Decimal(hour * 60 + int(match["minute"])), "time", "minute")
        elif match["late"] or language == "en":
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


def _goals(plain: str, _text: str, _language: str) -> Iterator[Reading]:
    for match in _GOALS_TO_ONE.finditer(plain):
        yield Reading(match.start(), match.end(), Decimal(0 if match[0] == "zéro" else 1), "score")


# ── ordinals ─────────────────────────────────────────────────────────────────────────────────────────────

_ORDINAL_FIGURE = {
    "fr": re.compile(r"(?<![\w.,-])(\d+)(?:ers?|res?|ères?|es?|[èe]mes?|nde?s?)(?![\w'])"),
    "en": re.compile(r"(?<![\w.,-])(\d+)(?:st|nd|rd|th)(?!\w)"),
}
_ROMAN = re.compile(r"(?<![\w'])([IVX]|[IVXLC]{2,})(?:e|ᵉ|[èe]mes?|ers?|res?)(?!\w)|(?<![\w])([ivxlc]+)e(?= siècle)")
_SECOND = {
    "fr": re.compile(
        r"(?<![\w-])(?:(?<=\ble )|(?<=\bla )|(?<=\bun )|(?<=\bune )|(?<=\bce )|(?<=\bau )|(?<=\bdu )|(?<=\bson )|(?<=\bsa )"
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
        r"|(?P<count>un|le|du|au|deux|trois|quatre|\d) (?:(?P<part>tiers|quart)s?|(?P<tenth>cinquième|sixième|dixième|centième)s?"
        r"(?= (?:de|d'|des|du)))(?! de finale| d'heure| de confiance))(?![\w-])"
    ),
    "en": re.compile(
        r"(?<![\w-])(?:(?P<half>half)|(?P<count>a|one|two|three|four|\d)[ -](?:(?P<part>third|quarter)|(?P<tenth>fifth|tenth))s?)(?![\w-])"
    ),
}
_HALF_OF = {
    "fr": re.compile(r"(?<![\w-])(?:une? )?demi-(?P<what>point|million|milliard|heure|siècle|journée|douzaine)(?!\w)"),
    "en": re.compile(r"(?<![\w-])half(?: an?|-)[ -]?(?P<what>percentage point|point|million|billion|hour|century|dozen)(?!\w)"),
}
_QUARTER_HOUR = re.compile(r"(?<![\w-])(?P<count>une?|deux|trois|\d) quarts? d'heure\b")
_COLLECTIVE = {
    "fr": re.compile(
        r"(?<![\w-])(?:(?P<count>une|cette|la|deux|trois|quatre|cinq|six|\d+) )?"
        r"(?P<word>dizaine|douzaine|vingtaine|trentaine|cinquantaine|soixantaine|centaine|millier"
        r"|(?:huitaine|quinzaine|quarantaine)(?= d[e']))(?P<many>s?)(?!\w)(?: de (?P<scale>millier|million|milliard)s\b)?"
    ),
    "en": re.compile(
        r"(?<![\w-])(?:(?P<count>an?|two|three|four|five|six|\d+) )?(?P<word>dozen|(?:hundred|thousand)(?=s))(?P<many>s?)(?!\w)"
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
        whole = _complete(plain, text, language, Reading(start, match.end(), Decimal(numerals.SCALES[language][what]), scaled=True))
        return Reading(match.start(), whole.end, whole.value / 2, whole.kind, whole.unit, scaled=True)
    unit = unit_after(plain, start)
    return Reading(match.start(), match.end(), Decimal("0.5"), "measure", unit[0] if unit else None)


def _collectives(plain: str, text: str, language: str) -> Iterator[Reading]:
    """une vingtaine (about twenty), deux douzaines, des dizaines de milliards (vague)."""
    for match in _COLLECTIVE[language].finditer(plain):
        count, many = match["count"], bool(match["many"])
        number = Decimal(count) if count and count.isdigit() else numerals.cardinal_value(count or "", language)
        value = (number or 1) * numerals.COLLECTIVE[match["word"]]
        value *= numerals.SCALES[language][match["scale"]] if match["scale"] else 1
        if match["word"] == "millier" and number:
            continue  # "trois milliers" is a number with a scale
        whole = _complete(plain, text, language, Reading(match.start(), match.end(), value, bound="about", scaled=True))
        vague = many and not number
        yield Reading(whole.start, whole.end, whole.value, whole.kind, whole.unit, None if vague else "about", vague, scaled=True)


def _bare_scales(plain: str, text: str, language: str) -> Iterator[Reading]:
    """des milliards de dollars: vague."""
    for match in _BARE_SCALE[language].finditer(plain):
        value = Decimal(numerals.SCALES[language][match["word"]])
        whole = _complete(plain, text, language, Reading(match.start(), match.end(), value, scaled=True))
        yield Reading(whole.start, whole.end, value, whole.kind, whole.unit, vague=True, scaled=True)


FINDERS: tuple[Finder, ...] = (
    _phones,
    _clock,
    _evening,
    _goals,
    _fractions,
    _ordinals,
    _collectives,
    _figures,
    _words,
    _one_unit,
    _bare_scales,
)
