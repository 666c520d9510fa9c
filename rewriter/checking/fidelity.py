"""Says the same? What a candidate adds, loses, turns round or weakens, word by word.

The words of a faithful sentence are the passage's, their licensed equivalents, or few. How few is `freedom`:
a small model's new words are mostly errors, a large one's mostly style.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rewriter.article import Finding
from rewriter.french.lexicon import (
    content_lemmas,
    modals,
    negations,
    quantifiers,
    same_word,
    tenses,
)
from rewriter.french.quotes import outside
from rewriter.french.rewording import equivalents
from rewriter.french.segment import sentences

CAREFUL = 0.0
"""No new content word: right for models under about four billion weights, whose own synonyms are wrong too
often to be kept (a third of the sentences that the 1.5B demo model wrote freely said something false)."""
FREE = 0.4
"""Two content words in five may be new: for models that paraphrase without drifting."""

_LOST = {CAREFUL: 0.12}
_LOST_FREE = 0.35
_ORDER_KEPT = 0.8
"""Share of the passage's content words that stay in order, one clause moved at most."""


@dataclass(frozen=True)
class Difference:
    """How the content words of a candidate differ from its passage's."""

    new: tuple[str, ...]
    lost: tuple[str, ...]
    order: float
    """Share of the common words that stand in the same order, at best over one rotation."""
    size: int
    """Content words of the candidate."""


def difference(text: str, passage: str) -> Difference:
    """Compare the content words of a candidate and its passage, equivalents counting as the same word."""
    ours, theirs = content_lemmas(text), content_lemmas(passage)
    pairs = _matched(ours, theirs)
    new = tuple(word for i, word in enumerate(ours) if i not in pairs and not _licensed(word, theirs))
    found = set(pairs.values())
    lost = tuple(word for j, word in enumerate(theirs) if j not in found and not _licensed(word, ours))
    return Difference(new, lost, _order([pairs[i] for i in sorted(pairs)]), len(ours))


def _licensed(word: str, among: Sequence[str]) -> bool:
    """Whether a word is said by another, or said twice."""
    return any(_same(word, other) for other in among)


def _same(a: str, b: str) -> bool:
    return same_word(a, b) or b in equivalents(a) or a in equivalents(b)


def _matched(ours: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """For each of our words the index of the word of theirs that it says, each used once."""
    pairs: dict[int, int] = {}
    free = list(range(len(theirs)))
    for i, word in enumerate(ours):
        at = next((j for j in free if theirs[j] == word), None)
        at = at if at is not None else next((j for j in free if _same(word, theirs[j])), None)
        if at is not None:
            pairs[i] = at
            free.remove(at)
    return pairs


def _order(indices: list[int]) -> float:
    """Longest run in order over the best rotation: 1 when nothing moved, or when one block did."""
    if len(indices) < 2:
        return 1.0
    rotations = (indices[k:] + indices[:k] for k in range(len(indices)))
    return max(_longest_increasing(rotation) for rotation in rotations) / len(indices)


def _longest_increasing(values: Sequence[int]) -> int:
    best: list[int] = []
    for value in values:
        at = next((i for i, end in enumerate(best) if end >= value), len(best))
        best[at : at + 1] = [value]
    return len(best)


def check_fidelity(text: str, passage: str, freedom: float) -> tuple[Finding, ...]:
    """Hold a French candidate against its French passage. Findings of gravity error mean: do not keep."""
    found = difference(text, passage)
    findings = [*_new_words(found, freedom), *_lost_words(found, passage, freedom), *check_turns(text, passage)]
    return tuple(findings)


def check_turns(text: str, passage: str) -> tuple[Finding, ...]:
    """The part of `check_fidelity` that looks at order and small words, not at which content words are used."""
    return (*_turned_round(difference(text, passage)), *_said_again(text, passage), *_small_words(text, passage))


def _new_words(found: Difference, freedom: float) -> list[Finding]:
    if len(found.new) <= freedom * found.size:
        return []
    return [Finding("new words", "error", f"Mots que la source ne dit pas : {', '.join(found.new)}.")]


def _lost_words(found: Difference, passage: str, freedom: float) -> list[Finding]:
    allowed = _LOST.get(freedom, _LOST_FREE) * len(content_lemmas(passage))
    if len(found.lost) <= allowed:
        return []
    return [Finding("lost words", "error", f"Ce que la source dit n'est plus dit : {', '.join(found.lost)}.")]


def _turned_round(found: Difference) -> list[Finding]:
    if found.order >= _ORDER_KEPT:
        return []
    return [Finding("order", "error", "L'ordre des mots a trop changé : qui fait quoi peut être inversé.")]


def _said_again(text: str, passage: str) -> list[Finding]:
    """A content word that one sentence says more often than the whole passage: a sentence that lost its way."""
    theirs = Counter(content_lemmas(passage))
    again = {
        word: None
        for sentence in sentences(text)
        for word, times in Counter(content_lemmas(sentence)).items()
        if times > max(1, theirs[word])
    }
    return [Finding("said again", "error", f"Répété dans la même phrase : {', '.join(again)}.")] if again else []


_KINDS: tuple[tuple[str, Callable[[str], Counter[str]], frozenset[str], str], ...] = (
    ("negation", negations, frozenset(), "Une négation a été perdue ou ajoutée"),
    # Hearsay is attribution, which has its own check; "present" is what most forms look like.
    ("modality", modals, frozenset({"hearsay"}), "Ce qui est possible ou dû n'est plus dit comme tel"),
    ("quantity", quantifiers, frozenset(), "Un mot de quantité a changé"),
    ("tense", tenses, frozenset({"present"}), "Le temps a changé"),
)


def _small_words(text: str, passage: str) -> list[Finding]:
    """Small words that turn a meaning must be the same ones: not, could, some, will."""
    ours, theirs = outside(text), outside(passage)
    findings = []
    for check, count, ignored, message in _KINDS:
        here, there = count(ours), count(theirs)
        if check != "negation":  # a clause may be said twice, or two be joined: what counts is the kinds
            here, there = Counter(set(here) - ignored), Counter(set(there) - ignored)
        if here != there:
            changed = sorted(((here - there) + (there - here)).keys())
            findings.append(Finding(check, "error", f"{message} : {', '.join(changed)}."))
    return findings
