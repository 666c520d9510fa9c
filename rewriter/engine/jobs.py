"""A sequence under work, and what sequences have in common. Knows tokens only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rewriter.engine.base import Completion, CompletionRequest

Tokens = tuple[int, ...]


@dataclass
class Job:
    """One sequence to be decoded: a prompt, and what may follow."""

    prompt: Tokens
    max_tokens: int
    request: CompletionRequest | None = None
    """None when only the probabilities after the prompt are wanted."""
    seed: int = 0
    answers: tuple[tuple[int, ...], ...] = ()

    seq: int = -1
    evaluated: int = 0
    """How many tokens of `prompt + written` are in the cache."""
    written: list[int] = field(default_factory=list)
    text: bytearray = field(default_factory=bytearray)
    sampler: Any = None
    finished: bool = False
    done: bool = False
    probabilities: tuple[float, ...] = ()

    @property
    def tokens(self) -> Tokens:
        """Prompt and what was written."""
        return (*self.prompt, *self.written)

    @property
    def cached(self) -> Tokens:
        """The tokens that are in the cache."""
        return self.prompt[: self.evaluated] if self.evaluated <= len(self.prompt) else self.tokens[: self.evaluated]

    @property
    def pending(self) -> int:
        """Tokens still to be evaluated."""
        return len(self.prompt) + len(self.written) - self.evaluated

    @property
    def completion(self) -> Completion:
        """What was written, as text."""
        return Completion(self.text.decode("utf-8", "ignore"), len(self.written), self.finished)


def common_length(a: Sequence[int], b: Sequence[int]) -> int:
    """How many tokens two sequences have in common at their beginning."""
    n = min(len(a), len(b))
    if a[:n] == b[:n]:
        return n
    return next(i for i in range(n) if a[i] != b[i])


def distinct_cells(sequences: Iterable[Tokens]) -> int:
    """Size of the token trie: cells taken when common beginnings are stored once."""
    total = 0
    previous: Tokens = ()
    for tokens in sorted(sequences):
        total += len(tokens) - common_length(previous, tokens)
        previous = tokens
    return total
