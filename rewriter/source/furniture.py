"""What stands on a page beside the article: share buttons, related links, boxes, bylines, menus, tweets.

The lists of what to look for are data: furniture.toml for whole paragraphs. Menus and tweets need their
neighbours: a menu is a run of short lines among surer furniture, and a tweet is known by the line that
signs it.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from rewriter.source.paragraphs import (
    Paragraphs,
    Verdict,
    Verdicts,
    edges,
    is_ended,
    is_loose_line,
    level,
    word_count,
)
from rewriter.source.patterns import pattern, read_table

# ── paragraphs that say what they are ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Rule:
    verdict: Verdict
    max_words: int
    phrases: frozenset[str]
    whole: tuple[re.Pattern[str], ...]
    inside: tuple[re.Pattern[str], ...]
    pieces: tuple[re.Pattern[str], ...]
    beside: tuple[re.Pattern[str], ...]

    def applies(self, text: str, core: str) -> bool:
        """Whether the paragraph is furniture; `core` is the text without what stands around its words."""
        return word_count(text) <= self.max_words and (
            core.casefold() in self.phrases
            or any(whole.fullmatch(core) for whole in self.whole)
            or any(inside.search(text) for inside in self.inside)
            or self._is_made_of_pieces(core)
        )

    def _is_made_of_pieces(self, core: str) -> bool:
        """Whether every part of a line such as "Lundi, 9 h 05 | Mis à jour à 10 h" is known, one for certain."""
        parts = [part for part in _SEPARATOR.split(core) if part] if self.pieces else []
        own = [_matches(self.pieces, part) for part in parts]
        return any(own) and all(known or _matches(self.beside, part) for known, part in zip(own, parts, strict=True))


def _matches(patterns: tuple[re.Pattern[str], ...], text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in patterns)


@functools.cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            Verdict(entry["reason"], entry["explanation"]),
            entry["max_words"],
            frozenset(entry.get("phrases", ())),
            tuple(map(pattern, entry.get("whole", ()))),
            tuple(map(pattern, entry.get("inside", ()))),
            tuple(map(pattern, entry.get("pieces", ()))),
            tuple(map(pattern, entry.get("beside", ()))),
        )
        for entry in read_table("furniture", "furniture")
    )


_DECORATION = re.compile(r"^(?:[^\w(\[©#@«\"'*←]|\*(?!\w))+")
_TAIL = " .:!?…>→►↑↓▲▼,;|–—-"
_SEPARATOR = re.compile(
    r"\s*[|•·—–()\[\]]+\s*|,\s+|\s+[-/]\s+|\s+(?:et|and)\s+|(?<=\d)\.\s+"
    r"|(?<=\d)(?=[A-ZÀ-Þ])"  # "12 FEB 2025Updated": a line break was lost
)


def find_furniture(paragraphs: Paragraphs) -> Verdicts:
    """Paragraphs that are furniture by their own words."""
    return {n: verdict for n, text in paragraphs.items() if (verdict := _furniture(text))}


def _without_tail(line: str) -> str:
    """The line without the signs at its end, and without a star that stands alone among them."""
    core = line.rstrip(_TAIL)
    while core.endswith(" *"):
        core = core.removesuffix(" *").rstrip(_TAIL)
    return core


def _furniture(text: str) -> Verdict | None:
    line = _DECORATION.sub("", level(text))
    core = _without_tail(line)
    return next((rule.verdict for rule in _rules() if rule.applies(line, core)), None)


# ── what follows a label, what stands in a menu ──────────────────────────────────────────────────────────

_LABEL = re.compile(r"[\w' ]{4,40}[\s:>→…]*")

MAX_LINKS = 12
"""Most titles that are taken to stand under one "Lire aussi"."""

TITLE_WORDS = 20
"""Most words of such a title."""


def find_linked_titles(paragraphs: Paragraphs, found: Verdicts) -> Verdicts:
    """Titles under a bare "Lire aussi :" or "Sur le même sujet"; `found` is what find_furniture says."""
    verdicts: Verdicts = {}
    left = 0
    for number, text in paragraphs.items():
        known = found.get(number)
        if known and known.reason == "related" and _LABEL.fullmatch(text.strip()):
            left = MAX_LINKS
        elif known is None and left and _is_title(text):
            verdicts[number] = Verdict("related", "Titre d’un autre article, sous un renvoi.")
            left -= 1
        elif known is None:
            left = 0
    return verdicts


def _is_title(text: str) -> bool:
    return word_count(text) <= TITLE_WORDS and not is_ended(text)


MENU_SIGNS = 2
"""Pieces of furniture that must stand on an edge of the page before its other lines count as a menu."""

MENU_WORDS = 8
"""Most words of an entry of a menu."""


def find_menus(paragraphs: Paragraphs, removed: Verdicts) -> Verdicts:
    """Short lines between pieces of furniture above or below the article: a page copied whole.

    `paragraphs` are all of them, with those that are `removed`. Above, menus stand before the last piece of
    furniture; below, after the first, so that a list at the end of the article itself is safe.
    """
    signs = {n for n, verdict in removed.items() if verdict.reason in _SIGNS}
    above, below = edges(paragraphs, besides=removed)
    entries: list[int] = []
    if len(signs.intersection(above)) >= MENU_SIGNS:
        entries += [n for n in above if n < max(signs.intersection(above))]
    if len(signs.intersection(below)) >= MENU_SIGNS:
        entries += [n for n in below if n > min(signs.intersection(below))]
    verdict = Verdict("navigation", "Ligne de menu, parmi d’autres éléments du site.")
    return {n: verdict for n in entries if n not in removed and _is_entry(paragraphs[n])}


_SIGNS = frozenset({"share", "newsletter", "cookies", "paywall", "navigation", "comments", "related"})


def _is_entry(text: str) -> bool:
    return is_loose_line(text) and word_count(text) <= MENU_WORDS


# ── tweets ───────────────────────────────────────────────────────────────────────────────────────────────

_SIGNED = re.compile(r"(?:[—–-]{1,2}\s?[^@]{1,80}\(@\w{1,20}\)|@\w{1,20} ?[·•-])\s*[^.!?]{0,40}$")
_TWEETED = re.compile(r"#\w|@\w|https?://t\.co/|pic\.twitter\.com/|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_TWEET_LINK = re.compile(r"(?:https?://t\.co/|pic\.twitter\.com/)\w+\W*$")

TWEET_LENGTH = 330
"""Most characters of a tweet's paragraphs together: 280, and the links that do not count."""

TWEET_PARAGRAPHS = 4
"""Most paragraphs that are looked at above the line that signs a tweet."""


def find_tweets(paragraphs: Paragraphs) -> Verdicts:
    """Embedded tweets: the line "— Name (@handle) date", the text above it, and texts that end in t.co."""
    numbers = list(paragraphs)
    quoted = Verdict("embed", "Texte d’un message intégré d’un réseau social.")
    verdicts = {n: quoted for n, text in paragraphs.items() if len(text) <= TWEET_LENGTH and _TWEET_LINK.search(text)}
    for position, number in enumerate(numbers):
        if _SIGNED.match(level(paragraphs[number])):
            verdicts[number] = Verdict("embed", "Signature d’un message intégré d’un réseau social.")
            above = numbers[max(0, position - TWEET_PARAGRAPHS) : position]
            verdicts |= dict.fromkeys(_tweet_above(above, paragraphs), quoted)
    return verdicts


def _tweet_above(above: list[int], paragraphs: Paragraphs) -> list[int]:
    """The paragraphs of the tweet: the nearest one, and all up to the highest that looks like a tweet's."""
    tweet: list[int] = []
    length = highest = 0
    for number in reversed(above):
        text = paragraphs[number]
        length += len(text)
        if length > TWEET_LENGTH or text.rstrip().endswith(":") or _SIGNED.match(level(text)):
            break
        tweet.append(number)
        if len(tweet) == 1 or _TWEETED.search(text):
            highest = len(tweet)
    return tweet[:highest]
