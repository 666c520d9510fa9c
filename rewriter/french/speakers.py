"""Whom a stretch of text names as a speaker: a name, a function, a pronoun, or a noun with its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rewriter.french.folding import word_set
from rewriter.french.name_reading import Name
from rewriter.french.nations import mentions
from rewriter.french.roles import head_at, is_function_key
from rewriter.french.tokens import Token


@dataclass(frozen=True)
class Speaker:
    """Somebody to whom words are given."""

    text: str
    names: frozenset[str] = frozenset()
    """Last words of their names, folded; at most a name in apposition and an institution."""
    codes: frozenset[str] = frozenset()
    """Countries named in it; a capital stands for its country."""
    functions: frozenset[str] = frozenset()
    """Their functions, by the first form in titles.txt; without general words ("responsable")."""
    pronoun: bool = False
    indefinite: bool = False
    """Whether it is somebody whom the text does not identify: "un diplomate", "des élus"."""


@dataclass(frozen=True)
class Context:
    """A text whose speakers are sought, read once."""

    text: str
    words: tuple[Token, ...]
    names: tuple[Name, ...]
    language: str


_PREPOSITIONS = word_set(
    "de du d des a au aux en dans par pour avec sur sous chez vers contre apres avant depuis of in at "
    "with by to from for after"
)
_ARTICLES = word_set("la le les l the")
_INDEFINITE = word_set("un une des certains certaines plusieurs quelques d a some several")


_SHOWN = 8
"""Words of a speaker without a name that are shown to an editor."""


def speaker_in(context: Context, first: int, last: int, last_name: bool = False, opens: bool = False) -> Speaker | None:
    """The speaker that a stretch of tokens names; None where it names nobody.

    `last_name`: the name nearest to the end counts, as before "qui". `opens`: the stretch begins with the
    speaker, so that nothing before its first token makes it a complement.
    """
    words = context.words
    if first >= last or (opens and words[first].key in _PREPOSITIONS and words[first].key != "des"):
        return None
    found = [n for n in context.names if words[first].start <= n.span[0] < words[last - 1].end]
    free = [n for n in found if not n.codes or n.text[0].isupper()]
    free = [n for n in free if not _is_complement(words, _at(words, n), first if opens else -1)]
    functions = _functions(words, first, last, context.language, opens)
    beside = [n for n in free if n.span[1] == words[last - 1].end and last < len(words) and "," not in words[last].gap]
    chosen = beside or (free[-1:] if last_name else free[:1])
    if not chosen and not functions and not _is_noun_phrase(words, first, last, opens):
        return None
    codes = frozenset(code for m in mentions(words[first:last], context.language) for code in m.codes)
    return Speaker(
        chosen[0].text if chosen else " ".join(context.text[words[first].start : words[last - 1].end].split()[:_SHOWN]),
        frozenset(n.words[-1] for n in chosen if n.words and not n.codes),
        codes,
        functions,
        indefinite=words[first].key in _INDEFINITE and not chosen,
    )


def _at(words: Sequence[Token], name: Name) -> int:
    return next(i for i, token in enumerate(words) if token.start == name.span[0])


def _is_complement(words: Sequence[Token], i: int, opening: int) -> bool:
    """Whether a name is governed by a preposition: "le maire de Brest", "la présidente de la Commission"."""
    if i in (opening, 0) or words[i].gap not in (" ", "'", "’", "\u00a0", "\u202f"):
        return False
    before = words[i - 1].key
    if i >= 3 and not words[i - 1].capital and not is_function_key(before) and head_at(words, i - 1) is None:
        return (
            words[i - 2].key in _ARTICLES and words[i - 3].key in _PREPOSITIONS
        )  # "la présidente de la région Bretagne"
    if before in _ARTICLES and i >= 2:
        return i - 1 != opening and words[i - 2].key in _PREPOSITIONS and words[i - 1].gap in (" ", "\u00a0")
    return i - 1 != opening and before in _PREPOSITIONS


def _functions(words: Sequence[Token], first: int, last: int, language: str, opens: bool) -> frozenset[str]:
    """The functions in a stretch, complements left out, the first only."""
    for i in range(first, last):
        head = head_at(words, i, language)
        if head and not head.general and not _is_complement(words, i, first if opens else -1):
            return head.functions
    return frozenset()


def _is_noun_phrase(words: Sequence[Token], first: int, last: int, opens: bool) -> bool:
    """Whether a stretch begins like a subject: an article or a possessive, then a word."""
    begins = _INDEFINITE | _ARTICLES | word_set("son sa ses leur leurs ce cette cet ces notre nos tous toutes beaucoup")
    return last - first >= 2 and words[first].key in begins and (opens or not is_function_key(words[first + 1].key))
