"""Third-person tenses of verbs whose pronoun or auxiliary an equivalent may lack: "se tenir", "avoir lieu".

Compound tenses are spelled out with their auxiliary, because it changes with the verb: "s'est poursuivi", "a continué".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rewriter.french.elision import meeting
from rewriter.french.inflection import verb_forms

REFLEXIVES = ("se", "s'")

_AUXILIARIES = {
    "infinitive": ("être", "avoir"),
    "gerund": ("étant", "ayant"),
    "present 3s": ("est", "a"),
    "present 3p": ("sont", "ont"),
    "imperfect 3s": ("était", "avait"),
    "imperfect 3p": ("étaient", "avaient"),
    "future 3s": ("sera", "aura"),
    "future 3p": ("seront", "auront"),
    "conditional 3s": ("serait", "aurait"),
    "conditional 3p": ("seraient", "auraient"),
    "subjunctive 3s": ("soit", "ait"),
    "subjunctive 3p": ("soient", "aient"),
    "past 3s": ("fut", "eut"),
    "past 3p": ("furent", "eurent"),
}
_AGREEMENTS = {"3s": ("ms", "fs"), "3p": ("mp", "fp")}
_WITH_BEING = frozenset(("survenir", "devenir", "intervenir"))
"""Verbs of the lexicon, not reflexive, whose compound tenses take "être"."""
_NOT_AGREEING = frozenset(("rappeler", "rendre"))
"""Reflexive verbs whose participle does not follow the subject: "elle s'est rendu compte"."""


def is_special(words: Sequence[str]) -> bool:
    """Whether the verb phrase is reflexive or begins with "être" or "avoir"."""
    return words[0] in (*REFLEXIVES, "être", "avoir")


def third_person(words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Slot → words of the phrase, third person only; compound slots end in the agreement ("present 3s fs").

    `words` begins with the infinitive or with "se" and the infinitive: ("se", "tenir"), ("avoir", "lieu").
    """
    own = words[0] in REFLEXIVES
    verb, *rest = words[own:]
    forms = _forms(verb)
    found = {slot: (*_reflexive(own, form), form, *rest) for slot, form in forms.items() if slot in _AUXILIARIES}
    if own and verb in _NOT_AGREEING:
        return found
    being = own or verb in _WITH_BEING
    for slot, auxiliaries in _AUXILIARIES.items():
        auxiliary = auxiliaries[not being]
        for agreement in _AGREEMENTS.get(slot[-2:], ("ms", "fs", "mp", "fp")):
            participle = forms[f"participle {agreement if being else 'ms'}"]
            found[f"{slot} {agreement}"] = (*_reflexive(own, auxiliary), auxiliary, participle, *rest)
    return found


def pairs(
    old: Sequence[str], new: Sequence[str], compound: bool
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """First word of the slot, old and new words, of each form that has one counterpart only."""
    new_forms = third_person(new)
    wanted: dict[tuple[str, tuple[str, ...]], set[tuple[str, ...]]] = defaultdict(set)
    for slot, words in third_person(old).items():
        if slot in new_forms and (compound or slot.count(" ") == 1):
            wanted[slot.split()[0], words].add(new_forms[slot])
    by_words: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for (_, words), found in wanted.items():
        by_words[words] |= found
    for (slot, words), found in wanted.items():
        if len(by_words[words]) == 1:
            yield slot, words, next(iter(found))
            by_words[words] |= {()}  # the same form in another slot


def _forms(verb: str) -> dict[str, str]:
    if verb not in ("être", "avoir"):
        return verb_forms(verb)
    which = verb == "avoir"
    return {slot: pair[which] for slot, pair in _AUXILIARIES.items()} | {"participle ms": ("été", "eu")[which]}


def _reflexive(own: bool, form: str) -> tuple[str, ...]:
    return (meeting("se", form) or "se",) if own else ()
