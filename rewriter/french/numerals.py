"""Numbers written in letters: French and English cardinals, ordinals, fractions, collective numerals.

The value of a row of number words is text2num's business; what is a number word at all is decided here,
for text2num also takes the adjective "neuf" and the article "un" for numbers.
"""

from __future__ import annotations

import functools
import re
from decimal import Decimal

SCALES = {
    "fr": {"mille": 10**3, "millier": 10**3, "million": 10**6, "milliard": 10**9, "billion": 10**12},
    "en": {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
}
"""Scale word, in the singular → what it multiplies by. A billion is a thousand times larger in French."""

ABBREVIATED = {"k": 10**3, "m": 10**6, "mn": 10**6, "md": 10**9, "mds": 10**9, "mrd": 10**9, "bn": 10**9}
"""Scale letters that stand before a unit: "100 M€", "33,6 Mt", "$12bn"."""

COLLECTIVE = {
    "huitaine": 8,
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1000,
    "dozen": 12,
    "score": 20,
    "hundred": 100,
    "thousand": 1000,
}
"""Words for about so many. The English ones count only in the plural or after "a"."""

FRACTIONS = {
    "demi": Decimal(1) / 2,
    "moitié": Decimal(1) / 2,
    "half": Decimal(1) / 2,
    "tiers": Decimal(1) / 3,
    "third": Decimal(1) / 3,
    "quart": Decimal(1) / 4,
    "quarter": Decimal(1) / 4,
    "cinquième": Decimal(1) / 5,
    "fifth": Decimal(1) / 5,
    "sixième": Decimal(1) / 6,
    "dixième": Decimal(1) / 10,
    "tenth": Decimal(1) / 10,
    "centième": Decimal(1) / 100,
}

_SIMPLE = {
    "fr": "zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "vingts vingt trente quarante cinquante soixante septante huitante octante nonante cents cent mille",
    "en": "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand",
}
_ORDINAL_ENDS = {
    "fr": {
        "unième": "un",
        "deuxième": "deux",
        "troisième": "trois",
        "quatrième": "quatre",
        "cinquième": "cinq",
        "sixième": "six",
        "septième": "sept",
        "huitième": "huit",
        "neuvième": "neuf",
        "dixième": "dix",
        "onzième": "onze",
        "douzième": "douze",
        "treizième": "treize",
        "quatorzième": "quatorze",
        "quinzième": "quinze",
        "seizième": "seize",
        "vingtième": "vingt",
        "trentième": "trente",
        "quarantième": "quarante",
        "cinquantième": "cinquante",
        "soixantième": "soixante",
        "centième": "cent",
        "millième": "mille",
    },
    "en": {
        "first": "one",
        "second": "two",
        "third": "three",
        "fourth": "four",
        "fifth": "five",
        "sixth": "six",
        "seventh": "seven",
        "eighth": "eight",
        "ninth": "nine",
        "tenth": "ten",
        "eleventh": "eleven",
        "twelfth": "twelve",
        "thirteenth": "thirteen",
        "fourteenth": "fourteen",
        "fifteenth": "fifteen",
        "sixteenth": "sixteen",
        "seventeenth": "seventeen",
        "eighteenth": "eighteen",
        "nineteenth": "nineteen",
        "twentieth": "twenty",
        "thirtieth": "thirty",
        "fortieth": "forty",
        "fiftieth": "fifty",
        "sixtieth": "sixty",
        "seventieth": "seventy",
        "eightieth": "eighty",
        "ninetieth": "ninety",
        "hundredth": "hundred",
    },
}
_JOINTS = {"fr": r"[ -]|[ -]et[ -](?=un|onz)", "en": r"[ -]|[ -]and[ -]"}


@functools.cache
def cardinal_pattern(language: str) -> re.Pattern[str]:
    """A row of number words in flat text. "un", "une" and a lone "one" are none: they are articles."""
    simple = "|".join(_SIMPLE[language].split())
    one = r"(?:-une?|[ -]et[ -]une?|(?<=cent) une?|(?<=mille) une?)" if language == "fr" else r"(?:[ -]one)"
    first = rf"(?:{simple})" if language == "fr" else rf"(?:(?:an?|one) (?=hundred|thousand)|(?:{simple}))"
    joint = rf"(?:{_JOINTS[language]})"
    more = rf"(?:{one}|{joint}(?:{simple}))" if language == "fr" else rf"(?:{one}|{joint}?(?:{simple}))"
    return re.compile(rf"(?<![\w-]){first}{more}*(?![\w-])")


@functools.cache
def ordinal_pattern(language: str) -> re.Pattern[str]:
    """An ordinal in letters in flat text: deuxième, trente et unième, twenty-first; not "second"."""
    simple, ends = "|".join(_SIMPLE[language].split()), "|".join(_ORDINAL_ENDS[language])
    joint = rf"(?:{_JOINTS[language]})"
    return re.compile(rf"(?<![\w-])((?:(?:{simple}){joint})*)({ends})(s?)(?![\w-])")


def cardinal_value(words: str, language: str) -> Decimal | None:
    """What a row of number words is worth; None when it is not one number ("sept huit")."""
    from text_to_num import text2num  # type: ignore[import-untyped]  # has no type hints

    try:
        return Decimal(text2num(re.sub(r"^an? ", "one ", words), language))
    except ValueError:
        return None


def ordinal_value(prefix: str, end: str, language: str) -> Decimal | None:
    """What an ordinal is worth, from the two groups of `ordinal_pattern`."""
    return cardinal_value(prefix + _ORDINAL_ENDS[language][end], language)


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def roman_value(letters: str) -> Decimal:
    """What a Roman numeral is worth: "XIX" → 19."""
    values = [_ROMAN[c] for c in letters.lower()]
    signed = [-a if b > a else a for a, b in zip(values, [*values[1:], 0], strict=True)]
    return Decimal(sum(signed))
