"""The manual pages tell of every command and every option."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from rewriter.cli import main

SCRIPT = Path(__file__).parent.parent / "scripts" / "man"


def test_there_is_a_page_for_every_command_with_all_its_options(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SCRIPT), str(tmp_path)], check=True, capture_output=True)
    pages = {path.stem: path.read_text(encoding="utf-8").replace("\\", "") for path in tmp_path.iterdir()}
    assert set(pages) == {"rewrite"} | {f"rewrite-{name}" for name in main.commands if name != "article"}
    for name, command in main.commands.items():
        page = pages["rewrite" if name == "article" else f"rewrite-{name}"]
        options = [param for param in command.params if isinstance(param, click.Option) and not param.hidden]
        assert [option.opts[-1] for option in options if option.opts[-1] not in page] == []
