import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.french.lemmas import is_listed
from rewriter.french.lexicon import (
    content_lemmas,
    doubled_words,
    function_words,
    is_known,
    lemma,
    same_word,
    unknown_words,
)
from rewriter.french.segment import words
from rewriter.french.wordlists import word_list
from tests.toml_cases import cases

CASES = cases("lexicon")
FORMS = [(expected, form) for expected, forms in CASES["lemmas"].items() for form in forms]
unhurried = settings(deadline=None)  # the first call loads the dictionary


@pytest.mark.parametrize("word", CASES["known"])
def test_french_words_are_known(word):
    assert is_known(word)


@pytest.mark.parametrize("word", CASES["unknown"])
def test_broken_words_and_names_are_not(word):
    assert not is_known(word)


@pytest.mark.parametrize(("expected", "form"), FORMS)
def test_forms_meet_in_their_lemma(expected, form):
    assert lemma(form) == expected


@unhurried
@given(st.sampled_from(sorted(word_list("known_words"))) | st.text("abcdeéèilmnorstuvœ'-", max_size=12))
def test_the_lemma_of_a_lemma_is_itself(word):
    assert lemma(lemma(word)) == lemma(word)


def test_the_list_of_words_repeats_no_other():
    listed = word_list("known_words")
    assert [word for word in listed if is_listed(word) or word in function_words()] == []


@pytest.mark.parametrize(("a", "b"), CASES["same"]["yes"])
def test_same_word(a, b):
    assert same_word(a, b)
    assert same_word(b, a)


@pytest.mark.parametrize(("a", "b"), CASES["same"]["no"])
def test_other_word(a, b):
    assert not same_word(a, b)


@pytest.mark.parametrize("case", CASES["content"], ids=lambda case: case["text"][:40])
def test_content_lemmas(case):
    assert list(content_lemmas(case["text"])) == case["lemmas"]


@pytest.mark.parametrize("case", CASES["missing"], ids=lambda case: case["text"][:40])
def test_unknown_words(case):
    assert list(unknown_words(case["text"], case.get("source", ""))) == case["unknown"]


@unhurried
@given(st.lists(st.sampled_from([*CASES["known"], *CASES["unknown"], "«", "»", ".", "l’"]), max_size=12).map(" ".join))
def test_no_word_of_the_source_is_unknown(text):
    assert unknown_words(text, source=text) == ()


@unhurried
@given(st.lists(st.sampled_from([*CASES["known"], *CASES["unknown"], "."]), max_size=12).map(" ".join))
def test_unknown_words_are_words_of_the_text(text):
    assert set(unknown_words(text)) <= set(words(text))


@pytest.mark.parametrize("text", CASES["doubled"])
def test_doubled_words(text):
    assert list(doubled_words(text)) == CASES["doubled"][text]
