"""Decodes many sequences at once: admit → decode → sample → collect.

Prompts that begin alike share the cells of what they have in common. Knows tokens, not text or articles.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rewriter.engine.base import Completion, CompletionRequest, Progress
from rewriter.engine.jobs import Job, Tokens, common_length, distinct_cells
from rewriter.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rewriter.engine.model import LlamaEngine


class Decoder:
    """Runs jobs through the model, as many at once as fit.

    `prefilled` counts the prompt tokens evaluated, `decoded` the tokens written.
    """

    def __init__(self, model: LlamaEngine) -> None:
        from rewriter.engine.model import BATCH, RETAINED

        self._model, self._api, self._context = model, model.api, model.context
        self._memory = self._api.llama_get_memory(self._context)
        self._budget = BATCH
        self._batch = self._api.llama_batch_init(BATCH, 0, 1)
        self._free = deque(range(model.parallel + RETAINED))
        self._live: list[Job] = []
        self._retained: dict[int, Tokens] = {}
        """Sequences whose work is done and whose prompts stay, oldest first."""
        self.prefilled = 0
        self.decoded = 0

    # --- the two kinds of work -------------------------------------------------------------------------------

    def complete(
        self, requests: Sequence[CompletionRequest], prompts: Sequence[Tokens], progress: Progress | None
    ) -> list[tuple[Completion, ...]]:
        """Write `n` completions for each request, in order."""
        jobs = [
            [Job(prompt, r.max_tokens, r, seed=r.seed + k) for k in range(r.n)]
            for r, prompt in zip(requests, prompts, strict=True)
        ]
        self._run([job for family in jobs for job in family], progress)
        return [tuple(job.completion for job in family) for family in jobs]

    def score(
        self,
        prompts: Sequence[Tokens],
        answers: Sequence[tuple[tuple[int, ...], ...]],
        progress: Progress | None,
    ) -> list[tuple[float, ...]]:
        """Return the probability of each answer after each prompt."""
        jobs = [Job(p, 0, answers=a) for p, a in zip(prompts, answers, strict=True)]
        self._run(jobs, progress)
        return [job.probabilities for job in jobs]

    # --- the loop --------------------------------------------------------------------------------------------

    def _run(self, jobs: list[Job], progress: Progress | None) -> None:
        waiting = deque(sorted(jobs, key=lambda job: job.prompt))  # those that begin alike, one after the other
        try:
            while waiting or self._live:
                self._admit(waiting)
                rows = self._decode()
                for job, row in rows:
                    self._sample(job, row)
                ended = self._collect()
                if progress:
                    progress(ended, self._batch.n_tokens)
        except BaseException:
            self._forget_everything()
            raise

    def _admit(self, waiting: deque[Job]) -> None:
        """Give waiting jobs a sequence, while there are sequences and cells.

        A job whose prompt begins like one still being evaluated waits for it: nothing is evaluated twice.
        """
        for _ in range(len(waiting)):
            if len(self._live) == self._model.parallel or not waiting:
                return
            job = waiting[0]
            source, shared = self._longest_shared(job)
            if any(common_length(other.prompt, job.prompt) > max(shared, other.evaluated) for other in self._live):
                waiting.rotate(-1)
                continue
            if not self._make_room(job, source):
                return
            waiting.popleft()
            self._seat(job, source, shared)

    def _longest_shared(self, job: Job) -> tuple[int, int]:
        """The sequence that shares most of the job's prompt, and how much; the last token is always evaluated."""
        if not self._model.forks:
            return -1, 0
        best, length = -1, 0
        cached = [(j.seq, j.cached) for j in self._live] + list(self._retained.items())
        for seq, tokens in cached:
            common = min(common_length(tokens, job.prompt), len(job.prompt) - 1)
            if common > length:
                best, length = seq, common
        return best, length

    def _make_room(self, job: Job, source: int) -> bool:
        """Drop retained prompts, oldest first, until the job fits; False when it must wait for others to end."""
        while not self._free or self._cells(job) > self._model.n_ctx:
            droppable = [seq for seq in self._retained if seq != source]
            if not droppable:
                if self._live:
                    return False
                if not self._retained:
                    raise ModelError("the context is too small for one passage", "give a larger --ctx")
                droppable = list(self._retained)
            self._drop(droppable[0])
        return True

    def _cells(self, newcomer: Job) -> int:
        """KV cells that all sequences can come to need, the newcomer among them."""
        jobs = [*self._live, newcomer]
        prompts = [*(job.tokens for job in jobs), *self._retained.values()]
        return distinct_cells(prompts) + sum(job.max_tokens - len(job.written) for job in jobs)

    def _seat(self, job: Job, source: int, shared: int) -> None:
        if source in self._retained:  # still useful: it becomes the youngest
            self._retained[source] = self._retained.pop(source)
        job.seq = self._free.popleft()
        if shared and (source in self._retained or any(j.seq == source for j in self._live)):
            self._api.llama_memory_seq_cp(self._memory, source, job.seq, 0, shared)
            job.evaluated = shared
        if job.request:
            job.sampler = self._make_sampler(job)
        self._live.append(job)

    def _decode(self) -> list[tuple[Job, int]]:
        """Evaluate one batch: a token of every writing job, then as much of the newcomers' prompts as fits.

        Returns the jobs that have logits now, with the row of the batch they are in.
        """
        batch, rows, n = self._batch, [], 0
        for job in sorted(self._live, key=lambda j: j.pending):
            take = min(job.pending, self._budget - n)
            tokens, start = job.tokens, job.evaluated
            for i in range(take):
                batch.token[n], batch.pos[n] = tokens[start + i], start + i
                batch.n_seq_id[n], batch.seq_id[n][0] = 1, job.seq
                batch.logits[n] = 0
                n += 1
            if take and take == job.pending:
                batch.logits[n - 1] = 1
                rows.append((job, n - 1))
            self.prefilled += take if start < len(job.prompt) else 0
            job.evaluated += take
        batch.n_tokens = n
        status = self._api.llama_decode(self._context, batch)
        if status:
            raise ModelError(
                f"{self._model.header.path.name}: llama.cpp stopped with status {status}",
                "give a larger --ctx or a smaller --parallel",
            )
        return rows

    def _sample(self, job: Job, row: int) -> None:
        if job.request is None:
            job.probabilities = self._probabilities(job, row)
            job.done = True
            return
        if job.request.latin_only:
            self._logits(row)[self._model.foreign] = float("-inf")
        token = self._api.llama_sampler_sample(job.sampler, self._context, row)
        self.decoded += 1
        if self._model.ends(token):
            job.finished = job.done = True
            return
        job.written.append(token)
        job.text += self._model.pieces[token]
        job.done = self._stopped(job) or len(job.written) >= job.max_tokens

    def _stopped(self, job: Job) -> bool:
        """Cut the text at the first stop, if there is one."""
        assert job.request is not None
        ends = [at for stop in job.request.stop if (at := job.text.find(stop.encode())) >= 0]
        if ends:
            del job.text[min(ends) :]
            job.finished = True
        return bool(ends)

    def _collect(self) -> int:
        """Take finished jobs out, and count them; their prompts stay for those that begin alike."""
        ended = [j for j in self._live if j.done]
        for job in ended:
            self._live.remove(job)
            if job.sampler is not None:
                self._api.llama_sampler_free(job.sampler)
                job.sampler = None
            self._retain(job)
        return len(ended)

    # --- cache -----------------------------------------------------------------------------------------------

    def _retain(self, job: Job) -> None:
        """Keep a prompt, unless another sequence has all of it."""
        others = [*(j.cached for j in self._live), *self._retained.values()]
        if not self._model.forks or any(common_length(o, job.prompt) == len(job.prompt) for o in others):
            self._release(job.seq)
            return
        self._api.llama_memory_seq_rm(self._memory, job.seq, len(job.prompt), -1)
        self._retained[job.seq] = job.prompt
        from rewriter.engine.model import RETAINED

        while len(self._retained) > RETAINED:
            self._drop(next(iter(self._retained)))

    def _drop(self, seq: int) -> None:
        del self._retained[seq]
        self._release(seq)

    def _release(self, seq: int) -> None:
        self._api.llama_memory_seq_rm(self._memory, seq, -1, -1)
        self._free.append(seq)

    def _forget_everything(self) -> None:
        """After an error or an interruption nothing half-evaluated may be shared."""
        for job in self._live:
            if job.sampler is not None:
                self._api.llama_sampler_free(job.sampler)
            self._release(job.seq)
        self._live.clear()
        for seq in list(self._retained):
            self._drop(seq)

    # --- logits ----------------------------------------------------------------------------------------------

    def _logits(self, row: int) -> NDArray[np.float32]:
        """One row of logits, writable: shape (n_vocab,)."""
        import numpy as np

        pointer = self._api.llama_get_logits_ith(self._context, row)
        address = ctypes.cast(pointer, ctypes.POINTER(ctypes.c_float))
        return np.ctypeslib.as_array(address, shape=(self._model.n_vocab,))

    def _probabilities(self, job: Job, row: int) -> tuple[float, ...]:
        import numpy as np

        logits = self._logits(row).astype(np.float64)
        weights = np.array([np.exp(logits[list(tokens)] - logits.max()).sum() for tokens in job.answers])
        total = weights.sum()
        return tuple(float(w / total) if total > 0 else 1 / len(weights) for w in weights)

    def _make_sampler(self, job: Job) -> Any:
        assert job.request is not None
        api, sampling = self._api, job.request.sampling
        chain = api.llama_sampler_chain_init(api.llama_sampler_chain_default_params())
        if sampling.temperature <= 0:
            api.llama_sampler_chain_add(chain, api.llama_sampler_init_greedy())
            return chain
        api.llama_sampler_chain_add(chain, api.llama_sampler_init_min_p(sampling.min_p, 1))
        api.llama_sampler_chain_add(chain, api.llama_sampler_init_temp(sampling.temperature))
        api.llama_sampler_chain_add(chain, api.llama_sampler_init_dist(job.seed & 0xFFFFFFFF))
        return chain
