"""The documents say what is so: links lead somewhere, commands can be typed, every option is told of."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from rewriter import __version__
from rewriter.cli import main

ROOT = Path(__file__).parent.parent
PLACES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/*.md", "models/README.md", "examples/README.md")
DOCUMENTS = sorted(path for place in PLACES for path in ROOT.glob(place))
TOLD = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS if path.parent.name in (ROOT.name, "docs"))

_FENCED = re.compile(r"^( *)```[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_ELSEWHERE = re.compile(r"[a-z]+:")
_NAMES = ("rewrite", ".venv/bin/rewrite")
_ENDS = frozenset({"|", "||", "&&", ";", "&", ">", ">>", "<", "2>"})
_FEWEST = 20
"""Commands that the documents show at least: fewer, and this file no longer finds them."""


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- links -------------------------------------------------------------------------------------------------


def prose(text: str) -> str:
    """A document without its blocks of code."""
    return "\n".join(line for line in _FENCED.sub("", text).split("\n") if not line.startswith("    "))


def anchors(path: Path) -> set[str]:
    """What its headings are linked by."""
    headings = re.findall(r"^#+ (.+)$", prose(path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def leads_somewhere(document: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = document.parent / name if name else document
    return target.exists() and (not anchor or anchor in anchors(target))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = _LINK.findall(prose(document.read_text(encoding="utf-8")))
    assert [link for link in links if not _ELSEWHERE.match(link) and not leads_somewhere(document, link)] == []


# --- commands ----------------------------------------------------------------------------------------------


def code_lines(text: str) -> Iterator[str]:
    """The lines of blocks of code; one that goes on behind a backslash is one."""
    blocks = [match[2] for match in _FENCED.finditer(text)]
    blocks += re.findall(r"(?:^    .*\n?)+", _FENCED.sub("", text), re.MULTILINE)
    for block in blocks:
        yield from block.replace("\\\n", " ").split("\n")


def arguments(line: str) -> list[str] | None:
    """What a line gives to `rewrite`; None where it calls something else."""
    try:
        words = shlex.split(line, comments=True)
    except ValueError:  # prose, or another language
        return None
    if not words or words[0] not in _NAMES:
        return None
    given: list[str] = []
    for word in words[1:]:
        if word in _ENDS:
            break
        if bare := word.strip("[]…"):  # brackets: what may be left out
            given.append(bare)
    return given


def asked(given: list[str]) -> tuple[click.Command, list[str]]:
    """The command that is called, and what is left for it."""
    command = main.commands.get(given[0]) if given else None
    return (command, given[1:]) if command else (main.commands["article"], given)


def commands() -> list[tuple[str, str]]:
    """Every command in a block of code, with the document that shows it."""
    shown = ((named(path), line.strip()) for path in DOCUMENTS for line in code_lines(path.read_text(encoding="utf-8")))
    return [(document, line) for document, line in shown if arguments(line)]


def test_the_commands_are_found() -> None:
    assert len(commands()) >= _FEWEST


@pytest.mark.parametrize(("document", "line"), commands(), ids=lambda text: text[:60])
def test_every_command_can_be_typed(document: str, line: str) -> None:
    command, given = asked(arguments(line) or [])
    context = click.Context(command)
    values, rest, _ = command.make_parser(context).parse_args(args=list(given))
    assert rest == [], document
    for parameter in command.params:
        if parameter.name in values:
            parameter.type_cast_value(context, values[parameter.name])
        assert parameter.name in values or not parameter.required, f"{document}: {parameter.name} is missing"


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_option_in_a_sentence_exists(document: Path) -> None:
    for code in re.findall(r"`((?:\.venv/bin/)?rewrite [^`\n]+)`", prose(document.read_text(encoding="utf-8"))):
        command, given = asked(code.split()[1:])
        known = {*names_of(command), "--help"}
        assert {word for word in given if re.match(r"--\w", word)} <= known, code


# --- options -----------------------------------------------------------------------------------------------


def names_of(command: click.Command) -> set[str]:
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    return {name for option in options for name in (*option.opts, *option.secondary_opts)}


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_option_is_told_of(name: str) -> None:
    untold = {
        option for option in names_of(main.commands[name]) if not re.search(rf"(?<![\w-]){option}(?![\w-])", TOLD)
    }
    assert untold == set()


# --- citation ----------------------------------------------------------------------------------------------


def test_the_citation_names_this_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    told = dict(re.findall(r'^([\w-]+): "?([^"\n]+)"?$', citation, re.MULTILINE))
    assert told["cff-version"] == "1.2.0"
    assert (told["title"], told["version"], told["license"]) == ("rewriter", __version__, "Apache-2.0")
    assert {"message", "authors"} <= set(re.findall(r"^([\w-]+):", citation, re.MULTILINE))
