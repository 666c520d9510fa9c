"""A night from its lock to its summary. What one article is made of is `rewriter.nightly.shift`'s affair."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rewriter.errors import Interrupted, RewriterError, UsageError
from rewriter.job import check_model, glossary_in
from rewriter.nightly import journal, log, spool
from rewriter.nightly.apart import at_desk_apart, is_possible
from rewriter.nightly.asked import Night
from rewriter.nightly.bounds import Stop, stopped_softly
from rewriter.nightly.hands import Hands, at_one_desk
from rewriter.nightly.inbox import gather
from rewriter.nightly.lock import hold
from rewriter.nightly.shift import Shift
from rewriter.nightly.tally import BUG, Tally
from rewriter.nightly.voice import Voice
from rewriter.progress import Progress
from rewriter.publishing.files import explained, make_folder, sweep, sweep_staged
from rewriter.publishing.targets import probe_folder

if TYPE_CHECKING:
    from rewriter.engine import Header


AtDesk = Callable[..., AbstractContextManager[Hands]]


def run(night: Night, watcher: Progress, say: Callable[[str], None]) -> Tally:
    """Write all articles that are to be written, as long as time is left; return what became of them.

    `say` tells what went wrong, a line each. Raises Busy where another run is at work, OutputError where out folder
    or journal cannot be used, ModelError, UsageError and SourceError for what all articles share: then nothing was
    begun, or what was begun waits for the next run.
    """
    home = _prepared(night)
    with ExitStack() as stack:
        voice = Voice(watcher, say, stack.enter_context(log.opened(night.log, say)))
        dead = stack.enter_context(hold(home))
        if dead:
            watcher.note(f"takes over from a run that died ({dead})")
        stop = stack.enter_context(stopped_softly())
        header = _checked(night)
        with explained(str(night.out)):
            sweep(night.out)
            sweep_staged(night.out)
        book = stack.enter_context(journal.opened(night.out))
        if night.cluster:
            from rewriter.nightly.cluster import on_cluster

            hands: Hands = stack.enter_context(on_cluster(night.cluster, night, book, voice, stop))
        else:
            at_desk: AtDesk = at_desk_apart if is_possible() else at_one_desk
            hands = stack.enter_context(at_desk(night, header, book, voice.watcher, stop))
        return _worked(night, Shift(night, hands, book, voice, stop), stop)


def _checked(night: Night) -> Header:
    """The model's header, once all that the articles share was looked at: a fault there is no article's."""
    from rewriter import source

    job = night.job
    header = check_model(job, here=not night.cluster)
    glossary_in(job.writing.glossary)
    for path in job.background:
        source.read(path)
    return header


def _worked(night: Night, shift: Shift, stop: Stop) -> Tally:
    """Let the shift work; whatever ends it is written down."""
    code = Interrupted.exit_code
    shift.begin()
    try:
        look = partial(gather, night.sources, night.out, recursive=night.recursive)
        for inbox in spool.looks(look, night.poll, night.bound, stop, shift.waiting):
            shift.work(inbox)
        code = shift.tally.code
    except RewriterError as error:
        code = error.exit_code
        raise
    except Exception:
        code = BUG
        raise
    finally:
        shift.end(code)
    return shift.tally


def _prepared(night: Night) -> Path:
    """The folder of lock and journal, made where it is missing. Raises OutputError or UsageError."""
    for name in night.sources:
        if Path(name).resolve() == night.out.resolve():
            raise UsageError(f"{name}: articles would go where sources are read", "name another folder with --out-dir")
    home = night.out / ".rewrite"
    with explained(str(night.out)):
        make_folder(night.out)  # its parent is not made: a disk that is not mounted must not be written beside
        make_folder(home)
        probe_folder(night.out)
    return home
