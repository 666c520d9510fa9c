"""Write, check, keep or write again: the rounds that every passage goes through, and the order of preference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rewriter.article import Candidate, Finding, Kept, Origin, Passage, Source
from rewriter.checking.facts import check_facts, ledger, lost_facts
from rewriter.checking.fidelity import CAREFUL, check_fidelity, check_turns, difference, freedom_of
from rewriter.checking.grammar import check_grammar
from rewriter.checking.language import check_language
from rewriter.checking.ledger import Ledger
from rewriter.checking.length import check_length
from rewriter.checking.proofreader import SURE_ENOUGH, question
from rewriter.engine.base import Engine
from rewriter.french.measure import copied_share, word_count
from rewriter.french.recasting import people_of
from rewriter.french.segment import sentences, unified
from rewriter.progress import Progress
from rewriter.settings import WritingSettings
from rewriter.writing.drafting import Manner, Text, ask, finish, reword_passage, vary
from rewriter.writing.passages import is_all_quotation

_PROOFREAD = 5
"""Candidates of a passage that are shown to the proofreader in a round, from the least to the most copied."""
_EQUALLY_TRUE = 0.15
"""Two P(oui) nearer than this say the same."""
_TOO_CLOSE = 0.6
"""A passage whose least copied candidate is above goes back once more, as one without a candidate does."""
_SHORT = 8
"""Words under which a passage has no run to copy, and nothing for an untrusted model to gain."""
_SURE_OF_OWN = 0.7
"""The least P(oui) of a sentence that an untrusted model wrote itself: of those below, half were wrong when read."""
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

    @property
    def settled(self) -> bool:
        """Whether something can be kept that is not too close to the source; a short passage may be close."""
        if not self.sound:
            return False
        short = word_count(self.passage.text) < _SHORT
        return short or min(candidate.copied for candidate in self.sound) <= _TOO_CLOSE


class Rounds:
    """Drafts all passages of one article, round by round."""

    def __init__(self, source: Source, engine: Engine, settings: WritingSettings, progress: Progress) -> None:
        self._source, self._engine, self._settings, self._progress = source, engine, settings, progress
        self._ledger: Ledger = ledger(source.text, source.language)
        self._french = source.language == "fr"
        self._people = people_of(source.text)
        self._names = " ".join(self._people.values())
        self.freedom: float = freedom_of(engine.parameters, settings.freedom)

    @property
    def careful(self) -> bool:
        """Whether the model is too small to be trusted with words of its own."""
        return self.freedom <= CAREFUL

    def draft(self, passages: Sequence[Passage]) -> list[Draft]:
        """Write and check candidates until every passage has one that passes, or the rounds are over."""
        drafts = [Draft(passage) for passage in passages]
        for number in range(self._settings.rounds):
            open_drafts = [draft for draft in drafts if not draft.settled]
            if not open_drafts:
                break
            texts = self._write(open_drafts, number)
            self._proofread(open_drafts, [self._examine(d, t) for d, t in zip(open_drafts, texts, strict=True)])
        return drafts

    def _write(self, drafts: list[Draft], number: int) -> list[list[Text]]:
        settings = self._settings
        asked = [d for d in drafts if self._is_for_the_model(d.passage)]
        self._progress.phase(f"writing, round {number + 1}", len(asked) * settings.candidates)
        requests = [
            ask(
                d.passage,
                Manner(self._source.language, number, stricter=not d.sound),
                settings.candidates,
                settings.seed,
                self._engine.count(d.passage.text),
            )
            for d in asked
        ]
        answers = self._engine.complete(requests, self._progress.advance)
        written = {
            d.passage.number: [Text(finish(c.text), "model") for c in completions if c.finished]
            for d, completions in zip(asked, answers, strict=True)
        }
        return [written.get(d.passage.number, []) + self._reword(d.passage, number) for d in drafts]

    def _is_for_the_model(self, passage: Passage) -> bool:
        if not self._french:
            return True
        return not is_all_quotation(passage) and not (self.careful and word_count(passage.text) < _SHORT)

    def _reword(self, passage: Passage, number: int) -> list[Text]:
        if not self._french:
            return []
        return list(reword_passage(passage, self._settings.seed + 100 * number, self._people))

    def _examine(self, draft: Draft, texts: Sequence[Text]) -> list[Candidate]:
        """Check new texts by the rules; return some of those that passed, from the least to the most copied."""
        draft.seen.add(unified(finish(draft.passage.text)))
        passed: list[Candidate] = []
        waiting = list(texts)
        while waiting:
            text = waiting.pop()
            draft.tries += 1
            if unified(text.text) in draft.seen:
                continue
            draft.seen.add(unified(text.text))
            candidate = self.check(text, draft.passage)
            (passed if candidate.sound else draft.refusals).append(candidate)
            if candidate.sound and text.origin == "model" and self._french and not text.varied:
                waiting += vary(text, self._settings.seed, self._people)
        passed.sort(key=lambda c: (c.copied, c.text))
        return _spread(passed, _PROOFREAD)

    def check(self, text: Text, passage: Passage) -> Candidate:
        """Hold a text against its passage by every rule that needs no model."""
        said = passage.text
        findings = [
            *check_language(text.text, said, self._names),
            *self._facts(text.text, said),
            *self._losses(text.text, said),
            *check_length(text.text, said),
        ]
        if not self._french:
            return Candidate(text.text, text.origin, tuple(findings))
        found = difference(text.text, said)
        if text.origin == "rewording":  # its words are licensed one by one
            findings += check_turns(text.text, said)
        else:
            findings += check_fidelity(text.text, said, self.freedom)
            if self.careful and not text.varied:  # what rules changed in it since is licensed word by word
                findings += check_grammar(text.text, said)
        copied = copied_share(text.text, self._source.text)
        return Candidate(
            text.text,
            text.origin,
            tuple(findings),
            copied=copied,
            novelty=len(found.new),
            lost=len(found.lost),
        )

    def _facts(self, text: str, said: str) -> list[Finding]:
        """What is wrong with numbers, names and quotations; who is not trusted may not unquote either."""
        found = check_facts(text, said, self._ledger, self._source.language)
        strict = self.careful and self._french
        return [replace(f, gravity="error") if strict and f.check == "quotations" else f for f in found]

    def _losses(self, text: str, said: str) -> list[Finding]:
        """Facts of the passage that a text no longer carries; across languages names cannot be told so surely."""
        lost = lost_facts(text, said, self._source.language)
        return [replace(f, gravity="error") for f in lost if self._french or f.check != "names"]

    def _proofread(self, drafts: list[Draft], passed: list[list[Candidate]]) -> None:
        """Ask the model about each sentence; what it doubts is refused."""
        claims = [
            (draft, candidate, sentence)
            for draft, candidates in zip(drafts, passed, strict=True)
            for candidate in candidates
            for sentence in sentences(candidate.text)
        ]
        self._progress.phase("proofreading", len(claims))
        answers = self._engine.score([question(d.passage.text, s) for d, _, s in claims], self._progress.advance)
        least: dict[tuple[int, str], float] = {}
        for (draft, candidate, _), (yes, _no) in zip(claims, answers, strict=True):
            key = draft.passage.number, candidate.text
            least[key] = min(yes, least.get(key, 1.0))
        for draft, candidates in zip(drafts, passed, strict=True):
            for candidate in candidates:
                judged = replace(candidate, truth=least[draft.passage.number, candidate.text])
                least_sure = _SURE_OF_OWN if self.careful and candidate.origin == "model" else SURE_ENOUGH
                (draft.sound if (judged.truth or 0.0) >= least_sure else draft.refusals).append(judged)


def _spread(candidates: list[Candidate], count: int) -> list[Candidate]:
    """At most `count` of them, evenly spaced, both ends among them."""
    if len(candidates) <= count:
        return candidates
    return [candidates[i * (len(candidates) - 1) // (count - 1)] for i in range(count)]


# --- the order of preference -----------------------------------------------------------------------------------


def best(sound: Sequence[Candidate], careful: bool) -> Candidate:
    """The truest; between equally true ones the least copied.

    A model that is not trusted with its own words is not trusted with its grammar either: what it wrote is
    preferred only where no rewording passed, and the fewer words it adds and loses the better.
    """
    by_rule = [c for c in sound if c.origin != "model"] if careful else []
    eligible = by_rule or sound
    truest = max(c.truth or 0.0 for c in eligible)
    equals = [c for c in eligible if (c.truth or 0.0) >= truest - _EQUALLY_TRUE]
    changed = (lambda c: c.novelty + c.lost) if careful else (lambda c: 0)
    return min(equals, key=lambda c: (changed(c), c.copied, -(c.truth or 0.0)))


def choose(drafts: Sequence[Draft], source: Source, floor: int, most_copied: float, careful: bool) -> list[Kept]:
    """Keep one text for each passage.

    First the best of each. Then, while too much of the article is copied, the exchange that costs the least
    truth; then, while it is too short, the longest that passed, and at last the source's own words.
    """
    french = source.language == "fr"
    picks: list[Candidate | None] = [best(d.sound, careful) if d.sound else None for d in drafts]
    if french:
        _lower_copying(picks, drafts, source.text, most_copied)
        _lengthen(picks, drafts, floor)
    kept = [_kept(draft, pick, french) for draft, pick in zip(drafts, picks, strict=True)]
    return [k for k in kept if k is not None]


def _text(pick: Candidate | None, draft: Draft) -> str:
    return pick.text if pick else finish(draft.passage.text)


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
    return Kept(draft.passage, finish(draft.passage.text), origin, draft.tries)
