"""One article, from its source to what is published: the order of the steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from rewriter.article import Article, Finding, Kept, Paragraph, Passage, Section, Source, Subheading
from rewriter.checking.alignment import Alignment
from rewriter.checking.coverage import check_coverage
from rewriter.checking.judge import Judge, default_judge
from rewriter.checking.length import check_ceiling, check_floor
from rewriter.checking.originality import check_originality, check_repetition
from rewriter.checking.proofreader import Proofreader
from rewriter.choosing import choose
from rewriter.engine.base import Engine
from rewriter.errors import SourceError
from rewriter.french.measure import repeated_sentences, word_count
from rewriter.french.segment import sentences, unified
from rewriter.progress import Progress
from rewriter.rounds import Keeper, Rounds
from rewriter.search import find_keyphrase
from rewriter.settings import WritingSettings
from rewriter.titling import Told, write_head, write_headings
from rewriter.writing.outline import count_sections, cut_paragraph, group, join_paragraphs
from rewriter.writing.passages import cut


def rewrite(  # noqa: PLR0913  what an article is made with, and where its drafts are kept
    source: Source,
    engine: Engine,
    settings: WritingSettings,
    progress: Progress,
    judge: Judge | None = None,
    *,
    keeper: Keeper | None = None,
) -> Article:
    """Rewrite one source into a French article, every sentence of which was held against the source.

    `judge` is the model's own; None takes that of the demo model, and the article says so. `keeper` keeps the drafts
    from round to round, so that a run which was killed goes on where it was.
    Raises ModelError when the model cannot do the work. Whether the article passed is in its findings.
    """
    engine.forget()  # an article is the same whatever was written before it
    floor = settings.floor(source.request.words)
    passages = _passages(source, floor, settings)
    proofreader = Proofreader(engine, judge or default_judge(), source.language, progress)
    rounds = Rounds(source, proofreader, settings, progress, keeper)
    kept = choose(rounds.draft(passages), source, floor, rounds.careful)
    if not kept:
        raise SourceError(f"{source.name}: not one sentence could be rewritten faithfully", "try a larger model")

    progress.phase("title, standfirst, subheadings", 0)
    title, standfirst = write_head(source, kept, proofreader, settings)
    lead = () if standfirst else _moving_up(kept)
    paragraphs, own = _paragraphs(kept[len(lead) :], source.subheadings if source.language == "fr" else ())
    texts = [paragraph.text for paragraph in paragraphs]
    words = word_count("\n".join(texts))
    runs = group(texts, count_sections(words, settings.sections, len(texts), len(own) + (0 not in own)), own)
    standfirst = standfirst or " ".join(k.text for k in lead)

    untitled = Article(title, standfirst, (Section("", paragraphs),))
    found = settings.keyphrase or find_keyphrase(untitled, source)
    sought = replace(settings, keyphrase=found)  # subheadings may be chosen by it; nobody asked for it in the text
    told = [Told("\n".join(texts[i] for i in run), own.get(run.start, "")) for run in runs]
    headings = write_headings(source, told, proofreader, sought)

    sections = tuple(
        Section(heading, tuple(paragraphs[i] for i in run)) for heading, run in zip(headings, runs, strict=True)
    )
    article = Article(title, standfirst, sections, lead=lead)
    findings = check_article(article, source, floor, settings, rounds.careful)
    return replace(article, findings=(*findings, *_left_out(passages, kept), *_uncalibrated(judge)))


_SHORTEST_STANDFIRST = 12
"""Words that a standfirst has at least."""


def _moving_up(kept: Sequence[Kept]) -> tuple[Kept, ...]:
    """The first passages as far as they make a standfirst: long enough, and no question without its answer.

    What little they leave of the first paragraph goes with them: it would stand above what it has nothing to do with.
    """
    for end in range(1, len(kept)):
        text = " ".join(k.text for k in kept[:end])
        if word_count(text) >= _SHORTEST_STANDFIRST and not text.endswith("?"):
            return tuple(kept[: end + _little_left(kept[:-1], end)])
    return tuple(kept[:1]) if len(kept) > 1 else ()


def _little_left(kept: Sequence[Kept], end: int) -> int:
    """How many passages are left of the paragraph that `end` cuts, where they are too short for one of their own."""
    paragraph = kept[end - 1].passage.paragraph if kept else None
    left = list(takewhile(lambda k: k.passage.paragraph == paragraph, kept[end:]))
    return len(left) if word_count(" ".join(k.text for k in left)) < _SHORTEST_STANDFIRST else 0


def _passages(source: Source, floor: int, settings: WritingSettings) -> tuple[Passage, ...]:
    """What is rewritten: the source, and of its background as much as the floor asks for."""
    own = _within(source.paragraphs, settings.max_words)
    more = list(_background(source, floor, settings)) if own == source.paragraphs else []
    names = [""] * len(own) + [name for name, _ in more]
    cut_ = cut([*own, *(paragraph for _, paragraph in more)], settings.passage_words, source.language)
    return _without_repeats([replace(p, background=names[p.paragraph]) for p in cut_])


_SHRINKS = 1.1
"""Words of a source for one of the article, at most: rewriting and repeats take some."""


def _background(source: Source, floor: int, settings: WritingSettings) -> Iterator[tuple[str, str]]:
    """The paragraphs of the background that the article needs and the source does not say, each with its file."""
    told = Alignment([s for p in source.paragraphs for s in sentences(p, source.language)])
    words = word_count(source.text)
    for text in source.background:
        for paragraph in text.paragraphs:
            new = " ".join(s for s in sentences(paragraph, source.language) if not told.says_already(s))
            if words >= _SHRINKS * floor or (settings.max_words and words + word_count(new) > settings.max_words):
                return
            if new:
                words += word_count(new)
                yield text.name, new


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


def _paragraphs(kept: Sequence[Kept], own: Sequence[Subheading]) -> tuple[tuple[Paragraph, ...], dict[int, str]]:
    """Put what was kept back into the source's paragraphs; join those that are too short, cut those that are too long.

    No join goes over a subheading of the source's own. Returns the paragraphs, and those subheadings by the index of
    the paragraph below each.
    """
    by_source: dict[int, list[Kept]] = {}
    for k in kept:
        by_source.setdefault(k.passage.paragraph, []).append(k)
    paragraphs: list[Paragraph] = []
    under: dict[int, str] = {}
    for heading, part in groupby(by_source, key=lambda n: _over(n, own)):
        if heading:
            under[len(paragraphs)] = heading.text
        pieces = [[by_source[n][i] for i in run] for n in part for run in cut_paragraph([k.text for k in by_source[n]])]
        runs = join_paragraphs([" ".join(k.text for k in piece) for piece in pieces])
        paragraphs += (Paragraph(tuple(k for i in run for k in pieces[i])) for run in runs)
    return tuple(paragraphs), under


def _over(paragraph: int, own: Sequence[Subheading]) -> Subheading | None:
    """The subheading under which a paragraph of the source stands."""
    return next((heading for heading in reversed(own) if heading.paragraph <= paragraph), None)


def check_article(
    article: Article, source: Source, floor: int, settings: WritingSettings, careful: bool
) -> tuple[Finding, ...]:
    """What the checks say of the article as a whole."""
    texts = [paragraph.text for paragraph in article.paragraphs]
    words = word_count("\n".join([article.standfirst, *texts]))
    findings = [
        *check_floor(words, floor, word_count(source.whole)),
        *check_ceiling(words, settings.max_words),
        *check_repetition([article.standfirst, *texts]),
        *_stand_ins(article, settings.strict),
        *_keyphrase(article, settings.keyphrase),
    ]
    if source.language == "fr":
        findings += check_originality("\n".join(texts), source.whole)
        findings += _coverage(article, source)
    else:
        findings.append(_translated(source.language, careful))
    return tuple(findings)


def _coverage(article: Article, source: Source) -> tuple[Finding, ...]:
    """What of the source no kept passage carries, and what the article lost of its lead."""
    theirs = list(dict.fromkeys(s for p in source.paragraphs for s in sentences(p)))
    told = {s for k in article.kept for s in k.passage.sentences}
    said = [article.title, article.standfirst, *(p.text for p in article.paragraphs)]
    return check_coverage(theirs, said, frozenset(i for i, s in enumerate(theirs) if s in told))


def _translated(language: str, careful: bool) -> Finding:
    """A translation cannot be held against its source word by word: numbers, names and the model's judgement only."""
    message = f"Article traduit (« {language} ») : chiffres, noms et avis du modèle seuls ont été vérifiés"
    if careful:
        return Finding(
            "translation", "error", f"{message}, et le modèle est trop petit pour bien traduire ; relire tout."
        )
    return Finding("translation", "warning", f"{message} ; relire les phrases une à une.")


def _uncalibrated(judge: Judge | None) -> list[Finding]:
    if judge:
        return []
    message = "Le modèle n'est pas étalonné : ses avis sont pesés comme ceux du modèle de démonstration"
    return [Finding("calibration", "note", f"{message} (rewrite calibrate --model …).")]


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
