"""Judges the words of a candidate while it is written: one that no check would let pass is taken back at once.

What can be said of a word alone is said here; what needs the whole sentence stays with the other checks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rewriter.checking.fidelity import CAREFUL, is_said
from rewriter.engine.base import Verdict
from rewriter.french.lexicon import content_lemmas, is_function_word, lemma, unknown_words
from rewriter.french.marks import quoted_spans
from rewriter.french.measure import comparable_words
from rewriter.french.segment import unified, words

_COPIED_SO_FAR = 0.7
"""Share of a passage after which a text that only copied it is ended: four candidates in ten of the demo model do."""


@dataclass(frozen=True)
class WordWatch:
    """Watches candidates for one French passage.

    Taken back are words that no dictionary knows, names that the passage lacks and, where the model is not trusted
    with words of its own (`freedom`, as in `check_fidelity`), content words that neither the passage nor the lexicon
    has, and those of the passage in another form. A text that only copies is ended. `names` are the longer forms of
    names that may stand for those of the passage.
    """

    passage: str
    names: str
    freedom: float

    def __call__(self, text: str) -> Verdict:
        """Judge the last word of a text."""
        last = words(text[-80:])[-1:]
        if not last:
            return Verdict.GO_ON
        if self._is_wrong(last[0], text):
            return Verdict.TAKE_BACK
        return Verdict.STOP if self._only_copies(text) else Verdict.GO_ON

    def _is_wrong(self, word: str, text: str) -> bool:
        form = unified(word)
        if form in self._forms or is_function_word(word) or not form[0].isalpha():
            return False
        if unknown_words(word, self._known):
            return True
        before = text[: -len(word)].rstrip(" \u00a0«“\"'’")
        if word[0].isupper() and before and before[-1] not in ".!?:":
            return True
        return self.freedom <= CAREFUL and not self._within_quotation(text) and self._is_not_said(word)

    def _only_copies(self, text: str) -> bool:
        """Whether the text is the passage word by word, so far that it will hardly part from it."""
        written = comparable_words(text)
        return len(written) >= _COPIED_SO_FAR * len(self._row) and written == self._row[: len(written)]

    @cached_property
    def _row(self) -> tuple[str, ...]:
        return tuple(comparable_words(self.passage))

    def _is_not_said(self, word: str) -> bool:
        """Whether a content word is neither the passage's, in its form, nor one that the lexicon licenses."""
        base = lemma(word)
        return not word.endswith("ant") and (base in self._lemmas or not is_said(word, self.passage))

    def _within_quotation(self, text: str) -> bool:
        spans = quoted_spans(text)
        return bool(spans) and spans[-1].end >= len(text) and not spans[-1].closed

    @cached_property
    def _known(self) -> str:
        return f"{self.passage} {self.names}"

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(words(unified(self._known)))

    @cached_property
    def _lemmas(self) -> frozenset[str]:
        return frozenset(content_lemmas(self.passage))
