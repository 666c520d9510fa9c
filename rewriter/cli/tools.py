"""The commands beside the rewriting: clean, check, calibrate, sign, completion."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from click.shell_completion import get_completion_class

from rewriter.cli.messages import say
from rewriter.cli.options import PATH, number, of, said, verbose
from rewriter.cli.shape import OfflineCommand
from rewriter.inert import shown
from rewriter.inspecting import Inspection, inspect
from rewriter.inspecting import calibrate as calibrate_model
from rewriter.job import path_of
from rewriter.progress import for_stream
from rewriter.settings import EngineSettings
from rewriter.signing import sign as sign_article
from rewriter.terminal import read_stdin, write_stdout


@click.command(cls=OfflineCommand)
@click.argument("file", type=PATH)
@click.option("--receipt", is_flag=True, help="Add what was taken out, and why.")
@verbose("Tell what lies behind a fault.")
def clean(file: str, receipt: bool, verbose: bool) -> None:
    """Print the clean text of FILE, without a model."""
    from rewriter import source
    from rewriter.publishing.summary import to_clean_text, to_receipt

    path = path_of(file)
    found = source.read_unjudged(path, read_stdin() if path is None else None)
    write_stdout(to_clean_text(found) + (to_receipt(found) if receipt else ""))
    source.require_news(found, path)


@click.command(cls=OfflineCommand)
@click.argument("file", type=PATH)
@click.option("--source", type=PATH, required=True, help="What the article was written from.")
@click.option("--background", type=PATH, multiple=True, help="What else it was written from; repeatable.")
@number("--words", "The least words.  [default: the request's, else none]", 50)
@click.option("--record", type=PATH, help="Its record: a signature that no longer fits the text is told.")
@click.option("--model", type=PATH, help="Ask this model about every sentence as well.")
@click.option("--glossary", type=PATH, help="A glossary.toml: what the house says and never says.")
@click.option("--format", type=click.Choice(("text", "json")), default="text", help="How findings are printed.")
@click.option("-q", "--quiet", is_flag=True, help="Tell nothing of the work.")
@verbose("Tell what is only worth knowing, too.")
@click.pass_context
def check(context: click.Context, /, file: str, source: str, **chosen: Any) -> None:
    """Hold the article in FILE against its source, with a model or without."""
    from rewriter.publishing.report import to_json, to_text

    with closing(for_stream(sys.stderr, chosen["quiet"])) as watcher:
        asked = Inspection(
            article=Path(file),
            source=Path(source),
            background=tuple(map(Path, chosen["background"])),
            words=chosen["words"],
            model=path_of(chosen["model"]),
            glossary=chosen["glossary"],
            record=path_of(chosen["record"]),
        )
        remarks = inspect(asked, watcher)
    told = [r for r in remarks if chosen["verbose"] or r.finding.gravity != "note"]
    write_stdout(to_json(told) if chosen["format"] == "json" else to_text(told))
    context.exit(1 if any(r.finding.gravity == "error" for r in remarks) else 0)


@click.command(cls=OfflineCommand)
@click.option("--model", type=PATH, required=True, envvar="REWRITE_MODEL", help="The model, a GGUF file.")
@number("--threads", "Processor threads.  [default: physical cores]", 1)
@click.option("--gpu-layers", type=click.IntRange(min=-1), metavar="N", default=0, help="As for rewrite.")
@click.option("-q", "--quiet", is_flag=True, help="Tell only what went wrong.")
@verbose("Tell what lies behind a fault.")
def calibrate(model: str, quiet: bool, verbose: bool, **chosen: Any) -> None:
    """Fit how MODEL's judgement is weighed, on sentences that people labelled, and store it beside the model."""
    with closing(for_stream(sys.stderr, quiet)) as watcher:
        stored, figures = calibrate_model(Path(model), EngineSettings(**of(EngineSettings, chosen)), watcher)
    if not quiet:
        say(figures)
    write_stdout(f"{shown(str(stored))}\n")


@click.command(cls=OfflineCommand)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print what makes SHELL complete commands, options and files: eval "$(rewrite completion bash)"."""
    kind = get_completion_class(shell)
    if kind is None:  # click knows all three
        raise AssertionError(shell)
    write_stdout(kind(click.Group("rewrite"), {}, "rewrite", "_REWRITE_COMPLETE").source())


@click.command(cls=OfflineCommand)
@click.argument("file", type=PATH)
@click.option("--reviewer", callback=said, required=True, help="The person who reviewed the article.")
@click.option("--responsible", callback=said, required=True, help="Who answers for it editorially.")
@verbose("Tell what lies behind a fault.")
def sign(file: str, reviewer: str, responsible: str, verbose: bool) -> None:
    """Sign the article whose record is FILE: it was reviewed, and the label of the machine goes."""
    for line in sign_article(Path(file), reviewer, responsible):
        click.echo(shown(line))
