from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.article import Passage
from rewriter.french.segment import sentences, unified, words
from rewriter.french.typography import typeset
from rewriter.writing.drafting import as_it_stands
from rewriter.writing.passages import SHORTEST, cut, is_all_quotation, is_part_of_quotation
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
        cut_so = [p for p in passages if p.paragraph == index]
        set_so = typeset(paragraph) if any(p.quoted for p in cut_so) else paragraph
        assert tuple(s for p in cut_so for s in p.sentences) == sentences(set_so)


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


LONG = (
    "“Le port a changé dans des proportions que personne n'avait prévues au moment du vote, et les “experts” n'ont rien"
    " vu venir, explique la patronne du syndicat des pêcheurs de la baie de la Saulne, qui compte trente bateaux."
    " Les jeunes sont partis travailler à la ville voisine, où les loyers sont pourtant deux fois plus chers qu'ici."
    " Ceux qui restent ont appris à vivre avec le vent, le gel et les “visiteurs du dimanche” qui repartent le soir."
    " Il faudra bien que quelqu'un, un jour, nous dise combien de temps cela doit durer, et à quel prix pour nous.”"
)


def test_the_parts_of_a_long_quotation_know_that_they_are_quoted() -> None:
    text = f"La patronne ne cache pas son amertume. {LONG} Elle repart en mer demain matin."
    passages = cut([text], 1)
    assert [p.quoted for p in passages] == [False, True, True, True, True, False]
    assert all(is_part_of_quotation(p) and is_all_quotation(p) for p in passages if p.quoted)
    whole = " ".join(as_it_stands(p) for p in passages)
    assert unified(whole) == unified(typeset(text))
    assert whole.count("«") == whole.count("»") == 1


def test_a_mark_without_a_partner_quotes_nothing() -> None:
    passages = cut(
        ["« La patronne est amère ce soir au port. Elle repart en mer demain matin. Le vent tourne au nord."], 1
    )
    assert not any(p.quoted for p in passages)
