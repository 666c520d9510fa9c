"""Reads a GGUF file's header, so that a wrong file is refused in milliseconds and in plain words.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import math
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

from rewriter.errors import ModelError

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_POOLING_NONE = 0
_CAUSAL_BY_DEFAULT_NOT = {
    "bert",
    "nomic-bert",
    "nomic-bert-moe",
    "jina-bert-v2",
    "jina-bert-v3",
    "modern-bert",
    "neo-bert",
}

MAX_COUNT = 4_000_000
"""Most entries, tensors or words of a vocabulary; the largest models have some 300,000 words. A header may lie."""

MAX_STRING = 16_000_000
"""Most bytes of a text; the longest chat templates have some 20,000."""

MAX_DIMENSIONS = 8
"""Most dimensions of a tensor; ggml has four."""

Value = int | float | bool | str | None


@dataclass(frozen=True)
class Header:
    """What a GGUF file says of itself."""

    path: Path
    size: int
    """Bytes."""
    values: dict[str, Value]
    """Scalar and string metadata; arrays are skipped."""
    tensors: int
    parameters: int = 0
    """Numbers in all tensors together."""

    @property
    def name(self) -> str:
        """The model's own name, else the file's."""
        return str(self.values.get("general.name") or self.path.name)

    @property
    def architecture(self) -> str:
        """llama, qwen2, gemma3 …"""
        return str(self.values.get("general.architecture") or "")

    @property
    def template(self) -> str | None:
        """The chat template, in Jinja."""
        value = self.values.get("tokenizer.chat_template")
        return value if isinstance(value, str) and value.strip() else None

    @property
    def licence(self) -> str:
        """The licence that the file names; empty where it names none."""
        named = self.values.get("general.license.name") or self.values.get("general.license")
        return str(named or "")

    @property
    def context(self) -> int:
        """Tokens that the model was trained on at once; 0 where the file does not say."""
        value = self.of_architecture("context_length")
        return value if isinstance(value, int) else 0

    def of_architecture(self, key: str) -> Value:
        """Return the value of `ARCHITECTURE.key`."""
        return self.values.get(f"{self.architecture}.{key}")


class _Cursor:
    """Reads little-endian values one after the other; running off the end raises struct.error."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> int | float | bool:
        size = struct.calcsize("<" + layout)
        (value,) = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += size
        return value  # type: ignore[no-any-return]  # struct cannot know the type behind the letter

    def string(self) -> str:
        length = int(self.take("Q"))
        if length > MAX_STRING or self.at + length > len(self.data):
            raise struct.error("string beyond the end")
        raw = self.data[self.at : self.at + length]
        self.at += length
        return raw.decode("utf-8", "replace")

    def dimensions(self) -> int:
        count = int(self.take("I"))
        if count > MAX_DIMENSIONS:
            raise struct.error("too many dimensions")
        return count

    def value(self, kind: int) -> Value:
        if kind == _STRING:
            return self.string()
        if kind == _ARRAY:
            self._skip_array()
            return None
        return self.take(_SCALARS[kind])

    def _skip_array(self) -> None:
        kind, length = int(self.take("I")), int(self.take("Q"))
        if kind in _SCALARS:
            self.at += length * struct.calcsize("<" + _SCALARS[kind])
            return
        unpack, data, at = struct.Struct("<Q").unpack_from, self.data, self.at
        if kind != _STRING or length > MAX_COUNT:
            raise struct.error("nested or endless array")
        for _ in range(length):  # a vocabulary: 150,000 strings are skipped in a tenth of a second
            at += 8 + unpack(data, at)[0]
        self.at = at


def inspect(path: Path) -> Header:
    """Read and judge the header of the model at `path`.

    Raises ModelError when the file is missing, is no GGUF, is cut short, has no chat template, or is not a
    model that writes text.
    """
    header = read(path)
    refuse_unfit(header)
    return header


def read(path: Path) -> Header:
    """Read the header of any GGUF file. Raises ModelError when it is missing, is no GGUF or is cut short."""
    if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited at for ever
        raise ModelError(f"{path}: is no ordinary file", "give the path of a .gguf model with --model")
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _parse(path, data)
    except FileNotFoundError:
        raise ModelError(f"{path}: no such file", "give the path of a .gguf model with --model") from None
    except IsADirectoryError:
        raise ModelError(f"{path}: is a folder", "give the path of the .gguf file inside it") from None
    except ValueError:
        raise ModelError(f"{path}: the file is empty", "download or copy the model again") from None
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}", "check its permissions") from None
    except (struct.error, KeyError, OverflowError):
        raise _cut_short(path) from None


def _cut_short(path: Path) -> ModelError:
    return ModelError(
        f"{path}: the model file is cut short or damaged",
        "download or copy it again and compare its sha256 with the publisher's",
    )


def _parse(path: Path, data: mmap.mmap) -> Header:
    if data[:4] != b"GGUF":
        raise ModelError(
            f"{path}: is not a GGUF model",
            "give a file in llama.cpp's format, whose name usually ends in .gguf",
        )
    cursor = _Cursor(data)
    cursor.at = 4
    version, tensors, count = int(cursor.take("I")), int(cursor.take("Q")), int(cursor.take("Q"))
    if version not in (2, 3):
        raise ModelError(f"{path}: GGUF version {version} is not supported", "convert it with a current llama.cpp")
    if max(tensors, count) > MAX_COUNT:
        raise struct.error("endless")
    values: dict[str, Value] = {}
    for _ in range(count):
        key = cursor.string()
        values[key] = cursor.value(int(cursor.take("I")))
    parameters = _check_tensors(path, cursor, tensors, _alignment(values))
    return Header(path, len(data), values, tensors, parameters)


def _alignment(values: dict[str, Value]) -> int:
    alignment = values.get("general.alignment") or 32
    if not isinstance(alignment, int) or alignment < 1:
        raise struct.error("no alignment")
    return alignment


def _check_tensors(path: Path, cursor: _Cursor, tensors: int, alignment: int) -> int:
    """Count the numbers in the tensors; refuse a file that ends before the last begins: llama.cpp checks the rest."""
    last = parameters = 0
    for _ in range(tensors):
        cursor.string()
        parameters += math.prod(int(cursor.take("Q")) for _ in range(cursor.dimensions()))
        cursor.take("I")
        last = max(last, int(cursor.take("Q")))
    start = -(-cursor.at // alignment) * alignment
    if tensors and start + last >= len(cursor.data):
        raise _cut_short(path)
    return parameters


def refuse_unfit(header: Header) -> None:
    """Raise ModelError for a model that does not write, or was not trained to follow instructions."""
    path, causal = header.path, header.of_architecture("attention.causal")
    pooling = header.of_architecture("pooling_type")
    encoder = header.architecture in _CAUSAL_BY_DEFAULT_NOT or causal is False or pooling not in (None, _POOLING_NONE)
    tip = "use an instruction model (its name usually says Instruct, Chat or it)"
    if header.architecture in ("", "clip", "mmproj") or not header.tensors:
        raise ModelError(f"{path}: holds no language model", tip)
    if encoder:
        raise ModelError(f"{path}: is an embedding model ({header.architecture}): it cannot write", tip)
    if header.template is None:
        raise ModelError(f"{path}: has no chat template, so it was not trained to follow instructions", tip)
