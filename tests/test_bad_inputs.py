"""docs/bad-inputs.md says what the command does with bad inputs."""

from __future__ import annotations

import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from rewriter.cli import main

ROOT = Path(__file__).parent.parent


def script() -> ModuleType:
    loader = SourceFileLoader("bad_inputs", str(ROOT / "scripts" / "bad-inputs"))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    module = module_from_spec(spec)
    sys.modules[loader.name] = module  # dataclasses look there
    loader.exec_module(module)
    return module


BAD = script()
ROWS = (ROOT / "docs" / "bad-inputs.md").read_text(encoding="utf-8").splitlines()
QUICK = [bad for bad in BAD.INPUTS if (callable(bad.data) or len(bad.data) < 30_000) and "no weights" not in bad.what]
"""Those without some seconds of work, or a model to load."""


def test_the_table_has_a_row_for_every_input() -> None:
    names = [row.split(" | ")[0].removeprefix("| ") for row in ROWS if row.startswith("| ")]
    assert names[1:] == [bad.what for bad in BAD.INPUTS]


@pytest.mark.parametrize("bad", QUICK, ids=lambda bad: bad.what)
def test_the_table_is_true(bad: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = BAD.prepare(bad, tmp_path)
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(main, arguments, prog_name="rewrite")
    assert BAD.row(bad, BAD.outcome(ran.stderr, ran.exit_code), ran.exit_code) in ROWS
