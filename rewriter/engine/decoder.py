"""Decodes many sequences at once: admit → decode → sample → collect.

Prompts that begin alike share the cells of what they have in common, and the candidates of one request are one
sequence until they draw differently. Knows tokens and the bytes they write, not texts or articles.

The same requests with the same seeds give the same text on one machine, as long as `parallel`, the context, the
threads, the offloaded layers and what was asked before are the same: these decide which tokens share a batch, and
llama.cpp's sums differ in their last bits with the batch.
"""

from __future__ import annotations

import ctypes
import time
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rewriter.engine.base import Completion, CompletionRequest, Progress, Verdict
from rewriter.engine.cache import Cache
from rewriter.engine.guard import Guard, Held
from rewriter.engine.jobs import MOST_BACKS, Family, Job, Tokens, common_length, distinct_cells, goes_on, last_word
from rewriter.engine.locks import locks_of
from rewriter.engine.sampling import part
from rewriter.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rewriter.engine.model import LlamaEngine


_LOOK_AHEAD = 64
"""Waiting jobs that are looked at in a step for one that need not wait: a list may have thousands."""


class Decoder:
    """Runs jobs through the model, as many at once as fit.

    It counts: `prefilled` prompt tokens evaluated and `distinct` ones that had to be (the size of the token trie
    without what was cached), `decoded` tokens drawn, `peak_cells` of the KV cache in use, `seconds` in llama.cpp.
    """

    def __init__(self, model: LlamaEngine) -> None:
        from rewriter.engine.model import BATCH, RETAINED

        self._model, self._api, self._context = model, model.api, model.context
        self._cache = Cache(self._api, self._context, model.parallel + RETAINED, RETAINED, model.divides)
        self._budget = BATCH
        self._batch = self._api.llama_batch_init(BATCH, 0, 1)
        self._live: list[Job] = []
        self._waiting: deque[Job] = deque()
        self.prefilled = self.distinct = self.decoded = self.peak_cells = 0
        self.seconds = 0.0

    def close(self) -> None:
        """Give the batch's memory back."""
        self._api.llama_batch_free(self._batch)

    # --- the two kinds of work -------------------------------------------------------------------------------

    def complete(
        self, requests: Sequence[CompletionRequest], prompts: Sequence[Tokens], progress: Progress | None
    ) -> list[tuple[Completion, ...]]:
        """Write `n` completions for each request, in order."""
        families = [Family(r, Guard(locks_of(r.locks), self._model.vocabulary)) for r in requests]
        self._run([Job.of(family, prompt) for family, prompt in zip(families, prompts, strict=True)], progress)
        return [tuple(family.completions) for family in families]

    def score(
        self,
        prompts: Sequence[Tokens],
        answers: Sequence[tuple[Tokens, ...]],
        progress: Progress | None,
    ) -> list[tuple[float, ...]]:
        """Return the probability of each answer after each prompt."""
        jobs = [Job(p, 0, answers=a) for p, a in zip(prompts, answers, strict=True)]
        self._run(jobs, progress)
        return [job.probabilities for job in jobs]

    # --- the loop --------------------------------------------------------------------------------------------

    def _run(self, jobs: list[Job], progress: Progress | None) -> None:
        self._waiting = deque(sorted(jobs, key=lambda job: job.prompt))  # those that begin alike come together
        kept = self._cache.retained
        self.distinct += distinct_cells([*kept, *(job.prompt for job in jobs)]) - distinct_cells(kept)
        try:
            while self._waiting or self._live:
                self._admit()
                for job, row in self._decode():
                    self._sample(job, row)
                ended = self._collect()
                if progress:
                    progress(ended, self._batch.n_tokens)
        except BaseException:
            self.forget()
            raise

    def _admit(self) -> None:
        """Give waiting jobs a sequence, while there are sequences and cells.

        A job whose prompt begins like one still being evaluated waits for it: nothing is evaluated twice.
        """
        blocked: list[Job] = []
        waiting = self._waiting
        while waiting and len(self._live) < self._model.parallel and len(blocked) < _LOOK_AHEAD:
            job = waiting.popleft()
            shared = self._cache.shared(job, self._live)
            needed = job.tokens[:-1]  # the last token is evaluated for its logits, whoever has it
            if any(common_length(other.prompt, needed) > max(shared, other.evaluated) for other in self._live):
                blocked.append(job)
            elif self._cache.make_room(job, self._live, self._model.n_ctx):
                self._cache.seat(job, self._live)
                self._live.append(job)
            else:
                blocked.append(job)
                break
        waiting.extendleft(reversed(blocked))  # in their order: what they share would be forgotten meanwhile
        if waiting and not self._live:
            raise ModelError("the context is too small for one passage", "give a larger --ctx")

    def _decode(self) -> list[tuple[Job, int]]:
        """Evaluate one batch: a token of every writing job, then as much of the newcomers' prompts as fits.

        Returns the jobs that have logits now, with the row of the batch they are in.
        """
        batch, rows, n = self._batch, [], 0
        for job in sorted((job for job in self._live if not job.done), key=lambda j: j.pending):
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
            self.prefilled += max(0, min(take, len(job.prompt) - start))
            job.evaluated += take
        batch.n_tokens = n
        self._evaluate()
        return rows

    def _sample(self, job: Job, row: int) -> None:
        """Draw for every candidate of a job; those that draw otherwise than the first branch off and wait."""
        if job.family is None:
            job.probabilities = self._probabilities(job, row)
            job.done = True
            return
        logits = self._logits(row) + self._model.mask(job.family.request.locks.latin_only)
        (token, held, job.strands), *others = part(logits, job)
        branches = [(job.branch(strands), token, held) for token, held, strands in others]
        self._write(job, token, held)
        for branch, token, held in reversed(branches):  # the first drawn is the first to be seated
            self._write(branch, token, held)
            self._waiting.appendleft(branch)

    def _collect(self) -> int:
        """Take finished jobs out, and count what they stand for; their prompts stay for those that begin alike."""
        ended = [job for job in (*self._live, *self._waiting) if job.done]
        for job in ended:
            job.hand_in()
            if job.seq < 0:  # a branch that ended with the token it parted by
                self._waiting.remove(job)
                continue
            self._live.remove(job)
            self._cache.retain(job, self._live)
        return sum(job.answers_for for job in ended)

    # --- what is written -------------------------------------------------------------------------------------

    def _write(self, job: Job, token: int, held: Held | None) -> None:
        """Write what was drawn, unless the watch takes the word before it back, and see whether the text ends."""
        if held is None:
            job.done = True
            return
        piece = b"" if self._model.ends(token) else self._model.vocabulary.pieces[token]
        if self._word_is_refused(job, piece):
            return
        if self._model.ends(token):
            job.finished = job.done = True
            return
        self.decoded += 1
        job.append(token, piece, held)
        job.done = self._stopped(job) or len(job.written) >= job.max_tokens

    def _word_is_refused(self, job: Job, piece: bytes) -> bool:
        """Whether the watch, asked about the word that now is whole, had it taken back or the text ended."""
        watch = job.family.request.watch if job.family else None
        if watch is None or (piece and goes_on(piece)) or (start := last_word(job.text)) is None:
            return False
        verdict = watch(job.text.decode("utf-8", "ignore"))
        if verdict is Verdict.TAKE_BACK and job.backs < MOST_BACKS:
            self._take_back(job, job.place_to_go_back_to(start))
        elif verdict is not Verdict.GO_ON:
            job.done = True
        return verdict is not Verdict.GO_ON

    def _take_back(self, job: Job, place: int) -> None:
        """Go on from before a token that was written; the one before it is evaluated again, for its logits."""
        job.take_back(place)
        if job.seq >= 0:
            self._cache.cut(job, len(job.prompt) + place - 1)

    def _stopped(self, job: Job) -> bool:
        """Cut the text at the first stop, if there is one."""
        assert job.family is not None
        ends = [at for stop in job.family.request.stop if (at := job.text.find(stop.encode())) >= 0]
        if ends:
            del job.text[min(ends) :]
            job.finished = True
        return bool(ends)

    def forget(self) -> None:
        """Empty the cache: after an error or an interruption nothing half-evaluated may be shared, and nothing between
        articles.
        """
        for job in self._live:
            self._cache.release(job.seq)
        self._live.clear()
        self._waiting.clear()
        self._cache.clear()

    # --- llama.cpp -------------------------------------------------------------------------------------------

    def _evaluate(self) -> None:
        """Run the batch through the model. Raises ModelError."""
        if not self._batch.n_tokens:
            return
        self.peak_cells = max(self.peak_cells, self._cache.cells(self._live))
        began = time.perf_counter()
        status = self._api.llama_decode(self._context, self._batch)
        self._api.llama_synchronize(self._context)
        self.seconds += time.perf_counter() - began
        if status:
            raise ModelError(
                f"{self._model.header.path.name}: llama.cpp stopped with status {status}",
                "give a larger --ctx or a smaller --parallel",
            )

    def _logits(self, row: int) -> NDArray[np.float32]:
        """One row of logits, as llama.cpp holds it: shape (n_vocab,)."""
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
