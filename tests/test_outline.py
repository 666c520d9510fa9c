from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.french.measure import word_count
from rewriter.writing.outline import (
    MOST_WORDS_A_PARAGRAPH,
    MOST_WORDS_A_SECTION,
    WORDS_A_PARAGRAPH,
    count_sections,
    cut_paragraph,
    group,
    join_paragraphs,
)

SIZES = st.lists(st.integers(1, 160), min_size=1, max_size=40)
SUBJECTS = ("port bateau pêcheur quai filet", "vélo piste cycliste casque route", "lait fromage ferme vache pré")


def paragraph(size: int, subject: int = 0, begins: str = "Le") -> str:
    nouns = SUBJECTS[subject].split()
    return " ".join([begins, *(nouns[i % len(nouns)] for i in range(size - 1))])


@settings(max_examples=60, deadline=None)
@given(SIZES, st.integers(1, 30))
def test_runs_cover_every_paragraph_once_in_order(sizes: list[int], count: int) -> None:
    runs = group([paragraph(n) for n in sizes], count)
    assert len(runs) == min(count, len(sizes))
    assert all(runs)
    assert [i for run in runs for i in run] == list(range(len(sizes)))


def test_a_section_begins_under_a_subheading_of_the_sources_own() -> None:
    assert group([paragraph(50)] * 6, 3, own={1, 4}) == (range(1), range(1, 4), range(4, 6))


def test_the_sources_own_subheadings_make_room_for_themselves_but_not_for_scraps() -> None:
    assert count_sections(600, None, 20, own=6) == 6
    assert count_sections(600, None, 20, own=15) == 8
    assert count_sections(600, 2, 20, own=6) == 2


def test_a_paragraph_is_cut_where_it_is_longer_than_150_words() -> None:
    assert cut_paragraph([paragraph(40)] * 3) == (range(3),)
    assert cut_paragraph([paragraph(40)] * 6) == (range(2), range(2, 4), range(4, 6))
    assert cut_paragraph([paragraph(400)]) == (range(1),)


def test_no_paragraphs_make_no_runs() -> None:
    assert group([], 3) == ()


def test_equal_paragraphs_are_shared_out_evenly() -> None:
    assert [len(run) for run in group([paragraph(50)] * 12, 4)] == [3, 3, 3, 3]


def test_a_section_ends_where_the_subject_changes() -> None:
    texts = [paragraph(50, subject) for subject in (0, 0, 0, 1, 1, 1, 2, 2, 2)]
    assert group(texts, 3) == (range(3), range(3, 6), range(6, 9))


@pytest.mark.parametrize("begins", ["« Nous", "“Nous", "Il", "Toutefois", "D’autres", "Ces", "En réponse"])
def test_no_section_begins_with_what_leans_on_the_paragraph_before(begins: str) -> None:
    texts = [paragraph(50), paragraph(50), paragraph(50, begins=begins), paragraph(50)]
    assert group(texts, 2) != (range(2), range(2, 4))


def test_a_quotation_still_begins_a_section_where_every_paragraph_is_one() -> None:
    assert len(group([paragraph(50, begins="« Nous")] * 4, 2)) == 2


def test_no_section_is_longer_than_300_words_when_another_cut_exists() -> None:
    leaning = [paragraph(70, begins="Il") for _ in range(12)]
    leaning[0] = leaning[8] = paragraph(70)
    runs = group(leaning, count_sections(840, None, 12))
    assert max(sum(word_count(leaning[i]) for i in run) for run in runs) <= MOST_WORDS_A_SECTION


@pytest.mark.parametrize("words", range(600, 1201, 50))
def test_a_usual_article_has_four_to_eight_sections(words: int) -> None:
    assert 4 <= count_sections(words, None, 30) <= 8


@pytest.mark.parametrize("words", [1_500, 2_400, 6_000, 20_000])
def test_a_long_article_has_room_for_300_words_a_section(words: int) -> None:
    assert words / count_sections(words, None, 1_000) <= MOST_WORDS_A_SECTION


@pytest.mark.parametrize(("words", "asked", "paragraphs", "count"), [
    (900, 3, 20, 3), (900, 50, 4, 4), (900, None, 1, 1), (900, None, 0, 1), (0, None, 1, 1), (40, None, 3, 1),
])  # fmt: skip
def test_what_is_asked_wins_as_far_as_there_are_paragraphs(
    words: int, asked: int | None, paragraphs: int, count: int
) -> None:
    assert count_sections(words, asked, paragraphs) == count


@settings(max_examples=100, deadline=None)
@given(SIZES)
def test_joined_paragraphs_are_neither_lost_nor_too_long(sizes: list[int]) -> None:
    texts = [paragraph(n) for n in sizes]
    runs = join_paragraphs(texts)
    assert [i for run in runs for i in run] == list(range(len(sizes)))
    for run in runs:
        if len(run) > 1:
            assert sum(sizes[i] for i in run) <= MOST_WORDS_A_PARAGRAPH
            assert sum(sizes[i] for i in run[:-1]) < WORDS_A_PARAGRAPH


def test_single_sentences_are_joined() -> None:
    assert join_paragraphs([paragraph(15)] * 4) == (range(3), range(3, 4))


def test_a_quotation_joins_what_it_follows() -> None:
    assert join_paragraphs([paragraph(60), paragraph(20, begins="« Nous")]) == (range(2),)
    assert join_paragraphs([paragraph(100), paragraph(20, begins="« Nous")]) == (range(1), range(1, 2))


def test_nothing_to_join() -> None:
    assert join_paragraphs([]) == ()
