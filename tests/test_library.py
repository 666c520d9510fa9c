"""The library's page of examples says what is so, and its engine is the one that a night uses."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import rewriter
from rewriter.errors import ModelError

PAGE = Path(__file__).parent.parent / "docs" / "library.md"


def test_every_example_of_the_page_does_what_it_shows() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert found.attempted > 10
    assert found.failed == 0


def test_a_model_that_is_none_is_told_before_it_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(b"nothing")
    with pytest.raises(ModelError), rewriter.load_engine(path):
        pass


def test_what_it_offers_is_what_its_page_says() -> None:
    assert set(rewriter.__all__) == {"__version__", "check", "load_engine", "rewrite"}
