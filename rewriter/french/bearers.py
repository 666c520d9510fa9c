"""Whose a function is: the name that stands behind it, before it in apposition, or before "est"."""

from __future__ import annotations

from collections.abc import Sequence

from rewriter.french.folding import word_set
from rewriter.french.lemmas import lemma
from rewriter.french.nations import mentions
from rewriter.french.roles import HONORIFICS, head_at, is_function_key
from rewriter.french.tokens import Token

_FAR = 14
"""Tokens that may stand between a function and its name, complement included."""
_SMALL_WORDS_INSIDE = word_set(
    "de du des d la le les l a au aux en et pour chez charge chargee general generale of the and for to in s"
)
PREPOSITIONS = word_set("de du des d a au aux en pour chez l la le les sur par of the at in for")
_COPULAS = word_set("est etait fut sera devient devenu devenue nomme nommee elu elue reste alors is was as became")
_DETERMINERS = word_set("le la l un une son sa leur notre les cet cette ce the a an his her their")


def name_after(words: Sequence[Token], end: int, language: str) -> tuple[int, list[int]]:
    """Index after a function's complement, and the indices of the name that follows it."""
    position = end
    while position < min(len(words), end + _FAR):
        token, before = words[position], words[position - 1]
        if token.gap in _COMMAS and token.capital and _is_person(words, position):
            return position, name_from(words, position)
        second = before.key in _AND_WORDS and head_at(words, position, language) is not None
        if not token.tied or second or _ends_complement(token):
            break
        if token.capital and before.key in PREPOSITIONS and position > end:
            place = _end_of_place(words, position)
            if len(row := name_from(words, place) if _follows_name(words, place) else []) > 1:
                return place, row
            position = _end_of_row(words, position)
        elif token.capital and not token.acronym and _is_person(words, position):
            row = name_from(words, position)
            if len(row) > 1 or position == end or not _in_complement(words, end, position):
                return position, row
            position += 1  # "la région Armorique", "du groupe Nordhav"
        else:
            position += 1
    return min(position, len(words)), []


def _in_complement(words: Sequence[Token], end: int, position: int) -> bool:
    """Whether a preposition stands before a token and its small neighbour, so that both complete the function."""
    return not words[position - 1].capital and any(t.key in PREPOSITIONS for t in words[end : position - 1])


_AND_WORDS = frozenset(("et", "and", "puis"))


def _end_of_place(words: Sequence[Token], position: int) -> int:
    """Index after the place or institution that a preposition brings: one word where a name may follow it."""
    token = words[position]
    short = token.acronym or _is_country(token) or _has_two_after(words, position)
    return position + 1 if short else _end_of_row(words, position)


def _follows_name(words: Sequence[Token], place: int) -> bool:
    return place < len(words) and words[place].tied and words[place].capital


_COMMAS = frozenset((", ", " (", ",\u00a0", " – ", " - "))


def _has_two_after(words: Sequence[Token], position: int) -> bool:
    """Whether a place of one word may end here: two more capitals follow ("Lyon Paul Bert")."""
    return _end_of_row(words, position) - position > 2 and words[position + 1].gap == " "


def _end_of_row(words: Sequence[Token], position: int) -> int:
    end = position + 1
    while end < len(words) and words[end].tied and words[end].capital:
        end += 1
    return end


def _ends_complement(token: Token) -> bool:
    """Whether a word belongs to no complement any more: a verb, a pronoun, a conjunction."""
    if token.capital:
        return False
    if is_function_key(token.key):
        return token.key not in _SMALL_WORDS_INSIDE or token.text == "a"
    return is_finite(token.text)


def is_finite(word: str) -> bool:
    """Whether a small word is, more likely than not, a verb in the third person."""
    found = lemma(word)
    return (
        found != word
        and found.endswith(("er", "ir", "re", "oir"))
        and word.endswith(("e", "ent", "a", "ait", "ront", "èrent"))
    )


def _is_country(token: Token) -> bool:
    return any(not m.capital for m in mentions((token,)))


def _is_person(words: Sequence[Token], at: int) -> bool:
    """Whether a capitalised token may begin somebody's name: no country, no institution before "de"."""
    token = words[at]
    if token.key in HONORIFICS:
        return True
    return not is_function_key(token.key) and not _is_country(token)


def name_from(words: Sequence[Token], first: int) -> list[int]:
    """The indices of the name that begins at a token, honorifics left out."""
    row = [] if words[first].key in HONORIFICS else [first]
    position = first + 1
    while position < len(words) and (
        words[position].tied or words[position - 1].key in HONORIFICS or len(words[position - 1].text) == 1
    ):
        token = words[position]
        particle = token.key in (
            "de",
            "d",
            "le",
            "la",
            "du",
            "von",
            "van",
            "der",
            "den",
            "bin",
            "ben",
            "al",
            "el",
        )
        follows = position + 1 < len(words) and words[position + 1].capital and words[position + 1].tied
        if not token.capital and not (particle and follows):
            break
        row.append(position)
        position += 1
    return row


def _name_ending(words: Sequence[Token], last: int) -> list[int]:
    """The indices of the name whose last word a token is."""
    if not words[last].capital or words[last].acronym:
        return []
    first = last
    while (
        first > 0
        and words[first].tied
        and (words[first - 1].capital or words[first - 1].key in ("de", "d", "von", "van", "der"))
    ):
        first -= 1
    while first <= last and (
        not words[first].capital or words[first].key in HONORIFICS or is_function_key(words[first].key)
    ):
        first += 1
    person = (
        first <= last
        and _is_person(words, first)
        and (first == 0 or words[first - 1].key not in PREPOSITIONS or len(range(first, last)) > 0)
    )
    return list(range(first, last + 1)) if person else []


def name_before(words: Sequence[Token], first: int) -> list[int]:
    """The name before a function in apposition: "Paul Bert, 38 ans, maire de Brest"."""
    position = first
    if position > 0 and words[position - 1].key in _DETERMINERS and words[position].tied:
        position -= 1
    if position == 0 or words[position].gap not in (", ", " (", ",\u00a0", " – ", " - "):
        return []
    last = position - 1
    if last >= 2 and words[last].key in ("ans", "years", "old"):
        last -= 2
    return _name_ending(words, last)


def name_behind_copula(words: Sequence[Token], first: int) -> list[int]:
    """The name before "est", "qui était alors", "devient" and a function."""
    position, copula = first - 1, False
    while position >= 0 and first - position <= 5:
        key = words[position].key
        if key in _COPULAS:
            copula = True
        elif key not in _DETERMINERS and key not in ("qui", "who", "aussi", "a", "ete"):
            break
        position -= 1
    return _name_ending(words, position) if copula and position >= 0 else []
