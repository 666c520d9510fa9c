"""The same sentence in other words: near-exact equivalents put in place of words and phrases, by rule.

Nothing is understood here. An entry of the lexicon applies where the words beside it leave no doubt about its
sense, and whatever cannot be decided (the gender behind "l'", a name in H-) leaves the words as they are.
Quotations, figures, names and titles stay verbatim.
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rewriter.french.context import fits
from rewriter.french.elision import CONTRACTED, UNCONTRACTED, contraction, meeting
from rewriter.french.equivalence import Rule, lexicon
from rewriter.french.shielding import Token, shielded, tokens_of
from rewriter.french.wordlists import word_list

LONGEST_RUN = 7
"""Source words in a row that may survive where an alternative exists: one less than is counted."""
_EDGE = 4
"""Words of the neighbouring sentence that are taken to run on at each end of this one."""
_CONTRACTING = frozenset(("le", "les", "du", "des", "au", "aux"))
"""Articles that merge with a preposition, or have merged with one."""


@dataclass(frozen=True)
class Reworded:
    """A sentence in other words, and what was put for what."""

    text: str
    replacements: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Change:
    """Tokens `start` to `end` become `new`; both ends include neighbours whose form changes."""

    start: int
    end: int
    new: tuple[str, ...]
    content: frozenset[str]
    """Beginnings of the content words that it brings in."""


def reword(sentence: str, seed: int = 0, protected: Collection[str] = ()) -> Reworded:
    """The sentence with words replaced by equivalents; `protected` words and phrases stay.

    The same sentence and seed give the same result. Replacements are spread so that no run of more than
    `LONGEST_RUN` source words is left where the lexicon offers something, and no content word is brought in
    that the sentence already has. The sentence comes back unchanged when nothing applies.
    """
    tokens = tokens_of(sentence)
    chosen = _spread(_changes(sentence, tuple(protected)), len(tokens), random.Random(seed))
    return _written(sentence, tokens, chosen)


def equivalents(word_or_lemma: str) -> frozenset[str]:
    """Lemmas and phrases that may stand for this word, form or phrase, and the words in them, if any."""
    return lexicon().equal.get(word_or_lemma.casefold().replace("’", "'"), frozenset())


# ── what could change ────────────────────────────────────────────────────────────────────────────────────


@functools.lru_cache(maxsize=64)  # a sentence is reworded with several seeds in a row
def _changes(sentence: str, protected: tuple[str, ...]) -> tuple[_Change, ...]:
    tokens = tokens_of(sentence)
    kept = shielded(sentence, tokens, protected)
    return tuple(change for i in range(len(tokens)) for change in _changes_at(sentence, tokens, kept, i))


def _changes_at(text: str, tokens: list[Token], kept: list[bool], start: int) -> Iterator[_Change]:
    for rule in lexicon().rules.get(tokens[start].plain, ()):
        end = start + len(rule.old)
        if _matches(tokens, kept, start, rule) and fits(rule, text, tokens, start, _tail_end(tokens, rule, end)):
            change = _change(tokens, kept, start, end, rule)
            if change and not _repeats(tokens, change):
                yield change


def _matches(tokens: list[Token], kept: list[bool], start: int, rule: Rule) -> bool:
    end = start + len(rule.old)
    if end > len(tokens) or any(kept[start:end]):
        return False
    if any(token.plain != word for token, word in zip(tokens[start:end], rule.old, strict=True)):
        return False
    if any(not token.touches for token in tokens[start + 1 : end]):
        return False
    return not rule.old_tail or (
        end < len(tokens) and tokens[end].touches and _opened(tokens[end].plain)[0] == rule.old_tail
    )


def _tail_end(tokens: list[Token], rule: Rule, end: int) -> int:
    return end + bool(rule.old_tail)


def _determines(word: str) -> bool:
    """Whether it announces a noun and never merges with a preposition: "une", "cette", "leurs"."""
    return word in word_list("determiners") - _CONTRACTING


def _opened(word: str) -> tuple[str, str]:
    """A preposition or conjunction without its elision, and the article that was contracted into it."""
    if word in UNCONTRACTED:
        return UNCONTRACTED[word]
    return {"d'": "de", "qu'": "que"}.get(word, word), ""


def _change(tokens: list[Token], kept: list[bool], start: int, end: int, rule: Rule) -> _Change | None:
    """The change with its two seams, or None where one of them cannot be decided."""
    ending = _right_seam(tokens, end, rule)
    if ending is None:
        return None
    end, new = ending
    content = frozenset(w[:5] for w in rule.new if len(w) > 3 and w not in word_list("function_words"))
    left = tokens[start - 1].plain if start and tokens[start].touches else ""
    met = meeting(left, new[0], rule.gender) if left else ""
    if met is None:
        return None
    if met != left:
        if kept[start - 1] and start > 1:
            return None
        start, new = start - 1, (*_pieces(met), *new)
        before = tokens[start - 1].plain if start and tokens[start].touches else ""
        if (before, new[0]) in CONTRACTED:
            start, new = start - 1, (CONTRACTED[before, new[0]], *new[1:])
    return _Change(start, end, new, content)


def _right_seam(tokens: list[Token], end: int, rule: Rule) -> tuple[int, tuple[str, ...]] | None:
    """Where the change ends, and its words: the new tail contracted or elided with what follows."""
    article = ""
    if rule.old_tail:
        article = _opened(tokens[end].plain)[1]
        end += 1
    following = tokens[end].plain if end < len(tokens) and tokens[end].touches else ""
    if rule.old_tail != rule.new_tail and not (rule.infinitive or rule.free or article):
        # The one construction needs a determiner where the other has none: it must be seen.
        if following in ("le", "les"):
            article, end = following, end + 1
        elif not (_determines(following) or (following and tokens[end].capital)):
            return None
    if article:
        if rule.infinitive:
            return None
        return end, (*rule.new, *contraction(rule.new_tail, article).split())
    new = (*rule.new, rule.new_tail) if rule.new_tail else rule.new
    if (new[-1], following) in CONTRACTED and not rule.infinitive:
        return end + 1, (*new[:-1], CONTRACTED[new[-1], following])
    met = meeting(new[-1], tokens[end].word) if following else new[-1]
    return (end, (*new[:-1], met)) if met else None


def _pieces(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _repeats(tokens: list[Token], change: _Change) -> bool:
    """Whether it brings in a content word that stands elsewhere in the sentence."""
    return any(
        token.plain[:5] in change.content for i, token in enumerate(tokens) if not change.start <= i < change.end
    )


# ── what does change ─────────────────────────────────────────────────────────────────────────────────────


def _spread(changes: Sequence[_Change], length: int, draw: random.Random) -> list[_Change]:
    """Changes that do not touch, drawn so that the runs between them stay within `LONGEST_RUN`."""
    chosen: list[_Change] = []
    edge = 1 - _EDGE
    while length - edge > LONGEST_RUN - _EDGE:
        used = frozenset().union(*(change.content for change in chosen))
        ahead = [c for c in changes if c.start > (edge if chosen else -1) and not c.content & used]
        if not ahead:
            break
        near = [c for c in ahead if c.start - edge <= LONGEST_RUN]
        first = min(c.start for c in ahead)
        places = sorted({c.start for c in near} or {first})
        place = draw.choice(places)
        pick = draw.choice([c for c in ahead if c.start == place])
        chosen.append(pick)
        edge = pick.end
    return chosen


def _written(text: str, tokens: list[Token], chosen: list[_Change]) -> Reworded:
    apostrophe = next((letter for letter in text if letter in "'’"), "’")
    parts, replacements, done = [], [], 0
    for change in chosen:
        start, end = tokens[change.start].start, tokens[change.end - 1].end
        new = _joined(change.new).replace("'", apostrophe)
        if text[start].isupper():
            new = new[0].upper() + new[1:]
        gap_end = _gap_end(text, end, new)
        parts += [text[done:start], new, "" if new[-1] in "'’" or gap_end == end else " "]
        if gap_end == end and text[end - 1] in "'’" and new[-1] not in "'’":
            parts.append(" ")
        replacements.append((text[start:end], new))
        done = gap_end
    return Reworded("".join((*parts, text[done:])), tuple(replacements))


def _gap_end(text: str, end: int, new: str) -> int:
    """Where the text goes on: behind the space after the old words when the new ones elide."""
    spaces = re.compile(r"\s*").match(text, end)
    return spaces.end() if spaces and new[-1] in "'’" else end


def _joined(words: tuple[str, ...]) -> str:
    return " ".join(words).replace("' ", "'")
