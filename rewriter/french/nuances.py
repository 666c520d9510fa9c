"""The small words and verb forms that turn a meaning: negations, modality, quantity, tense.

Each function counts what it finds in a text, by kind, so that a rewriting can be held against its source:
a count that moved is a reason to look, and no proof. All of it is approximate; nothing here parses.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from rewriter.french.lexicon import lemma
from rewriter.french.segment import sentences, unified, words

_REACH = 8
"""Words between "ne" and its partner: farther apart, they seldom belong together."""


def _tokens(sentence: str) -> tuple[str, ...]:
    return tuple(unified(word) for word in words(sentence))


def _found(text: str, kinds: dict[str, str]) -> Counter[str]:
    """How often each kind's pattern matches the unified text."""
    plain = unified(text)
    found = {kind: len(_compiled(pattern).findall(plain)) for kind, pattern in kinds.items()}
    return Counter({kind: count for kind, count in found.items() if count})


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-])(?:{pattern})(?![\w'-])")


# ── negation ─────────────────────────────────────────────────────────────────────────────────────────────

_PARTNERS = {
    **dict.fromkeys(["pas", "point", "guère", "nullement", "aucunement"], "pas"),
    **dict.fromkeys(["aucun", "aucune", "nul", "nulle"], "aucun"),
    **{word: word for word in ("plus", "jamais", "rien", "personne", "ni")},
    **dict.fromkeys(["que", "qu'"], ""),  # a restriction: see quantifiers
}
_NEGATED_ALONE = frozenset(["pouvoir", "savoir", "cesser", "oser"])  # "ne cesse de", with no partner
_A_STEP = frozenset(
    ["un", "le", "ce", "de", "d'", "premier", "au", "les", "des", "chaque", "faux", "quelques"]
)
_OTHER_NEGATIONS = {
    "sans": r"sans(?! (?:doute|cesse|arret|arrêt|précédent|fin|délai|tarder|abri)\b)",
    "non": r"(?<!ou )non(?! seulement\b)(?!-)|non-(?=\w)",
}
_REFUSALS = frozenset(
    [
        "refuser",
        "rejeter",
        "nier",
        "démentir",
        "interdire",
        "empêcher",
        "exclure",
        "renoncer",
        "réfuter",
        "contester",
    ]
)


def negations(text: str) -> Counter[str]:
    """Negations by kind: pas, plus, jamais, rien, personne, aucun, ni, sans, non, and refus for refuser, nier …

    One count a clause: "ne … ni … ni" and "sans aucun" are one each. "ne … que" is a restriction, and "ne"
    without a partner is mostly an expletive ("avant qu'il ne parte"): neither counts. "sans doute", "non
    seulement" and "un pas" do not either.
    """
    found = _found(text, _OTHER_NEGATIONS)
    for sentence in sentences(text):
        tokens = _tokens(sentence)
        found.update(kind for kind in _clause_negations(tokens) if kind)
        found["refus"] += sum(lemma(token) in _REFUSALS for token in tokens)
    return +found


def _clause_negations(tokens: Sequence[str]) -> Iterator[str]:
    taken: set[int] = set()
    for index, token in enumerate(tokens):
        if token in ("ne", "n'"):
            partner = _partner(tokens, index, taken)
            if partner is not None:
                taken.add(partner)
                yield _PARTNERS[tokens[partner]]
            elif index + 1 < len(tokens) and lemma(tokens[index + 1]) in _NEGATED_ALONE:
                yield "pas"
    yield from (
        _PARTNERS[tokens[i]] for i in range(len(tokens)) if i not in taken and _negates_alone(tokens, i)
    )


def _partner(tokens: Sequence[str], index: int, taken: set[int]) -> int | None:
    """Where the word stands that makes a negation of the "ne" at `index`: after it, or else before."""
    ahead = range(index + 1, min(index + 1 + _REACH, len(tokens)))
    behind = range(index - 1, max(index - 1 - _REACH, -1), -1)
    after = (i for i in ahead if tokens[i] in _PARTNERS)
    before = (
        i
        for i in behind
        if tokens[i] in ("aucun", "aucune", "nul", "nulle", "personne", "rien", "jamais", "ni")
    )
    first_after, first_before = next(after, None), next(before, None)
    if first_after is not None and _PARTNERS[tokens[first_after]]:
        return first_after
    return first_before if first_before is not None and first_before not in taken else first_after


def _negates_alone(tokens: Sequence[str], index: int) -> bool:
    """Whether "pas", "jamais" or "aucun" negates without a "ne" ("pas de quoi"), and is no noun or echo."""
    token = tokens[index]
    before = tokens[max(0, index - 3) : index]
    if token == "pas":
        return not before or (before[-1] not in _A_STEP and "ne" not in before and "n'" not in before)
    return token in ("aucun", "aucune") and not {"ne", "n'", "sans", "ni", "jamais"} & set(
        tokens[max(0, index - _REACH) : index]
    )


# ── verb forms ───────────────────────────────────────────────────────────────────────────────────────────

_FUTURE_ENDINGS = ("rai", "ras", "ra", "rons", "rez", "ront")
_CONDITIONAL_ENDINGS = ("rais", "rait", "rions", "riez", "raient")
_IMPERFECT_ENDINGS = ("ais", "ait", "ions", "iez", "aient")
# Future stems that are not the infinitive, by the end of the infinitive.
_IRREGULAR_STEMS = (
    ("être", "ser"), ("avoir", "aur"), ("savoir", "saur"), ("aller", "ir"), ("faire", "fer"), ("pouvoir", "pourr"),
    ("voir", "verr"), ("envoyer", "enverr"), ("venir", "viendr"), ("tenir", "tiendr"), ("falloir", "faudr"),
    ("valoir", "vaudr"), ("cevoir", "cevr"), ("devoir", "devr"), ("mouvoir", "mouvr"), ("vouloir", "voudr"),
    ("pleuvoir", "pleuvr"), ("mourir", "mourr"), ("courir", "courr"), ("quérir", "querr"), ("cueillir", "cueiller"),
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


# ── modality ─────────────────────────────────────────────────────────────────────────────────────────────

_POSSIBILITY = (
    r"peut-être|peut-etre|probable(?:s|ment)?|possible(?:s|ment)?|éventuel(?:le)?s?|éventuellement|vraisemblablement"
    r"|sans doute|susceptibles?|potentiel(?:le)?s?|potentiellement|risques? de|risquent de|risque d'|il se peut"
    r"|envisag\w+|semblent?|semblait|semblaient|sembleraient|semblerait"
)
_OBLIGATION = (
    r"faut|faudra|faudrait|fallait|fallu|obligatoires?|obligatoirement|obligée?s?|contrainte?s? [àd]\w*|tenue?s? de"
    r"|nécessaires?|nécessairement|impérati(?:f|fs|ve|ves)|impérativement|indispensables?|exig(?:e|ent|eait|é)"
)
_HEARSAY = (
    r"selon|d'après|à en croire|présumée?s?|prétendue?s?|prétendument|supposée?s?|supposément|rumeurs?|dit-on"
    r"|semble-t-il|de sources?|apparemment|aurait|auraient"
)


def modals(text: str) -> Counter[str]:
    """Modality by kind: conditional, possibility, obligation, hearsay.

    A form may count twice: "pourrait" is a conditional and a possibility; "aurait" a conditional and, as
    newspapers use it, hearsay. The noun "pouvoir" and "dû à" do not count.
    """
    found = _found(text, {"possibility": _POSSIBILITY, "obligation": _OBLIGATION, "hearsay": _HEARSAY})
    for sentence in sentences(text):
        tokens = tuple(word.casefold() for word in words(sentence))
        found["conditional"] += sum(is_conditional(token) for token in tokens)
        found["possibility"] += sum(
            lemma(token) == "pouvoir" and not token.startswith("pouvoir") for token in tokens
        )
        found["obligation"] += sum(_obliges(tokens, index) for index in range(len(tokens)))
    return +found


def _obliges(tokens: Sequence[str], index: int) -> bool:
    """Whether a form of devoir obliges; "dû à", "due à" give a cause, and "devoir" is mostly a noun."""
    token = tokens[index]
    if token in ("devoir", "devoirs", "due", "dues", "dus") or lemma(token) != "devoir":
        return False
    return token != "dû" or index + 1 == len(tokens) or tokens[index + 1] not in ("à", "au", "aux")


# ── quantity ─────────────────────────────────────────────────────────────────────────────────────────────

_FIGURE = (
    r"(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante"
    r"|soixante|cent|mille|\d[\d ,.]*|l[ae] moitié)\b"
)
_QUANTIFIERS = {
    "tous": r"(?:tous|toutes)(?! deux)|(?:tout|toute)s? (?:le|la|l'|les|son|sa|ses|leurs?|ce|cette|ces)(?=\W|\w)"
    r"|l'ensemble (?:de|du|des|d')|la totalité|l'intégralité",
    "la plupart": r"la plupart|la majorité|majoritairement|une majorité|la plus grande partie",
    "certains": r"certaine?s?(?= \w)|certains",
    "plusieurs": r"plusieurs|de nombreux|de nombreuses|nombre de|beaucoup",
    "quelques": r"quelques|quelques-une?s|une poignée",
    "peu": r"peu (?:de|d'|nombreux|nombreuses)|rares? (?:sont|est)",
    "chaque": r"chaque|chacune?",
    "aucun": r"aucune?|nulle?|pas une? seule?",
    "moitié": r"(?:la )?moitié",
    "tiers": r"(?:un|deux) tiers",
    "quart": r"(?:un|trois) quarts?",
    "plus de": rf"plus (?:de|d')\s?(?={_FIGURE})|au-delà de|dépass\w+|supérieure?s? à",
    "moins de": rf"moins (?:de|d')\s?(?={_FIGURE})|inférieure?s? à|en dessous de",
    "environ": rf"environ|près (?:de|d')\s?(?={_FIGURE})|quelque (?={_FIGURE})|autour de (?={_FIGURE})|à peu près"
    rf"|approximativement|une (?:dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|soixantaine"
    rf"|centaine)|presque|quasiment|avoisin\w+",
    "au moins": r"au moins|à tout le moins|au minimum",
    "jusqu'à": rf"jusqu'(?:à|au|aux)\s?(?={_FIGURE})|au plus|au maximum|maximum",
    "seulement": r"(?<!non )seulement|uniquement|exclusivement|(?:ne|n')(?:\s?[\w'-]+){1,3} (?:que|qu')(?=\W|\w)",
}  # fmt: skip
_NOT_RESTRICTED = re.compile(r"\b(?:pas|plus|jamais|rien|personne|guère)\b")


def quantifiers(text: str) -> Counter[str]:
    """Quantifiers by a name that gathers their inflections: tous, la plupart, plus de, environ, seulement …

    "plus de", "près de", "quelque" and "jusqu'à" count before a figure only, so that "près de Kiev" does not.
    """
    return _found(_NOT_RESTRICTED.sub("…", text), _QUANTIFIERS | {"seulement": _QUANTIFIERS["seulement"]})


# ── tense ────────────────────────────────────────────────────────────────────────────────────────────────

_HAVE_NOW = frozenset(["ai", "as", "a", "avons", "avez", "ont"])
_ARE_NOW = frozenset(["suis", "es", "est", "sommes", "êtes", "sont"])
_GO_NOW = frozenset(["vais", "vas", "va", "allons", "allez", "vont"])
_WITH_ETRE = frozenset(
    [
        "aller",
        "venir",
        "arriver",
        "partir",
        "entrer",
        "sortir",
        "naître",
        "mourir",
        "rester",
        "devenir",
        "tomber",
    ]
    + [
        "monter",
        "descendre",
        "passer",
        "retourner",
        "revenir",
        "parvenir",
        "intervenir",
        "décéder",
        "rentrer",
    ]
)
_SIMPLE_PASTS = frozenset(
    ["fut", "furent", "eut", "eurent", "fit", "firent", "put", "purent", "vint", "prit", "dut"]
)
_OTHER_PRESENTS = frozenset(
    ["fait", "font", "peut", "peuvent", "doit", "doivent", "veut", "veulent", "sait", "savent"]
)
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
    verbs = [lemma(word) for word in following if _PARTICIPLE.fullmatch(word) and _is_verb(lemma(word), word)]
    if "été" in following:
        return token in _HAVE_NOW
    if token in _HAVE_NOW:
        return bool(verbs)
    reflexive = index > 0 and tokens[index - 1].replace("’", "'") in ("s'", "se")
    return token in _ARE_NOW and bool(verbs) and (reflexive or verbs[0] in _WITH_ETRE)


def _is_simple_past(token: str) -> bool:
    return (
        token.endswith(("èrent", "a"))
        and len(token) > 3
        and lemma(token).endswith("er")
        and lemma(token) != token
    )


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
