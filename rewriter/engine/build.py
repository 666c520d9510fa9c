"""What the installed llama.cpp was built with, and what it finds on this machine."""

from __future__ import annotations

import re
from functools import cache

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
