"""Turns messages into the text that a model was trained on, by the chat template its file carries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rewriter.deadline import within
from rewriter.engine.base import Message
from rewriter.errors import ModelError

if TYPE_CHECKING:
    from jinja2 import Template

_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning)>.*?(</\1>|\Z)\s*", re.DOTALL | re.IGNORECASE)
_OPENED_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning)>\s*\Z", re.IGNORECASE)
_CLOSED_THOUGHT = re.compile(r"\A.*?</(think|thinking|thought|reasoning)>\s*", re.DOTALL | re.IGNORECASE)
MAX_SECONDS = 5
"""Most seconds of the processor that a template may take; one takes some milliseconds."""
_HARMONY_START = "<|start|>assistant"
_HARMONY_FINAL = "<|channel|>final<|message|>"


class ChatTemplate:
    """A model's chat template. Knows nothing of tokens.

    A template that refuses a system message (Gemma, early Mistral) gets it at the head of the first user
    message. A model that thinks aloud is asked not to, or finds its thought already closed.
    """

    def __init__(self, source: str, bos: str = "", eos: str = "") -> None:
        self._source = source
        self._tokens = {"bos_token": bos, "eos_token": eos}

    @cached_property
    def _compiled(self) -> Template:
        from rewriter.engine.sandbox import BoundedEnvironment  # imports jinja2

        def refuse(message: str) -> str:
            raise _Refused(message)

        environment = BoundedEnvironment()
        environment.globals.update(raise_exception=refuse, strftime_now=lambda _: "2025-01-01")
        environment.filters["tojson"] = _to_json
        return environment.from_string(self._source)

    @cached_property
    def takes_system(self) -> bool:
        """Whether a system message is accepted and shown to the model."""
        probe = (Message("system", "qsdfgh"), Message("user", "wxcvbn"))
        try:
            return "qsdfgh" in self._raw(probe)
        except _Refused:
            return False

    def render(self, messages: Sequence[Message]) -> str:
        """Return the prompt, up to where the assistant's words begin. Raises ModelError on a broken template."""
        try:
            prompt = self._raw(messages if self.takes_system else _merge_system(messages))
        except _Refused as refusal:
            raise _broken(str(refusal)) from None
        if _OPENED_THOUGHT.search(prompt):
            return prompt.rstrip() + "\n\n</" + _OPENED_THOUGHT.search(prompt).group(1) + ">\n\n"  # type: ignore[union-attr]  # found one line up
        if prompt.rstrip().endswith(_HARMONY_START):
            return prompt.rstrip() + _HARMONY_FINAL
        return prompt

    def _raw(self, messages: Sequence[Message]) -> str:
        turns = [{"role": m.role, "content": m.content} for m in messages]
        switches: dict[str, Any] = {"enable_thinking": False, "thinking": False, "reasoning_effort": "low"}
        try:
            with within(MAX_SECONDS, _broken(f"it takes over {MAX_SECONDS} seconds")):
                pieces = self._compiled.generate(messages=turns, add_generation_prompt=True, **switches, **self._tokens)
                return _joined(pieces)
        except (_Refused, ModelError):
            raise
        except Exception as error:  # a template is a program of somebody else's: anything may go wrong in it
            raise _broken(f"{error}" or type(error).__name__) from None


def _joined(pieces: Iterable[str]) -> str:
    from rewriter.engine.sandbox import MAX_PROMPT

    written, size = [], 0
    for piece in pieces:
        written.append(piece)
        size += len(piece)
        if size > MAX_PROMPT:
            raise _broken(f"it writes over {MAX_PROMPT} characters")
    return "".join(written)


class _Refused(Exception):
    """A template called raise_exception."""


def _broken(reason: str) -> ModelError:
    return ModelError(f"the model's chat template cannot be used: {reason}", "try another build of the model")


def _to_json(value: object, **_: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def _merge_system(messages: Sequence[Message]) -> tuple[Message, ...]:
    orders = "\n\n".join(m.content for m in messages if m.role == "system")
    rest = [m for m in messages if m.role != "system"]
    if not orders or not rest:
        return tuple(rest)
    return (Message(rest[0].role, f"{orders}\n\n{rest[0].content}"), *rest[1:])


def without_thoughts(text: str) -> str:
    """Take out what a model thought aloud, closed or not, before, between or after its answer."""
    text = _THOUGHT.sub("", text)
    return _CLOSED_THOUGHT.sub("", text).strip()
