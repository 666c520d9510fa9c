"""Finds what gives an order to a writer away: verbs, what they point at, lengths, languages, manners.

The vocabulary and its weights stand in request.toml; only the grammar of numbers and languages is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rewriter.french.numerals import cardinal_value
from rewriter.tables import toml_file

VERBS = frozenset({"rewrite", "rewrite_infinitive", "make", "make_infinitive", "duty", "role", "wish", "task", "title"})
"""Kinds that make a sentence an order."""


@dataclass(frozen=True)
class Hit:
    """One cue in a text."""

    kind: str
    start: int
    end: int
    value: str = ""
    """A language's code, or a title in quotation marks."""
    negated: bool = False
    """Whether "no", "without" or "sans" stands before it."""


@dataclass(frozen=True)
class _Table:
    weights: Mapping[str, int]
    start: tuple[tuple[str, re.Pattern[str]], ...]
    anywhere: tuple[tuple[str, re.Pattern[str]], ...]
    prefix: re.Pattern[str]
    languages: tuple[tuple[str, re.Pattern[str]], ...]
    glue: frozenset[str]


def weight(kind: str) -> int:
    """Points of a kind of cue; 0 for kinds that only explain words."""
    return _table().weights.get(kind, 0)


def is_glue(word: str) -> bool:
    """Whether a word says nothing for or against an order."""
    return word.casefold().replace("’", "'").rstrip("'") in _table().glue


# --- the table ---------------------------------------------------------------------------------------------

_LOOSE = {letter: f"[{letter}{bare}]" for letter, bare in zip("éèêàçî'", "eeeaci’", strict=True)} | {" ": r"\s+"}
_END = r"(?:(?<!\w)|(?!\w))"  # a whole word, or something that ends in a sign


def _loosened(pattern: str) -> str:
    """The pattern, open to typographic apostrophes, any white space and missing accents."""
    optional = pattern.replace(" ?", r"\s*")
    return "".join(_LOOSE.get(c, c) for c in optional)


def _compiled(patterns: Sequence[str], before: str = r"(?<!\w)") -> re.Pattern[str]:
    return re.compile(f"{before}(?:{'|'.join(map(_loosened, patterns))}){_END}", re.IGNORECASE)


@cache
def _table() -> _Table:
    raw = toml_file(Path(__file__).with_name("request.toml"))
    return _Table(
        weights=raw["weights"],
        start=tuple((kind, _compiled(patterns)) for kind, patterns in raw["start"].items()),
        anywhere=tuple((kind, _compiled(patterns)) for kind, patterns in raw["anywhere"].items()),
        prefix=_prefix(raw["prefix"]["patterns"]),
        languages=tuple((code, _language(names)) for code, names in raw["languages"].items()),
        glue=frozenset(raw["glue"]["words"].split()),
    )


def _prefix(patterns: Sequence[str]) -> re.Pattern[str]:
    """A bullet or number, then any words of courtesy: what may stand before an order's verb."""
    bullet = r"[^\w«“\"]*(?:\d{1,2}[.)]\s+)?[^\w«“\"]*"
    polite = "|".join(map(_loosened, patterns))
    return re.compile(rf"{bullet}(?:(?:{polite}){_END}[\s,:*_]*)*", re.IGNORECASE)


def _language(names: Sequence[str]) -> re.Pattern[str]:
    """A language that something is to be written in, not one that it was written in."""
    name = rf"(?:{'|'.join(names)})"
    into = r"(?:in|into|to|en|vers|language ?:|langue ?:|output ?:)(?: the| le| l'| \w{4,9})??"
    noun = "(?:version|article|text|language|translation|content|blog post|news)"
    patterns = (rf"{into} ?{name}(?: language)?", rf"{name} {noun}", rf"(?:version|langue|traduction) {name}")
    phrases = "|".join(map(_loosened, patterns))
    only = r"(?:\s+(?:only|please|seulement|uniquement|svp))?"
    alone = rf"(?:^|[,;:(|•-])\s*{_loosened(name)}{only}(?=\s*(?:$|[,;:.)|!–-]))"
    return re.compile(rf"(?<!\w)(?:{phrases}){_END}|{alone}", re.IGNORECASE)


# --- lengths -----------------------------------------------------------------------------------------------

_NUMBER = r"(?:\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3}){1,3}|\d{2,5}|\d{1,2}k)(?![\d])"
_SPELT = r"(?:[a-zé]+[ -]){0,4}?(?:hundred|thousand|cents?|mille)"
_COUNTED = r"(?:words?|mots?)(?!\w|[- ]?cl[ée]s)"
_FLOOR = (
    r"(?:at\s?least|au\s+(?:moins|minimum)|(?:a\s+|un\s+)?min(?:imum)?\.?(?:\s+(?:of|de))?"
    r"|(?:more|no(?:t|thing)?\s+(?:less|fewer|shorter))\s+than|over|above|plus\s+de|pas\s+(?:en\s+dessous|moins)\s+de)"
)
_CEILING = (
    r"(?:no(?:t)?\s+(?:more|longer)\s+than|at\s+most|(?:a\s+|un\s+)?max(?:imum)?\.?(?:\s+(?:of|de))?|up\s+to|under|below|within"
    r"|(?:less|fewer)\s+than|moins\s+de|au\s+(?:plus|maximum)|pas\s+plus\s+de|jusqu['’]à)"
)
_AFTER = (
    r"\s*\(?(?:(?P<floor>min(?:imum)?|or\s+more|and\s+(?:above|more|up)|at\s?least|au\s+(?:moins|minimum)"
    r"|(?:ou|et)\s+plus)"
    r"|(?P<ceiling>max(?:imum)?|or\s+less|at\s+most|au\s+(?:plus|maximum)|ou\s+moins))\b\.?\)?"
)
_MIN = r"(?:\s*min(?:im\w+)?\s*)?"
_LENGTH = re.compile(
    rf"(?<!\w)(?P<label>{_MIN}(?:word\s+count|words?|length|longueur|nombre\s+de\s+mots){_MIN}"
    rf"\s*(?:[:=]|should\s+be|must\s+be|doit\s+être(?:\s+de)?)\s*)?"
    rf"(?:(?:(?P<least>{_FLOOR})|(?P<most>{_CEILING})|between|entre|from|de|about|around|environ)\s*)?"
    rf"(?<!\w)(?P<count>{_NUMBER}|{_SPELT})\s*\+?(?:\s*(?:[-–/]|to|à|and|et|or|ou)\s*{_NUMBER})?\s*\+?"
    rf"(?:[\s-]*{_COUNTED}(?:{_AFTER})?|(?(label)|(?!)))",
    re.IGNORECASE,
)


MIN_LENGTH = 100
"""Fewest words that are an article's length; less is a sentence's, a summary's or a description's."""


def words_asked(text: str) -> int | None:
    """The least number of words that a text asks for; None when it asks for none, or only for a most.

    Of several (a section's, the article's) the largest counts; less than MIN_LENGTH is no article's.
    """
    floors = [_number(match["count"]) or 0 for match in _LENGTH.finditer(text) if not _is_ceiling(match)]
    return max((floor for floor in floors if floor >= MIN_LENGTH), default=None)


def _is_ceiling(match: re.Match[str]) -> bool:
    """Whether the number is only a most; "no less than" beats the "less than" inside it."""
    at_most = match["most"] or match["ceiling"]
    at_least = match["least"] or match["floor"] or (match["label"] and "min" in match["label"].lower())
    return bool(at_most and not at_least)


def _number(spelt: str) -> int | None:
    digits = re.sub(r"\D", "", spelt)
    if digits:
        return int(digits) * (1000 if spelt[-1] in "kK" else 1)
    words = spelt.casefold().split()  # the first ones may be none of the number: "with seven hundred"
    tails = [" ".join(words[first:]) for first in range(len(words))]
    values = (cardinal_value(tail, language) for language in ("fr", "en") for tail in tails)
    return next((int(value) for value in values if value is not None), None)


# --- hits --------------------------------------------------------------------------------------------------

_PART = re.compile(r"[,;:()–—|•]|\s-\s|\b(?:and|et|then|puis)\b|&")
_NEGATION = re.compile(r"\b(?:no|without|not|sans|aucun|pas\s+d(?:e|['’]))\s*$", re.IGNORECASE)


def find_cues(text: str) -> tuple[Hit, ...]:
    """All cues of a sentence in order; verbs count only where the sentence or a part of it begins.

    A word inside a greater cue ("article" in "this article") does not count again.
    """
    found = [*_openings(text), *_everywhere(text)]
    greater = [hit for hit in found if hit.kind not in {"prefix", "text", "style"}]
    kept = greater + [hit for hit in found if hit.kind in {"text", "style"} and not _is_within(hit, greater)]
    kept += [hit for hit in found if hit.kind == "prefix"]
    return tuple(sorted(kept, key=lambda hit: (hit.start, -hit.end)))


def _is_within(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(other.start <= hit.start and hit.end <= other.end for other in others)


def begins_with_verb(text: str, place: int) -> bool:
    """Whether an imperative begins at a place of the text."""
    return any(pattern.match(text, place) for kind, pattern in _table().start if kind in {"rewrite", "make"})


def _openings(text: str) -> Iterator[Hit]:
    table = _table()
    for begin in (0, *(m.end() for m in _PART.finditer(text))):
        polite = table.prefix.match(text, begin)
        verb = polite.end() if polite else begin
        yield Hit("prefix", begin, verb)
        for kind, pattern in table.start:
            if match := pattern.match(text, verb):
                yield Hit(kind, verb, match.end())
                break


def _everywhere(text: str) -> Iterator[Hit]:
    table = _table()
    for kind, pattern in table.anywhere:
        for match in pattern.finditer(text):
            title = next(filter(None, match.groups()), "")  # whichever marks it stands in
            yield Hit(kind, *match.span(), title, _NEGATION.search(text[: match.start()]) is not None)
    for code, pattern in table.languages:
        yield from (Hit("language", *match.span(), code) for match in pattern.finditer(text))
    for match in _LENGTH.finditer(text):
        enough = (_number(match["count"]) or 0) >= MIN_LENGTH
        yield Hit("length" if enough else "style", *match.span())
