"""Recasts a French sentence where two forms say exactly the same: figures, names, places of adverbs, joined clauses.

"14 mois" is "quatorze mois"; somebody named by a surname may be named in full; an adverb may stand before or
after its participle; two independent clauses may be two sentences. Every step does nothing where it is not sure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping

from rewriter.french.appositions import name_first
from rewriter.french.elision import vowel_sound
from rewriter.french.lexicon import is_known, lemma
from rewriter.french.masking import HIDDEN, mask, unmask
from rewriter.french.verbs import is_conditional, is_future, is_imperfect, tenses

_UPPER = "A-ZÀÂÇÉÈÊËÎÏÔÙÛÜŒ"


def recast(sentence: str, people: Mapping[str, str]) -> str:
    """Return the sentence with every step made that is safe; `people` gives full names by surname."""
    masked = mask(sentence)
    if masked is None:
        return sentence
    steps: tuple[Callable[[str], str], ...] = (
        _figures,
        lambda text: _in_full(text, people),
        _adverb_after,
        _adjectives,
        _circumstance_inside,
        _clauses_apart,
        name_first,
    )
    text = masked.text
    for step in steps:
        text = step(text)
    return unmask(text, masked)


# --- figures -------------------------------------------------------------------------------------------------

_SMALL = (
    "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze",
    "quinze", "seize",
)  # fmt: skip
_LETTERS = {str(value): word for value, word in enumerate(_SMALL, 2)}
_FIGURES = {word: str(value) for value, word in enumerate(_SMALL, 2) if value >= 10} | {
    "vingt": "20", "trente": "30", "quarante": "40", "cinquante": "50", "soixante": "60",
}  # fmt: skip
"""French papers write figures up to sixteen in letters, and larger ones in digits."""
_UNIT = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|pour cent|ans?|heures?|h"
    r"|km|kilo\w*"
    r"|mètres?|euros?|dollars?|livres?|francs?|points?|degrés?|millions?|milliards?|mille|cents?|et|à|ou|sur|contre|en|dont|est)\b"
)
_IN_DIGITS = re.compile(
    r"(?P<before>\b(?:[Ll]es|[Dd]es|[Ss]es|[Cc]es|aux|de|à|avec|pour|dans|sur|sont|compte|quelque|environ|seulement) )"
    rf"(?P<figure>\d{{1,2}})(?= (?!{_UNIT})[a-zà-ÿ]{{3,}})"
)
_IN_LETTERS = re.compile(
    rf"(?<![\w-])(?<!sur )(?P<word>{'|'.join(_FIGURES)})"
    r"(?= (?!mille|cent|million|milliard|et|ou|à|pour|premi|derni|autres)[a-zà-ÿ]{3,})"
)


def _figures(text: str) -> str:
    """les 14 communes → les quatorze communes · quatorze mois → 14 mois"""
    lettered = _IN_DIGITS.sub(lambda m: m["before"] + _LETTERS.get(m["figure"], m["figure"]), text)
    if lettered != text:
        return text if re.search(r"\d", lettered) else lettered  # one sentence, one manner
    return _IN_LETTERS.sub(lambda m: _FIGURES[m["word"]], text)


# --- people --------------------------------------------------------------------------------------------------

_FULL_NAME = re.compile(
    rf"(?<![\w’'-])(?P<first>[{_UPPER}][a-zà-ÿ]+(?:-[{_UPPER}][a-zà-ÿ]+)?) "
    rf"(?P<last>(?:d[eu] |d['’]|Mc|Le )?[{_UPPER}][\w’'-]{{2,}})"
    rf"(?! [{_UPPER}])"
)
_BEFORE_SURNAME = (
    r"(?P<before>^|(?<=\w), |\b(?:[Pp]ar|[Aa]vec|[Qq]ue|[Pp]our|[Ss]elon|[Cc]ontre|[Cc]hez|[Dd]e|à|et|mais|si|où) "
    r"|\b(?:[Dd]|[Qq]u)['’])"
)


def people_of(source: str) -> dict[str, str]:
    """Full names by surname, where the source gives one surname to one person only."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in _FULL_NAME.finditer(source):
        if not match["last"].isupper() and not is_known(match["first"].lower()) and not is_known(match["last"].lower()):
            found[match["last"]].add(f"{match['first']} {match['last']}")
    return {last: full.pop() for last, full in found.items() if len(full) == 1}


def _in_full(text: str, people: Mapping[str, str]) -> str:
    """… a dit Orban → a dit Viktor Orban: the first surname that stands alone is written in full."""
    for last, full in people.items():
        if full in text:
            continue
        match = re.search(rf"{_BEFORE_SURNAME}{re.escape(last)}(?![\w’'-])(?! [{_UPPER}])", text)
        if match and (before := _meeting(match["before"], full)) is not None:
            return text[: match.start()] + before + full + text[match.end() :]
    return text


def _meeting(before: str, name: str) -> str | None:
    """The small word before a name, elided or not as the name wants it; None when that is not sure."""
    plain = before.strip(" ’'").lower()
    if plain not in {"de", "d", "que", "qu"}:
        return before
    vowel = vowel_sound(name.split(maxsplit=1)[0])
    if vowel is None:
        return None
    stem = before[0] + ("u" if plain.startswith("q") else "")
    return f"{stem}’" if vowel else f"{stem}e "


# --- adverbs and adjectives ----------------------------------------------------------------------------------

_PARTICIPLE = r"[a-zà-ÿ]{2,}(?:é|i|is|it|u|us|ert|aint|eint)(?:e|s|es)?"
_ADVERB_BEFORE = re.compile(
    r"\b(?P<aux>(?:a|ont|avait|avaient|aurait|auraient) )"
    r"(?P<adverb>(?!notamment|seulement|vraiment|justement|simplement|comment|moment)"
    rf"[a-zà-ÿ]{{4,}}ment) (?P<participle>{_PARTICIPLE})(?= (?!été\b))"
)


def _adverb_after(text: str) -> str:
    """a fortement augmenté → a augmenté fortement"""

    def swap(match: re.Match[str]) -> str:
        verb = lemma(match["participle"]).endswith(("er", "ir", "re", "oir"))
        return f"{match['aux']}{match['participle']} {match['adverb']}" if verb else match.group()

    return _ADVERB_BEFORE.sub(swap, text)


_ADJECTIVE = r"[a-zà-ÿ]{{2,}}(?:ique|elle?|ale?|aux|eux|euse|if|ive|aire|ienne?|aine?|oise?|able|ible)s?"
_ADJECTIVES = re.compile(
    rf"(?<=[a-zà-ÿ]{{3}} )(?P<a>{_ADJECTIVE.format()}) et (?P<b>{_ADJECTIVE.format()})"
    r"(?=[,.;]|$| (?:d[eu]s?|dans|pour|par|qui|sur|en|à|au)\b)"
)


def _adjectives(text: str) -> str:
    """économique et sociale → sociale et économique"""

    def swap(match: re.Match[str]) -> str:
        a, b = match["a"], match["b"]
        alike = a.endswith(("s", "x")) == b.endswith(("s", "x")) and is_known(a) and is_known(b)
        return f"{b} et {a}" if alike else match.group()

    return _ADJECTIVES.sub(swap, text)


# --- clauses -------------------------------------------------------------------------------------------------

_MONTH = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_TIME = (
    r"(?:En \d{4}|Le mois dernier|La semaine dernière|L['’]an dernier|L['’]année dernière|Hier"
    r"|Jusqu['’]à présent|Jusqu['’]ici|Depuis lors|Depuis longtemps|Cette année|Cette semaine"
    r"|Ces derniers mois|Ces dernières années"
    r"|(?:Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche)(?: (?:matin|soir|dernier))?"
    rf"|En (?:{_MONTH})(?: \d{{4}})?|Le \d{{1,2}}(?:er)? (?:{_MONTH})(?: \d{{4}})?)"
)
_CIRCUMSTANCE = (
    rf"(?:{_TIME}|(?:En|Dans|À|Au|Aux|Sur|Sous|Pendant|Durant|Après|Avant|Depuis|Avec|Devant|Malgré"
    r"|Lors d(?:e|u|es)|D['’]ici|Au cours d(?:e|u|es)|À l['’]issue d(?:e|u|es)|Face (?:à|aux?)) "
    rf"(?:(?!{HIDDEN}|\b(?:qui|que|dont|où)\b)[^,;:.]){{3,60}})"
)
_CIRCUMSTANCE_FIRST = re.compile(rf"(?P<circumstance>{_CIRCUMSTANCE}), (?P<clause>[^,;:]+\.|[^,;:]+[,;:].*)")
_BEFORE_VERB = 9
"""Words in which a clause must show its verb."""
_HAVE_OR_BE = frozenset(
    ["a", "ont", "avait", "avaient", "aura", "auront", "aurait", "auraient", "est", "sont", "était", "étaient"]
) | {"sera", "seront", "serait", "seraient"}
_NO_PLACE_AFTER = frozenset(["pas", "plus", "jamais", "guère", "rien", "point"])


def _circumstance_inside(text: str) -> str:
    """Le mois dernier, X a secoué Y → X a secoué, le mois dernier, Y"""
    match = _CIRCUMSTANCE_FIRST.fullmatch(text)
    if not match or match["clause"][0].isdigit() or match["clause"].startswith("seul"):
        return text
    tokens = match["clause"].split(" ")
    at = _end_of_verb(tokens)
    if at is None or at >= len(tokens) or tokens[at].casefold() in _NO_PLACE_AFTER:
        return text
    head, rest, aside = " ".join(tokens[:at]), " ".join(tokens[at:]), match["circumstance"]
    return f"{head[:1].upper()}{head[1:]}, {aside[:1].lower()}{aside[1:]}, {rest}"


def _end_of_verb(tokens: list[str]) -> int | None:
    """Index after the verb of a clause that begins with its subject; None where there is any doubt."""
    for i, token in enumerate(tokens[:_BEFORE_VERB]):
        plain = re.split(r"['’]", token)[-1].casefold()
        if token[-1:] in ",;:" or plain in {"qui", "que", "dont", "où", "ne"} or re.match(r"(?:n|qu)['’]", token):
            return None
        if i == 0:
            continue
        if plain in _HAVE_OR_BE:
            return _after_participle(tokens, i + 1)
        if is_future(plain) or is_conditional(plain) or is_imperfect(plain):
            following = tokens[i + 1] if i + 1 < len(tokens) else ""
            infinitive = following.endswith(("er", "ir", "re", "oir")) and lemma(following) == following
            return i + 2 if infinitive else i + 1
    return None


def _after_participle(tokens: list[str], at: int) -> int | None:
    """Index after the participle that follows an auxiliary; None when something else does."""
    if tokens[at : at + 1] == ["été"]:
        at += 1
    word = tokens[at] if at < len(tokens) else ""
    verb = re.fullmatch(_PARTICIPLE, word) and lemma(word).endswith(("er", "ir", "re", "oir"))
    return at + 1 if verb else None


_JOINT = re.compile(r",? et (?=(?:le|la|les|un|une|des|ces|cette|cet|son|sa|ses|leurs?|il|elle|ils|elles|cela) |l['’])")
_SCOPE = re.compile(
    r"\b(?:que?|qu['’]|qui|si|s['’]il|dont|où|pour|afin|lorsque|quand|entre|comme|car|puisque)\b|qu['’]|[:;]"
)
_VERB_WITHIN = 7
"""Words in which the second clause must show its verb."""


def _clauses_apart(text: str) -> str:
    """P et le maire a signé. → P. Le maire a signé."""
    for joint in _JOINT.finditer(text):
        first, second = text[: joint.start()], text[joint.end() :]
        head = " ".join(second.split()[:_VERB_WITHIN])
        if _SCOPE.search(first) or _SCOPE.search(head) or "," in head or " et " in head:
            continue
        if len(first.split()) >= 6 and _happens(first) and _happens(head) and text.endswith("."):
            return f"{first}. {second[:1].upper()}{second[1:]}"
    return text


def _happens(clause: str) -> bool:
    """Whether a clause has a finite verb of which there is no doubt."""
    found = tenses(clause)
    return bool(found["past"] or found["future"])
