"""Sentences and words of a French text; English sentences too, for sources in English.

The sentence rules are LanguageTool's (choppa-srx). News needs four things on top of them: quotations stay
whole, with their attribution; `.» Mais` is a boundary; a full stop after a title or an initial is none;
and nothing is lost: the sentences joined by spaces are the text with its white space collapsed.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rewriter.french.wordlists import word_list

if TYPE_CHECKING:
    from choppa import SrxDocument

LONGEST_GLUED = 90
"""Words that a quotation of several sentences may have before it is cut inside: one passage's worth."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_ONE_OF_EACH = _INVISIBLE | str.maketrans(
    {
        **dict.fromkeys("’‘ʼ´`′＇", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
    }
)


def unified(text: str) -> str:
    """The text made comparable: NFKC, casefolded, one apostrophe ('), one hyphen (-), single plain spaces.

    "œ" becomes "oe"; accents stay. For comparing only: lengths and offsets change.
    """
    folded = unicodedata.normalize("NFKC", text.translate(_ONE_OF_EACH)).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


# ── sentences ────────────────────────────────────────────────────────────────────────────────────────────

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_PLAIN_SPACE = re.compile(r"[^\S\u00a0\u2007\u202f]+")  # no-break spaces belong to the typography: they stay
_BEGINS_INSIDE = re.compile(r"[,;:)\]»”a-zà-öø-ÿœ]|(?!«|“|\")[^\w\s]+$")
_LIST_NUMBER = re.compile(r"(?:\d{1,2}|[IVX]{1,4})[.)]$")

# No sentence ends here, whatever comes next ("M. Le Drian").
_TITLE = re.compile(
    r"(?:^|[\s(«“\"'’\u00a0\u202f])"
    r"(?:MM?|Mmes?|Mlles?|Mrs?|Ms|Drs?|Prs?|Mes?|Mgr|Ste?|Gén|[Cc]f|[Nn]os?|[Nn]°s?)\.$"
)
# None ends here when a figure follows ("art. 5", "p. XII").
_REFERENCE = re.compile(
    r"(?:^|\W)(?:art|pp?|al|chap|ch|fig|vol|tab|sect|t|ann|par|éd|env|tél|nos?|n|v|l)\.$", re.IGNORECASE
)
_FIGURE = re.compile(r"[\d§]|[IVXLC]+\b")
# One ends here only when what follows can only begin a sentence ("av. J.-C. Il", but "av. J.-C. César").
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«“\"'’.\-\u00a0\u202f])(?:[A-ZÀ-Þ]|Prof|Capt?|Col|Lt|Cdt|Cne|Sgt|Adj|Amb|Jr|Sr|Inc|Ltd|Corp|Co|Bros"
    r"|janv|févr?|avr|juill?|sept|oct|nov|déc|dép|dir|éd|coll|boul|bd|av|pl|St)\.$"
)
_FIRST_WORD = re.compile(r"(?<![^\s«“\"–—(])[^\W\d_]+['’]?")


def sentences(text: str, language: str = "fr") -> tuple[str, ...]:
    """The sentences in order, stripped; joined by spaces they are the text with its white space collapsed.

    `language` is "fr" or "en". A blank line always ends a sentence. Quotations of several sentences stay in
    one piece with their attribution while the piece has at most `LONGEST_GLUED` words; beyond that, and
    where a quotation mark never finds its partner, the inner sentences stand alone.
    """
    return tuple(
        sentence
        for paragraph in _BLANK_LINE.split(text)
        for sentence in _whole_quotations(_rejoined(_cut(paragraph, language), language))
    )


@functools.cache
def _missed_boundary() -> re.Pattern[str]:
    """The two kinds of boundary that the rules leave out.

    One stands after a closing mark, the other after ordinary words that they take for abbreviations
    ("le 5 oct. La fête").
    """
    starters = "|".join(sorted(word.capitalize() for word in word_list("function_words") if word[-1].isalpha()))
    return re.compile(
        r"(?:(?<=[.!?…][»”\"])|(?<=[.!?…]\s[»”]))\s+(?=[«“\"–—]?\s?[A-ZÀ-ÖØ-ÞŒ])"
        rf"|(?<=[^\W\d_]{{2}}\.)\s+(?=(?:{starters})\b)"
    )


@functools.cache
def _rules() -> SrxDocument:
    from choppa import DEFAULT_SRX_RULESET, SrxDocument  # loads xmlschema

    return SrxDocument(ruleset=str(DEFAULT_SRX_RULESET))


def _cut(paragraph: str, language: str) -> Iterator[str]:
    """The pieces that LanguageTool's rules make, cut again where these miss a boundary."""
    from choppa import SrxTextIterator  # loads xmlschema

    for piece in SrxTextIterator(_rules(), f"{language}_two", _PLAIN_SPACE.sub(" ", paragraph)):
        yield from (part.strip() for part in _missed_boundary().split(piece) if part.strip())


def _rejoined(pieces: Iterator[str], language: str) -> list[str]:
    """The pieces, those put together again between which no sentence ends."""
    joined: list[str] = []
    for piece in pieces:
        if joined and not _is_boundary(joined[-1], piece, language):
            joined[-1] += " " + piece
        else:
            joined.append(piece)
    return joined


def _is_boundary(before: str, after: str, language: str) -> bool:
    """Whether one sentence ends with `before` and another begins with `after`."""
    if _BEGINS_INSIDE.match(after) or _LIST_NUMBER.fullmatch(before) or _TITLE.search(before):
        return False
    if _in_parentheses(before, after) or (_REFERENCE.search(before) and _FIGURE.match(after)):
        return False
    return language != "fr" or not _ABBREVIATION.search(before) or _starts_a_sentence(after)


def _starts_a_sentence(text: str) -> bool:
    first = _FIRST_WORD.search(text)
    return first is None or first[0].casefold() in word_list("function_words")


def _in_parentheses(before: str, after: str) -> bool:
    """Whether a parenthesis opened in `before` is closed in `after`."""
    return before.rfind("(") > before.rfind(")") and -1 < after.find(")") < (after + "(").find("(")


def _whole_quotations(pieces: list[str]) -> Iterator[str]:
    """The pieces, those of one quotation put together."""
    straight = sum(piece.count('"') for piece in pieces) % 2 == 0  # an odd one says nothing about pairs
    start = 0
    while start < len(pieces):
        end = _end_of_quotation(pieces, start, straight)
        yield " ".join(pieces[start:end])
        start = end


def _end_of_quotation(pieces: list[str], start: int, straight: bool) -> int:
    """Index after the piece that closes what `pieces[start]` opens; `start + 1` where none does in time."""
    length = 0
    for index, is_open in enumerate(_open_after(pieces[start:], _PAIRS, straight), start):
        length += len(pieces[index].split())
        if length > LONGEST_GLUED:
            break
        if not is_open:
            return index + 1
    return start + 1


def inside_quotation(pieces: Sequence[str]) -> list[bool]:
    """For each piece of a text, whether a quotation reaches over its beginning or its end.

    Marks that do not pair over the whole text tell nothing.
    """
    text = "".join(pieces)
    pairs = [pair for pair in _PAIRS if _pair(text, *pair)]
    after = list(_open_after(pieces, pairs, text.count('"') % 2 == 0))
    return [before or behind for before, behind in zip([False, *after], after, strict=False)]


_PAIRS = (("«", "»"), ("“", "”"))


def _open_after(pieces: Sequence[str], pairs: Sequence[tuple[str, str]], straight: bool) -> Iterator[bool]:
    """For each piece, whether a quotation is open behind it, by these marks and, where they tell, the straight ones."""
    depths, double = [0] * len(pairs), False
    for piece in pieces:
        depths = [_left_open(piece, *pair, depth) for pair, depth in zip(pairs, depths, strict=True)]
        double ^= straight and piece.count('"') % 2 == 1
        yield any(depths) or double


def _pair(text: str, opening: str, closing: str) -> bool:
    """Whether each of a kind of marks finds its partner."""
    depth = 0
    for letter in text:
        depth += (letter == opening) - (letter == closing)
        if depth < 0:
            return False
    return depth == 0


def _left_open(text: str, opening: str, closing: str, depth: int) -> int:
    """How many quotations are open after the text, `depth` of them before it."""
    for letter in text:
        depth += (letter == opening) - (letter == closing and depth > 0)
    return depth


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────

_LETTER = r"[^\W_][\u0300-\u036f]*"
_NUMBER = r"(?<!\w)(?:\d{1,3}(?:[ \u00a0\u2007\u2009\u202f.']\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,:]\d+)*)(?!\w)"
_TOKEN = re.compile(
    rf"{_NUMBER}|(?:[dlDL]['’])?(?:[A-ZÀ-Þ]\.){{2,}}(?![^\W_])|(?:{_LETTER})+(?:[-‐‑'’·‧&](?:{_LETTER})+)*['’]?"
)
_ELISION = re.compile(r"((?:[ldjmtscn]|qu|jusqu|lorsqu|puisqu|quoiqu)['’])(.+)", re.IGNORECASE | re.DOTALL)
_ELIDED = re.compile(r"(?:[ldjmtscn]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|entr)['’]", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:aujourd['’]hui|quelqu['’]une?|presqu['’]îles?|c['’]est-à-dire|d['’]ores|rendez-vous)", re.IGNORECASE
)
# N'Djamena: these letters elide before verbs only, and verbs have no capital.
_NAME_WITH_APOSTROPHE = re.compile(r"[NMTSJ]['’][A-ZÀ-Þ]\w*[a-zà-ÿ]")
_PRONOUN = re.compile(
    r"(.+?)([-‐‑](?:t[-‐‑](?:il|elle|on|ils|elles)|t['’]en|je|tu|il|elle|on|nous|vous|ils|elles|ce"
    r"|moi|toi|le|la|les|lui|leur|y|en|ci|là))"
)


def words(text: str) -> tuple[str, ...]:
    """Word tokens in NFC, in order, as they are written; punctuation and symbols drop out.

    Elisions are split off ("l'OTAN" → "l'", "OTAN"), pronouns after a verb too ("a-t-il" → "a", "-t-il");
    "aujourd'hui", "presqu'île" and "rendez-vous" stay whole, numbers also ("79,5", "100 000" with any space).
    Soft hyphens and other invisible characters are dropped.
    """
    found = _TOKEN.finditer(unicodedata.normalize("NFC", text.translate(_INVISIBLE)))
    return tuple(part for token in found for part in _parts(token[0]))


def _closed(token: str) -> str:
    """The token without an apostrophe at its end that elides nothing: it closes a quotation."""
    return token[:-1] if token[-1] in "'’" and not _ELIDED.fullmatch(token) else token


def _elision(token: str) -> re.Match[str] | None:
    """What is elided before a word, and the word."""
    return None if _WHOLE.match(token) or _NAME_WITH_APOSTROPHE.match(token) else _ELISION.fullmatch(token)


def _parts(token: str) -> Iterator[str]:
    """The token without its elisions and its pronouns."""
    token = _closed(token)
    while elision := _elision(token):
        yield elision[1]
        token = _closed(elision[2])
    if not _WHOLE.fullmatch(token) and (inverted := _PRONOUN.fullmatch(token)):
        yield from inverted.groups()
    else:
        yield token
