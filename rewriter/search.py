"""How an article presents itself to search engines: made last, of verified words, and held against the source.

Nothing is written here: the keyphrase stands in the title, the title tag is the title without its end, the description
is a sentence of the article, whole or without a clause.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from rewriter.article import Article, Search, Source
from rewriter.checking.facts import check_facts, ledger
from rewriter.checking.headings import check_heading
from rewriter.checking.seo import DESCRIPTION_LENGTH, KEYPHRASE_WORDS, TITLE_PIXELS, keyphrase_count
from rewriter.french.abridging import clause_cuts, has_finite, title_cuts
from rewriter.french.clause_parts import ANAPHORA
from rewriter.french.glyphs import width
from rewriter.french.lexicon import content_lemmas, content_words
from rewriter.french.masking import mask
from rewriter.french.measure import comparable_words, word_count
from rewriter.french.segment import sentences
from rewriter.writing.headlines import noun_phrases
from rewriter.writing.keyphrases import Phrase, phrases
from rewriter.writing.slugs import make_slug

_SECONDARY = (2, 3)
"""How many more phrases are wanted at least, and given at most."""
_FAR_MORE = 0.6
"""What a phrase must be worth of the best one to go before it."""
_AGAIN = 2
"""Sentences in which a phrase of the title stands, the title itself one of them."""
_LEAD_WORDS = 150
_TITLE_WORDS = (1, 40)
"""Bounds for a title tag, which is measured in pixels."""

Truth = Callable[[str], bool]


def make_search(article: Article, source: Source, asked: str | None) -> Search:
    """Make what search engines are told; `asked` is the keyphrase that somebody wants, and stays as it is.

    Every text but `asked` is taken from the article, up to its capital, its end and its typography, and no check of
    facts has an error to find in it. Where the article gives nothing that fits, a text is too short or too long rather
    than broken: see `rewriter.checking.seo.check_search`.
    """
    is_true = _truth(source)
    body = _body(article)
    found = phrases([article.title, *body])
    keyphrase = " ".join((asked or "").split()) or _keyphrase(article, body, found, is_true)
    return Search(
        title_tag=_title_tag(article, keyphrase, is_true),
        description=_description(body, article.title, keyphrase, is_true),
        slug=make_slug(article.title, keyphrase),
        keyphrase=keyphrase,
        secondary=_secondary(found, keyphrase, is_true),
    )


def find_keyphrase(article: Article, source: Source) -> str:
    """The keyphrase that `make_search` finds, subheadings not looked at: they may be chosen by it."""
    body = _body(article)
    return _keyphrase(article, body, phrases([article.title, *body]), _truth(source))


def _truth(source: Source) -> Truth:
    """Whether no check of facts has an error to find in a text."""
    whole = ledger(source.whole, source.language)

    @functools.cache
    def is_true(text: str) -> bool:
        return not any(f.gravity == "error" for f in check_facts(text, whole, whole, source.language))

    return is_true


def _body(article: Article) -> list[str]:
    """Standfirst and paragraphs; a standfirst that only says the title again is left out."""
    texts = [article.standfirst, *(paragraph.text for paragraph in article.paragraphs)]
    return [text for text in texts if text.strip() and comparable_words(text) != comparable_words(article.title)]


# ── phrases ──────────────────────────────────────────────────────────────────────────────────────────────


def _keyphrase(article: Article, body: Sequence[str], found: Sequence[Phrase], is_true: Truth) -> str:
    """The most telling phrase of the title that the body says again; else the title's first one.

    One that stays when the title is shortened goes before one that does not, unless that tells far more.
    """
    tag = _title_tag(article, "", is_true)
    again = [phrase for phrase in found if phrase.count >= _AGAIN and _stands_in(phrase.text, article.title)]
    near = [phrase for phrase in again if phrase.worth >= _FAR_MORE * again[0].worth]
    staying = [phrase for phrase in near if _stands_in(phrase.text, tag)]
    own = (_shortened(phrase) for phrase in noun_phrases(article.title, "\n".join([article.title, *body])))
    every = chain((phrase.text for phrase in (*staying, *again)), own, (phrase.text for phrase in found))
    return next((phrase for phrase in every if phrase and is_true(phrase)), "")


def _stands_in(phrase: str, text: str) -> bool:
    return f" {' '.join(comparable_words(phrase))} " in f" {' '.join(comparable_words(text))} "


def _shortened(phrase: str) -> str:
    """A noun phrase without its article, and with as many content words as a keyphrase may have."""
    content = content_words(phrase)[: KEYPHRASE_WORDS[1]]
    if not content:
        return ""
    first = phrase.find(content[0])
    last = first
    for word in content:
        last = phrase.find(word, last) + len(word)
    return phrase[first:last]


def _secondary(found: Sequence[Phrase], keyphrase: str, is_true: Truth) -> tuple[str, ...]:
    """The most telling phrases beside the keyphrase, none part of another; those said once only where too few are."""
    key = Phrase(keyphrase, content_lemmas(keyphrase), 0, 0.0)
    taken: list[Phrase] = []
    for phrase in sorted(found, key=lambda p: p.count < 2):
        enough = len(taken) >= _SECONDARY[phrase.count >= 2]
        if not enough and not any(phrase.overlaps(other) for other in (key, *taken)) and is_true(phrase.text):
            taken.append(phrase)
    return tuple(phrase.text for phrase in taken)


# ── title tag ────────────────────────────────────────────────────────────────────────────────────────────


def _title_tag(article: Article, keyphrase: str, is_true: Truth) -> str:
    """The title, or the longest sound cut of it that fits, of the safest kind there is; with the keyphrase if it can.

    Where no cut is sound, a subheading that fits; where none does, the keyphrase, or as many words as fit.
    """
    title = article.title
    if width(title) <= TITLE_PIXELS:
        return title
    for cuts in title_cuts(title):
        sound = [cut for cut in cuts if width(cut) <= TITLE_PIXELS and _is_sound(cut, title) and is_true(cut)]
        if sound:
            return max(sound, key=lambda cut: (keyphrase_count(keyphrase, cut) > 0, width(cut)))
    headings = [section.heading for section in article.sections]
    short = [text for text in headings if text and width(text) <= TITLE_PIXELS and is_true(text)]
    phrase = keyphrase[:1].upper() + keyphrase[1:]
    if short:
        return max(short, key=lambda text: (keyphrase_count(keyphrase, text) > 0, width(text)))
    return phrase if phrase and width(phrase) <= TITLE_PIXELS else _first_words(title)


def _is_sound(cut: str, title: str) -> bool:
    found = check_heading(cut.rstrip("?\u202f "), title, _TITLE_WORDS)
    return not any(finding.gravity == "error" for finding in found)


def _first_words(title: str) -> str:
    """As many words as fit, the last of them one that carries something; part of a word only where none fits."""
    first = title.split()
    fitting = [" ".join(first[:n]) for n in range(1, len(first) + 1)]
    fitting = [text for text in fitting if width(text) <= TITLE_PIXELS]
    whole = [text for text in fitting if content_words(text.split()[-1])]
    letters = (title[:n] for n in range(len(title), 0, -1))
    return (whole or fitting or [next((t for t in letters if width(t) <= TITLE_PIXELS), "")])[-1]


# ── description ──────────────────────────────────────────────────────────────────────────────────────────

_LEANS = re.compile(
    r"\W*(?:ce|cet|cette|ces|c['’]est|cela|ça|on|d['’]autres|certaine?s|mais|et|ou|or|donc|car|ainsi|puis|ensuite|enfin"
    r"|aussi|alors|cependant|toutefois|pourtant|néanmoins|(?:en|par|de|d['’]) ?(?:revanche|outre|effet|contre|ailleurs"
    r"|conséquence|plus|même|fait)|au contraire)(?![\w-])",
    re.IGNORECASE,
)
"""How a sentence begins that means little without the one before it."""
_POINTS = re.compile(
    r"(?<![\w-])(?:ce|cet|cette|ces) (?!qu|dont|sont|matin|soir|jour|mois|week|semaine|année|printemps|été|automne"
    r"|hiver)",
    re.IGNORECASE,
)
"""A thing of which more was said before: "ce traitement"."""
_OPENING = 40
"""Letters of its first clause."""
_ENDED = re.compile(r"[.!?…][ \u00a0\u202f]?[»”\"]?$")
_A_SENTENCE = 5
"""Words from which a sentence may be followed by another one: "Il pleut." tells nothing."""
_NEARLY = 20
"""Characters by which a good description may be too short or too long before a bad one is taken."""


@dataclass(frozen=True)
class _Candidate:
    text: str
    position: int
    """Which sentence of the article it begins with."""
    changes: int
    """What was left out of it or added to it: a clause, an adjunct, a second sentence."""

    @property
    def distance(self) -> int:
        """Characters by which it is too short or too long."""
        return max(DESCRIPTION_LENGTH[0] - len(self.text), len(self.text) - DESCRIPTION_LENGTH[1], 0)


def _description(body: Sequence[str], title: str, keyphrase: str, is_true: Truth) -> str:
    """The first whole sentence that is neither too short nor too long; else the nearest; at worst the title.

    It is looked for in the lead, then everywhere; then for a few characters more or less in the lead; only then among
    the sentences that mean little without the one before. Where none of the lead has the keyphrase, the title may
    stand before one.
    """

    def worth(made: _Candidate) -> tuple[int, bool, int, int]:
        return made.distance, not keyphrase_count(keyphrase, made.text), made.position, made.changes

    groups = _groups([sentences(text) for text in body])
    whole = [[made for made in group if made.text.endswith(".") and _is_balanced(made.text)] for group in groups]
    lead, rest, leaning = (sorted(group, key=worth) for group in whole)
    found = any(keyphrase_count(keyphrase, made.text) for made in _within(lead, 0))
    titled = [] if found else _below_title(title, lead, keyphrase)
    fitting = chain(titled, _within(lead, 0), _within(rest, 0), _within(lead, _NEARLY), _within(leaning, 0))
    nearest = sorted(chain(lead, rest, leaning), key=worth)
    return next((made.text for made in chain(fitting, nearest) if is_true(made.text)), _of_title(title))


def _below_title(title: str, lead: Sequence[_Candidate], keyphrase: str) -> list[_Candidate]:
    """Whole sentences of the lead, without a pronoun, behind a title that is a sentence and has the keyphrase."""
    if not has_finite(title) or not keyphrase_count(keyphrase, title):
        return []
    whole = sorted(
        (made for made in lead if not (made.changes or ANAPHORA.search(made.text))), key=lambda m: m.position
    )
    both = [replace(made, text=f"{_of_title(title)} {made.text}") for made in whole]
    return [*_within(both, 0), *_within(both, _NEARLY)]


def _of_title(title: str) -> str:
    """The title as a sentence, without marks that have no partner."""
    return _with_stop(title if _is_balanced(title) else re.sub(r"[«»“”\"()]\s?", "", title))


def _is_balanced(text: str) -> bool:
    """Whether every quotation mark and bracket has its partner."""
    return mask(text) is not None and all(text.count(a) == text.count(b) for a, b in ("«»", "“”", "()"))


def _within(group: Sequence[_Candidate], distance: int) -> Iterator[_Candidate]:
    return (made for made in group if made.distance <= distance)


def _groups(rows: Sequence[Sequence[str]]) -> list[list[_Candidate]]:
    """The candidates: those of the lead, those of the rest, and those of either that lean on what stands before."""
    lead: list[_Candidate] = []
    rest: list[_Candidate] = []
    leaning: list[_Candidate] = []
    told = position = 0
    for row in rows:
        for i, sentence in enumerate(row):
            made = list(_candidates(sentence, row[i + 1] if i + 1 < len(row) else "", position))
            group = leaning if _leans(sentence) else lead if told < _LEAD_WORDS else rest
            group += made
            told, position = told + word_count(sentence), position + 1
    return [lead, rest, leaning]


def _leans(sentence: str) -> bool:
    """Whether it means little by itself: it begins with a link, or a pronoun stands in its first clause."""
    opening = sentence.partition(",")[0][:_OPENING]
    return any((_LEANS.match(sentence), _POINTS.search(sentence), ANAPHORA.search(opening)))


def _candidates(sentence: str, following: str, position: int) -> Iterator[_Candidate]:
    """A sentence: whole, without a clause, with the one that follows it, and at last without an adjunct."""
    yield _Candidate(_with_stop(sentence), position, 0)
    yield from (_Candidate(_with_stop(cut), position, 1) for cut in clause_cuts(sentence))
    if following and word_count(sentence) >= _A_SENTENCE and not _leans(following):
        for i, second in enumerate((following, *clause_cuts(following))):
            yield _Candidate(f"{_with_stop(sentence)} {_with_stop(second)}", position, 1 + (i > 0))
    if len(sentence) > DESCRIPTION_LENGTH[1]:
        _, adjuncts, complements, *_ = title_cuts(sentence)
        yield from (_Candidate(_with_stop(cut), position, 2) for cut in adjuncts + complements)


def _with_stop(text: str) -> str:
    """The text with its full stop, unless something ends it already."""
    text = text.strip()
    return text if not text or _ENDED.search(text) else text.rstrip(" ,;:") + "."
