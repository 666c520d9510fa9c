"""What stands around a number: whether it rises or falls, and of whom or of when it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rewriter.checking.ledger import Ledger
from rewriter.french.lexicon import function_words, lemma
from rewriter.french.numbers import Number

Direction = Literal["up", "down"]

_MORE = re.compile(
    r"[^.,;:!?()]{0,25}?\b(?:de|en) (?P<way>plus|moins)\b(?! de\b)|[^.,;:!?()]{0,15}?\b(?P<more>more|less)\b"
)
_UP = (
    r"hausse|augment\w*|progress\w*|bond(?:i|it|issent)\b"
    r"|grimp\w*|(?<!manque à )gagn\w*|croissance|croître|s'accr\w*|s'envol\w*"
    r"|rose|risen?|increas\w*|gain\w*|climb\w*|jump\w*|grew"
)
_DOWN = (
    r"baiss\w*|recul\w*|chut\w*|perd\w*|perte\w*|diminu\w*|repli\w*|déficit|fondu|cédé|dégringol\w*"
    r"|fell|falls?|fallen|drop\w*|lost|loss\w*|declin\w*|decreas\w*"
)
_BEFORE = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b[^.,;:!?()]{{0,22}}$")
_REACH = 45
"""Characters before a number in which a verb or a noun of change may speak of it."""


def direction(number: Number, ledger: Ledger) -> Direction | None:
    """Whether the words around a number say that something rose or fell by it; None where they say nothing."""
    after = _MORE.match(ledger.plain, number.span[1])
    if after:
        return "up" if (after["way"] or after["more"]) in ("plus", "more") else "down"
    before = _BEFORE.search(ledger.plain, max(0, number.span[0] - _REACH), number.span[0])
    if before is None:
        return None
    return "up" if before["up"] else "down"


_OF = re.compile(r"\b(?:pour|chez|parmi|en|dans|à|au|aux)\s+(?:les?\s|la\s|l'|ces\s|leurs?\s)?(\d{4}|[^\W\d_][\w-]*)")
_STOP = re.compile(r"[.,;:!?()«»“”\"]|\b(?:et|mais|contre|après|alors|soit|puis|dont|tandis)\b")


def said_of(number: Number, ledger: Ledger) -> frozenset[str]:
    """Of whom or of when a number is said, right behind it in its clause: "71 % chez les infirmières", "en 2021".

    Lemmas and years; empty where nothing of the kind follows.
    """
    plain = ledger.plain
    stop = _STOP.search(plain, number.span[1])
    others = [n.span[0] for n in ledger.numbers if n.span[0] >= number.span[1] and n.kind != "year"]
    end = min([stop.start() if stop else len(plain), *others])
    words = _OF.findall(plain, number.span[1], end)
    return frozenset(word if word.isdigit() else lemma(word) for word in words if word not in function_words())


def belongs_to_another(number: Number, ours: Ledger, fitting: Sequence[Number], passage: Ledger) -> Number | None:
    """The passage's number that is said of what the candidate says this one of; None when there is none.

    Only where the passage says of whom both are said, and the candidate says it of the other alone.
    """
    claimed = said_of(number, ours)
    own = frozenset(word for m in fitting for word in said_of(m, passage))
    if not claimed or not own or claimed & own:
        return None
    for other in passage.numbers:
        if other not in fitting and other.unit == number.unit and claimed <= said_of(other, passage):
            return other
    return None
