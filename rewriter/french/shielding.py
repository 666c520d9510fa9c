"""What a rewording must not touch: quotations, figures, names, titles and institutions."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from rewriter.french.wordlists import word_list

_TOKEN = re.compile(
    r"aujourd['’]hui|quelqu['’]une?s?|presqu['’]îles?|[^\W\d_]+['’]"
    r"|[^\W_]+(?:[-‐‑·.]+[^\W_]+)*[-‐‑]?"
)
_LINKS = frozenset(["de", "du", "des", "d'", "la", "le", "l'", "les", "et", "à", "au", "aux", "en", "pour", "sur"])
_ARTICLES = frozenset(("le", "la", "les", "l'"))
_STOPS = frozenset(["et", "à", "au", "aux", "en", "pour", "sur"])


@dataclass(frozen=True)
class Token:
    """One word of a sentence."""

    word: str
    start: int
    end: int
    touches: bool
    """Whether only white space, or nothing after an apostrophe, parts it from the token before."""
    plain: str
    """Casefolded, with straight apostrophe."""

    @property
    def capital(self) -> bool:
        """Whether it begins like a name."""
        return self.word[0].isupper()


def tokens_of(text: str) -> list[Token]:
    """The words in order; elisions stand alone ("l'", "OTAN"), hyphenated words stay whole."""
    found, last = [], 0
    for match in _TOKEN.finditer(text):
        gap = text[last : match.start()]
        word = match[0]
        found.append(
            Token(word, match.start(), match.end(), gap.isspace() or not gap, word.casefold().replace("’", "'"))
        )
        last = match.end()
    return found


def shielded(text: str, tokens: list[Token], protected: Collection[str] = ()) -> list[bool]:
    """For each token, whether it must stay as it is."""
    quoted = _quoted(text)
    kept = [
        quoted[t.start] or (t.capital and i > 0) or (not t.word.isalpha() and not _is_plain(t))
        for i, t in enumerate(tokens)
    ]
    if tokens and tokens[0].word[1:] != tokens[0].word[1:].lower():
        kept[0] = True
    _keep_protected(text, tokens, kept, protected)
    return kept


def in_title(tokens: list[Token], at: int) -> bool:
    """Whether the word belongs to a longer name or title ("ministre de la Santé", "Groupe de contact")."""
    return _before_is_name(tokens, at) or _before_is_head(tokens, at)


def _is_plain(token: Token) -> bool:
    return not any(c.isdigit() for c in token.word) and not token.word.endswith(("-", "‐", "‑"))


def _before_is_name(tokens: list[Token], at: int) -> bool:
    """Whether a capitalised word stands before, with nothing but links between ("Code de la sécurité")."""
    if at > 1 and tokens[at].touches and tokens[at - 1].capital:
        return True
    i, crossed = at - 1, 0
    while i > 0 and tokens[i + 1].touches and (tokens[i].plain in _LINKS - _STOPS):
        i -= 1
        crossed += 1
    named = crossed and tokens[i].capital and tokens[i + 1].touches
    return bool(named and (i > 0 or tokens[i].plain not in word_list("function_words")))


def _before_is_head(tokens: list[Token], at: int) -> bool:
    """Whether an institution, an office or a law stands before, with only its complement between."""
    if tokens[at].plain in word_list("institutions"):
        return _followed_by_name(tokens, at)
    i = at
    while i > 0 and at - i < 7 and tokens[i].touches:
        i -= 1
        plain = tokens[i].plain
        if plain in word_list("institutions"):
            return True
        if plain in _ARTICLES and not (i and tokens[i - 1].plain in _LINKS - _ARTICLES):
            return False  # "le ministre souligne la hausse"
        if plain in word_list("function_words") and plain not in _LINKS:
            return False
    return False


def _followed_by_name(tokens: list[Token], at: int) -> bool:
    i = at + 1
    while i < len(tokens) and i - at < 8 and tokens[i].touches:
        if tokens[i].capital:
            return True
        if tokens[i].plain in word_list("function_words") and tokens[i].plain not in _LINKS:
            return False
        i += 1
    return False


_MARKS = re.compile(r"[«»“”\"]")


def _quoted(text: str) -> list[bool]:
    """For each character, whether it is inside quotation marks; a lone mark quotes all on its side."""
    inside = [False] * len(text)
    for opening, closing in (("«", "»"), ("“", "”")):
        start: int | None = 0 if 0 <= text.find(closing) < (text + opening).find(opening) else None
        for match in re.finditer(f"[{opening}{closing}]", text):
            if match[0] == opening:
                start = match.start() if start is None else start
            elif start is not None:
                _fill(inside, start, match.end())
                start = None
        if start is not None:
            _fill(inside, start, len(text))
    straight = [match.start() for match in re.finditer('"', text)]
    if len(straight) % 2:
        return [True] * len(text)
    for start, end in zip(straight[::2], straight[1::2], strict=True):
        _fill(inside, start, end + 1)
    return inside


def _fill(flags: list[bool], start: int, end: int) -> None:
    flags[start:end] = [True] * (end - start)


def _keep_protected(text: str, tokens: list[Token], kept: list[bool], protected: Collection[str]) -> None:
    folded = text.casefold().replace("’", "'")
    for phrase in protected:
        wanted = re.escape(phrase.casefold().replace("’", "'"))
        for match in re.finditer(rf"(?<!\w){wanted}(?!\w)", folded):
            for i, token in enumerate(tokens):
                if token.start < match.end() and token.end > match.start():
                    kept[i] = True
