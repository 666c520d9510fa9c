"""Tells an order to a writer, pasted above or below an article, from the article.

Sentences are looked at one by one from the top, and from the bottom up. What a sentence says is broken into
cues (see cues.py); the cues of orders that stand together are added up, and an order is believed from
THRESHOLD points on. Only the beginning and the end may hold one: what stands inside an article is the
article's, whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from rewriter.article import Request
from rewriter.source.cues import VERBS, Hit, begins_with_verb, find_cues, is_glue, weight, words_asked

THRESHOLD = 4
"""Points from which sentences are an order: "rewrite this", "make it at least 700 words"."""

MAX_TITLE = 300
"""Most characters of a title to adapt, or between the top of the file and an order below a title."""

HEAD = 40
"""How many paragraphs from the top may hold an order: a long one has a line for each wish."""

FOOT = 12
"""How many paragraphs from the bottom may hold an order."""

MIN_ARTICLE = 5
"""Fewest words after an order, in its own sentence, that count as the article's beginning."""

MAX_WISH = 12
"""Most words after a sentence's last cue that still belong to the order."""


@dataclass(frozen=True)
class _Unit:
    """A sentence, or what a missing space or full stop made of one."""

    paragraph: int
    start: int
    end: int
    text: str
    hits: tuple[Hit, ...]
    unexplained: float
    """Share of its content words that no cue covers."""
    begins_with_cue: bool
    """Whether a cue covers its first content word."""
    opens: bool
    """Whether it begins its paragraph."""

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(hit.kind for hit in self.hits)

    @property
    def verbs(self) -> frozenset[str]:
        """The kinds of verb that it begins with."""
        begin = max((hit.end for hit in self.hits if hit.kind == "prefix" and hit.start == 0), default=0)
        return frozenset(hit.kind for hit in self.hits if hit.kind in VERBS and hit.start <= begin)


_STRONG = frozenset({"length", "seo", "subheadings", "language", "title", "titled", "title_object"})


def _is_order(unit: _Unit) -> bool:
    """Whether the sentence, by itself, reads as part of an order."""
    kinds, verbs = unit.kinds, unit.verbs
    if "reported" in kinds or re.match(r"\W*[«“\"]", unit.text) or _is_subject(unit):
        return False
    strong = bool(kinds & (_STRONG | {"this"}))
    if "title" in verbs:
        return True
    if verbs & {"rewrite", "rewrite_infinitive"}:
        return strong or unit.unexplained <= 1 / 2
    if verbs:
        manner = bool(kinds & {"style", "text"})
        return unit.unexplained <= (2 / 3 if strong else 1 / 3) and (strong or manner)
    return bool(kinds & _STRONG) and unit.unexplained <= 1 / 4 and unit.begins_with_cue


def _is_subject(unit: _Unit) -> bool:
    """Whether an infinitive is no order but what the sentence is about: "Réécrire ce texte, c'est renoncer"."""
    about = r"\b(?:c['’]est|est|sont|était|sera|serait|reste|devient|signifie|revient)\b"
    return any(verb.endswith("infinitive") for verb in unit.verbs) and re.search(about, unit.text) is not None


def _is_hanger_on(unit: _Unit) -> bool:
    """Whether it may stand among orders: thanks, "here is the article:", a wish without any cue."""
    if "reported" in unit.kinds:
        return False
    courtesy = bool(unit.kinds & {"courtesy", "prefix", "handover", "style"}) and unit.unexplained == 0
    wish = bool(unit.verbs) and len(unit.text.split()) <= MAX_WISH
    return courtesy or wish or not re.search(r"\w", unit.text)


def _points(units: Sequence[_Unit]) -> int:
    """How much speaks for sentences being an order."""
    kinds = frozenset().union(*(unit.kinds for unit in units))
    verbs = kinds & VERBS
    counted = kinds - VERBS - ({"text"} if "this" in kinds else set()) - (set() if verbs else {"text", "style"})
    points = sum(map(weight, counted)) + max(map(weight, verbs), default=-2)
    points -= 2 * ("this" not in kinds and max(unit.unexplained for unit in units) > 1 / 4)
    whole = all(unit.unexplained == 0 for unit in units)
    return points + (whole and bool(kinds & (_STRONG | {"rewrite", "rewrite_infinitive"})))


def _believed(units: Sequence[_Unit]) -> bool:
    return any(map(_is_order, units)) and _points(units) >= THRESHOLD


# --- sentences ---------------------------------------------------------------------------------------------

_BOUNDARY = re.compile(
    r"(?<!\bmin)(?<!\bmax)(?<!\bapprox)(?<!\be\.g)(?<!\bi\.e)(?<!\bM)(?<!\bMr)"
    r"[.!?…]+[»”\"')\]]*(?=\s|[A-ZÀ-ÖØ-Þ«“\"])\s*"
    r"|\s*\n\s*"
    # A capital in mid-word: two texts were pasted together. Camel-case names are none.
    r"|(?<!\bChat)(?<!\bYou)(?<!\bWord)(?<!\bLinked)(?<!\bTik)(?<!\bWhats)(?<!\bMc)(?<!\bMac)"
    r"(?<=[a-zß-öø-ÿ\d%)»”])(?=[A-ZÀ-ÖØ-Þ«“])"
    r"|(?<=[A-Z]{2})(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ’'])"
)
_CONNECTED = frozenset({"about", "in", "with", "for", "and", "to", "from", "using", "of", "on", "please", "thanks"})
_BINDING = frozenset({"length", "subheadings", "language", "rewrite", "title", "titled"})


def _units(number: int, paragraph: str) -> Iterator[_Unit]:
    ends = sorted({m.end() for m in _BOUNDARY.finditer(paragraph)} | {*_capital_orders(paragraph)})
    ends = [end for end in ends if 0 < end < len(paragraph)]
    for start, end in zip([0, *ends], [*ends, len(paragraph)], strict=True):
        cut = start
        while cut < end:
            piece = paragraph[cut:end]
            length = _order_ends(piece, find_cues(piece)) or len(piece)
            yield _unit(number, cut, piece[:length])
            cut += length


def _capital_orders(paragraph: str) -> Iterator[int]:
    """Where a verb with a capital follows a word without any stop: "… romaine Make the article …"."""
    for match in re.finditer(r"(?<=[\w%»”)] )[A-ZÉ](?=[a-zé])", paragraph):
        if begins_with_verb(paragraph, match.start()):
            yield match.start()


def _unit(number: int, start: int, text: str) -> _Unit:
    hits = find_cues(text)
    if label := next((hit for hit in hits if hit.kind == "title"), None):
        value = _title_span(text, label, hits)
        hits = tuple(hit for hit in hits if hit.end <= value[0] or hit.start >= value[1])
        explained = [True]
    else:
        explained = _explained(text, hits)
    return _Unit(number, start, start + len(text), text, hits, 1 - fmean(explained), explained[0], start == 0)


def _explained(text: str, hits: Iterable[Hit]) -> list[bool]:
    """For every content word, whether a cue covers it; never empty."""
    covered = {place for hit in hits for place in range(hit.start, hit.end)}
    content = (m for m in re.finditer(r"[^\W_]+['’]?", text) if not is_glue(m[0]))
    return [m.start() in covered for m in content] or [True]


def _order_ends(text: str, hits: Sequence[Hit]) -> int | None:
    """Where the article begins in a sentence that begins with an order; None when it does not."""
    cues = [hit for hit in hits if hit.kind != "prefix"]
    handed_over = bool(cues) and cues[0].kind == "handover"
    if not handed_over and not _is_order(_bare(text, hits)):
        return None
    label = min((hit.start for hit in cues if hit.kind == "title"), default=len(text))
    for hit in sorted(cues, key=lambda hit: hit.end):
        if hit.end > label:
            return None
        gap = re.match(r"[\s,;:.!)\]–—-]*", text[hit.end :])
        place = hit.end + (gap.end() if gap else 0)
        if _begins_article(text, place, cues, ended=re.search(r"[:.!?]", text[hit.end : place]) is not None):
            return place
    return _end_of_wish(text, max(hit.end for hit in cues))


def _bare(text: str, hits: Sequence[Hit]) -> _Unit:
    """The sentence up to its last cue, as an order would read without what is glued to it."""
    first = min((hit.end for hit in hits if hit.kind in _STRONG | {"this"}), default=len(text))
    near = tuple(hit for hit in hits if hit.end <= first)
    explained = _explained(text[:first], near)
    return _Unit(0, 0, first, text[:first], near, 1 - fmean(explained), explained[0], True)


def _begins_article(text: str, place: int, cues: Sequence[Hit], ended: bool) -> bool:
    """Whether other words than the order's begin at a place: a capital or a stop, and no wish after it."""
    rest = text[place:]
    word = re.match(r"[\w’']+", rest)
    if not rest or any(hit.start <= place < hit.end for hit in cues) or (word and word[0].lower() in _CONNECTED):
        return False
    titled = any(hit.kind == "title_object" for hit in cues)
    if any(hit.start >= place and hit.kind in _BINDING for hit in cues) and not (titled and ended):
        return False
    enough = len(rest.split()) >= (2 if titled else MIN_ARTICLE)
    return enough and (ended or rest[0].isupper() or rest[0] in "«“\"")


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


# --- where orders may stand --------------------------------------------------------------------------------


def _head(units: Iterable[_Unit]) -> list[list[_Unit]]:
    """Runs of orders from the top, with nothing but a title before or between them."""
    runs: list[list[_Unit]] = []
    run: list[_Unit] = []
    hanging: list[_Unit] = []
    gap: list[_Unit] = []

    def close() -> None:
        if run and _believed(run):
            runs.append([*run, *_attached(hanging, run[-1])])

    for unit in units:
        if _is_order(unit):
            run = [*run, *hanging, unit]
            hanging, gap = [], []
        elif _is_hanger_on(unit):
            hanging.append(unit)
        elif "reported" in unit.kinds and unit.kinds & (VERBS | _STRONG):
            break
        else:
            close()
            run, hanging = [], []
            gap.append(unit)
            if not _may_be_title(gap):
                return runs
    close()
    return runs


def _attached(hanging: Sequence[_Unit], last: _Unit) -> list[_Unit]:
    """Of what follows the last order, that which belongs to it: thanks, "here is the article:", "no plagiarism"."""

    def belongs(unit: _Unit) -> bool:
        manner = "style" in unit.kinds and unit.unexplained == 0 and unit.paragraph == last.paragraph
        return manner or bool(unit.kinds & {"courtesy", "handover"})

    return list(hanging[: max((n for n, unit in enumerate(hanging, 1) if belongs(unit)), default=0)])


def _may_be_title(gap: Sequence[_Unit]) -> bool:
    """Whether text between the top and an order can be a title: short, without a full sentence."""
    long = sum(len(unit.text) for unit in gap) > MAX_TITLE or len({unit.paragraph for unit in gap}) > 2
    sentence = any(unit.text.rstrip().endswith(".") and len(unit.text.split()) > 8 for unit in gap)
    return not long and not sentence


def _foot(units: Sequence[_Unit]) -> list[_Unit]:
    """The order that the units end with, or nothing."""
    first = len(units)
    while first and (_is_order(units[first - 1]) or _is_hanger_on(units[first - 1])):
        first -= 1
    while first < len(units) and not (_is_order(units[first]) and units[first].kinds & VERBS - {"title"}):
        first += 1
    run = list(units[first:])
    if not run or not _believed(run):
        return []
    # Behind a sentence of the article, only an order about a text is one.
    kinds = frozenset().union(*(unit.kinds for unit in run))
    return run if run[0].opens or kinds & {"rewrite", "this"} else []


# --- titles ------------------------------------------------------------------------------------------------


def _title_span(text: str, label: Hit, hits: Sequence[Hit]) -> tuple[int, int]:
    """Where the title behind "Title:" stands: to the end, or to a wish behind a comma."""
    wishes = (hit.start for hit in hits if hit.start > label.end and hit.kind in _STRONG)
    end = next((start for start in wishes if re.search(r"[,;|(–—-]\s*$", text[:start])), len(text))
    return label.end, end


def _labelled_title(unit: _Unit) -> str | None:
    for hit in unit.hits:
        if hit.kind == "title":
            start, end = _title_span(unit.text, hit, unit.hits)
            return _bare_title(unit.text[start:end])
        if hit.kind == "titled":
            return _bare_title(hit.value)
    return None


def _bare_title(text: str) -> str | None:
    bare = text.strip(" \t\n,;:–—-|(*")
    wrapped = re.fullmatch(r"[«“\"'‘]\s*([^«»“”\"]+?)\s*[»”\"'’]", bare)
    return (wrapped[1] if wrapped else bare) or None


def _title_below(run: Sequence[_Unit], units: Sequence[_Unit]) -> list[_Unit]:
    """The units of the title that an order points at or names and that follows it."""
    last = units.index(run[-1])
    labelled = "title" in run[-1].verbs
    if not labelled and not any("title_object" in unit.kinds for unit in run):
        return []
    following = units[last + 1 :]
    if not following or (labelled and following[0].paragraph != run[-1].paragraph):
        return []
    place = following[0].paragraph
    title = []
    for unit in following:
        if unit.paragraph != place or _is_order(unit):
            break
        title.append(unit)
    whole = sum(len(unit.text) for unit in title) <= MAX_TITLE
    if whole and (labelled or not title or not title[-1].text.rstrip().endswith(".")):
        return title
    if labelled or place != run[-1].paragraph:
        return []
    sentence = title[0].text.rstrip()
    return title[:1] if sentence.endswith(".") and len(sentence) <= MAX_TITLE else []


# --- the whole ---------------------------------------------------------------------------------------------


def take_apart(paragraphs: Sequence[str]) -> tuple[Request, tuple[str, ...]]:
    """The order pasted above or below an article, and the paragraphs without it.

    An empty Request and the paragraphs as they were when there is none. Only the top (a title may stand
    before or between orders) and the last paragraphs are searched; an order that is quoted, reported or
    inside the article stays.
    """
    top = [unit for n, paragraph in enumerate(paragraphs[:HEAD]) for unit in _units(n, paragraph)]
    runs = _head(top)
    taken = [unit for run in runs for unit in run]
    title: str | None = None
    for run in runs:
        below = _title_below(run, top)
        taken += below
        named = next(filter(None, map(_labelled_title, run)), None)
        title = title or _bare_title(" ".join(filter(None, (named, *(unit.text.strip() for unit in below)))))
    bottom = range(max(len(paragraphs) - FOOT, 0), len(paragraphs))
    ending = [u for n in bottom for u in _units(n, paragraphs[n]) if u not in taken]
    foot = _foot(ending)
    title = title or next(filter(None, map(_labelled_title, foot)), None)
    orders = [unit for run in (*runs, foot) for unit in run]
    if not orders:
        return Request(), tuple(paragraphs)
    return _request(orders, [*taken, *foot], paragraphs, title), _without(paragraphs, [*taken, *foot])


def is_request(paragraph: str) -> bool:
    """Whether a paragraph by itself holds an order to a writer."""
    return take_apart([paragraph])[0].text != ""


def _request(orders: Sequence[_Unit], taken: Sequence[_Unit], paragraphs: Sequence[str], title: str | None) -> Request:
    hits = [hit for unit in orders for hit in unit.hits]
    wanted = {hit.kind for hit in hits if not hit.negated}
    spoken = " \n".join(_without_title(unit) for unit in orders)
    return Request(
        text="\n\n".join(_spans(paragraphs, taken)),
        title=title,
        words=words_asked(spoken),
        seo="seo" in wanted,
        subheadings="subheadings" in wanted,
        language=next((hit.value for hit in hits if hit.kind == "language"), None),
    )


def _without_title(unit: _Unit) -> str:
    label = next((hit for hit in unit.hits if hit.kind == "title"), None)
    if label is None:
        return unit.text
    start, end = _title_span(unit.text, label, unit.hits)
    return unit.text[:start] + unit.text[end:]


def _ordered(units: Iterable[_Unit]) -> list[_Unit]:
    return sorted(units, key=lambda unit: (unit.paragraph, unit.start))


def _spans(paragraphs: Sequence[str], taken: Iterable[_Unit]) -> Iterator[str]:
    """The words taken out, paragraph by paragraph, as they stood."""
    for number, units in groupby(_ordered(taken), key=lambda unit: unit.paragraph):
        yield "".join(paragraphs[number][unit.start : unit.end] for unit in units).strip()


def _without(paragraphs: Sequence[str], taken: Iterable[_Unit]) -> tuple[str, ...]:
    """The paragraphs without the words taken out; one that held nothing else is gone."""
    left = list(paragraphs)
    for unit in reversed(_ordered(taken)):
        text = left[unit.paragraph]
        left[unit.paragraph] = f"{text[: unit.start].rstrip()} {text[unit.end :].lstrip()}".strip()
    return tuple(text for n, text in enumerate(left) if text or not paragraphs[n].strip())
