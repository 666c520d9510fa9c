"""Small words on which it hangs who does what, when, and of whom it is said: a writer may not turn them.

"se verrait accorder" is to be given, not to give; "fait réagir" is to make react; "sont organisées" says nothing of
who organises; "selon lesquelles" says whose opinion it is; "à compter du 5 mars" is not "le 5 mars".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rewriter.article import Finding
from rewriter.french.lexicon import lemma, modals
from rewriter.french.segment import words

_MUST_STAY = (
    ("tour passif perdu", re.compile(r"\bse v(?:oi|err|oy)\w+")),
    ("relatif perdu", re.compile(r"\b(?:selon|pour|par|dans|avec|contre|sur|sans) l(?:e|a|es)quel\w*")),
    ("« faire » perdu", re.compile(r"\b(?:fai|fer|fass|fon)\w* \w+(?:er|ir|re|oir)\b")),
    ("borne de temps perdue", re.compile(r"\b(?:à (?:compter|partir) d|dès (?!lors)|jusqu|d['’]ici)")),
)
_REFLEXIVE = re.compile(r"\b(?:se |s['’](?!il))")
_PASSIVE = re.compile(
    r"\b(?:est|sont|était|étaient|sera|seront|serait|seraient|été|être) (?:\w+ment |aussi )?"
    r"(\w+(?:é|i|is|it|u)e?s?)\b"
)
_PARTICIPLE = re.compile(r"\w+(?:é|i|is|it|u)e?s?")
_POINTING = re.compile(
    r"\b(?:certaine?s|plusieurs|tous|toutes|aucune?|chacune?|celui|celles?|ceux|eux)\b(?!-ci|-là)", re.IGNORECASE
)

_NUMBERED = r"(\d+(?:[ \u00a0\u202f.]\d{3})*|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\b"
_SOME = re.compile(rf"(?:^|[.;!?»] )des {_NUMBERED}")
_ALL = re.compile(rf"\b[lcs]es {_NUMBERED}")
"""All of them, with their number: "les 163 autres"."""


def check_hinges(text: str, passage: str) -> tuple[Finding, ...]:
    """Hold the hinges of a candidate against its passage's; every finding is an error."""
    turned = list(_turned(text.casefold(), passage.casefold()))
    if not turned:
        return ()
    return (Finding("hinges", "error", f"Qui fait quoi, quand, ou de qui il s'agit, a changé : {', '.join(turned)}."),)


def _turned(ours: str, theirs: str) -> Iterator[str]:
    yield from (what for what, pattern in _MUST_STAY if pattern.search(theirs) and not pattern.search(ours))
    yield from sorted(set(_POINTING.findall(ours)) - set(_POINTING.findall(theirs)))
    if set(_SOME.findall(ours)) & set(_ALL.findall(theirs)):
        yield "« les » devenu « des »"
    if len(_REFLEXIVE.findall(ours)) < len(_REFLEXIVE.findall(theirs)):
        yield "verbe pronominal perdu"
    if modals(ours)["conditional"] > modals(theirs)["conditional"]:
        yield "conditionnel ajouté"
    suffered = {lemma(participle) for participle in _PASSIVE.findall(theirs)}
    still = {lemma(word) for word in words(ours) if _PARTICIPLE.fullmatch(word)}
    done = {lemma(word) for word in words(ours) if not _PARTICIPLE.fullmatch(word)}
    yield from (f"« {verb} » n'est plus subi" for verb in sorted(suffered - still) if verb in done)
