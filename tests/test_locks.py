"""What each lock lets through, character by character, and token by token."""

from __future__ import annotations

import pytest

from rewriter.engine.guard import Guard, Held
from rewriter.engine.locks import (
    LabelLock,
    Lock,
    NumberLock,
    QuotationLock,
    ScriptLock,
    is_foreign_letter,
    writes_foreign_script,
)
from rewriter.engine.vocabulary import Vocabulary


@pytest.mark.parametrize("char", "aZéÉœŒçñøßðŁăẁ’«»…–—€%²°ªº1½♥")
def test_french_and_its_neighbours_are_free(char: str) -> None:
    assert not is_foreign_letter(char)
    assert not writes_foreign_script(char.encode())


@pytest.mark.parametrize("char", "дЖαΩאش中文日本한ไहՀღ")
def test_letters_of_other_scripts_are_locked(char: str) -> None:
    assert is_foreign_letter(char)
    assert writes_foreign_script(f"mot {char}".encode())


@pytest.mark.parametrize("char", "中ไ한дΩא")
def test_the_first_byte_of_a_foreign_letter_is_locked_too(char: str) -> None:
    assert writes_foreign_script(char.encode()[:1])


@pytest.mark.parametrize("piece", ["é".encode()[:1], "œ".encode()[:1], "’".encode()[:2], b"\xa9", b"", b" le"])
def test_halves_of_french_characters_are_free(piece: bytes) -> None:
    assert not writes_foreign_script(piece)


def test_ids_are_returned_in_order() -> None:
    pieces = [b"le", "中".encode(), b"\xe4", "д".encode(), b"x"]
    assert Vocabulary(pieces, frozenset()).foreign.tolist() == [1, 2, 3]


def passes(lock: Lock, text: str) -> bool:
    """Whether a lock lets a whole text be written, and end."""
    state = lock.start
    for char in text:
        following = lock.following(state)
        after = lock.step(state, char)
        assert after is None or following is None or char in following, "what is said to follow and what does agree"
        if after is None:
            return False
        state = after
    return lock.may_end(state)


NUMBERS = "En 2014, 79,5 milliards et 100 000 dollars, 2 % et 2019-2020, le 1er, 18:30, x², 3.5."


@pytest.mark.parametrize(
    "text",
    ["", "En 2014.", "79,5", "100 000 euros", "100\u202f000", "2014, 2 %", "2020", "de 2019 à 2020", "2019-2020",
     "le 1er", "cent mille", "x²", "18:30", "XXe", "2, 2014", "3.5", "2014."],
)  # fmt: skip
def test_numbers_of_the_text_are_free(text: str) -> None:
    assert passes(NumberLock(NUMBERS), text)


@pytest.mark.parametrize(
    "text",
    ["2004", "201", "20144", "79", "79,", "79.5", "100", "100 00", "100 0000", "100 2", "2 2014", "2020-2019", "0",
     "1 er 5", "x³", "1Ⅳ", "٣", "2014,5", "000", "18:3"],
)  # fmt: skip
def test_other_numbers_cannot_be_written(text: str) -> None:
    assert not passes(NumberLock(NUMBERS), text)


QUOTES = ("un pont nécessaire vers l’adhésion", "C'est 79,5 % de plus, dit-il")


@pytest.mark.parametrize(
    "text",
    ["", "sans guillemets", "« pont nécessaire »", "«pont»", "« Pont »", "“un pont”", '"vers l\'adhésion"', "« c’est »",
     "« adhésion »", "« 79,5 % »", "« plus », « pont »", "«\xa0de\u202fplus\xa0»", "« dit-il »"],
)  # fmt: skip
def test_whole_words_in_a_row_may_be_quoted(text: str) -> None:
    assert passes(QuotationLock(QUOTES), text)


@pytest.mark.parametrize(
    "text",
    ["« pon »", "« nécessaire pont »", "« pont utile »", "« »", "« pont", "pont »", "« vers l’ »", "« 79 »", "« dit »",
     "« ont »", "« pont nécessaire. »", "« adhésion C'est »", "« 5 % »"],
)  # fmt: skip
def test_nothing_else_may_be_quoted(text: str) -> None:
    assert not passes(QuotationLock(QUOTES), text)


def test_without_quotations_no_mark_can_be_written() -> None:
    assert not passes(QuotationLock(()), "«")


@pytest.mark.parametrize("text", ["Le titre : oui", "Titre de séjour", "Le vote\nLe port", "- Non", "* a", "Voir"])
def test_lines_that_begin_otherwise_are_free(text: str) -> None:
    assert passes(LabelLock(("titre :", "voici", "#", "**", "---")), text)


@pytest.mark.parametrize("text", ["Titre : oui", "TITRE\xa0: oui", " Voici", "Le vote\n## Port", "**Port", "---"])
def test_no_line_begins_with_a_label(text: str) -> None:
    assert not passes(LabelLock(("titre :", "voici", "#", "**", "---")), text)


def test_a_foreign_letter_spelt_in_bytes_is_stopped() -> None:
    pieces = [b"\xd0", b"\xb6", b"\xc3", b"\xa9"]
    guard = Guard((ScriptLock(),), Vocabulary(pieces, frozenset()))
    half = guard.after(guard.start, 0)
    assert half == Held((True,), b"\xd0")
    assert guard.after(half, 1) is None
    other = guard.after(guard.start, 2)
    assert other is not None
    assert guard.after(other, 3) == guard.start


def test_within_a_number_only_what_completes_it_can_be_drawn() -> None:
    pieces = [b"20", b"2014", b"1", b"4", b"14", b"14,", b"14 le", b"145", b" 14", b"", b"le"]
    end = 9
    guard = Guard((NumberLock("2014 et 7"),), Vocabulary(pieces, frozenset({end})))
    assert guard.only(guard.start) is None
    assert guard.after(guard.start, 2) is None
    within = guard.after(guard.start, 0)
    assert within is not None
    assert guard.after(within, end) is None
    assert guard.only(within) == (2, 4, 5, 6)
    whole = guard.after(within, 4)
    assert whole is not None
    assert guard.only(whole) is None
    assert guard.after(whole, end) == whole
