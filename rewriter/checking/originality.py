"""How much of a text stands word for word in its source, and whether it says anything twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rewriter.article import Finding
from rewriter.french.lexicon import content_lemmas
from rewriter.french.measure import copied_share, repeated_sentences
from rewriter.french.segment import sentences

MOST_COPIED = 0.45
"""Share of an article's 8-word sequences, outside quotations, that may be the source's own. A rewriting
section by section with a plain order copied 86 % of them."""


def check_originality(text: str, source: str) -> tuple[Finding, ...]:
    """Judge a whole article: a share above `MOST_COPIED` is an error."""
    share = copied_share(text, source)
    if share <= MOST_COPIED:
        return ()
    message = f"{share:.0%} des suites de huit mots sont celles de la source ({MOST_COPIED:.0%} au plus)."
    return (Finding("copying", "error", message.replace("%", " %")),)


def check_repetition(paragraphs: Sequence[str]) -> tuple[Finding, ...]:
    """No sentence may stand twice, or nearly."""
    every = [sentence for paragraph in paragraphs for sentence in sentences(paragraph)]
    return tuple(
        Finding("repetition", "error", f"Phrase écrite deux fois : « {sentence} »", suggestion="Supprimer la seconde.")
        for sentence in repeated_sentences(every)
    )


_RUN = 3
"""Content words in a row, in two sentences of one passage, from which the second tells the first again."""


def check_retelling(text: str, passage: str) -> tuple[Finding, ...]:
    """No sentence of a candidate tells what another one of it tells, where none of its passage does."""
    again = _told_again(text)
    if again:
        again -= _told_again(passage)
    if not again:
        return ()
    return (Finding("repetition", "error", f"Deux phrases disent la même chose : {', '.join(sorted(again))}."),)


def _told_again(text: str) -> set[str]:
    """Runs of content words that stand in more than one sentence."""
    parts = sentences(text)
    told = Counter(run for part in parts for run in set(_runs(content_lemmas(part))))
    begun = (_begun_again(first, second) for first, second in pairwise(parts))
    return {run for run, times in told.items() if times > 1} | set(filter(None, begun))


_DONE = re.compile(
    r"(?:(?:Ces?|Cet|Cette|Les?|La) |L['’])(?P<noun>[\w-]+) (?:ne |n['’])?"
    r"(?:a|ont|est|sont|sera|seront|avait|avaient|était|étaient)(?: été)? (?P<participle>\w+)"
)
"""Subject and verb of a sentence in a compound tense, or in the passive."""


def _begun_again(first: str, second: str) -> str:
    """What a sentence begins with, where the one before it says that: "ont été commandées. Ces rames ont été …"."""
    begun = _DONE.match(second)
    said = set(content_lemmas(first)) if begun else set()
    words = (begun["noun"], begun["participle"]) if begun else ()
    lemmas = [content_lemmas(word) for word in words]
    return " ".join(words) if said and all(found and said.issuperset(found) for found in lemmas) else ""


def _runs(lemmas: Sequence[str]) -> list[str]:
    return [" ".join(lemmas[i : i + _RUN]) for i in range(len(lemmas) - _RUN + 1)]
