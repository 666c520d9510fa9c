"""Quotations: what stands between quotation marks, who says it, and whether a rewriting kept both.

A quotation of a rewriting must stand, word for word, inside one quotation of the source. Kinds of marks,
apostrophes and spaces, the capital of its first letter and the punctuation at its end do not count;
"[…]" and "…" may stand for what was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rewriter.french.marks import Span, quoted_spans
from rewriter.french.roles import is_function_key
from rewriter.french.speakers import Speaker
from rewriter.french.speech import Attribution, attributions
from rewriter.french.tokens import Token, tokens

Words = tuple[str, ...]


@dataclass(frozen=True)
class Quotation:
    """A stretch of text between quotation marks."""

    text: str
    """What stands inside the outermost marks."""
    span: tuple[int, int]
    """Where it stands, marks included."""
    speaker: str | None = None
    """Who says it, as the text names them; None when the text does not say it nearby."""
    verb: str | None = None
    """The verb that attributes it, as it is written, or "selon"."""
    by: Speaker | None = None
    """The speaker, made ready for comparing."""
    readings: tuple[Words, ...] = ()
    """Its words, folded; then without what the journalist put between ("…, dit-il, …")."""

    @property
    def words(self) -> Words:
        """Its words, folded."""
        return self.readings[0]


@dataclass(frozen=True)
class QuoteIndex:
    """The quotations of a source, made ready for comparing."""

    quotations: tuple[Quotation, ...]
    outside: Words
    """The words outside quotations."""
    attributions: tuple[Attribution, ...]
    text: str = ""


def _words(text: str) -> Words:
    return tuple(token.key for token in tokens(text))


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────


def outside(text: str) -> str:
    """The text with its quotations, marks included, turned into spaces; as long as it was."""
    for span in quoted_spans(text):
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def quotations(text: str, language: str = "fr") -> tuple[Quotation, ...]:
    """The quotations of a text in order, outermost ones only, with the speakers that the text names."""
    return _quotations(text, quoted_spans(text), attributions(text, language))


def _quotations(text: str, spans: Sequence[Span], said: Sequence[Attribution]) -> tuple[Quotation, ...]:
    found: list[Quotation] = []
    for span in spans:
        who = _attribution(text, span, said)
        before = found[-1] if found else None
        by, verb = (who.speaker, who.verb) if who else (None, None)
        if before and who is None and _goes_on(text, before.span[1], span.start):
            by, verb = before.by, before.verb
        inside = text[span.start : span.end].strip('«»“”„"‹›‘’<> \u00a0\u202f\n')
        readings = tuple(_readings(text, span, said))
        found.append(Quotation(inside, (span.start, span.end), by.text if by else None, verb, by, readings))
    return tuple(found)


_REACH = 160
"""Characters between a quotation and who says it, at most."""
CONTRAST = r"(?:tandis|pendant|alors) qu[e'’]"
"""What begins a clause that has a speaker of its own; a pattern."""
_OTHER_CLAUSE = re.compile(rf";|,? {CONTRAST}")
_SENTENCE_END = re.compile(r"[.!?…](?=\s+[«“\"]?\s?[A-ZÀ-Þ])|\n")


def _attribution(text: str, span: Span, said: Sequence[Attribution]) -> Attribution | None:
    """The attribution right behind a quotation, inside it, before it, or farther behind it, in this order."""
    behind = [a for a in said if span.end <= a.span[0] <= span.end + _REACH and _near(text, span.end, a.span[0])]
    if behind and len(text[span.end : behind[0].span[0]].split()) <= 2:
        return behind[0]
    inside = [a for a in said if span.start <= a.span[0] < span.end and _is_interposed(text, a)]
    if inside:
        return inside[0]
    before = [a for a in said if span.start - _REACH <= a.span[0] < span.start and _near(text, a.span[1], span.start)]
    return before[-1] if before else (behind[0] if behind else None)


def _near(text: str, start: int, end: int) -> bool:
    """Whether no sentence, and no clause with a speaker of its own, ends between two places."""
    found = _SENTENCE_END.search(text, start)  # it looks ahead, so the search may not stop at `end`
    return (found is None or found.start() >= end) and not _OTHER_CLAUSE.search(text, start, end)


def _is_interposed(text: str, said: Attribution) -> bool:
    """Whether an attribution inside a quotation is the journalist's: ", affirme-t-elle."."""
    return text[: said.span[0]].rstrip().endswith((",", "?", "!", "…")) and said.speaker.text.casefold() not in (
        "je",
        "on",
    )


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether a quotation follows another in the same paragraph, with only its attribution between them."""
    between = text[end:start]
    return (
        "\n" not in between
        and len(between.split()) <= 25
        and (not between.strip() or between.rstrip().endswith((".", ":")))
    )


# ── the source's quotations ──────────────────────────────────────────────────────────────────────────────


def index_quotations(text: str, language: str = "fr") -> QuoteIndex:
    """Make the quotations of a source ready for comparing."""
    said = attributions(text, language)
    found = _quotations(text, quoted_spans(text), said)
    return QuoteIndex(found, _words(outside(text)), said, text)


_COMMA_BACK = re.compile(r"[,?!…]\s*(?:[^\W\d_]{1,4}['’\s-]\s*)*$")
_UP_TO = (re.compile(r"[,.!?;:]|$"), re.compile(r"[.!?]|$"))


def _readings(text: str, span: Span, said: Sequence[Attribution]) -> Iterator[Words]:
    """The words of a quotation; then without each attribution inside it, up to a comma or to a full stop."""
    quoted = text[span.start : span.end]
    yield _words(quoted)
    for attribution in said:
        at = attribution.span[0] - span.start
        if (
            span.start <= attribution.span[0] < span.end
            and _is_interposed(text, attribution)
            and (comma := _COMMA_BACK.search(quoted, 0, at))
        ):
            for stop in _UP_TO:
                end = stop.search(quoted, attribution.span[1] - span.start)
                yield _words(quoted[: comma.start()] + " " + quoted[end.end() if end else len(quoted) :])


# ── comparing ────────────────────────────────────────────────────────────────────────────────────────────

_OMISSION = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.")
SCARE = 2
"""Words up to which a quotation may be the writer's own distance from a word, and not somebody's speech."""


def altered(text: str, source: str | QuoteIndex) -> tuple[Quotation, ...]:
    """Quotations of the text whose words do not stand in a row inside one quotation of the source."""
    index = index_quotations(source) if isinstance(source, str) else source
    return tuple(q for q in quotations(text) if not origins(q, index))


def origins(quotation: Quotation, index: QuoteIndex) -> tuple[Quotation, ...]:
    """The source's quotations that have all words of this one, in a row but for its omissions."""
    pieces = tuple(words for piece in _OMISSION.split(quotation.text) if (words := _words(piece)))
    if not pieces:
        return index.quotations[:1]
    own = quotation.readings[1:]
    return tuple(
        there
        for there in index.quotations
        if any(_has_pieces(pieces, words) or any(_position(o, words) >= 0 for o in own) for words in there.readings)
    )


def is_quoted_from_outside(quotation: Quotation, index: QuoteIndex) -> bool:
    """Whether the source has the words, but outside quotation marks."""
    return _position(quotation.words, index.outside) >= 0


def _has_pieces(pieces: Sequence[Words], words: Words) -> bool:
    """Whether the pieces stand in the words one after the other."""
    start = 0
    for piece in pieces:
        at = _position(piece, words, start)
        if at < 0:
            return False
        start = at + len(piece)
    return True


def _position(part: Words, whole: Words, start: int = 0) -> int:
    """Where a row of words stands in another, from `start`; -1 where it does not."""
    size = len(part)
    return next((i for i in range(start, len(whole) - size + 1) if whole[i : i + size] == part), -1)


SHORTEST_LOST = 4
"""From so many quoted words in a row outside quotation marks, the marks may have been lost."""
_TELLING = 3
"""Content words, names and figures not counted, that a row needs; two are enough in a row of `_LONG`."""
_LONG = 6


@dataclass(frozen=True)
class LostQuote:
    """Quoted words of the source that stand outside quotation marks in a rewriting."""

    text: str
    span: tuple[int, int]
    attributed: bool
    """Whether the sentence still gives them to somebody."""


def lost_quotes(text: str, source: str | QuoteIndex) -> tuple[LostQuote, ...]:
    """Where the text says as its own, word for word, what the source only quotes."""
    index = index_quotations(source) if isinstance(source, str) else source
    quoted = {run for q in index.quotations for words in q.readings for run in _runs(words)} - set(_runs(index.outside))
    words = tokens(outside(text))
    found: list[tuple[int, int]] = []
    for i, run in enumerate(_runs(tuple(token.key for token in words))):
        if run in quoted and not any(len(token.gap) > SHORTEST_LOST for token in words[i + 1 : i + SHORTEST_LOST]):
            if found and i < found[-1][1]:
                found[-1] = found[-1][0], i + SHORTEST_LOST
            else:
                found.append((i, i + SHORTEST_LOST))
    said = attributions(text)
    return tuple(_lost(text, words[a].start, words[b - 1].end, said) for a, b in found if _is_telling(words[a:b]))


_SCALES = frozenset(("mille", "million", "millions", "milliard", "milliards", "euros", "dollars", "ans"))


def _is_telling(words: Sequence[Token]) -> bool:
    """Whether a row of words is too special to stand there by accident."""
    telling = sum(not (t.capital or t.text[0].isdigit() or t.key in _SCALES or is_function_key(t.key)) for t in words)
    return telling >= _TELLING or (len(words) >= _LONG and telling >= _TELLING - 1)


def _runs(words: Words) -> list[Words]:
    return [words[i : i + SHORTEST_LOST] for i in range(len(words) - SHORTEST_LOST + 1)]


def _lost(text: str, start: int, end: int, said: Sequence[Attribution]) -> LostQuote:
    sentence = _sentence_around(text, start, end)
    attributed = any(sentence[0] <= a.span[0] <= sentence[1] for a in said)
    return LostQuote(text[start:end], (start, end), attributed)


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    before = [m.end() for m in _SENTENCE_END.finditer(text, 0, start)]
    after = _SENTENCE_END.search(text, end)
    return before[-1] if before else 0, after.start() if after else len(text)
