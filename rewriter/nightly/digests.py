"""What an article is made with, as digests: an article made with others may be done again, with --redo."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from rewriter import __version__
from rewriter.job import Job
from rewriter.nightly.inbox import hash_file
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


def _hash_folder(folder: Path) -> dict[str, str]:
    return {path.name: hash_file(path) for path in sorted(folder.iterdir()) if path.is_file()}
