"""A file that is no usable model is refused in plain words before anything is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from rewriter.engine import inspect
from rewriter.errors import ModelError
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
