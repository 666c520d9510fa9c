"""Exchanges neighbours in a French sentence whose order says nothing: exact, or not made.

"armes et munitions" may be "munitions et armes"; "le maire de Vorlac, Jean Roux," may be "Jean Roux, maire de
Vorlac,"; "à Paris mardi" may be "mardi à Paris". Knows no meaning: every pattern is guarded by the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rewriter.french.clause_parts import CAPITAL, TIME, has_verb, role_length
from rewriter.french.lemmas import is_listed
from rewriter.french.lexicon import is_known
from rewriter.french.masking import HIDDEN, mask, unmask
from rewriter.french.nations import mentions
from rewriter.french.tokens import tokens
from rewriter.french.wordlists import word_list


def exchange(sentence: str) -> str:
    """Return the sentence with every exchange made that is safe; often the sentence itself."""
    masked = mask(sentence)
    if masked is None:  # a quotation that opens or closes elsewhere: its limits are unknown
        return sentence
    text = masked.text
    for make in (_appositions, _place_and_time, _pairs):
        text = make(text)
    return unmask(text, masked)


# --- appositions ---------------------------------------------------------------------------------------------

_HONORIFIC = r"(?:(?:Me|Mgr|Dr|Pr) )?"
_PERSON = (
    rf"{_HONORIFIC}(?!(?:La|Le|Les|Un|Une|Des|Du|De|En|À|Au|Aux|Selon|Et|Mais|Il|Elle|Son|Sa|Ses|Ce|Cette|Ces)\b)"
    rf"[{CAPITAL}][\w-]+(?: (?:de |d['’]|van |von |ben |al-|el-)?[{CAPITAL}][\w'’-]+){{1,3}}"
)
_TITLE = rf"(?P<title>[a-zà-ÿœ][^,;:.()\d{HIDDEN[1:-1]}]{{2,70}}?)"
_OPENING = (
    r"^|^(?:En|Dans|À|Au|Aux|Le|Lors|Après|Depuis|Pour|Mardi|Lundi|Mercredi|Jeudi|Vendredi|Samedi"
    r"|Dimanche|Hier)\b[^,:;]{0,60}, "
)
_BEFORE = rf"(?P<before>{_OPENING}|\bpar |\bavec )"
_GOES_ON = r"(?=,(?! (?:\d|et |ou |le |la |les |l['’]|un |une |des |du |de |âgée?|[A-ZÀ-Ý]))|\.$)"
_TITLE_THEN_NAME = re.compile(rf"{_BEFORE}(?P<article>[Ll]e |[Ll]a |[Ll]['’]){_TITLE}, (?P<name>{_PERSON}){_GOES_ON}")
_TITLE_NAME = re.compile(
    rf"(?P<before>{_OPENING})(?P<article>[Ll]e |[Ll]a |[Ll]['’]){_TITLE} (?P<name>{_PERSON})(?= (?:a|est"
    rf"|n['’]a|n['’]est|s['’]est|avait|était|sera|va|doit|peut)\b)"
)
_NAME_THEN_TITLE = re.compile(rf"{_BEFORE}(?P<name>{_PERSON}), {_TITLE}{_GOES_ON}")


def _appositions(text: str) -> str:
    """le maire de Vorlac, Jean Roux, ↔ Jean Roux, maire de Vorlac,"""
    if match := _TITLE_THEN_NAME.search(text):
        if _is_role(match["title"]):
            title = match["title"] if _is_qualified(match["title"]) else match["article"].lower() + match["title"]
            return _put(text, match, f"{match['name']}, {title}")
    elif match := _TITLE_NAME.search(text):
        if (
            _is_role(match["title"])
            and _is_qualified(match["title"])
            and not re.search(r" (?:de|du|des|à|au|aux|en) |d['’]", match["title"])
        ):
            return _put(text, match, f"{match['name']}, {match['title']},")
    elif match := _NAME_THEN_TITLE.search(text):
        article = _article(match["title"])
        if article and _is_role(match["title"]):
            return _put(text, match, f"{article}{match['title']}, {match['name']}")
    return text


def _put(text: str, match: re.Match[str], phrase: str) -> str:
    made = match["before"] + phrase
    return text[: match.start()] + (made[:1].upper() + made[1:] if match.start() == 0 else made) + text[match.end() :]


def _is_role(title: str) -> bool:
    """Whether a noun phrase begins with a function that people hold, names no other, and holds no verb or clause."""
    words = re.split(r"[ '’]", title)
    if {"qui", "que", "a", "est", "dont", "et", "ou", "par", "pour"} & set(words) or words[-1] in word_list(
        "function_words"
    ):
        return False
    length = role_length(title)
    rest = tokens(title)[length:]
    others = (" ".join(token.text for token in rest[i:]) for i in range(len(rest)))
    adjectives = {"général", "générale", "adjoint", "adjointe", "délégué", "déléguée"}
    return length > 0 and not any(role_length(o) and o.split()[0] not in adjectives for o in others)


def _is_qualified(title: str) -> bool:
    """Whether a title says of what or which one: "maire de Vorlac", "président français"; not "maire"."""
    return len(tokens(title)) > max(1, role_length(title))


_ONE_OF_ITS_KIND = re.compile(
    r"(?:(?P<la>présidente|directrice(?: générale)?|préfète|procureure(?: générale)?|patronne|chancelière"
    r"|gouverneure|rectrice"
    r"|entraîneuse|sélectionneuse|secrétaire générale|première secrétaire|cheffe)"
    r"|président|directeur(?: général)?|préfet|procureur(?: général)?|patron|chancelier|gouverneur|recteur|entraîneur"
    r"|sélectionneur|secrétaire général|premier secrétaire|chef)"
    r" (?:du |de la |de l['’]|des |d(?:e |['’])(?=[A-ZÀ-Ý]))"
)


def _article(title: str) -> str:
    """The article of a bare title that only one person can hold at a time, where its gender is sure."""
    match = _ONE_OF_ITS_KIND.match(title)
    if not match:
        return ""
    return "la " if match["la"] else "l'" if title[0] in "eéè" else "le "


# --- place and time ------------------------------------------------------------------------------------------

_PLACE = rf"(?:à|en|au|aux) [{CAPITAL}][\w-]+"
_ENDS = rf"(?=\.|,(?! (?:{TIME}|{_PLACE}|\d|[A-ZÀ-Ý]))| que\b| qu['’]| pour\b| afin\b)"
_BOUND = (
    r"(?<!\bet )(?<!\bou )(?<!\bà )(?<!\bde )(?<!\bdu )(?<!\ble )(?<!\bles )(?<!\bun )(?<!\bce )(?<!\bdès"
    r" )(?<!\bpuis )"
    r"(?<!\bpour )(?<!\bdepuis )(?<!\bavant )(?<!\baprès )(?<!\bchaque )(?<!\bvers )(?<!\bdont )(?<!\bque"
    r" )(?<!\bprévu )"
)
"""No preposition, article or partner before the pair that belongs to its first half."""
_PLACE_TIME = re.compile(rf"(?<=[^\W\d_] ){_BOUND}(?P<a>{_PLACE}) (?P<b>{TIME}){_ENDS}")
_TIME_PLACE = re.compile(rf"(?<=[^\W\d_] ){_BOUND}(?P<a>{TIME}) (?P<b>{_PLACE}){_ENDS}")


def _place_and_time(text: str) -> str:
    """à Bruxelles cette semaine ↔ cette semaine à Bruxelles"""

    def swap(match: re.Match[str]) -> str:
        before = text[: match.start()].split(" ")[-2:]
        from_a_place = len(before) == 2 and before[0][:1].isupper()  # "de Paris à Lyon mardi" is a journey
        return match.group() if from_a_place else f"{match['b']} {match['a']}"

    swapped = _PLACE_TIME.sub(swap, text)
    return swapped if swapped != text else _TIME_PLACE.sub(swap, text)


# --- pairs and lists -----------------------------------------------------------------------------------------

_DETERMINER = (
    r"(?:de l['’]|de la |du |des |de |d['’]|à la |à l['’]|aux? |les? |la |l['’]|une? |ses? |son |sa |leurs? |ces "
    r"|par |pour |contre |sans )"
)
_X, _Y, _Z = (rf"(?P<{name}>(?:{_DETERMINER})?[^\W\d_][\w-]{{2,}})" for name in "xyz")
_AFTER_PAIR = (
    r"(?P<after>(?=\.?$)|(?=,? (?:mais|alors|tandis|selon|afin|depuis|lors|durant|pendant|jusqu)\b)"
    r"|(?=, (?:a|ont|affirm|indiqu|expliqu)\w*\b)|(?= (?:a|ont|est|sont|sera|seront|était|étaient)\b))"
)
_LIST = re.compile(rf"(?<![\w'’-])(?P<lead>[^\s,;.:]+ ){_X}, {_Y} et {_Z}{_AFTER_PAIR}")
_PAIR = re.compile(rf"(?<![\w'’-])(?P<lead>[^\s,;.:]+ ){_X} et {_Y}{_AFTER_PAIR}")
_KINDS = (
    (re.compile(r"(?:de l['’]|de la |du |des |de |d['’])", re.IGNORECASE), "of"),
    (re.compile(r"(?:à la |à l['’]|aux? )", re.IGNORECASE), "to"),
    (re.compile(r"(?:les? |la |l['’]|une? )", re.IGNORECASE), "article"),
    (re.compile(r"(?:ses? |son |sa |leurs? |ces )", re.IGNORECASE), "possessive"),
    (re.compile(r"(?:par |pour |contre |sans )", re.IGNORECASE), "preposition"),
)
_ORDER_COUNTS = re.compile(
    r"\b(?:respectivement|l['’]un|l['’]une|ce dernier|cette dernière|le premier|la première|le second"
    r"|la seconde|puis|ensuite"
    r"|celui-ci|celle-ci|d['’]abord)\b",
    re.IGNORECASE,
)
_SET_PHRASES = frozenset(
    (
        ("offre", "demande"), ("carotte", "bâton"), ("marteau", "enclume"), ("pour", "contre"), ("us", "coutumes"),
        ("allers", "retours"), ("aller", "retour"), ("tenants", "aboutissants"), ("église", "état"), ("bien", "mal"),
        ("va", "vient"), ("heurs", "malheurs"), ("flux", "reflux"), ("droits", "devoirs"), ("libertés", "détention"),
        ("hygiène", "sécurité"), ("paix", "guerre"), ("vie", "mort"), ("nuit", "jour"), ("sciences", "techniques"),
        ("début", "fin"), ("aube", "crépuscule"), ("eaux", "forêts"), ("ponts", "chaussées"), ("arts", "métiers"),
        ("corps", "âme"), ("corps", "biens"), ("loi", "ordre"), ("nom", "prénom"), ("poids", "mesures"),
    )
)  # fmt: skip
"""Pairs that are said in one order only, or name one thing."""


def _pairs(text: str) -> str:
    """la Suède et la Finlande → la Finlande et la Suède · du gaz, du blé et de l'eau → du blé, du gaz et de l'eau"""
    if _ORDER_COUNTS.search(text):
        return text
    text = _LIST.sub(lambda m: _swapped(m, (m["x"], m["y"], m["z"]), ", ", f" et {m['z']}"), text)
    return _PAIR.sub(lambda m: _swapped(m, (m["x"], m["y"]), " et ", ""), text)


def _swapped(match: re.Match[str], items: Sequence[str], joint: str, tail: str) -> str:
    sound = _parallel(items) and _leads(match["lead"].strip(), match["x"]) and _is_whole(match, items)
    return f"{match['lead']}{match['y']}{joint}{match['x']}{tail}" if sound else match.group()


def _is_whole(match: re.Match[str], items: Sequence[str]) -> bool:
    """Whether no verb behind the pair can take its last item for a subject: "… et les gendarmes sont venus"."""
    rest = match.string[match.end() :]
    may_be_subject = _kind(items[0]) in ("article", "possessive", "bare") or items[-1].startswith(
        ("des ", "du ", "de l")
    )
    return not (may_be_subject and has_verb(re.split(r",? (?:mais|alors|tandis|selon|afin)\b|, (?:a|ont) ", rest)[0]))


def _kind(item: str) -> str:
    return next((kind for pattern, kind in _KINDS if pattern.match(item)), "bare")


def _parallel(items: Sequence[str]) -> bool:
    """Whether items are of one kind: the same sort of determiner before one noun each, all names or none."""
    kinds = {_kind(item) for item in items}
    nouns = [re.split(r"[ '’]", item)[-1] for item in items]
    if len(kinds) > 1 or re.search(HIDDEN, "".join(items)) or tuple(n.lower() for n in nouns[:2]) in _SET_PHRASES:
        return False
    if any(noun[0].isupper() for noun in nouns) or kinds == {"bare"}:
        # Capitals may be the words of one name ("de la Ville et de la Jeunesse"); bare words may be verbs.
        return all(_is_name(noun) for noun in nouns)
    return not any(_may_be_infinitive(noun) for noun in nouns)


def _is_name(noun: str) -> bool:
    return noun[0].isupper() and (not is_known(noun.lower()) or bool(mentions(tokens(noun))))


_IMPERFECT = ("ait", "issait", "vait", "sait", "yait")


def _may_be_infinitive(noun: str) -> bool:
    """Whether it ends like an infinitive and an imperfect goes with it: "écrire", but not "maire"."""
    stem = re.sub(r"(?:er|oir|ir|re)$", "", noun.lower())
    return stem != noun.lower() and any(is_listed(stem + end) for end in _IMPERFECT)


def _leads(word: str, first: str) -> bool:
    """Whether the word before a pair leaves it whole: no preposition that only the first item would have."""
    plain = word.lower()
    if _kind(first) in {"of", "to", "preposition"}:
        return plain not in {
            "et",
            "ou",
            "ni",
            "près",
            "loin",
            "plus",
            "moins",
            "autour",
            "rien",
            "pas",
            "partir",
            "passer",
            "lieu",
        }
    if _kind(first) == "bare":
        return plain in {"entre", "avec", "où"}
    return not plain.endswith(("'", "’")) and plain not in {
        "de", "à", "par", "pour", "sur", "dans", "avec", "sans", "contre", "en", "vers", "et", "ou", "ni", "plus",
        "moins", "bien", "est", "sont", "tout", "toute", "tous", "toutes", "chez", "selon", "comme", "sous", "après",
        "avant", "depuis", "pas", "que", "seulement", "malgré", "pendant", "durant", "parmi",
    }  # fmt: skip
