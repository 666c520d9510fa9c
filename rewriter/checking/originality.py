"""How much of a text stands word for word in its source, and whether it says anything twice."""

from __future__ import annotations

from collections.abc import Sequence

from rewriter.article import Finding
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
