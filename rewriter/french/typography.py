"""French typography of finished text, and the tidying of what a model or an editor leaves around it.

No word changes here: `segment.words` finds the same ones before and after `typeset`.
"""

from __future__ import annotations

import re

from rewriter.french.segment import unified, words

_KEPT = {"symbols": False}  # it makes "×" of "3 x 4" and "©" of "(c)": words, to us


def typeset(paragraph: str) -> str:
    """One paragraph in French typography: « » with their spaces, ’, …, spaces before : ; ! ?, — for - and --.

    Straight and curly quotation marks become « » where they pair, “ ” inside those; marks without a partner
    stay. The spaces are no-break ones (U+00A0; U+202F before ; ! ?), one before the sign of a unit too: 2 %, 5 €.
    Doing it twice changes nothing more.
    Where an apostrophe would be taken for a quotation mark, so that a word changed, all marks stay.
    """
    from polytypo.text import transform  # takes 60 ms

    plain = " ".join(_SPACES.split(paragraph.strip()))
    before = words(unified(plain))
    for rules in (_KEPT, _KEPT | {"quotes": False}, _KEPT | {"quotes": False, "apostrophe": False}):
        typeset_so = _UNIT.sub("\u00a0", transform(plain, locale="fr", rules=rules))
        if words(unified(typeset_so)) == before:
            return typeset_so
    return plain


_UNIT = re.compile(r"(?<=\d)(?: (?=[%‰€$£]|°C)|(?=[%‰€£](?!\w)|°C))")
_SPACES = re.compile(r"[^\S\u00a0\u2007\u202f]+")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`{1,3})(?=\S)([^*_`]+?)(?<=\S)\1(?!\w)")
_LEFT_OVER = re.compile(r"\*\*+|__+|`+|^\*(?=\w)")
_LEADING = re.compile(r"^(?:#{1,6}\s+|>\s+|[-*+•‣◦▪]\s+|\d{1,2}[.)]\s+(?=[«“\"]?\s?[A-ZÀ-Þ]))+")
_REPAIRS = (
    (re.compile(r"(?<![.…])(?!\.{3})\.(?:\s*\.)+(?![.…])"), "."),  # doubled; three are an ellipsis
    (re.compile(r"([!?…])\s*\.(?=\s|$)"), r"\1"),
    (re.compile(r",(?:\s*,)+"), ","),
    (re.compile(r"[^\S\n]+([,)\]]|\.(?![\w.…]))"), r"\1"),
    (re.compile(r"([(\[])[^\S\n]+"), r"\1"),
    (re.compile(r"(?<![\w'’])((?:[ldjmtscn]|qu)['’])[^\S\n]+(?=\w)", re.IGNORECASE), r"\1"),
)
_LAST_MARK = re.compile(r"\s*([»”\"])(?=[.!?…]?$)")
_PARTNERS = {"»": "«", "”": "“"}


def tidy(text: str) -> str:
    """The text without what does not belong to prose, line by line; empty lines stay single.

    Goes: Markdown emphasis, headings, bullets, list numbers; doubled full stops and commas; spaces before a
    full stop or a comma, inside brackets and after an elision; a closing quotation mark at the end of a line
    that nothing opened.
    """
    lines = (_tidied(line) for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _tidied(line: str) -> str:
    line = _LEFT_OVER.sub("", _EMPHASIS.sub(r"\2", _LEADING.sub("", line.strip())))
    for fault, repair in _REPAIRS:
        line = fault.sub(repair, line)
    return _without_last_mark(_SPACES.sub(" ", line).strip())


def _without_last_mark(line: str) -> str:
    """The line without the closing mark at its end, where nothing opened it."""
    last = _LAST_MARK.search(line)
    if not last:
        return line
    mark = last[1]
    unopened = line.count('"') % 2 if mark == '"' else line.count(mark) > line.count(_PARTNERS[mark])
    return _LAST_MARK.sub("", line) if unopened else line


_FIRST_LETTER = re.compile(r"^[^\w]*[^\W\d_]")
_FULL_STOP = re.compile(r"(?<!\betc)(?<!\b[A-ZÀ-Þ])[.:;,]+$")


def heading(text: str) -> str:
    """A heading by French rules: a capital first, no full stop at the end, capitals elsewhere as they stand.

    Question and exclamation marks stay, and so do the stops of "etc." and of initials. "iPhone" keeps its i.
    """
    line = " ".join(tidy(text).split("\n")).strip()
    line = _FULL_STOP.sub("", line).rstrip()
    first = _FIRST_LETTER.match(line)
    if not first or line[first.end() : first.end() + 1].isupper():
        return line
    return first[0].upper() + line[first.end() :]
