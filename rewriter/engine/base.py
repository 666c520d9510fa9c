"""The engine's face: three calls, each over a list, so that batching is the engine's affair and nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]
Progress = Callable[[int, int], None]
"""Called after each step with the sequences that ended in it and the tokens it read and wrote."""


@dataclass(frozen=True)
class Message:
    """One turn of a conversation with an instruction model."""

    role: Role
    content: str


@dataclass(frozen=True)
class Sampling:
    """How the next token is drawn: temperature first, then the tail is cut at `min_p` of the likeliest."""

    temperature: float = 0.7
    min_p: float = 0.1
    """min-p sampling, Nguyen et al. 2024, arXiv:2407.01082."""


@dataclass(frozen=True)
class CompletionRequest:
    """Text wanted after a prompt, `n` times over."""

    messages: tuple[Message, ...]
    n: int = 1
    max_tokens: int = 256
    sampling: Sampling = Sampling()
    stop: tuple[str, ...] = ()
    """A completion ends before the first of these."""
    seed: int = 0
    """The k-th completion draws with seed + k."""
    latin_only: bool = True
    """No letter outside the Latin script can be written."""


@dataclass(frozen=True)
class Completion:
    """What the model wrote."""

    text: str
    tokens: int
    finished: bool
    """Whether the model ended by itself or at a stop; False when `max_tokens` cut it."""


@dataclass(frozen=True)
class Question:
    """A question with a few short answers, of which the probabilities are wanted."""

    messages: tuple[Message, ...]
    answers: tuple[str, ...]
    """Answers must differ in their first token."""


class Engine(Protocol):
    """A language model that completes, scores and counts."""

    @property
    def parameters(self) -> int:
        """How many weights the model has, or 0 when nobody knows: how far it can be trusted depends on it."""
        ...

    def complete(
        self, requests: Sequence[CompletionRequest], progress: Progress | None = None
    ) -> list[tuple[Completion, ...]]:
        """Return `n` completions for each request, in the order of the requests.

        The same requests with the same seeds and the same batch limits give the same text.
        Raises ModelError before any work when a prompt does not fit the context.
        """
        ...

    def score(self, questions: Sequence[Question], progress: Progress | None = None) -> list[tuple[float, ...]]:
        """Return for each question how likely each answer is; they sum to 1. Nothing is sampled."""
        ...

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`."""
        ...
