"""Broken French that a dictionary does not see: every word exists, and the sentence does not.

A few patterns, each read in what small models wrote. They are meant for texts that stand beside a sound one: what the
other text has as well is nobody's fault, and the caller leaves it out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rewriter.french.lemmas import is_listed, lemma
from rewriter.french.verbs import is_conditional, is_future, is_imperfect, is_verb_form, tenses

_ADVERBS = r"(?:(?:pas|plus|jamais|encore|déjà|aussi|bien|toujours|ainsi|maintenant|pourtant|cependant|\w+ment) )*"
_AFTER_HAVE = re.compile(rf"\b(?:a|ont|avait|avaient|aura|aurait|auraient) {_ADVERBS}(?P<word>[^\W\d_]{{4,}})\b")
_PARTICIPLE = re.compile(r".+(?:é|i|is|it|u|ert|eint|aint|oint|us|ort)e?s?")
_BARE_PARTICIPLE = re.compile(
    r"\b(?P<verb>[^\W\d_]{4,}) (?:(?:toujours|jamais|bien|déjà|encore) )?(?:cru|pu|voulu|su|eu|été)\b"
)
_PRONOUN_AND_PARTICIPLE = re.compile(
    r"\b(?:ils?|elles?) (?:(?:ne|se|en|y|le|la|les|lui|leur) |[nsl]['’](?:en |y )?)*(?P<word>[^\W\d_]{3,}ant)\b",
    re.IGNORECASE,
)
_NO_PARTICIPLE = frozenset(("avant", "pendant", "durant", "autant", "maintenant", "pourtant", "cependant", "devant"))
_OTHER_SUBJECT = r"(?! (?:le|un|ce|il|on|qui|que|dont|son|et|ou|de \w+ et) |[,;:.]| l['’])"
_FEMININE_SUBJECT = re.compile(
    rf"(?:^|[,.;:] )(?:la|une|cette) \w+(?:{_OTHER_SUBJECT}(?: de l['’]\w+| d['’]\w+| [\w-]+)){{0,6}}?"
    r" a été (?P<word>\w+(?:é|i|u|is|it))\b",
    re.IGNORECASE,
)
_AGREEING = re.compile(r"\b(?:a|ont|avait|avaient) (?P<word>\w+és)\b")
_AGREES_WITH = re.compile(r"\b(?:les|que|quel\w*|nous|vous|combien|se)\b|\b(?:qu|s)['’]")
_UNACCENTED = re.compile(r"\b(?:a|ont|avait|avaient) (?P<word>[a-zà-ÿ]{4,}e)\b")
_HAD = frozenset(
    ("peine", "charge", "envie", "honte", "cause", "conscience", "confiance", "prise", "affaire", "droite")
)
"""Nouns with the form of a verb that stand right behind "a": "a peine à croire"."""
_WENT = re.compile(
    r"\bété (?:venu|allé|parti|arrivé|resté|devenu|né|mort|tombé|parvenu|intervenu)e?s?\b"
    rf"|\b(?:a|ont|avait|avaient|aura|auront) {_ADVERBS}"
    r"(?:venu|allé|parti|arrivé|devenu|parvenu|intervenu|survenu)e?s?\b"
)
_NO_NE = re.compile(
    r"\b(?:a|ont|avait|avaient|est|sont|était|étaient) (?:\w+(?:é|i|u|is|it)e?s? )?(?:aucune?|rien|personne|jamais)\b"
)
_NEGATED = re.compile(r"\b(?:ne|sans|ni|jamais|si|que)\b|\b[nN]['’]", re.IGNORECASE)
_MANY_OF_ONE = re.compile(
    r"(?:\b(?:[Dd]es|[Cc]es|[Ss]es|[Mm]es|[Aa]ux|[Pp]lusieurs)|^Les) (?P<word>[a-zà-ÿœ]{4,}[^\W\dsxz_])\b(?!-)"
)
_ONE_OF_MANY = re.compile(
    r"(?<!et )\b(?:[Cc]haque|[Cc]et|[Cc]ette|[Uu]ne?|[Dd]u|Le|La|Ce) (?P<word>[a-zà-ÿœ]{3,}[sx])\b(?!-)"
)
_INVARIABLE = frozenset(
    ["quatre", "cinq", "sept", "huit", "onze", "douze", "treize", "quatorze", "quinze", "seize", "vingt", "trente",
     "quarante", "cinquante", "soixante", "cent", "mille", "avant", "entre", "moins", "quelque", "environ", "autre"]
)  # fmt: skip
_VERB_FIRST = re.compile(r"(?:^|(?<=[.!?] ))(?P<word>[A-ZÀ-Þ][a-zà-ÿ]+(?:ra|ront|rait|raient)) (?!-)")
_NOUN_OF_VERB = re.compile(
    r"\b(?:[Ll]e|[Ll]a|[Uu]ne?|[Dd]u|[Aa]u|[Cc]ette) (?P<word>[a-zà-ÿ]{3,}ant)\b(?= d(?:[ue]|es)\b)"
)
_NO_PHRASE = re.compile(
    r"\b[àÀ] terme de\b|\b(?:a|ont|est|sont) tout en \w+ant\b|\bCela est (?=(?:une?|l[ae]s?|des) |l['’]|\d)"
)
_AFTER_MODAL = re.compile(
    r"\b(?:doi(?:t|vent)|dev(?:ait|aient|ra|ront|rait|raient)|peu(?:t|vent)|pou(?:vait|vaient|rra|rront|rrait|rraient))"
    rf" {_ADVERBS}(?P<word>[a-zà-ÿ]{{3,}}er)\b"
)
_HANGING = re.compile(r"(?:^|(?<=[.!?] ))Ce qui (?P<word>\w+(?:ra|ront|rait|raient))\b(?P<rest>[^.!?]*)")
"""A relative clause that stands alone: "Ce qui coûtera 2 millions.\""""
_STRAY = re.compile(r"(?:^|(?<=[.!?] ))[B-KM-XZ] (?=[A-ZÀ-Þ][a-zà-ÿ])")
_UNDUE = re.compile(r"(?<![\w'’])(?:[dlmstj]|qu|jusqu|lorsqu|puisqu)['’](?=[bcdfgjklmnpqrstvxz])\w+", re.IGNORECASE)


_BEFORE = 80
"""Characters before "ont sauvés" in which that with which it agrees may stand."""


def solecisms(text: str) -> tuple[str, ...]:
    """The places where a text is broken: "a encourt", "elle assure cru", "il apportant", "d'Clarisse"."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[str]:
    for pattern, is_broken in _RULES:
        yield from (match[0] for match in pattern.finditer(text) if is_broken(match))
    for match in _FEMININE_SUBJECT.finditer(text):
        yield f"{match[0].lstrip(',.;: ')[:40]}… {match['word']}" if len(match[0]) > 60 else match[0].lstrip(",.;: ")
    for pattern in (_UNDUE, _WENT, _STRAY, _NO_PHRASE):
        yield from (match[0] for match in pattern.finditer(text))


def _lacks_before(match: re.Match[str], what: re.Pattern[str], beyond: int = 0) -> bool:
    """Whether something does not stand in the few words before a match."""
    return not what.search(match.string, max(0, match.start() - _BEFORE), match.start() + beyond)


def _is_bare(match: re.Match[str]) -> bool:
    """Whether a participle stands behind a verb that is no auxiliary: "elle assure cru"."""
    verb = match["verb"].casefold()
    return is_verb_form(verb) and lemma(verb) != "avoir" and not _PARTICIPLE.fullmatch(verb) and _is_third(verb)


def _is_singular(word: str) -> bool:
    return word not in _INVARIABLE and is_listed(word + "s") and is_listed(word)


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (_AFTER_HAVE, lambda m: _is_finite(m["word"])),
    (_BARE_PARTICIPLE, _is_bare),
    (
        _PRONOUN_AND_PARTICIPLE,
        lambda m: m["word"].casefold() not in _NO_PARTICIPLE and _is_of_verb(m["word"]),
    ),
    (_AGREEING, lambda m: _lacks_before(m, _AGREES_WITH)),  # "ont sauvés 57 migrants": what they saved stands behind
    (_UNACCENTED, lambda m: m["word"] not in _HAD and is_listed(m["word"][:-1] + "er")),
    (_VERB_FIRST, lambda m: is_future(m["word"]) or is_conditional(m["word"])),
    (_HANGING, lambda m: not tenses(m["rest"]) and (is_future(m["word"]) or is_conditional(m["word"]))),
    (_NOUN_OF_VERB, lambda m: _is_of_verb(m["word"]) and not is_listed(m["word"] + "s")),
    (_AFTER_MODAL, lambda m: not _is_infinitive(m["word"])),
    (_NO_NE, lambda m: _lacks_before(m, _NEGATED, 2)),
    (_MANY_OF_ONE, lambda m: _is_singular(m["word"])),
    (_ONE_OF_MANY, lambda m: lemma(m["word"]) in (m["word"][:-1], m["word"][:-2] + "l", m["word"][:-3] + "ail")),
)


def _is_finite(word: str) -> bool:
    """Whether a word behind "a" is a verb that can be no participle: "encourt", "coupant", "prévoyait"."""
    form = word.casefold()
    if form.endswith("ant"):
        return form not in _NO_PARTICIPLE
    if not is_verb_form(form) or form.endswith(("fait", "trait")):
        return False
    return is_imperfect(form) or (
        form.endswith(("ourt", "ient", "oit", "end", "et")) and not _PARTICIPLE.fullmatch(form)
    )


def _is_third(verb: str) -> bool:
    return verb.endswith(("e", "ent", "it", "a"))


def _is_infinitive(word: str) -> bool:
    """Whether a word in "er" is a verb: its future or its participle is listed ("passeront", but no "passageront")."""
    return word.endswith(("iser", "ifier")) or is_listed(word + "ont") or is_listed(word[:-2] + "é")


def _is_of_verb(participle: str) -> bool:
    return lemma(participle.casefold()).endswith(("er", "ir", "re", "oir"))
