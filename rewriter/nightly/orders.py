"""What every worker of a night needs to know, and whether a machine can do it: of Dask it knows nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from rewriter import __version__
from rewriter.errors import ModelError, OutputError, RewriterError, UsageError, described
from rewriter.job import Job
from rewriter.nightly.asked import Night
from rewriter.nightly.digests import settings_digest
from rewriter.nightly.journal import Digests
from rewriter.nightly.naming import Shape
from rewriter.progress import Silent
from rewriter.settings import EngineSettings

_NUMBERS = ("threads", "gpu_layers", "ctx", "parallel")


@dataclass(frozen=True)
class Orders:
    """What all articles of a night share, and what must be the same on every machine."""

    job: Job
    """Without background: a task carries what its article may tell."""
    shape: Shape
    out: Path
    holder: bytes
    """What the file beside the lock says: who sees it sees the same folder."""
    made_with: Digests
    """The settings' without background."""
    version: str = __version__


def orders_for(night: Night, model: str) -> Orders:
    """The orders of a night with the model of that sha256. Raises SourceError or OutputError."""
    job = replace(night.job, background=())
    made_with = Digests(settings_digest(job, night.shape), model)
    return Orders(job, night.shape, night.out, _holder(night.out), made_with)


def check_orders(orders: Orders) -> None:
    """Raise a RewriterError for what would make other articles here, or put them elsewhere."""
    from rewriter.publishing.files import explained
    from rewriter.publishing.record import hash_model
    from rewriter.publishing.targets import probe_folder

    job = orders.job
    if orders.version != __version__:
        cause = f"rewriter {__version__} is installed here, {orders.version} where the night began"
        raise UsageError(cause, f"install rewriter {orders.version}")
    if _holder(orders.out) != orders.holder:
        raise OutputError(f"{orders.out}: is another folder here", "mount the shared folder at that path")
    for folder in (orders.out, orders.out / ".rewrite"):
        with explained(str(folder)):
            probe_folder(folder)
    if hash_model(job.model, Silent()) != orders.made_with.model:
        raise ModelError(f"{job.model}: is another model here", "copy the file from where the night began")
    if settings_digest(job, orders.shape) != orders.made_with.settings:
        cause = "glossary, prompts or the model's judge are others here"
        raise UsageError(f"{job.model.parent}: {cause}", "share them at the same paths, and the .judge.toml too")


def _holder(out: Path) -> bytes:
    try:
        return (out / ".rewrite" / "lock.json").read_bytes()
    except OSError as error:
        tip = "mount the shared folder at that path"
        raise OutputError(f"{out}: is not within reach: {error.strerror}", tip) from None


def settings_here(given: EngineSettings, environment: Mapping[str, str] = os.environ) -> EngineSettings:
    """How the model is run on this machine: REWRITE_THREADS, REWRITE_GPU_LAYERS … win over what the night gives.

    Raises UsageError.
    """
    own = {f.name: value for f in fields(given) if (value := environment.get(f"REWRITE_{f.name.upper()}"))}
    try:
        return replace(given, **{name: int(own[name]) if name in _NUMBERS else own[name] for name in own})  # type: ignore[arg-type]
    except ValueError as error:
        raise UsageError(f"REWRITE_{'/'.join(own).upper()}: {error}", "give whole numbers") from None


def told(error: Exception) -> str:
    """What a worker reports of what it cannot do, in one line."""
    if isinstance(error, RewriterError):
        return f"{error.message}; try: {error.tip}" if error.tip else error.message
    return described(error)
