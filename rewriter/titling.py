"""Title, standfirst and subheadings, written last, from text already verified, and checked like the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rewriter.article import Kept, Source
from rewriter.checking.facts import check_facts, ledger
from rewriter.checking.fidelity import CAREFUL, check_fidelity, difference, freedom_of
from rewriter.checking.headings import HEADING_WORDS, TITLE_WORDS, check_heading, is_fit_heading
from rewriter.checking.language import check_language
from rewriter.checking.proofreader import Proofreader
from rewriter.checking.watch import WordWatch
from rewriter.engine.base import Completion, CompletionRequest
from rewriter.french.lexicon import content_lemmas
from rewriter.french.measure import copied_share, repeated_sentences, word_count
from rewriter.french.segment import sentences
from rewriter.french.verbs import tenses
from rewriter.settings import WritingSettings
from rewriter.writing import headlines

_STANDFIRST_WORDS = (12, 60)
_SAID_BELOW = 0.3
"""Share of a standfirst's eight-word runs that may stand in the article: more reads as the same sentence twice."""
_LEAD_WORDS = 150
_TELLING = 0.1
"""What one more content word in a heading is worth, in probability …"""
_TOLD_ENOUGH = 6
"""… up to this many."""
_QUOTED = 0.34
"""Share of the subheadings from which no other is a quotation."""
_FINDABLE = 0.3
"""What the keyphrase in a heading is worth."""


def write_head(
    source: Source, kept: Sequence[Kept], proofreader: Proofreader, settings: WritingSettings
) -> tuple[str, str]:
    """Return title and standfirst; the standfirst is empty when nothing that holds was found.

    A model that is not trusted with words of its own is not asked for a standfirst: it joins what does not belong
    together.
    """
    given = settings.title or source.request.title or source.title
    lead, desk = _lead(kept), _Desk(source, proofreader, settings)
    asked = [_watched(headlines.ask_title(given, lead, settings.seed, settings.prompts), f"{given or ''} {lead}")]
    if not desk.careful:
        asked.append(_watched(headlines.ask_standfirst(lead, settings.seed, settings.prompts), lead))
    titles, *standfirsts = proofreader.engine.complete(asked)
    title = desk.title(titles, given, lead, [k.text for k in kept])
    own = given if given and tells_more(given, title) else None  # the same line twice tells nothing
    return title, desk.standfirst(standfirsts[0] if standfirsts else (), own, lead, kept)


@dataclass(frozen=True)
class Told:
    """A section before it has its subheading."""

    text: str
    own: str = ""
    """The subheading that the source has above it."""


def write_headings(
    source: Source, sections: Sequence[Told], proofreader: Proofreader, settings: WritingSettings
) -> tuple[str, ...]:
    """Return a subheading for each section: the source's own, in other words where there are some, comes first."""
    desk = _Desk(source, proofreader, settings)
    asked = [
        _watched(headlines.ask_heading(section.text, settings.seed + i, settings.prompts), section.text)
        for i, section in enumerate(sections)
    ]
    return desk.headings(proofreader.engine.complete(asked), sections)


def _watched(request: CompletionRequest, said: str) -> CompletionRequest:
    """Words that the text does not say are taken back as they are written: a heading has no other."""
    return replace(request, watch=WordWatch(said, "", CAREFUL))


def _lead(kept: Sequence[Kept]) -> str:
    """The first verified sentences of the article."""
    lead: list[str] = []
    for k in kept:
        lead.append(k.text)
        if word_count(" ".join(lead)) >= _LEAD_WORDS:
            break
    return " ".join(lead)


class _Desk:
    """Chooses among what was written, by the checks and the model's own judgement."""

    def __init__(self, source: Source, proofreader: Proofreader, settings: WritingSettings) -> None:
        self._proofreader = proofreader
        self.careful = freedom_of(proofreader.engine.parameters, settings.freedom) <= CAREFUL
        self._seed = settings.seed
        self._keyphrase = content_lemmas(settings.keyphrase or "")
        self._ledger = ledger(source.whole, source.language)
        self._said = source.whole
        self._own_title = source.title if source.language == "fr" else None

    def title(self, written: Sequence[Completion], given: str | None, lead: str, sections: Sequence[str]) -> str:
        """The surest title that the model wrote; else the given, then the source's own; else the lead's main clause."""
        offered = [text for title in (given, self._own_title) if title for text in (title, headlines.shorten(title))]
        true_given = next((text for text in offered if self._is_true(text, lead)), "")
        said = "\n".join([lead, true_given, *sections])
        texts = [headlines.finish_heading(headlines.calm(c.text)) for c in written if c.finished]
        surest = self._surest(self._sound_headings(texts, said, TITLE_WORDS), lead)
        if surest:
            return surest
        return headlines.shorten(true_given or sentences(lead)[0])

    def standfirst(self, written: Sequence[Completion], given: str | None, lead: str, kept: Sequence[Kept]) -> str:
        """The surest standfirst that the model wrote; else the given title, when it is a true sentence; else none."""
        texts = [headlines.finish_standfirst(c.text) for c in written if c.finished]
        body = [sentence for k in kept for sentence in sentences(k.text)]
        surest = self._surest([t for t in texts if self._holds_as_standfirst(t, lead, body)], lead)
        if surest:
            return surest
        if given and headlines.is_sentence(given) and self._is_true(given, lead):
            return headlines.finish_standfirst(headlines.calm(given).rstrip(". ") + ".")
        return ""

    def _is_true(self, given: str, lead: str) -> bool:
        """Whether a title that somebody gave is French and holds against the source.

        The model is asked about those that the source has not itself; one that is not trusted with words of its own
        is not asked about the source's words either: it doubts most titles, good and bad.
        """
        findings = [*check_language(f"{given}.", lead), *check_facts(given, lead, self._ledger)]
        if any(f.gravity == "error" for f in findings):
            return False
        of_the_source = self.careful and not difference(given, self._said).new
        return of_the_source or given == self._own_title or self._surest([given], lead) is not None

    def _holds_as_standfirst(self, text: str, lead: str, body: Sequence[str]) -> bool:
        if not _STANDFIRST_WORDS[0] <= word_count(text) <= _STANDFIRST_WORDS[1] or len(sentences(text)) > 2:
            return False
        findings = [
            *check_language(text, lead),
            *check_facts(text, lead, self._ledger),
            *(f for f in check_fidelity(text, lead, 0.0) if f.check == "new words"),
        ]
        if any(f.gravity == "error" for f in findings) or repeated_sentences([*body, *sentences(text)]):
            return False
        return copied_share(text, " ".join(body)) <= _SAID_BELOW

    def headings(self, written: Sequence[Sequence[Completion]], sections: Sequence[Told]) -> tuple[str, ...]:
        """For each section the source's own subheading, else the surest that says something, else what somebody says,
        else what it is about. None stands twice.
        """
        texts = [section.text for section in sections]
        article = "\n".join(texts)
        finished = [[headlines.finish_heading(c.text) for c in completions if c.finished] for completions in written]
        sound = [self._sound_headings(t, s, HEADING_WORDS) for t, s in zip(finished, texts, strict=True)]
        taken: list[str] = []
        for ranked, section in zip(self._ranked(sound, texts, claims=False), sections, strict=True):
            offered = [*self._own_headings(section.own), *(text for text in ranked if tenses(text))]
            if sum(text.startswith("«") for text in taken) < _QUOTED * len(sections):
                offered += headlines.quoted(section.text)
            offered += (text for text in ranked if not tenses(text) and not headlines.is_bare_name(text))
            new = next((text for text in offered if not _alike(text, taken)), None)
            taken.append(new or self._made_heading(section.text, article, taken))
        return tuple(taken)

    def _own_headings(self, own: str) -> list[str]:
        """A subheading of the source's own in other words, then as it stands; neither where it cannot stand."""
        text = headlines.finish_heading(headlines.calm(own))
        if not is_fit_heading(text) or any(f.gravity == "error" for f in check_facts(text, text, self._ledger)):
            return []
        return [t for t in headlines.reworded(text, self._seed) if is_fit_heading(t)] + [text]

    def _made_heading(self, section: str, article: str, taken: Sequence[str]) -> str:
        """The most telling noun phrase of a section that is sound and new; at worst the most telling one."""
        phrases = headlines.noun_phrases(section, article)
        new = (phrase for phrase in phrases if not _alike(phrase, taken))
        return next((p for p in new if self._sound_headings([p], section, HEADING_WORDS)), phrases[0])

    def _sound_headings(self, texts: Sequence[str], said: str, bounds: tuple[int, int]) -> list[str]:
        return [
            text
            for text in dict.fromkeys(texts)
            if text
            and not any(
                f.gravity == "error"
                for f in [
                    *check_heading(text, said, bounds, forms_stay=self.careful),
                    *check_facts(text, said, self._ledger),
                ]
            )
        ]

    def _surest(self, texts: Sequence[str], said: str) -> str | None:
        """The text that the model is surest of and that says most; None when it doubts them all."""
        return next(iter(self._ranked([texts], [said])[0]), None)

    def _ranked(self, groups: Sequence[Sequence[str]], said: Sequence[str], claims: bool = True) -> list[list[str]]:
        """For each group of texts, each held against its own `said`, those that the model does not doubt, best first.

        With `claims` false the texts may be noun phrases, which assert nothing: the rules hold them, and the model
        is not asked.
        """
        asked = [(of, t) for texts, of in zip(groups, said, strict=True) for t in texts if claims or tenses(t)]
        judged = dict(zip(asked, self._proofreader.read(asked) if asked else [], strict=True))
        enough = self._proofreader.judge.sure_enough
        ranked = []
        for texts, of in zip(groups, said, strict=True):
            sure = [(judged.get((of, text), enough), text) for text in texts]
            worth = [(yes + self._worth(text), len(text), text) for yes, text in sure if yes >= enough]
            ranked.append([text for _, _, text in sorted(worth, reverse=True)])
        return ranked

    def _worth(self, text: str) -> float:
        """What a heading is worth beside being true: that it tells something, and holds the keyphrase."""
        lemmas = content_lemmas(text)
        found = bool(self._keyphrase) and set(self._keyphrase) <= set(lemmas)
        return _TELLING * min(len(lemmas), _TOLD_ENOUGH) + _FINDABLE * found


_NEW = 1 / 3
"""Share of a standfirst's content words that its title does not have, at least."""


def tells_more(given: str, title: str) -> bool:
    """Whether a given title tells enough beside the title that was made of it to stand below it."""
    return len(difference(given, title).new) >= _NEW * len(content_lemmas(given))


def _alike(text: str, others: Sequence[str]) -> bool:
    """Whether a heading says no more than one already taken."""
    return any(not difference(text, other).new for other in others)
