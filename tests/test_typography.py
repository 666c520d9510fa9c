import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.french.segment import unified, words
from rewriter.french.typography import heading, tidy, typeset
from tests.toml_cases import cases

CASES = cases("typography")
unhurried = settings(deadline=None)  # the first call loads the rules
PARAGRAPHS = st.lists(
    st.sampled_from(cases("segment")["fragments"] + list(CASES["typeset"]) + list(CASES["tidy"])), max_size=8
).map(" ".join)


@pytest.mark.parametrize("text", CASES["typeset"])
def test_typeset(text):
    assert typeset(text) == CASES["typeset"][text]


@pytest.mark.parametrize("text", CASES["tidy"])
def test_tidy(text):
    assert tidy(text) == CASES["tidy"][text]


@pytest.mark.parametrize("text", CASES["heading"])
def test_heading(text):
    assert heading(text) == CASES["heading"][text]


@unhurried
@given(PARAGRAPHS)
def test_typesetting_changes_no_word(text):
    assert [unified(word) for word in words(typeset(text))] == [unified(word) for word in words(text)]


@unhurried
@given(PARAGRAPHS)
def test_typesetting_twice_changes_nothing_more(text):
    assert typeset(typeset(text)) == typeset(text)


@pytest.mark.parametrize("text", [*CASES["tidy"].values(), *CASES["typeset"].values()])
def test_what_is_tidy_stays_as_it_is(text):
    assert tidy(text) == text


@pytest.mark.parametrize("text", CASES["heading"].values())
def test_a_heading_stays_as_it_is(text):
    assert heading(text) == text
