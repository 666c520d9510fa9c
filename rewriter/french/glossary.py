"""House style: say this word, never that one, outside quotations. Read from a glossary.toml that an editor keeps.

    [[say]]
    word = "exilé"
    never = ["migrant", "clandestin"]

    [[say]]
    word = "Kyïv"                # a name that is always written so
    never = ["Kiev"]

A word stands for itself alone: its plural is another entry. `gender` ("m" or "f") of the word to say tells how "l'"
before the old one is written before the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rewriter.french.elision import CONTRACTED, UNCONTRACTED, Gender, meeting
from rewriter.french.quotes import outside

_BEFORE = r"(?:(?P<before>[^\W\d_]+['’]|[^\W\d_]+\s)\s*)?"


@dataclass(frozen=True)
class Term:
    """A word or phrase to say, and those that it replaces."""

    word: str
    never: tuple[str, ...]
    gender: Gender | None = None


@dataclass(frozen=True)
class Breach:
    """A word that the house never says."""

    span: tuple[int, int]
    found: str
    say: str


@dataclass(frozen=True)
class Glossary:
    """An editor's terms."""

    terms: tuple[Term, ...] = ()

    def breaches(self, text: str) -> tuple[Breach, ...]:
        """The words outside quotations that the house never says, in order."""
        found = [
            Breach((match.start("old"), match.end("old")), match["old"], term.word)
            for term, pattern in self._patterns()
            for match in pattern.finditer(outside(text))
        ]
        return tuple(sorted(found, key=lambda breach: breach.span))

    def obeyed(self, text: str) -> str:
        """The text with those words replaced, and elided or contracted with what stands before them.

        A place where that cannot be decided ("l'" before a word whose gender the glossary does not give) is left.
        """
        before = ""
        while text != before:  # the word before an old one may have been an old one itself
            before = text
            for term, pattern in self._patterns():
                for match in reversed(list(pattern.finditer(outside(text)))):
                    if (new := _put(match, term)) is not None:
                        text = text[: match.start()] + new + text[match.end() :]
        return text

    def _patterns(self) -> Iterator[tuple[Term, re.Pattern[str]]]:
        for term in self.terms:
            words = "|".join(re.escape(word).replace("'", "['’]") for word in sorted(term.never, key=len, reverse=True))
            yield term, re.compile(rf"(?<![\w’'-]){_BEFORE}(?P<old>(?:{words}))(?![\w-])", re.IGNORECASE)


def _put(match: re.Match[str], term: Term) -> str | None:
    """What stands in place of a match: the word before it as it meets the new one, and the new one."""
    new = term.word
    before = (match["before"] or "").strip()
    if match["old"][:1].isupper() and not (before or new[:1].isupper()):
        new = new[:1].upper() + new[1:]
    if not before:
        return new
    met = _met(before.casefold().replace("’", "'"), new, term.gender)
    if met is None:
        return None
    met = met[:1].upper() + met[1:] if before[:1].isupper() else met
    met = met.replace("'", "’") if "’" in before else met
    return met + new if met.endswith(("'", "’")) else f"{met} {new}"


def _met(before: str, new: str, gender: Gender | None) -> str | None:
    """The word before, as it stands before the new word; None where nobody can tell."""
    if before == "l'":
        return meeting("l'", new.split(maxsplit=1)[0], gender)
    if before == "d'" or before not in UNCONTRACTED:
        return meeting(before, new.split(maxsplit=1)[0], gender)
    preposition, article = UNCONTRACTED[before]
    met = meeting(article, new.split(maxsplit=1)[0], gender)
    if met is None:
        return None
    return CONTRACTED.get((preposition, met), f"{preposition} {met}")


def parse(table: dict[str, Any]) -> Glossary:
    """Return the glossary in a TOML table. Raises ValueError that says what is wrong."""
    unknown = set(table) - {"say"}
    if unknown:
        raise ValueError(f"unknown key: {sorted(unknown)[0]}")
    if not isinstance(table.get("say", []), list):
        raise ValueError("say is no list of entries")
    terms = tuple(_term(entry) for entry in table.get("say", []))
    said = {term.word.casefold() for term in terms}
    for word in (word for term in terms for word in term.never):
        if word.casefold() in said:  # two such entries would replace each other for ever
            raise ValueError(f"{word}: is said and never said")
    return Glossary(terms)


def _term(entry: Any) -> Term:
    if not isinstance(entry, dict) or set(entry) - {"word", "never", "gender"}:
        raise ValueError("an entry has word, never and perhaps gender")
    word, never, gender = entry.get("word"), entry.get("never"), entry.get("gender")
    if not isinstance(word, str) or not word.strip():
        raise ValueError("an entry has no word")
    if not isinstance(never, list) or not never or not all(isinstance(w, str) and w.strip() for w in never):
        raise ValueError(f"{word}: never is no list of words")
    if gender not in (None, "m", "f"):
        raise ValueError(f'{word}: gender is "m" or "f"')
    return Term(word.strip(), tuple(w.strip() for w in never), gender)
