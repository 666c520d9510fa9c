"""Sentences and words of a French text (English sentences too)."""

from __future__ import annotations


def unified(text: str) -> str:
    """The text made comparable: NFKC, casefolded, one apostrophe ('), one hyphen (-), single plain spaces.

    For comparing only: lengths and offsets change.
    """
    raise NotImplementedError


def sentences(text: str, language: str = "fr") -> tuple[str, ...]:
    """The sentences in order, stripped; joined by spaces they are the text with its white space normalised."""
    raise NotImplementedError


def words(text: str) -> tuple[str, ...]:
    """Word tokens in NFC: elisions split off ("l'", "OTAN"), numbers whole ("79,5", "100 000")."""
    raise NotImplementedError
