"""A night with everything scripted around it, for the tests of the night: real pipeline, no model."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import rewriter.engine
from rewriter.cli import main
from rewriter.engine.base import CompletionRequest
from rewriter.engine.scripted import ScriptedEngine
from rewriter.nightly import journal
from rewriter.nightly.journal import Entry
from rewriter.settings import EngineSettings
from tests.scripts import LARGE, shown

TEXTS = {
    "halle.txt": (
        "La maire de Valmer a annoncé lundi la réouverture de la halle aux poissons, fermée depuis 2019. "
        "Les travaux ont coûté 3,5 millions d’euros, dont un tiers payé par la région.\n\n"
        "Quarante pêcheurs retrouveront une place dès le mois de mai, selon la mairie.\n"
    ),
    "bac.txt": (
        "Le bac de Port-Louis ne circulera pas mardi, a indiqué la compagnie. "
        "Deux moteurs sur trois sont en panne depuis le 12 mars.\n\n"
        "Les habitants de l’île devront prendre la navette de 7 heures.\n"
    ),
    "lycee.md": (
        "# Un lycée pilote\n\nLe lycée de Corveil accueillera 600 élèves en septembre. "
        "La région a payé 12 millions d’euros pour le bâtiment de bois.\n"
    ),
}


def same_words(request: CompletionRequest, number: int) -> str:
    """What a poor model writes: now the passage itself, now something that nothing in the source says."""
    return shown(request) if number % 2 else "Rien de cela n’est dans la source."


class Engine(ScriptedEngine):
    """A scripted engine that is opened and closed as a model is."""

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *error: object) -> None:
        pass


@dataclass
class Desk:
    """A folder with an inbox, a model and what the model writes."""

    folder: Path
    write: Callable[[CompletionRequest, int], str] = same_words
    loads: int = 0

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def inspect(self, path: Path) -> rewriter.engine.Header:
        return rewriter.engine.Header(path, 5, {"general.name": "A Model", "general.architecture": "llama"}, 1)

    def load(self, path: Path, settings: EngineSettings) -> Engine:
        self.loads += 1
        return Engine(self.write, parameters=LARGE)

    def run(self, *arguments: str, **options: Any) -> Result:
        """A night over the inbox."""
        return invoke("--model", "m.gguf", "--words", "50", "in", "--out-dir", "out", *arguments, **options)

    def names(self) -> list[str]:
        """What is in the out folder, hidden files too but for the journal's home."""
        return sorted(path.name for path in self.out.iterdir() if path.name != ".rewrite")

    def outbox(self) -> dict[str, Any]:
        """Every file, its content; of a record all but what the clock says."""
        return {name: content(self.out / name) for name in self.names()}

    def entries(self) -> dict[str, Entry]:
        """The journal's rows, by the name of the source."""
        with journal.opened_to_read(self.out) as book:
            return {Path(entry.path).name: entry for entry in book.entries()}

    def states(self) -> dict[str, str]:
        return {name: entry.state for name, entry in self.entries().items()}

    def drafts(self) -> int:
        """How many stages the journal keeps."""
        with journal.opened_to_read(self.out) as book:
            return int(book._rows("SELECT count(*) FROM stages")[0][0])


def content(path: Path) -> Any:
    if path.name.endswith(".record.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        del record["run"]
        return record
    return path.read_bytes()


def invoke(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="rewrite", **options)


def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Set the stage in a folder."""
    desk = Desk(folder)
    (folder / "in").mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "home" / ".config"))
    monkeypatch.setattr(rewriter.engine, "inspect", desk.inspect)
    monkeypatch.setattr(rewriter.engine, "plan", lambda header, settings: None)
    monkeypatch.setattr(rewriter.engine, "load", desk.load)
    monkeypatch.setattr("rewriter.nightly.night.is_possible", lambda: False)  # what a fork counts, no test sees
    for name, text in TEXTS.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    (folder / "m.gguf").write_bytes(b"model")
    return desk
