"""A sequence under work, and what sequences have in common. Knows tokens and the bytes they write."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rewriter.engine.base import Completion, CompletionRequest
from rewriter.engine.guard import Guard, Held

Tokens = tuple[int, ...]

MOST_BACKS = 12
"""Words that are taken back before a text is given up: where one word fails so often, the sentence does."""
_ENDINGS = 2
"""Endings that are tried for a word before all of it is taken back."""


@dataclass
class Family:
    """What the candidates of one request share."""

    request: CompletionRequest
    guard: Guard
    completions: list[Completion] = field(default_factory=list)
    """In the order of the candidates; empty ones until they are written."""

    def __post_init__(self) -> None:
        self.completions = [Completion("", 0, False)] * self.request.n


@dataclass
class Strand:
    """One candidate: its place among its siblings, and what it draws by."""

    number: int
    random: random.Random


@dataclass(eq=False)
class Job:
    """One sequence to be decoded: a prompt, and what may follow.

    Candidates that have drawn the same tokens so far are strands of one job: what they share is decoded once.
    """

    prompt: Tokens
    max_tokens: int
    family: Family | None = None
    """None when only the probabilities of `answers` after the prompt are wanted."""
    strands: list[Strand] = field(default_factory=list)
    answers: tuple[Tokens, ...] = ()

    seq: int = -1
    evaluated: int = 0
    """How many tokens of `prompt + written` are in the cache."""
    written: list[int] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    """Where the text stood before each token and after the last."""
    starts: list[int] = field(default_factory=list)
    """Length of the text, in bytes, before each token."""
    text: bytearray = field(default_factory=bytearray)
    banned: dict[int, set[int]] = field(default_factory=dict)
    """Tokens that were taken back, by their place among the written."""
    refused: dict[int, int] = field(default_factory=dict)
    """How often a word was refused that begins at this byte of the text."""
    backs: int = 0
    finished: bool = False
    done: bool = False
    probabilities: tuple[float, ...] = ()

    @classmethod
    def of(cls, family: Family, prompt: Tokens) -> Job:
        """All candidates of a request, before any of them draws."""
        request = family.request
        strands = [Strand(k, random.Random(request.seed + k)) for k in range(request.n)]
        return cls(prompt, request.max_tokens, family, strands, held=[family.guard.start])

    def branch(self, strands: list[Strand]) -> Job:
        """Some of the strands, which part from the others here; without a sequence yet."""
        return replace(
            self,
            strands=strands,
            seq=-1,
            evaluated=0,
            written=[*self.written],
            held=[*self.held],
            starts=[*self.starts],
            text=bytearray(self.text),
            banned={place: {*tokens} for place, tokens in self.banned.items()},
            refused={**self.refused},
        )

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

    @property
    def answers_for(self) -> int:
        """How many candidates, or questions, it stands for."""
        return len(self.strands) or 1

    def hand_in(self) -> None:
        """Give the family what was written, once for each candidate."""
        for strand in self.strands:
            assert self.family is not None
            self.family.completions[strand.number] = self.completion

    def append(self, token: int, piece: bytes, held: Held) -> None:
        """Write a token."""
        self.starts.append(len(self.text))
        self.written.append(token)
        self.held.append(held)
        self.text += piece

    def place_to_go_back_to(self, start: int) -> int:
        """Return the token to take back of a refused word that begins at byte `start`.

        First only its last token, so that another ending can be found; when that failed, all of it.
        """
        self.refused[start] = self.refused.get(start, 0) + 1
        if self.refused[start] <= _ENDINGS:
            return len(self.written) - 1
        return bisect_right(self.starts, start) - 1

    def take_back(self, place: int) -> None:
        """Unwrite the tokens from `place` on, and never write that one there again.

        What was banned and refused further on is free again: another word stands before it now.
        """
        self.refused = {start: times for start, times in self.refused.items() if start <= self.starts[-1]}
        self.banned = {at: tokens for at, tokens in self.banned.items() if at <= place}
        self.banned.setdefault(place, set()).add(self.written[place])
        del self.text[self.starts[place] :]
        del self.written[place:], self.starts[place:], self.held[place + 1 :]
        self.backs += 1


def last_word(text: bytes | bytearray) -> int | None:
    """Return where the word begins with which `text` ends; None when it does not end with a word.

    Elisions and hyphens are within a word: "l'arc-en-ciel" is one.
    """
    decoded = text.decode("utf-8", "ignore")
    start = len(decoded)
    while start and (decoded[start - 1].isalnum() or decoded[start - 1] in "'’-"):
        start -= 1
    return len(decoded[:start].encode()) if any(char.isalnum() for char in decoded[start:]) else None


def goes_on(piece: bytes) -> bool:
    """Whether a token may continue the word before it."""
    first = piece[:4].decode("utf-8", "ignore")[:1]
    return not first or first.isalnum() or first in "'’-"


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
