"""The floors of quality, held with the real demo model on a quick set: see scripts/evaluate gate."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from yardstick import floors  # noqa: E402  the path comes first

MODEL = ROOT / "models" / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"


@pytest.mark.model
def test_no_measure_lies_below_its_floor() -> None:
    assert floors.gate(MODEL) == []
