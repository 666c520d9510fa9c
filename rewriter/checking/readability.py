"""How an article reads on a screen: its sections, paragraphs and sentences.

The thresholds are the French defaults of Yoast SEO, the tool that many newsrooms write with. They measure form, not
truth: nothing here is an error, and no advice may be followed at the price of what the source says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rewriter.article import Finding, Gravity, Remark
from rewriter.french.measure import flesch, word_count
from rewriter.french.phrasing import is_linked, is_passive, opening
from rewriter.french.quotes import outside
from rewriter.french.segment import sentences

if TYPE_CHECKING:  # an inspection may ask for these checks
    from rewriter.checking.inspection import Line

SECTION_WORDS = 300
"""Words between two subheadings, at most."""
PARAGRAPH_WORDS = 150
SENTENCE_WORDS = 20
"""Words over which a sentence is long …"""
MOST_LONG = 0.25
"""… and the share of sentences that may be."""
LEAST_LINKED = 0.3
"""Share of sentences with a transition word, at least."""
MOST_PASSIVE = 0.1
SAME_OPENINGS = 3
"""Sentences in a row with the same first word that are too many."""
EASY = 60
"""Flesch's score, in its French form, from which a text is easy."""

_MARKS = str.maketrans(dict.fromkeys('«»“”"', "\u00a0"))
_SHOWN = 8
"""Words of a text that a message quotes."""


@dataclass(frozen=True)
class _Sentence:
    """A sentence of the body; of a quotation, each for itself."""

    line: Line
    start: int
    """Where it begins in the line's text."""
    text: str
    own: str
    """The same, quotations blanked: only this may be changed."""

    def remark(self, message: str) -> Remark:
        """A note about the sentence, where it stands in its line."""
        first = self.line.offset + self.start
        return Remark(Finding("style", "note", message, (first, first + len(self.text))), self.line.number)


def check_style(lines: Sequence[Line]) -> tuple[Remark, ...]:
    """Notes on how an article reads, from its first line to its last, then on the whole; a second title is a warning.

    A share that is too high or too low names as many sentences or paragraphs as have to change, those first that can:
    the words of a quotation stay.
    """
    body = [line for line in lines if not line.is_heading]
    told = [sentence for line in body for sentence in _sentences(line)]
    return in_order(
        [
            *_second_titles(lines),
            *_long_sections(lines),
            *_long_paragraphs(body),
            *_long_sentences(told),
            *_unlinked(told),
            *_passive(told),
            *_same_openings(told, lines),
            *_hard(body),
        ]
    )


def style_score(text: str) -> float:
    """Style faults a sentence, 0 to 2: it is long, it has no transition word; 0 where there is no sentence."""
    parts = _split(text)
    faults = sum((word_count(part) > SENTENCE_WORDS) + (not is_linked(part)) for part in parts)
    return faults / len(parts) if parts else 0.0


def _split(text: str) -> tuple[str, ...]:
    """The sentences, those inside a quotation too: quotation marks become spaces, so that lengths stay."""
    return sentences(text.translate(_MARKS))


def _sentences(line: Line) -> Iterator[_Sentence]:
    plain, own, end = line.text.translate(_MARKS), outside(line.text), 0
    for part in _split(line.text):
        start = max(plain.find(part, end), end)
        end = start + len(part)
        yield _Sentence(line, start, line.text[start:end], own[start:end])


# ── remarks ──────────────────────────────────────────────────────────────────────────────────────────────


def about(line: Line | None, check: str, gravity: Gravity, message: str) -> Remark:
    """A remark about a whole line; about the whole article without one."""
    span = (line.offset, line.offset + len(line.text)) if line else None
    return Remark(Finding(check, gravity, message, span), line.number if line else None)


def begun(text: str) -> str:
    """The text's first words in French quotation marks, as a message shows them."""
    first = text.split()
    return f"« {' '.join(first[:_SHOWN])}{' …' if len(first) > _SHOWN else ''} »"


def in_order(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """From the first line to the last, then what is about the whole."""
    return tuple(sorted(remarks, key=lambda r: (r.line is None, r.line or 0, r.finding.span or (0, 0))))


# ── structure ────────────────────────────────────────────────────────────────────────────────────────────


def _second_titles(lines: Sequence[Line]) -> Iterator[Remark]:
    """Headings of the first level, one hash and a space, behind the first heading."""
    for line in [line for line in lines if line.is_heading][1:]:
        if line.offset == len("# "):
            message = f"Second titre de niveau 1 : {begun(line.text)}. En faire un intertitre (##)."
            yield about(line, "seo", "warning", message)


def _long_sections(lines: Sequence[Line]) -> Iterator[Remark]:
    sections: list[list[Line]] = [[]]
    for line in lines:
        if line.is_heading:
            sections.append([])
        sections[-1].append(line)
    for section in sections:
        body = [line for line in section if not line.is_heading]
        count = sum(word_count(line.text) for line in body)
        if count > SECTION_WORDS:
            where = f"sous {begun(section[0].text)}" if section[0].is_heading else "sans intertitre"
            message = f"{count} mots {where}, au plus {SECTION_WORDS} entre deux intertitres. {_divide(body)}."
            yield about(section[0], "style", "note", message)


def _divide(body: Sequence[Line]) -> str:
    """Where a section takes another subheading."""
    if len(body) == 1:
        return "Diviser le paragraphe et ajouter un intertitre"
    return f"Ajouter un intertitre vers {begun(body[len(body) // 2].text)}"


def _long_paragraphs(body: Sequence[Line]) -> Iterator[Remark]:
    for line in body:
        count = word_count(line.text)
        if count > PARAGRAPH_WORDS:
            message = f"Paragraphe de {count} mots, au plus {PARAGRAPH_WORDS} : {begun(line.text)}. Le diviser."
            yield about(line, "style", "note", message)


# ── sentences ────────────────────────────────────────────────────────────────────────────────────────────


def _long_sentences(told: Sequence[_Sentence]) -> Iterator[Remark]:
    long = [sentence for sentence in told if word_count(sentence.text) > SENTENCE_WORDS]
    share = f"{len(long)} phrases sur {len(told)} ont plus de {SENTENCE_WORDS} mots, au plus {_percent(MOST_LONG)}"
    long.sort(key=lambda sentence: -word_count(sentence.own))
    for sentence in long[: max(0, len(long) - int(MOST_LONG * len(told)))]:
        is_quoted = word_count(sentence.own) <= SENTENCE_WORDS
        hint = "La couper sans toucher à la citation" if is_quoted else "La couper en deux"
        count = word_count(sentence.text)
        yield sentence.remark(f"Phrase de {count} mots : {begun(sentence.text)}. {hint} ({share}).")


def _unlinked(told: Sequence[_Sentence]) -> Iterator[Remark]:
    """The first paragraphs without any transition, as many as sentences with one are missing."""
    linked = [is_linked(sentence.text) for sentence in told]
    missing = math.ceil(LEAST_LINKED * len(told)) - sum(linked)
    if missing <= 0:
        return
    share = f"{sum(linked)} phrases sur {len(told)} portent un mot de liaison, au moins {_percent(LEAST_LINKED)}"
    joined = {sentence.line.number for sentence, is_joined in zip(told, linked, strict=True) if is_joined}
    rows = [list(group) for number, group in groupby(told, key=lambda s: s.line.number) if number not in joined]
    bare = [row[0].line for row in rows if len(row) > 1]
    hint = "Relier ses phrases là où la source les relie (cependant, en effet, par ailleurs …)"
    for line in bare[:missing]:
        message = f"Paragraphe sans mot de liaison : {begun(line.text)}. {hint} ; {share}."
        yield about(line, "style", "note", message)
    if not bare:
        yield about(None, "style", "note", f"Mots de liaison trop rares : {share}. Relier ce que la source relie.")


def _passive(told: Sequence[_Sentence]) -> Iterator[Remark]:
    passive = [sentence for sentence in told if is_passive(sentence.text)]
    share = f"{len(passive)} phrases sur {len(told)} sont au passif, au plus {_percent(MOST_PASSIVE)}"
    passive.sort(key=lambda sentence: not is_passive(sentence.own))
    for sentence in passive[: max(0, len(passive) - int(MOST_PASSIVE * len(told)))]:
        message = f"Tour passif : {begun(sentence.text)}. Dire qui agit, si la source le dit"
        yield sentence.remark(f"{message} ({share}).")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _same_openings(told: Sequence[_Sentence], lines: Sequence[Line]) -> Iterator[Remark]:
    """Rows of sentences with the same first word; a heading ends a row."""
    headings = [line.number for line in lines if line.is_heading]

    def place(sentence: _Sentence) -> tuple[int, str]:
        return sum(number < sentence.line.number for number in headings), opening(sentence.text)

    for (_, word), group in groupby(told, key=place):
        row = list(group)
        if word and len(row) >= SAME_OPENINGS:
            message = f"{len(row)} phrases de suite commencent par « {word} », dont {begun(row[1].text)}"
            yield row[1].remark(f"{message}. Changer l'attaque de celle-ci.")


def _hard(body: Sequence[Line]) -> Iterator[Remark]:
    """The hardest paragraph, where the whole is not easy to read."""
    score = _ease(body)
    if score is not None and score < EASY:
        hardest = min(body, key=lambda line: (word_count(line.text) <= SENTENCE_WORDS, _ease([line]) or 0.0))
        message = f"Lisibilité (Flesch) de {score:.0f}, un texte est facile à partir de {EASY}. Le plus difficile est"
        hint = "Y préférer des phrases courtes et des mots courants."
        yield about(hardest, "style", "note", f"{message} {begun(hardest.text)}. {hint}")


def _ease(body: Iterable[Line]) -> float | None:
    """Flesch's score, each sentence of a quotation counted as one."""
    return flesch("\n\n".join(line.text for line in body).translate(_MARKS))
