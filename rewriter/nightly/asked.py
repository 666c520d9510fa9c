"""What is asked of a night."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from rewriter.job import Job
from rewriter.nightly.bounds import Bound
from rewriter.nightly.inbox import Order
from rewriter.nightly.naming import Shape


@dataclass(frozen=True)
class Policy:
    """What is done again, and whether files may be overwritten."""

    retry: bool = False
    """What failed."""
    redo: bool = False
    """What was done with other settings or another model."""
    force: bool = False
    """Whether files that are there are overwritten: those of an older version, or somebody else's."""


@dataclass(frozen=True)
class Night:
    """What is asked for."""

    sources: tuple[str, ...]
    """Files, folders and patterns."""
    out: Path
    job: Job
    """What all articles share: model, settings, background."""
    shape: Shape = field(default_factory=Shape)
    policy: Policy = field(default_factory=Policy)
    order: Order = "name"
    recursive: bool = False
    bound: Bound = field(default_factory=Bound)
    poll: float | None = None
    """Seconds between two looks at the folders; None looks once."""
    log: Path | None = None
    cluster: str | None = None
    """The address of the Dask scheduler whose workers write; None writes here."""
