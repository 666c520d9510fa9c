"""Orders to a machine, hidden in an article: "Ignore all previous instructions", a line that begins with SYSTEM:.

They are no news, and go with the reason "order". An order that somebody is quoted with, that is reported, or
that a paragraph announces with a colon is news, and stays. What to look for is data (hidden.toml).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import pairwise

from rewriter.french.quotes import outside
from rewriter.french.segment import sentences
from rewriter.source.cues import find_cues
from rewriter.source.paragraphs import Paragraphs, Verdict, Verdicts, level
from rewriter.source.patterns import pattern, read_table
from rewriter.source.repairs import Repair

MARKED_PARAGRAPHS = 6
"""Most paragraphs between "<|im_start|>" and "<|im_end|>"."""

MARK_WORDS = 3
"""Most words of a mark that stands alone, so that the order is the next paragraph: "### Instruction:"."""

_OPENED, _CLOSED = re.compile(r"<\|im_start\|>|\[INST\]"), re.compile(r"<\|im_end\|>|\[/INST\]")
_SPAN = re.compile(rf"\s?(?:{_OPENED.pattern}).*?(?:{_CLOSED.pattern})", re.DOTALL)


@functools.cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(pattern(entry["pattern"]) for entry in read_table("hidden", kind))


def _has(kind: str, text: str) -> bool:
    return any(known.search(text) for known in _patterns(kind))


def find_orders(paragraphs: Paragraphs) -> Verdicts:
    """Paragraphs that are nothing but orders to a machine."""
    found = {n for n, text in paragraphs.items() if _has("mark", level(text)) or _is_order(text)}
    found -= {n for before, n in pairwise(paragraphs) if _announces(paragraphs[before]) and before not in found}
    for before, number in pairwise(paragraphs):
        bare = before in found and len(paragraphs[before].split()) <= MARK_WORDS
        if bare and _has("after", level(paragraphs[number])):
            found.add(number)
    verdict = Verdict("order", "Consigne adressée à une machine, qui n’est pas de l’article.")
    return dict.fromkeys(sorted(found | _between_marks(paragraphs)), verdict)


def _announces(text: str) -> bool:
    return text.rstrip().endswith(":")


def _between_marks(paragraphs: Paragraphs) -> set[int]:
    """The paragraphs from one that opens a machine's message to the one that closes it."""
    numbers = list(paragraphs)
    found: set[int] = set()
    for position, number in enumerate(numbers):
        if _OPENED.match(paragraphs[number]):
            near = numbers[position : position + MARKED_PARAGRAPHS]
            ends = (place for place, n in enumerate(near) if _CLOSED.search(paragraphs[n]))
            found.update(near[: next(ends, 0) + 1])
    return found


def _is_order(text: str) -> bool:
    parts = list(_judged(text))
    return bool(parts) and all(order for _, _, order in parts)


def _judged(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where every sentence begins and ends, and whether it is, or belongs to, an order; nothing without a hint."""
    if not _has("hint", level(text)):
        return
    seen = outside(text)
    place, order = 0, False
    for sentence in sentences(text):
        words = r"\s+".join(map(re.escape, sentence.split()))
        if (match := re.compile(rf"\s*({words})").match(text, place)) is None:
            return
        begin, place = match.span(1)
        order = _orders(seen[begin:place], after=order)
        yield begin, place, order


def _orders(sentence: str, after: bool) -> bool:
    """Whether a sentence, its quotations left out, orders a machine about; `after` an order less is enough."""
    line = sentence.replace("’", "'").rstrip()
    known = _has("sentence", line) or (after and _has("after", line))
    return known and not any(cue.kind == "reported" for cue in find_cues(line))


def _without_orders(text: str) -> str:
    """The paragraph without orders in its midst; as it is when it is nothing else."""
    kept = _SPAN.sub("", text)
    parts = list(_judged(kept))
    if any(order for _, _, order in parts) and not all(order for _, _, order in parts):
        for begin, end, order in reversed(parts):
            if order:
                kept = f"{kept[:begin].rstrip()} {kept[end:].lstrip()}".strip()
    return kept.strip() or text


ORDER_REPAIR = Repair("order", "Phrase qui s’adresse à une machine retirée du paragraphe.", _without_orders)
