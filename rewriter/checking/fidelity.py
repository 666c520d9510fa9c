"""Says the same? What a candidate adds, loses, turns round or weakens, word by word.

The words of a faithful sentence are the passage's, their licensed equivalents, or few. How few is `freedom`:
a small model's new words are mostly errors, a large one's mostly style.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rewriter.article import Finding
from rewriter.checking.hinges import check_hinges
from rewriter.checking.shifts import check_causes
from rewriter.french.clauses import moves
from rewriter.french.exchanges import exchange
from rewriter.french.lexicon import (
    content_lemmas,
    lemma,
    modals,
    negations,
    quantifiers,
    same_word,
    tenses,
)
from rewriter.french.quotes import outside
from rewriter.french.recasting import recast
from rewriter.french.rewording import equivalents
from rewriter.french.segment import sentences, unified, words
from rewriter.french.speech import attributions

CAREFUL = 0.1
"""One new content word in ten: for models under about four billion weights, whose own synonyms are wrong too often
(a third of the sentences that the 1.5B demo model wrote freely said something false)."""
FREE = 0.4
"""Two content words in five may be new: for models that paraphrase without drifting."""

LARGE_MODEL = 4_000_000_000
"""Weights from which a model's own words are trusted."""
_LOST_CAREFUL, _LOST_FREE = 0.12, 0.35
"""Share of a passage's content words that a candidate may leave unsaid."""
_ORDER_KEPT = 0.8
"""Share of the passage's content words that stay in order, one clause moved at most."""
_NEAR = 5
"""Content words within which two that changed places around a third are taken for subject and object."""


def freedom_of(parameters: int, asked: float | None) -> float:
    """How many new words a model of so many weights is trusted with, where nobody asked otherwise."""
    if asked is not None:
        return asked
    return FREE if parameters >= LARGE_MODEL else CAREFUL


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
    ours, theirs = content_lemmas(_one_wording(text)), content_lemmas(_one_wording(passage))
    pairs = _matched(ours, theirs)
    said = _said_words(passage)
    new = tuple(word for i, word in enumerate(ours) if i not in pairs and not _licensed(word, said))
    found = set(pairs.values())
    lost = tuple(word for j, word in enumerate(theirs) if j not in found and not _licensed(word, ours))
    return Difference(new, lost, _order([pairs[i] for i in sorted(pairs)]), len(ours))


def is_said(word: str, passage: str) -> bool:
    """Whether a content word says what a word of the passage says: itself, another form, a licensed equivalent."""
    said = _said_words(passage)
    return all(_licensed(part, said) for part in content_lemmas(word))


@functools.lru_cache(maxsize=256)
def _said_words(passage: str) -> tuple[str, ...]:
    return (*content_lemmas(_one_wording(passage)), *words(unified(passage)))


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
    return (
        *_new_words(found, freedom),
        *_lost_words(text, found, passage, freedom),
        *check_hinges(_levelled(text), _levelled(passage)),
        *check_causes(text, passage),
        *check_turns(text, passage),
    )


def check_turns(text: str, passage: str) -> tuple[Finding, ...]:
    """The part of `check_fidelity` that looks at order and small words, not at which content words are used."""
    return (*_turned_round(text, passage), *_said_again(text, passage), *check_small_words(text, passage))


def _new_words(found: Difference, freedom: float) -> list[Finding]:
    if len(found.new) <= freedom * found.size:
        return []
    return [Finding("new words", "error", f"Mots que la source ne dit pas : {', '.join(found.new)}.")]


def _lost_words(text: str, found: Difference, passage: str, freedom: float) -> list[Finding]:
    allowed = (_LOST_CAREFUL if freedom <= CAREFUL else _LOST_FREE) * len(content_lemmas(passage))
    # "a indiqué" may become "selon": whether anybody still says it is for the attribution's own check.
    verbs = (
        {lemma(word) for said in attributions(passage) for word in words(said.verb)} if attributions(text) else set()
    )
    lost = [word for word in found.lost if word not in verbs]
    if len(lost) <= allowed:
        return []
    return [Finding("lost words", "error", f"Ce que la source dit n'est plus dit : {', '.join(lost)}.")]


def _turned_round(text: str, passage: str) -> list[Finding]:
    """The order must be the passage's, or that of the passage with a clause moved or neighbours exchanged."""
    if any(_keeps_order(text, form) for form in _forms(passage)):
        return []
    return [Finding("order", "error", "L'ordre des mots a trop changé : qui fait quoi peut être inversé.")]


def _keeps_order(text: str, form: str) -> bool:
    ours, theirs = content_lemmas(text), content_lemmas(form)
    pairs = _matched(ours, theirs)
    indices = [pairs[i] for i in sorted(pairs)]
    return _order(indices) >= _ORDER_KEPT and not _swapped_around(indices)


def _swapped_around(indices: Sequence[int]) -> bool:
    """Whether two words near each other changed places around a third: "A attaque B" became "B attaque A"."""
    for i, first in enumerate(indices):
        near = [value for value in indices[i + 1 : i + _NEAR] if first - _NEAR < value < first]
        if any(a > b for k, a in enumerate(near) for b in near[k + 1 :]):
            return True
    return False


@functools.lru_cache(maxsize=256)
def _forms(passage: str) -> tuple[str, ...]:
    """The passage, and what it becomes when a sentence is moved, exchanged or recast by rule."""
    parts = sentences(passage)
    forms = [parts]
    for i, sentence in enumerate(parts):
        forms += [(*parts[:i], moved, *parts[i + 1 :]) for moved in moves(sentence)]
    forms += [tuple(exchange(sentence) for sentence in form) for form in forms]
    forms += [tuple(recast(sentence, {}) for sentence in form) for form in forms]
    return tuple(dict.fromkeys(" ".join(form) for form in forms))


def _said_again(text: str, passage: str) -> list[Finding]:
    """A content word that one sentence says more often than the whole passage: a sentence that lost its way."""
    theirs = Counter(_heard(_levelled(passage)))
    again = {
        word: None
        for sentence in sentences(_levelled(text))
        for word, times in Counter(_heard(sentence)).items()
        if times > max(1, theirs[word])
    }
    return [Finding("said again", "error", f"Répété dans la même phrase : {', '.join(again)}.")] if again else []


def _heard(text: str) -> list[str]:
    """The words whose repetition is heard: content words, and those that turn a sentence round."""
    return [*content_lemmas(text), *re.findall(r"\b(?:mais|pourtant|cependant|toutefois)\b", text.casefold())]


_Counter = Callable[[str], Counter[str]]
_SAME_SAID = (
    # Phrases that hold a word of a nuance and none of its sense; then words that say a nuance another way.
    (
        r"\bcompte tenu d|\bétant donné|\bsans quoi\b|\b(?:la )?plupart du temps|\ble plus souvent"
        r"|\ben tout(?: cas)?\b"
        r"|\btout à la fois|\bbeaucoup(?= (?:plus|moins|trop|mieux)\b)|\brend(?:re|ent|ait|u)? possibles?"
        r"|\bpetit à petit"
        r"|\b(?:en (?:fait|effet)|du fait d)|\bvoire\b|\bau total\b",
        "",
    ),
    (r"\btou(?:s|tes) les (?=(?:jour|semaine|mois|an|année|fois|matin|soir)s?\b)", "chaque "),
    (r"\bexig(?:e|ent|eait|eaient)\b", "demande"),
    (r"\bfaute de quoi\b", ""),
)
_KINDS: tuple[tuple[str, _Counter, frozenset[str], str], ...] = (
    ("negation", negations, frozenset(), "Une négation a été perdue ou ajoutée"),
    # Hearsay is attribution, which has its own check.
    ("modality", modals, frozenset({"hearsay"}), "Ce qui est possible ou dû n'est plus dit comme tel"),
    ("quantity", quantifiers, frozenset(), "Un mot de quantité a changé"),
)


def check_small_words(text: str, passage: str) -> list[Finding]:
    """Small words that turn a meaning must be the same ones: not, could, some, will."""
    ours, theirs = _levelled(text), _levelled(passage)
    findings = []
    for check, count, ignored, message in _KINDS:
        here, there = count(ours), count(theirs)
        if check != "negation":  # a clause may be said twice, or two be joined: what counts is the kinds
            here, there = Counter(set(here) - ignored), Counter(set(there) - ignored)
        if here != there:
            changed = sorted(((here - there) + (there - here)).keys())
            findings.append(Finding(check, "error", f"{message} : {', '.join(changed)}."))
    if times := _changed_times(ours, theirs) & _changed_times(_unattributed(ours), _unattributed(theirs)):
        named = ", ".join(_TIMES[time] for time in sorted(times))
        findings.append(Finding("tense", "error", f"Le temps des verbes a changé : {named} perdu ou ajouté."))
    return findings


_TIMES = {"past": "passé", "future": "futur"}


def _levelled(text: str) -> str:
    """The text outside quotations, with one wording for what may be said in two."""
    return _one_wording(outside(text))


def _one_wording(text: str) -> str:
    for pattern, one in _SAME_SAID:
        text = re.sub(pattern, one, text, flags=re.IGNORECASE)
    return text


def _unattributed(text: str) -> str:
    """The text without its speech verbs: "a indiqué" may become "selon", and tells no time of what happened."""
    for said in reversed(attributions(text)):
        text = text[: said.span[0]] + text[said.span[1] :]
    return text


_PERFECT = re.compile(
    r"\b(?:a|ont|ayant|avait|avaient|s['’]est|se sont|été)\b(?: [\w'’-]+){0,2}? [\w-]+(?:é|i|is|it|u|ert|int)e?s?\b"
)
"""An auxiliary and what may be its participle, "ayant fermé" among them."""


def _changed_times(text: str, passage: str) -> set[str]:
    """No future may come or go; a past may go only where its participle stays."""
    here, there = tenses(text), tenses(passage)
    changed = {time for time in ("future", "past") if here[time] and not there[time]}
    if there["future"] and not here["future"]:
        changed.add("future")
    if there["past"] and not here["past"] and not _PERFECT.search(text):
        changed.add("past")
    return changed
