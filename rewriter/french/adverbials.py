"""Moves of what may stand in several places: when it happened, "toutefois", "de son côté"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rewriter.french.clause_parts import TIME, capital, has_verb, is_speaker, opens_with_subject, small

_AUXILIARY = (
    r"(?:n['’])?(?:s['’]est|se sont|a|ont|est|sont|sera|seront|avait|avaient|était|étaient)"
    r"(?: pas| été| déjà| également| aussi){0,3}"
)
_PARTICIPLE = r"(?P<participle>[a-zà-ÿœ'’-]*[a-zà-ÿœ](?:é|i|is|it|u|ert|int|t)e?s?)"
_CORE = rf"(?P<subject>[^,:;]{{2,90}}?(?:, [^,:;]{{3,80}},)?) (?P<auxiliary>{_AUXILIARY}) {_PARTICIPLE}"
_DATED = frozenset(
    [
        "choisi", "fixé", "fixée", "fixés", "fixées", "retenu", "retenue", "proposé", "prévu", "prévue",
        "prévus", "prévues", "reporté", "reportée", "reportés", "reportées", "attendu", "attendue", "attendus",
        "attendues", "célébré", "fêté", "commémoré", "passé", "daté", "datée", "évoqué"
    ]
)  # fmt: skip
"""Participles whose date may be their object."""
_GOES_ON = re.compile(
    r",? (?:et|ou|puis|au|de|du|des|d['’]|jusqu|à \d)(?![\w-])|,? (?:lorsqu|quand|où|date|année|jour)"
    r"|, (?:le |la |en |\d|lun|mar|mer|jeu|ven|sam|dim)"
)
_CLAUSE_WORD = re.compile(r"(?<![\w-])(?:qui|que|qu|dont|où|lequel|laquelle|lesquels|lesquelles|si|ce|c|cela)(?![\w-])")


def _is_simple(match: re.Match[str]) -> bool:
    """Whether the subject is one, the verb is its verb, and what stands for a participle can be one."""
    subject = match["subject"]
    if not opens_with_subject(subject) or _CLAUSE_WORD.search(subject) or has_verb(re.sub(r"\bporte-\w+", "", subject)):
        return False
    phrase, _, apposition = subject.partition(", ")
    if apposition and not (is_speaker(small(phrase)) and is_speaker(apposition.rstrip(","))):
        return False
    return match["participle"] not in _DATED and match["participle"] not in ("été", "fait", "dit", "tout", "plus")


def time_to_front(s: str) -> Iterator[str]:
    """S a annoncé mardi R. → Mardi, S a annoncé R."""
    match = re.fullmatch(rf"{_CORE} (?P<when>{TIME})(?P<rest>(?:,? .+)?)\.", s)
    if match and _is_simple(match) and not _GOES_ON.match(match["rest"]):
        subject = small(match["subject"])
        yield f"{capital(match['when'])}, {subject} {match['auxiliary']} {match['participle']}{match['rest']}."


_OBJECT = (
    r"(?: (?:le|la|les|l['’]|une?|des|que|qu['’]|à|aux?|par|dans|son|sa|ses|leurs?|plusieurs|avoir"
    r"|vouloir)(?:(?<=['’])|(?= )).*)?"
)


def time_behind_verb(s: str) -> Iterator[str]:
    """Mardi, S a adopté R. → S a adopté mardi R."""
    match = re.fullmatch(rf"(?P<when>{TIME}), {_CORE}(?P<rest>{_OBJECT})\.", s[:1].lower() + s[1:])
    if not match or not _is_simple(match) or re.match(rf" {TIME}", match["rest"]):
        return
    when = match["when"][0].lower() + match["when"][1:]
    if match["rest"] and not re.match("(?:lun|mar|mer|jeu|ven|sam|dim|hier)", when):
        return
    yield f"{capital(match['subject'])} {match['auxiliary']} {match['participle']} {when}{match['rest']}."


_SHARE = r"[^,:;]{10,90} de \d+(?:,\d+)?[ \u00a0\u202f]?%"


def time_of_a_share(s: str) -> Iterator[str]:
    """S a reculé de 4 % en 2023. ↔ En 2023, S a reculé de 4 %."""
    last = re.fullmatch(rf"(?P<said>{_SHARE}) (?P<when>en (?:19|20)\d\d|{TIME})\.", s)
    if last and _is_one_simple_clause(last["said"]):
        yield f"{capital(last['when'])}, {small(last['said'])}."
    first = re.fullmatch(rf"(?P<when>{TIME}), (?P<said>{_SHARE})\.", s[:1].lower() + s[1:])
    if first and _is_one_simple_clause(capital(first["said"])):
        yield f"{capital(first['said'])} {first['when'][0].lower()}{first['when'][1:]}."


def _is_one_simple_clause(text: str) -> bool:
    return (
        opens_with_subject(text)
        and has_verb(text)
        and not _CLAUSE_WORD.search(text)
        and not re.search(rf" (?:et|ou|mais) |(?<!\w){TIME}", text)
    )


_VOTE = r"(?P<vote>par [\w-]+ voix(?: pour)? contre [\w-]+(?:(?:,| et) [\w-]+ abstentions?)?)"
_VERBAL = re.compile(r"\w(?:é|ée|és|ées|ie|is|ies|ue|us|ues|ant|er|ir|re)(?![\w-])")


def vote_to_front(s: str) -> Iterator[str]:
    """S a adopté R par 43 voix contre 19. → Par 43 voix contre 19, S a adopté R."""
    match = re.fullmatch(rf"{_CORE}(?P<rest>(?: [^,:;]+?)?),? {_VOTE}\.", s)
    if match and _is_simple(match) and not (_CLAUSE_WORD.search(match["rest"]) or _VERBAL.search(match["rest"])):
        subject = small(match["subject"])
        yield f"{capital(match['vote'])}, {subject} {match['auxiliary']} {match['participle']}{match['rest']}."


_LINK = r"(?P<link>toutefois|cependant|pourtant|par ailleurs|en outre|en revanche)"


def link_behind_auxiliary(s: str) -> Iterator[str]:
    """Toutefois, S a refusé R. → S a toutefois refusé R."""
    match = re.fullmatch(
        rf"(?P<link>Toutefois|Cependant|Pourtant|Par ailleurs|En outre|En revanche), (?P<subject>[^,:;]{{2,90}}?)"
        rf" (?P<auxiliary>(?:a|ont|est|sont|sera|seront|avait|avaient|était"
        rf"|étaient)) {_PARTICIPLE}(?P<rest>(?:,? .+)?)\.",
        s,
    )
    if match and _is_simple(match):
        yield (
            f"{capital(match['subject'])} {match['auxiliary']} {match['link'].lower()} "
            f"{match['participle']}{match['rest']}."
        )


_SIDE = r"(?:de (?:son|leur) côté|pour (?:sa|leur) part)"


def side_to_front(s: str) -> Iterator[str]:
    """X, de son côté, V R. → De son côté, X V R."""
    match = re.fullmatch(rf"(?P<subject>[^,:;]{{2,90}}), (?P<side>{_SIDE}), (?P<rest>.+)\.", s)
    if match and is_speaker(small(match["subject"])):
        yield f"{capital(match['side'])}, {small(match['subject'])} {match['rest']}."
