"""rewriter.toml: where it is looked for, and what is said of a line that makes no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from rewriter import configuration
from rewriter.errors import UsageError

KEYS: dict[str, configuration.Kind] = {
    "model": "path",
    "title": "text",
    "max_words": "whole",
    "freedom": "decimal",
    "strict": "switch",
}


def read(folder: Path, text: str) -> dict[str, configuration.Value]:
    path = folder / "rewriter.toml"
    path.write_text(text, encoding="utf-8")
    return configuration.read(path, KEYS)


def test_values_come_by_key(tmp_path):
    values = read(tmp_path, 'title = "L’été"\nmax-words = 900\nstrict = true\n')
    assert values == {"title": "L’été", "max_words": 900, "strict": True}


def test_a_key_may_be_written_with_an_underscore(tmp_path):
    assert read(tmp_path, "max_words = 900\n") == {"max_words": 900}


@pytest.mark.parametrize(("written", "value"), [("0.2", 0.2), ("1", 1)])
def test_a_decimal_number_may_be_whole(tmp_path, written, value):
    assert read(tmp_path, f"freedom = {written}\n") == {"freedom": value}


def test_an_empty_file_says_nothing(tmp_path):
    assert read(tmp_path, "# nothing yet\n") == {}


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    assert read(tmp_path, "\ufeffstrict = false\n") == {"strict": False}


def test_a_path_is_taken_from_the_folder_of_the_file(tmp_path):
    assert read(tmp_path, 'model = "models/m.gguf"\n') == {"model": str(tmp_path / "models" / "m.gguf")}


def test_an_absolute_path_stays(tmp_path):
    there = tmp_path.parent / "m.gguf"
    assert read(tmp_path, f"model = '{there}'\n") == {"model": str(there)}


def test_a_tilde_is_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert read(tmp_path, 'model = "~/m.gguf"\n') == {"model": str(tmp_path / "home" / "m.gguf")}


def test_a_dash_stays_the_standard_stream(tmp_path):
    assert read(tmp_path, 'model = "-"\n') == {"model": "-"}


@pytest.mark.parametrize(
    ("line", "message", "tip"),
    [
        ("max-word = 900", "unknown key: max-word (did you mean max-words?)", "one of: model, title"),
        ("titel = 'x'", "unknown key: titel (did you mean title?)", "one of"),
        ("banana = 1", "unknown key: banana", "one of: model, title, max-words, freedom, strict"),
        ("[article]\nmax-words = 900", "unknown key: article", "one of"),
        ('max-words = "900"', "max-words: '900' is not a whole number", "change it"),
        ("max-words = 900.5", "max-words: 900.5 is not a whole number", "change it"),
        ("max-words = true", "max-words: true is not a whole number", "change it"),
        ("freedom = true", "freedom: true is not a number", "change it"),
        ('freedom = "0.2"', "freedom: '0.2' is not a number", "change it"),
        ("strict = 1", "strict: 1 is not true or false", "change it"),
        ("title = 7", "title: 7 is not a text", "change it"),
        ("model = ['a', 'b']", "model: ['a', 'b'] is not a path", "change it"),
        ("[title]\nx = 1", "title: a table is not a text", "change it"),
        ("max-words = 900\nmax_words = 800", "max_words: is given twice", "remove one"),
        ("max-words = ", "is not TOML", "max-words = 900"),
        ("title = l’été", "is not TOML", "lines such"),
    ],
)
def test_a_line_that_makes_no_sense_is_named_with_its_file(tmp_path, line, message, tip):
    with pytest.raises(UsageError) as caught:
        read(tmp_path, line)
    assert caught.value.message.startswith(f"{tmp_path / 'rewriter.toml'}: ")
    assert message in caught.value.message
    assert tip in caught.value.tip
    assert "\n" not in caught.value.message


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "rewriter.toml").write_bytes("title = 'été'".encode("cp1252"))
    with pytest.raises(UsageError, match="is not UTF-8"):
        configuration.read(tmp_path / "rewriter.toml", KEYS)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"gone\.toml: cannot be read: No such file"):
        configuration.read(tmp_path / "gone.toml", KEYS)


def test_the_first_folder_with_a_file_wins(tmp_path):
    here, home = tmp_path / "here", tmp_path / "home"
    here.mkdir()
    home.mkdir()
    assert configuration.find([here, home]) is None
    (home / "rewriter.toml").touch()
    assert configuration.find([here, home]) == home / "rewriter.toml"
    (here / "rewriter.toml").touch()
    assert configuration.find([here, home]) == here / "rewriter.toml"
