"""The script lock: which tokens can never be written."""

from __future__ import annotations

import pytest

from rewriter.engine.locks import foreign_tokens, is_foreign_letter, writes_foreign_script


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
    assert foreign_tokens(pieces).tolist() == [1, 2, 3]
