"""`rewrite doctor`: whether this machine and a model are fit for the work."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from rewriter.cli.article import article
from rewriter.cli.messages import say
from rewriter.cli.options import PATH, configuration_file, configured, engine_options, number, of, verbose
from rewriter.cli.shape import OfflineCommand
from rewriter.configuration import NAME
from rewriter.inert import shown
from rewriter.progress import for_stream
from rewriter.settings import DEFAULT_WORDS, EngineSettings
from rewriter.terminal import write_stdout

_FILE = "rewriter.doctor.file"
"""Where a context keeps the path of the configuration file."""


def _configure(context: click.Context, param: click.Parameter, value: str | None) -> None:
    """Take what an article would be written with: the file may have options that only `rewrite FILE` knows."""
    path = configuration_file(value)
    context.meta[_FILE] = path or Path(click.get_app_dir("rewriter")) / NAME
    own = {parameter.name for parameter in context.command.params}
    values = configured(context, article, path) if path else {}
    context.default_map = {name: value for name, value in values.items() if name in own}


@click.command(cls=OfflineCommand, context_settings={"auto_envvar_prefix": "REWRITE"})
@click.option("--model", type=PATH, help="The model, a GGUF file.  [default: the machine alone is looked at]")
@number("--words", "Of the article whose time is told.", 50, DEFAULT_WORDS)
@engine_options
@click.option("--store", is_flag=True, help="Write the best --weights and --threads into rewriter.toml.")
@click.option(
    "--format", type=click.Choice(("text", "json")), default="text", allow_from_autoenv=False, help="How it is printed."
)
@click.option(
    "--config",
    type=PATH,
    is_eager=True,
    expose_value=False,
    callback=_configure,
    help="Where options are read from and stored.  [default: rewriter.toml here, else in the user's folder]",
)
@click.option("-q", "--quiet", is_flag=True, help="Tell nothing of the work.")
@verbose("Tell what lies behind a fault.")
@click.pass_context
def doctor(context: click.Context, /, model: str | None, words: int, store: bool, **chosen: Any) -> None:
    """Look at this machine and at a model: whether they are fit, how fast, and what to do.

    Each line is ok, a warning or failed. Exits with 1 where one failed. A model is tried for half a minute, a large
    one for some minutes.
    """
    from rewriter.doctor.examination import Asked, examine
    from rewriter.doctor.findings import to_json, to_text
    from rewriter.doctor.storing import store as store_best

    asked = Asked(Path(model) if model else None, EngineSettings(**of(EngineSettings, chosen)), words)
    with closing(for_stream(sys.stderr, chosen["quiet"])) as watcher:
        findings, best = examine(asked, watcher)
    write_stdout(to_json(findings) if chosen["format"] == "json" else to_text(findings))
    if store and best:
        store_best(best, context.meta[_FILE])
        say(f"stored in {shown(str(context.meta[_FILE]))}")
    elif store:
        say("nothing is stored: no trial came to its end")
    context.exit(1 if any(finding.state == "failed" for finding in findings) else 0)
