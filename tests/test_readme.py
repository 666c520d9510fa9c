"""The README says what is so: dependencies, options and their defaults, exit codes, folders."""

from __future__ import annotations

import re
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from click import Context

from rewriter import errors
from rewriter.cli import BROKEN, main
from rewriter.settings import EngineSettings, WritingSettings

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    _, _, below = README.partition(f"# {heading}\n")
    rows = re.search(r"(?:^\|.*\n)+", below, re.M)
    assert rows, heading
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows.group().splitlines()]
    return cells[2:]


def coded(cell: str) -> list[str]:
    """The words in back quotes, without the name of an option's value."""
    return [words.split()[0] for words in re.findall(r"`([^`]+)`", cell)]


def options() -> dict[str, str]:
    """For every option in the README, what it says of its default."""
    return {name: row[1] for row in table("Options") for name in coded(row[0])}


def test_every_dependency_has_its_line_and_no_line_is_left_over() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for ds in project["optional-dependencies"].values() for d in ds)]
    names = {re.split(r"[^\w-]", dependency)[0] for dependency in wanted}
    assert {name for row in table("Dependencies") for name in row[0].split(", ")} == names


def test_every_option_has_its_line_and_no_line_is_left_over() -> None:
    context = Context(main, info_name="rewrite")
    commands = [main, *(main.get_command(context, name) for name in main.list_commands(context))]
    names = {
        name
        for command in commands
        if command is not None
        for parameter in command.get_params(context)
        if parameter.param_type_name == "option"
        for name in (*parameter.opts, *parameter.secondary_opts)
    }
    of_other_commands = {"--receipt", "--source", "--reviewer", "--responsible", "--folder", "--store"}
    assert names - set(options()) == of_other_commands
    assert set(options()) - names == set()
    below = README.split("### Options")[1].split("### Exit codes")[0]
    assert all(f"`{name}" in below for name in of_other_commands)


@pytest.mark.parametrize("settings", [EngineSettings(), WritingSettings()], ids=["engine", "writing"])
def test_every_default_is_the_one_that_the_program_has(settings: EngineSettings | WritingSettings) -> None:
    told = options()
    for field in fields(settings):
        option = "--" + field.name.replace("_", "-")
        default = getattr(settings, field.name)
        match default:
            case None:
                assert coded(told[option]) == []
            case bool():
                assert coded(told[option]) == [option if default else option.replace("--", "--no-")]
            case _:
                assert coded(told[option]) == [str(default)], option


def test_every_exit_code_has_its_line() -> None:
    tree = {kind.exit_code for kind in errors.RewriterError.__subclasses__()}
    assert {int(code) for row in table("Exit codes") for code in coded(row[0])} == tree | {0, 1, BROKEN}


def test_every_folder_and_module_has_its_line_and_exists() -> None:
    told = {path for row in table("What is where") for path in coded(row[0])}
    package = [entry for entry in (ROOT / "rewriter").iterdir() if not entry.name.startswith("_")]
    rooms = {f"rewriter/{entry.name}/" for entry in package if entry.is_dir()}
    modules = {f"rewriter/{entry.name}" for entry in package if entry.suffix == ".py"}
    assert (rooms | modules) - told == set()
    assert {path for path in told if not (ROOT / path).exists()} == set()


def test_every_link_leads_somewhere() -> None:
    for document in (ROOT / "README.md", ROOT / "models" / "README.md"):
        links = re.findall(r"\]\(([^):]+)\)", document.read_text(encoding="utf-8"))
        assert links
        assert [link for link in links if not (document.parent / link).exists()] == []
