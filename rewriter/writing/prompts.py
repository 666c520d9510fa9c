"""The prompts, kept as data: an order, worked examples, and the form of a question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rewriter.engine.base import Message
from rewriter.tables import toml_file


@dataclass(frozen=True)
class Prompt:
    """An order with worked examples. They stand before the text, so that all requests share them."""

    order: str
    form: str
    """How the text is shown to the model: "Phrase : {text}"."""
    examples: tuple[tuple[str, str], ...]

    def messages(self, text: str) -> tuple[Message, ...]:
        """The conversation that asks for this text: order, examples, text."""
        turns = [Message("system", self.order)]
        for given, answer in self.examples:
            turns += [Message("user", self.form.format(text=given)), Message("assistant", answer)]
        return (*turns, Message("user", self.form.format(text=text)))


@cache
def load(name: str) -> Prompt:
    """Return the prompt in `prompts/NAME.toml`."""
    raw = toml_file(Path(__file__).parent / "prompts" / f"{name}.toml")
    examples = tuple((example["given"].strip(), example["answer"].strip()) for example in raw["examples"])
    return Prompt(raw["order"].strip(), raw["form"].strip(), examples)
