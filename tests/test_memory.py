"""What a model needs in memory is told before it is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from rewriter.engine.gguf import Header, Value
from rewriter.engine.memory import DEFAULT_CTX, LEAST_CTX, available_memory, cell_size, plan
from rewriter.errors import ModelError
from rewriter.settings import EngineSettings

GIGA = 1_000_000_000
QWEN: dict[str, Value] = {
    "general.architecture": "qwen2",
    "qwen2.block_count": 28,
    "qwen2.embedding_length": 1536,
    "qwen2.attention.head_count": 12,
    "qwen2.attention.head_count_kv": 2,
}


def header(values: dict[str, Value] = QWEN, size: int = GIGA) -> Header:
    return Header(Path("m.gguf"), size, values, 1)


def test_a_cell_holds_keys_and_values_of_every_layer() -> None:
    """llama.cpp tells 224 MiB for 8192 tokens of this model."""
    assert cell_size(header()) * 8192 == 224 * 1024 * 1024
    given = QWEN | {"qwen2.attention.key_length": 64, "qwen2.attention.value_length": 64}
    assert cell_size(header(given)) * 2 == cell_size(header())


def test_a_recurrent_model_has_no_cells() -> None:
    assert cell_size(header({"general.architecture": "mamba", "mamba.attention.head_count": 0})) == 0


def test_with_room_the_context_is_the_default() -> None:
    planned = plan(header(), EngineSettings(), available=8 * GIGA)
    assert planned.ctx == DEFAULT_CTX
    assert planned.total == planned.weights + planned.cache + planned.scratch < 2 * GIGA


def test_with_little_room_the_context_shrinks_unless_it_was_asked_for() -> None:
    assert LEAST_CTX <= plan(header(), EngineSettings(), available=int(1.45 * GIGA)).ctx < DEFAULT_CTX
    with pytest.raises(ModelError, match=r"needs about .* but only 1\.4 GB are free"):
        plan(header(), EngineSettings(ctx=DEFAULT_CTX), available=int(1.45 * GIGA))


def test_what_does_not_fit_is_refused_with_its_sizes() -> None:
    with pytest.raises(ModelError, match=r"weights 40\.0 GB") as caught:
        plan(header(size=40 * GIGA), EngineSettings(), available=16 * GIGA)
    assert "--gpu-layers" in caught.value.tip


def test_layers_on_a_card_take_no_memory_here() -> None:
    assert plan(header(size=40 * GIGA), EngineSettings(gpu_layers=-1), available=GIGA).weights == 0
    assert plan(header(), EngineSettings(gpu_layers=14), available=8 * GIGA).weights == GIGA // 2


def test_repacked_weights_take_twice_the_room() -> None:
    assert plan(header(), EngineSettings(weights="repacked"), available=8 * GIGA).weights == 2 * GIGA


def test_the_machine_has_memory() -> None:
    assert available_memory() > 100_000_000
