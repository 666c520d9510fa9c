"""The ledger: everything in a text that a rewriting must not change, read once, ready for comparing."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import Decimal

from rewriter.french.dates import Date, dates
from rewriter.french.folding import flat
from rewriter.french.lexicon import content_lemmas
from rewriter.french.names import Name, NameIndex, index_names, names
from rewriter.french.nationality import Nationality, nationalities
from rewriter.french.numbers import Number, numbers
from rewriter.french.quotes import QuoteIndex, index_quotations
from rewriter.french.titles import RoleIndex, index_roles


@dataclass(frozen=True)
class Ledger:
    """What a text says in numbers, dates, names, functions and quotations."""

    text: str
    language: str
    """ "fr" or "en"."""

    @functools.cached_property
    def plain(self) -> str:
        """The text in small letters, with one kind of space, apostrophe and hyphen."""
        return flat(self.text)

    @functools.cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers in order."""
        return numbers(self.text, self.language)

    @functools.cached_property
    def all_numbers(self) -> tuple[Number, ...]:
        """The numbers, and those that words imply: "triplé" says "trois fois"."""
        return (*self.numbers, *_implied(self.plain))

    def is_dated(self, number: Number) -> bool:
        """Whether a number of the text is a year, or part of a date."""
        return number.kind == "year" or any(
            d.span[0] <= number.span[0] and number.span[1] <= d.span[1] for d in self.dates
        )

    @functools.cached_property
    def dates(self) -> tuple[Date, ...]:
        """The dates in order."""
        return dates(self.text, self.language)

    @functools.cached_property
    def names(self) -> tuple[Name, ...]:
        """The names in order."""
        return names(self.text, self.language)

    @functools.cached_property
    def name_index(self) -> NameIndex:
        """The names, made ready for comparing."""
        return index_names(self.text, self.language)

    @functools.cached_property
    def nationalities(self) -> tuple[Nationality, ...]:
        """The names that stand behind a country's adjective or people."""
        return nationalities(self.text, self.language)

    @functools.cached_property
    def roles(self) -> RoleIndex:
        """The functions and whose they are."""
        return index_roles(self.text, self.language)

    @functools.cached_property
    def quotes(self) -> QuoteIndex:
        """The quotations and who says them."""
        return index_quotations(self.text, self.language)

    @functools.cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of its content words."""
        return frozenset(content_lemmas(self.text))

    @functools.cached_property
    def glued(self) -> frozenset[str]:
        """Its words with figures behind them, without what stands between: "paris8", "section37"."""
        return frozenset(re.sub(r"\W", "", found) for found in _WITH_FIGURES.findall(self.plain))


_WITH_FIGURES = re.compile(r"[^\W\d_][^\W_]*[ -]?\d+")

# Words that say a number without being one: what they say, with its unit.
_IMPLIED = tuple(
    (re.compile(rf"(?<![\w-])(?:{pattern})"), Decimal(value), unit)
    for pattern, value, unit in (
        (r"(?:re)?doubl(?:e|é|er|ent|ait|a)\w{0,2}\b", 2, "fois"),
        (r"tripl(?:e|é|er|ent|ait|a)\w{0,2}\b", 3, "fois"),
        (r"quadrupl\w+", 4, "fois"),
        (r"(?:couple|duo|paire|jum(?:eaux|elles)|tandem|bin[oô]me)s?\b", 2, None),
        (r"trios?\b", 3, None),
        (r"centenaire", 100, "an"),
        (r"bicentenaire", 200, "an"),
        (r"cinquantenaire", 50, "an"),
        (r"quinquennat|quinquennal", 5, "an"),
        (r"semestr(?:e|iel)", 6, "mois"),
        (r"trimestr(?:e|iel)", 3, "mois"),
        (r"(?:annuel|annuit)\w*|(?:par|chaque) an(?:née)?\b", 1, "an"),
        (r"mensuel\w*|(?:par|chaque) mois\b", 1, "mois"),
        (r"hebdomadaire\w*", 1, "semaine"),
        (r"quotidien\w*", 1, "jour"),
        (r"décennie", 10, "an"),
        (r"siècle", 100, "an"),
        (r"twice", 2, "fois"),
    )
)


def _implied(plain: str) -> tuple[Number, ...]:
    return tuple(
        Number(value, unit, match[0], match.span(), "measure" if unit else "cardinal")
        for pattern, value, unit in _IMPLIED
        for match in pattern.finditer(plain)
    )


@functools.lru_cache(maxsize=256)
def ledger(text: str, language: str = "fr") -> Ledger:
    """Open the ledger of a text in French ("fr") or English ("en"); it is read as far as it is asked for."""
    return Ledger(text, language)
