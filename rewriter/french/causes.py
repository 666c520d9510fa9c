"""Words that make one thing the cause, the purpose or the consequence of another."""

from __future__ import annotations

import re

_CAUSE = re.compile(
    r"\b(?:parce qu|car\b(?! scolaire)|puisqu|en raison d|à cause d|causé\w*|grâce (?:à|au)|faute d|sous l['’]effet"
    r"|si bien qu|compte tenu d"
    r"|de (?:telle )?sorte qu|entraîn(?:e|é|ait|ant|ent|er|a|era)(?:e?s?)\b(?! par)|provoqu\w+"
    r"|(?:a|ont|avait|avaient) (?:conduit|poussé|amené|contraint|incité|valu)\b"
    r"|par conséquent|conséquence d|d['’]où\b|dûe?s? à|due?s? à|expliqu\w+ par|résult\w+ d|par (?:crainte|peur)|de peur"
    r"|du fait d|au motif|à force d|étant donné|abouti\w* à|c['’]est (?:pour|parce|à cause|grâce))",
    re.IGNORECASE,
)
"""On the fitting part of the labelled set it finds 10 of 19 invented causes where the passage has none of these, and 4
of 168 faithful sentences."""


def causes(text: str) -> tuple[str, ...]:
    """The places where a French text names a cause, a purpose or a consequence, in order."""
    return tuple(match[0] for match in _CAUSE.finditer(text))
