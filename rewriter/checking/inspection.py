"""Holds any French article against its source, sentence by sentence, without a model.

The article may be an editor's: nobody knows which passage a sentence was written from, so it is looked for. Where it
is found, everything is checked that is checked of a candidate, but for what only says that words differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rewriter.article import Finding, Remark, Source
from rewriter.checking.alignment import Alignment
from rewriter.checking.coverage import check_coverage
from rewriter.checking.facts import check_facts, ledger
from rewriter.checking.fidelity import check_small_words
from rewriter.checking.grammalecte import check_agreement
from rewriter.checking.house import check_glossary
from rewriter.checking.language import check_language
from rewriter.checking.length import check_floor
from rewriter.checking.originality import check_originality, check_repetition
from rewriter.checking.proofreader import Proofreader
from rewriter.checking.seo import check_search, check_style
from rewriter.checking.shifts import shifts
from rewriter.french.glossary import Glossary
from rewriter.french.measure import word_count
from rewriter.french.segment import sentences
from rewriter.publishing.front_matter import FRONT_MATTER, search_in

_MARKUP = re.compile(r"^(?:#{1,6}\s+|[-*+>]\s+|\*\*(?=\S))|\*\*\s*$")


@dataclass(frozen=True)
class Line:
    """One line of an article."""

    number: int
    """From 1, as editors count."""
    text: str
    """Without markup."""
    offset: int
    """Characters of markup before the text."""
    is_heading: bool


@dataclass(frozen=True)
class Held:
    """A sentence of the article, and the source sentences that it stands on."""

    line: Line
    start: int
    """Where it begins in the line's text."""
    text: str
    passage: str
    origins: tuple[int, ...]
    """Indices of those source sentences."""
    unsupported: bool
    """Whether it has words enough to be found by, and nothing in the source says them."""


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of an article in Markdown or plain text that say something; front matter is none of them."""
    body = FRONT_MATTER.sub(lambda m: "\n" * m[0].count("\n"), text)
    lines = []
    for number, raw in enumerate(body.split("\n"), 1):
        said = _MARKUP.sub("", raw.strip())
        if said:
            lines.append(Line(number, said, raw.find(said), raw.lstrip().startswith("#")))
    return tuple(lines)


def hold(article: Sequence[Line], source: Sequence[str]) -> tuple[Held, ...]:
    """Find for every sentence of an article, headings left out, which sentences of the source it stands on."""
    alignment = Alignment(source)
    held = []
    for line in article:
        end = 0
        for sentence in sentences(line.text) if not line.is_heading else ():
            start = max(line.text.find(sentence, end), end)
            end = start + len(sentence)
            origins = alignment.find(sentence)
            passage = " ".join(alignment.sentences[i] for i in origins)
            unsupported = not origins and alignment.can_tell(sentence)
            held.append(Held(line, start, sentence, passage, origins, unsupported))
    return tuple(held)


def inspect(
    article: str,
    source: Source,
    floor: int | None = None,
    proofreader: Proofreader | None = None,
    glossary: Glossary | None = None,
) -> tuple[Remark, ...]:
    """Every finding about an article, from the first line to the last, then about the whole.

    `floor` is the least number of words, where one was asked for. With a proofreader, the model is asked as well;
    with a glossary, the words of the house are looked for. What
    editors expect of a text on the web is held against the text, and against its front matter if it has one.
    """
    lines = lines_of(article)
    theirs = [
        s for text in (source, *source.background) for p in text.paragraphs for s in sentences(p, source.language)
    ]
    held = hold(lines, [*theirs, *([source.title] if source.title else [])])  # an article may take up the title
    whole = _of_whole(held, theirs, source, floor)
    doubts = _doubts(held, proofreader) if proofreader else ()
    house = _of_house(lines, glossary) if glossary else ()
    agreement = _of_agreement(held, source)
    search = search_in(article)
    on_the_web = (*check_style(lines), *(check_search(lines, search) if search else ()))
    return (
        *_of_headings(lines, source),
        *_of_sentences(held, source),
        *agreement,
        *house,
        *doubts,
        *map(Remark, whole),
        *on_the_web,
    )


def _of_agreement(held: Sequence[Held], source: Source) -> Iterator[Remark]:
    """What Grammalecte has to say where it is installed; what the source has as well is nobody's fault here."""
    for sentence, findings in zip(held, check_agreement([h.text for h in held]), strict=True):
        yield from (
            _placed(f, sentence) for f in findings if f.span and sentence.text[slice(*f.span)] not in source.whole
        )


def _of_house(lines: Sequence[Line], glossary: Glossary) -> Iterator[Remark]:
    for line in lines:
        yield from (_placed(f, Held(line, 0, line.text, "", (), False)) for f in check_glossary(line.text, glossary))


def _all_of(source: Source) -> str:
    """Everything that an article may say: the source's title too."""
    return "\n\n".join([source.title or "", source.whole]).strip()


def _of_headings(lines: Sequence[Line], source: Source) -> Iterator[Remark]:
    whole = ledger(_all_of(source), source.language)
    for line in lines:
        if line.is_heading:
            heading = Held(line, 0, line.text, "", (), False)
            yield from (_placed(f, heading) for f in check_facts(line.text, whole, whole))


def _of_sentences(held: Sequence[Held], source: Source) -> Iterator[Remark]:
    whole = ledger(_all_of(source), source.language)
    for sentence in held:
        if sentence.unsupported:
            message = f"Rien dans la source ne dit cela : « {sentence.text} »"
            yield _placed(Finding("support", "error", message), sentence)
        passage = sentence.passage or source.whole
        findings = [
            *check_facts(sentence.text, passage, whole, source.language),
            *check_language(sentence.text, passage, source.whole),
        ]
        if len(sentence.origins) == 1 and source.language == "fr":
            # An editor may have meant it.
            findings += [replace(f, gravity="warning") for f in check_small_words(sentence.text, sentence.passage)]
        if sentence.origins and source.language == "fr":
            findings += shifts(sentence.text, sentence.passage)
        for finding in findings:
            yield _placed(finding, sentence)


def _doubts(held: Sequence[Held], proofreader: Proofreader) -> Iterator[Remark]:
    """The sentences of which the model, with what the rules see, is not sure enough."""
    asked = [sentence for sentence in held if sentence.passage]
    answers = proofreader.read([(sentence.passage, sentence.text) for sentence in asked])
    for sentence, sure in zip(asked, answers, strict=True):
        if sure < proofreader.judge.sure_enough:
            message = f"Le modèle doute que la source dise cela ({100 * sure:.0f} % sûr)."
            yield _placed(Finding("proofreader", "warning", message), sentence)


def _placed(finding: Finding, held: Held) -> Remark:
    """The finding with its span counted in the line as it is written; without one, that of the sentence."""
    first, last = finding.span or (0, len(held.text))
    shift = held.line.offset + held.start
    return Remark(replace(finding, span=(first + shift, last + shift)), held.line.number, held.passage)


def _of_whole(held: Sequence[Held], theirs: Sequence[str], source: Source, floor: int | None) -> list[Finding]:
    said = [sentence.text for sentence in held]
    body = "\n".join(said)
    findings = [*check_repetition(said)]
    if floor:
        findings += check_floor(word_count(body), floor, word_count(source.whole))
    if source.language == "fr":
        findings += check_originality(body, source.whole)
        findings += check_coverage(theirs, said, frozenset(i for h in held for i in h.origins))
    return findings
