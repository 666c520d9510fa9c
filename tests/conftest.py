"""What many tests share: the real models, where they have been fetched."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import rewriter.offline

if TYPE_CHECKING:
    from rewriter.engine.model import LlamaEngine

MODELS = Path(__file__).parent.parent / "models"


def _model(name: str) -> Path:
    path = MODELS / name
    if not path.exists():
        pytest.skip(f"models/{name} is missing: scripts/test fetches it")
    return path


@pytest.fixture(scope="session", autouse=True)
def _network_stays_open() -> Iterator[None]:
    """Commands that tests run in this process leave it its network: a filter would hold for all tests that follow."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rewriter.offline, "deny_network", lambda: "")
        yield


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heard() -> None:
    """A shell that starts the tests in the background has them, and what they start, ignore Ctrl-C."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def small_model() -> Path:
    """The 0.5B model: quick, and weak in French."""
    return _model("qwen2.5-coder-0.5b-instruct-q4_k_m.gguf")


@pytest.fixture(scope="session")
def demo_model() -> Path:
    """The 1.5B model, of which the README speaks."""
    return _model("qwen2.5-coder-1.5b-instruct-q4_k_m.gguf")


@pytest.fixture(scope="module")
def engine(small_model: Path) -> Iterator[LlamaEngine]:
    """The small model in memory, eight sequences at once."""
    from rewriter.engine import load
    from rewriter.settings import EngineSettings

    with load(small_model, EngineSettings(ctx=4096, parallel=8)) as loaded:
        yield loaded
