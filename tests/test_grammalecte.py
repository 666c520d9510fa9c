"""Grammalecte as an outside program: what it says is told, and what it does wrong costs nothing."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from rewriter.checking import grammalecte
from rewriter.checking.grammalecte import COMMAND, check_agreement

TEXTS = ["Les groupe comptaient 156 fermes.", "Le port rouvre lundi.", "Elles sont parti hier."]


@pytest.fixture(autouse=True)
def fresh() -> None:
    grammalecte._installed.cache_clear()


@pytest.mark.skipif(not shutil.which(COMMAND), reason="Grammalecte is not installed (Debian: grammalecte-cli)")
def test_what_does_not_agree_is_told_where_it_stands() -> None:
    first, second, third = check_agreement(TEXTS)
    assert second == ()
    assert any(TEXTS[0][slice(*(f.span or (0, 0)))] in ("Les", "groupe") for f in first)
    assert any(TEXTS[2][slice(*(f.span or (0, 0)))] == "parti" for f in third)
    assert {f.gravity for f in (*first, *third)} == {"warning"}


def test_without_it_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert check_agreement(TEXTS) == [(), (), ()]


@pytest.mark.parametrize("answer", ["exit 1", "echo no json", "echo '{}'", "echo '{\"data\": []}'"])
def test_a_program_that_fails_costs_its_opinion_only(
    answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / COMMAND
    program.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert check_agreement(TEXTS) == [(), (), ()]


def test_no_text_asks_nobody() -> None:
    assert check_agreement([]) == []
