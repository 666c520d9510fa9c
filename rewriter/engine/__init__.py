"""Tokens and probabilities: the only room that knows llama.cpp, and it knows no article."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rewriter.engine.gguf import Header, inspect
from rewriter.engine.memory import plan
from rewriter.settings import EngineSettings

if TYPE_CHECKING:
    from rewriter.engine.model import LlamaEngine

__all__ = ["Header", "inspect", "load", "plan"]


def load(path: Path, settings: EngineSettings) -> LlamaEngine:
    """Load the model at `path`; llama.cpp is imported only now. Raises ModelError."""
    from rewriter.engine.model import load as load_model

    return load_model(path, settings)
