"""Agreement and conjugation, where Grammalecte's command line is installed: a separate program, never imported.

Grammalecte is GPL-3 and knows far more French than the rules here. Only those of its errors are told that were mostly
right when read: of 200 sentences that this program kept they name 4 of the 20 that readers called broken, and one sound
one. Without it nothing is checked, and nobody is told.
"""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rewriter.article import Finding

COMMAND = "grammalecte-cli"
_TRUSTED = frozenset(("gn", "conj", "ppas", "infi", "imp", "vmode", "eleu"))
"""Agreement, conjugation, participles, infinitives, imperatives, moods, elision."""
_SECONDS = 60
"""The longest that it may take; it reads an article in one."""


def check_agreement(texts: Sequence[str]) -> list[tuple[Finding, ...]]:
    """Return for each text what Grammalecte has to say of it: warnings, each with its span; nothing without it."""
    program = _installed()
    if not program or not texts:
        return [()] * len(texts)
    found: list[tuple[Finding, ...]] = [()] * len(texts)
    for paragraph in _answer(program, texts):
        at = paragraph["iParagraph"] - 1
        if at % 2 == 0 and at // 2 < len(texts):
            errors = [e for e in paragraph["lGrammarErrors"] if e["sType"] in _TRUSTED]
            found[at // 2] = tuple(_finding(error) for error in errors)
    return found


@functools.cache
def _installed() -> str | None:
    return shutil.which(COMMAND)


def _answer(program: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Its list of paragraphs; texts stand on lines of their own, an empty one between them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.txt"
        path.write_text("\n\n".join(" ".join(text.split("\n")) for text in texts) + "\n", encoding="utf-8")
        try:
            done = subprocess.run(
                [program, "--file", str(path), "--json"], capture_output=True, text=True, timeout=_SECONDS, check=True
            )
            data: list[dict[str, Any]] = json.loads(done.stdout)["data"]
        except (OSError, subprocess.SubprocessError, ValueError, KeyError):
            return []  # an outside program that fails costs its opinion, never the article
    return data


def _finding(error: dict[str, Any]) -> Finding:
    hints = ", ".join(error.get("aSuggestions", [])[:2])
    return Finding("agreement", "warning", str(error["sMessage"]), (error["nStart"], error["nEnd"]), hints)
