"""Models of some kilobytes with random weights, for llama.cpp itself: they write anything, and try everything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gguf
import numpy as np

WORDS = [
    *["le", "la", "les", "de", "des", "un", "une", "et", "en", "à", "l", "'", "’", "vote", "port", "maire", "ville"],
    *["20", "201", "2014", "14", "4", "04", "00", "000", "100", "79", "5", ",5", ",", ".", ":", "-", "²", "½", "Ⅳ"],
    *["«", "»", '"', "”", "“", "«▁pont", "▁»,", "pont", "nécessaire", "nécessaire»", "ponts", "né", "Le", "L’", "arc"],
    *["Titre", "Voici", "#", "**", "---", "--", "Titre:", "д", "и", "中", "文", "%", "e", "er", "▁", "▁▁", "\n"],
]
"""Pieces of words, numbers and marks that cut across what the locks watch."""
_TEMPLATE = "{% for m in messages %}{{ m.role }} : {{ m.content }}\n{% endfor %}"
_EMBEDDING, _CONTEXT = 32, 4096
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6


def _pieces(more: Sequence[str] = ()) -> tuple[list[str], list[int]]:
    spaced = [f"▁{word}" for word in (*WORDS, *more) if word and word[0] not in "▁\n"]
    words = list(dict.fromkeys([*WORDS, *more, *spaced, *map(chr, range(0x20, 0x7F))]))
    names = ["<unk>", "<s>", "</s>", "<|control|>", *(f"<0x{byte:02X}>" for byte in range(256)), *filter(None, words)]
    kinds = [_UNKNOWN, _CONTROL, _CONTROL, _CONTROL, *[_BYTE] * 256]
    return names, [*kinds, *[_NORMAL] * (len(names) - len(kinds))]


def write_tiny(path: Path, architecture: str = "llama", seed: int = 0, more: Sequence[str] = ()) -> Path:
    """Write a model with `more` words: "llama" has attention and a KV cache, "mamba" a recurrent state."""
    names, kinds = _pieces(more)
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_context_length(_CONTEXT)
    writer.add_embedding_length(_EMBEDDING)
    writer.add_block_count(1)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(names)
    writer.add_token_scores([-float(i) for i in range(len(names))])
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(_TEMPLATE)
    tensors = _llama(writer) if architecture == "llama" else _mamba(writer)
    random = np.random.default_rng(seed)
    shapes = {"token_embd.weight": (len(names), _EMBEDDING), "output.weight": (len(names), _EMBEDDING)} | tensors
    for name, shape in shapes.items():
        scale = 0.5 if name in ("output.weight", "token_embd.weight") else 0.2
        values = random.normal(0, scale, shape)
        writer.add_tensor(name, (np.ones(shape) if "norm" in name else values).astype(np.float32))
    writer.add_tensor("output_norm.weight", np.ones(_EMBEDDING, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _llama(writer: gguf.GGUFWriter) -> dict[str, tuple[int, ...]]:
    n = _EMBEDDING
    writer.add_head_count(2)
    writer.add_head_count_kv(2)
    writer.add_feed_forward_length(n)
    writer.add_rope_dimension_count(n // 2)
    square = {f"blk.0.attn_{part}.weight": (n, n) for part in ("q", "k", "v", "output")}
    feed = {f"blk.0.ffn_{part}.weight": (n, n) for part in ("gate", "up", "down")}
    return {"blk.0.attn_norm.weight": (n,), "blk.0.ffn_norm.weight": (n,)} | square | feed


def _mamba(writer: gguf.GGUFWriter) -> dict[str, tuple[int, ...]]:
    n, inner, state, rank, kernel = _EMBEDDING, 2 * _EMBEDDING, 16, 2, 4
    writer.add_head_count(0)
    writer.add_feed_forward_length(0)
    writer.add_ssm_inner_size(inner)
    writer.add_ssm_state_size(state)
    writer.add_ssm_time_step_rank(rank)
    writer.add_ssm_conv_kernel(kernel)
    return {
        "blk.0.attn_norm.weight": (n,),
        "blk.0.ssm_in.weight": (2 * inner, n),
        "blk.0.ssm_conv1d.weight": (inner, kernel),
        "blk.0.ssm_conv1d.bias": (inner,),
        "blk.0.ssm_x.weight": (rank + 2 * state, inner),
        "blk.0.ssm_dt.weight": (inner, rank),
        "blk.0.ssm_dt.bias": (inner,),
        "blk.0.ssm_a": (inner, state),
        "blk.0.ssm_d": (inner,),
        "blk.0.ssm_out.weight": (n, inner),
    }
