"""Write, check, keep or write again: the rounds that every passage goes through, and the order of preference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rewriter.article import Candidate, Finding, Passage, Source
from rewriter.checking.facts import check_facts, ledger, lost_facts
from rewriter.checking.fidelity import CAREFUL, check_fidelity, check_turns, difference, freedom_of
from rewriter.checking.grammar import check_grammar
from rewriter.checking.language import check_language
from rewriter.checking.ledger import Ledger
from rewriter.checking.length import check_length
from rewriter.checking.originality import check_retelling
from rewriter.checking.proofreader import Proofreader
from rewriter.checking.watch import WordWatch
from rewriter.choosing import AIM, SHORT, Draft, choose
from rewriter.french.measure import copied_share, word_count
from rewriter.french.recasting import people_of
from rewriter.french.segment import sentences, unified
from rewriter.progress import Progress
from rewriter.settings import WritingSettings
from rewriter.writing.drafting import Manner, Text, as_it_stands, ask, finish, reword_passage, vary
from rewriter.writing.passages import is_all_quotation, is_part_of_quotation

_SHOWN = 3
"""Candidates of a passage and an origin that are shown to the proofreader in a round, from the least to the most
copied: of the model's all at once; of rewordings, of which it refuses two in a hundred, the next only where it
refused the one before. Each costs as much time as writing it."""
_WORTH_A_ROUND = 0.02
"""By how much a round must lower the share copied of the article for another to be begun. Measured on three articles:
the third round brought one hundredth in half a minute."""
_CLOSE = 0.4
"""A passage that a rewording brings below is not given to a model that is not trusted with its own words."""
_TOO_CLOSE = 0.6
"""A passage whose least copied candidate is above goes back once more, as one without a candidate does."""


@dataclass(frozen=True)
class Stage:
    """The drafts of an article after a round; stage 0 is what the rules write."""

    number: int
    lowered: float
    """By how much the last round lowered the share copied; 1 before the first."""
    drafts: list[Draft]


class Keeper(Protocol):
    """Keeps the last stage of an article beyond the life of the process."""

    def kept(self) -> Stage | None:
        """The stage that was kept last; None where nothing was."""

    def keep(self, stage: Stage) -> None:
        """Keep a stage in place of the one before."""


class Rounds:
    """Drafts all passages of one article, round by round."""

    def __init__(
        self,
        source: Source,
        proofreader: Proofreader,
        settings: WritingSettings,
        progress: Progress,
        keeper: Keeper | None = None,
    ) -> None:
        self._source, self._settings, self._progress, self._keeper = source, settings, progress, keeper
        self._proofreader, self._engine = proofreader, proofreader.engine
        self._ledger: Ledger = ledger(source.whole, source.language)
        self._french = source.language == "fr"
        self._people = people_of(source.whole)
        self._names = " ".join(self._people.values())
        self.freedom: float = freedom_of(self._engine.parameters, settings.freedom)

    @property
    def careful(self) -> bool:
        """Whether the model is too small to be trusted with words of its own."""
        return self.freedom <= CAREFUL

    def draft(self, passages: Sequence[Passage]) -> list[Draft]:
        """Write and check candidates until every passage has one that passes, or the rounds are over.

        What a keeper kept of the same passages is taken up after its last stage: stage 0 is what the rules write.
        """
        stage = self._taken_up(passages)
        if stage is None:
            stage = Stage(0, 1.0, [Draft(passage) for passage in passages])
            if self.careful:  # what the rules write is preferred, and costs no decoding
                self._weigh(stage.drafts, [self._reword(draft.passage, 0) for draft in stage.drafts])
            self._keep(stage)
        drafts, share, lowered = stage.drafts, self._copied(stage.drafts), stage.lowered
        for number in range(stage.number, self._settings.rounds):
            open_drafts = [draft for draft in drafts if self._is_open(draft, share)]
            if not open_drafts or (self.careful and self._french and lowered < _WORTH_A_ROUND):
                break
            self._weigh(open_drafts, self._write(open_drafts, number))
            before, share = share, self._copied(drafts)
            lowered = before - share
            self._keep(Stage(number + 1, lowered, drafts))
        return drafts

    def _taken_up(self, passages: Sequence[Passage]) -> Stage | None:
        """What was kept of the same passages, if anything."""
        kept = self._keeper.kept() if self._keeper else None
        return kept if kept and [draft.passage for draft in kept.drafts] == list(passages) else None

    def _keep(self, stage: Stage) -> None:
        """Let the keeper keep a stage, and the engine begin anew: a run that takes the stage up has read nothing."""
        if self._keeper:
            self._keeper.keep(stage)
        self._proofreader.engine.forget()

    def _is_open(self, draft: Draft, share: float) -> bool:
        """Whether a passage is written again: nothing passed, or it is too close to the source.

        For closeness alone a model that is not trusted is asked only while the article as a whole is too close; one
        that is trusted writes every passage at least once, for its style.
        """
        if not draft.sound or not self.careful:
            return not draft.is_settled(_TOO_CLOSE)
        return share > AIM and not draft.is_settled(_CLOSE)

    def _copied(self, drafts: Sequence[Draft]) -> float:
        """The share copied of the article as it would be now."""
        kept = choose(drafts, self._source, 0, self.careful)
        return copied_share(" ".join(k.text for k in kept), self._source.whole)

    def _weigh(self, drafts: list[Draft], texts: Sequence[Sequence[Text]]) -> None:
        """Check texts by the rules, and what passes by the model's judgement."""
        self._proofread(drafts, [self._examine(draft, text) for draft, text in zip(drafts, texts, strict=True)])

    def _write(self, drafts: list[Draft], number: int) -> list[list[Text]]:
        settings = self._settings
        asked = [d for d in drafts if self._is_for_the_model(d.passage)]
        self._progress.phase(f"writing, round {number + 1}", len(asked) * settings.candidates)
        requests = [
            replace(
                ask(
                    d.passage,
                    Manner(self._source.language, number, not d.sound, self.careful, settings.prompts),
                    settings.candidates,
                    settings.seed,
                    self._engine.count(d.passage.text),
                ),
                watch=WordWatch(d.passage.text, self._names, self.freedom) if self._french else None,
            )
            for d in asked
        ]
        answers = self._engine.complete(requests, self._progress.advance)
        written = {
            d.passage.number: [Text(finish(c.text), "model") for c in completions if c.finished]
            for d, completions in zip(asked, answers, strict=True)
        }
        return [written.get(d.passage.number, []) + self._reword(d.passage, number + self.careful) for d in drafts]

    def _is_for_the_model(self, passage: Passage) -> bool:
        if not self._french:
            return True
        return not is_all_quotation(passage) and not (self.careful and word_count(passage.text) < SHORT)

    def _reword(self, passage: Passage, number: int) -> list[Text]:
        if not self._french or is_part_of_quotation(passage):
            return []
        return list(reword_passage(passage, self._settings.seed + 100 * number, self._people))

    def _examine(self, draft: Draft, texts: Sequence[Text]) -> list[Candidate]:
        """Check new texts by the rules; return some of those that passed, from the least to the most copied."""
        draft.seen.add(unified(as_it_stands(draft.passage)))
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
        return [
            c for origin in ("rewording", "model") for c in _spread([p for p in passed if p.origin == origin], _SHOWN)
        ]

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
            findings += [*check_fidelity(text.text, said, self.freedom), *check_retelling(text.text, said)]
            if self.careful and not text.varied:  # what rules changed in it since is licensed word by word
                findings += check_grammar(text.text, said)
        copied = copied_share(text.text, self._source.whole)
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
        waiting = [(draft, candidates) for draft, candidates in zip(drafts, passed, strict=True) if candidates]
        while waiting:
            asked = [(draft, *_next_shown(candidates)) for draft, candidates in waiting]
            self._judge([(draft, candidate) for draft, now, _ in asked for candidate in now])
            waiting = [
                (draft, later)
                for draft, _, later in asked
                if later and not any(c.origin == "rewording" for c in draft.sound)
            ]

    def _judge(self, shown: list[tuple[Draft, Candidate]]) -> None:
        """Put each candidate among its passage's sound ones or refusals, by the least sure of its sentences."""
        claims = [(draft, candidate, s) for draft, candidate in shown for s in sentences(candidate.text)]
        answers = self._proofreader.read([(d.passage.text, s) for d, _, s in claims])
        least: dict[tuple[int, str], float] = {}
        for (draft, candidate, _), sure in zip(claims, answers, strict=True):
            key = draft.passage.number, candidate.text
            least[key] = min(sure, least.get(key, 1.0))
        for draft, candidate in shown:
            judged = replace(candidate, truth=least[draft.passage.number, candidate.text])
            enough = self._proofreader.judge.least(own_words=candidate.origin == "model")
            (draft.sound if (judged.truth or 0.0) >= enough else draft.refusals).append(judged)


def _next_shown(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Those that are shown now, and the rewordings that are kept for the case that the first is refused."""
    by_rule = [c for c in candidates if c.origin == "rewording"]
    return [c for c in candidates if c not in by_rule[1:]], by_rule[1:]


def _spread(candidates: list[Candidate], count: int) -> list[Candidate]:
    """At most `count` of them, evenly spaced, both ends among them."""
    if len(candidates) <= count:
        return candidates
    return [candidates[i * (len(candidates) - 1) // (count - 1)] for i in range(count)]
