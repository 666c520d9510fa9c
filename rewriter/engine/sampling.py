"""Draws tokens from logits, within what the locks admit."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from rewriter.engine.base import Sampling
from rewriter.engine.guard import Held
from rewriter.engine.jobs import Job, Strand

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NONE_LEFT = -1


def draw(logits: NDArray[np.float32], sampling: Sampling, source: random.Random) -> int:
    """Draw the index of one logit; NONE_LEFT when all are minus infinity."""
    import numpy as np

    likeliest = int(logits.argmax())
    top = float(logits[likeliest])
    if math.isinf(top):
        return NONE_LEFT
    if sampling.temperature <= 0:
        return likeliest
    least = top + math.log(sampling.min_p) if sampling.min_p > 0 else -math.inf
    kept = np.flatnonzero(logits >= least)
    weights = np.exp((logits[kept].astype(np.float64) - top) / sampling.temperature).cumsum()
    return int(kept[np.searchsorted(weights, source.random() * weights[-1], side="right")])


def part(logits: NDArray[np.float32], job: Job) -> list[tuple[int, Held | None, list[Strand]]]:
    """Draw the next token for every strand of a job; those that draw the same one stay together.

    Returns, in the order of the strands, each token with where it leaves the text and who drew it. `logits` belongs
    to the caller no more.
    """
    parted: dict[int, tuple[int, Held | None, list[Strand]]] = {}
    for strand in job.strands:
        own = logits.copy() if len(job.strands) > 1 else logits
        token, held = draw_held(own, job, strand.random)
        parted.setdefault(token, (token, held, []))[2].append(strand)
    return list(parted.values())


def draw_held(logits: NDArray[np.float32], job: Job, source: random.Random) -> tuple[int, Held | None]:
    """Draw the next token of a job and tell where it leaves the text; NONE_LEFT when its locks admit none.

    `logits` belongs to the caller no more: refused tokens lose theirs.
    """
    assert job.family is not None
    guard, held, sampling = job.family.guard, job.held[-1], job.family.request.sampling
    logits[list(job.banned.get(len(job.written), ()))] = -math.inf
    only = guard.only(held)
    if only is not None:
        at = draw(logits[list(only)], sampling, source) if only else NONE_LEFT
        return (NONE_LEFT, None) if at == NONE_LEFT else (only[at], guard.after(held, only[at]))
    while (token := draw(logits, sampling, source)) != NONE_LEFT:
        if (after := guard.after(held, token)) is not None:
            return token, after
        logits[token] = -math.inf
    return NONE_LEFT, None
