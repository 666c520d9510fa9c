"""Words that make one thing the cause, the purpose or the consequence of another."""

from __future__ import annotations

import re

_CAUSE = re.compile(
    r"(?:\b(?<!un )(?<!le )(?<!du )(?<!en )(?<!de )(?<!au )car\b(?! scolaire)|, d['’]où\b|\b(?:parce qu|puisqu"
    r"|en raison d|à cause d|causé\w*|grâce (?:à|au)|faute d|sous l['’]effet"
    r"|si bien qu|compte tenu d"
    r"|de (?:telle )?sorte qu|entraîn(?:e|é|ait|ant|ent|er|a|era)(?:e?s?)\b(?! par)|provoqu\w+"
    r"|(?:a|ont|avait|avaient) (?:conduit|poussé|amené|contraint|incité|valu)\b"
    r"|par conséquent|conséquence d|dûe?s? à|due?s? à|expliqu\w+ par|résult\w+ d|par (?:crainte|peur)|de peur"
    r"|du fait d|au motif|à force d|étant donné|abouti\w* à|c['’]est (?:pour|parce|à cause|grâce)|fini par valoir"
    r"|renchéri\w*|mis en péril|victimes? d"
    r"|(?:plomb|pénalis|port|pouss|fragilis|dop|tir|frein|affaibl|étrangl|entraîn|précipit|motiv|alourdi)[ée]+s? par"
    r"|c['’]est (?:une?|l[ea]|l['’]|son|sa|cette?|ce) ?(?:[\w’'-]+ ){1,8}qui))",
    re.IGNORECASE,
)


def causes(text: str) -> tuple[str, ...]:
    """The places where a French text names a cause, a purpose or a consequence, in order."""
    return tuple(match[0] for match in _CAUSE.finditer(text))
