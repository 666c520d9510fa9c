"""One article, from its source to what is published: the order of the steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rewriter.article import Article, Finding, Kept, Paragraph, Passage, Section, Source
from rewriter.checking.length import check_ceiling, check_floor
from rewriter.checking.originality import check_originality, check_repetition
from rewriter.choosing import choose
from rewriter.engine.base import Engine
from rewriter.errors import SourceError
from rewriter.french.measure import repeated_sentences, word_count
from rewriter.french.segment import unified
from rewriter.progress import Progress
from rewriter.rounds import Rounds
from rewriter.settings import WritingSettings
from rewriter.titling import write_head, write_headings
from rewriter.writing.outline import count_sections, group, join_paragraphs
from rewriter.writing.passages import cut


def rewrite(source: Source, engine: Engine, settings: WritingSettings, progress: Progress) -> Article:
    """Rewrite one source into a French article, every sentence of which was held against the source.

    Raises ModelError when the model cannot do the work. Whether the article passed is in its findings.
    """
    floor = settings.floor(source.request.words)
    passages = _without_repeats(
        cut(_within(source.paragraphs, settings.max_words), settings.passage_words, source.language)
    )

    rounds = Rounds(source, engine, settings, progress)
    kept = choose(rounds.draft(passages), source, floor, rounds.careful)
    if not kept:
        raise SourceError(f"{source.name}: not one sentence could be rewritten faithfully", "try a larger model")

    progress.phase("title, standfirst, subheadings", 0)
    title, standfirst = write_head(source, kept, engine, settings)
    lead = kept[0] if not standfirst and len(kept) > 1 else None  # it moves up
    paragraphs = _paragraphs(kept[1:] if lead else kept)

    texts = [paragraph.text for paragraph in paragraphs]
    runs = group(texts, count_sections(word_count("\n".join(texts)), settings.sections, len(texts)))
    headings = write_headings(source, ["\n".join(texts[i] for i in run) for run in runs], engine, settings)

    sections = tuple(
        Section(heading, tuple(paragraphs[i] for i in run)) for heading, run in zip(headings, runs, strict=True)
    )
    article = Article(title, lead.text if lead else standfirst, sections, lead=lead)
    findings = check_article(article, source, floor, settings, rounds.careful)
    return replace(article, findings=(*findings, *_left_out(passages, kept)))


def _within(paragraphs: Sequence[str], ceiling: int | None) -> tuple[str, ...]:
    """The first paragraphs, as many as the ceiling allows: news tells the most important first."""
    taken: list[str] = []
    for paragraph in paragraphs:
        if ceiling and taken and word_count("\n".join([*taken, paragraph])) > ceiling:
            break
        taken.append(paragraph)
    return tuple(taken)


def _without_repeats(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Leave out a passage that says again, nearly letter by letter, what an earlier one said."""
    left = Counter(repeated_sentences(p.text for p in passages))
    kept = []
    for passage in reversed(passages):  # of equal ones the later goes
        if left[passage.text]:
            left[passage.text] -= 1
        else:
            kept.append(passage)
    return tuple(reversed(kept))


def _paragraphs(kept: Sequence[Kept]) -> tuple[Paragraph, ...]:
    """Put what was kept back into the source's paragraphs, and join those that are too short to stand alone."""
    by_source: dict[int, list[Kept]] = {}
    for k in kept:
        by_source.setdefault(k.passage.paragraph, []).append(k)
    pieces = list(by_source.values())
    runs = join_paragraphs([" ".join(k.text for k in piece) for piece in pieces])
    return tuple(Paragraph(tuple(k for i in run for k in pieces[i])) for run in runs)


def check_article(
    article: Article, source: Source, floor: int, settings: WritingSettings, careful: bool
) -> tuple[Finding, ...]:
    """What the checks say of the article as a whole."""
    texts = [paragraph.text for paragraph in article.paragraphs]
    words = word_count("\n".join([article.standfirst, *texts]))
    findings = [
        *check_floor(words, floor, word_count(source.text)),
        *check_ceiling(words, settings.max_words),
        *check_repetition([article.standfirst, *texts]),
        *_stand_ins(article, settings.strict),
        *_keyphrase(article, settings.keyphrase),
    ]
    if source.language == "fr":
        findings += check_originality("\n".join(texts), source.text)
    else:
        findings.append(_translated(source.language, careful))
    return tuple(findings)


def _translated(language: str, careful: bool) -> Finding:
    """A translation cannot be held against its source word by word: numbers, names and the model's judgement only."""
    message = f"Article traduit (« {language} ») : chiffres, noms et avis du modèle seuls ont été vérifiés"
    if careful:
        return Finding(
            "translation", "error", f"{message}, et le modèle est trop petit pour bien traduire ; relire tout."
        )
    return Finding("translation", "warning", f"{message} ; relire les phrases une à une.")


def _left_out(passages: Sequence[Passage], kept: Sequence[Kept]) -> list[Finding]:
    """Name the passages of a foreign source of which no translation passed: nothing French can stand in."""
    told = {k.passage.number for k in kept}
    return [
        Finding(
            "left out", "warning", f"Passage laissé de côté, aucune traduction n'ayant été jugée fidèle : « {p.text} »"
        )
        for p in passages
        if p.number not in told
    ]


def _keyphrase(article: Article, keyphrase: str | None) -> list[Finding]:
    """Whether the phrase that the article should be found by stands in it at all: it is never forced in."""
    text = "\n".join([article.title, article.standfirst, *(p.text for p in article.paragraphs)])
    if not keyphrase or unified(keyphrase) in unified(text):
        return []
    return [Finding("keyphrase", "warning", f"L'expression clé « {keyphrase} » n'est pas dans l'article.")]


def _stand_ins(article: Article, strict: bool) -> list[Finding]:
    """Name the passages for which the source's own sentences stand in."""
    return [
        Finding(
            "stand-in",
            "error" if strict else "warning",
            f"Phrase de la source laissée telle quelle, aucune réécriture n'ayant été jugée fidèle : « {k.text} »",
        )
        for k in article.kept
        if k.fallback
    ]
