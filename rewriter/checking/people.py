"""Names, functions, quotations and speakers of a candidate, held against its passage and the whole source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rewriter.article import Finding, Gravity
from rewriter.checking.ledger import Ledger
from rewriter.french.attribution import is_bare_claim, misattributed, quotes_moved, told_by_another
from rewriter.french.names import Name, closest, is_supported, unsupported_names
from rewriter.french.nationality import misplaced_nationalities
from rewriter.french.quotes import SCARE, Quotation, is_quoted_from_outside, lost_quotes, origins
from rewriter.french.roles import verbs_of
from rewriter.french.titles import Misattached, Role, misattached_titles

# ── names ────────────────────────────────────────────────────────────────────────────────────────────────


def name_findings(ours: Ledger, passage: Ledger, source: Ledger) -> Iterator[Finding]:
    """Names that the source lacks; names that only another passage has are warned of."""
    measured = [*(n.span for n in ours.numbers), *(d.span for d in ours.dates)]
    for name in unsupported_names(ours.text, passage.name_index):
        if any(start <= name.span[0] and name.span[1] <= end for start, end in measured):
            continue  # a unit ("Mt"), a month
        if _is_numbered(name, passage):
            continue
        if is_supported(name, source.name_index):
            longer = any(word in passage.name_index.words for word in name.words)
            yield Finding(
                "names",
                "note" if longer else "warning",
                f"« {name.text} » est nommé ailleurs dans la source, pas dans ce passage.",
                name.span,
            )
        else:
            near = closest(name, passage.name_index) or closest(name, source.name_index)
            hint = f" : la source écrit « {near} »" if near else ""
            yield Finding("names", "error", f"Le nom « {name.text} » n'est pas dans la source{hint}.", name.span, near)

    for said, theirs in misplaced_nationalities(ours.text, source.nationalities):
        message = f"La source dit « {theirs.text} », pas « {said.text} »."
        yield Finding("names", "error", message, said.span, theirs.text)


def _is_numbered(name: Name, passage: Ledger) -> bool:
    """Whether "D917" shortens "départementale 917"."""
    code = re.fullmatch(r"([A-Z])(\d+)", name.text)
    return code is not None and any(g[0] == code[1].lower() and g.endswith(code[2]) for g in passage.glued)


# ── functions ────────────────────────────────────────────────────────────────────────────────────────────

_REASONS = {
    "moved": "La source donne cette fonction à quelqu'un d'autre",
    "other": "La source donne à {name} une autre fonction",
    "modifier": "« ancien », « adjoint », « sortant » ou un mot de ce genre a été perdu ou ajouté",
    "nation": "La source parle d'un autre pays",
    "honorific": "La source écrit",
    "unknown": "La source ne donne cette fonction à personne",
}


def title_findings(ours: Ledger, passage: Ledger, source: Ledger) -> Iterator[Finding]:
    """Functions that the source gives to another, or not so; those that nobody's name stands beside are held
    against the passage first."""
    here = {m.role.span: m for m in misattached_titles(ours.text, passage.roles)}
    for found in misattached_titles(ours.text, source.roles):
        if found.role.span in here:
            yield _title_finding(found, _title_gravity(found, passage, source))
            del here[found.role.span]
    for found in here.values():
        if not found.role.name and found.reason in ("modifier", "nation"):
            yield _title_finding(found, "error")


def _title_gravity(found: Misattached, passage: Ledger, source: Ledger) -> Gravity:
    """An office that stands alone and that the source does not name is an error where it may replace one."""
    if found.role.name or found.reason != "unknown":
        return "error"
    if _is_said_with_verb(found.role, source):
        return "note"
    return "error" if any(not r.general for r in passage.roles.roles) else "warning"


def _is_said_with_verb(role: Role, source: Ledger) -> bool:
    stems = tuple(stem for function in role.functions for stem in verbs_of(function))
    return any(stem in source.name_index.words for stem in stems)


def _title_finding(found: Misattached, gravity: Gravity) -> Finding:
    role = found.role
    said = f"{role.text} {role.named}".strip() if found.reason != "honorific" else role.text
    hint = f" : « {found.source} »" if found.source else ""
    return Finding(
        "titles",
        gravity,
        f"« {said} ». {_REASONS[found.reason].format(name=role.named)}{hint}.",
        role.span,
        found.source,
    )


# ── quotations ───────────────────────────────────────────────────────────────────────────────────────────


def quotation_findings(ours: Ledger, passage: Ledger, source: Ledger) -> Iterator[Finding]:
    """Quotations whose words are not the source's, and quoted words that stand outside quotation marks."""
    if source.language != "fr":
        yield from _translated_quotations(ours, passage)
        return
    for quotation in ours.quotes.quotations:
        if not origins(quotation, passage.quotes):
            yield _quotation_finding(quotation, passage, source)
    for lost in lost_quotes(ours.text, passage.quotes):
        how = "sans guillemets" if lost.attributed else "sans guillemets, comme si le journaliste le disait"
        yield Finding(
            "quotations",
            "warning" if lost.attributed else "error",
            f"Ces mots sont une citation dans la source ; ils sont repris {how} : « {lost.text} ».",
            lost.span,
        )


def _quotation_finding(quotation: Quotation, passage: Ledger, source: Ledger) -> Finding:
    shown = quotation.text if len(quotation.text) < 80 else quotation.text[:77] + "…"
    if origins(quotation, source.quotes):
        return Finding(
            "quotations", "warning", f"Cette citation vient d'un autre passage : « {shown} ».", quotation.span
        )
    if is_quoted_from_outside(quotation, source.quotes):
        small = len(quotation.words) <= SCARE or quotation.text[:1].isupper()
        message = f"La source ne met pas ces mots entre guillemets : « {shown} »."
        return Finding("quotations", "warning" if small else "error", message, quotation.span)
    return Finding(
        "quotations",
        "error",
        f"Cette citation n'est pas, mot pour mot, dans la source : « {shown} ».",
        quotation.span,
    )


_LONGER = 2.2
"""How many times as long as the original a translated quotation may be. French needs about a fifth more words
than English; short quotations vary more."""


def _translated_quotations(ours: Ledger, passage: Ledger) -> Iterator[Finding]:
    """A translation cannot be compared word by word: as many quotations at most, of a likely length."""
    theirs = sorted((len(q.words) for q in passage.quotes.quotations), reverse=True)
    for quotation in ours.quotes.quotations:
        if not theirs or len(quotation.words) > _LONGER * theirs[0] + 3:
            message = f"Le passage n'a pas de citation dont celle-ci serait la traduction : « {quotation.text} »."
            yield Finding("quotations", "error", message, quotation.span)


# ── speakers ─────────────────────────────────────────────────────────────────────────────────────────────


def attribution_findings(ours: Ledger, passage: Ledger, source: Ledger) -> Iterator[Finding]:
    """Words given to somebody who does not say them, and claims of somebody's that became plain facts."""
    for moved in quotes_moved(ours.quotes, source.quotes, source.roles):
        told = f"attribue cette citation à « {moved.source} »" if moved.source else "donne cette citation ailleurs"
        message = f"La source {told}" + (f", pas à « {moved.speaker} »." if moved.speaker else ".")
        yield Finding("attribution", "error", message, moved.span, moved.source)
    for moved in misattributed(ours.quotes, passage.quotes, source.quotes, source.roles):
        hint = f" : c'est « {moved.source} » qui y parle" if moved.source else ""
        message = f"Le passage ne fait rien dire à « {moved.speaker} »{hint}."
        yield Finding("attribution", "error", message, moved.span, moved.source)
    for moved in told_by_another(ours.quotes, passage.quotes) if source.language == "fr" else ():
        message = f"Le passage dit cela sans nommer « {moved.speaker} » : ce n'est pas sa parole."
        yield Finding("attribution", "error", message, moved.span)
    if source.language == "fr" and is_bare_claim(ours.quotes, passage.quotes):
        speaker = passage.quotes.attributions[0].speaker.text
        message = f"Ce que la source fait dire à « {speaker} » est affirmé ici comme un fait."
        yield Finding("attribution", "error", message)


def carried_name(name: Name, words: frozenset[str], codes: frozenset[str]) -> bool:
    """Whether a text with these words and countries still names somebody or something."""
    return bool(name.codes & codes) or not name.words or name.words[-1] in words
