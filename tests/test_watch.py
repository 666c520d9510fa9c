"""Words of a candidate judged while it is written."""

from __future__ import annotations

import pytest

from rewriter.checking.fidelity import CAREFUL, FREE
from rewriter.checking.watch import WordWatch
from rewriter.engine.base import Verdict

PASSAGE = "Le maire de Lorzac, Jean Aubry, a annoncé mardi une hausse des impôts, « un mal nécessaire » selon lui."
CAREFULLY = WordWatch(PASSAGE, "Jeanne d'Aubry", CAREFUL)
FREELY = WordWatch(PASSAGE, "", FREE)


@pytest.mark.parametrize(
    "text",
    ["Mardi", "Le maire", "Jean Aubry", "Hier, le maire de Lorzac", "Une augmentation", "Jeanne",
     "Les impôts, 5", "Le maire, annonçant", "« un mal", "Le", ""],
)  # fmt: skip
def test_words_of_the_passage_and_of_the_lexicon_stay(text: str) -> None:
    assert CAREFULLY(text) is Verdict.GO_ON


@pytest.mark.parametrize(
    "text",
    ["Le mairre", "Jean Aubry et Paul", "Le maire de Brest", "les hausses", "Aubry a déclaré", "des maires"],
)
def test_words_that_cannot_stay_are_taken_back(text: str) -> None:
    assert CAREFULLY(text) is Verdict.TAKE_BACK


@pytest.mark.parametrize(("text", "verdict"), [("une taxe", Verdict.GO_ON), ("un mairre", Verdict.TAKE_BACK)])
def test_a_model_that_is_trusted_may_use_words_of_its_own_if_they_are_words(text: str, verdict: Verdict) -> None:
    assert FREELY(text) is verdict


def test_a_text_that_only_copies_is_ended() -> None:
    words = PASSAGE.rstrip(".").split(" ")
    assert CAREFULLY(" ".join(words[:6])) is Verdict.GO_ON
    assert CAREFULLY(" ".join(words[:-2])) is Verdict.STOP
    assert CAREFULLY("Mardi, " + " ".join(words[1:-2])) is Verdict.GO_ON
