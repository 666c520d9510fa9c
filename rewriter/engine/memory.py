"""What a model will need in memory, told before it is loaded: a clear error instead of the kernel's killer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rewriter.engine.gguf import Header
from rewriter.errors import ModelError
from rewriter.settings import EngineSettings

DEFAULT_CTX = 8192
LEAST_CTX = 2048
"""Tokens below which not even one passage with its examples is sure to fit."""
_BYTES = 2
"""Of one number in the KV cache: 16-bit floats."""
_SCRATCH = 300_000_000
"""Bytes for llama.cpp's buffers, Python and the dictionaries; `scripts/benchmark` measures it."""
_GIGA = 1_000_000_000


@dataclass(frozen=True)
class Plan:
    """Sizes in bytes; `ctx` in tokens."""

    ctx: int
    weights: int
    cache: int
    scratch: int = _SCRATCH

    @property
    def total(self) -> int:
        """What all of it takes."""
        return self.weights + self.cache + self.scratch


def plan(header: Header, settings: EngineSettings, available: int | None = None) -> Plan:
    """Choose the context and see that everything fits what the machine has. Raises ModelError.

    Without `--ctx` the context shrinks from DEFAULT_CTX to what fits. Layers on a graphics card take none of the
    machine's own memory; what the card has, llama.cpp tells.
    """
    available = available_memory() if available is None else available
    here = 1 - _offloaded(header, settings)
    cell, weights = int(cell_size(header) * here), int(header.size * here)
    if settings.weights == "repacked":
        weights *= 2  # the file's pages stay beside the copy while it is made
    ctx = settings.ctx or DEFAULT_CTX
    while not settings.ctx and ctx > LEAST_CTX and weights + ctx * cell + _SCRATCH > available:
        ctx //= 2
    wanted = Plan(ctx, weights, ctx * cell)
    if wanted.total > available:
        raise ModelError(
            f"{header.path.name}: needs about {_giga(wanted.total)} of memory "
            f"(weights {_giga(wanted.weights)}, cache of {ctx} tokens {_giga(wanted.cache)}), "
            f"but only {_giga(available)} are free",
            "take a smaller model, a lower --ctx, or put layers on a graphics card with --gpu-layers",
        )
    return wanted


def _giga(size: int) -> str:
    return f"{size / _GIGA:.1f} GB"


def _offloaded(header: Header, settings: EngineSettings) -> float:
    layers = _number(header, "block_count")
    if settings.gpu_layers < 0:
        return 1.0
    return min(1.0, settings.gpu_layers / layers) if layers else 0.0


def cell_size(header: Header) -> int:
    """Bytes that one token takes in the KV cache: keys and values of every layer.

    Heads that differ from layer to layer count as all of them; a recurrent model, which has no heads, takes nothing
    for a token.
    """
    heads = _number(header, "attention.head_count")
    if not heads:
        return 0
    kv_heads = _number(header, "attention.head_count_kv") or heads
    width = _number(header, "embedding_length") // heads
    key = _number(header, "attention.key_length") or width
    value = _number(header, "attention.value_length") or width
    return _number(header, "block_count") * kv_heads * (key + value) * _BYTES


def _number(header: Header, key: str) -> int:
    value = header.of_architecture(key)
    return max(0, value) if isinstance(value, int) else 0


def available_memory() -> int:
    """Bytes that can be taken without swapping: the machine's, or those left of this process's control group."""
    import psutil

    return min(int(psutil.virtual_memory().available), *_left_in_group())


def _left_in_group(root: Path = Path("/sys/fs/cgroup")) -> tuple[int, ...]:
    """What control groups leave, version 2 then 1; files in the page cache make way and count as free."""
    left = []
    for most, used, stat, cached in (
        ("memory.max", "memory.current", "memory.stat", "file"),
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "memory/memory.stat", "total_cache"),
    ):
        try:
            limit, taken = (root / most).read_text().strip(), int((root / used).read_text())
            lines = dict(line.split() for line in (root / stat).read_text().splitlines())
        except (OSError, ValueError):
            continue
        if limit.isdigit():
            left.append(int(limit) - taken + int(lines.get(cached, 0)))
    return (*left, 1 << 62)
