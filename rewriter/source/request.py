"""Tells an order to a writer, pasted above or below an article, from the article.

Only the beginning and the end of a file may hold one: what stands inside an article is the article's,
whatever it says. What reads as an order is for orders.py to say.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby

from rewriter.article import Request
from rewriter.source.cues import VERBS, words_asked
from rewriter.source.orders import (
    REACH,
    THRESHOLD,
    Sentence,
    bare_title,
    is_believed,
    is_denied,
    is_hanger_on,
    is_order,
    labelled_title,
    sentences,
    without_title,
)

GLUED = 5
"""Points that an order needs when a text follows it in its own paragraph: one more than others."""

HEAD = 40
"""How many paragraphs from the top may hold an order: a long one has a line for each wish."""

FOOT = 12
"""How many paragraphs from the bottom may hold an order."""

MAX_TITLE = 300
"""Most characters of a title to adapt, and of what stands between the top of the file and an order."""


def take_apart(paragraphs: Sequence[str]) -> tuple[Request, tuple[str, ...]]:
    """The order pasted above or below an article, and the paragraphs without it.

    An empty Request and the paragraphs as they were when there is none. Only the top (a title may stand
    before or between orders) and the last paragraphs are searched; an order that is quoted, reported or
    inside the article stays.
    """
    top: list[Sentence] = []
    runs = _head(_from_the_top(paragraphs, top), top)
    below = [_title_below(run, runs, top) for run in runs]
    taken = [sentence for part in (*runs, *below) for sentence in part]
    foot = _foot(_from_the_bottom(paragraphs, taken))
    orders = [sentence for run in (*runs, foot) for sentence in run]
    if not orders:
        return Request(), tuple(paragraphs)
    titles = (*(_title(run, title) for run, title in zip(runs, below, strict=True)), _title(foot, ()))
    taken = sorted([*taken, *foot], key=lambda sentence: sentence.place)
    text = "\n\n".join(_spans(paragraphs, taken))
    return _request(orders, next(filter(None, titles), None), text), _without(paragraphs, taken)


def is_request(paragraph: str) -> bool:
    """Whether a paragraph by itself holds an order to a writer."""
    return take_apart([paragraph])[0].text != ""


# --- above the article -------------------------------------------------------------------------------------


def _from_the_top(paragraphs: Sequence[str], seen: list[Sentence]) -> Iterator[Sentence]:
    """Sentences from the first paragraph on; `seen` gets all those of every paragraph that was reached."""
    for number, paragraph in enumerate(paragraphs[:HEAD]):
        found = list(sentences(number, paragraph))
        seen += found
        yield from found


def _head(top: Iterable[Sentence], seen: Sequence[Sentence]) -> list[list[Sentence]]:
    """Runs of orders from the top, with nothing but a title before or between them."""
    runs: list[list[Sentence]] = []
    run: list[Sentence] = []
    hanging: list[Sentence] = []
    gap: list[Sentence] = []
    for sentence in top:
        if is_order(sentence):
            run, hanging, gap = [*run, *hanging, sentence], [], []
        elif is_hanger_on(sentence) or (run and _is_framed(sentence, seen)):
            hanging.append(sentence)
        elif is_denied(sentence):
            return runs
        else:
            glued = bool(run) and sentence.paragraph == run[-1].paragraph
            runs += _closed(run, hanging, GLUED if glued else THRESHOLD)
            run, hanging = [], []
            gap.append(sentence)
            if not _may_be_title(gap):
                return runs
    return runs + _closed(run, hanging, THRESHOLD)


def _is_framed(sentence: Sentence, seen: Iterable[Sentence]) -> bool:
    """Whether a sentence stands in a paragraph of wishes: an order first, "here is the article:" or thanks last.

    Between an order and thanks it must at least speak of writing; nothing that is reported is a wish.
    """
    paragraph = [other for other in seen if other.paragraph == sentence.paragraph]
    first, last = paragraph[0], paragraph[-1]
    if not is_order(first) or not is_hanger_on(last) or last.quoted or "reported" in sentence.kinds:
        return False
    thanks = "courtesy" in last.kinds and bool(sentence.kinds & (VERBS | {"style", "text"}))
    return "handover" in last.kinds or thanks


def _closed(run: Sequence[Sentence], hanging: Sequence[Sentence], threshold: int) -> list[list[Sentence]]:
    """The run, with those hanging on to its end, when it is believed; else nothing."""
    if not run or not is_believed(run, threshold):
        return []

    def belongs(sentence: Sentence) -> bool:
        manner = "style" in sentence.kinds and sentence.paragraph == run[-1].paragraph
        return manner or bool(sentence.kinds & {"courtesy", "handover"})

    attached = max((n for n, sentence in enumerate(hanging, 1) if belongs(sentence)), default=0)
    return [[*run, *hanging[:attached]]]


def _may_be_title(gap: Sequence[Sentence]) -> bool:
    """Whether text between the top and an order can be a title: short, without a full sentence."""
    long = sum(len(sentence.text) for sentence in gap) > MAX_TITLE or len({s.paragraph for s in gap}) > 2
    return not long and not any(s.ends_with_stop and len(s.text.split()) > 8 for s in gap)


def _title_below(
    run: Sequence[Sentence], runs: Sequence[Sequence[Sentence]], top: Sequence[Sentence]
) -> list[Sentence]:
    """The sentences of the title that an order points at ("this title"), or that a label runs on into."""
    last = run[-1]
    labelled = "title" in last.verbs
    following = top[top.index(last) + 1 :]
    pointed = any("title_object" in sentence.kinds for sentence in run) and not any(map(labelled_title, run))
    if not following or not (labelled or pointed):
        return []
    same_paragraph = following[0].paragraph == last.paragraph
    if labelled and not same_paragraph:
        return []
    title = list(_until_order(following, {sentence.place for other in runs for sentence in other}))
    short = sum(len(sentence.text) for sentence in title) <= MAX_TITLE
    if short and (labelled or not title[-1:] or not title[-1].ends_with_stop):
        return title
    # An article follows in the same paragraph: the title goes to the first stop or seam.
    first_alone = same_paragraph and not labelled and len(title[0].text) <= MAX_TITLE
    return title[:1] if first_alone else []


def _until_order(following: Sequence[Sentence], orders: Container[tuple[int, int]]) -> Iterator[Sentence]:
    """The sentences of the same paragraph up to the next that is, or belongs to, an order."""
    for sentence in following:
        if sentence.paragraph != following[0].paragraph or is_order(sentence) or sentence.place in orders:
            return
        yield sentence


# --- below the article -------------------------------------------------------------------------------------


def _from_the_bottom(paragraphs: Sequence[str], taken: Iterable[Sentence]) -> Iterator[Sentence]:
    """Sentences from the last one up, without those already taken."""
    gone = {sentence.place for sentence in taken}
    for number in range(len(paragraphs) - 1, max(len(paragraphs) - FOOT, 0) - 1, -1):
        paragraph = paragraphs[number]
        found = [*sentences(number, paragraph, max(len(paragraph) - REACH, 0))]
        whole = found[1:] if len(paragraph) > REACH else found  # the first may be cut
        yield from (sentence for sentence in reversed(whole) if sentence.place not in gone)


def _foot(bottom: Iterable[Sentence]) -> list[Sentence]:
    """The order that the file ends with, or nothing."""
    run: list[Sentence] = []
    for sentence in bottom:
        if not is_order(sentence) and not is_hanger_on(sentence):
            break
        run.insert(0, sentence)
    while run and not (is_order(run[0]) and run[0].kinds & VERBS):
        del run[0]
    kinds = frozenset().union(*(sentence.kinds for sentence in run))
    if not kinds & VERBS - {"title"} or not is_believed(run):
        return []
    # Behind a sentence of the article, only an order about a text is one.
    return run if run[0].start == 0 or kinds & {"rewrite", "this"} else []


# --- what is asked for -------------------------------------------------------------------------------------


def _title(run: Sequence[Sentence], below: Sequence[Sentence]) -> str | None:
    named = next(filter(None, map(labelled_title, run)), None)
    return bare_title(" ".join(filter(None, (named, *(sentence.text.strip() for sentence in below)))))


def _request(orders: Sequence[Sentence], title: str | None, text: str) -> Request:
    cues = [cue for sentence in orders for cue in sentence.cues]
    wanted = {cue.kind for cue in cues if not cue.negated}
    return Request(
        text=text,
        title=title,
        words=words_asked("\n".join(map(without_title, orders))),
        seo="seo" in wanted,
        subheadings="subheadings" in wanted,
        language=next((cue.value for cue in cues if cue.kind == "language"), None),
    )


def _spans(paragraphs: Sequence[str], taken: Iterable[Sentence]) -> Iterator[str]:
    """The words taken out, paragraph by paragraph, as they stood."""
    for number, group in groupby(taken, key=lambda sentence: sentence.paragraph):
        yield "".join(paragraphs[number][s.start : s.end] for s in group).strip()


def _without(paragraphs: Sequence[str], taken: Sequence[Sentence]) -> tuple[str, ...]:
    """The paragraphs without the words taken out; one that held nothing else is gone."""
    left = list(paragraphs)
    for sentence in reversed(taken):
        before, after = left[sentence.paragraph][: sentence.start], left[sentence.paragraph][sentence.end :]
        left[sentence.paragraph] = f"{before.rstrip()} {after.lstrip()}".strip()
    return tuple(text for n, text in enumerate(left) if text or not paragraphs[n].strip())
