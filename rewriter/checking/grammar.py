"""The grammar that a small model is not trusted with: it moves words about, but inflects and refers wrongly.

Each rule answers an error that was read in what the demo model wrote: "ont été recueillies" became "venus",
"la vivent" "vivent", "celui-ci" "ce cas", "célébrera" "fête", "vit la mobilisation" "vit de la mobilisation",
"ne fait plus de cours" "n'a plus de cours". What is left to it is to move, cut and join; the words
that it exchanges are those that the lexicon licenses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rewriter.article import Finding
from rewriter.checking.fidelity import difference
from rewriter.french.lexicon import content_words, lemma, modals, tenses
from rewriter.french.quotes import outside
from rewriter.french.segment import sentences, unified, words
from rewriter.french.speech import attributions
from rewriter.french.verbs import is_verb_form

_CLITICS = frozenset(["me", "te", "le", "la", "les", "l'", "m'", "t'", "lui", "leur", "y", "en"])
_DEMONSTRATIVES = frozenset(["ce", "cet", "cette", "ces"])
_POINTING = frozenset(
    [
        *["celui", "celle", "ceux", "celles", "sien", "sienne", "siens", "siennes", "leurs", "dont", "où"],
        *["auquel", "auxquels", "auxquelles", "laquelle", "lequel", "lesquels", "lesquelles", "duquel", "desquels"],
    ]
)
"""Pronouns that no other word replaces."""
_DETERMINERS = frozenset(
    ["le", "la", "les", "l'", "un", "une", "son", "sa", "ses", "leur", "leurs", "notre", "nos", "cette", "ces", "ce"]
)
_GENDERS = {"le": "la", "la": "le", "un": "une", "une": "un", "du": "la", "ce": "cette", "cette": "ce"}
_ARTICLES = _DETERMINERS | {"des", "du", "aux", "au"}
_LINKING = frozenset(["de", "d'", "à", "sur", "pour", "par", "contre", "en", "avec", "dans"])
_PREPOSITIONS = frozenset(["à", "sur", "par", "pour", "en", "dans", "avec", "contre", "sous", "vers", "chez", "sans"])
_HEAVY = frozenset(
    [
        *["contre", "par", "sur", "sans", "sous", "vers", "entre", "chez", "en", "pour"],
        *["bien", "car", "parce", "puisque", "si", "lorsque", "quand", "tandis", "se", "s'"],
    ]
)
"""What a sentence moved about has no need to add: prepositions, conjunctions that subordinate, a reflexive."""
_WEIGHTY = frozenset(["malgré", "sans", "sauf", "contre", "entre", "avant", "après"])
"""Those without which a sentence says something else."""
_CONTRASTS = frozenset(["mais", "cependant", "toutefois", "néanmoins", "pourtant", "alors", "tandis", "or", "bien"])
_LEAST_WORDS = 4
"""Words of a sentence that was cut off: "Des diplomates affirment." says nothing alone."""
_SET_PHRASES = re.compile(r"\ben particulier\b|\bentre autres\b")


def check_grammar(text: str, passage: str) -> tuple[Finding, ...]:
    """Hold the grammar of a small model's own sentence against its passage's; every finding is an error.

    Both are French. Words inside quotations are for the check of quotations.
    """
    lost = Counter(_capitalised(outside(passage), 1)) - Counter(_capitalised(outside(text), 0))
    turned = [
        *(f"« {name} » perdu" for name in lost),
        *_lost_relative(outside(text), outside(passage)),
        *_bad_beginnings(outside(text), outside(passage)),
        *dict.fromkeys(_turned(_levelled(text), _levelled(passage))),
    ]
    if not turned:
        return ()
    return (Finding("grammar", "error", f"Formes que la source n'emploie pas ainsi : {', '.join(turned)}."),)


def _levelled(text: str) -> str:
    """What is outside quotations, comparable, its set phrases in one word."""
    return _SET_PHRASES.sub("notamment", unified(outside(text)))


def _capitalised(text: str, start: int) -> Iterator[str]:
    """The capitalised words of each sentence, from its `start`-th word on."""
    for sentence in sentences(text):
        yield from (word for word in words(sentence)[start:] if word[0].isupper() and len(word) > 2)


def _turned(ours: str, theirs: str) -> Iterator[str]:
    here, there = words(ours), words(theirs)
    yield from (f"« {word} »" for word in reinflected(ours, there))
    yield from _changed_times(ours, theirs)
    yield from _exchanged(ours, theirs)
    yield from (f"« {' '.join(pair)} » perdu" for pair in Counter(_clitics(there)) - Counter(_clitics(here)))
    yield from _new_links(here, there)
    yield from _small_words(here, there)


def _exchanged(ours: str, theirs: str) -> Iterator[str]:
    """Content words, and "faire", that came or went without the lexicon's licence."""
    found = difference(ours, theirs)
    yield from (f"« {word} » ajouté" for word in found.new)
    yield from (f"« {word} » perdu" for word in found.lost)
    if len(attributions(ours)) < len(attributions(theirs)):
        yield "une attribution perdue"
    if "faire" in map(lemma, words(theirs)) and "faire" not in map(lemma, words(ours)):
        yield "« faire » perdu"


def _lost_relative(text: str, passage: str) -> Iterator[str]:
    """A "qui" gone though no sentence was cut there: its verb has another subject now."""
    here, there = (words(unified(said)).count("qui") for said in (text, passage))
    if here < there and len(sentences(text)) <= len(sentences(passage)):
        yield "« qui » perdu"


def _bad_beginnings(text: str, passage: str) -> Iterator[str]:
    """Words that begin a sentence without the article that they have in the passage; sentences of a few words."""
    there, said = words(unified(passage)), sentences(passage)
    articled = {b for a, b in pairwise(there) if a in _ARTICLES}
    plain = {b for a, b in pairwise(("", *there)) if a not in _ARTICLES}
    for sentence in sentences(text):
        first, *rest = words(unified(sentence)) or ("",)
        if first in articled - plain:
            yield f"« {first} » sans article"
        if len(rest) < _LEAST_WORDS and sentence not in said:
            yield f"« {sentence} » tout seul"


def _small_words(here: Sequence[str], there: Sequence[str]) -> Iterator[str]:
    added, lost = Counter(here) - Counter(there), Counter(there) - Counter(here)
    yield from (f"« {word} » ajouté" for word in added if word in _HEAVY)
    yield from (f"« {word} » perdu" for word in lost if word in _WEIGHTY or (word in _POINTING and word not in here))
    if "mais" in added and not _CONTRASTS & {*there}:
        yield "« mais » ajouté"
    if {"cela", "fait"} & added.keys() and "faire" in map(lemma, added):
        yield "« faire » ajouté"
    if sum(lost[word] - added[word] for word in ("que", "qu'")) > 0:
        yield "« que » perdu"


def reinflected(text: str, there: Sequence[str]) -> Iterator[str]:
    """Words of the passage in another form: an agreement, a person or a number of the model's own.

    A present participle agrees with nothing, and the first word of a moved clause loses its capital only.
    """
    lemmas, spellings = {lemma(word) for word in there}, {word.replace("y", "i") for word in there}
    for word in content_words(text):
        if word.replace("y", "i") not in spellings and lemma(word) in lemmas and not word.endswith("ant"):
            yield word


def _changed_times(ours: str, theirs: str) -> Iterator[str]:
    here, there = tenses(ours), tenses(theirs)
    if here["future"] != there["future"]:
        yield "un futur"
    if modals(ours)["conditional"] != modals(theirs)["conditional"]:
        yield "un conditionnel"


def _clitics(tokens: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pronouns before a verb; an article before a noun that looks like one does no harm."""
    return (
        (a, b)
        for a, b in pairwise(tokens)
        if a in _CLITICS and is_verb_form(b) and not b.endswith(("é", "ée", "és", "ées"))
    )


def _new_links(here: Sequence[str], there: Sequence[str]) -> Iterator[str]:
    """What "ce" points at, the gender of articles, what a preposition hangs on, where the passage says otherwise."""
    said = set(pairwise(there))
    for at, (a, b) in enumerate(pairwise(here)):
        if (a, b) in said:
            continue
        if a in _DEMONSTRATIVES and b not in ("qui", "que", "qu'", *here[:at]):  # it points at nothing
            yield f"« {a} {b} »"
        before = {x for x, y in said if y == b} & _PREPOSITIONS
        if a in _PREPOSITIONS and before and a not in before:
            yield f"« {a} {b} »"
        if a in _GENDERS and (_GENDERS[a], b) in said:
            yield f"« {a} {b} »"
        if b in _LINKING and any((a, determiner) in said for determiner in _DETERMINERS):
            yield f"« {a} {b} »"
