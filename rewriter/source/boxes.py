"""Boxes that a page sets into or under an article: contents, figures, newsletters, links, who the author is.

Their lines look like any others; what gives them away stands around them: a label above, a button below,
a twin further down. Each rule wants two such signs before it removes anything.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rewriter.french.segment import unified
from rewriter.source.paragraphs import Paragraphs, Verdict, Verdicts, is_loose_line, is_prose, level, word_count
from rewriter.source.patterns import pattern

# ── contents ─────────────────────────────────────────────────────────────────────────────────────────────

MIN_CONTENTS = 2
"""Fewest lines of a table of contents."""

_NUMBERED = re.compile(r"\d{1,2}[.)]\s+")


def find_contents(paragraphs: Paragraphs) -> Verdicts:
    """Numbered lines in a row that all stand further down again, as subheadings; and those subheadings."""
    verdicts: Verdicts = {}
    run: dict[int, int] = {}
    for number, text in (*paragraphs.items(), (0, "")):  # 0 ends the last run
        twin = _twin(number, text, paragraphs)
        if twin:
            run[number] = twin
            continue
        if len(run) >= MIN_CONTENTS:
            verdicts |= dict.fromkeys(run, Verdict("navigation", "Sommaire : ses lignes sont des intertitres."))
            verdicts |= dict.fromkeys(run.values(), Verdict("subheading", "Intertitre annoncé par le sommaire."))
        run = {}
    return verdicts


def _twin(number: int, text: str, paragraphs: Paragraphs) -> int | None:
    """The line further down that says the same as a numbered one, right above body text."""
    if not _NUMBERED.match(text):
        return None
    words = unified(_NUMBERED.sub("", text, count=1))
    below = ((one, other) for one, other in pairwise(paragraphs) if one > number and is_prose(paragraphs[other]))
    return next((one for one, _ in below if unified(_NUMBERED.sub("", paragraphs[one], count=1)) == words), None)


# ── figures ──────────────────────────────────────────────────────────────────────────────────────────────

MIN_FIGURES = 3
"""Fewest lines of a box of figures."""

FIGURE_WORDS = 8
"""Most words of such a line."""

_FIGURES_LABEL = pattern(
    "(?:(?:[^.:«»]{2,40} )?en (?:quelques )?chiffres|(?:les )?chiffres[- ]clés|repères chiffrés) ?:?"
)


def find_figures(paragraphs: Paragraphs) -> Verdicts:
    """A label such as "EN CHIFFRES" and the lines below it, each short and with a figure."""
    verdicts: Verdicts = {}
    box: list[int] = []
    for number, text in (*paragraphs.items(), (0, "")):  # 0 ends the last box
        if box and is_loose_line(text) and word_count(text) <= FIGURE_WORDS and re.search(r"\d", text):
            box.append(number)
            continue
        if len(box) > MIN_FIGURES:
            verdicts |= dict.fromkeys(box, Verdict("table", "Encadré de chiffres, qui ne fait pas de phrase."))
        box = [number] if _FIGURES_LABEL.fullmatch(level(text)) else []
    return verdicts


# ── newsletters ──────────────────────────────────────────────────────────────────────────────────────────

BETWEEN = 2
"""Most paragraphs between two pieces of a newsletter's box that belong to it."""

BETWEEN_WORDS = 20
"""Most words of such a paragraph."""


def find_between_newsletters(paragraphs: Paragraphs, found: Verdicts) -> Verdicts:
    """What a newsletter says of itself, between two of its lines; `found` is what find_furniture says."""
    verdicts: Verdicts = {}
    open_box = False
    between: list[int] = []
    for number, text in paragraphs.items():
        if number in found:
            if found[number].reason == "newsletter" and open_box and len(between) <= BETWEEN:
                verdicts |= dict.fromkeys(between, Verdict("newsletter", "Ligne d’un encart de lettre d’information."))
            open_box, between = found[number].reason == "newsletter", []
        elif word_count(text) > BETWEEN_WORDS or re.search(r"[«»“”\"]", text):
            open_box, between = False, []
        else:
            between.append(number)
    return verdicts


# ── links ────────────────────────────────────────────────────────────────────────────────────────────────

MIN_QUESTION = 5
"""Fewest words of a question that is the title of another article: "Et après ?" is a subheading."""


def find_linked_questions(paragraphs: Paragraphs, found: Verdicts) -> Verdicts:
    """Titles of other articles that are questions, right below one that was `found`.

    In an interview the question is the interviewer's: then other questions stand alone as well.
    """
    asked = [n for n, text in paragraphs.items() if n not in found and _is_question(text)]
    below = {n for before, n in pairwise(paragraphs) if before in found and _is_linked(found[before])}
    verdict = Verdict("related", "Titre d’un autre article, sous un renvoi.")
    last = max((n for n, text in paragraphs.items() if n not in found and is_prose(text)), default=0)
    return {n: verdict for n in asked if n in below and (len(asked) == 1 or n > last)}


def _is_linked(verdict: Verdict) -> bool:
    return verdict.explanation.startswith("Titre d’un autre article")


def _is_question(text: str) -> bool:
    return text.rstrip().endswith("?") and MIN_QUESTION <= word_count(text) <= BETWEEN_WORDS and "«" not in text


# ── authors ──────────────────────────────────────────────────────────────────────────────────────────────

_NAME = pattern("{name}")


def find_biographies(paragraphs: Paragraphs, removed: Verdicts) -> Verdicts:
    """The author's name alone on a line and the paragraph about them, below the article's last words.

    The name must stand in a credit that was `removed`, and the paragraph must repeat it.
    """
    signed = [level(paragraphs[n]) for n, verdict in removed.items() if verdict.reason in {"credit", "metadata"}]
    last = max((n for n, text in paragraphs.items() if n not in removed and is_prose(text)), default=0)
    for name, about in pairwise(paragraphs):
        person = level(paragraphs[name])
        known = _NAME.fullmatch(person) and any(person in line for line in signed)
        if known and about == last and person in level(paragraphs[about]):
            return {name: _BIOGRAPHY, about: _BIOGRAPHY}
    return {}


_BIOGRAPHY = Verdict("credit", "Présentation de l’auteur, sous l’article.")
