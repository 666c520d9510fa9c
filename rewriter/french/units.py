"""Units of measure and currencies as newspapers write them, in French and in English."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from decimal import Decimal

from rewriter.french.folding import word_set

# Normalised unit → how it is written in flat text (small letters, plain spaces), as a regular expression.
# Single letters are units only right after a figure, in small letters (see `numbers.py`).
_WRITTEN = {
    "%": r"%|pour ?cents?\b|per ?cent\b|p\. ?c\.",
    "‰": r"‰|pour mille\b",
    "point": r"points?(?: de pourcentage| de base)?\b|percentage points?\b",
    "CAD": r"dollars? canadiens?\b|canadian dollars?\b|\$ ?ca\b|ca\$",
    "AUD": r"dollars? australiens?\b|australian dollars?\b",
    "USD": r"(?:us )?dollars?(?: américains?)?\b|\$(?: ?us\b)?|usd\b|us\$",
    "EUR": r"euros?\b|€|eur\b",
    "GBP": r"livres? sterling\b|£|pounds?(?: sterling)?\b|gbp\b",
    "CHF": r"francs? suisses?\b|swiss francs?\b|chf\b",
    "XAF": r"francs? cfa\b|cfa francs?\b|fcfa\b",
    "FRF": r"francs?\b",
    "JPY": r"yens?\b|¥",
    "CNY": r"yuans?\b|renminbis?\b",
    "RUB": r"roubles?\b|rubles?\b",
    "INR": r"roupies?\b|rupees?\b",
    "siècle": r"siècles?\b|century\b|centuries\b",
    "décennie": r"décennies?\b|decades?\b",
    "an": r"ans?\b|années?\b|years?\b",
    "mois": r"mois\b|months?\b",
    "semaine": r"semaines?\b|weeks?\b",
    "jour": r"jours?\b|journées?\b|days?\b",
    "heure": r"heures?\b|hours?\b|h\b",
    "minute": r"minutes?\b|min\b|mn\b",
    "seconde": r"secondes?\b|seconds?\b|s\b",
    "km/h": r"km ?/ ?h\b|kmh\b|kph\b|kilomètres?[ -](?:à l'|par )?heure\b|kilometers? (?:an|per) hour\b",
    "km²": r"km ?2\b|kilomètres? carrés?\b|square kilomet(?:er|re)s?\b",
    "m²": r"m ?2\b|mètres? carrés?\b|square met(?:er|re)s?\b",
    "m³": r"m ?3\b|mètres? cubes?\b|cubic met(?:er|re)s?\b",
    "km": r"km\b|kilomètres?\b|kilomet(?:er|re)s?\b",
    "cm": r"cm\b|centimètres?\b|centimet(?:er|re)s?\b",
    "mm": r"mm\b|millimètres?\b|millimet(?:er|re)s?\b",
    "m": r"mètres?\b|met(?:er|re)s?\b|m\b",
    "mile": r"miles?\b",
    "pied": r"pieds\b|feet\b|foot\b",
    "ha": r"ha\b|hectares?\b",
    "acre": r"acres?\b",
    "t": r"tonnes?\b|tons?\b|t\b",
    "kg": r"kg\b|kilos?\b|kilogrammes?\b|kilograms?\b",
    "mg": r"mg\b|milligrammes?\b|milligrams?\b",
    "g": r"grammes?\b|grams?\b|g\b",
    "hl": r"hl\b|hectolitres?\b",
    "l": r"litres?\b|lit(?:er|re)s?\b|l\b",
    "baril": r"barils?\b|barrels?\b",
    "°": r"°(?: ?c\b)?|degrés?(?: celsius)?\b|degrees?(?: celsius)?\b",
    "TWh": r"twh\b|térawattheures?\b",
    "GWh": r"gwh\b|gigawattheures?\b",
    "MWh": r"mwh\b|mégawattheures?\b",
    "kWh": r"kwh\b|kilowattheures?\b",
    "GW": r"gw\b|gigawatts?\b",
    "MW": r"mw\b|mégawatts?\b",
    "kW": r"kw\b|kilowatts?\b",
    "octet": r"octets?\b|bytes?\b",
    "fois": r"fois\b|reprises\b|times\b|-fold\b",
}
MONEY = word_set("CAD AUD USD EUR GBP CHF XAF FRF JPY CNY RUB INR")
TIME = word_set("siècle décennie an mois semaine jour heure minute seconde")
_LETTERS = word_set("h s m t g l")

# Unit → the unit it is reckoned in, and how many of those it makes.
_BASE: Mapping[str, tuple[str, Decimal | int]] = {
    "siècle": ("mois", 1200),
    "décennie": ("mois", 120),
    "an": ("mois", 12),
    "semaine": ("minute", 10080),
    "jour": ("minute", 1440),
    "heure": ("minute", 60),
    "km": ("m", 1000),
    "cm": ("m", Decimal("0.01")),
    "mm": ("m", Decimal("0.001")),
    "km²": ("m²", 1_000_000),
    "ha": ("m²", 10_000),
    "t": ("kg", 1000),
    "g": ("kg", Decimal("0.001")),
    "mg": ("kg", Decimal("0.000001")),
    "m³": ("l", 1000),
    "hl": ("l", 100),
    "TWh": ("kWh", 1_000_000_000),
    "GWh": ("kWh", 1_000_000),
    "MWh": ("kWh", 1000),
    "GW": ("kW", 1_000_000),
    "MW": ("kW", 1000),
}
_PREFIXED = {"$": "USD", "us$": "USD", "ca$": "CAD", "€": "EUR", "£": "GBP", "¥": "JPY"}


def in_base(value: Decimal, unit: str | None) -> tuple[Decimal, str | None]:
    """The same measure in its base unit: (2, "an") → (24, "mois"); money and other units stay as they are."""
    base, factor = _BASE.get(unit or "", (unit, 1))  # None and unknown units are their own base
    return value * factor, base


@functools.cache
def _pattern() -> re.Pattern[str]:
    groups = "|".join(f"(?P<u{i}>{written})" for i, written in enumerate(_WRITTEN.values()))
    return re.compile(rf" ?(?P<of>de |d')?(?:{groups})(?![\w])")


def unit_after(text: str, position: int, counted: bool = False) -> tuple[str, int] | None:
    """The unit that begins at `position` of a flat text, and where it ends; None when there is none.

    `counted` says that "de" may stand before it, as after "millions" and "une dizaine"; "livres" alone
    are pounds only then, for they may be books.
    """
    match = _pattern().match(text, position)
    if match and (counted or not match["of"]):
        return list(_WRITTEN)[int((match.lastgroup or "")[1:])], match.end()
    pounds = re.compile(r" de livres\b").match(text, position) if counted else None
    return ("GBP", pounds.end()) if pounds else None


def unit_before(text: str, position: int) -> tuple[str, int] | None:
    """The currency sign that ends at `position` of a flat text, and where it begins."""
    match = re.search(r"(?:(?:us|ca)?\$|[€£¥]) ?$", text[max(0, position - 5) : position])
    if not match:
        return None
    return _PREFIXED[match[0].strip()], position - len(match[0])


def is_letter(written: str) -> bool:
    """Whether a unit is written with one letter: then it is one only in small letters, behind a figure."""
    return written.strip() in _LETTERS
