"""What is known of French words: whether they exist, their lemma, and the small words that turn a meaning."""

from __future__ import annotations

from collections import Counter


def is_known(word: str) -> bool:
    """Whether the word is French: every part of it once elisions and hyphens are split."""
    raise NotImplementedError


def unknown_words(text: str, source: str = "") -> tuple[str, ...]:
    """Words of the text that neither the French dictionary nor the source has, in order, each once."""
    raise NotImplementedError


def lemma(word: str) -> str:
    """The word's dictionary form, casefolded."""
    raise NotImplementedError


def content_lemmas(text: str) -> tuple[str, ...]:
    """Lemmas of the content words in order; no function words, no numbers."""
    raise NotImplementedError


def function_words() -> frozenset[str]:
    """The words that carry no content, casefolded (file function_words.txt)."""
    raise NotImplementedError


def same_word(a: str, b: str) -> bool:
    """Whether two forms belong to one word: equal lemmas, or a common prefix long enough."""
    raise NotImplementedError


def doubled_words(text: str) -> tuple[str, ...]:
    """Words written twice in a row by mistake ("de de"), not "nous nous"."""
    raise NotImplementedError


def negations(text: str) -> Counter[str]:
    """Negations in the text, by kind."""
    raise NotImplementedError


def modals(text: str) -> Counter[str]:
    """Modalities: conditional, possibility, obligation, hearsay."""
    raise NotImplementedError


def quantifiers(text: str) -> Counter[str]:
    """Quantifiers, by their unified text ("la plupart", "au moins")."""
    raise NotImplementedError


def tenses(text: str) -> Counter[str]:
    """Tenses that the text shows, roughly: past, present, future."""
    raise NotImplementedError
