"""A model, before it is loaded: its file, what the file says, the memory that it needs."""

from __future__ import annotations

from collections.abc import Iterator

from rewriter import catalogue
from rewriter.catalogue import giga
from rewriter.doctor.findings import Finding
from rewriter.engine import Header, plan
from rewriter.engine.build import quantization
from rewriter.engine.memory import DEFAULT_CTX, available_memory
from rewriter.engine.template import ChatTemplate
from rewriter.errors import ModelError
from rewriter.job import own_judge
from rewriter.progress import Progress
from rewriter.settings import EngineSettings


def failed(subject: str, error: ModelError) -> Finding:
    """What an error says, as a finding."""
    return Finding(subject, "failed", error.message, error.tip)


def examine_file(header: Header, settings: EngineSettings, watcher: Progress) -> Iterator[Finding]:
    """Look at all that can be known without loading it; the whole file is read for its digest."""
    yield _digest(header, watcher)
    yield _kind(header)
    yield _licence(header)
    yield _template(header)
    yield _calibration(header)
    yield from _memory(header, settings)


def _digest(header: Header, watcher: Progress) -> Finding:
    path = header.path
    try:
        verdict = catalogue.verdict(path, watcher)
    except ModelError as error:
        return failed("digest", error)
    sums = path.parent / catalogue.SUMS
    if verdict == "right":
        return Finding("digest", "ok", f"{path.name} has the sha256 that {sums} gives it")
    if verdict == "wrong":
        told = f"{path.name} has not the sha256 that {sums} gives it"
        return Finding("digest", "failed", told, "bring the file again, or correct the digest if the file was replaced")
    tip = f"compare `sha256sum {path}` with the publisher's, and add the line to {sums}"
    return Finding("digest", "warning", f"{sums} gives {path.name} no sha256", tip)


def _kind(header: Header) -> Finding:
    kind = quantization(header) or "unknown quantization"
    size = f"{header.parameters / 1e9:.2f} billion parameters, {kind}, {giga(header.size)}"
    return Finding("architecture", "ok", f"{header.architecture}, {size}")


def _licence(header: Header) -> Finding:
    if header.licence:
        return Finding("licence", "ok", f"{header.licence}, by the file's own word")
    beside = header.path.with_name(f"{header.path.name}.LICENSE")
    if beside.is_file():
        return Finding("licence", "ok", f"the file names none; {beside.name} lies beside it")
    tip = f"keep the publisher's beside it, as {beside.name}; models/README.md names some"
    return Finding("licence", "warning", "the file names none", tip)


def _template(header: Header) -> Finding:
    try:
        takes_system = ChatTemplate(header.template or "").takes_system
    except ModelError as error:
        return failed("template", error)
    told = "has a system role" if takes_system else "has no system role: orders go into the first turn of the user"
    return Finding("template", "ok", told)


def _calibration(header: Header) -> Finding:
    try:
        calibrated = own_judge(header.path, header) is not None
    except ModelError as error:
        return failed("calibration", error)
    if calibrated:
        return Finding("calibration", "ok", "its answers are weighed by a fit of its own")
    tip = f"rewrite calibrate --model {header.path}"
    return Finding("calibration", "warning", "none: its answers are weighed as the demo model's", tip)


def _memory(header: Header, settings: EngineSettings) -> Iterator[Finding]:
    """What it needs, and what is left of the context that was asked for."""
    try:
        wanted = plan(header, settings)
    except ModelError as error:
        yield failed("fits", error)
        return
    parts = f"weights {giga(wanted.weights)}, cache of {wanted.ctx} tokens {giga(wanted.cache)}"
    told = f"needs {giga(wanted.total)} ({parts}, the rest {giga(wanted.scratch)}) of {giga(available_memory())} free"
    yield Finding("fits", "ok", told)
    if header.context and wanted.ctx > header.context:
        # Not an error: the context is shared by all texts that are written at once.
        told = f"{wanted.ctx} tokens for all texts together; trained on {header.context}, the most that one may take"
        yield Finding("context", "ok", told)
    elif not settings.ctx and wanted.ctx < DEFAULT_CTX:
        yield Finding(
            "context", "warning", f"{wanted.ctx} tokens: memory is short of {DEFAULT_CTX}", "free some memory"
        )
    else:
        yield Finding("context", "ok", f"{wanted.ctx} tokens of the {header.context or 'unknown number'} trained on")
