"""Stray spaces and stops: repaired where there is no doubt, left alone where there is any.

Setting an article in good typography is not done here; see `french.typography`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from rewriter.source.patterns import pattern
from rewriter.source.repairs import Repair

_ADDRESS_END = r"(?:com|fr|org|net|info|io|be|ch|ca|eu|co|uk|gouv|pdf|html?)\b"


@functools.cache
def _stop_inside() -> re.Pattern[str]:
    """A stop before a word that can only go on with the sentence ("trois. en 2014")."""
    return pattern(r"(?<![^\W_])([^\W_]+)\.(?=\s(?-i:{continuing})\b)")


@functools.cache
def _abbreviation() -> re.Pattern[str]:
    return pattern("{abbreviation}")


def _without_stray_stops(text: str) -> str:
    return _stop_inside().sub(lambda stop: stop[0] if _belongs(stop) else stop[1], text)


def _belongs(stop: re.Match[str]) -> bool:
    """Whether the stop ends an abbreviation, an initial or the number of an item."""
    word = stop[1]
    if word.isdigit():
        return len(word) < 2 or stop.start() == 0
    return len(word) < 2 or word.isupper() or _abbreviation().fullmatch(word) is not None


def _substitution(expression: str, replacement: str) -> Callable[[str], str]:
    return functools.partial(re.compile(expression).sub, replacement)


PUNCTUATION: tuple[Repair, ...] = tuple(
    Repair("typography", explanation, apply)
    for explanation, apply in (
        # "année. ." and "fin..", but neither "..." nor "[…]".
        ("Point doublé.", _substitution(r"(?<![.\s])(?:\s*\.\s+\.|\.\.)(?![.\w])", ".")),
        ("Virgule doublée.", _substitution(r",(?:\s*,)+", ",")),
        ("Point égaré au milieu d’une phrase.", _without_stray_stops),
        # "fin.Le", "oui ?Non", "».Le", but not "M.Le" or an address.
        (
            "Espace ajoutée après la ponctuation.",
            _substitution(rf"(?<=[a-zà-ÿ]{{2}}[.!?…])(?=[A-ZÀ-Þ][a-zà-ÿ])(?!{_ADDRESS_END})", " "),
        ),
        (
            "Espace ajoutée après la virgule.",
            _substitution(r"(?<=[a-zà-ÿ]{2}),(?=[a-zà-ÿ]{2})", ", "),
        ),
        ("Espace ajoutée après le guillemet.", _substitution(r"(?<=[.!?…,])(\s?»)(?=[^\W\d_])", r"\1 ")),
        ("Espace retirée avant la ponctuation.", _substitution(r"(?<=\w)\s+([,.])(?=\s|$)(?!\.)", r"\1")),
        ("Espace doublée.", _substitution(r"[ \t]+(?=[ \t\u00a0\u202f])|(?<=[\u00a0\u202f])[ \t]+|\t", "")),
        # « A. » B », dit-il: the first mark closes what goes on.
        (
            "Guillemet fermé trop tôt, la citation continue.",
            _substitution(r"(«[^«»]*?[.!?…])\s?»(\s[A-ZÀ-Þ][^«»]*»)", r"\1\2"),
        ),
        ("Espace retirée au bord du paragraphe.", str.strip),
    )
)
"""Repairs of any paragraph, in order."""

SPACED = 0.6
"""Share of guillemets with inner spaces, from which those without are an oversight not the house style."""

_INNER_SPACE = re.compile(r"«\s|\s»")
_NO_INNER_SPACE = re.compile(r"«(?=\S)|(?<=\S)»")


def guillemet_repairs(paragraphs: Iterable[str]) -> tuple[Repair, ...]:
    """The repair of guillemets without inner spaces, for an article where most have them; else none."""
    text = "\n".join(paragraphs)
    spaced, tight = len(_INNER_SPACE.findall(text)), len(_NO_INNER_SPACE.findall(text))
    if not tight or spaced < SPACED * (spaced + tight):
        return ()
    return (Repair("typography", "Espaces ajoutées à l’intérieur des guillemets.", _with_inner_spaces),)


def continued_quotations(paragraphs: Iterable[str]) -> tuple[Repair, ...]:
    """The repair of quotations that go on in the next paragraph, which opens them again: each is closed in its own."""
    open_ended = {
        text
        for text, following in pairwise(paragraphs)
        if text.count("«") == text.count("»") + 1 and following.startswith("«")
    }
    if not open_ended:
        return ()

    def close(text: str) -> str:
        return f"{text}\u00a0»" if text in open_ended else text

    return (Repair("typography", "Citation qui continue au paragraphe suivant : fermée ici.", close),)


def _with_inner_spaces(text: str) -> str:
    return re.sub(r"(?<=\S)»", "\u00a0»", re.sub(r"«(?=\S)", "«\u00a0", text))
