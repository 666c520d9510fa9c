"""The forms of French nouns, adjectives and verbs, for the words that the rewordings list.

Verbs: all regular ones in -er with their spelling changes, the "finir" kind, and the families of `_FAMILIES`.
Not a dictionary: an irregular verb outside these families would get wrong forms, so the tests hold every
listed verb against a word list.
"""

from __future__ import annotations

import re

_PERSONS = ("1s", "3s", "1p", "2p", "3p")
_ENDINGS = {
    "imperfect": ("ais", "ait", "ions", "iez", "aient"),
    "future": ("ai", "a", "ons", "ez", "ont"),
    "conditional": ("ais", "ait", "ions", "iez", "aient"),
}

# For each ending of the infinitive: present je, il, stem of nous, ils; stem of the subjunctive, of the
# future; past il, ils; past participle.
_FAMILIES = {
    "enir": ("iens", "ient", "en", "iennent", "ienn", "iendr", "int", "inrent", "enu"),
    "mettre": ("mets", "met", "mett", "mettent", "mett", "mettr", "mit", "mirent", "mis"),
    "prendre": ("prends", "prend", "pren", "prennent", "prenn", "prendr", "prit", "prirent", "pris"),
    "faire": ("fais", "fait", "fais", "font", "fass", "fer", "fit", "firent", "fait"),
    "uire": ("uis", "uit", "uis", "uisent", "uis", "uir", "uisit", "uisirent", "uit"),
    "crire": ("cris", "crit", "criv", "crivent", "criv", "crir", "crivit", "crivirent", "crit"),
    "cevoir": ("çois", "çoit", "cev", "çoivent", "çoiv", "cevr", "çut", "çurent", "çu"),
    "suivre": ("suis", "suit", "suiv", "suivent", "suiv", "suivr", "suivit", "suivirent", "suivi"),
    "vrir": ("vre", "vre", "vr", "vrent", "vr", "vrir", "vrit", "vrirent", "vert"),
    "frir": ("fre", "fre", "fr", "frent", "fr", "frir", "frit", "frirent", "fert"),
    "indre": ("ins", "int", "ign", "ignent", "ign", "indr", "ignit", "ignirent", "int"),
    "courir": ("cours", "court", "cour", "courent", "cour", "courr", "courut", "coururent", "couru"),
    "croître": ("crois", "croît", "croiss", "croissent", "croiss", "croîtr", "crut", "crurent", "cru"),
    "battre": ("bats", "bat", "batt", "battent", "batt", "battr", "battit", "battirent", "battu"),
    "vaincre": (
        "vaincs",
        "vainc",
        "vainqu",
        "vainquent",
        "vainqu",
        "vaincr",
        "vainquit",
        "vainquirent",
        "vaincu",
    ),
    "sentir": ("sens", "sent", "sent", "sentent", "sent", "sentir", "sentit", "sentirent", "senti"),
    "perdre": ("perds", "perd", "perd", "perdent", "perd", "perdr", "perdit", "perdirent", "perdu"),
    "ndre": ("nds", "nd", "nd", "ndent", "nd", "ndr", "ndit", "ndirent", "ndu"),
    "ir": ("is", "it", "iss", "issent", "iss", "ir", "it", "irent", "i"),
}


def verb_forms(infinitive: str) -> dict[str, str]:
    """Slot → form. Slots: "infinitive", "gerund", "participle fs", "present 3s" and so on."""
    if infinitive.endswith("er"):
        return _regular(infinitive[:-2])
    ending = next(ending for ending in _FAMILIES if infinitive.endswith(ending))
    return _irregular(infinitive, infinitive[: -len(ending)], _FAMILIES[ending])


def _irregular(infinitive: str, head: str, parts: tuple[str, ...]) -> dict[str, str]:
    first, third, plural, they, wish, later, past, pasts, participle = (head + part for part in parts)
    forms = {"infinitive": infinitive, "gerund": plural + "ant", "past 3s": past, "past 3p": pasts}
    present = (first, third, _sounded(plural, "ons"), plural + "ez", they)
    if infinitive.endswith("faire"):
        present = (first, third, plural + "ons", head + "faites", they)
    forms |= _persons("present", present)
    forms |= _persons("imperfect", tuple(plural + e for e in _ENDINGS["imperfect"]))
    middle = wish if infinitive.endswith("faire") else plural
    forms |= _persons("subjunctive", (wish + "e", wish + "e", middle + "ions", middle + "iez", wish + "ent"))
    return forms | _later(later) | _participles(participle)


def _regular(stem: str) -> dict[str, str]:
    strong = _strong(stem)  # before a mute ending
    later = stem if re.search(r"é[^aeiouyéè]+$", stem) else strong  # "céder": "il cèdera" is rare in print
    forms = {"infinitive": stem + "er", "gerund": _sounded(stem, "ant")}
    forms |= _persons("present", (strong + "e", strong + "e", _sounded(stem, "ons"), stem + "ez", strong + "ent"))
    forms |= _persons("imperfect", tuple(_sounded(stem, e) for e in _ENDINGS["imperfect"]))
    forms |= {"past 3s": _sounded(stem, "a"), "past 3p": stem + "èrent"}
    forms |= _persons("subjunctive", (strong + "e", strong + "e", stem + "ions", stem + "iez", strong + "ent"))
    return forms | _later(later + "er") | _participles(stem + "é")


def _later(stem: str) -> dict[str, str]:
    return _persons("future", tuple(stem + e for e in _ENDINGS["future"])) | _persons(
        "conditional", tuple(stem + e for e in _ENDINGS["conditional"])
    )


def _persons(tense: str, forms: tuple[str, ...]) -> dict[str, str]:
    return {f"{tense} {person}": form for person, form in zip(_PERSONS, forms, strict=True)}


def _participles(masculine: str) -> dict[str, str]:
    plural = masculine if masculine.endswith("s") else masculine + "s"
    forms = (masculine, masculine + "e", plural, masculine + "es")
    return {f"participle {slot}": form for slot, form in zip(("ms", "fs", "mp", "fp"), forms, strict=True)}


def _sounded(stem: str, ending: str) -> str:
    """Stem and ending, c and g kept soft before a, o and u."""
    if ending[0] in "aou":
        stem = re.sub("c$", "ç", re.sub("g$", "ge", stem))
    return stem + ending


def _strong(stem: str) -> str:
    """The stem before a mute e: mèn-, appell-, cèd-, emploi-."""
    if re.search(r"(appe|rappe|renouve|épe|chance|révé)l$", stem) and not stem.endswith("révél"):
        return stem + "l"
    if re.search(r"(je|proje|reje)t$", stem):
        return stem + "t"
    if re.search(r"[ou]y$", stem):
        return stem[:-1] + "i"
    if re.search(r"ay$", stem):
        return stem[:-1] + "i"  # "il paie": "il paye" is as right and rarer
    return re.sub(r"[eé]([bcdfgjklmnpqrstvwxz]|[bcdfgt][rl]|gn|gu|qu|ch)$", r"è\1", stem)


_COMPLEMENT = ("de ", "d'", "à ", "en ", "web", "internet")
"""How the second part of a compound begins that does not take the plural."""


def plural(word: str) -> str:
    """The plural of a noun or adjective; of several words, that of the noun and its adjectives."""
    head, space, rest = word.partition(" ")
    if rest and not rest.startswith(_COMPLEMENT):
        rest = plural(rest)  # "responsable politique"
    if head[-1] in "sxz":
        return head + space + rest
    if head.endswith("al") and head not in {
        "bilan",
        "bal",
        "festival",
        "carnaval",
        "récital",
        "fatal",
        "natal",
    }:
        head = head[:-1] + "ux"
    else:
        head += "x" if head.endswith(("eau", "eu", "œu")) else "s"
    return head + space + rest


def adjective_forms(masculine: str) -> dict[str, str]:
    """Slot (ms, fs, mp, fp) → form; an adjective of several words ("de premier plan") never changes."""
    if " " in masculine:
        return dict.fromkeys(("ms", "fs", "mp", "fp"), masculine)
    feminine = _feminine(masculine)
    return {"ms": masculine, "fs": feminine, "mp": plural(masculine), "fp": plural(feminine)}


def _feminine(word: str) -> str:
    for ending, new in (
        ("eux", "euse"),
        ("teur", "trice"),
        ("er", "ère"),
        ("f", "ve"),
        ("el", "elle"),
        ("en", "enne"),
    ):
        if word.endswith(ending):
            return word[: -len(ending)] + new
    return word if word.endswith("e") else {"public": "publique", "bref": "brève"}.get(word, word + "e")
