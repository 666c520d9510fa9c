"""What a model cannot write: locks, each an automaton over characters.

A lock says which characters may follow what was written. In a *wide* state nearly all may, and a token is drawn
first and held against the lock after: one that the lock refuses loses its logit and another is drawn, which gives
the same odds as taking it out before. In a *narrow* state (within a number, within a quotation) few may, and only
the tokens that spell those can be drawn.

A lock knows characters, not tokens: `rewriter.engine.guard` brings the two together.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from typing import Protocol

from rewriter.engine.base import Locks

State = Hashable
SPACES = frozenset(" \u00a0\u202f")


class Lock(Protocol):
    """States are immutable, so that a sequence can be taken back to any of them."""

    start: State

    def step(self, state: State, char: str) -> State | None:
        """Return the state after a character; None when it may not be written."""
        ...

    def following(self, state: State) -> frozenset[str] | None:
        """Return the characters that alone may follow; None in a wide state."""
        ...

    def may_end(self, state: State) -> bool:
        """Whether the text may end here."""
        ...


def locks_of(locks: Locks) -> tuple[Lock, ...]:
    """Return the automata for what a request locks."""
    made: list[Lock] = []
    if locks.latin_only:
        made.append(ScriptLock())
    if locks.numbers is not None:
        made.append(NumberLock(locks.numbers))
    if locks.quotations is not None:
        made.append(QuotationLock(locks.quotations))
    if locks.labels:
        made.append(LabelLock(locks.labels))
    return tuple(made)


# --- numbers -----------------------------------------------------------------------------------------------------

_JOINTS = frozenset(".,:/'’-–") | SPACES
"""One of these between two digits makes them one number: 79,5 · 100 000 · 2019-2020 · 18:30."""
_NUMBER = re.compile(rf"[0-9]+(?:[{re.escape(''.join(sorted(_JOINTS)))}][0-9]+)*")


class NumberLock:
    """Only numbers that a text has may be written, to the last digit.

    Covers the digits 0-9, with the signs that join them. Other numerals of Unicode (², Ⅳ, ٣) may be written where
    the text has the very sign; numbers in words and roman numerals in letters are free. A range or a score may be
    taken apart ("2019-2020" gives 2019), a grouped or decimal number may not. The space within a number may be of
    another kind.
    """

    start: State = ""

    def __init__(self, text: str) -> None:
        whole = set(_NUMBER.findall(_one_space(text)))
        self._numbers = frozenset(whole | {part for number in whole for part in re.split(r"[-–:/]", number)})
        self._beginnings = frozenset(number[:k] for number in self._numbers for k in range(1, len(number) + 1))
        self._signs = frozenset(char for char in text if _is_other_numeral(char))

    def step(self, state: State, char: str) -> str | None:
        """The state is the number under way, with a joint that may end it; "" outside one."""
        number = str(state)
        if "0" <= char <= "9":
            return longer if (longer := number + char) in self._beginnings else None
        if _is_other_numeral(char) and char not in self._signs:
            return None
        if number and number[-1].isdigit() and char in _JOINTS:
            joined = number + _one_space(char)
            return joined if number in self._numbers or joined in self._beginnings else None
        return "" if self.may_end(number) else None

    def following(self, state: State) -> frozenset[str] | None:
        """Within a number that the text does not have, what may complete it."""
        number = str(state)
        if self.may_end(number):
            return None
        after = {b[len(number)] for b in self._beginnings if len(b) > len(number) and b.startswith(number)}
        return frozenset(after | SPACES if " " in after else after)

    def may_end(self, state: State) -> bool:
        """Not within a number."""
        number = str(state)
        return not number or (number if number[-1].isdigit() else number[:-1]) in self._numbers


def _one_space(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def _is_other_numeral(char: str) -> bool:
    return char.isnumeric() and not "0" <= char <= "9"


# --- quotations --------------------------------------------------------------------------------------------------

_OPENING, _CLOSING = frozenset('«“„"'), frozenset('»”"')
_APOSTROPHES = frozenset("'’")
_Place = tuple[int, int]


class QuotationLock:
    """Between quotation marks only whole words that stand in a row in one of the quotations may be written.

    Spaces, apostrophes and a first capital may be of another kind. A mark that closes nothing may not be written.
    """

    start: State = frozenset[_Place]()

    def __init__(self, quotations: Sequence[str]) -> None:
        self._texts = tuple(" ".join(_one_space(text).split()) for text in quotations)
        self._beginnings = frozenset(
            (q, i) for q, text in enumerate(self._texts) for i in range(len(text)) if _begins_word(text, i)
        )

    def step(self, state: State, char: str) -> State | None:
        """The state is every place of the quotations where the text may be; empty outside quotation marks."""
        places: frozenset[_Place] = state  # type: ignore[assignment]  # states of this lock are made here alone
        if not places:
            if char in _OPENING:
                return self._beginnings or None
            return None if char in _CLOSING else places
        opening = places == self._beginnings
        further = frozenset((q, i + 1) for q, i in places if char in self._alike(q, i, opening))
        if further:
            return further
        if char in SPACES:  # after the opening mark, or before the closing one
            return places if opening else frozenset(self._ends(places)) or None
        return frozenset() if char in _CLOSING and not opening and self._ends(places) else None

    def following(self, state: State) -> frozenset[str] | None:
        """Within quotation marks: the next characters of the quotations, and the mark that closes."""
        places: frozenset[_Place] = state  # type: ignore[assignment]  # states of this lock are made here alone
        if not places:
            return None
        opening = places == self._beginnings
        after: set[str] = set().union(*(self._alike(q, i, opening) for q, i in places))
        if opening:
            return frozenset(after | SPACES)
        return frozenset(after | SPACES | _CLOSING if self._ends(places) else after)

    def may_end(self, state: State) -> bool:
        """Not within quotation marks."""
        return not state

    def _alike(self, q: int, i: int, first: bool) -> frozenset[str]:
        """The ways to write the i-th character of a quotation."""
        if i >= len(self._texts[q]):
            return frozenset()
        char = self._texts[q][i]
        if char == " ":
            return SPACES
        if char in _APOSTROPHES:
            return _APOSTROPHES
        return frozenset({char, char.upper(), char.lower()}) if first and len(char.upper()) == 1 else frozenset(char)

    def _ends(self, places: Iterable[_Place]) -> list[_Place]:
        """The places where a word has just ended, if only by a space."""
        return [(q, i) for q, i in places if _ends_word(self._texts[q], i)]


def _begins_word(text: str, i: int) -> bool:
    """Whether a word begins at `i`: also at "l'|OTAN", not at "vingt-|deux", not at "79,|5"."""
    if not text[i].isalnum() or i == 0:
        return text[i].isalnum()
    before = text[i - 1]
    in_number = text[i].isdigit() and before in _JOINTS - SPACES and text[i - 2 : i - 1].isdigit()
    return not (before.isalnum() or before == "-" or in_number)


def _ends_word(text: str, i: int) -> bool:
    """Whether no word goes on at `i`: not in "l'|OTAN", not in "vingt-|deux", not in "79|,5"."""
    if i == len(text):
        return True
    before, after = text[i - 1], text[i]
    if before in _APOSTROPHES or before == "-":
        return False
    if after.isalnum() or after in _APOSTROPHES or after == "-":
        return not before.isalnum() and not before.isdigit()
    return not (before.isdigit() and text[i + 1 : i + 2].isdigit())


# --- labels ------------------------------------------------------------------------------------------------------


class LabelLock:
    """No line may begin with a label: "Titre :", "Voici", "#", "---"."""

    start: State = ""
    _PAST = "\n"

    def __init__(self, labels: Iterable[str]) -> None:
        self._labels = frozenset(label.casefold() for label in labels)
        self._beginnings = frozenset(label[:k] for label in self._labels for k in range(len(label) + 1))

    def step(self, state: State, char: str) -> str | None:
        """The state is the beginning of a line while it may become a label."""
        if char == "\n":
            return ""
        if state == self._PAST:
            return self._PAST
        begun = _one_space(f"{state}{char}").casefold().lstrip()
        if begun in self._labels:
            return None
        return begun if begun in self._beginnings else self._PAST

    def following(self, state: State) -> None:
        """Always wide."""

    def may_end(self, state: State) -> bool:
        """Always."""
        return True


# --- script ------------------------------------------------------------------------------------------------------

_LAST_LATIN = 0x24F
_EXTENDED_ADDITIONAL = range(0x1E00, 0x1F00)
# First bytes of UTF-8 sequences: from 0xCD on they begin Greek, Cyrillic, Semitic, Indic and Asian scripts,
# but for 0xE1 (Latin Extended Additional among them) and 0xE2 (’ “ – … €).
_FOREIGN_LEADS = frozenset({*range(0xCD, 0xE1), *range(0xE3, 0xF5)})


class ScriptLock:
    """No letter outside the Latin script may be written.

    Tokens that hold one, or begin one, are known beforehand and never drawn; this lock stops those that some
    vocabularies put together from single bytes.
    """

    start: State = True

    def step(self, state: State, char: str) -> State | None:
        """There is one state."""
        return None if is_foreign_letter(char) else state

    def following(self, state: State) -> None:
        """Always wide."""

    def may_end(self, state: State) -> bool:
        """Always."""
        return True


def is_foreign_letter(char: str) -> bool:
    """Whether a character is a letter of another script than Latin."""
    if not char.isalpha() or ord(char) <= _LAST_LATIN:
        return False
    return ord(char) not in _EXTENDED_ADDITIONAL


def writes_foreign_script(piece: bytes) -> bool:
    """Whether a token's bytes hold, or begin, a letter of another script than Latin.

    Byte-level vocabularies cut characters in two: a piece that does not decode is judged by its first bytes.
    """
    try:
        return any(is_foreign_letter(char) for char in piece.decode())
    except UnicodeDecodeError:
        whole = piece.decode("utf-8", "ignore")
        return any(map(is_foreign_letter, whole)) or any(byte in _FOREIGN_LEADS for byte in piece)
