"""`rewrite FILE`: one article, or with --out-dir many."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from rewriter import __version__
from rewriter.cli.messages import say
from rewriter.cli.night import is_night, night_options, run_night
from rewriter.cli.options import PATH, configure, engine_options, number, of, said, verbose
from rewriter.cli.shape import MainCommand
from rewriter.errors import UsageError
from rewriter.job import Job, path_of
from rewriter.job import run as run_job
from rewriter.progress import for_stream
from rewriter.settings import EngineSettings, WritingSettings
from rewriter.terminal import read_stdin, write_stdout

_WRITING = WritingSettings()


@click.command("article", cls=MainCommand, hidden=True, context_settings={"auto_envvar_prefix": "REWRITE"})
@click.argument("files", metavar="FILE...", type=PATH, nargs=-1, required=True)
@click.option("--model", type=PATH, help="The model, a GGUF file.")
@click.option("-o", "--output", type=PATH, help="Where the article goes.  [default: standard output]")
@click.option(
    "--format",
    type=click.Choice(("markdown", "html", "docx", "json")),
    help="The article's format.  [default: by the ending of -o, else markdown]",
)
@click.option("--review", type=PATH, help="Write a page that shows every sentence beside its source.")
@click.option("--record", type=PATH, help="Write a JSON record of the run: settings, passages, findings.")
@click.option("--background", type=PATH, multiple=True, help="More to tell where FILE is too short; repeatable.")
@click.option("--title", callback=said, help="The title to adapt.  [default: the request's, else its own]")
@number("--words", "The least words.  [default: the request's, else 700]", 50)
@number("--max-words", "The most words.", 50)
@number("--sections", "How many sections.  [default: by length]", 1)
@click.option("--keyphrase", callback=said, help="The phrase that the article should be found by.")
@number("--seed", "Same source, settings, seed and machine: same article.", 0, _WRITING.seed)
@number("--candidates", "Rewritings tried for each passage in a round.", 1, _WRITING.candidates)
@number("--rounds", "Rounds before the source's own sentences stand in.", 1, _WRITING.rounds)
@number("--passage-words", "Most words rewritten at once; a sentence is never cut.", 1, _WRITING.passage_words)
@click.option(
    "--freedom",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Share of a sentence's content words that may be new, 0 to 1.  [default: by the model's size]",
)
@click.option("--glossary", type=PATH, help="A glossary.toml: what the house says and never says.")
@click.option("--prompts", type=PATH, help="A folder of prompts that stand before the program's own.")
@engine_options
@click.option(
    "--strict/--no-strict",
    default=_WRITING.strict,
    show_default=True,
    help="Fail where the source's own sentences stand in.",
)
@night_options
@click.option(
    "--config",
    type=PATH,
    is_eager=True,
    expose_value=False,
    callback=configure,
    help="Where options are read from.  [default: rewriter.toml here, else in the user's folder]",
)
@click.option("-q", "--quiet", is_flag=True, help="Tell only what went wrong.")
@verbose("Tell every finding, and what lies behind a fault.")
@click.version_option(__version__, prog_name="rewrite", message="%(prog)s %(version)s", allow_from_autoenv=False)
@click.pass_context
def article(context: click.Context, /, files: tuple[str, ...], model: str | None, **chosen: Any) -> None:
    """Rewrite FILE."""
    if is_night(context, files, chosen["out_dir"]):
        run_night(context, files, _shared(model, chosen), chosen)
    else:
        _write_one(context, _job(files[0], _shared(model, chosen), chosen), chosen)


def _write_one(context: click.Context, job: Job, chosen: dict[str, Any]) -> None:
    from rewriter.publishing.summary import Detail, to_summary

    with closing(for_stream(sys.stderr, chosen["quiet"])) as watcher:
        result = run_job(job, watcher)
    if job.output is None:
        write_stdout(result.output)
    detail: Detail = "failures" if chosen["quiet"] else "all" if chosen["verbose"] else "usual"
    for line in to_summary(result.article, result.words, result.seconds, detail):
        say(line)
    context.exit(0 if result.article.passed else 1)


def _shared(model: str | None, chosen: dict[str, Any]) -> Job:
    """What all articles share."""
    if not model:
        tip = "rewrite --model MODEL.gguf FILE, or REWRITE_MODEL, or rewriter.toml"
        raise UsageError("no model is named", tip)
    return Job(
        source=None,
        model=Path(model),
        background=tuple(map(Path, chosen["background"])),
        format=chosen["format"],
        writing=WritingSettings(**of(WritingSettings, chosen)),
        engine=EngineSettings(**of(EngineSettings, chosen)),
    )


def _job(file: str, shared: Job, chosen: dict[str, Any]) -> Job:
    for name in ("record", "review"):
        if chosen[name] == "-":
            raise UsageError(f"--{name} -: standard output carries the article", f"name a file for the {name}")
    if chosen["format"] == "docx" and path_of(chosen["output"]) is None:
        raise UsageError("--format docx: a document goes into a file", "name it with -o")
    source = path_of(file)
    return replace(
        shared,
        source=source,
        data=read_stdin() if source is None else None,
        output=path_of(chosen["output"]),
        record=path_of(chosen["record"]),
        review=path_of(chosen["review"]),
    )
