"""Whether a rewriting leaves words with the one who said them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rewriter.french.lexicon import telling_words
from rewriter.french.names import names
from rewriter.french.quotes import CONTRAST, Quotation, QuoteIndex, index_quotations, origins
from rewriter.french.segment import sentences, words
from rewriter.french.speakers import Speaker
from rewriter.french.speech import Attribution
from rewriter.french.titles import RoleIndex, index_roles
from rewriter.french.tokens import tokens
from rewriter.french.verbs import is_conditional


@dataclass(frozen=True)
class Moved:
    """Words that a rewriting gives to somebody else than the source does."""

    span: tuple[int, int]
    """Of the quotation, or of the verb that reports."""
    speaker: str
    """Who says it in the rewriting."""
    source: str
    """Who says it in the source; empty where the source gives these people no word at all."""
    quotation: Quotation | None = None


def moved_speakers(text: str, source: str, language: str = "fr") -> tuple[Moved, ...]:
    """Quotations of a French text whose speaker is not the source's; `language` is the source's."""
    return tuple(
        quotes_moved(index_quotations(text), index_quotations(source, language), index_roles(source, language))
    )


def quotes_moved(ours: QuoteIndex, theirs: QuoteIndex, roles: RoleIndex) -> Iterator[Moved]:
    """The same for texts made ready. A speaker that either text leaves open contradicts nobody."""
    for quotation in ours.quotations:
        there = origins(quotation, theirs)
        known = [q for q in there if q.by]
        if not quotation.by or not there:
            continue
        if not known:
            if quotation.by.names and not any(_is_near(quotation.by.names, q.span[0], theirs.text) for q in there):
                yield Moved(quotation.span, quotation.by.text, "", quotation)
            continue
        if not any(_may_say(quotation.by, q, theirs, roles) for q in known):
            yield Moved(quotation.span, quotation.by.text, known[0].speaker or "", quotation)


def _may_say(speaker: Speaker, quotation: Quotation, theirs: QuoteIndex, roles: RoleIndex) -> bool:
    """Whether the source may give a quotation of its own to a speaker."""
    voices = [
        a for a in theirs.attributions if a.verb.startswith("par la voix") and 0 < quotation.span[0] - a.span[0] < 200
    ]
    if any(speaker.names & a.speaker.names for a in voices):
        return True
    return quotation.by is None or agree(speaker, quotation.by, roles, _people_before(theirs.text, quotation.span[0]))


def _is_near(names_: frozenset[str], at: int, text: str) -> bool:
    """Whether one of the names stands in the part of a text around a place, or is meant by a pronoun there."""
    for part, people in _peopled(text):
        if part[0] <= at < part[1]:
            return bool(names_ & people)
    return True


_PART_ENDS = re.compile(r"(?<=[.!?…»”\"])\s+(?=[«“\"]?\s?[A-ZÀ-Þ])|\s*;\s*|,? (?=" + CONTRAST + r")|\n+")
_POINTS_BACK = re.compile(r"\b(?:ils?|elles?|celui-ci|celle-ci|l['’]accuse)\b|\b(?:[Ss]on|[Ss]a|[Ll]eur)\b")


def _peopled(text: str) -> Iterator[tuple[tuple[int, int], frozenset[str]]]:
    """The parts of a text, each with the last words of the names in it; a pronoun may mean those of the part before."""
    before: frozenset[str] = frozenset()
    start = 0
    for end in (*(m.end() for m in _PART_ENDS.finditer(text)), len(text)):
        people = frozenset(token.key for token in tokens(text[start:end]) if token.capital)
        if _POINTS_BACK.search(text, start, end):
            people |= before
        yield (start, end), people
        before, start = people, end


_CONTEXT = 600
"""Characters before a quotation in which "il" and "le maire" find their names: about two paragraphs."""


def _people_before(text: str, end: int) -> frozenset[str]:
    """The last words of the names before a place in its paragraph; without any, shortly before it."""
    for start in (text.rfind("\n", 0, end) + 1, max(0, end - _CONTEXT)):
        if found := frozenset(n.words[-1] for n in names(text[start:end]) if n.words and not n.codes):
            return found
    return frozenset()


def agree(ours: Speaker, theirs: Speaker, roles: RoleIndex, people: frozenset[str] = frozenset()) -> bool:
    """Whether two speakers may be the same; `people` are those that the source names shortly before."""
    if ours.names:
        if theirs.names:
            return (
                bool(ours.names & theirs.names) or bool(ours.codes & theirs.codes) or _holds(ours.names, theirs, roles)
            )
        if theirs.codes & ours.codes:
            return True
        return (bool(ours.names & people) and not theirs.indefinite) or _holds(ours.names, theirs, roles)
    if ours.functions:
        if theirs.functions:
            return bool(ours.functions & theirs.functions)
        return not theirs.names or _may_hold(theirs.names, ours, roles)
    return not (ours.codes and theirs.codes and not theirs.names) or bool(ours.codes & theirs.codes)


def _holds(names: frozenset[str], speaker: Speaker, roles: RoleIndex) -> bool:
    """Whether the source gives one of the names a function by which the speaker is called."""
    return any(r.name and r.name[-1] in names and r.functions & speaker.functions for r in roles.roles)


def _may_hold(names: frozenset[str], speaker: Speaker, roles: RoleIndex) -> bool:
    """Whether the source does not rule out that the function is that of one of the names."""
    theirs = [r for r in roles.roles if r.name and r.name[-1] in names]
    others = [r for r in roles.roles if r.name and r.functions & speaker.functions]
    return any(r.functions & speaker.functions or r.general for r in theirs) or not theirs or not others


# ── reported speech ──────────────────────────────────────────────────────────────────────────────────────


def misattributed(ours: QuoteIndex, passage: QuoteIndex, source: QuoteIndex, roles: RoleIndex) -> Iterator[Moved]:
    """Words reported without quotation marks whose speaker, named, says nothing in the passage.

    Silent where the passage's sentence about that name reports anything, or where the passage reports what
    "il", "elle" or an office says that may be theirs.
    """
    for said in _outside(ours):
        if not said.speaker.names:
            continue
        if any(agree(said.speaker, a.speaker, roles, said.speaker.names) for a in passage.attributions):
            continue
        if not passage.attributions and not _reports(said, source):
            yield Moved(said.span, said.speaker.text, "")
        elif passage.attributions and not _named_beside(said, passage):
            yield Moved(said.span, said.speaker.text, passage.attributions[0].speaker.text)


_TOLD = 0.5
"""Share of a clause's content words and figures that a part of the passage must have to be what it reports."""


def told_by_another(ours: QuoteIndex, passage: QuoteIndex) -> Iterator[Moved]:
    """Words reported as somebody's that stand in a part of the passage which does not mention them."""
    parts = [(telling_words(passage.text[start:end]), people) for (start, end), people in _peopled(passage.text)]
    for said in _outside(ours):
        if not said.speaker.names or len(parts) < 2:
            continue
        clause = telling_words(_clause_at(ours.text, said.span[0])) - telling_words(said.speaker.text)
        shared = [(len(clause & told), people) for told, people in parts]
        most = max(count for count, _ in shared)
        own = max((count for count, people in shared if said.speaker.names & people), default=0)
        if most >= _TOLD * len(clause) and most > own:
            yield Moved(said.span, said.speaker.text, "")


def _clause_at(text: str, at: int) -> str:
    start = text.rfind(";", 0, at) + 1
    end = text.find(";", at)
    return text[start : end if end >= 0 else len(text)]


# Behind a verb that reports; "prévoit de", "demande l'aide", "a lancé la manifestation" report nothing.
_REPORTED = re.compile(r"\s*(?::|, [^,.]{1,40}, qu|\)?$|que?\b|qu['’]|(?:[\w’'-]+\s){0,4}(?:que\b|qu['’]))")


def _outside(index: QuoteIndex) -> list[Attribution]:
    """The attributions of a text that report something and attribute no quotation."""
    return [
        a
        for a in index.attributions
        if not any(q.span[0] - 80 <= a.span[0] <= q.span[1] + 80 for q in index.quotations)
        and not a.verb.endswith("ant")  # "craignant que" tells a motive, not a statement
        and (a.verb in _PREPOSITIONS or _REPORTED.match(index.text, a.span[1]) or _is_behind_comma(index.text, a))
    ]


_SAYS_SO = re.compile(
    r"\b(?:selon|suivant|d['’]après|pour \w+|à en croire|dixit|yeux d|avis d|dires? d|mots d|propos d"
    r"|déclaration|aveu|estimation|chiffres d|bilan|enquête|rapport|étude|communiqué|accus|annonc"
    r"|présum|supposé|prétend|source)",
    re.IGNORECASE,
)


def is_bare_claim(ours: QuoteIndex, passage: QuoteIndex) -> bool:
    """Whether a text states as a fact what every sentence of the passage only reports.

    A conditional ("confierait"), "selon" and nouns such as "l'estimation" keep the distance.
    """
    if (
        ours.attributions
        or ours.quotations
        or _SAYS_SO.search(ours.text)
        or any(is_conditional(w) for w in words(ours.text))
    ):
        return False
    said = _outside(passage)
    return bool(said) and all(_is_reported(sentence, passage.text, said) for sentence in sentences(passage.text))


def _is_reported(sentence: str, text: str, said: list[Attribution]) -> bool:
    start = text.find(sentence)
    return any(start <= a.span[0] < start + len(sentence) for a in said)


_PREPOSITIONS = frozenset(("selon", "d'après", "d’après", "pour", "suivant", "à en croire", "dixit"))


def _is_behind_comma(text: str, said: Attribution) -> bool:
    """Whether an attribution closes what is said: "…, affirme Paul Bert"."""
    return text[: said.span[0]].rstrip().endswith(",") and said.speaker.text in text[said.span[1] : said.span[1] + 120]


def _reports(said: Attribution, source: QuoteIndex) -> bool:
    return any(said.speaker.names & a.speaker.names for a in source.attributions)


_BESIDE = 60
"""Characters between a name and a speech verb whose subject it may still be, whatever was read."""


def _named_beside(said: Attribution, passage: QuoteIndex) -> bool:
    """Whether one of the speaker's names stands right before or after a speech verb of the passage."""
    return any(
        name.words and name.words[-1] in said.speaker.names and _is_beside(passage.text, name.span, a.span)
        for name in names(passage.text)
        for a in passage.attributions
    )


def _is_beside(text: str, name: tuple[int, int], verb: tuple[int, int]) -> bool:
    """Whether a name and a verb stand close together, the name not in what is said."""
    between = text[name[1] : verb[0]] if name[1] <= verb[0] else text[verb[1] : name[0]]
    return len(between) <= _BESIDE and not re.search(r"\bqu(?:e\b|['’])|:", between)
