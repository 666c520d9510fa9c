"""Takes out of an article what is not the article, and says of every piece why.

A paragraph is repaired (markup, encoding), then judged: is it an order to a machine, a table, furniture of the
page, a tweet, a caption, a repetition, a signature, a heading? What stays is repaired once more (links,
punctuation). Where there is doubt it stays: a true paragraph lost is worse than an ugly one kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rewriter.article import Removal, Subheading
from rewriter.source.boxes import (
    find_between_newsletters,
    find_biographies,
    find_contents,
    find_figures,
    find_linked_questions,
)
from rewriter.source.captions import find_captions, find_sheltered
from rewriter.source.duplicates import find_duplicates
from rewriter.source.furniture import find_furniture, find_linked_titles, find_menus, find_tweets
from rewriter.source.headings import PULLED, bare_heading, find_bylines, find_headings, find_tables
from rewriter.source.hidden import ORDER_REPAIR, find_orders
from rewriter.source.paragraphs import Paragraphs, Verdict, Verdicts
from rewriter.source.punctuation import PUNCTUATION, continued_quotations, guillemet_repairs
from rewriter.source.repairs import (
    FIRST_REPAIRS,
    Repair,
    inline_repairs,
    note_repairs,
    repaired,
    with_closed_comments,
)


@dataclass(frozen=True)
class Cleaned:
    """Clean paragraphs in order, and the receipt."""

    paragraphs: tuple[str, ...]
    subheadings: tuple[Subheading, ...]
    removals: tuple[Removal, ...]
    """By paragraph, in the order in which the changes were made. A removal whose replacement is empty took
    the whole paragraph, as it stood in the file; any other shows what changed, with a word of context."""


def clean(paragraphs: Sequence[str]) -> Cleaned:
    """The article's own paragraphs, without captions, credits, repetitions and page furniture.

    Pure and deterministic; never raises. Every paragraph either comes out, or has its removal.
    """
    given = dict(enumerate(paragraphs, start=1))
    repaired_, receipt = _repaired(with_closed_comments(given), FIRST_REPAIRS)
    removed = _judged(repaired_)
    standing = _without(repaired_, removed)
    starred = any(verdict.reason == "note" for verdict in removed.values())
    last = (
        ORDER_REPAIR,
        *inline_repairs(),
        *note_repairs(standing.values(), starred),
        *PUNCTUATION,
        *guillemet_repairs(standing.values()),
    )
    standing, later = _repaired(standing, last)
    standing, closed = _repaired(standing, continued_quotations(standing.values()))
    removed |= _emptied(standing)
    standing = _without(standing, removed)
    whole = [Removal(n, v.reason, given[n], "", v.explanation) for n, v in removed.items()]
    parts = [part for part in receipt + later + closed if part.paragraph in standing]
    lines = {n: repaired_[n] for n, v in removed.items() if v.reason == PULLED.reason and v != PULLED}
    own = _subheadings(lines, standing)
    return Cleaned(tuple(standing.values()), own, tuple(sorted(whole + parts, key=lambda r: r.paragraph)))


def _subheadings(lines: Paragraphs, standing: Paragraphs) -> tuple[Subheading, ...]:
    """The source's own subheadings, each above the next paragraph that stands; of several the nearest."""
    repairs = (*inline_repairs(), *PUNCTUATION)
    below: dict[int, str] = {}
    for number in sorted(lines):
        place = sum(n < number for n in standing)
        if 0 < place < len(standing):  # above the whole text stand sections and kickers
            below[place] = bare_heading(repaired(lines[number], repairs, number)[0])
    return tuple(Subheading(place, text) for place, text in below.items() if text)


def _judged(paragraphs: Paragraphs) -> Verdicts:
    """What has to go: each rule sees what the ones before it left standing."""
    removed: Verdicts = {}
    for find in (find_orders, _find_lists, _emptied, _find_page, _find_copies, find_bylines):
        removed |= find(_without(paragraphs, removed))
    removed |= find_biographies(paragraphs, removed)
    removed |= find_menus(paragraphs, removed)
    return removed | find_headings(_without(paragraphs, removed))


def _find_lists(paragraphs: Paragraphs) -> Verdicts:
    """Tables, boxes of figures and tables of contents."""
    return find_tables(paragraphs) | find_figures(paragraphs) | find_contents(paragraphs)


def _find_page(paragraphs: Paragraphs) -> Verdicts:
    """What belongs to the page or to another site."""
    found = find_furniture(paragraphs) | find_tweets(paragraphs)
    found |= find_between_newsletters(paragraphs, found)
    found |= find_linked_titles(paragraphs, found)
    return found | find_linked_questions(paragraphs, found)


def _find_copies(paragraphs: Paragraphs) -> Verdicts:
    """Captions, and what is said twice."""
    captions = find_captions(paragraphs)
    sheltered = find_sheltered(paragraphs, captions)
    return captions | find_duplicates(_without(paragraphs, captions), sheltered)


def _emptied(paragraphs: Paragraphs) -> Verdicts:
    """Paragraphs without a letter or a figure: repairs have left nothing of them, or they are rules."""
    empty = Verdict("markup", "Rien que des balises, des signes ou des caractères invisibles.")
    return {n: empty for n, text in paragraphs.items() if not any(c.isalnum() for c in text)}


def _without(paragraphs: Paragraphs, verdicts: Verdicts) -> Paragraphs:
    return {n: text for n, text in paragraphs.items() if n not in verdicts}


def _repaired(paragraphs: Paragraphs, repairs: Sequence[Repair]) -> tuple[Paragraphs, list[Removal]]:
    standing: dict[int, str] = {}
    receipt: list[Removal] = []
    for number, text in paragraphs.items():
        standing[number], removals = repaired(text, repairs, number)
        receipt += removals
    return standing, receipt
