"""Sentences, and how far they read as orders to a writer.

What a sentence says is broken into cues (see cues.py). A sentence by itself is part of an order or not;
the cues of sentences that stand together are added up, and are believed from THRESHOLD points on.
Where in a file an order may stand is for request.py to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from rewriter.source.cues import VERBS, Hit, begins_with_verb, find_cues, is_glue, weight

THRESHOLD = 4
"""Points from which sentences are an order: "rewrite this", "make it at least 700 words"."""

MIN_ARTICLE = 5
"""Fewest words after an order, in its own sentence, that count as the article's beginning."""

MAX_WISH = 12
"""Most words without a cue, at the end of a sentence or all through it, that still belong to an order."""

MAX_GREETING = 4
"""Most words of a greeting or signature that names somebody: "Best regards, Ann"."""

REACH = 4000
"""Most characters of a paragraph, from its beginning or its end, that are searched for an order."""

_STRONG = frozenset({"length", "seo", "subheadings", "language", "title", "titled", "title_object"})
"""Kinds that say what is wanted."""


@dataclass(frozen=True)
class Sentence:
    """A sentence, or what a missing space or full stop made of one."""

    paragraph: int
    """Index of its paragraph."""
    start: int
    end: int
    text: str
    cues: tuple[Hit, ...]
    unexplained: float
    """Share of its content words that no cue covers."""
    begins_with_cue: bool
    """Whether a cue covers its first content word."""
    quoted: bool
    """Whether it begins inside quotation marks, or with one."""

    @property
    def place(self) -> tuple[int, int]:
        """Where it begins: paragraph and character."""
        return self.paragraph, self.start

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its cues."""
        return frozenset(cue.kind for cue in self.cues)

    @property
    def verbs(self) -> frozenset[str]:
        """The kinds of verb that it begins with."""
        begin = max((cue.end for cue in self.cues if cue.kind == "prefix" and cue.start == 0), default=0)
        return frozenset(cue.kind for cue in self.cues if cue.kind in VERBS and cue.start <= begin)

    @property
    def ends_with_stop(self) -> bool:
        """Whether a full stop ends it."""
        return self.text.rstrip().endswith(".")


_FINITE = re.compile(r"\b(?:c['’]est|est|sont|était|sera|serait|reste|devient|signifie|revient)\b")


def is_order(sentence: Sentence) -> bool:
    """Whether the sentence, by itself, reads as part of an order."""
    kinds, verbs = sentence.kinds, sentence.verbs
    if "reported" in kinds or sentence.quoted or _is_subject(sentence):
        return False
    wanted = bool(kinds & (_STRONG | {"this"}))
    if "title" in verbs:
        return True
    if verbs & {"rewrite", "rewrite_infinitive"}:
        return (wanted and "rewrite" in verbs) or sentence.unexplained <= 1 / 2
    if verbs:
        told = wanted and bool(verbs & {"make", "make_infinitive"})
        says_something = wanted or bool(kinds & {"style", "text"})
        return says_something and sentence.unexplained <= (2 / 3 if told else 1 / 3)
    labelled = re.match(r"\W*\w[\w’' ]{1,24}:\s", sentence.text) is not None
    return bool(kinds & _STRONG) and sentence.unexplained <= 1 / 4 and (sentence.begins_with_cue or labelled)


def _is_subject(sentence: Sentence) -> bool:
    """Whether an infinitive is what the sentence is about: "Réécrire ce texte, c'est renoncer"."""
    infinitive = any(verb.endswith("infinitive") for verb in sentence.verbs)
    return infinitive and _FINITE.search(sentence.text) is not None


def is_hanger_on(sentence: Sentence) -> bool:
    """Whether it may stand among orders: thanks, "here is the article:", a wish without any cue."""
    if "reported" in sentence.kinds:
        return False
    words = len(sentence.text.split())
    clear = bool(sentence.kinds & {"prefix", "handover", "style"}) and sentence.unexplained == 0
    courtesy = "courtesy" in sentence.kinds and (sentence.unexplained == 0 or words <= MAX_GREETING)
    wish = bool(sentence.verbs) and words <= MAX_WISH
    return clear or courtesy or wish or not re.search(r"\w", sentence.text)


def is_denied(sentence: Sentence) -> bool:
    """Whether it would be an order, had the text not said that somebody gave it to somebody."""
    return "reported" in sentence.kinds and bool(sentence.kinds & (VERBS | _STRONG))


def is_believed(sentences: Sequence[Sentence], threshold: int = THRESHOLD) -> bool:
    """Whether enough speaks for sentences that stand together being an order."""
    return any(map(is_order, sentences)) and _points(sentences) >= threshold


def _points(sentences: Sequence[Sentence]) -> int:
    kinds = frozenset().union(*(sentence.kinds for sentence in sentences))
    verbs = kinds & VERBS
    counted = kinds - VERBS if verbs else kinds - {"text", "style"}
    points = sum(map(weight, counted)) + max(map(weight, verbs), default=-2)
    if "this" not in kinds and max(sentence.unexplained for sentence in sentences) > 1 / 4:
        points -= 2
    clear = all(sentence.unexplained == 0 for sentence in sentences)
    return points + (clear and bool(kinds & (_STRONG | {"rewrite", "rewrite_infinitive"})))


# --- where sentences end -----------------------------------------------------------------------------------

_BOUNDARY = re.compile(
    r"(?<!\bmin)(?<!\bmax)(?<!\bapprox)(?<!\be\.g)(?<!\bi\.e)(?<!\bM)(?<!\bMr)"
    r"(?<![.!?…])[.!?…]+(?:[»”\")\]]|'(?![A-ZÀ-ÖØ-Þ]))*(?=\s|['‘]?[A-ZÀ-ÖØ-Þ«“\"])\s*"  # words.'A river: it opens
    r"|(?<!\s)\s*\n\s*"
    # A capital in mid-word: two texts were pasted together. Camel-case names are none.
    r"|(?<!\bChat)(?<!\bYou)(?<!\bWord)(?<!\bLinked)(?<!\bTik)(?<!\bWhats)(?<!\bMc)(?<!\bMac)"
    r"(?<=[a-zß-öø-ÿ\d%)»”])(?=[A-ZÀ-ÖØ-Þ«“])"
    r"|(?<=[A-Z]{2})(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ’'])"
)
_CONNECTED = frozenset(("about", "in", "with", "for", "and", "to", "from", "using", "of", "on", "please", "thanks"))
"""Words that go on with an order even when they have a capital."""

_BINDING = frozenset({"length", "subheadings", "language", "rewrite", "title", "titled"})
"""Kinds that hardly occur in an article: what stands before them in a sentence is the order's."""


def sentences(number: int, paragraph: str, first: int = 0) -> Iterator[Sentence]:
    """The sentences of a paragraph that begin between two places, at most REACH characters apart.

    A sentence ends at a stop, at a seam between pasted texts, and where an article follows an order.
    """
    last = min(len(paragraph), first + REACH)
    ends = {match.end() for match in _BOUNDARY.finditer(paragraph, first, last)}
    ends.update(_verbs_in_capitals(paragraph, first, last))
    inside = sorted(end for end in ends if first < end < last)
    for start, end in zip([first, *inside], [*inside, last], strict=True):
        place = start
        while place < end:
            piece = paragraph[place:end]
            length = _order_ends(piece, find_cues(piece)) or len(piece)
            yield _sentence(number, place, piece[:length], _is_quoted(paragraph, place))
            place += length


def _verbs_in_capitals(paragraph: str, first: int, last: int) -> Iterator[int]:
    """Where a verb with a capital follows a word without any stop: "… romaine Make the article …"."""
    for match in re.compile(r"(?<=[\w%»”)] )[A-ZÉ](?=[a-zé])").finditer(paragraph, first, last):
        if begins_with_verb(paragraph, match.start()):
            yield match.start()


def _is_quoted(paragraph: str, place: int) -> bool:
    """Whether a place is inside quotation marks, or in front of some."""
    before = paragraph[max(place - REACH, 0) : place]
    opened = any(before.count(mark) > before.count(close) for mark, close in ("«»", "“”"))
    return opened or before.count('"') % 2 == 1 or bool(re.compile(r"[^\w«“\"]*[«“\"]").match(paragraph, place))


def _sentence(number: int, start: int, text: str, quoted: bool) -> Sentence:
    cues = find_cues(text)
    explained = _explained(text, cues)
    if label := next((cue for cue in cues if cue.kind == "title"), None):
        begin, end = title_span(text, label, cues)
        cues = tuple(cue for cue in cues if cue.end <= begin or cue.start >= end)
        explained = [True]  # a title may say anything
    return Sentence(number, start, start + len(text), text, cues, 1 - fmean(explained), explained[0], quoted)


def _explained(text: str, cues: Iterable[Hit]) -> list[bool]:
    """For every content word, whether a cue covers it; never empty."""
    covered = {place for cue in cues for place in range(cue.start, cue.end)}
    content = (m for m in re.finditer(r"[^\W_]+['’]?", text) if not is_glue(m[0]))
    return [m.start() in covered for m in content] or [True]


def _order_ends(text: str, found: Sequence[Hit]) -> int | None:
    """Where the article begins in a sentence that begins with an order; None when it does not."""
    cues = [cue for cue in found if cue.kind != "prefix"]
    handed_over = bool(cues) and cues[0].kind == "handover"
    if not handed_over and not is_order(_opening(text, found)):
        return None
    label = min((cue.start for cue in cues if cue.kind == "title"), default=len(text))
    for cue in sorted(cues, key=lambda cue: cue.end):
        if cue.end > label:
            return None
        gap = re.compile(r"[\s,;:.!)\]–—-]*").match(text, cue.end)
        place = gap.end() if gap else cue.end
        stopped = re.search(r"[:.!?]", text[cue.end : place]) is not None
        if _begins_article(text, place, cues, stopped):
            return place
    return _end_of_wish(text, max(cue.end for cue in cues))


def _opening(text: str, cues: Sequence[Hit]) -> Sentence:
    """The sentence up to its first cue that says what is wanted, as it reads without what is glued to it."""
    end = min((cue.end for cue in cues if cue.kind in _STRONG | {"this"}), default=len(text))
    near = tuple(cue for cue in cues if cue.end <= end)
    explained = _explained(text[:end], near)
    return Sentence(0, 0, end, text[:end], near, 1 - fmean(explained), explained[0], quoted=False)


def _begins_article(text: str, place: int, cues: Sequence[Hit], stopped: bool) -> bool:
    """Whether other words than the order's begin at a place: a capital or a stop, and no wish after it."""
    rest = text[place:]
    word = re.match(r"[\w’']+", rest)
    if not rest or (word and word[0].lower() in _CONNECTED):
        return False
    if any(cue.start <= place < cue.end for cue in cues):
        return False
    for_title = any(cue.kind == "title_object" for cue in cues)
    if any(cue.start >= place and cue.kind in _BINDING for cue in cues) and not (for_title and stopped):
        return False
    enough = len(rest.split()) >= (2 if for_title else MIN_ARTICLE)
    return enough and (stopped or re.match(r"[A-ZÀ-ÖØ-Þ«“\"]|['‘](?=[A-ZÀ-ÖØ-Þ])", rest) is not None)


def _end_of_wish(text: str, last: int) -> int | None:
    """Where the article begins after words without cues: behind a colon, or at a capital after too many."""
    tail = text[last:]
    colon = re.search(r":\s+", tail)
    if colon and len(tail[colon.end() :].split()) >= MIN_ARTICLE:
        return last + colon.end()
    if len(tail.split()) <= MAX_WISH:
        return None
    capital = re.search(r"(?<=\s)[A-ZÀ-ÖØ-Þ]", tail)
    return last + (capital.start() if capital else 0)


# --- titles ------------------------------------------------------------------------------------------------

_NEXT = re.compile(
    r"\s+(?:(?:it|this|the|a|an|le|la|les|l['’]|un|une|ce|cet)(?:\s+|(?<=['’]))(?:\w+\s+)?)?", re.IGNORECASE
)
"""What may stand between a verb and what is wished: "make it", "make the article"."""


def title_span(text: str, label: Hit, cues: Sequence[Hit]) -> tuple[int, int]:
    """Where the title behind "Title:" stands: to the end, or to a wish behind a comma (", create at least …")."""
    behind = [cue for cue in cues if cue.start > label.end]
    verbs = [cue for cue in behind if cue.kind in VERBS]
    strong = [cue.start for cue in behind if cue.kind in _STRONG]
    wishes = sorted({*strong, *(v.start for v in verbs if any(_NEXT.fullmatch(text[v.end : s]) for s in strong))})
    end = next((start for start in wishes if re.search(r"[,;|(–—-]\s*$", text[:start])), len(text))
    return label.end, end


def labelled_title(sentence: Sentence) -> str | None:
    """The title that an order names: behind "Title:", or in quotation marks behind "titled"."""
    for cue in sentence.cues:
        if cue.kind == "title":
            begin, end = title_span(sentence.text, cue, sentence.cues)
            return bare_title(sentence.text[begin:end])
        if cue.kind == "titled":
            return bare_title(cue.value)
    return None


def without_title(sentence: Sentence) -> str:
    """What an order says besides the title that it names."""
    label = next((cue for cue in sentence.cues if cue.kind == "title"), None)
    if label is None:
        named = next((cue.value for cue in sentence.cues if cue.kind == "titled"), "")
        return sentence.text.replace(named, "")
    begin, end = title_span(sentence.text, label, sentence.cues)
    return sentence.text[:begin] + sentence.text[end:]


def bare_title(text: str) -> str | None:
    """A title without the signs around it; None when nothing is left."""
    bare = text.strip(" \t\n,;:–—-|(*")
    wrapped = re.fullmatch(r"[«“\"'‘]\s*([^«»“”\"]+?)\s*[»”\"'’]", bare)
    return (wrapped[1] if wrapped else bare) or None
