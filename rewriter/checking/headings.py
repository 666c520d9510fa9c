"""Titles and subheadings: short, in form, and made only of what their text says."""

from __future__ import annotations

import re

from rewriter.article import Finding
from rewriter.checking.fidelity import difference
from rewriter.checking.language import check_form_of_model
from rewriter.french.lexicon import doubled_words, unknown_words
from rewriter.french.measure import word_count
from rewriter.french.segment import sentences

HEADING_WORDS = (2, 11)
TITLE_WORDS = (5, 22)
_DANGLING = re.compile(
    r"\b(?:de|du|des|d['’]|la|le|les|un|une|l['’]|à|au|aux|en|et|ou|pour|par|sur|dans|avec|qui|que|qu['’]|dont|son|sa|ses|se|ne|a|est)$",
    re.IGNORECASE,
)


def check_heading(text: str, said: str, bounds: tuple[int, int] = HEADING_WORDS) -> tuple[Finding, ...]:
    """Hold a heading against the text it stands for; `bounds` are its least and most words."""
    findings = [*check_form_of_model(text, said)]
    words = word_count(text)
    if not bounds[0] <= words <= bounds[1]:
        findings.append(_error(f"{words} mots : il en faut de {bounds[0]} à {bounds[1]}."))
    if text.rstrip().endswith((".", ":", ";", ",", "!", "?", "…")) or re.search(r"[.!?…]\s", text):
        findings.append(_error("Un intertitre est d'un seul tenant et ne porte pas de point."))
    if _DANGLING.search(text.strip()):
        findings.append(_error("L'intertitre s'arrête au milieu."))
    if bounds == HEADING_WORDS and not _said_in_one_place(text, said):
        findings.append(_error("Réunit ce que le texte ne dit pas ensemble."))
    new = difference(text, said).new
    if new:
        findings.append(_error(f"Dit ce que le texte ne dit pas : {', '.join(new)}."))
    wrong = [*unknown_words(text, said), *doubled_words(text)]
    if wrong:
        findings.append(_error(f"Mots inconnus ou doublés : {', '.join(wrong)}."))
    return tuple(findings)


def _said_in_one_place(text: str, said: str) -> bool:
    """Whether the words of a subheading stand in one sentence of its text, or in two that follow each other."""
    if "," in text:
        return False
    parts = sentences(said)
    return any(not difference(text, " ".join(parts[i : i + 2])).new for i in range(max(1, len(parts) - 1)))


def _error(message: str) -> Finding:
    return Finding("heading", "error", message)
