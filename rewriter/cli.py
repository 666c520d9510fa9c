"""The command `rewrite`: options, messages, exit codes. The only importer of click.

What takes long to import is imported where it is used, so that `rewrite --help` answers at once.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import click
from click_default_group import DefaultGroup  # type: ignore[import-untyped]  # it ships no types

from rewriter import __version__, configuration
from rewriter.errors import Interrupted, ModelError, OutputError, RewriterError, UsageError
from rewriter.job import Job, inspect, path_of
from rewriter.job import run as run_job
from rewriter.progress import for_stream
from rewriter.settings import EngineSettings, WritingSettings
from rewriter.terminal import read_stdin, stoppable, write_stdout

BROKEN = 70
"""A bug of this program's: EX_SOFTWARE of BSD's sysexits.h, like 75 its EX_TEMPFAIL."""
_VERBOSE = "rewriter.verbose"
F = TypeVar("F", bound=Callable[..., Any])


# --- messages and exit codes -------------------------------------------------------------------------------


@contextmanager
def _told(context: click.Context) -> Iterator[None]:
    """Turn what can go wrong into one line and a tip on standard error, and into an exit code."""
    try:
        with stoppable():
            yield
    except RewriterError as error:
        code = _tell(error.message, error.tip, error.exit_code)
    except KeyboardInterrupt:
        code = _tell("interrupted", "", Interrupted.exit_code)
    except BrokenPipeError:
        # Whoever read standard output has seen enough, as `| head` does.
        code = OutputError.exit_code
    except MemoryError:
        tip = "take a smaller model, or lower --ctx and --parallel"
        code = _tell("out of memory", tip, ModelError.exit_code)
    except (click.ClickException, click.Abort, click.exceptions.Exit):
        raise
    except Exception as error:  # a bug: told in one line, like all that goes wrong
        code = _confess(error, context.meta.get(_VERBOSE, False))
    else:
        return
    context.exit(code)


def _tell(message: str, tip: str, code: int) -> int:
    with suppress(OSError):  # standard error may be gone; the exit code still tells
        click.echo(f"rewrite: {message}" + (f"\n  try: {tip}" if tip else ""), err=True)
    return code


def _confess(error: Exception, verbose: bool) -> int:
    if verbose:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    where = "the lines above" if verbose else "what --verbose adds"
    cause = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return _tell(f"a fault of the program itself: {cause}", f"report it, with {where}", BROKEN)


# --- the shape of the command ------------------------------------------------------------------------------


class _Rewrite(DefaultGroup):  # type: ignore[misc]  # DefaultGroup has no types
    """`rewrite FILE` and `rewrite COMMAND`, with one help for both."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[OPTIONS] FILE")
        formatter.write_usage(ctx.command_path, "COMMAND [OPTIONS] FILE", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        main = self.commands[self.default_cmd_name]
        main.format_options(_MainContext(main, parent=ctx), formatter)
        self.format_commands(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        with _told(ctx):
            return super().invoke(ctx)


class _MainContext(click.Context):
    """The context of `rewrite FILE`, whose name nobody has to type."""

    @property
    def command_path(self) -> str:
        return self.parent.command_path if self.parent else super().command_path


class _Main(click.Command):
    """`rewrite FILE`."""

    context_class = _MainContext

    def get_help(self, ctx: click.Context) -> str:
        return ctx.parent.get_help() if ctx.parent else super().get_help(ctx)


# --- rewriter.toml -----------------------------------------------------------------------------------------


def _configure(context: click.Context, param: click.Parameter, value: str | None) -> None:
    """Take from the configuration file what neither the command line nor the environment says."""
    folders = [Path(), Path(click.get_app_dir("rewriter"))]
    path = Path(value) if value else configuration.find(folders)
    if path is None:
        return
    given = (p for p in context.command.params if isinstance(p, click.Option) and not p.is_eager)
    options = {option.name: option for option in given if option.name}
    values = configuration.read(path, {name: _kind(option) for name, option in options.items()})
    for key, found in values.items():
        try:
            options[key].process_value(context, found)
        except click.BadParameter as error:
            written = key.replace("_", "-")
            cause = error.message.rstrip(".")
            raise UsageError(f"{path}: {written}: {cause}", f"see {written} in: rewrite --help") from None
    context.default_map = values


def _kind(option: click.Option) -> configuration.Kind:
    if option.is_flag:
        return "switch"
    if isinstance(option.type, click.types.IntParamType):
        return "whole"
    if isinstance(option.type, click.types.FloatParamType):
        return "decimal"
    return "path" if isinstance(option.type, click.Path) else "text"


def _be_verbose(context: click.Context, param: click.Parameter, value: bool) -> bool:
    context.meta[_VERBOSE] = value
    return value


# --- commands ----------------------------------------------------------------------------------------------

_WRITING, _ENGINE = WritingSettings(), EngineSettings()
_PATH = click.Path()


def _verbose(help: str) -> Callable[[F], F]:
    return click.option("-v", "--verbose", is_flag=True, callback=_be_verbose, help=help)


def _said(context: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A text on one line; a blank one says nothing and is no choice."""
    text = None if value is None else " ".join(value.split())
    if text == "":
        raise click.BadParameter("is blank", context, param)
    return text


def _number(name: str, help: str, least: int, default: int | None = None) -> Callable[[F], F]:
    return click.option(
        name, type=click.IntRange(min=least), metavar="N", default=default, show_default=True, help=help
    )


@click.group(
    cls=_Rewrite,
    default="article",
    context_settings={"max_content_width": 110, "auto_envvar_prefix": "REWRITE"},
)
def main() -> None:
    """Rewrite a news article into French, with a model on this machine and nothing sent anywhere.

    FILE is a .txt or .md file, or - for standard input. The article is Markdown.
    """


@click.command("article", cls=_Main, hidden=True, context_settings={"auto_envvar_prefix": "REWRITE"})
@click.argument("file", type=_PATH)
@click.option("--model", type=_PATH, help="The model, a GGUF file.")
@click.option("-o", "--output", type=_PATH, help="Where the article goes.  [default: standard output]")
@click.option("--record", type=_PATH, help="Write a JSON record of the run: settings, passages, findings.")
@click.option("--title", callback=_said, help="The title to adapt.  [default: the request's, else its own]")
@_number("--words", "The least words.  [default: the request's, else 700]", 50)
@_number("--max-words", "The most words.", 50)
@_number("--sections", "How many sections.  [default: by length]", 1)
@click.option("--keyphrase", callback=_said, help="The phrase that the article should be found by.")
@_number("--seed", "Same source, settings, seed and machine: same article.", 0, _WRITING.seed)
@_number("--candidates", "Rewritings tried for each passage in a round.", 1, _WRITING.candidates)
@_number("--rounds", "Rounds before the source's own sentences stand in.", 1, _WRITING.rounds)
@_number("--passage-words", "Most words rewritten at once; a sentence is never cut.", 1, _WRITING.passage_words)
@click.option(
    "--freedom",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Share of a sentence's content words that may be new, 0 to 1.  [default: by the model's size]",
)
@_number("--threads", "Processor threads.  [default: physical cores]", 1)
@_number("--gpu-layers", "Layers on the graphics card; -1 for all.", -1, _ENGINE.gpu_layers)
@_number("--ctx", "Tokens of context, shared by all that is written at once.  [default: 8192]", 256)
@_number("--parallel", "Texts written at once.", 1, _ENGINE.parallel)
@click.option("--weights", type=click.Choice(("mapped", "repacked")), default="mapped", help="How weights are held.")
@click.option(
    "--strict/--no-strict",
    default=_WRITING.strict,
    show_default=True,
    help="Fail where the source's own sentences stand in.",
)
@click.option(
    "--config",
    type=_PATH,
    is_eager=True,
    expose_value=False,
    callback=_configure,
    help="Where options are read from.  [default: rewriter.toml here, else in the user's folder]",
)
@click.option("-q", "--quiet", is_flag=True, help="Tell only what went wrong.")
@_verbose("Tell every finding, and what lies behind a fault.")
@click.version_option(__version__, prog_name="rewrite", message="%(prog)s %(version)s", allow_from_autoenv=False)
@click.pass_context
def article(context: click.Context, /, file: str, model: str | None, **chosen: Any) -> None:
    """Rewrite FILE."""
    from rewriter.publishing.summary import Detail, to_summary

    job = _job(file, model, chosen)
    with closing(for_stream(sys.stderr, chosen["quiet"])) as watcher:
        result = run_job(job, watcher)
    if job.output is None:
        write_stdout(result.markdown)
    detail: Detail = "failures" if chosen["quiet"] else "all" if chosen["verbose"] else "usual"
    for line in to_summary(result.article, result.words, result.seconds, detail):
        click.echo(line, err=True)
    context.exit(0 if result.article.passed else 1)


def _job(file: str, model: str | None, chosen: dict[str, Any]) -> Job:
    if not model:
        tip = "rewrite --model MODEL.gguf FILE, or REWRITE_MODEL, or rewriter.toml"
        raise UsageError("no model is named", tip)
    if chosen["record"] == "-":
        raise UsageError("--record -: standard output carries the article", "name a file for the record")
    source = path_of(file)
    return Job(
        source=source,
        model=Path(model),
        data=read_stdin() if source is None else None,
        output=path_of(chosen["output"]),
        record=path_of(chosen["record"]),
        writing=WritingSettings(**_of(WritingSettings, chosen)),
        engine=EngineSettings(**_of(EngineSettings, chosen)),
    )


def _of(settings: type, chosen: dict[str, Any]) -> dict[str, Any]:
    """The options that are fields of the settings: they bear the same names."""
    return {field.name: chosen[field.name] for field in fields(settings)}


@click.command()
@click.argument("file", type=_PATH)
@click.option("--receipt", is_flag=True, help="Add what was taken out, and why.")
@_verbose("Tell what lies behind a fault.")
def clean(file: str, receipt: bool, verbose: bool) -> None:
    """Print the clean text of FILE, without a model."""
    from rewriter import source
    from rewriter.publishing.summary import to_clean_text, to_receipt

    path = path_of(file)
    found = source.read_unjudged(path, read_stdin() if path is None else None)
    write_stdout(to_clean_text(found) + (to_receipt(found) if receipt else ""))
    source.require_news(found, path)


@click.command()
@click.argument("file", type=_PATH)
@click.option("--source", type=_PATH, required=True, help="What the article was written from.")
@_number("--words", "The least words.  [default: the request's, else none]", 50)
@click.option("--format", type=click.Choice(("text", "json")), default="text", help="How findings are printed.")
@_verbose("Tell what is only worth knowing, too.")
@click.pass_context
def check(context: click.Context, /, file: str, source: str, **chosen: Any) -> None:
    """Hold the article in FILE against its source, without a model."""
    from rewriter.publishing.report import to_json, to_text

    remarks = inspect(Path(file), Path(source), chosen["words"])
    shown = [r for r in remarks if chosen["verbose"] or r.finding.gravity != "note"]
    write_stdout(to_json(shown) if chosen["format"] == "json" else to_text(shown))
    context.exit(1 if any(r.finding.gravity == "error" for r in remarks) else 0)


main.add_command(article)
main.add_command(check)
main.add_command(clean)
