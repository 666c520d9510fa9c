"""Writes small GGUF files for the tests: a header with the metadata given, and one tensor."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

Value = str | int | bool | Sequence[str]

INSTRUCT: dict[str, Value] = {
    "general.architecture": "llama",
    "general.name": "Petit",
    "tokenizer.ggml.tokens": ["<s>", "</s>", "le", "la"],
    "tokenizer.chat_template": "{{ messages[0].content }}",
}


def _string(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def _value(value: Value) -> bytes:
    if isinstance(value, bool):
        return struct.pack("<I?", 7, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, str):
        return struct.pack("<I", 8) + _string(value)
    return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(_string(item) for item in value)


def gguf(metadata: Mapping[str, Value], version: int = 3, tensors: int = 1) -> bytes:
    """A whole file: header, metadata, and `tensors` tensors of 8 floats."""
    data = b"GGUF" + struct.pack("<IQQ", version, tensors, len(metadata))
    data += b"".join(_string(key) + _value(value) for key, value in metadata.items())
    for i in range(tensors):
        data += _string(f"t{i}") + struct.pack("<IQIQ", 1, 8, 0, 32 * i)
    data += bytes(-len(data) % 32)
    return data + bytes(32 * tensors)
