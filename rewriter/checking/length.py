"""Words, counted as the strictest common tool counts them, against the floor that was asked for."""

from __future__ import annotations

from rewriter.article import Finding
from rewriter.french.measure import word_count

_SHORTEST, _LONGEST = 0.7, 1.5
"""A faithful sentence is about as long as its passage."""


def check_length(text: str, passage: str) -> tuple[Finding, ...]:
    """A candidate much shorter than its passage lost something; one much longer invented something."""
    ours, theirs = word_count(text), word_count(passage)
    if _SHORTEST * theirs - 1 <= ours <= _LONGEST * theirs + 3:
        return ()
    return (Finding("length", "error", f"{ours} mots pour {theirs} dans la source."),)


def check_floor(words: int, floor: int, carried: int) -> tuple[Finding, ...]:
    """Judge a whole article of `words` words, whose clean source carries `carried`."""
    if words >= floor:
        return ()
    if carried < floor:
        message = f"La source porte {carried} mots ; {floor} demandés ; l'article en compte {words}."
        return (Finding("words", "error", message, suggestion="Ajouter des sources, ou demander moins de mots."),)
    return (Finding("words", "error", f"L'article compte {words} mots ; {floor} demandés."),)


def check_ceiling(words: int, ceiling: int | None) -> tuple[Finding, ...]:
    """Judge a whole article against the most words asked for."""
    if ceiling is None or words <= ceiling:
        return ()
    return (Finding("words", "warning", f"L'article compte {words} mots ; {ceiling} au plus demandés."),)
