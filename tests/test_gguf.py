"""A file that is no usable model is refused in plain words before anything is loaded."""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewriter.engine import inspect, plan
from rewriter.errors import ModelError
from rewriter.settings import EngineSettings
from tests.gguf_files import INSTRUCT, Value, gguf


def saved(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "model.gguf"
    path.write_bytes(data)
    return path


def without(key: str) -> dict[str, Value]:
    return {k: v for k, v in INSTRUCT.items() if k != key}


def test_a_sound_header_is_read(tmp_path: Path) -> None:
    data = gguf(INSTRUCT)
    header = inspect(saved(tmp_path, data))
    assert (header.name, header.architecture, header.size) == ("Petit", "llama", len(data))
    assert header.template == "{{ messages[0].content }}"


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "text": (b"Bonjour, ceci est un article.", "is not a GGUF model"),
    "old version": (gguf(INSTRUCT, version=1), "version 1"),
    "no template": (gguf(without("tokenizer.chat_template")), "no chat template"),
    "blank template": (gguf({**INSTRUCT, "tokenizer.chat_template": " \n"}), "no chat template"),
    "bert": (gguf({**INSTRUCT, "general.architecture": "bert"}), "embedding model"),
    "pooling": (gguf({**INSTRUCT, "llama.pooling_type": 1}), "embedding model"),
    "not causal": (gguf({**INSTRUCT, "llama.attention.causal": False}), "embedding model"),
    "vision tower": (gguf({**INSTRUCT, "general.architecture": "clip"}), "no language model"),
    "no weights": (gguf(INSTRUCT, tensors=0), "no language model"),
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_a_wrong_file_is_named_with_its_fault_and_a_tip(tmp_path: Path, case: str) -> None:
    data, fault = REFUSED[case]
    path = saved(tmp_path, data)
    with pytest.raises(ModelError, match=fault) as caught:
        inspect(path)
    assert str(path) in caught.value.message
    assert caught.value.tip
    assert caught.value.exit_code == 4


def test_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    whole = gguf(INSTRUCT, tensors=3)
    for length in range(4, len(whole) - 32, 7):
        with pytest.raises(ModelError, match="cut short"):
            inspect(saved(tmp_path, whole[:length]))


def test_lengths_that_lie_are_refused(tmp_path: Path) -> None:
    data = bytearray(gguf(INSTRUCT))
    data[16:24] = (2**63).to_bytes(8, "little")
    with pytest.raises(ModelError, match="cut short"):
        inspect(saved(tmp_path, bytes(data)))


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such file"):
        inspect(tmp_path / "absent.gguf")
    with pytest.raises(ModelError, match="folder"):
        inspect(tmp_path)


def lying(tensors: int = 1, count: int = 1, body: bytes = b"") -> bytes:
    return b"GGUF" + struct.pack("<IQQ", 3, tensors, count) + body


LIES = {
    "entries without end": lying(count=2**40, body=bytes(4096)),
    "tensors without end": lying(tensors=2**40, count=0, body=bytes(4096)),
    "a key longer than the file": lying(body=struct.pack("<Q", 2**62)),
    "a vocabulary without end": lying(body=struct.pack("<Q1sIIQ", 1, b"k", 9, 8, 2**50) + bytes(4096)),
    "numbers without end": lying(body=struct.pack("<Q1sIIQ", 1, b"k", 9, 10, 2**63) + bytes(64)),
    "an array of arrays": lying(body=struct.pack("<Q1sIIQ", 1, b"k", 9, 9, 3) + bytes(64)),
    "a type that there is none of": lying(body=struct.pack("<Q1sI", 1, b"k", 4711) + bytes(64)),
    "dimensions without end": lying(count=0, body=struct.pack("<QI", 0, 2**31) + bytes(4096)),
    "an alignment in words": gguf({**INSTRUCT, "general.alignment": "trente-deux"}),
    "a tensor beyond the end": lying(count=0, body=struct.pack("<QIIQ", 0, 0, 0, 2**63) + bytes(64)),
}


@pytest.mark.parametrize("lie", sorted(LIES))
def test_a_header_that_lies_is_refused(tmp_path: Path, lie: str) -> None:
    with pytest.raises(ModelError, match="cut short or damaged"):
        inspect(saved(tmp_path, LIES[lie]))


@given(st.binary(max_size=200), st.integers(4, 120))
def test_any_header_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int) -> None:
    data = gguf(INSTRUCT)
    path = tmp_path_factory.getbasetemp() / "noise.gguf"
    path.write_bytes(data[:at] + noise + data[at + len(noise) :])
    with suppress(ModelError):
        plan(inspect(path), EngineSettings(), available=1 << 40)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_no_model(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "model.gguf")
    with pytest.raises(ModelError, match="no ordinary file"):
        inspect(tmp_path / "model.gguf")
