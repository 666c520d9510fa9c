"""Writes candidates for passages: what is asked of the model, and what the rules write by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rewriter.article import Origin, Passage
from rewriter.engine.base import CompletionRequest, Locks, Sampling
from rewriter.french.clauses import moves
from rewriter.french.exchanges import exchange
from rewriter.french.measure import non_latin_letters
from rewriter.french.quotes import quotations
from rewriter.french.recasting import recast
from rewriter.french.rewording import reword
from rewriter.french.segment import sentences
from rewriter.french.typography import tidy, typeset
from rewriter.writing import prompts

_REWORDINGS = 6
"""Rewordings tried of a passage as it stands, and of each of its moved forms."""
_SEED_STRIDE = 1_000
"""Between the seeds of two passages: more than there are candidates."""
_MOST_PASSAGES = 100_000
"""Passages of an article, so that the seeds of two rounds never meet."""


@dataclass(frozen=True)
class Text:
    """A candidate before any check."""

    text: str
    origin: Origin
    varied: bool = False
    """Whether rules have changed what the model wrote."""


@dataclass(frozen=True)
class Manner:
    """How the model is asked: from which language, in which round, and whether its first answers were refused."""

    language: str
    round_number: int = 0
    stricter: bool = False
    careful: bool = False
    """Whether the model is not trusted with words of its own."""
    prompts: str | None = None
    """A folder of prompts that stand before the program's own."""

    @property
    def prompt(self) -> str:
        """Name of the prompt."""
        if self.language != "fr":
            return "translate"
        if self.careful:
            return "recut"
        return "retouch" if self.stricter and self.round_number else "rewrite"

    @property
    def temperature(self) -> float:
        """A small model's grammar breaks from about 0.7 on; a refused passage is asked for more coolly."""
        if self.language != "fr":
            return 0.2 + 0.2 * self.round_number
        return 0.3 if self.prompt == "retouch" else 0.4 + 0.15 * self.round_number


def ask(passage: Passage, manner: Manner, candidates: int, seed: int, tokens: int) -> CompletionRequest:
    """Ask the model for candidates.

    `tokens` is the passage's length in tokens: a rewriting of twice that is not a rewriting.
    """
    return CompletionRequest(
        prompts.load(manner.prompt, manner.prompts).messages(_one_line(passage.text)),
        n=candidates,
        max_tokens=2 * tokens + 24,
        sampling=Sampling(manner.temperature, min_p=0.1),
        stop=("\n",),
        locks=locks_for(passage.text, manner.language),
        seed=seed + _SEED_STRIDE * (_MOST_PASSAGES * manner.round_number + passage.number),
    )


_LABELS = (
    *("titre :", "titre:", "voici", "#", "*", "---", "note :", "réponse :", "résultat :", "bien sûr", "certainement"),
    *("réécriture :", "réécrit :", "passage réécrit", "passage :", "phrase réécrite", "texte réécrit", "article :"),
)


def locks_for(said: str, language: str) -> Locks:
    """What cannot be written of a text: other numbers and quotations than its own, labels, foreign letters.

    A translation writes numbers and quotations anew: across languages only labels and letters are locked.
    """
    labels = tuple(label for label in _LABELS if not said.casefold().startswith(label))
    latin = not non_latin_letters(said)
    if language != "fr":
        return Locks(latin, labels=labels)
    quoted = tuple(quotation.text for quotation in quotations(said))
    unread = not quoted and re.search('[«»“”„"]', said) is not None
    return Locks(latin, said, None if unread else quoted, labels)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def reword_passage(passage: Passage, seed: int, people: Mapping[str, str]) -> tuple[Text, ...]:
    """Reword a French passage without the model: clauses moved, words exchanged for near-exact equivalents."""
    forms = [passage.sentences, *_moved(passage)]
    bases = list(
        dict.fromkeys(base for form in forms for base in (_recast(_exchanged(form), people), _exchanged(form), form))
    )
    made: list[str] = []
    for number, base in enumerate(bases):
        for k in range(_REWORDINGS):
            made.append(_reworded(base, seed + _SEED_STRIDE * number + k, lightly=k % 3 == 2))
        made.append(" ".join(base))
    finished = dict.fromkeys(finish(text) for text in dict.fromkeys(made))  # many draws are alike
    finished.pop(as_it_stands(passage), None)
    return tuple(Text(text, "rewording") for text in finished)


def vary(text: Text, seed: int, people: Mapping[str, str]) -> tuple[Text, ...]:
    """Reword what the model wrote, as a passage is reworded: it gets further from the source, and no less true."""
    recast_text = _recast(_exchanged(sentences(text.text)), people)
    drawn = dict.fromkeys(finish(_reworded(recast_text, seed + k, lightly=k % 2 == 1)) for k in range(_REWORDINGS))
    return tuple(Text(variant, text.origin, varied=True) for variant in drawn)


def _reworded(base: tuple[str, ...], seed: int, lightly: bool) -> str:
    """One rewording; a light one leaves every second word that could change."""
    draws = [reword(sentence, seed) for sentence in base]
    if lightly:
        spared = [old for draw in draws for old, _ in draw.replacements[seed % 2 :: 2]]
        draws = [reword(sentence, seed, protected=spared) for sentence in base]
    return " ".join(draw.text for draw in draws)


def _exchanged(base: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(exchange(sentence) for sentence in base)


def _recast(base: tuple[str, ...], people: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(recast(sentence, people) for sentence in base)


def _moved(passage: Passage) -> list[tuple[str, ...]]:
    """The passage with one of its sentences moved, for each way of moving each."""
    forms = []
    for i, sentence in enumerate(passage.sentences):
        for moved in moves(sentence):
            forms.append((*passage.sentences[:i], moved, *passage.sentences[i + 1 :]))
    return forms


_LABEL = re.compile(
    r"^\W*(?:passage|phrase|texte|réécriture|retouche|réponse|résultat|version|titre|intertitre|chapô|traduction)"
    r"(?: (?:n°\s?)?\d{1,2}| (?:réécrit|retouché|modifié|traduit|reformulé|corrigé|final|français|proposé)e?){0,2}"
    r"\W{0,3}\s?: ?",
    re.IGNORECASE,
)


def as_it_stands(passage: Passage) -> str:
    """A French passage in the source's words: those of a part of a quotation were set with the whole of it."""
    return passage.text if passage.quoted else finish(passage.text)


@lru_cache(maxsize=1 << 12)  # the typography of a passage is asked for in every round
def finish(text: str) -> str:
    """Give a text the typography of French print, without labels and markup; no word changes otherwise.

    A label is one of the words that models put before an answer ("Passage réécrit :"), and nothing longer:
    "Réponse du ministre : non" stays whole.
    """
    text = tidy(_LABEL.sub("", _one_line(text)))
    return typeset(text[:1].upper() + text[1:])
