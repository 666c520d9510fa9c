"""Lemmas: which forms are one word. simplemma's, brought to the end of the road that it stops halfway on."""

from __future__ import annotations

import functools
import unicodedata

from rewriter.french.segment import unified
from rewriter.french.wordlists import word_list

# simplemma leaves many participles and feminines as they are: their ends, and the ends of their lemmas.
_ENDINGS = (
    ("ée", "er"),
    ("é", "er"),
    ("i", "ir"),
    ("u", "re"),
    ("uit", "uire"),
    ("trice", "teur"),
    ("euse", "eur"),
)
# Where simplemma stops at the participle of an irregular verb, or takes another verb.
_IRREGULAR = {
    "acquis": "acquérir", "aperçu": "apercevoir", "assis": "asseoir", "commis": "commettre",
    "contenu": "contenir", "convenu": "convenir", "couru": "courir", "couvert": "couvrir", "cru": "croire",
    "dément": "démentir", "détenu": "détenir", "disparu": "disparaître", "déçu": "décevoir",
    "écrit": "écrire", "élu": "élire", "ému": "émouvoir", "éteint": "éteindre", "inclus": "inclure",
    "joint": "joindre", "ouvert": "ouvrir", "permis": "permettre", "résolu": "résoudre",
    "saurer": "savoir", "suivi": "suivre", "vécu": "vivre",
}  # fmt: skip
_STEPS = 4
"""From any form in the dictionary to its last lemma it is four steps at most."""
_SAME_PREFIX = 5
_SAME_SHARE = 0.7


@functools.lru_cache(maxsize=1 << 16)
def lemma(word: str) -> str:
    """The word's dictionary form, casefolded, with accents; the word itself where none is known.

    simplemma answers "décidée" with "décidé" and that with "décider": here every form goes all the way, so
    that `lemma(lemma(word)) == lemma(word)`. Homographs share one lemma ("été" → "être").
    """
    form = unicodedata.normalize("NFC", word).replace("’", "'").removeprefix("-t-").strip("-")
    if not form:
        return word.casefold()
    found = _with_ligature(form)
    for _ in range(_STEPS):
        found = _further(found)
    return found.casefold()


def _with_ligature(form: str) -> str:
    """The form spelt with "œ" where French has it so ("soeur", but "coefficient")."""
    spelt = form.replace("oe", "œ")
    return spelt if is_listed(spelt) else form


def _further(form: str) -> str:
    """One step from an inflected form towards its lemma."""
    from simplemma import lemmatize  # loads its dictionary

    step = _IRREGULAR.get(form) or lemmatize(form, lang="fr")
    if step != form or form in word_list("nouns_like_participles"):
        return step
    candidates = (form.removesuffix(end) + of_lemma for end, of_lemma in _ENDINGS if form.endswith(end))
    return next((word for word in candidates if len(word) >= _SAME_PREFIX and is_listed(word)), form)


def same_word(a: str, b: str) -> bool:
    """Whether two forms are likely to belong to one word or one family.

    Equal lemmas, or a common beginning of at least 5 letters that makes up at least 70 % of the longer one:
    "annonce" and "annoncer" are, "bombarder" and "bombardement" (8 letters of 12) are not. It takes
    "producteur" and "production" for one: use it to forgive, never to accuse.
    """
    pairs = ((unified(a), unified(b)), (unified(lemma(a)), unified(lemma(b))))
    return any(x == y or _alike(x, y) for x, y in pairs)


def _alike(a: str, b: str) -> bool:
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= _SAME_PREFIX and common >= _SAME_SHARE * max(len(a), len(b))


def is_listed(form: str) -> bool:
    """Whether simplemma's dictionary has the form."""
    from simplemma import is_known as listed  # loads its dictionary

    return listed(form, lang="fr")
