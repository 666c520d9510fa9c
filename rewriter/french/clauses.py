"""Moves the clauses of a French sentence without changing a word that matters.

Who says it goes to the other end, a subordinate clause changes sides, a clause that comments the whole becomes
a sentence. Each move is exact or is not made: a sentence that fits no pattern has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rewriter.french.lexicon import function_words, is_known

_QUOTATION = re.compile(r"«[^»]*»|“[^”]*”|\([^)]*\)")
_MASK = "\ue000{}\ue001"
_FINAL_STOP = re.compile(r"(?P<quoted>: [«“][^»”]*?)(?P<end>[.!?…]?)(?P<close>\s?[»”])\.$")
"""A quotation after a colon carries the full stop of its sentence."""
MASKED = re.compile("\ue000(\\d+)\ue001")
"""A hidden quotation."""

_SAYING_PAST = "déclaré|affirmé|indiqué|expliqué|assuré|précisé|estimé|rappelé|souligné|ajouté|annoncé|confié|insisté|dit"
_SAYING_PRESENT = (
    "déclare|affirme|indique|explique|assure|précise|estime|rappelle|souligne|ajoute|annonce|confie|dit|juge"
)
_SAYING = (
    rf"(?:(?:a|ont) (?:{_SAYING_PAST})|(?:{_SAYING_PRESENT})|(?:{_SAYING_PRESENT.replace('rappelle', 'rappell')})nt)"
)
_REPORTING = r"(?:(?:a|ont) (?:déclaré|affirmé|indiqué|expliqué|assuré|précisé|estimé)|(?:affirme|indique|explique|assure|précise|estime)(?:nt)?)"
_NO_VERB = r"(?:(?!\b(?:a|ont|est|sont|s['’]est|était|avait|qui|que|mais)\b)[^,;:.\ue000])"
_SPEAKER = (
    r"(?P<speaker>(?:[A-ZÉÈÀÂÎÔÇ]|l['’]|(?:le|la|les|un|une|des|son|sa|ses|leur|leurs|plusieurs|certains)\b)"
    rf"{_NO_VERB}{{1,80}}(?:, {_NO_VERB}{{3,80}})?)"
)
_FINITE_SUBJECT = (
    r"(?:(?:[Ii]ls?|[Ee]lles?|[Oo]n|[Cc]ela|[Cc]et?|[Cc]ette|[Cc]es|[Ll][ea]s?|[Uu]ne?|[Dd]es|[Ss](?:on|a|es)|[Ll]eurs?"
    r"|[Pp]lusieurs|[Cc]ertaine?s) |[Ll]['’])"
)
_SUBORDINATE = (
    r"(?:alors qu(?:e |['’])|tandis qu(?:e |['’])|bien qu(?:e |['’])|parce qu(?:e |['’])|malgré |en dépit d(?:e |u |es |['’])"
    r"|en raison d(?:e |u |es |['’])|afin d(?:e |['’])|grâce (?:à |au |aux )|faute d(?:e |['’])|à l['’]issue d(?:e |u |es |['’]))"
)
_ASKING = re.compile(r"\b(?:demand|savoir|sait|ignor|vérifi|voir|dout|question|compren|cherch|décid|dire|comme|même)", re.IGNORECASE)
_STRAY_MARK = re.compile(r"[«»“”\"()]")
_PRONOUN_FIRST = re.compile(r"(?:qu['’]|que |[Ss]['’]|[Ss]i )(?:ils?|elles?|on)\b")
"""A pronoun that would come to stand before its noun."""

Move = Callable[[str], Iterator[str]]


def moves(sentence: str) -> tuple[str, ...]:
    """Return what the sentence becomes by one move each, without the sentence itself; often nothing."""
    masked, kept = mask(sentence.strip())
    if _STRAY_MARK.search(masked):  # a quotation that opens or closes elsewhere: its limits are unknown
        return ()
    made = (result for move in _MOVES for result in move(masked))
    return tuple(dict.fromkeys(text for m in made if (text := unmask(m, kept)) != sentence))


def mask(sentence: str) -> tuple[str, list[str]]:
    """Hide quotations and parentheses, whose commas are no joints of the sentence."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match.group())
        return _MASK.format(len(kept) - 1)

    return _QUOTATION.sub(hide, sentence), kept


def unmask(text: str, kept: list[str]) -> str:
    text = MASKED.sub(lambda m: kept[int(m.group(1))], text)
    return _FINAL_STOP.sub(lambda m: m["quoted"] + (m["end"] or ".") + m["close"], text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """Lower the first letter, unless the word is a name."""
    first = re.match(r"[^\W\d]+", text)
    if not first:
        return text
    word, rest = first.group().lower(), text[first.end() :]
    ordinary = word in function_words() or (is_known(word) and not re.match(r" [A-ZÉÈÀÂÎÔÇ]", rest))
    return text[:1].lower() + text[1:] if ordinary and not first.group()[1:].isupper() else text


def _has_plain_subject(clause: str) -> bool:
    """Whether a clause begins with its subject, so that something can stand before it."""
    first = clause.split(" ")[0]
    named = first[:1].isupper() and first.isalpha() and not is_known(first.lower())
    return named or bool(re.match(_FINITE_SUBJECT, clause))



def _words(text: str) -> int:
    return len(text.split())


def _saying_last_to_according_first(s: str) -> Iterator[str]:
    """P, affirment des diplomates. → Selon des diplomates, P."""
    match = re.fullmatch(rf"(?P<said>[^\ue000]+), {_SAYING} {_SPEAKER}\.", s)
    if match and _words(match["said"]) >= 6 and _has_plain_subject(match["said"]):
        yield f"Selon {_small(match['speaker'])}, {_small(match['said'])}."


def _according_last_to_first(s: str) -> Iterator[str]:
    """P, selon X. ↔ Selon X, P."""
    match = re.fullmatch(r"(?P<said>.+), (?P<how>selon|d['’]après) (?P<speaker>(?!qu)[^,;:]{2,80})\.", s)
    if match and _words(match["said"]) >= 6 and _has_plain_subject(match["said"]):
        yield f"{_capital(match['how'])} {match['speaker']}, {_small(match['said'])}."


def _according_first_to_last(s: str) -> Iterator[str]:
    match = re.fullmatch(r"(?P<how>Selon|D['’]après) (?P<speaker>(?!qu)[^,;:]{2,80}), (?P<said>[^:]+)\.", s)
    if match and 6 <= _words(match["said"]) <= 28:
        yield f"{_capital(match['said'])}, {match['how'].lower()} {match['speaker']}."


def _saying_that(s: str) -> Iterator[str]:
    """X a déclaré que P. → P, a déclaré X. · Selon X, P."""
    match = re.fullmatch(rf"{_SPEAKER},? (?P<verb>{_REPORTING}) qu(?:e |['’])(?P<said>[^:;]+)\.", _small(s))
    if not match or _words(match["said"]) < 5 or re.search(r"\bet qu(e\b|['’])", match["said"]):
        return
    speaker, said = match["speaker"].rstrip(","), match["said"]
    closing = ", " if "," in speaker else " "
    yield f"Selon {speaker}{',' if closing == ', ' else ','} {said}."
    yield f"{_capital(said)}, {match['verb']} {speaker}."


def _quotation_first_to_last(s: str) -> Iterator[str]:
    """« Q », a déclaré X. → X a déclaré : « Q »"""
    match = re.fullmatch(rf"(?P<quoted>\ue000\d+\ue001),? (?P<verb>{_SAYING}) {_SPEAKER}\.", s)
    if match:
        speaker = match["speaker"]
        joint = ", " if "," in speaker else " "
        yield f"{_capital(speaker)}{joint}{match['verb']} : {match['quoted']}."


def _quotation_last_to_first(s: str) -> Iterator[str]:
    """X a déclaré : « Q » → « Q », a déclaré X."""
    match = re.fullmatch(rf"{_SPEAKER},? (?P<verb>{_SAYING}) ?: (?P<quoted>\ue000\d+\ue001)\.?", _small(s))
    if match:
        yield f"{match['quoted']}, {match['verb']} {match['speaker'].rstrip(',')}."


def _subordinate_last_to_first(s: str) -> Iterator[str]:
    """P, alors que C. → Alors que C, P."""
    match = re.fullmatch(rf"(?P<main>[^:;]+), (?P<clause>{_SUBORDINATE}[^,:;]+)\.", s)
    if not match or _PRONOUN_FIRST.search(match["clause"]):
        return
    if _words(match["main"]) >= 5 and _has_plain_subject(match["main"]) and "," not in match["main"]:
        yield f"{_capital(match['clause'])}, {_small(match['main'])}."


def _subordinate_first_to_last(s: str) -> Iterator[str]:
    """Malgré X, P. → P, malgré X."""
    match = re.fullmatch(rf"(?P<clause>{_SUBORDINATE}[^,:;]+), (?P<main>[^,:;]+)\.", _small(s))
    if match and 5 <= _words(match["main"]) <= 25:
        yield f"{_capital(match['main'])}, {match['clause']}."


def _condition(s: str) -> Iterator[str]:
    """Si C, P. → P si C. · P si C. → Si C, P."""
    first = re.fullmatch(r"(?P<clause>Si [^,:;]+), (?P<main>[^,:;]+)\.", s)
    if first and _words(first["main"]) >= 4 and not _PRONOUN_FIRST.match(first["clause"]):
        yield f"{_capital(first['main'])} s{first['clause'][1:]}."
    last = re.fullmatch(r"(?P<main>[^,:;]+?),? (?P<clause>si [^,:;]+)\.", s)
    if not last or _PRONOUN_FIRST.match(last["clause"]) or _ASKING.search(last["main"]) or re.search(r"\b(?:et|que|qui)\b|qu['’]|rait\b", " ".join(last.groups())):
        return
    if _words(last["main"]) >= 5 and _has_plain_subject(last["main"]):
        yield f"{_capital(last['clause'])}, {_small(last['main'])}."


def _comment_to_sentence(s: str) -> Iterator[str]:
    """P, ce qui V. → P. Cela V."""
    match = re.fullmatch(r"(?P<main>[^:]{25,}), ce qui (?P<rest>[^:]{10,})\.", s)
    if match:
        yield f"{match['main'].rstrip(' –-')}. Cela {match['rest']}."


def _opposition_to_sentence(s: str) -> Iterator[str]:
    """P, mais Q. → P. Toutefois, Q."""
    match = re.fullmatch(rf"(?P<main>[^:]{{25,}}), mais (?P<rest>{_FINITE_SUBJECT}[^:]{{20,}})\.", s)
    if match and not re.search(r"non seulement|certes", match["main"]) and not re.search(r"\b(n['’]|ne )", match["main"]):
        yield f"{match['main']}. Toutefois, {match['rest']}."


_MOVES: tuple[Move, ...] = (
    _saying_last_to_according_first,
    _according_last_to_first,
    _according_first_to_last,
    _saying_that,
    _quotation_first_to_last,
    _quotation_last_to_first,
    _subordinate_last_to_first,
    _subordinate_first_to_last,
    _condition,
    _comment_to_sentence,
    _opposition_to_sentence,
)
