"""The KV cache: which sequence holds which tokens, and what stays when its work is done."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from rewriter.engine.jobs import Job, Tokens, common_length, distinct_cells


class Cache:
    """Sequences of one llama.cpp context. Prompts whose work is done stay, oldest first, until room is needed."""

    def __init__(self, api: Any, context: Any, sequences: int, most_retained: int, divides: bool) -> None:
        self._api, self._memory = api, api.llama_get_memory(context)
        self._free = deque(range(sequences))
        self._retained: dict[int, Tokens] = {}
        self._most_retained, self._divides = most_retained, divides

    @property
    def retained(self) -> tuple[Tokens, ...]:
        """The prompts that stay."""
        return tuple(self._retained.values())

    def cells(self, live: Sequence[Job]) -> int:
        """KV cells in use: what sequences have in common is stored once."""
        return distinct_cells([*(job.cached for job in live), *self._retained.values()])

    def seat(self, job: Job, live: Sequence[Job]) -> None:
        """Give a job a sequence, with what another one has evaluated of its tokens. Needs `make_room` before."""
        source, shared = self._longest_shared(job, live)
        if source in self._retained:  # still useful: it becomes the youngest
            self._retained[source] = self._retained.pop(source)
        job.seq = self._free.popleft()
        if shared:
            self._api.llama_memory_seq_cp(self._memory, source, job.seq, 0, shared)
        job.evaluated = shared

    def shared(self, job: Job, live: Sequence[Job]) -> int:
        """How many tokens of a job need not be evaluated again."""
        return self._longest_shared(job, live)[1]

    def make_room(self, job: Job, live: Sequence[Job], n_ctx: int) -> bool:
        """Drop retained prompts, oldest first, until a job fits with what it may write; False when none is left.

        The one that shares most with the job goes last.
        """
        while not self._free or self._needed([*live, job]) > n_ctx:
            useful, _ = self._longest_shared(job, live)
            droppable = [seq for seq in self._retained if seq != useful] or list(self._retained)
            if not droppable or (droppable[0] == useful and live):
                return False
            self._drop(droppable[0])
        return True

    def _needed(self, jobs: Sequence[Job]) -> int:
        """Cells that all sequences can come to need."""
        prompts = [*(job.tokens for job in jobs), *self._retained.values()]
        return distinct_cells(prompts) + sum(job.max_tokens - len(job.written) for job in jobs)

    def _longest_shared(self, job: Job, live: Sequence[Job]) -> tuple[int, int]:
        """The sequence that shares most of the job's tokens, and how much.

        The last token is evaluated again for its logits. Where a part of a sequence cannot be copied, it shares all
        of it or nothing.
        """
        best, length = -1, 0
        needed = job.tokens[:-1]
        for seq, tokens in self._held(live):
            common = common_length(tokens, needed)
            if common > length and (self._divides or common == len(tokens)):
                best, length = seq, common
        return best, length

    def _held(self, live: Sequence[Job]) -> Iterator[tuple[int, Tokens]]:
        yield from ((job.seq, job.cached) for job in live)
        yield from self._retained.items()

    def cut(self, job: Job, length: int) -> bool:
        """Forget what a job holds beyond `length` tokens; False when its memory could only forget everything."""
        if self._api.llama_memory_seq_rm(self._memory, job.seq, length, -1):
            job.evaluated = min(job.evaluated, length)
            return True
        self._api.llama_memory_seq_rm(self._memory, job.seq, -1, -1)  # recurrent and sliding memories
        job.evaluated = 0
        return False

    def retain(self, job: Job, live: Sequence[Job]) -> None:
        """Keep the prompt of a job that has ended, unless another sequence has all of it."""
        held = [tokens for _, tokens in self._held(live)]
        known = any(common_length(tokens, job.prompt) == len(job.prompt) for tokens in held)
        if not self._divides or known or not self.cut(job, len(job.prompt)) or job.evaluated < len(job.prompt):
            self.release(job.seq)
            return
        self._retained[job.seq] = job.prompt
        while len(self._retained) > self._most_retained:
            self._drop(next(iter(self._retained)))

    def release(self, seq: int) -> None:
        """Forget all of a sequence."""
        self._api.llama_memory_seq_rm(self._memory, seq, -1, -1)
        self._free.append(seq)

    def clear(self) -> None:
        """Forget what is retained."""
        for seq in list(self._retained):
            self._drop(seq)

    def _drop(self, seq: int) -> None:
        del self._retained[seq]
        self.release(seq)
