from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.checking.headings import HEADING_WORDS, check_heading
from rewriter.french.segment import unified, words
from rewriter.french.verbs import tenses
from rewriter.writing.headlines import (
    CANDIDATES,
    ask_heading,
    ask_standfirst,
    ask_title,
    calm,
    finish_heading,
    finish_standfirst,
    is_bare_name,
    is_sentence,
    noun_phrases,
    quoted,
    reworded,
    shorten,
)
from tests.toml_cases import cases

CASES = cases("headlines")


@pytest.mark.parametrize(("given_text", "form"), CASES["finish_heading"])
def test_a_heading_gets_its_form(given_text: str, form: str) -> None:
    assert unified(finish_heading(given_text)) == unified(form)


@pytest.mark.parametrize(("given_text", "form"), CASES["finish_standfirst"])
def test_a_standfirst_gets_its_form(given_text: str, form: str) -> None:
    assert unified(finish_standfirst(given_text)) == unified(form)


@pytest.mark.parametrize(("given_text", "form"), CASES["calm"])
def test_capitals_are_calmed_and_acronyms_stay(given_text: str, form: str) -> None:
    assert calm(given_text) == form


@pytest.mark.parametrize(("given_text", "form"), CASES["shorten"])
def test_a_given_title_is_cut_after_its_main_clause(given_text: str, form: str) -> None:
    assert unified(shorten(given_text)) == unified(form)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ABcdé «»“”\"'.,;:!?*#-\n1", max_size=60))
def test_any_text_becomes_a_heading_without_a_full_stop(text: str) -> None:
    for made in (finish_heading(text), shorten(text)):
        assert "\n" not in made
        assert not made.endswith((".", ",", ";", ":"))


# --- noun phrases --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES["section"], ids=lambda c: c["best"])
def test_the_best_phrase_of_a_section(case: dict[str, str]) -> None:
    others = "\n".join(c["text"] for c in CASES["section"])
    assert unified(noun_phrases(case["text"], others)[0]) == unified(case["best"])


@pytest.mark.parametrize("case", CASES["section"], ids=lambda c: c["best"])
def test_phrases_are_made_of_the_sections_words_in_their_order(case: dict[str, str]) -> None:
    text = f" {' '.join(words(unified(case['text'])))} "
    for phrase in noun_phrases(case["text"], case["text"]):
        assert f" {' '.join(words(unified(phrase)))} " in text


@pytest.mark.parametrize("case", CASES["section"], ids=lambda c: c["best"])
def test_phrases_are_headings_that_the_check_lets_through(case: dict[str, str]) -> None:
    for phrase in (p for p in noun_phrases(case["text"], case["text"])[:3] if not tenses(p)):  # no whole sentence
        assert check_heading(phrase, case["text"], HEADING_WORDS) == ()


@pytest.mark.parametrize(("text", "phrase"), CASES["no_heading"])
def test_what_no_editor_would_accept(text: str, phrase: str) -> None:
    assert phrase.lower() not in [unified(p) for p in noun_phrases(text, text)]


@pytest.mark.parametrize("text", CASES["always"])
def test_a_section_always_has_a_phrase(text: str) -> None:
    assert unified(noun_phrases(text, text)[0]) in unified(text)


def test_a_section_without_words_has_none() -> None:
    assert noun_phrases("", "") == ()


def test_words_of_a_quotation_are_no_heading_while_others_can_be() -> None:
    text = "Selon le maire, « la trahison de la préfète est complète ». Il critique le tracé de la ligne."
    assert noun_phrases(text, text)[0] == "Le tracé de la ligne"


# --- requests ------------------------------------------------------------------------------------------------


def test_whole_sentences_that_somebody_says_can_stand_as_subheadings() -> None:
    said = (
        "« Rien n'est encore joué, et je ne signerai rien », a promis la maire. « Le texte est clair. Mais il ment »,"
        " a répondu Marc Tessier. « Cela nous coûtera très cher », a-t-il ajouté."
        " « Les autres le regardent », dit Anne."
    )
    assert [unified(text) for text in quoted(said)] == ["« rien n'est encore joué »"]


@pytest.mark.parametrize(
    ("text", "bare"), [("Les États-Unis", True), ("Donald Trump", True), ("L'appel des riverains", False)]
)
def test_a_bare_name_says_little(text: str, bare: bool) -> None:
    assert is_bare_name(text) is bare


def test_a_heading_in_other_words_is_another_heading() -> None:
    assert reworded("Une flore presque intacte", 1) == ("Une flore quasiment intacte",)
    assert reworded("La nuit du 23 avril", 1) == ()


def test_requests_are_bounded_and_show_the_text_to_the_model() -> None:
    for request in (ask_title("Un titre", "Le port.", 7), ask_standfirst("Le port.", 7), ask_heading("Le port.", 7)):
        assert request.n == CANDIDATES
        assert request.seed == 7
        assert request.stop == ("\n",)
        assert 0 < request.max_tokens <= 96
        assert request.messages[0].role == "system"
        assert request.messages[-1].role == "user"
        assert "Le port." in request.messages[-1].content


def test_a_long_section_is_shown_by_its_beginning_only() -> None:
    shown = ask_heading("mot " * 5_000, 1).messages[-1].content
    assert len(shown.split()) <= 130


def test_an_article_without_a_title_says_so() -> None:
    assert "sans titre" in ask_title(None, "Le port.", 1).messages[-1].content


def test_a_given_title_stands_as_a_standfirst_from_ten_words_on() -> None:
    assert is_sentence("Les pêcheurs de Port-Rieux bloquent le port pendant quatre heures contre le prix du carburant")
    assert not is_sentence("Le port bloqué")
