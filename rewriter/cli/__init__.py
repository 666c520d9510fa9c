"""The command `rewrite`: options, messages, exit codes. The only importer of click.

What takes long to import is imported where it is used, so that `rewrite --help` answers at once.
"""

from __future__ import annotations

import click

from rewriter.cli.article import article
from rewriter.cli.doctor import doctor
from rewriter.cli.messages import BROKEN
from rewriter.cli.models import models
from rewriter.cli.night import status
from rewriter.cli.shape import RewriteGroup
from rewriter.cli.tools import calibrate, check, clean, completion, sign

__all__ = ["BROKEN", "main"]


@click.group(
    cls=RewriteGroup,
    default="article",
    context_settings={"max_content_width": 110, "auto_envvar_prefix": "REWRITE"},
)
def main() -> None:
    """Rewrite a news article into French, with a model on this machine and nothing sent anywhere.

    FILE is a .txt, .md, .html or .docx file, or - for standard input. The article is Markdown, or what the ending of
    -o says. Several files or folders, with --out-dir, are a night: each becomes an article, and what is done is
    remembered.
    """


for command in (article, calibrate, check, clean, completion, doctor, models, sign, status):
    main.add_command(command)
