"""The environment that chat templates run in: Hugging Face's, with bounds.

A template is a program that came with a model. Jinja's sandbox keeps it from files and from Python; what it may take
of the processor and of memory is bounded here. It is no wall: who takes a model from a stranger runs his data through
llama.cpp's own code all the same.
"""

from __future__ import annotations

from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.ext import loopcontrols
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_PROMPT = 2_000_000
"""Most characters that a template may write: more than any context window."""

MAX_EXPONENT = 64
_GROWING = frozenset({"center", "expandtabs", "ljust", "rjust", "zfill"})
"""Methods of strings that write as many characters as a number says; no known template calls one."""


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Refuses, with SecurityError, what multiplies a text beyond bounds."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self) -> None:
        # As in transformers, whose templates these are.
        super().__init__(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
        for name in _GROWING & self.filters.keys():
            del self.filters[name]

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute, unless the outcome may be too large."""
        if operator == "**" and abs(right) > MAX_EXPONENT:
            raise SecurityError(f"{operator} {right}: too large")
        if operator == "*" and _size(left) * _size(right) > MAX_PROMPT and not _are_numbers(left, right):
            raise SecurityError("a text is repeated too often")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may use it."""
        return not (isinstance(obj, str) and attr in _GROWING) and super().is_safe_attribute(obj, attr, value)


def _size(value: Any) -> int:
    return abs(int(value)) if isinstance(value, int | float) else len(value)


def _are_numbers(*values: Any) -> bool:
    return all(isinstance(value, int | float) for value in values)
