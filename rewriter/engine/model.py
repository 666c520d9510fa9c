"""Loads a GGUF model through llama.cpp's low-level interface. The only module that frees what it allocates."""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from rewriter.engine.backends import load_backends
from rewriter.engine.base import Completion, CompletionRequest, Message, Progress, Question
from rewriter.engine.build import physical_cores
from rewriter.engine.gguf import Header, inspect
from rewriter.engine.memory import plan
from rewriter.engine.template import ChatTemplate, without_thoughts
from rewriter.engine.vocabulary import Vocabulary
from rewriter.errors import ModelError
from rewriter.settings import EngineSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 256
"""Most tokens evaluated in one step: with 512 prefill is 3 % faster, but every writer waits twice as long for it."""
RETAINED = 16
"""Prompts kept in the cache after their last completion, for the next that begin alike."""


class LlamaEngine:
    """A model in memory, with its context: completes, scores and counts."""

    def __init__(self, header: Header, settings: EngineSettings) -> None:
        import llama_cpp

        self.header = header
        self._api: Any = llama_cpp
        self._log = Log(llama_cpp)
        load_backends(llama_cpp)
        self.plan = plan(header, settings)
        if settings.weights == "repacked":
            self._refuse_amx()
        self._masks: dict[bool, NDArray[np.float32]] = {}
        self.parallel = settings.parallel
        self._model = self._load_model(settings)
        try:
            self._context = self._make_context(settings)
        except ModelError:
            self._api.llama_model_free(self._model)
            raise
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self._template = ChatTemplate(header.template or "", self._special("bos"), self._special("eos"))
        from rewriter.engine.decoder import Decoder

        self.decoder = Decoder(self)

    def __enter__(self) -> LlamaEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back. Safe to call twice."""
        if self._model is not None:
            self.decoder.close()
            self._api.llama_free(self._context)
            self._api.llama_model_free(self._model)
            self._model = None

    # --- the engine's face -----------------------------------------------------------------------------------

    def complete(
        self, requests: Sequence[CompletionRequest], progress: Progress | None = None
    ) -> list[tuple[Completion, ...]]:
        """See `rewriter.engine.base.Engine`."""
        prompts = [self.prompt(r.messages, r.max_tokens) for r in requests]
        written = self.decoder.complete(requests, prompts, progress)
        return [
            tuple(Completion(without_thoughts(c.text), c.tokens, c.finished) for c in completions)
            for completions in written
        ]

    def score(self, questions: Sequence[Question], progress: Progress | None = None) -> list[tuple[float, ...]]:
        """See `rewriter.engine.base.Engine`."""
        prompts = [self.prompt(q.messages, 1) for q in questions]
        answers = [self._first_tokens(q.answers) for q in questions]
        return self.decoder.score(prompts, answers, progress)

    def forget(self) -> None:
        """See `rewriter.engine.base.Engine`."""
        self.decoder.forget()

    def count(self, text: str) -> int:
        """See `rewriter.engine.base.Engine`."""
        return len(self.tokenize(text, special=False))

    @cached_property
    def parameters(self) -> int:
        """See `rewriter.engine.base.Engine`."""
        return int(self._api.llama_model_n_params(self._model))

    # --- tokens ----------------------------------------------------------------------------------------------

    def tokenize(self, text: str, special: bool) -> tuple[int, ...]:
        """Return the tokens of `text`; with `special`, control tokens written in it are recognised."""
        raw = text.encode()
        room = len(raw) + 8
        buffer = (ctypes.c_int32 * room)()
        n = self._api.llama_tokenize(self._vocab, raw, len(raw), buffer, room, False, special)
        if n < 0:
            raise ModelError(f"{self.header.path}: cannot read {len(raw)} bytes of text", "try another build")
        return tuple(buffer[:n])

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What every token writes; control tokens write nothing."""
        tokens, is_end = range(self.n_vocab), self._api.llama_vocab_is_eog
        pieces = [self._piece(token, special=False) for token in tokens]
        return Vocabulary(pieces, frozenset(token for token in tokens if is_end(self._vocab, token)))

    def mask(self, latin_only: bool) -> NDArray[np.float32]:
        """What is added to a row of logits: minus infinity for tokens that can never be drawn, else 0."""
        import numpy as np

        if latin_only not in self._masks:
            mask = np.zeros(self.n_vocab, dtype=np.float32)
            mask[self.vocabulary.silent] = -np.inf
            if latin_only:
                mask[self.vocabulary.foreign] = -np.inf
            self._masks[latin_only] = mask
        return self._masks[latin_only]

    @cached_property
    def n_vocab(self) -> int:
        """Size of the vocabulary."""
        return int(self._api.llama_vocab_n_tokens(self._vocab))

    def ends(self, token: int) -> bool:
        """Whether a token ends the assistant's turn."""
        return token in self.vocabulary.ends

    def _special(self, which: str) -> str:
        token = getattr(self._api, f"llama_vocab_{which}")(self._vocab)
        return self._piece(token, special=True).decode("utf-8", "replace") if token >= 0 else ""

    def _piece(self, token: int, special: bool) -> bytes:
        buffer = ctypes.create_string_buffer(512)
        n = self._api.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, special)
        return buffer.raw[: max(0, n)]

    def prompt(self, messages: Sequence[Message], room: int) -> tuple[int, ...]:
        """Return the tokens of a conversation, after which `room` more can be written. Raises ModelError."""
        text = self._template.render([Message(m.role, self._disarmed(m.content)) for m in messages])
        tokens = self.tokenize(text, special=True)
        bos = self._api.llama_vocab_bos(self._vocab)
        if self._api.llama_vocab_get_add_bos(self._vocab) and tokens[:1] != (bos,):
            tokens = (bos, *tokens)
        if len(tokens) + room > self.n_ctx:
            raise ModelError(
                f"{self.header.path.name}: a prompt of {len(tokens)} tokens and {room} more to write do not fit "
                f"a context of {self.n_ctx}",
                f"give --ctx {2 ** (len(tokens) + room).bit_length()} or shorter passages",
            )
        return tokens

    def _disarmed(self, content: str) -> str:
        """Break the control tokens that a text spells out: an article must not end its own turn."""
        return self._control.sub(lambda m: f"{m.group()[0]} {m.group()[1:]}", content)

    @cached_property
    def _control(self) -> re.Pattern[str]:
        """Matches the spelling of any control token."""
        special = (i for i in range(self.n_vocab) if self._api.llama_vocab_is_control(self._vocab, i))
        spelt = {self._piece(i, special=True).decode("utf-8", "ignore") for i in special} - {""}
        return re.compile("|".join(map(re.escape, sorted(spelt, key=len, reverse=True))) or r"(?!)")

    def _first_tokens(self, answers: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
        """For each answer, the tokens that may begin it alone: as written, lower case, and after a space."""
        firsts = []
        for answer in answers:
            forms = {answer, answer.lower(), f" {answer}", f" {answer.lower()}"}
            firsts.append({self.tokenize(form, special=False)[0] for form in forms})
        own = [first.difference(*firsts[:i], *firsts[i + 1 :]) for i, first in enumerate(firsts)]
        if not all(own):
            raise ValueError(f"answers that begin alike cannot be told apart: {answers}")
        return tuple(tuple(sorted(first)) for first in own)

    # --- memory ----------------------------------------------------------------------------------------------

    @property
    def context(self) -> Any:
        """llama.cpp's context, for the decoder."""
        return self._context

    @property
    def api(self) -> Any:
        """The llama_cpp module, for the decoder."""
        return self._api

    def use_threads(self, threads: int) -> None:
        """Compute with another number of threads from now on."""
        self._api.llama_set_n_threads(self._context, threads, threads)

    @cached_property
    def n_ctx(self) -> int:
        """Tokens that fit the KV cache, all sequences together."""
        return int(self._api.llama_n_ctx(self._context))

    @cached_property
    def divides(self) -> bool:
        """Whether a part of a sequence can be copied: not in recurrent and hybrid models, whose state is one."""
        return not (self._api.llama_model_is_recurrent(self._model) or self._api.llama_model_is_hybrid(self._model))

    def _refuse_amx(self) -> None:
        """On processors with AMX, repacked weights crash at the first prompt: ggml-org/llama.cpp#20824."""
        if b"AMX_INT8 = 1" in self._api.llama_print_system_info():
            raise ModelError(
                f"{self.header.path.name}: repacked weights crash llama.cpp on this processor, which has AMX",
                "leave --weights at mapped: it is as fast here",
            )

    def _load_model(self, settings: EngineSettings) -> Any:
        params = self._api.llama_model_default_params()
        params.n_gpu_layers = settings.gpu_layers if settings.gpu_layers >= 0 else 10_000
        params.use_extra_bufts = settings.weights == "repacked"
        model = self._api.llama_model_load_from_file(os.fsencode(self.header.path), params)
        if not model:
            raise ModelError(
                f"{self.header.path}: llama.cpp cannot load it: {self._log.last_error()}",
                "compare its sha256 with the publisher's, or try another build of the model",
            )
        return model

    def _make_context(self, settings: EngineSettings) -> Any:
        params = self._api.llama_context_default_params()
        trained = int(self._api.llama_model_n_ctx_train(self._model))
        params.n_ctx = self.plan.ctx
        params.n_batch = params.n_ubatch = BATCH
        params.n_seq_max = settings.parallel + RETAINED
        params.n_threads = params.n_threads_batch = settings.threads or physical_cores()
        params.kv_unified = True  # sequences share cells, so a common prefix is stored once
        params.swa_full = True  # a sliding window would forget a prefix that others still need
        params.no_perf = True
        context = self._api.llama_init_from_model(self._model, params)
        if not context:
            raise ModelError(
                f"{self.header.path.name}: no context of {params.n_ctx} tokens: {self._log.last_error()}",
                f"give a smaller --ctx (the model was trained for {trained}) or free some memory",
            )
        return context


class Log:
    """Keeps what llama.cpp says, instead of letting it onto the user's terminal."""

    ERROR = 4

    def __init__(self, api: Any) -> None:
        self.errors: list[str] = []

        @api.llama_log_callback  # type: ignore[untyped-decorator]  # a ctypes function type
        def keep(level: int, text: bytes, _: object) -> None:
            if level == self.ERROR:
                self.errors.append(text.decode("utf-8", "replace").strip())

        self._callback = keep  # llama.cpp holds only a pointer: it must outlive every call
        _KEPT.append(keep)
        api.llama_log_set(keep, None)

    def last_error(self) -> str:
        """The first error said is the cause; what follows only repeats it."""
        return self.errors[0] if self.errors else "no reason given"


_KEPT: list[object] = []  # log callbacks live as long as the process, as llama.cpp's pointer to them does


def load(path: Path, settings: EngineSettings) -> LlamaEngine:
    """Load the model at `path`. Raises ModelError in plain words, whatever is wrong with it."""
    return LlamaEngine(inspect(path), settings)
