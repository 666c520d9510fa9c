"""The words of an article's address, made of its title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rewriter.french.lexicon import content_words, is_function_word
from rewriter.french.segment import words
from rewriter.french.wordlists import word_list

SLUG_LENGTH = 75
"""Characters of a slug, at most."""
_WITH_NEXT = frozenset(["non", "ni", "sans", "aucun", "aucune", "contre", "sauf"])
_WITH_LAST = frozenset(
    ["pas", "jamais", "rien", "personne", "million", "millions", "milliard", "milliards", "mille", "cent", "cents"]
)
"""Small words without which an address would say something else: "non vérifiées", "100 milliards"."""


def make_slug(title: str, keyphrase: str) -> str:
    """ASCII words with hyphens, never empty: the title's content words and figures, each once, as many as fit.

    Those of the keyphrase stay in any case; no word and no number is cut.
    """
    units = list(_units(title)) or _plain(title) or _plain(keyphrase)
    once = [unit for i, unit in enumerate(units) if unit[0].isdigit() or unit not in units[:i]]
    fitting = [unit for unit in once if len(unit) <= SLUG_LENGTH]
    wanted = {_hyphened(word) for word in content_words(keyphrase)}
    kept: set[int] = set()
    for i in sorted(range(len(fitting)), key=lambda i: fitting[i] not in wanted):
        if len("-".join(fitting[k] for k in (*kept, i))) > SLUG_LENGTH:
            break
        kept.add(i)
    return "-".join(fitting[i] for i in sorted(kept)) or "article"


def _plain(text: str) -> list[str]:
    return [part for part in _hyphened(text).split("-") if part]


def _units(title: str) -> Iterator[str]:
    """The title's content words and figures, each with the small words that belong to it."""
    denied = {"ne", "n'"} & {word.casefold().replace("’", "'") for word in words(title)}
    unit: list[str] = []
    before = ""
    for word in words(title):
        low = word.casefold()
        joins = low in _WITH_LAST or (low == "plus" and denied)
        if unit and not joins and unit[-1] not in _WITH_NEXT and _tells(low, before):
            yield from _joined(unit)
            unit = []
        if joins or low in _WITH_NEXT or _tells(low, before):
            unit.append(_hyphened(word))
        before = low
    yield from _joined(unit)


def _joined(unit: list[str]) -> list[str]:
    return ["-".join(filter(None, unit))] if any(unit) else []


def _tells(low: str, before: str) -> bool:
    """Whether a word carries something; "été" is summer, unless an auxiliary stands before it."""
    if low == "été":
        return before not in word_list("auxiliaries")
    return not is_function_word(low) or low in _WITH_NEXT


def _hyphened(text: str) -> str:
    """The text as a slug; "79,5" is no 795, "100 000" is one number."""
    from slugify import slugify  # brings tables of letters

    plain = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3})", "", text.replace("’", "'"))
    return str(slugify(re.sub(r"(?<=\d)[.,](?=\d)", "-", plain)))
