"""The forms of French verbs as far as a word list can tell them apart: conditional, future, imperfect, tense.

Needs no parser: whether "-rait" is a conditional follows from the infinitive ("donnerait", but "montrait").
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from rewriter.french.lemmas import lemma
from rewriter.french.segment import sentences, words

_FUTURE_ENDINGS = ("rai", "ras", "ra", "rons", "rez", "ront")
_CONDITIONAL_ENDINGS = ("rais", "rait", "rions", "riez", "raient")
_IMPERFECT_ENDINGS = ("ais", "ait", "ions", "iez", "aient")
# Future stems that are not the infinitive, by the end of the infinitive.
_IRREGULAR_STEMS = (
    ("être", "ser"), ("avoir", "aur"), ("savoir", "saur"), ("aller", "ir"), ("faire", "fer"),
    ("pouvoir", "pourr"), ("voir", "verr"), ("envoyer", "enverr"), ("venir", "viendr"), ("tenir", "tiendr"),
    ("falloir", "faudr"), ("valoir", "vaudr"), ("cevoir", "cevr"), ("devoir", "devr"), ("mouvoir", "mouvr"),
    ("vouloir", "voudr"), ("pleuvoir", "pleuvr"), ("mourir", "mourr"), ("courir", "courr"),
    ("quérir", "querr"), ("cueillir", "cueiller"),
)  # fmt: skip


def is_conditional(word: str) -> bool:
    """Whether the word is a verb in the conditional: "donnerait" is, the imperfect "montrait" is not."""
    return _has_future_stem(word, _CONDITIONAL_ENDINGS)


def is_future(word: str) -> bool:
    """Whether the word is a verb in the simple future."""
    return _has_future_stem(word, _FUTURE_ENDINGS)


def is_imperfect(word: str) -> bool:
    """Whether the word looks like a verb in the imperfect; present subjunctives in -ions count as well."""
    form = word.casefold()
    return form.endswith(_IMPERFECT_ENDINGS) and _is_verb(lemma(form), form) and not is_conditional(form)


def is_verb_form(word: str) -> bool:
    """Whether the word looks like a verb that is not in the infinitive; some nouns and adjectives do too."""
    form = word.casefold()
    return _is_verb(lemma(form), form)


def _has_future_stem(word: str, endings: Sequence[str]) -> bool:
    form = unicodedata.normalize("NFC", word).casefold()
    infinitive = lemma(form)
    if not _is_verb(infinitive, form):
        return False
    stems = (form[: len(form) - len(end) + 1] for end in endings if form.endswith(end))
    return any(_is_stem_of(stem, infinitive) for stem in stems)


def _is_stem_of(stem: str, infinitive: str) -> bool:
    """Whether the stem, its r included, is the future stem of the verb."""
    for end, irregular in _IRREGULAR_STEMS:
        if infinitive.endswith(end) and stem == infinitive.removesuffix(end) + irregular:
            return True
    return _levelled(stem) == _levelled(infinitive.removesuffix("e"))


def _levelled(stem: str) -> str:
    """The stem without what French spelling changes in it: accents, doubled letters, y or i."""
    bare = "".join(c for c in unicodedata.normalize("NFD", stem) if not unicodedata.combining(c))
    return re.sub(r"(.)\1", r"\1", bare.replace("y", "i"))


def _is_verb(infinitive: str, form: str) -> bool:
    return infinitive != form and infinitive.endswith(("er", "ir", "re", "oir"))


# ── tense ────────────────────────────────────────────────────────────────────────────────────────────────

_HAVE_NOW = frozenset(["ai", "as", "a", "avons", "avez", "ont"])
_ARE_NOW = frozenset(["suis", "es", "est", "sommes", "êtes", "sont"])
_GO_NOW = frozenset(["vais", "vas", "va", "allons", "allez", "vont"])
_WITH_ETRE = frozenset(
    ("aller", "venir", "arriver", "partir", "entrer", "sortir", "naître", "mourir", "rester", "devenir",
     "tomber", "monter", "descendre", "passer", "retourner", "revenir", "parvenir", "intervenir", "décéder",
     "rentrer")
)  # fmt: skip
_SIMPLE_PASTS = frozenset(["fut", "furent", "eut", "eurent", "fit", "firent", "put", "purent", "vint", "prit", "dut"])
_OTHER_PRESENTS = frozenset(["fait", "font", "peut", "peuvent", "doit", "doivent", "veut", "veulent", "sait", "savent"])
_PARTICIPLE = re.compile(r".{1,}(?:é|i|is|it|u|ert|aint|eint)e?s?")


def tenses(text: str) -> Counter[str]:
    """Verb forms by time, roughly: past, present, future.

    Past: imperfect, perfect ("a déclaré", "s'est rendu", "est arrivé") and some simple pasts. Future: simple,
    and "va" with an infinitive. Present: what else looks like a finite verb; nouns with a verb's form are
    missed rather than counted. The conditional has no time here: see `modals`.
    """
    found: Counter[str] = Counter()
    for sentence in sentences(text):
        tokens = tuple(word.casefold() for word in words(sentence))
        found.update(time for i in range(len(tokens)) if (time := _time(tokens, i)))
    return found


def _time(tokens: Sequence[str], index: int) -> str:
    token = tokens[index]
    if is_future(token) or (token in _GO_NOW and _is_infinitive(tokens[index + 1 : index + 2])):
        return "future"
    if is_imperfect(token) or token in _SIMPLE_PASTS or _is_perfect(tokens, index) or _is_simple_past(token):
        return "past"
    return "present" if _is_present(tokens, index) else ""


def _is_infinitive(following: Sequence[str]) -> bool:
    return any(word.endswith(("er", "ir", "re", "oir")) and lemma(word) == word for word in following)


def _is_perfect(tokens: Sequence[str], index: int) -> bool:
    """Whether an auxiliary of the present stands here and its participle within three words."""
    token, following = tokens[index], tokens[index + 1 : index + 4]
    forms = (word for word in following if _PARTICIPLE.fullmatch(word))
    verbs = [_infinitive(word) for word in forms if _is_verb(_infinitive(word), word)]
    if "été" in following:
        return token in _HAVE_NOW
    if token in _HAVE_NOW:
        return bool(verbs)
    reflexive = index > 0 and tokens[index - 1].replace("’", "'") in ("s'", "se")
    return token in _ARE_NOW and bool(verbs) and (reflexive or verbs[0] in _WITH_ETRE)


def _infinitive(participle: str) -> str:
    """The verb; "parti" is a party to `lemma`, but here it stands after an auxiliary."""
    return "partir" if lemma(participle) == "parti" else lemma(participle)


def _is_simple_past(token: str) -> bool:
    return token.endswith(("èrent", "a")) and len(token) > 3 and lemma(token).endswith("er") and lemma(token) != token


def _is_present(tokens: Sequence[str], index: int) -> bool:
    token = tokens[index]
    if token in _HAVE_NOW | _ARE_NOW | _GO_NOW | _OTHER_PRESENTS:
        return True
    return (
        token.endswith(("e", "ent"))
        and lemma(token).endswith("er")
        and lemma(token) != token
        and not is_conditional(token)
    )
