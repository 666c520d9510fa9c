"""Moves the clauses of a French sentence without changing a word that matters.

Who says it goes to the other end, a subordinate clause changes sides, a clause that comments the whole becomes
a sentence. Each move is exact or is not made: a sentence that fits no pattern has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rewriter.french import adverbials, reporting
from rewriter.french.clause_parts import (
    ANAPHORA,
    capital,
    has_conditional,
    has_future,
    has_verb,
    is_one_clause,
    opens_with_subject,
    small,
)
from rewriter.french.masking import HIDDEN, Masked, mask, unmask

Move = Callable[[str], Iterator[str]]


def moves(sentence: str) -> tuple[str, ...]:
    """Return what the sentence becomes by one move each, without the sentence itself; often nothing."""
    sentence = sentence.strip()
    masked = mask(sentence)
    if masked is None:
        return ()
    texts = (_restored(moved, masked) for move in _MOVES for moved in move(masked.text))
    return tuple(dict.fromkeys(text for text in texts if text and text != sentence))


# --- quotations put back ---------------------------------------------------------------------------------------

_OPEN, _CLOSE = r"(?P<open>[«“\"])", '(?P<close>[ \u00a0\u202f]?[»”"])'
_LED = re.compile(rf" : {_OPEN}(?P<inside>[^«»]*?){_CLOSE}\.$")
_LEADING = re.compile(rf"^{_OPEN}(?P<inside>[^«»]*?)\.{_CLOSE}, ")
_WHOLE = re.compile(r"[«“\"]\s*(?![a-zà-ÿœ\s])(?:\S+\s+){2,}\S")
"""A quotation that is a sentence: it begins with a capital and has three words at least."""


def _restored(text: str, masked: Masked) -> str | None:
    """The sentence with its quotations; a full stop goes inside one behind a colon, and out of one before a comma."""
    whole = unmask(text, masked)
    moved = text[0] in masked.parts or text[-2] in masked.parts
    if moved and not _WHOLE.match(next(iter(masked.parts.values()))):
        return None
    if match := _LED.search(whole):
        end = "" if match["inside"].endswith((".", "!", "?", "…")) else "."
        return whole[: match.start()] + f" : {match['open']}{match['inside']}{end}{match['close']}"
    if match := _LEADING.match(whole):
        return f"{match['open']}{match['inside']}{match['close']}, {whole[match.end() :]}"
    return whole


# --- subordinate clauses ---------------------------------------------------------------------------------------

_SUBORDINATE = (
    r"(?:alors qu(?:e |['’])|tandis qu(?:e |['’])|bien qu(?:e |['’])|parce qu(?:e |['’])|malgré "
    r"|en dépit d(?:e |u |es |['’])"
    r"|en raison d(?:e |u |es |['’])|afin d(?:e |['’])|grâce (?:à |au |aux )|faute d(?:e |['’])"
    r"|à l['’]issue d(?:e |u |es |['’]))"
)
_PARTS = re.compile(
    r"(?<![\w-])(?:les uns|les unes|l['’]une?|certains|d['’]autres|selon|d['’]après|pourtant|toutefois"
    r"|cependant)(?![\w-])",
    re.IGNORECASE,
)


def _can_swap(main: str, clause: str) -> bool:
    """Whether neither part points at a noun of the other, nor opposes two halves of one thing."""
    return not (ANAPHORA.search(clause) or ANAPHORA.search(main) or _PARTS.search(main) or _PARTS.search(clause))


def _subordinate_last_to_first(s: str) -> Iterator[str]:
    """P, alors que C. → Alors que C, P."""
    match = re.fullmatch(rf"(?P<main>[^,:;]+), (?P<clause>{_SUBORDINATE}[^,:;]+)\.", s)
    if match and len(match["main"].split()) >= 4 and is_one_clause(match["main"]) and _can_swap(*match.groups()):
        yield f"{capital(match['clause'])}, {small(match['main'])}."


def _subordinate_first_to_last(s: str) -> Iterator[str]:
    """Malgré X, P. → P, malgré X."""
    match = re.fullmatch(rf"(?P<clause>{_SUBORDINATE}[^,:;]+), (?P<main>[^,:;]+)\.", s[:1].lower() + s[1:])
    if match and is_one_clause(capital(match["main"])) and _can_swap(match["main"], match["clause"]):
        yield f"{capital(match['main'])}, {match['clause']}."


_SINGLE_CONDITION = re.compile(
    r"(?<![\w-])(?:et|ou|mais|que|qui|si|même|comme|sauf)(?![\w-])|qu['’]|s['’]il", re.IGNORECASE
)


def _condition(s: str) -> Iterator[str]:
    """Si C, P. ↔ P si C. where P lies ahead or is only thought: elsewhere "si" opposes, or asks "whether"."""
    first = re.fullmatch(r"Si (?P<clause>[^,:;]+), (?P<main>[^,:;]+)\.", s)
    if first and _is_condition(first["main"], first["clause"]) and opens_with_subject(first["main"]):
        yield f"{capital(first['main'])} si {first['clause']}."
    last = re.fullmatch(r"(?P<main>[^,:;]+?),? si (?P<clause>[^,:;]+)\.", s)
    if (
        last
        and _is_condition(last["main"], last["clause"])
        and opens_with_subject(last["main"])
        and not _ASKING.search(last["main"])
    ):
        yield f"Si {last['clause']}, {small(last['main'])}."


_ASKING = re.compile(
    r"\b(?:demand|sav|sau|sai|ignor|vérifi|voi|ver|dout|question|compren|cherch|décid|di|indiqu|précis"
    r"|examin|détermin|étudi|regard)",
    re.IGNORECASE,
)


def _is_condition(main: str, clause: str) -> bool:
    if _SINGLE_CONDITION.search(clause) or _SINGLE_CONDITION.search(main) or not _can_swap(main, clause):
        return False
    return len(main.split()) >= 4 and has_verb(clause) and (has_future(main) or has_conditional(main))


# --- a clause becomes a sentence -------------------------------------------------------------------------------

_REPORTED = re.compile(
    r"(?<![\w-])(?:selon|d['’]après|si|s['’]ils?|certes|(?:non|pas) seulement|que|afin que"
    r"|pour que)(?![\w-])|(?<![\w-])qu['’]"
    r"|, (?:a|ont|avait|avaient) \w+|, (?:affirme|assure|estime|indique|juge|explique|précise|dit|ajoute)",
    re.IGNORECASE,
)
"""What may reach over the joint: who says it, a condition, "non seulement"."""


def _comment_to_sentence(s: str) -> Iterator[str]:
    """P, ce qui V. → P. Cela V."""
    match = re.fullmatch(r"(?P<main>[^:;]{25,}), ce qui (?P<rest>[^:;]{10,})\.", s)
    if (
        match
        and has_verb(match["main"])
        and not re.search(f"{HIDDEN}$", match["main"])
        and not _reaches_over(match["main"], match["rest"])
    ):
        yield f"{match['main']}. Cela {match['rest']}."


def _reaches_over(main: str, rest: str) -> bool:
    return bool(
        _REPORTED.search(main)
        or _REPORTED.search(rest)
        or re.search(
            (
                r"\bce qu(?:i\b|e\b"
                r"|['’])"
            ),
            main + rest,
        )
    )


def _opposition_to_sentence(s: str) -> Iterator[str]:
    """P, mais Q. → P. Toutefois, Q."""
    match = re.fullmatch(r"(?P<main>[^:;]{25,}), mais (?P<rest>[^:;]{20,})\.", s)
    if not match or not opens_with_subject(match["rest"]) or not has_verb(match["rest"].split(",")[0]):
        return
    if has_verb(match["main"]) and not _reaches_over(match["main"], match["rest"]) and not _denies(match["main"]):
        yield f"{match['main']}. Toutefois, {match['rest']}."


def _denies(text: str) -> bool:
    """Whether something is denied, so that "mais" may set it right: "pas A, mais B"."""
    return re.search(r"(?<![\w-])(?:n['’]|ne |ni |non |pas |toutefois|pourtant)", text, re.IGNORECASE) is not None


_MOVES: tuple[Move, ...] = (
    reporting.saying_last,
    reporting.saying_first,
    reporting.according_last,
    reporting.according_first,
    reporting.quotation_first,
    reporting.quotation_last,
    _subordinate_last_to_first,
    _subordinate_first_to_last,
    _condition,
    _comment_to_sentence,
    _opposition_to_sentence,
    adverbials.time_to_front,
    adverbials.time_behind_verb,
    adverbials.time_of_a_share,
    adverbials.vote_to_front,
    adverbials.link_behind_auxiliary,
    adverbials.side_to_front,
)
