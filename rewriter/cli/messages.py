"""Turns what can go wrong into messages and exit codes."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from rewriter.errors import Interrupted, ModelError, OutputError, RewriterError, described
from rewriter.inert import shown, shown_lines
from rewriter.terminal import forget_dead_stderr, keep_standard_streams, stoppable

BROKEN = 70
"""A bug of this program's: EX_SOFTWARE of BSD's sysexits.h, like 75 its EX_TEMPFAIL."""
VERBOSE = "rewriter.verbose"
"""Where a context says that what lies behind a fault is to be told."""


def say(line: str) -> None:
    """Write a line to standard error, which may take no more: the work is done, and the exit code still tells."""
    with suppress(OSError, ValueError):
        click.echo(line, err=True)


@contextmanager
def told(context: click.Context) -> Iterator[None]:
    """Turn what can go wrong into one line and a tip on standard error, and into an exit code."""
    keep_standard_streams()
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
    except click.ClickException as error:
        vars(error)["message"] = shown(error.message)
        raise
    except (click.Abort, click.exceptions.Exit):
        raise
    except Exception as error:  # a bug: told in one line, like all that goes wrong
        code = _confess(error, context.meta.get(VERBOSE, False))
    else:
        return
    finally:
        forget_dead_stderr()
    context.exit(code)


def _tell(message: str, tip: str, code: int) -> int:
    say(f"rewrite: {shown(message)}" + (f"\n  try: {shown(tip)}" if tip else ""))
    return code


def _confess(error: Exception, verbose: bool) -> int:
    if verbose:
        say(shown_lines("".join(traceback.format_exception(error))).rstrip("\n"))
    where = "the lines above" if verbose else "what --verbose adds"
    return _tell(f"a fault of the program itself: {described(error)}", f"report it, with {where}", BROKEN)
