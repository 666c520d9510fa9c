"""Exchanges neighbours in a French sentence whose order says nothing: exact, or not made.

"armes et munitions" may be "munitions et armes"; "le maire, Jean Roux," may be "Jean Roux, le maire,"; "à Paris
mardi" may be "mardi à Paris". Knows no meaning: every pattern is guarded by the words around it.
"""

from __future__ import annotations

import re

from rewriter.french.clauses import MASKED, mask, unmask
from rewriter.french.lexicon import is_known
from rewriter.french.wordlists import word_list

_UPPER = "A-ZÀÂÇÉÈÊËÎÏÔÙÛÜŒ"
_PERSON = rf"[{_UPPER}][\w'’-]+(?: (?:de |d['’]|van |von |ben |al-|el-)?[{_UPPER}][\w'’.-]+){{1,3}}"
_STRAY_MARK = re.compile(r"[«»“”\"()]")


def exchange(sentence: str) -> str:
    """Return the sentence with every exchange made that is safe; often the sentence itself."""
    masked, kept = mask(sentence)
    if _STRAY_MARK.search(masked):  # a quotation that opens or closes elsewhere: its limits are unknown
        return sentence
    for make in (_appositions, _place_and_time, _pairs):
        masked = make(masked)
    return unmask(masked, kept)


# --- appositions ---------------------------------------------------------------------------------------------

_TITLE = r"(?P<title>[a-zàâçéèêîôûœ][^,;:.()\ue000\d]{4,70}?)"
_BEFORE = r"(?P<before>^|, |\bpar |\bavec |\bchez |\bpour |\bet )"
_TITLE_THEN_NAME = re.compile(rf"{_BEFORE}(?P<article>le |la |l['’]){_TITLE}, (?P<name>{_PERSON})(?P<after>,|\.$)", re.IGNORECASE)
_TITLE_NAME = re.compile(rf"(?P<before>^|\bpar |\bavec |)(?P<article>[Ll]e |[Ll]a |[Ll]['’]){_TITLE} (?P<name>{_PERSON})(?P<after>,? )")
_NAME_THEN_TITLE = re.compile(rf"(?P<before>^|\bpar |\bavec )(?P<name>{_PERSON}), {_TITLE}(?P<after>, |\.$)")


def _appositions(text: str) -> str:
    """le maire de Vorlac, Jean Roux, ↔ Jean Roux, maire de Vorlac, · le maire Jean Roux → Jean Roux, le maire,"""
    for pattern, form in (
        (_TITLE_THEN_NAME, "{before}{name}, {title}{after}"),
        (_TITLE_NAME, "{before}{name}, {title}, "),
        (_NAME_THEN_TITLE, "{before}{article}{title}, {name}{after}"),
    ):
        match = pattern.search(text)
        if match and _is_role(match["title"]):
            parts = {"article": "", **match.groupdict()}
            parts["article"] = parts["article"] or _article(match["title"])
            if not parts["article"]:
                continue
            made = form.format(**parts)
            made = made[:1].upper() + made[1:] if match.start() == 0 else made
            return text[: match.start()] + made + text[match.end() :]
    return text


def _is_role(title: str) -> bool:
    """Whether a noun phrase begins with a function that people hold, and holds no verb or clause."""
    words = re.split(r"[ '’-]", title)
    if {"qui", "que", "a", "est", "dont", "et"} & set(words) or words[-1] in {"de", "du", "des", "d", "à", "au", "la", "le", "l"}:
        return False
    return words[0].lower() in word_list("roles")


def _article(title: str) -> str:
    """The article that a bare title takes, when its gender is sure."""
    word = re.split(r"[ '’-]", title)[0].lower()
    if word[0] in "aeiouéèêâîh":
        return "l'"
    if word.endswith(("trice", "euse", "ière", "enne", "ante", "ente", "esse")) or word in word_list("feminine_roles"):
        return "la "
    return "le "


# --- place and time ------------------------------------------------------------------------------------------

_PLACE = rf"(?:à|en|au|aux) [{_UPPER}][\w-]+(?:-[\w-]+)*"
_MONTH = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_TIME = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: (?:matin|soir|après-midi|dernier|prochain))?"
    r"|hier|cette (?:semaine|année)|ce (?:mois-ci|week-end)|(?:le mois|l['’]an|la semaine|l['’]année) (?:dernier|dernière|prochain|prochaine)"
    rf"|en (?:{_MONTH})(?: \d{{4}})?|en \d{{4}}|le \d{{1,2}}(?:er)? (?:{_MONTH})(?: \d{{4}})?)"
)
_ENDS = r"(?=[,.;]| que\b| qu['’]| pour\b| et\b| afin\b)"
_PLACE_TIME = re.compile(rf"(?<=\w )(?P<a>{_PLACE}) (?P<b>{_TIME}){_ENDS}")
_TIME_PLACE = re.compile(rf"(?<=\w )(?P<a>{_TIME}) (?P<b>{_PLACE}){_ENDS}")


def _place_and_time(text: str) -> str:
    """à Bruxelles cette semaine ↔ cette semaine à Bruxelles"""
    swapped, count = _PLACE_TIME.subn(r"\g<b> \g<a>", text)
    return swapped if count else _TIME_PLACE.sub(r"\g<b> \g<a>", text)


# --- pairs and lists -----------------------------------------------------------------------------------------

_DETERMINER = r"(?:de l['’]|de la |du |des |de |d['’]|à la |à l['’]|aux? |les? |la |l['’]|une? |ses? |son |sa |leurs? |ces |par |pour |contre |sans )"
_X, _Y, _Z = (rf"(?P<{name}>(?:{_DETERMINER})?[^\W\d_][\w-]{{2,}})" for name in "xyz")
_AFTER_PAIR = r"(?=[,.;]|$| (?:a|ont|est|sont|sera|seront|dans|pour|par|avec|sans|depuis|après|avant|lors|afin|qui|selon|contre|sous|dès|pendant|durant)\b)"
_LIST = re.compile(rf"(?<!\w)(?P<lead>[^\s,;.:]+ ){_X}, {_Y} et {_Z}{_AFTER_PAIR}")
_PAIR = re.compile(rf"(?<!\w)(?P<lead>[^\s,;.:]+ ){_X} et {_Y}{_AFTER_PAIR}")
_KINDS = (
    (re.compile(r"(?:de l['’]|de la |du |des |de |d['’])", re.IGNORECASE), "of"),
    (re.compile(r"(?:à la |à l['’]|aux? )", re.IGNORECASE), "to"),
    (re.compile(r"(?:les? |la |l['’]|une? )", re.IGNORECASE), "article"),
    (re.compile(r"(?:ses? |son |sa |leurs? |ces )", re.IGNORECASE), "possessive"),
    (re.compile(r"(?:par |pour |contre |sans )", re.IGNORECASE), "preposition"),
)


def _pairs(text: str) -> str:
    """la Suède et la Finlande → la Finlande et la Suède · d'armes, de munitions et de chars → de munitions, d'armes et de chars"""
    text = _LIST.sub(lambda m: _exchanged(m, ", ", f" et {m['z']}") if _parallel(m["x"], m["y"], m["z"]) else m.group(), text)
    return _PAIR.sub(lambda m: _exchanged(m, " et ", "") if _parallel(m["x"], m["y"]) else m.group(), text)


def _exchanged(match: re.Match[str], joint: str, tail: str) -> str:
    if not _leads(match["lead"].strip(), match["x"]):
        return match.group()
    return f"{match['lead']}{match['y']}{joint}{match['x']}{tail}"


def _kind(item: str) -> str:
    return next((kind for pattern, kind in _KINDS if pattern.match(item)), "bare")


def _parallel(*items: str) -> bool:
    """Whether items are of one kind: the same sort of determiner before one noun each."""
    kinds = {_kind(item) for item in items}
    nouns = [re.split(r"[ '’]", item)[-1] for item in items]
    if len(kinds) > 1 or len({noun[0].isupper() for noun in nouns}) > 1:
        return False
    if kinds == {"bare"}:  # without determiners two verbs or adjectives look like two nouns: only names are sure
        return all(noun[0].isupper() and not is_known(noun.lower()) for noun in nouns)
    return not any(MASKED.search(item) for item in items)


def _leads(word: str, first: str) -> bool:
    """Whether the word before a pair leaves it whole: no preposition that only the first item would have."""
    plain = word.lower()
    if _kind(first) in {"of", "to", "preposition"}:
        return plain not in {"et", "ou", "ni", "près", "loin", "plus", "moins", "autour", "rien"}
    if _kind(first) == "bare":
        return plain in {"par", "entre", "avec", "de", "pour", "à", "contre", "où", "que"}
    return plain not in {
        "de", "à", "par", "pour", "sur", "dans", "avec", "sans", "contre", "en", "vers", "et", "ou", "ni", "plus",
        "moins", "bien", "est", "tout", "toute", "tous", "toutes", "chez", "selon", "comme", "sous", "après", "avant", "depuis",
    }
