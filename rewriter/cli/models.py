"""`rewrite models`: which models lie here; `rewrite models verify`: whether they are what their digests say."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Any

import click

from rewriter.cli.messages import say
from rewriter.cli.options import PATH, verbose
from rewriter.cli.shape import OfflineCommand
from rewriter.progress import for_stream
from rewriter.terminal import write_stdout


@click.command(cls=OfflineCommand)
@click.argument("action", type=click.Choice(("list", "verify")), default="list")
@click.option(
    "--folder",
    "folders",
    type=PATH,
    multiple=True,
    envvar="REWRITE_MODELS",
    help="Another folder than models/ to look into; repeatable. REWRITE_MODELS lists some, as PATH does.",
)
@click.option("--format", type=click.Choice(("text", "json")), default="text", help="How it is printed.")
@click.option("-q", "--quiet", is_flag=True, help="Tell nothing of the work.")
@verbose("Tell what lies behind a fault.")
@click.pass_context
def models(context: click.Context, /, action: str, folders: tuple[str, ...], **chosen: Any) -> None:
    """List the models in models/ and other folders, or verify them against the SHA256SUMS beside them.

    verify says of every file: right, wrong, missing (a digest is given, the file is not there) or unlisted (no digest
    is given), and exits with 1 where one is wrong or missing.
    """
    from rewriter import catalogue

    places, as_json, quiet = catalogue.folders_with_models(folders), chosen["format"] == "json", chosen["quiet"]
    if action == "verify":
        with closing(for_stream(sys.stderr, quiet)) as watcher:
            held = catalogue.verify(places, watcher)
        write_stdout(catalogue.verdicts_to_json(held) if as_json else catalogue.verdicts_to_text(held))
        context.exit(1 if any(one.verdict in ("wrong", "missing") for one in held) else 0)
    listed = catalogue.entries(places)
    if not listed and not quiet:
        say("no model lies here: models/README.md says where to get one")
    write_stdout(catalogue.to_json(listed) if as_json else catalogue.to_text(listed))
