"""The model's own judgement: is everything that a sentence says written in its passage?

The question is asked in English whatever the model: on 48 hand-made French triples this wording told true from
false best (AUROC 0.87, against 0.84 for its French forms, and less with examples).
"""

from __future__ import annotations

from rewriter.engine.base import Message, Question

ANSWERS = ("Yes", "No")
SURE_ENOUGH = 0.5
"""The least P(Yes) of a sentence that is kept."""


def question(passage: str, claim: str) -> Question:
    """Ask whether a passage supports a claim. The passage stands first, so that its claims share a prefix."""
    return Question(
        (
            Message(
                "user",
                f"Passage:\n{passage}\n\nClaim:\n{claim}\n\n"
                "Is the claim fully supported by the passage? Answer Yes or No.",
            ),
        ),
        ANSWERS,
    )
