"""The prompts, kept as data: an order, worked examples, and the form of a question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rewriter.engine.base import Message
from rewriter.errors import UsageError
from rewriter.tables import toml_file, tomllib


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
            turns += [Message("user", self.form.replace("{text}", given)), Message("assistant", answer)]
        return (*turns, Message("user", self.form.replace("{text}", text)))


_OWN = Path(__file__).parent / "prompts"


@cache
def load(name: str, folder: str | None = None) -> Prompt:
    """Return the prompt in `NAME.toml` of a folder, or the program's own where the folder has none.

    Raises UsageError where the file is no prompt.
    """
    path = Path(folder or _OWN) / f"{name}.toml"
    if folder and not path.exists():
        path = _OWN / path.name
    try:
        raw = toml_file(path)
        examples = tuple((str(e["given"]).strip(), str(e["answer"]).strip()) for e in raw.get("examples", []))
        prompt = Prompt(raw["order"].strip(), raw["form"].strip(), examples)
    except FileNotFoundError:  # no prompt of the program's own has that name
        raise
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}: is no prompt: {error}", f"see {_OWN / path.name} for its form") from None
    if "{text}" not in prompt.form:
        raise UsageError(f'{path}: form does not say where the text goes: "{{text}}"', f"see {_OWN / path.name}")
    return prompt


def check_folder(folder: Path) -> None:
    """Raise UsageError where a folder of prompts cannot be used: missing, or with a file that is no prompt."""
    known = sorted(path.stem for path in _OWN.glob("*.toml"))
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder", "make it, and put the prompts in it that are to be another's")
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in known:
            raise UsageError(f"{path}: no prompt has this name", f"one of: {', '.join(known)}")
        load(path.stem, str(folder))
