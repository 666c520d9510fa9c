"""What an article is made with, as digests: an article made with others may be done again, with --redo."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from rewriter import __version__
from rewriter.errors import RewriterError, SourceError
from rewriter.job import Job
from rewriter.nightly.inbox import Changing, hash_file
from rewriter.nightly.journal import Digests
from rewriter.nightly.naming import Shape
from rewriter.progress import Progress


def digests_of(job: Job, shape: Shape, watcher: Progress) -> Digests:
    """Digests of the settings and of the model, whose file is read whole. Raises ModelError or SourceError."""
    from rewriter.publishing.record import hash_model

    return Digests(settings_digest(job, shape), hash_model(job.model, watcher))


def settings_digest(job: Job, shape: Shape) -> str:
    """A sha256 of all that decides on an article but its source and model; files count by what is in them.

    How the model is run is no part of it: it changes the speed, not what is checked. Raises SourceError.
    """
    from rewriter.checking.judge import judge_file

    judge = judge_file(job.model)
    writing = job.writing
    parts = {
        "program": __version__,
        "shape": asdict(shape),
        "writing": {**asdict(writing), "glossary": None, "prompts": None},
        "glossary": hash_file(Path(writing.glossary)) if writing.glossary else None,
        "prompts": _hash_folder(Path(writing.prompts)) if writing.prompts else None,
        "background": [hash_file(path) for path in job.background],
        "judge": hash_file(judge) if judge.is_file() else None,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8")).hexdigest()


def moved(job: Job, shape: Shape, made_with: Digests) -> RewriterError | None:
    """What is wrong with what all articles share; None where it is what it was when an article was begun."""
    try:
        now = settings_digest(job, shape)
    except SourceError as error:
        return error
    if now == made_with.settings:
        return None
    names = ", ".join(filter(None, [job.writing.glossary, job.writing.prompts, *map(str, job.background)]))
    return Changing(
        f"{names or 'the judge'}: changed while an article was written with it", "the next run does it again"
    )


def _hash_folder(folder: Path) -> dict[str, str]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise SourceError(f"{folder}: cannot be listed: {error.strerror}", "put it back for the next run") from None
    return {path.name: hash_file(path) for path in paths if path.is_file()}
