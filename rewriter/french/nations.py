"""Countries, their people and capitals, and what French calls the places of English texts.

The countries' and the time zones' cities come from Unicode's locale data (babel); adjectives, capitals and
institutions stand in nations.txt and exonyms.txt.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rewriter.french.folding import fold
from rewriter.french.roles import is_function_key
from rewriter.french.tokens import Token, tokens

Phrases = Mapping[str, frozenset[str]]
"""Keys of words joined by spaces → ISO 3166 codes of the countries they may mean."""

_LONGEST = 6
"""Words in the longest name looked up ("Organisation du traité de l'Atlantique nord" is not one of them)."""
_SHORT = 3
"""Up to so many letters, only capitals make a country: "US" and "EAU", not "us" and "eau"."""
# Countries whose French name is also a first name: far more often somebody.
_FIRST_NAMES = frozenset({"maurice", "dominique"})


class Mention(NamedTuple):
    """A country, its people, its adjective or its capital in a text."""

    first: int
    """Index of its first token."""
    last: int
    """Index after its last token."""
    codes: frozenset[str]
    """The countries it may mean."""
    capital: bool
    """Whether it is the capital's name."""


def phrase(text: str) -> str:
    """The keys of the text's words, joined by spaces."""
    return " ".join(token.key for token in tokens(text))


class _Names(NamedTuple):
    adjectives: Phrases
    """Adjectives and people."""
    countries: Phrases
    capitals: Phrases
    prefixes: Phrases
    """What stands before a hyphen: "franco"."""
    longest: Mapping[str, int]
    """First word → words in the longest name that it begins."""


@functools.cache
def _names(language: str) -> _Names:
    """What one language calls the countries, their people and their capitals."""
    adjectives: list[tuple[str, str]] = []
    countries = list(_countries(language))
    capitals: list[tuple[str, str]] = []
    for code, (french, english, towns, aliases) in _rows():
        forms = (
            _inflected(french.split()) if language == "fr" else (e + s for e in _compounds(english) for s in ("", "s"))
        )
        adjectives += ((form, code) for form in forms)
        countries += ((alias, code) for alias in aliases.split())
        capitals += ((town, code) for town in _towns(towns, language))
    prefixes = list(_PREFIXES.items())
    tables = tuple(_phrases(forms) for forms in (adjectives, countries, capitals, prefixes))
    longest: dict[str, int] = {}
    for key in (key for table in tables for key in table):
        words = key.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return _Names(tables[0], tables[1], tables[2], tables[3], longest)


_PREFIXES = dict(
    pair.split(":")
    for pair in [
        "franco:FR",
        "germano:DE",
        "italo:IT",
        "hispano:ES",
        "luso:PT",
        "anglo:GB",
        "russo:RU",
        "sino:CN",
        "nippo:JP",
        "américano:US",
        "israélo:IL",
        "palestino:PS",
        "turco:TR",
        "gréco:GR",
        "ukraino:UA",
        "serbo:RS",
        "austro:AT",
        "irako:IQ",
        "irano:IR",
        "libano:LB",
        "maroco:MA",
        "algéro:DZ",
        "belgo:BE",
        "helvético:CH",
        "euro:X-EU",
        "polono:PL",
        "indo:IN",
        "soviéto:X-SU",
    ]
)


def _phrases(forms: Iterable[tuple[str, str]]) -> Phrases:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for form, code in forms:
        found[phrase(form)].add(code)
    return {key: frozenset(codes) for key, codes in found.items() if key}


def _towns(written: str, language: str) -> list[str]:
    """The capital that a line gives in one language; two, with a comma between them, where there are two."""
    french, _, english = written.partition(" = ")
    return [town.strip() for town in (english if language == "en" and english else french).split(",")]


def _rows() -> Iterator[tuple[str, list[str]]]:
    for line in Path(__file__).with_name("nations.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, *fields = (field.strip() for field in line.split("|"))
            yield code, [*fields, "", "", "", ""][:4]


_COMPOUND = re.compile(
    r"north korean|central african|cape verdean|costa rican|sri lankan|new zealander|sierra leonean|south \w+"
)


def _compounds(english: str) -> tuple[str, ...]:
    """The adjectives of a line, those of two words kept together."""
    whole = tuple(_COMPOUND.findall(english))
    return (*whole, *_COMPOUND.sub("", english).split())


def _inflected(adjectives: Iterable[str]) -> Iterator[str]:
    """Masculine and feminine, singular and plural: "ukrainien" → ukrainiens, ukrainienne, ukrainiennes."""
    for masculine in adjectives:
        if masculine.endswith(("ien", "éen")):
            feminine = masculine + "ne"
        else:
            feminine = masculine if masculine.endswith("e") else masculine + "e"
        for form in (masculine, feminine):
            yield from (form, form + "s")


def _countries(language: str) -> Iterator[tuple[str, str]]:
    """Name and code of every country, what stands in parentheses left out."""
    from babel import Locale  # loads its data

    for code, name in Locale.parse(language).territories.items():
        plain = re.sub(r" ?[(\[].*", "", name)
        if re.fullmatch(r"[A-Z]{2}", code) and code not in ("EU", "UN", "EZ", "ZZ") and fold(plain) not in _FIRST_NAMES:
            yield plain, code


def mentions(words: Sequence[Token], language: str = "fr") -> tuple[Mention, ...]:
    """Countries, peoples and capitals among the tokens, the longest names first tried, none overlapping."""
    found: list[Mention] = []
    position = 0
    while position < len(words):
        mention = _at(words, position, _names(language))
        if mention:
            found.append(mention)
        position = mention.last if mention else position + 1
    return tuple(found)


def _at(words: Sequence[Token], first: int, known: _Names) -> Mention | None:
    begins = words[first].key
    if first + 1 < len(words) and words[first + 1].gap in ("-", "‑") and (codes := known.prefixes.get(begins)):
        return Mention(first, first + 1, codes, capital=False)
    for length in range(min(known.longest.get(begins, 0), len(words) - first), 0, -1):
        part = words[first : first + length]
        key = " ".join(token.key for token in part)
        if all(token.tied for token in part[1:]) and (mention := _mention(part, key, first, known)):
            return mention
    return None


def _mention(part: Sequence[Token], key: str, first: int, known: _Names) -> Mention | None:
    """What a row of tokens means as a country's word; its name counts only with a capital."""
    last = first + len(part)
    if len(key) <= _SHORT and not part[0].acronym:
        return None
    if codes := known.adjectives.get(key):
        return Mention(first, last, codes, capital=False)
    if any(token.capital and not is_function_key(token.key) for token in part):
        if codes := known.countries.get(key):
            return Mention(first, last, codes, capital=False)
        if codes := known.capitals.get(key):
            return Mention(first, last, codes, capital=True)
    return None


@functools.cache
def _exonyms() -> Mapping[str, tuple[str, ...]]:
    """English phrase → French names."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in Path(__file__).with_name("exonyms.txt").read_text(encoding="utf-8").splitlines():
        english, equals, french = line.partition(" = ")
        if equals and not line.startswith("#"):
            found[phrase(english)].append(french)
    for english, french in _cities():
        found[phrase(english)].append(french)
    return {key: tuple(names) for key, names in found.items()}


def _cities() -> Iterator[tuple[str, str]]:
    """The cities that time zones are named after, in English and in French."""
    from babel import Locale  # loads its data

    for zone, names in Locale.parse("fr").time_zones.items():
        if "city" in names:
            yield zone.rpartition("/")[2].replace("_", " "), re.sub(r" ?[(\[].*", "", names["city"])
    for _, (_, _, towns, _) in _rows():
        if " = " in towns:
            yield from zip(_towns(towns, "en"), _towns(towns, "fr"), strict=False)


def french_names(words: Sequence[Token]) -> tuple[str, ...]:
    """What French calls the capitalised names among the tokens that it spells in its own way."""
    found: list[str] = []
    for first, token in enumerate(words):
        if token.capital:
            for length in range(min(_LONGEST, len(words) - first), 0, -1):
                found += _exonyms().get(" ".join(t.key for t in words[first : first + length]), ())
    return tuple(found)
