"""What the options of all commands share: how they are read, and the file rewriter.toml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from rewriter import configuration
from rewriter.cli.messages import VERBOSE
from rewriter.errors import UsageError
from rewriter.settings import EngineSettings, Weights

F = TypeVar("F", bound=Callable[..., Any])
PATH = click.Path()


def configure(context: click.Context, param: click.Parameter, value: str | None) -> None:
    """Take from the configuration file what neither the command line nor the environment says."""
    path = configuration_file(value)
    if path is not None:
        context.default_map = configured(context, context.command, path)


def configuration_file(named: str | None) -> Path | None:
    """The configuration file: the one that is named, else the first that is found; None without any."""
    folders = [Path(), Path(click.get_app_dir("rewriter"))]
    return Path(named) if named else configuration.find(folders)


def configured(context: click.Context, command: click.Command, path: Path) -> dict[str, Any]:
    """The values of a command's options in a file, by name. Raises UsageError for what the command does not take."""
    given = (p for p in command.params if isinstance(p, click.Option) and not (p.is_eager or p.multiple))
    options = {option.name: option for option in given if option.name}
    values = configuration.read(path, {name: _kind(option) for name, option in options.items()})
    for key, found in values.items():
        try:
            options[key].process_value(context, found)
        except click.BadParameter as error:
            written = key.replace("_", "-")
            cause = error.message.rstrip(".")
            raise UsageError(f"{path}: {written}: {cause}", f"see {written} in: rewrite --help") from None
    return dict(values)


def _kind(option: click.Option) -> configuration.Kind:
    if option.is_flag:
        return "switch"
    if isinstance(option.type, click.types.IntParamType):
        return "whole"
    if isinstance(option.type, click.types.FloatParamType):
        return "decimal"
    return "path" if isinstance(option.type, click.Path) else "text"


def _be_verbose(context: click.Context, param: click.Parameter, value: bool) -> bool:
    context.meta[VERBOSE] = value
    return value


def verbose(help: str) -> Callable[[F], F]:
    """--verbose, and what it adds in this command."""
    return click.option("-v", "--verbose", is_flag=True, callback=_be_verbose, help=help)


def said(context: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A text on one line; a blank one says nothing and is no choice."""
    text = None if value is None else " ".join(value.split())
    if text == "":
        raise click.BadParameter("is blank", context, param)
    return text


def number(name: str, help: str, least: int, default: int | None = None) -> Callable[[F], F]:
    """An option that takes a whole number, `least` or more."""
    return click.option(
        name, type=click.IntRange(min=least), metavar="N", default=default, show_default=True, help=help
    )


def together(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one, in this order in the help."""
    return lambda command: reduce(lambda decorated, option: option(decorated), reversed(options), command)


_ENGINE = EngineSettings()
engine_options = together(
    number("--threads", "Processor threads.  [default: physical cores]", 1),
    number("--gpu-layers", "Layers on the graphics card; -1 for all.", -1, _ENGINE.gpu_layers),
    number("--ctx", "Tokens of context, shared by all that is written at once.  [default: 8192]", 256),
    number("--parallel", "Texts written at once.", 1, _ENGINE.parallel),
    click.option(
        "--weights", type=click.Choice(get_args(Weights)), default=_ENGINE.weights, help="How weights are held."
    ),
)
"""How a model is run."""


def of(settings: type, chosen: dict[str, Any]) -> dict[str, Any]:
    """The options that are fields of the settings: they bear the same names."""
    return {field.name: chosen[field.name] for field in fields(settings) if field.name in chosen}
