"""Back ends that a build keeps apart: loaded once, from the package's own folder, and missed in plain words."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import llama_cpp
import pytest

from rewriter.engine.backends import load_backends
from rewriter.errors import ModelError


class Ggml:
    """Stands in for the library: counts its back ends, and finds as many as a test says when asked to load."""

    def __init__(self, inside: int, found: int) -> None:
        self.asked: list[bytes] = []
        here = [inside]

        def count() -> int:
            return here[0]

        def load(folder: bytes) -> None:
            self.asked.append(folder)
            here[0] += found

        self.ggml_backend_reg_count, self.ggml_backend_load_all_from_path = count, load


def package(library: object, folder: Path) -> Any:
    """Stands in for the module `llama_cpp`."""
    return SimpleNamespace(llama_cpp=SimpleNamespace(_lib=library), __file__=str(folder / "__init__.py"))


def test_back_ends_that_stand_apart_are_loaded_once(tmp_path: Path) -> None:
    ggml = Ggml(inside=0, found=2)
    load_backends(package(ggml, tmp_path))
    load_backends(package(ggml, tmp_path))
    assert ggml.asked == [str(tmp_path / "lib").encode()]


def test_where_they_are_inside_nothing_is_loaded(tmp_path: Path) -> None:
    ggml = Ggml(inside=1, found=1)
    load_backends(package(ggml, tmp_path))
    load_backends(package(object(), tmp_path))
    assert ggml.asked == []


def test_a_processor_that_none_suits_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no back end there that this processor can run"):
        load_backends(package(Ggml(inside=0, found=0), tmp_path))


def test_the_real_library_has_these_functions() -> None:
    """Whatever build is installed here, a back end is there afterwards."""
    load_backends(llama_cpp)
    assert llama_cpp.llama_cpp._lib.ggml_backend_reg_count() >= 1
