"""The order of preference: what is kept of the candidates that passed, for each passage and for the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rewriter.article import Candidate, Kept, Origin, Passage, Source
from rewriter.checking.originality import MOST_COPIED
from rewriter.checking.seo import style_score
from rewriter.french.measure import copied_share, word_count
from rewriter.writing.drafting import as_it_stands
from rewriter.writing.passages import is_all_quotation

AIM = MOST_COPIED - 0.01
"""The share copied that the choice aims at: a lead that moves up takes some of the original words with it."""
SHORT = 8
"""Words under which a passage has no run to copy, and nothing for an untrusted model to gain."""
_EQUALLY_TRUE = 0.15
"""Two P(oui) nearer than this say the same."""
_NEW_WORD_COST = 0.1
"""What a new word costs, in P(oui), when candidates are exchanged for less copied ones."""


@dataclass
class Draft:
    """A passage under work: the candidates that passed, and how many were tried."""

    passage: Passage
    sound: list[Candidate] = field(default_factory=list)
    tries: int = 0
    seen: set[str] = field(default_factory=set)
    refusals: list[Candidate] = field(default_factory=list)

    def is_settled(self, most_copied: float) -> bool:
        """Whether something can be kept that is not too close to the source; a short passage may be close."""
        if not self.sound:
            return False
        short = word_count(self.passage.text) < SHORT
        return short or min(candidate.copied for candidate in self.sound) <= most_copied


def best(sound: Sequence[Candidate], careful: bool) -> Candidate:
    """The truest; between equally true ones the least copied; between those the one that reads more easily.

    A model that is not trusted with its own words is not trusted with its grammar either: what it wrote is
    preferred only where no rewording passed, and the fewer words it adds and loses the better.
    """
    by_rule = [c for c in sound if c.origin != "model"] if careful else []
    eligible = by_rule or sound
    truest = max(c.truth or 0.0 for c in eligible)
    equals = [c for c in eligible if (c.truth or 0.0) >= truest - _EQUALLY_TRUE]
    changed = (lambda c: c.novelty + c.lost) if careful else (lambda c: 0)
    return min(equals, key=lambda c: (changed(c), c.copied, style_score(c.text), -(c.truth or 0.0)))


def choose(drafts: Sequence[Draft], source: Source, floor: int, careful: bool) -> list[Kept]:
    """Keep one text for each passage.

    First the best of each. Then, while too much of the article is copied, the exchange that costs the least
    truth; then, while it is too short and can be longer, the longest that passed, and at last the source's own words.
    """
    french = source.language == "fr"
    picks: list[Candidate | None] = [best(d.sound, careful) if d.sound else None for d in drafts]
    if french:
        _lower_copying(picks, drafts, source.whole, AIM)
        _lengthen(picks, drafts, floor)
    kept = [_kept(draft, pick, french) for draft, pick in zip(drafts, picks, strict=True)]
    return [k for k in kept if k is not None]


def _text(pick: Candidate | None, draft: Draft) -> str:
    return pick.text if pick else as_it_stands(draft.passage)


def _lower_copying(picks: list[Candidate | None], drafts: Sequence[Draft], source: str, most: float) -> None:
    """Exchange picks for less copied candidates, those first that give most for the truth they may cost."""
    while copied_share(" ".join(_text(p, d) for p, d in zip(picks, drafts, strict=True)), source) > most:
        exchanges = [
            ((now.copied - other.copied) * word_count(other.text) / _cost(now, other), i, other)
            for i, (now, draft) in enumerate(zip(picks, drafts, strict=True))
            if now
            for other in draft.sound
            if other.copied < now.copied
        ]
        if not exchanges:
            return
        _, at, other = max(exchanges, key=lambda exchange: exchange[0])
        picks[at] = other


def _cost(now: Candidate, other: Candidate) -> float:
    """What an exchange may cost in truth: less certainty, more new words, the model's words for the lexicon's."""
    doubt = max(0.0, (now.truth or 0.0) - (other.truth or 0.0))
    words = _NEW_WORD_COST * max(0, other.novelty + other.lost - now.novelty - now.lost)
    return 0.05 + doubt + words + _NEW_WORD_COST * (other.origin == "model" and now.origin != "model")


def _lengthen(picks: list[Candidate | None], drafts: Sequence[Draft], floor: int) -> None:
    """Exchange picks for longer texts until the floor is reached; where none of them can reach it, they stay."""
    most = sum(max(word_count(_text(option, draft)) for option in (*draft.sound, None)) for draft in drafts)
    if most < floor:  # the source's words would cost the article its own, and gain nothing
        return

    def total() -> int:
        return sum(word_count(_text(p, d)) for p, d in zip(picks, drafts, strict=True))

    def gain(i: int, other: Candidate | None) -> int:
        return word_count(_text(other, drafts[i])) - word_count(_text(picks[i], drafts[i]))

    for allowed in (False, True):  # the source's own words only when nothing else is long enough
        while total() < floor:
            options = [
                (gain(i, o), i, o) for i, d in enumerate(drafts) for o in [*d.sound, *([None] if allowed else [])]
            ]
            longest = max(options, key=lambda option: option[0], default=None)
            if longest is None or longest[0] <= 0:
                break
            picks[longest[1]] = longest[2]


def _kept(draft: Draft, pick: Candidate | None, french: bool) -> Kept | None:
    """What stands for a passage; nothing, where the source's own words are not French."""
    if pick:
        return Kept(draft.passage, pick.text, pick.origin, draft.tries, pick.truth, pick.findings)
    if not french:
        return None
    origin: Origin = "quotation" if is_all_quotation(draft.passage) else "source"
    return Kept(draft.passage, as_it_stands(draft.passage), origin, draft.tries)
