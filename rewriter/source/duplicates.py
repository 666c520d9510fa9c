"""Paragraphs that say again what another says.

Two texts may be alike and yet both be needed: a list of results, a statement and its contrary, a summary and
the whole. So likeness only proposes; a paragraph goes when nothing in it, no number, no name, no negation,
is missing from the one that stays.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from rewriter.french.segment import unified, words
from rewriter.french.wordlists import word_list
from rewriter.source.paragraphs import Paragraphs, Verdict, Verdicts, is_ended, is_loose_line

ALIKE = 85
"""Least rapidfuzz.fuzz.token_set_ratio of two unified texts: it found the 14 near-duplicate pairs of a news
article whose next pair scored 73."""

MIN_WORDS = 6
"""Fewest words of a paragraph that counts as a repetition: "Silence." may be said twice."""

CONTAINED_WORDS = 8
"""Fewest words of a paragraph that goes because a longer one has its sentences."""

SAME_LENGTH = 0.6
"""Least ratio of two lengths in words: token_set_ratio gives 100 to any part of a longer text."""

SAME_WORD = 80
"""Least rapidfuzz.fuzz.ratio of two spellings of a word with one beginning ("colour", "color")."""

FEW = 2
"""Most content words that a contrast exchanges: "hommes" for "femmes"."""

PARAPHRASE_WORDS = 20
"""Fewest words of a rewording that may go though it stands among true paragraphs."""

PARAPHRASE_ALIKE = 90
"""Least token_set_ratio of such a rewording."""


@dataclass(frozen=True)
class _Text:
    """A paragraph, taken apart for comparing."""

    number: int
    plain: str
    tokens: frozenset[str]
    count: int
    numbers: frozenset[str]
    names: frozenset[str]
    content: frozenset[str]
    negations: int
    ended: bool
    curly: bool
    sheltered: bool
    verse: bool
    """Whether it is a short line without a stop: a refrain may come back."""


_NEGATION = re.compile(r"n'|ne|pas|jamais|aucune?|sans|ni|non|contre|not|no|never|without|\w+n't")


def find_duplicates(paragraphs: Paragraphs, sheltered: set[int]) -> Verdicts:
    """Near-duplicates. Of two copies the first stays, unless it is one of `sheltered`, which stand among
    photo captions, or breaks off, or is the worse set of two neighbours (' where the other has ’).
    """
    texts = [_taken_apart(n, text, n in sheltered) for n, text in paragraphs.items()]
    verdicts: Verdicts = {}
    for kept, copy in sorted(_pairs(texts), key=lambda pair: (not pair[1].sheltered, pair[0].sheltered)):
        if copy.number not in verdicts and kept.number not in verdicts and _repeats(copy, kept):
            verdicts[copy.number] = Verdict(
                "duplicate", f"Ce paragraphe répète le paragraphe {kept.number}, qui reste."
            )
    return verdicts | _find_contained([text for text in texts if text.number not in verdicts])


def _find_contained(texts: list[_Text]) -> Verdicts:
    """Paragraphs whose sentences all stand, word for word and in a row, inside a longer one."""
    verdicts: Verdicts = {}
    for part in texts:
        if part.count < CONTAINED_WORDS or not part.ended:
            continue
        whole = next((t for t in texts if t.count > part.count and _is_inside(part.plain, t.plain)), None)
        if whole:
            explanation = f"Ces phrases figurent déjà dans le paragraphe {whole.number}, qui reste."
            verdicts[part.number] = Verdict("duplicate", explanation)
    return verdicts


def _is_inside(part: str, whole: str) -> bool:
    """Whether whole sentences of the one are those of the other."""
    before, found, after = whole.partition(part)
    return bool(found) and (not before or is_ended(before)) and (not after or after[0].isspace())


def _taken_apart(number: int, text: str, sheltered: bool) -> _Text:
    plain = unified(text)
    tokens = [unified(word) for word in words(text)]
    names = {unified(word) for word in words(text) if word[0].isupper()}
    return _Text(
        number=number,
        plain=plain,
        tokens=frozenset(tokens),
        count=len(tokens),
        numbers=frozenset(token for token in tokens if token[0].isdigit()),
        names=frozenset(names - word_list("function_words")),
        content=frozenset(t for t in tokens if t[0].isalpha() and t not in word_list("function_words")),
        negations=sum(_NEGATION.fullmatch(token) is not None for token in tokens),
        ended=is_ended(text),
        curly="'" not in text,
        sheltered=sheltered,
        verse=is_loose_line(text),
    )


def _pairs(texts: list[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Pairs that are alike, the better copy first.

    Most pairs differ in length or share few words: finding that out takes some 2 µs a pair, the ratio far more.
    """
    from rapidfuzz import fuzz  # 35 ms that `rewrite --help` can do without

    long_enough = [text for text in texts if text.count >= MIN_WORDS and not text.verse]
    for first, second in combinations(long_enough, 2):
        shorter, longer = sorted((first.count, second.count))
        if shorter < SAME_LENGTH * longer:
            continue
        fewest = min(len(first.tokens), len(second.tokens))
        if len(first.tokens & second.tokens) < fewest / 2:
            continue
        if fuzz.token_set_ratio(first.plain, second.plain, score_cutoff=ALIKE):
            yield (first, second) if _is_better(first, second) else (second, first)


def _is_better(first: _Text, second: _Text) -> bool:
    """Whether the first of two copies is the one to keep."""
    neighbours = second.number - first.number == 1
    return (not first.sheltered, first.ended, first.curly or not neighbours) >= (
        not second.sheltered,
        second.ended,
        second.curly or not neighbours,
    )


def _repeats(copy: _Text, kept: _Text) -> bool:
    """Whether nothing is lost with the copy."""
    if copy.plain.rstrip(" .") == kept.plain.rstrip(" ."):
        return True
    if copy.negations != kept.negations or not (copy.numbers <= kept.numbers and copy.names <= kept.tokens):
        return False
    new = _without_counterpart(copy.content, kept.content)
    if not new:
        return True
    gone = _without_counterpart(kept.content, copy.content)
    return _is_rewording(copy, kept, new, gone)


def _without_counterpart(content: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Content words that the other text has in no spelling."""
    return frozenset(w for w in content - other if not any(_is_same_word(w, o) for o in other - content))


@functools.lru_cache(maxsize=4096)
def _is_same_word(one: str, other: str) -> bool:
    """Whether two spellings are one word: "possible" and "impossible" begin differently, and are not."""
    from rapidfuzz import fuzz  # see _pairs

    return one[:2] == other[:2] and fuzz.ratio(one, other) >= SAME_WORD


def _is_rewording(copy: _Text, kept: _Text, new: frozenset[str], gone: frozenset[str]) -> bool:
    """Whether the copy says the same in other words, given the content words that only one of them has."""
    from rapidfuzz import fuzz  # see _pairs

    if copy.sheltered and not kept.sheltered:
        return True
    if gone and len(new) <= FEW and len(gone) <= FEW:
        return False  # a contrast: one word in the place of another
    alike = fuzz.token_set_ratio(copy.plain, kept.plain)
    return min(copy.count, kept.count) >= PARAPHRASE_WORDS and alike >= PARAPHRASE_ALIKE
