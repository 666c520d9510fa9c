"""What the installed llama.cpp was built with, and what it finds on this machine."""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rewriter.engine.gguf import Header

_GUESSED = 1024
"""What llama.cpp adds to the kind of a file whose kind it guessed."""


def quantization(header: Header) -> str:
    """How most weights of a model are held, as Q4_K_M; empty where the file or llama.cpp has no word for it."""
    kind = header.values.get("general.file_type")
    return _kinds().get(kind & ~_GUESSED, "") if isinstance(kind, int) else ""


@cache
def _kinds() -> dict[int, str]:
    """The names that llama.cpp has for kinds of files, by its numbers."""
    import llama_cpp

    pattern = re.compile(r"LLAMA_FTYPE_(?:ALL|MOSTLY)_(\w+)")
    found = {name: pattern.fullmatch(name) for name in vars(llama_cpp)}
    return {getattr(llama_cpp, name): match[1] for name, match in found.items() if match}


@dataclass(frozen=True)
class Device:
    """What llama.cpp can compute on; its memory in bytes."""

    name: str
    free: int
    total: int


@dataclass(frozen=True)
class Build:
    """The llama.cpp that is installed."""

    version: str
    """Of llama-cpp-python."""
    devices: tuple[Device, ...]
    """What it can compute on: the processor, graphics cards."""
    features: tuple[str, ...]
    """What it uses of the processor: AVX2, AVX512_VNNI …"""
    offloads: bool
    """Whether layers can be put on a graphics card."""
    cores: int
    """Physical cores that this process may use."""
    threads: int
    """Threads that the processor runs at once for this process."""

    @property
    def has_amx(self) -> bool:
        """Whether repacked weights crash it; see `rewriter.engine.model`."""
        return "AMX_INT8" in self.features


def describe() -> Build:
    """Ask llama.cpp. Raises OSError or RuntimeError where its library cannot be loaded, and ModelError."""
    import llama_cpp

    from rewriter.engine.backends import load_backends
    from rewriter.engine.model import Log

    Log(llama_cpp)  # keeps what llama.cpp says off the terminal
    load_backends(llama_cpp)
    told = llama_cpp.llama_print_system_info().decode("utf-8", "replace")
    # "CPU : SSE3 = 1 | AVX2 = 1 | REPACK = 1 | ", and the same for each other back end
    features = tuple(re.findall(r"(\w+) = 1 ", told.partition("CPU : ")[2]))
    offloads = bool(llama_cpp.llama_supports_gpu_offload())
    devices = tuple(_devices(llama_cpp.llama_cpp._lib))
    return Build(llama_cpp.__version__, devices, features, offloads, physical_cores(), usable_threads())


def usable_threads() -> int:
    """Threads that the processor runs at once for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def physical_cores() -> int:
    """CPU cores that this process may use; two threads of one core share one arithmetic unit."""
    usable = usable_threads()
    try:
        smt = Path("/sys/devices/system/cpu/smt/active").read_text().strip() == "1"
    except OSError:
        smt = False
    return max(1, usable // 2 if smt else usable)


def _devices(library: Any) -> Iterator[Device]:
    """What ggml can compute on here; nothing on Windows, where llama.cpp's library does not know."""
    try:
        count, get, name = (getattr(library, f"ggml_backend_dev_{part}") for part in ("count", "get", "description"))
        memory = library.ggml_backend_dev_memory
    except AttributeError:
        return
    count.restype, get.restype, name.restype, memory.restype = ctypes.c_size_t, ctypes.c_void_p, ctypes.c_char_p, None
    get.argtypes, name.argtypes = [ctypes.c_size_t], [ctypes.c_void_p]
    memory.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t), ctypes.POINTER(ctypes.c_size_t)]
    for i in range(count()):
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        memory(get(i), ctypes.byref(free), ctypes.byref(total))
        yield Device(name(get(i)).decode("utf-8", "replace"), free.value, total.value)
