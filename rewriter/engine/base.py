"""The engine's face: three calls, each over a list, so that batching is the engine's affair and nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]
Progress = Callable[[int, int], None]
"""Called after each step with the sequences that ended in it and the tokens it read and wrote.

What it raises ends the call within that step, and leaves the engine usable: a deadline is set this way.
"""


@dataclass(frozen=True)
class Message:
    """One turn of a conversation with an instruction model."""

    role: Role
    content: str


@dataclass(frozen=True)
class Sampling:
    """How the next token is drawn: the tail below `min_p` of the likeliest is cut, then the temperature applies.

    min-p sampling: Nguyen et al. 2024, arXiv:2407.01082. A temperature of 0 takes the likeliest.
    """

    temperature: float = 0.7
    min_p: float = 0.1


@dataclass(frozen=True)
class Locks:
    """What cannot be written, whatever the model wants; see `rewriter.engine.locks`."""

    latin_only: bool = True
    """No letter outside the Latin script."""
    numbers: str | None = None
    """A text whose numbers in digits are the only ones that may be written, each whole; None leaves them free."""
    quotations: tuple[str, ...] | None = None
    """The quotations of which whole words in a row may stand between quotation marks; None leaves marks free."""
    labels: tuple[str, ...] = ()
    """What no line may begin with, whatever its capitals."""


class Verdict(Enum):
    """What a watch says of a text under way."""

    GO_ON = "go on"
    TAKE_BACK = "take back"
    """The last word cannot stay: it is taken back, and another is drawn in its place."""
    STOP = "stop"
    """Nothing can save this text: its place goes to the next."""


Watch = Callable[[str], Verdict]
"""Asked each time a word is whole, with the text up to its end. The same text must get the same verdict."""


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
    locks: Locks = Locks()
    watch: Watch | None = None


@dataclass(frozen=True)
class Completion:
    """What the model wrote."""

    text: str
    tokens: int
    finished: bool
    """Whether the model ended by itself or at a stop; False when `max_tokens`, a watch or a lock cut it."""


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

    def forget(self) -> None:
        """Share nothing that was read before with what comes.

        A prompt of which a part was read in another batch has probabilities that differ in the third digit.
        """
        ...
