"""The words of a text with their places: what the readers of names, titles and speakers have in common."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from rewriter.french.folding import fold, word_set

# Letters and figures; full stops only inside "O.T.A.N." and "U.S.".
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+", re.UNICODE)
_SENTENCE_BEGINS = re.compile(r"[.!?…:;\n•|][\s\"”»)\]]*[\s«“\"'‘(\[–—-]*$|[«“\"‘(\[—–]\s*$")
_ABBREVIATIONS = word_set("m mm mme mmes mlle me mes dr drs pr prs mgr st ste mr mrs ms gen col lt")


@dataclass(frozen=True)
class Token:
    """One word: apostrophes and hyphens cut words in two here ("l'OTAN", "Maison-Blanche")."""

    text: str
    start: int
    end: int
    key: str
    """The word without case and accents."""
    gap: str
    """What stands between the word before and this one."""
    initial: bool
    """Whether its capital may only be that of a sentence."""

    @property
    def capital(self) -> bool:
        """Whether it is written like a name."""
        return self.text[0].isupper() or (len(self.text) > 2 and any(c.isupper() for c in self.text[1:]))

    @property
    def acronym(self) -> bool:
        """Whether it is all capitals, perhaps with figures: OTAN, G7, O.T.A.N."""
        letters = self.text.replace(".", "")
        return len(letters) > 1 and letters.upper() == letters and letters[0].isupper()

    @property
    def tied(self) -> bool:
        """Whether only spaces, a hyphen or an apostrophe stand between the word before and this one."""
        return self.gap.strip(" \u00a0\u2009\u202f") in _TIES and "\n" not in self.gap

    @property
    def elided(self) -> bool:
        """Whether it may be an article or a conjunction before an apostrophe: "l", "qu"."""
        return self.key in _ELIDED


_TIES = frozenset(("", "-", "'", "’", "‑"))
_ELIDED = word_set("l d j m t s c n qu jusqu lorsqu puisqu quoiqu quelqu presqu")


@functools.lru_cache(maxsize=64)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of the text in order."""
    found: list[Token] = []
    end = 0
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        key = fold(match[0])
        found.append(
            Token(match[0], match.start(), match.end(), key, gap, _is_initial(found, gap, text, match.start()))
        )
        end = match.end()
    return tuple(found)


def _is_initial(before: list[Token], gap: str, text: str, start: int) -> bool:
    if not before:
        return True
    last = before[-1]
    abbreviated = (
        gap.startswith(".")
        and "\n" not in gap
        and (last.key in _ABBREVIATIONS or (len(last.text) == 1 and last.capital))
    )
    return not abbreviated and _SENTENCE_BEGINS.search(text[max(0, start - 12) : start]) is not None
