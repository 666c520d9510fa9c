"""The house as it is drawn: a room imports only rooms below it, and few may know the outside."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "rewriter"
FLOORS = (
    ("__main__",),
    ("cli",),
    ("nightly", "inspecting", "library", "doctor"),
    ("job", "configuration", "terminal", "offline", "catalogue"),
    ("pipeline",),
    ("rounds", "titling", "search", "reviewing", "calibrating", "signing"),
    ("choosing",),
    ("writing", "checking"),
    ("source", "publishing"),
    ("engine",),
    ("french",),
    ("progress", "article", "settings", "errors", "tables", "inert", "deadline"),
)
"""From the top down. Rooms of one floor do not import each other, but for the last floor."""
OUTSIDE = {"llama_cpp": "engine", "click": "cli", "click_default_group": "cli", "distributed": "nightly"}
"""Libraries that one room alone may know."""
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Every module that a file imports anywhere in it, by its full name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def rooms_of(names: set[str]) -> set[str]:
    return {parts[1] for name in names if (parts := name.split("."))[0] == "rewriter" and len(parts) > 1}


def floor(name: str) -> int:
    return next(i for i, rooms in enumerate(FLOORS) if name in rooms)


def test_every_room_has_its_floor() -> None:
    assert {room(path) for path in MODULES} - {"__init__"} == {name for rooms in FLOORS for name in rooms}


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent != PACKAGE or p.stem != "__init__"], ids=str)
def test_a_room_imports_only_rooms_below(path: Path) -> None:
    here = room(path)
    for other in rooms_of(imported(path)) - {here, "__version__"}:
        below = floor(other) > floor(here) or floor(here) == len(FLOORS) - 1
        assert below, f"{path.name} imports {other}"


@pytest.mark.parametrize("library", sorted(OUTSIDE))
def test_a_library_is_known_in_one_room_only(library: str) -> None:
    users = {room(path) for path in MODULES if any(name.split(".")[0] == library for name in imported(path))}
    assert users == {OUTSIDE[library]}


def test_modules_stay_readable() -> None:
    """Under three hundred lines, as the design asks."""
    long = {path.name: n for path in MODULES if (n := len(path.read_text(encoding="utf-8").splitlines())) > 300}
    assert not long
