"""What a user can choose. Every default is here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Weights = Literal["mapped", "repacked"]

DEFAULT_WORDS = 700
"""The floor of words when neither a setting nor the request names one."""


@dataclass(frozen=True)
class EngineSettings:
    """How the model is loaded and run. Changes the speed, never what is checked."""

    threads: int | None = None
    """CPU threads; None takes the physical cores that this process may use."""
    gpu_layers: int = 0
    """How many layers are offloaded; -1 means all of them."""
    ctx: int | None = None
    """Tokens in the KV cache, shared by all sequences; None takes 8192, or what memory allows."""
    parallel: int = 32
    """Sequences decoded at once: on two cores 32 decode four times as fast as one, and more only crowd the cache."""
    weights: Weights = "mapped"
    """Mapped weights load in a moment and share memory with other runs; repacked ones suit some processors better
    and crash others, those with AMX."""


@dataclass(frozen=True)
class WritingSettings:
    """What is asked for."""

    title: str | None = None
    """The title to adapt; None takes the request's, then the article's own, then writes one."""
    words: int | None = None
    """The least words of the article; None takes the request's, else 700."""
    max_words: int | None = None
    """The most words of the article; None sets no limit."""
    sections: int | None = None
    """How many sections; None lets the length decide."""
    keyphrase: str | None = None
    """The phrase that the article should be found by."""
    seed: int = 1
    """Same source, settings, seed and machine: same article."""
    candidates: int = 4
    """Candidates written for each passage in a round."""
    rounds: int = 3
    """Rounds of writing before the source's own sentences stand in."""
    passage_words: int = 1
    """Most words of a passage; a sentence is never cut, so 1 makes every sentence a passage."""
    freedom: float | None = None
    """Share of a sentence's content words that may be neither its source's nor licensed equivalents; None
    takes what suits the model's size."""
    prompts: str | None = None
    """A folder of prompts that stand before the program's own."""
    glossary: str | None = None
    """A file that says which words the house says and never says."""
    strict: bool = False
    """Whether a passage whose source sentences stand in fails the article."""

    def floor(self, requested: int | None) -> int:
        """Return the least words wanted; `requested` is what the request above the source asks for."""
        return self.words or requested or DEFAULT_WORDS
