"""What is measured of an article, whoever wrote it.

Numbers, dates, names, quotations and unknown words are found with the code that the program checks with: on its own
articles they measure whether it does what it says, not whether the checks are right. Words, lengths, repetition and
copying share no check's thresholds. Two measures are made apart from the program's: `names_spacy`, names that spaCy's
French model finds and of which the source has no word, and `french_words`, the share of words that simplemma's French
list has, beside langdetect's verdict on paragraphs.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any

from rewriter.article import Source
from rewriter.checking.facts import check_facts, ledger, lost_facts
from rewriter.checking.inspection import Line, lines_of
from rewriter.french.lexicon import unknown_words
from rewriter.french.measure import copied_share, distinct_share, flesch, language, repeated_sentences, word_count
from rewriter.french.segment import sentences, unified
from rewriter.settings import WritingSettings
from yardstick.methods import Written

_LEAD = 2
"""Sentences of a source that are its lead."""
Measured = dict[str, Any]


def length_score(written: int, required: int) -> float:
    """S_l of LongBench-Write (Bai et al. 2024): 100 at the length asked for, less on both sides."""
    over = written > required
    ratio = written / required if over else required / max(written, 1)
    return 100 * max(0.0, 1 - (ratio - 1) / (3 if over else 2))


def measure(made: Written, source: Source) -> Measured:
    """Everything that is measured of one article."""
    lines = lines_of(made.text)
    body = [line for line in lines if not line.is_heading]
    text = "\n".join(line.text for line in body)
    required = WritingSettings().floor(source.request.words)
    count = word_count(text)
    said = [s for line in body for s in sentences(line.text)]
    return {
        "words": count,
        "floor_reached": count >= required,
        "length_score": round(length_score(count, required)),
        "french_paragraphs": _share([language(line.text) in (None, "fr") for line in body]),
        "french_words": _french_words(text),
        **_unsupported(said, source),
        "names_spacy": _names_by_spacy(text, source),
        "verified": made.verified,
        "lead_kept": _lead_kept(text, source),
        "copied": copied_share(text, source.text) if source.language == "fr" else None,
        "repeated": len(repeated_sentences(said)),
        "distinct_4": round(distinct_share(text), 3),
        "unknown_per_1000": round(1000 * len(unknown_words(text, source.text)) / max(count, 1), 1),
        "headings_per_300": round(300 * _headings(lines) / max(count, 1), 1),
        "flesch": round(flesch(text) or 0),
        "seconds": round(made.seconds, 1),
        "tokens": made.tokens,
        "words_per_minute": round(60 * count / made.seconds),
        "fallbacks": _share([True] * made.fallbacks + [False] * (made.passages - made.fallbacks)),
    }


def _share(flags: Sequence[bool]) -> float | None:
    return round(sum(flags) / len(flags), 3) if flags else None


def _headings(lines: Sequence[Line]) -> int:
    return max(0, sum(line.is_heading for line in lines) - 1)  # the first is the title


def _unsupported(said: Sequence[str], source: Source) -> Measured:
    """How many numbers, dates, names and quotations the source does not have; whole source as the passage."""
    whole = ledger(source.text, source.language)
    found = [f for s in said for f in check_facts(s, whole, whole) if f.gravity == "error"]
    return {kind: sum(f.check == kind for f in found) for kind in ("numbers", "dates", "names", "quotations")}


def _lead_kept(text: str, source: Source) -> float | None:
    """Share of the facts of the source's first sentences that the article still has."""
    lead = [s for p in source.paragraphs for s in sentences(p, source.language)][:_LEAD]
    has = sum(len(lost_facts("", s, source.language)) for s in lead)
    lost = sum(len(lost_facts(text, s, source.language)) for s in lead)
    return round(1 - lost / has, 3) if has else None


def _french_words(text: str) -> float:
    """Share of the words that simplemma's French list has: a second opinion on the language."""
    from simplemma import in_target_language

    return round(float(in_target_language(text, lang="fr")), 3)


@functools.cache
def _spacy() -> Any:
    """spaCy's French model, where the extra `names` is installed; else None."""
    try:
        import spacy  # type: ignore[import-not-found,unused-ignore]  # an extra

        return spacy.load("fr_core_news_md", disable=["parser", "lemmatizer", "morphologizer"])
    except (ImportError, OSError):
        return None


def _names_by_spacy(text: str, source: Source) -> int | None:
    """Names that spaCy finds and of which the source has none of the words."""
    model = _spacy()
    if model is None:
        return None
    there = {unified(word) for word in re.findall(r"\w+", f"{source.title} {source.text}")}
    names = {entity.text for entity in model(text).ents if entity.label_ in ("PER", "LOC", "ORG")}
    return sum(not there & {unified(word) for word in re.findall(r"\w{2,}", name)} for name in names)
