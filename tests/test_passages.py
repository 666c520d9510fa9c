from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.article import Passage
from rewriter.french.segment import sentences, words
from rewriter.writing.passages import SHORTEST, cut, is_all_quotation
from tests.toml_cases import cases

PIECES = st.sampled_from(
    ["Le maire a dit non.", "« Oui. Non. »", "« Nous partons", "demain »,", "a ajouté M. Roux.", "Non.", "12,5 %",
     "Il pleut !", "(sic)", "– Ah ?", "trois. en 2014", "\"Assez\"", "“ Bien ”", "etc.", "J.-C.", "…",
     "\u00a0:", "\n", "  "]
)  # fmt: skip
PARAGRAPHS = st.lists(st.lists(PIECES, min_size=1, max_size=9).map(" ".join), max_size=4)


def collapsed(text: str) -> str:
    return " ".join(text.split())


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS, st.integers(1, 60))
def test_nothing_is_lost_and_nothing_is_added(paragraphs: list[str], most: int) -> None:
    passages = cut(paragraphs, most)
    for index, paragraph in enumerate(paragraphs):
        ours = " ".join(p.text for p in passages if p.paragraph == index)
        assert collapsed(ours) == collapsed(paragraph)


@settings(max_examples=100, deadline=None)
@given(PARAGRAPHS, st.integers(1, 60))
def test_a_passage_is_whole_sentences_of_one_paragraph(paragraphs: list[str], most: int) -> None:
    passages = cut(paragraphs, most)
    assert [p.number for p in passages] == list(range(len(passages)))
    for index, paragraph in enumerate(paragraphs):
        assert tuple(s for p in passages if p.paragraph == index for s in p.sentences) == sentences(paragraph)


@settings(max_examples=100, deadline=None)
@given(PARAGRAPHS, st.integers(1, 60))
def test_a_passage_is_longer_than_asked_only_for_a_short_neighbour(paragraphs: list[str], most: int) -> None:
    for passage in cut(paragraphs, most):
        without = [len(words(s)) for s in passage.sentences]
        if len(without) > 1 and len(words(passage.text)) > most:
            assert min(without) < SHORTEST


def test_one_word_asked_makes_every_sentence_a_passage() -> None:
    paragraph = "Le maire de Vorlac a refusé le projet. Les riverains de la place avaient protesté en mai."
    assert [len(p.sentences) for p in cut([paragraph], 1)] == [1, 1]


def test_a_larger_size_gathers_sentences() -> None:
    paragraph = "Le maire de Vorlac a refusé le projet. Les riverains de la place avaient protesté en mai."
    assert [len(p.sentences) for p in cut([paragraph], 90)] == [2]


def test_a_sentence_of_a_word_or_two_joins_its_neighbour() -> None:
    assert len(cut(["La préfète a-t-elle menti aux élus de la région ? Non."], 1)) == 1


def test_an_english_paragraph_is_cut_by_english_rules() -> None:
    text = "Mr. Ashby runs the bakery on Mill Lane. Prices rose by 3.5 percent in the U.S. last year, he said."
    assert len(cut([text], 1, "en")) == 2


def test_no_paragraphs_make_no_passages() -> None:
    assert cut([], 1) == ()
    assert cut(["", "   "], 1) == ()


@pytest.mark.parametrize("case", cases("passages")["quotation"], ids=lambda c: c["text"][:40])
def test_what_belongs_to_somebody_quoted(case: dict[str, object]) -> None:
    assert is_all_quotation(Passage(0, 0, (str(case["text"]),))) is case["all"]
