"""The small words that turn a meaning: negations, modality, quantity.

Each function counts what it finds in a text, by kind, so that a rewriting can be held against its source:
a count that moved is a reason to look, and no proof. All of it is approximate; nothing here parses.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rewriter.french.lemmas import lemma
from rewriter.french.segment import sentences, unified, words
from rewriter.french.verbs import is_conditional

_REACH = 8
"""Words between "ne" and its partner: farther apart, they seldom belong together."""


_CLAUSE_END = re.compile(r"[,;:()–—]")


def _tokens(sentence: str) -> tuple[str, ...]:
    return tuple(unified(word) for word in words(sentence))


def _found(text: str, kinds: dict[str, str]) -> Counter[str]:
    """How often each kind's pattern matches the unified text."""
    plain = unified(text)
    found = {kind: len(_compiled(pattern).findall(plain)) for kind, pattern in kinds.items()}
    return Counter({kind: count for kind, count in found.items() if count})


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern between the ends of words; after its own "d'" or space, any word may follow."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?:(?<!\w)|(?![\w-]))")


# ── negation ─────────────────────────────────────────────────────────────────────────────────────────────

_PARTNERS = {
    **dict.fromkeys(["pas", "guère", "nullement", "aucunement"], "pas"),
    **dict.fromkeys(["aucun", "aucune", "nul", "nulle"], "aucun"),
    **{word: word for word in ("plus", "jamais", "rien", "personne")},
    **dict.fromkeys(["que", "qu'", "ni"], ""),  # a restriction: see quantifiers; "ni" is counted by itself
}
_BEFORE_NE = frozenset(["aucun", "aucune", "nul", "nulle", "personne", "rien", "jamais"])
_NEGATED_ALONE = frozenset(
    ("peut", "peuvent", "pouvait", "pourrait", "sait", "saurait", "savait", "cesse", "cessent", "ose")
)
_NO_ECHO = frozenset(("ne", "n'", "sans", "ni", "jamais"))
_A_STEP = frozenset(("un", "le", "ce", "de", "d'", "premier", "au", "les", "des", "chaque", "faux"))
_OTHERS = {
    "sans": r"sans(?! (?:doute|cesse|arrêt|précédent|fin|délai|tarder|abri)\b)",
    "non": r"(?<!ou )non(?! seulement\b)(?!-)|non-(?=\w)",
}
_REFUSALS = frozenset(
    ("refuser", "rejeter", "nier", "démentir", "interdire", "empêcher", "exclure", "renoncer", "réfuter")
)


def negations(text: str) -> Counter[str]:
    """Negations by kind: pas, plus, jamais, rien, personne, aucun, ni, sans, non; refus for refuser, nier …

    One count a clause: "ne … ni … ni", "n'a jamais rien" and "sans aucun" are one each. "ne … que" is a
    restriction, and "ne" without a partner mostly an expletive ("avant qu'il ne parte"): neither counts.
    "sans doute", "non seulement" and "un pas" do not either.
    """
    found = _found(text, _OTHERS)
    for sentence in sentences(text):
        for clause in _CLAUSE_END.split(sentence):
            found.update(kind for kind in _clause_negations(_tokens(clause)) if kind)
        tokens = _tokens(sentence)
        found["ni"] += "ni" in tokens
        found["refus"] += sum(lemma(token) in _REFUSALS for token in tokens)
    return +found


def _clause_negations(tokens: Sequence[str]) -> Iterator[str]:
    """The kind of every negation, "" for a restriction."""
    taken: set[int] = set()
    for index in (i for i, token in enumerate(tokens) if token in ("ne", "n'")):
        partner = _partner(tokens, index)
        if partner is not None:
            taken.add(partner)
            yield _PARTNERS[tokens[partner]]
        elif index + 1 < len(tokens) and tokens[index + 1] in _NEGATED_ALONE:
            yield "pas"
    alone = (i for i in range(len(tokens)) if i not in taken and _negates_alone(tokens, i))
    yield from (_PARTNERS[tokens[i]] for i in alone)


def _partner(tokens: Sequence[str], index: int) -> int | None:
    """Where the word stands that makes a negation of the "ne" at `index`: after it, or else before."""
    ahead = range(index + 1, min(index + 1 + _REACH, len(tokens)))
    after = next((i for i in ahead if tokens[i] in _PARTNERS), None)
    if after is not None and _PARTNERS[tokens[after]]:
        return after
    behind = range(index - 1, max(index - 1 - _REACH, -1), -1)
    return next((i for i in behind if tokens[i] in _BEFORE_NE), after)


def _negates_alone(tokens: Sequence[str], index: int) -> bool:
    """Whether "pas" or "aucun" negates without a "ne" ("pas de quoi"), and is no noun and no echo."""
    before = tokens[max(0, index - _REACH) : index]
    if tokens[index] == "pas":
        return not before or (before[-1] not in _A_STEP and not {"ne", "n'"} & set(before))
    return tokens[index] in ("aucun", "aucune") and not _NO_ECHO & set(before)


# ── modality ─────────────────────────────────────────────────────────────────────────────────────────────

_POSSIBILITY = (
    r"peut-être|probable(?:s|ment)?|possible(?:s|ment)?|éventuel(?:le)?s?|éventuellement"
    r"|vraisemblablement|sans doute|susceptibles?|potentiel(?:le)?s?|potentiellement"
    r"|risque(?:s|nt)? (?:de|d')|il se peut"
    r"|envisag\w+|semblent?|semblait|semblaient|sembleraient|semblerait"
)
_OBLIGATION = (
    r"faut|faudra|faudrait|fallait|fallu|obligatoires?|obligatoirement|obligée?s?|contrainte?s? (?:à|de|d')"
    r"|tenue?s? (?:de|d')"
    r"|nécessaires?|nécessairement|impérati(?:f|fs|ve|ves)|impérativement|indispensables?|exig(?:e|ent|eait|é)"
)
_HEARSAY = (
    r"selon|d'après|à en croire|présumée?s?|prétendue?s?|prétendument|supposée?s?|supposément|rumeurs?|dit-on"
    r"|semble-t-il|de sources?|apparemment|aurait|auraient"
)


def modals(text: str) -> Counter[str]:
    """Modality by kind: conditional, possibility, obligation, hearsay, omission ("peut ne pas venir").

    A form may count twice: "pourrait" is a conditional and a possibility; "aurait" a conditional and, as
    newspapers use it, hearsay. The noun "pouvoir" and "dû à" do not count.
    """
    found = _found(text, {"possibility": _POSSIBILITY, "obligation": _OBLIGATION, "hearsay": _HEARSAY})
    for sentence in sentences(text):
        tokens = tuple(word.casefold() for word in words(sentence))
        found["conditional"] += sum(is_conditional(token) for token in tokens)
        found["possibility"] += sum(lemma(token) == "pouvoir" and not token.startswith("pouvoir") for token in tokens)
        found["obligation"] += sum(_obliges(tokens, index) for index in range(len(tokens)))
        found["omission"] += len(_OMITS.findall(" ".join(tokens)))
    return +found


_OMITS = re.compile(
    r"\b(?:peu(?:t|vent)|pou(?:rr|v)\w+|doi(?:t|vent)|dev(?:r|ait|aient)\w*|risqu\w+ de|sembl\w+) ne (?!que\b)"
)
"""Who "may not come" need not be one who "cannot come"."""


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
    "tous": r"tous(?! deux)|toutes(?! deux)|toute? (?:l[ea]|l'|son|sa|leur|ce|cet|cette)"
    r"|l'ensemble (?:de|du|des|d')|la totalité|l'intégralité",
    "la plupart": r"la plupart|la majorité|majoritairement|une majorité|la plus grande partie",
    "certains": r"certaine?s|un certain nombre",
    "plusieurs": r"plusieurs|de nombreux|de nombreuses|nombre de|beaucoup",
    "quelques": r"quelques|quelques-une?s|une poignée",
    "peu": r"peu (?:de|d'|nombreux|nombreuses)|rares? (?:sont|est)",
    "chaque": r"chaque|chacune?",
    "aucun": r"aucune?|nulle? (?:ne |n')|pas une? seule?",
    "moitié": r"(?:la )?moitié",
    "tiers": r"(?:un|deux) tiers",
    "quart": r"(?:un|trois) quarts?",
    "plus de": rf"plus (?:de|d')\s?(?={_FIGURE})|au-delà de|dépass\w+|supérieure?s? à",
    "moins de": rf"moins (?:de|d')\s?(?={_FIGURE})|inférieure?s? à|en dessous de",
    "environ": rf"environ|(?:près de|près d'|quelque|autour de)\s?(?={_FIGURE})|à peu près"
    r"|approximativement|une (?:dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine"
    r"|soixantaine|centaine)|presque|quasiment|avoisin\w+",
    "au moins": r"au moins|à tout le moins|au minimum",
    "jusqu'à": rf"jusqu'(?:à|au|aux)\s?(?={_FIGURE})|au plus|au maximum|maximum",
    "seulement": r"(?<!non )seulement|uniquement|exclusivement"
    r"|(?:ne |n')(?:(?!(?:pas|plus|jamais|rien|personne|guère|ni)\b)[\w'-]+ ){1,3}(?:que|qu')",
}  # fmt: skip


def quantifiers(text: str) -> Counter[str]:
    """Quantifiers by a name that gathers their inflections: tous, la plupart, plus de, environ, seulement …

    "plus de", "près de", "quelque" and "jusqu'à" count before a figure only, so that "près de Kiev" does not.
    """
    return _found(text, _QUANTIFIERS)
