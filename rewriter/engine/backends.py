"""Loads ggml's back ends where a build keeps them apart: one file for each kind of processor, and for graphics cards.

Such a build (GGML_BACKEND_DL) begins with none, and the Python bindings do not call for any. Of the processor's
variants ggml loads the best that the machine can run, so that one wheel serves old processors and new.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any

from rewriter.errors import ModelError


def load_backends(api: Any) -> None:
    """Load what suits this machine, unless it is there: most builds have their back ends inside. Raises ModelError.

    `api` is the module `llama_cpp`. Of the processor's back ends at least one has to load.
    """
    library = api.llama_cpp._lib  # its handle finds the functions of ggml too, which it is linked with
    try:
        count, load = library.ggml_backend_reg_count, library.ggml_backend_load_all_from_path
    except AttributeError:  # Windows looks into one library only: there the back ends have to be inside
        return
    count.restype = ctypes.c_size_t
    load.restype, load.argtypes = None, [ctypes.c_char_p]
    if count():
        return
    folder = Path(api.__file__).parent / "lib"
    load(os.fsencode(folder))
    if not count():
        raise ModelError(
            f"{folder}: llama.cpp has no back end there that this processor can run",
            "install a build of llama-cpp-python that was made for it",
        )
