"""Lines become paragraphs, whatever the file does with its line ends; a title line is told from the rest.

Three layouts are met: blank lines between paragraphs, one line a paragraph, and text wrapped by hand or by
a PDF at some width, with hyphenated words. What is no clear wrap stays apart: a subheading glued to its
neighbour is worse than a paragraph cut in two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rewriter.source.paragraphs import is_in_capitals, is_prose

MAX_WRAP = 110
"""Longest line, in characters, that counts as wrapped: typewriters and mail use 60–80, wide PDFs 100."""

MIN_WRAP = 30
"""Shortest width of a wrapped text: a narrow newspaper column."""

MIN_FULL = 0.6
"""Share of lines so full that the next word would not fit, from which a text counts as wrapped."""

MIN_LOWER = 0.4
"""Share of lines that begin in lower case, from which a text counts as wrapped: French prose has about 0.8,
a list of headlines none."""

RAGGED = 0.85
"""A line this full is full: PDFs wrap by millimetres, not by characters."""

MIN_CUT_LINE = 40
"""A line at least this long that breaks off inside a sentence goes on in the next."""


@dataclass(frozen=True)
class _Line:
    text: str
    indent: int


_RULE = re.compile(r"^[-=_*~#\s]*$")
_ENDED = re.compile(r"[.!?…:;][»”\"'’)\]\s]*$")
_OPEN_END = re.compile(r"[\w,’'\-‐\xad]$")
_BULLET = re.compile(r"[•▪◦·*]\s|[-–—]\s|\d{1,2}[.)]\s")


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The paragraphs of a plain text in order, each on one line, without rules such as "-----"."""
    blocks = _blocks(text)
    width = _wrap_width(blocks)
    if width is None and len(blocks) == sum(map(len, blocks)):
        # Some PDFs give a blank line after every line.
        together = [[line for block in blocks for line in block]]
        width = _wrap_width(together)
        blocks = blocks if width is None else together
    return tuple(paragraph for block in blocks for paragraph in _joined(block, width, text))


def row_paragraphs(cells: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The paragraphs of one row of a table: a line with bars between the cells, by which cleaning knows it.

    Where a cell holds prose, the table is the layout of a page, and every paragraph stands for itself.
    """
    filled = [cell for cell in cells if any(cell)]
    if len(filled) < 2 or any(is_prose(paragraph) for cell in filled for paragraph in cell):
        return tuple(paragraph for cell in filled for paragraph in cell)
    return (" | ".join(" ".join(cell) for cell in filled),)


def _blocks(text: str) -> list[list[_Line]]:
    """Lines, grouped by the blank lines and rules between them."""
    blocks: list[list[_Line]] = [[]]
    for line in text.split("\n"):
        if not _RULE.match(line):
            spread = line.expandtabs(4)
            indent = len(spread) - len(spread.lstrip())
            blocks[-1].append(_Line(re.sub(r"[ \t]+", " ", line.strip()), indent))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _wrap_width(blocks: Sequence[Sequence[_Line]]) -> int | None:
    """The width that lines were wrapped at, in characters; None when they were not."""
    pairs = [pair for block in blocks for pair in pairwise(block)]
    short = [a.text for a, _ in pairs if len(a.text) <= MAX_WRAP]
    if len(pairs) < 2 or len(short) < 0.9 * len(pairs):
        return None
    width = max(map(len, short))
    full = sum(_is_full(a, b, width) for a, b in pairs)
    lower = sum(b.text[0].islower() for _, b in pairs)
    wrapped = width >= MIN_WRAP and full >= MIN_FULL * len(pairs) and lower >= MIN_LOWER * len(pairs)
    return width if wrapped else None


def _is_full(line: _Line, following: _Line, width: int, share: float = RAGGED) -> bool:
    """Whether the following line's first word would not have fitted."""
    return len(line.text) + 1 + len(following.text.split()[0]) > share * width


def _joined(block: Sequence[_Line], width: int | None, document: str) -> list[str]:
    """The block's paragraphs."""
    paragraphs = [block[0].text]
    margin = min(line.indent for line in block)
    for line, following in pairwise(block):
        indented = following.indent >= margin + 2 and line.indent < following.indent
        if not indented and _goes_on(line, following, width):
            paragraphs[-1] = _glued(paragraphs[-1], following.text, document)
        else:
            paragraphs.append(following.text)
    return paragraphs


def _goes_on(line: _Line, following: _Line, width: int | None) -> bool:
    """Whether the following line is of the same paragraph."""
    if _BULLET.match(following.text) and (_ENDED.search(line.text) or not following.text[2:3].islower()):
        return False
    if following.text[0].islower() and _OPEN_END.search(line.text) and len(line.text) >= MIN_CUT_LINE:
        return True
    if width is None:
        return False
    if _ENDED.search(line.text):
        return _is_full(line, following, width, share=1)
    return _is_full(line, following, width)


_CUT_WORD = re.compile(r"(\w+)[-‐\xad]$")


def _glued(before: str, after: str, document: str) -> str:
    """Two lines of one paragraph; the hyphen between them goes when it only cut a word."""
    cut = _CUT_WORD.search(before[before.rfind(" ") + 1 :])
    if not cut:
        return f"{before} {after}"
    if before.endswith("\xad"):
        return before[:-1] + after
    tail = re.match(r"[a-zß-öø-ÿœ]*", after)
    keeps = not tail or not tail[0] or _is_compound(cut[1], tail[0], document)
    return (before if keeps else before[:-1]) + after


def _is_compound(head: str, tail: str, document: str) -> bool:
    """Whether a word cut at a line end has its own hyphen ("dit-il"), unlike "gouverne-ment"."""
    from rewriter.french.lexicon import is_known  # a dictionary, and few texts are cut

    if head + tail in _words(document):
        return False
    if f"{head}-{tail}" in _compounds(document):
        return True
    return not is_known(head + tail) and is_known(head) and is_known(tail)


@lru_cache(maxsize=1)
def _words(document: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", document))


@lru_cache(maxsize=1)
def _compounds(document: str) -> frozenset[str]:
    return frozenset(re.findall(r"(?<!\w)(?=(\w+-\w+))", document))


# --- titles ------------------------------------------------------------------------------------------------

MAX_TITLE = 140
"""Most characters of a title line; headlines of the press stay under 120."""

TITLE_WORDS = 3
"""Fewest words of a title; a shorter line above it names the section, or is an entry of the page's menu."""

MAX_HEAD = 5
"""Most lines (section, title, byline, date) above the first paragraph."""

MAX_PAGE = 40
"""Most paragraphs from the top that are looked at, the page's menus and buttons included."""

BODY_PARAGRAPHS = 2
"""Paragraphs that together show the lines above them to be a heading: the first may be a short sentence."""

MIN_BODY = 120
"""Fewest characters of those paragraphs."""

LONGER = 1.5
"""How many times as long as the title they are at least."""

_NOT_A_TITLE = re.compile(
    r"(?:par|by)\s(?-i:[A-ZÀ-Þ])|(?:publié|mis à jour|modifié|published|updated|posted)\b"
    r"|(?:crédits?|photos?|image|vidéo|source|©)\s?(?:photos?\s?)?[:©(/]|https?:|www\.|@|©"
    r"|(?:à )?(?:lire|voir|écouter|read|see)\s(?:aussi|la suite|en annexe|more|also)"
    r"|(?:partager|share|imprimer|accueil|home|newsletter)\b|.*\s[>›]\s\w"
    r"|(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),?\s)?(?:le\s)?\d{1,2}(?:er)?\s\w+\s\d{4}\b.{0,20}$"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|.*\d\s?min(?:utes)?(?: de lecture)?$",
    re.IGNORECASE,
)
"""Bylines, dates, credits, links and breadcrumbs: short lines above an article that are not its title."""


def split_title(paragraphs: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """The title that stands as a line above the text, or None, and the paragraphs without it.

    A title is short, has three words or more and no full stop, begins like a sentence, and is followed
    by a clearly longer text. A section, byline or date, share buttons and the like may stand
    before or after it; a pasted request is none. Call it again on what is left once a request was taken out.
    """
    head, body = _head(paragraphs)
    titles = [
        n for n in head if _may_be_title(paragraphs[n]) and len(body) >= max(MIN_BODY, LONGER * len(paragraphs[n]))
    ]
    if not titles:
        return None, tuple(paragraphs)
    number = _below_kicker(titles, paragraphs)
    return paragraphs[number], (*paragraphs[:number], *paragraphs[number + 1 :])


def _head(paragraphs: Sequence[str]) -> tuple[list[int], str]:
    """The lines above the first sentence or long paragraph, the page's own left out, and the text's beginning."""
    head: list[int] = []
    for number, paragraph in enumerate(paragraphs[:MAX_PAGE]):
        if _is_page(paragraph) or _word_count(paragraph) < TITLE_WORDS:
            continue
        long = len(paragraph) > MAX_TITLE
        if long or len(head) == MAX_HEAD or paragraph.rstrip("»”\"' ").endswith((".", "…", ":", ";", ",")):
            return head, " ".join(paragraphs[number : number + BODY_PARAGRAPHS])
        head.append(number)
    return head, ""


def _is_page(line: str) -> bool:
    """Whether the line says of itself that it is no part of the text: a date, a byline, buttons, a menu."""
    from rewriter.source.furniture import find_furniture  # compiles a table of patterns

    return bool(find_furniture({1: line}))


def _below_kicker(titles: Sequence[int], paragraphs: Sequence[str]) -> int:
    """The title; it is the second line where the first, in capitals and shorter, names the section."""
    first, second = paragraphs[titles[0]], paragraphs[titles[min(1, len(titles) - 1)]]
    kicker = is_in_capitals(first) and not is_in_capitals(second) and len(first) < len(second)
    return titles[1] if kicker else titles[0]


def _word_count(line: str) -> int:
    return len(re.findall(r"\w+", line))


def _may_be_title(line: str) -> bool:
    from rewriter.source.request import is_request  # compiles a table of cues

    begins_well = re.match(r"[«“\"'‘(\[]?\s?[A-ZÀ-ÖØ-Þ0-9Œ]", line) is not None
    return begins_well and _word_count(line) >= TITLE_WORDS and not _NOT_A_TITLE.match(line) and not is_request(line)
