"""Moves that change where a sentence says who says it: "P, a indiqué X." · "X a indiqué que P." · "Selon X, P."

Knows no meaning. A move is made only where the speaker is surely a speaker (a name, a function, an institution),
where what is said is one clause with its subject first, and where nothing else in the sentence speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rewriter.french.clause_parts import (
    NAME,
    TIME,
    capital,
    has_conditional,
    has_imperfect,
    is_one_clause,
    is_speaker,
    small,
    that,
)
from rewriter.french.masking import QUOTED

_REGULAR = (
    "affirmer", "ajouter", "annoncer", "assurer", "confier", "confirmer", "constater", "déclarer",
    "déplorer", "dénoncer", "estimer", "expliquer", "indiquer", "insister", "juger", "lancer", "marteler",
    "noter", "observer", "préciser", "raconter", "rappeler", "regretter", "relever", "répéter", "résumer",
    "souligner", "soupirer", "témoigner", "ironiser", "commenter", "nuancer"
)  # fmt: skip
_IRREGULAR = (
    ("dit", "disent", "dit"), ("prévient", "préviennent", "prévenu"), ("répond", "répondent", "répondu"),
    ("reconnaît", "reconnaissent", "reconnu"), ("réagit", "réagissent", "réagi"), ("conclut", "concluent", "conclu"),
    ("promet", "promettent", "promis"), ("avertit", "avertissent", "averti"),
    ("poursuit", "poursuivent", "poursuivi"),
)  # fmt: skip
_THAT = frozenset(
    [
        "affirmer", "ajouter", "annoncer", "assurer", "confirmer", "constater", "déclarer", "estimer",
        "expliquer", "indiquer", "juger", "noter", "observer", "préciser", "raconter", "rappeler", "relever",
        "répéter", "souligner", "dit", "prévient", "reconnaît", "promet", "avertit"
    ]
)  # fmt: skip
"""Verbs that take "que" with the indicative; of the irregular ones the present stands here."""
_NEUTRAL = frozenset(
    [
        "affirmer", "assurer", "déclarer", "estimer", "expliquer", "indiquer", "préciser", "juger", "dit"
    ]
)  # fmt: skip
"""Verbs that say no more than "selon"."""


def _present(verb: str) -> tuple[str, str]:
    stem = {"rappeler": "rappell", "marteler": "martèl", "répéter": "répèt", "relever": "relèv"}.get(verb, verb[:-2])
    return f"{stem}e", f"{stem}ent"


def _forms(verbs: frozenset[str] | None = None) -> str:
    """A pattern of the present and perfect forms of some verbs, or of all."""
    forms: list[str] = []
    for verb in _REGULAR:
        if verbs is None or verb in verbs:
            forms += [*_present(verb), f"a {verb[:-2]}é", f"ont {verb[:-2]}é"]
    for one, many, participle in _IRREGULAR:
        if verbs is None or one in verbs:
            forms += [one, many, f"a {participle}", f"ont {participle}"]
    return "(?:" + "|".join(sorted(forms, key=len, reverse=True)) + ")"


_SAYS, _SAYS_THAT, _SAYS_NEUTRALLY = _forms(), _forms(_THAT), _forms(_NEUTRAL)
_GOES_ON = (
    "(?:afin|pour|parce|car|puisque?|alors|avant|après|sans|sauf|si|s['’]|quand|lorsqu|tandis|bien que|mais|et|en"
    "|dès|depuis|jusqu|comme|faute|malgré|grâce|à|au|aux|lors|pendant|dans|avec|selon|d['’]après|tant)\\b"
)
"""What goes on with what was said, and is no apposition to who said it: "a annoncé la mairie, afin que …"."""
_SPEAKER = f"(?P<speaker>[^,:;.]{{2,110}}?(?:, (?!{_GOES_ON})[^,:;.]{{3,90}}?)?)"
_WHEN = rf"(?P<when> {TIME})?"


def _joined(*parts: str | None) -> str:
    return " ".join(part.strip() for part in parts if part and part.strip())


def _subject(speaker: str) -> str:
    """The speaker before its verb: an apposition is closed by a comma."""
    return f"{speaker}," if "," in speaker else speaker


def saying_last(s: str) -> Iterator[str]:
    """P, a indiqué mardi X. → X a indiqué mardi que P. · Selon X, P."""
    match = re.fullmatch(rf"(?P<said>.{{20,}}?), (?P<verb>{_SAYS_THAT}){_WHEN} {_SPEAKER}\.", s)
    if not match or not is_one_clause(match["said"]) or re.match(r"(?:Ce|Cette|Ces) derni|Cel", match["said"]):
        return
    said, speaker = match["said"], match["speaker"]
    name, adjunct = _split(speaker)
    if not name:
        return
    if clause := that(said):
        yield f"{capital(_joined(_subject(name), match['verb'], match['when'], adjunct, clause))}."
    if re.fullmatch(_SAYS_NEUTRALLY, match["verb"]) and not (match["when"] or adjunct):
        yield f"Selon {speaker}, {small(said)}."


def saying_first(s: str) -> Iterator[str]:
    """X a indiqué que P. → P, a indiqué X. · Selon X, P."""
    match = re.fullmatch(rf"{_SPEAKER},? (?P<verb>{_SAYS_THAT}){_WHEN} qu(?:e |['’])(?P<said>.{{20,}})\.", s)
    if not match or re.match(r"(?:ils?|elles?|on|son|sa|ses|leurs?)(?: |$)", match["said"]):
        return
    said, speaker = match["said"], small(match["speaker"])
    past = match["verb"].startswith(("a ", "ont "))
    if not is_speaker(speaker) or not is_one_clause(capital(said)) or re.search(r"\bqu(?:e |['’])", said):
        return
    if past and has_conditional(said):  # the future of a past: elsewhere it would say that nobody knows
        return
    yield f"{capital(said)}, {_joined(match['verb'], match['when'], speaker)}."
    if not match["when"] and re.fullmatch(_SAYS_NEUTRALLY, match["verb"]) and not (past and has_imperfect(said)):
        yield f"Selon {speaker}, {said}."


def _split(speaker: str) -> tuple[str, str]:
    """A speaker and what is said of the saying ("Jean Roux", "à la presse"); two empty texts where unsure."""
    if is_speaker(speaker):
        return speaker, ""
    match = re.fullmatch(
        (
            rf"(?P<name>{NAME}) (?P<adjunct>(?:à la presse|aux journalistes|à l['’]AFP"
            rf"|devant [^,]+|{TIME}))"
        ),
        speaker,
    )
    return (match["name"], match["adjunct"]) if match and is_speaker(match["name"]) else ("", "")


def according_last(s: str) -> Iterator[str]:
    """P, selon X. → Selon X, P."""
    match = re.fullmatch(r"(?P<said>.{20,}), (?P<how>selon|d['’]après) (?P<speaker>(?!qu)[^,:;]{2,80})\.", s)
    if match and is_one_clause(match["said"]) and not re.search(r"(?<![\w-])(?:et|qui)(?![\w-])", match["speaker"]):
        yield f"{capital(match['how'])} {match['speaker']}, {small(match['said'])}."


def according_first(s: str) -> Iterator[str]:
    """Selon X, P. → P, selon X."""
    match = re.fullmatch(r"(?P<how>Selon|D['’]après) (?P<speaker>(?!qu)[^,:;]{2,80}), (?P<said>.{20,150})\.", s)
    if match and is_one_clause(capital(match["said"])):
        yield f"{capital(match['said'])}, {match['how'][0].lower()}{match['how'][1:]} {match['speaker']}."


# --- quotations ------------------------------------------------------------------------------------------------
# Whether the quotation is whole and where its full stop stands is seen to where it is put back.


def quotation_first(s: str) -> Iterator[str]:
    """« Q », a déclaré X. → X a déclaré : « Q »"""
    match = re.fullmatch(rf"(?P<quoted>{QUOTED}),? (?P<verb>{_SAYS}){_WHEN} {_SPEAKER}\.", s)
    if match:
        name, adjunct = _split(match["speaker"])
        if name:
            yield f"{capital(_joined(_subject(name), match['verb'], match['when'], adjunct))} : {match['quoted']}."


def quotation_last(s: str) -> Iterator[str]:
    """X a déclaré : « Q » → « Q », a déclaré X."""
    match = re.fullmatch(rf"{_SPEAKER},? (?P<verb>{_SAYS}){_WHEN}[ \u00a0\u202f]?: (?P<quoted>{QUOTED})\.?", s)
    if match and is_speaker(speaker := small(match["speaker"])):
        yield f"{match['quoted']}, {_joined(match['verb'], match['when'], speaker)}."
