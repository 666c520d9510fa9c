"""`rewrite INBOX/ --out-dir OUTBOX/`: a night; `rewrite status OUTBOX/`: what became of it."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rewriter.cli.messages import say
from rewriter.cli.options import PATH, F, number, together, verbose
from rewriter.cli.shape import OfflineCommand
from rewriter.errors import UsageError
from rewriter.inert import shown
from rewriter.job import Job
from rewriter.progress import for_stream
from rewriter.terminal import write_stdout

if TYPE_CHECKING:
    from rewriter.nightly.asked import Night

EXTRAS = ("record", "review", "markdown", "html", "docx", "json")


def _extras(context: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    """Names between commas; "none" is none of them."""
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    if names == ("none",):
        return ()
    if unknown := [name for name in names if name not in EXTRAS]:
        raise click.BadParameter(f"{unknown[0]!r} is none of {', '.join(EXTRAS)}, none", context, param)
    return names


_OPTIONS = (
    click.option("--out-dir", type=PATH, help="Where the articles of several files or folders go: a night."),
    click.option(
        "--with",
        metavar="LIST",
        default="record",
        show_default=True,
        callback=_extras,
        help=f"What stands beside each article of a night: some of {', '.join(EXTRAS)}; or none.",
    ),
    click.option("--recursive", is_flag=True, help="Folders within folders too."),
    click.option(
        "--order",
        type=click.Choice(("name", "newest", "oldest", "shortest")),
        default="name",
        show_default=True,
        help="What is taken first.",
    ),
    click.option("--retry", is_flag=True, help="Try again what failed."),
    click.option("--redo", is_flag=True, help="Do again what was done with other settings or another model."),
    click.option("--force", is_flag=True, help="Overwrite files of the out folder."),
    click.option("--until", metavar="HH:MM", help="When the night ends: nothing is begun that takes longer."),
    number("--max-minutes", "How long the night may last.", 1),
    click.option("--nice", type=click.IntRange(0, 19), metavar="N", help="Leave the processor to others, 0 to 19."),
    click.option("--log", type=PATH, help="Add to this file what happens, as JSON lines."),
    click.option("--cluster", metavar="ADDRESS", help="Write on the workers of a Dask scheduler, tcp://HOST:8786."),
    click.option("--watch", is_flag=True, help="Take new files all day, once they are complete, until SIGTERM."),
    click.option(
        "--poll", type=click.FloatRange(min=0.1), metavar="SECONDS", default=5.0, show_default=True,
        help="Between two looks of --watch.",
    ),
)  # fmt: skip
night_options = together(*_OPTIONS)
"""The options of a night."""
_OF_ONE = ("output", "review", "record", "title")
"""Options that name something for one article."""


def is_night(context: click.Context, files: Sequence[str], out_dir: str | None) -> bool:
    """Whether several articles are asked for. Raises UsageError where a night lacks its folder, or options a night."""
    if out_dir:
        return True
    if len(files) > 1 or Path(files[0]).is_dir() or (glob.has_magic(files[0]) and not Path(files[0]).exists()):
        raise click.UsageError(f"{', '.join(files)}: several articles need a folder to go to: --out-dir", context)
    names = [name for option in _OPTIONS for name in _declared(option) if _is_typed(context, name)]
    if names:
        dashed = names[0].replace("_", "-")
        raise UsageError(f"--{dashed} is for a night, with many articles", "give --out-dir too, or leave it out")
    return False


def _declared(option: Callable[[F], F]) -> list[str]:
    """The name of the parameter that an option's decorator declares."""

    def nothing() -> None:
        """Carry the option."""

    params: list[click.Parameter] = getattr(option(nothing), "__click_params__", [])  # type: ignore[arg-type]
    return [param.name for param in params if param.name]


def _is_typed(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) == click.core.ParameterSource.COMMANDLINE


def run_night(context: click.Context, files: Sequence[str], job: Job, chosen: dict[str, Any]) -> None:
    """Write the articles of a night, and exit with the worst of its codes."""
    from rewriter.nightly.night import run
    from rewriter.nightly.tally import to_line

    night = _night(files, job, chosen)
    if chosen["nice"]:
        os.nice(chosen["nice"])
    with closing(for_stream(sys.stderr, chosen["quiet"])) as watcher:
        tally = run(night, watcher, _tell if chosen["quiet"] else watcher.note)
    say(to_line(tally))
    context.exit(tally.code)


def _tell(line: str) -> None:
    say(shown(line))


def _night(files: Sequence[str], job: Job, chosen: dict[str, Any]) -> Night:
    from rewriter.nightly.asked import Night, Policy
    from rewriter.nightly.bounds import make_bound
    from rewriter.nightly.cluster import check_address
    from rewriter.nightly.naming import Shape

    if "-" in files:
        raise UsageError("-: a night reads no standard input", "give files and folders")
    for name in _OF_ONE:
        if chosen[name]:
            tip = f"--with {name} writes one for each" if name in EXTRAS else "leave it out"
            raise UsageError(f"--{name} is for one article, not with --out-dir", tip)
    out, job = Path(chosen["out_dir"]), replace(job, format=None)  # every file of an article is named for its format
    if chosen["cluster"]:
        check_address(chosen["cluster"])
        out, job = out.absolute(), _placed(job)
    return Night(
        sources=tuple(files),
        out=out,
        job=job,
        shape=Shape(chosen["format"] or "markdown", chosen["with"]),
        policy=Policy(chosen["retry"], chosen["redo"], chosen["force"]),
        order=chosen["order"],
        recursive=chosen["recursive"],
        bound=make_bound(chosen["until"], chosen["max_minutes"]),
        poll=chosen["poll"] if chosen["watch"] else None,
        log=Path(chosen["log"]) if chosen["log"] else None,
        cluster=chosen["cluster"],
    )


def _placed(job: Job) -> Job:
    """The job with paths that mean the same wherever a worker was started."""
    glossary, prompts = (path and str(Path(path).absolute()) for path in (job.writing.glossary, job.writing.prompts))
    return replace(job, model=job.model.absolute(), writing=replace(job.writing, glossary=glossary, prompts=prompts))


@click.command(cls=OfflineCommand)
@click.argument("folder", type=PATH)
@click.option("--format", type=click.Choice(("text", "json")), default="text", help="How the night is told.")
@click.option("--html", type=PATH, help="Write a page with a chart of the night instead, in French.")
@verbose("Tell what lies behind a fault.")
def status(folder: str, format: str, html: str | None, verbose: bool) -> None:
    """Tell what became of the last night in FOLDER: done, failed and why, what to look at first."""
    from rewriter.nightly.page import to_page
    from rewriter.nightly.status import read_status, to_json, to_text
    from rewriter.publishing.files import write_whole

    found = read_status(Path(folder))
    if html:
        write_whole(Path(html), to_page(found))
    else:
        write_stdout(to_json(found) if format == "json" else to_text(found))
