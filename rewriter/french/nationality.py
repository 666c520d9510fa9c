"""Which country an adjective or a people gives to the name right behind it: "le Slovène Hrovat", "le belge Alpex"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rewriter.french.bearers import name_from
from rewriter.french.nations import Mention, mentions
from rewriter.french.tokens import tokens


@dataclass(frozen=True)
class Nationality:
    """A country's adjective or people, and the name behind it."""

    text: str
    """Both, as they are written."""
    span: tuple[int, int]
    codes: frozenset[str]
    name: str
    """Last word of the name, folded."""


def nationalities(text: str, language: str = "fr") -> tuple[Nationality, ...]:
    """All of them in order; `language` is "fr" or "en"."""
    words = tokens(text)
    found: list[Nationality] = []
    before: Mention | None = None
    for mention in mentions(words, language):
        codes = mention.codes | (before.codes if before and before.last == mention.first else frozenset())
        before = mention
        if mention.capital or mention.last >= len(words):
            continue
        behind = words[mention.last]
        if behind.tied and behind.capital and behind.gap not in ("-", "'", "’"):
            last = words[name_from(words, mention.last)[-1]]
            span = words[mention.first].start, last.end
            found.append(Nationality(text[span[0] : span[1]], span, codes, last.key))
    return tuple(found)


def misplaced_nationalities(text: str, source: tuple[Nationality, ...]) -> tuple[tuple[Nationality, Nationality], ...]:
    """Names that a French text gives to another country than the source does, each with what the source says."""
    known: defaultdict[str, list[Nationality]] = defaultdict(list)
    for nationality in source:
        known[nationality.name].append(nationality)
    return tuple(
        (ours, known[ours.name][0])
        for ours in nationalities(text)
        if known[ours.name] and not any(ours.codes & theirs.codes for theirs in known[ours.name])
    )
