"""Who says what: speech verbs, "selon", and the speakers that stand beside them.

Nothing parses here. A speaker stands after its verb when a comma or a quotation ends before the verb ("…,
estime Paul Bert"), else before it ("Paul Bert, interrogé mardi, estime que"), or behind "selon".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rewriter.french.folding import word_set
from rewriter.french.name_reading import names
from rewriter.french.roles import HONORIFICS, head_at
from rewriter.french.speakers import Context, Speaker, speaker_in
from rewriter.french.speech_verbs import CLITICS, PRONOUNS, WEAK, speech_at
from rewriter.french.tokens import Token, tokens


@dataclass(frozen=True)
class Attribution:
    """A place in a text where words are given to somebody."""

    speaker: Speaker
    verb: str
    """The speech verb as it is written; "selon" and its like otherwise."""
    span: tuple[int, int]
    """Of the verb, its auxiliary included, or of "selon"."""


# ── attributions ─────────────────────────────────────────────────────────────────────────────────────────

_ACCORDING = re.compile(
    r"(?<![\w'’])(?:selon|d['’]après|suivant|dixit|à en croire"
    r"|(?:aux yeux|de l['’]avis|aux? dires?) d(?:e|es|u|['’])"
    r"|par la voix d(?:e|['’])|according to)(?![\w])",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:(?<=^)|(?<=[.!?…»”\"] )|(?<=\n))Pour(?= )"
    r"|(?<=, )pour(?= (?:sa |son |leur |le |la |l['’])?[\w'’ -]{3,60},? «)"
)
_NOT_ACCORDING = re.compile(r"[ ](?:que|qu['’]|lesquel|laquelle|lequel|les? cas\b|toute|nos |vos )")


def attributions(text: str, language: str = "fr") -> tuple[Attribution, ...]:
    """All places where the text gives words to somebody, in order; `language` is "fr" or "en"."""
    words = tokens(text)
    context = Context(text, words, names(text, language), language)
    found = [a for i in range(len(words)) if (a := _by_verb(context, i))]
    found += _by_preposition(context)
    return tuple(sorted(found, key=lambda a: a.span))


def _by_verb(context: Context, i: int) -> Attribution | None:
    words = context.words
    verb = speech_at(words, i, context.language)
    if verb is None:
        return None
    first, last = verb
    inverted = _inverted(words, first, last)
    if words[i].key in WEAK and not (inverted or _introduces(context.text, words, first, last)):
        return None
    speaker = inverted or _subject(context, first, last)
    if speaker is None:
        return None
    span = words[first].start, words[last - 1].end
    return Attribution(speaker, context.text[span[0] : span[1]], span)


def _subject(context: Context, first: int, last: int) -> Speaker | None:
    """The speaker behind the verb or before it; of two, the one with a name or a function."""
    after = _speaker_after(context, first, last)
    if after and (after.names or after.functions or re.search(r"[»”\"]", context.words[first].gap)):
        return after
    before = _speaker_before(context, first)
    return before if before and (before.names or before.functions or not after) else after


_SAID = re.compile(r"\s*[:«“\"]|\s+(?:que?\b|qu['’]|savoir|valoir|remarquer|observer|état|part\b|dans)")


def _introduces(text: str, words: Sequence[Token], first: int, last: int) -> bool:
    """Whether something said follows the verb, or a quotation ends before it."""
    return _SAID.match(text, words[last - 1].end) is not None or re.search(r"[»”\"]", words[first].gap) is not None


def _inverted(words: Sequence[Token], first: int, last: int) -> Speaker | None:
    """The pronoun in "estime-t-il" and "a-t-elle ajouté"."""
    inside = (*words[first:last], *words[last : last + 2])
    for token in inside:
        if token.gap in ("-", "‑") and token.key in PRONOUNS:
            return Speaker(token.text, pronoun=True)
    return None


_CLOSES = re.compile(r"[,»”\"’!?…–—]")
_STOPS = re.compile(r"[.;:«»“”\"!?\n()–—]")
_ENDS = re.compile(r"[.«»“”\"!?\n]")
_CLAUSE_WORDS = word_set("que qu mais tandis dont ou lorsque lorsqu si car that but while when")


def _stops(words: Sequence[Token], i: int) -> bool:
    """Whether a sentence, a quotation or a clause ends before a token; "M." ends none."""
    abbreviated = words[i].gap.strip() == "." and words[i - 1].key in HONORIFICS
    return _STOPS.search(words[i].gap) is not None and not abbreviated


def _speaker_after(context: Context, first: int, last: int) -> Speaker | None:
    """The speaker behind the verb, where the words that are said end before it: "…, estime Paul Bert"."""
    words = context.words
    start = first
    while start > 0 and words[start - 1].key in CLITICS and not _CLOSES.search(words[start].gap):
        start -= 1
    if not _CLOSES.search(words[start].gap.strip("'’")) and context.language != "en":
        return None
    end = last
    while end < len(words) and not _stops(words, end) and words[end].key not in ("qui", "que", "qu", "who", "that"):
        if "," in words[end].gap and (end == last or not _in_apposition(words, end)):
            break
        end += 1
    return speaker_in(context, last, end, opens=True) if end > last else None


def _in_apposition(words: Sequence[Token], i: int) -> bool:
    """Whether what follows a comma goes on naming the speaker."""
    return (
        words[i].capital
        or head_at(words, i) is not None
        or (words[i].key in ("le", "la", "l", "un", "une") and head_at(words, i + 1) is not None)
    )


def _speaker_before(context: Context, first: int) -> Speaker | None:
    """The subject before the verb: the pronoun, or the first name or function of the clause."""
    words = context.words
    nearest = first - 1
    while nearest >= 0 and words[nearest].key in CLITICS:
        nearest -= 1
    if nearest < 0:
        return None
    if words[nearest].key in PRONOUNS and not words[first].gap.strip():
        return Speaker(words[nearest].text, pronoun=True)
    relative = words[nearest].key in ("qui", "who")
    end = nearest if relative else first
    if not relative and (beside := speaker_in(context, _last_segment(words, end), end)):
        return beside
    start = end
    for _ in range(3):
        start = _clause_start(words, start - 1)
        if speaker := speaker_in(context, start, end, last_name=relative):
            return speaker
        if start <= 0 or _ENDS.search(words[start].gap):
            return None
    return None


def _last_segment(words: Sequence[Token], end: int) -> int:
    """Index of the token behind the last comma before the verb; `end` where the comma stands right there."""
    if end < len(words) and "," in words[end].gap:
        return end
    start = end - 1
    while (
        start > 0
        and "," not in words[start].gap
        and not _stops(words, start)
        and words[start - 1].key not in _CLAUSE_WORDS
    ):
        start -= 1
    return start if start > 0 and "," in words[start].gap else end


def _clause_start(words: Sequence[Token], i: int) -> int:
    """Index of the first token of the clause that a token belongs to."""
    while i > 0 and not _stops(words, i) and words[i - 1].key not in _CLAUSE_WORDS:
        i -= 1
    return max(i, 0)


def _by_preposition(context: Context) -> Iterator[Attribution]:
    """selon X, d'après X, pour X: « … »."""
    for pattern in (_ACCORDING, _FOR):
        for match in pattern.finditer(context.text):
            if _NOT_ACCORDING.match(context.text, match.end()):
                continue
            first = next((i for i, t in enumerate(context.words) if t.start >= match.end()), None)
            if first is None:
                continue
            last = first + 1
            while last < len(context.words) and "," not in context.words[last].gap and not _stops(context.words, last):
                last += 1
            speaker = speaker_in(context, first, min(last, first + 14), opens=True)
            if pattern is _FOR and (speaker is None or not (speaker.names or speaker.functions)):
                continue
            if speaker or context.words[first].key in ("lui", "elle", "eux", "elles", "him", "her", "them"):
                yield Attribution(
                    speaker or Speaker(context.words[first].text, pronoun=True),
                    match[0].lower(),
                    match.span(),
                )
