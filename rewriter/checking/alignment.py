"""Which sentences of a source an article's sentence stands on, by the words that they have in common.

A rewriting says a source sentence's rare words or licensed equivalents of them; common words tell nothing. Each word
weighs one over the number of source sentences that say it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rewriter.french.lexicon import telling_words
from rewriter.french.rewording import equivalents

_MOST = 3
"""Source sentences that one sentence may join."""
_ADDS = 0.2
"""The least share of a sentence's weight that one more source sentence must explain."""
_FOUND = 0.3
"""The least share that the first must explain: below, nothing in the source says this."""
_ALREADY = 0.6
"""The share of a sentence's weight from which another tells the same news."""
_ENOUGH = 2
"""Telling words without which nobody can say where a sentence comes from."""


def says(said: frozenset[str], word: str) -> bool:
    """Whether a text with these telling words says a word, or a licensed equivalent of it."""
    return word in said or not said.isdisjoint(equivalents(word))


class Alignment:
    """The sentences of a source, made ready for finding where another text got its own."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        self._words = [telling_words(sentence) for sentence in sentences]
        self._said = Counter(word for words in self._words for word in words)

    def can_tell(self, sentence: str) -> bool:
        """Whether a sentence has words enough to be found by: "« Non plus. »" has none."""
        return len(telling_words(sentence)) >= _ENOUGH

    def find(self, sentence: str) -> tuple[int, ...]:
        """The source sentences that a sentence stands on, in their order; none where the source does not say it."""
        left = {word: self._weight(word) for word in telling_words(sentence)}
        whole = sum(left.values())
        found: list[int] = []
        while left and len(found) < _MOST:
            at, words = self._best(left)
            explained = sum(left[word] for word in words)
            if explained < (_ADDS if found else _FOUND) * whole:
                break
            found.append(at)
            left = {word: weight for word, weight in left.items() if word not in words}
        return tuple(sorted(found))

    def says_already(self, sentence: str) -> bool:
        """Whether one of the sentences says most of what another sentence says."""
        words = telling_words(sentence)
        whole = sum(self._weight(word) for word in words)
        _, said = self._best(words)
        return bool(words) and sum(self._weight(word) for word in said) >= _ALREADY * whole

    def _best(self, left: Iterable[str]) -> tuple[int, set[str]]:
        """The source sentence that explains most of some words, and which."""
        explained = [{word for word in left if says(self._words[at], word)} for at in range(len(self.sentences))]
        at = max(range(len(explained)), key=lambda i: sum(self._weight(word) for word in explained[i]), default=0)
        return at, explained[at] if explained else set()

    def _weight(self, word: str) -> float:
        return 1 / max(1, self._said[word])
