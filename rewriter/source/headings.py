"""Lines that are no body text: subheadings, pull quotes, names of authors, tables."""

from __future__ import annotations

import re
from itertools import pairwise

from rewriter.french.segment import unified
from rewriter.source.paragraphs import (
    LONG_WORDS,
    Paragraphs,
    Verdict,
    Verdicts,
    edges,
    is_bulleted,
    is_ended,
    is_in_capitals,
    is_loose_line,
    is_prose,
    level,
    word_count,
)
from rewriter.source.patterns import pattern

# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────

_ROW = re.compile(r"\|.*\|$|[^|]+(?:\|[^|]*){2,}(?<![.!?…])$")
_AMOUNT = r"[+−–-]?\s?[$£€]?(?!0\d)(?:\d{1,3}(?:\s\d{3})+|\d+)(?:[.,]\d+)*(?:\s?(?:%|€|[MkK]€|[mk]\b))?"
_FIGURES = re.compile(rf"(?P<label>[^\d|«»:]{{2,60}}?)(?P<amounts>(?:\s{_AMOUNT}){{2,8}})")
_HEAD = re.compile(r"[^\d.!?]{2,40}(?:\s(?:19|20)\d\d\b){2,}(?:\s[^\d.!?]{2,30})?")

MIN_ROWS = 3
"""Fewest lines of figures in a row that are a table whose tabs were lost; two may be results."""

MIN_CELLS = 4
"""Fewest cells of a table that stands in a single line, with bars between its rows."""


def find_tables(paragraphs: Paragraphs) -> Verdicts:
    """Rows of a table: two or more in a row with bars between cells, or three that end in two figures or more.

    A line with bars between rows of figures is a table by itself.
    """
    rows: set[int] = {n for n, text in paragraphs.items() if _is_flat_table(level(text))}
    for one, other in pairwise(paragraphs):
        if all(_ROW.match(paragraphs[n].strip()) for n in (one, other)):
            rows |= {one, other}
    rows |= _rows_of_figures(paragraphs)
    return dict.fromkeys(sorted(rows), Verdict("table", "Ligne d’un tableau, qui ne fait pas de phrase."))


def _is_flat_table(line: str) -> bool:
    """Whether all rows stand in one line: "TVA 129,0 131,2 | Autres 38,6 40,6"."""
    cells = [cell.strip() for cell in line.split("|")]
    return len(cells) >= MIN_CELLS and all(map(_FIGURES.fullmatch, cells[1:]))


def _rows_of_figures(paragraphs: Paragraphs) -> set[int]:
    """Lines such as "Collèges 28,6 27,9 - 2,4 %" in a row, and the line of years above them."""
    rows: set[int] = set()
    head: list[int] = []
    run: list[int] = []
    for number, text in (*paragraphs.items(), (0, "")):  # 0 ends the last run
        line = level(text)
        if _FIGURES.fullmatch(line):
            run.append(number)
            continue
        if len(run) >= MIN_ROWS:
            rows |= {*head, *run}
        run, head = [], [number] if _HEAD.fullmatch(line) else []
    return rows


# ── names of authors ─────────────────────────────────────────────────────────────────────────────────────

MAX_AUTHORS = 2
"""Most lone names, or dates, that are taken for an author's; more are a list."""


def find_bylines(paragraphs: Paragraphs) -> Verdicts:
    """Lines above or below the text that are nothing but a name, a name and a place or house, or a date."""
    return _lone(paragraphs, _AUTHOR, Verdict("credit", "Nom de l’auteur, seul sur une ligne.")) | _lone(
        paragraphs, _DATE, Verdict("metadata", "Date, seule sur une ligne.")
    )


_AUTHOR = (
    "{name}(?: (?:et|and|&) {name})?",
    "(?:{name}|{initials}), (?:à|au|aux|en|in) {place}",
    "{name} ?[/|•] ?{place}",
    "(?:de|d'|from) ?{place}, {name}",
    "(?-i:[A-ZÀ-Þ]\\. ?){2,3}",
)
_DATE = (
    "(?:le |on )?{full_date}",
    "(?:le )?(?:{full_date}|{weekday},? \\d{1,2} {month})(?:,? ?(?:à|at|[-–·•|])? ?){clock}",
)


def _lone(paragraphs: Paragraphs, lines: tuple[str, ...], verdict: Verdict) -> Verdicts:
    """The lines above or below the text that one of the patterns describes, unless they are many: a list."""
    above, below = edges(paragraphs)
    known = [pattern(line) for line in lines]
    alone = [n for n in above + below if any(k.fullmatch(_bare_line(paragraphs[n])) for k in known)]
    return dict.fromkeys(alone, verdict) if len(alone) <= MAX_AUTHORS else {}


def _bare_line(text: str) -> str:
    line = level(text)
    return line if re.search(r"\b[A-ZÀ-Þ]\.$", line) else line.rstrip(".")


# ── subheadings ──────────────────────────────────────────────────────────────────────────────────────────

HEAD_LINES = 3
"""Most lines of a heading above the text: section, title, subtitle."""

RUN_LINES = 2
"""Most heading lines in a row inside the text; more are a list or a poem."""

PULLED_WORDS = 5
"""Fewest words that a pull quote shares, in a row, with the paragraph it was pulled from."""

MOSTLY = 0.3
"""Share of long paragraphs without a final stop, from which its absence marks no heading."""

_BEGINS_WELL = re.compile(r"[«“\"'‘(\[]?\s?[A-ZÀ-ÖØ-ÞŒ0-9]")
_OPEN_END = re.compile(r"[,;:]\s*$")
_SCORE = re.compile(r"\b\d+\s?[-–—:]\s?\d+\b|:\s?[+-−]?\d")
_MARKED = re.compile(r"#{1,6}\s|[-–—]\s.{3,80}\s[-–—]$")  # Markdown's, and those of wire copy
_QUOTED = re.compile(r"[«“\"].*[»”\"]")


def find_headings(paragraphs: Paragraphs) -> Verdicts:
    """Subheadings and pull quotes: short lines without a full stop right above body text.

    Verses, items and results stand in runs and stay; so do questions, which may be an interviewer's, and
    quotations, unless a paragraph has the same words in a row.
    """
    above, _ = edges(paragraphs)
    kickers = {n for n in above if is_loose_line(paragraphs[n]) and is_in_capitals(paragraphs[n])}
    marked = {n: _HEADING for n, text in paragraphs.items() if n in kickers or _MARKED.match(text)}
    pulled = {n: PULLED for n in paragraphs if _is_pulled(n, paragraphs)}
    if _stops_are_missing(paragraphs):
        return marked | pulled
    rest = {n: text for n, text in paragraphs.items() if n not in marked and n not in pulled}
    return marked | pulled | dict.fromkeys(_above_prose(rest), _HEADING)


_HEADING = Verdict("subheading", "Intertitre de la source : il ne fait pas partie du texte.")
PULLED = Verdict("subheading", "Exergue : ces mots figurent déjà dans un paragraphe.")


def bare_heading(line: str) -> str:
    """A subheading without its marks of Markdown or wire copy, on one line."""
    return " ".join(re.sub(r"^#{1,6}\s+|\s*#+\s*$|^[-–—]\s|\s[-–—]$", "", line.strip()).split())


def _stops_are_missing(paragraphs: Paragraphs) -> bool:
    """Whether the source leaves out final stops everywhere."""
    long = [text for text in paragraphs.values() if word_count(text) >= LONG_WORDS]
    return len(long) > 2 and sum(not is_ended(text) for text in long) > MOSTLY * len(long)


def _is_pulled(number: int, paragraphs: Paragraphs) -> bool:
    """Whether another paragraph has all words of this line or quotation, in a row."""
    text = paragraphs[number]
    if is_prose(text) or not (is_loose_line(text) or _QUOTED.fullmatch(text.strip())):
        return False
    words = unified(text).strip(' «»“”".…')
    return len(words.split()) >= PULLED_WORDS and any(
        words in unified(other) for n, other in paragraphs.items() if n != number and is_prose(other)
    )


def _above_prose(paragraphs: Paragraphs) -> list[int]:
    """Heading lines right above prose, and those of the heading above the whole text."""
    above, _ = edges(paragraphs)
    lines = {n for n, text in paragraphs.items() if _may_be_heading(text)}
    headings = above if len(above) <= HEAD_LINES and lines.issuperset(above) else []
    run: list[int] = []
    before = ""
    for number, text in paragraphs.items():
        if number in lines:
            run.append(number)
            continue
        if len(run) <= RUN_LINES and _may_follow(text) and not _leads_to_list(before):
            headings += run
        run, before = [], text
    return headings


def _may_be_heading(text: str) -> bool:
    return (
        is_loose_line(text)
        and _BEGINS_WELL.match(text) is not None
        and not (is_bulleted(text) or _OPEN_END.search(text) or _SCORE.search(text) or _QUOTED.fullmatch(text))
    )


def _may_follow(text: str) -> bool:
    """Whether a heading may stand above this: body text, or a question that is a heading or is answered."""
    return is_prose(text) or text.rstrip().endswith("?")


def _leads_to_list(before: str) -> bool:
    """Whether what follows this paragraph belongs to its list or poem."""
    return before.rstrip().endswith((":", ",", ";")) or (is_loose_line(before) and before != "")
