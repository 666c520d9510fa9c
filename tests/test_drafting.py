from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.article import Passage
from rewriter.checking.facts import check_facts, lost_facts
from rewriter.engine.base import CompletionRequest
from rewriter.french.segment import unified
from rewriter.writing.drafting import Manner, ask, finish, reword_passage
from tests.toml_cases import cases

CASES = cases("drafting")
SENTENCES = CASES["sentences"]
CANDIDATES = 8


def passage(*sentences: str, number: int = 0) -> Passage:
    return Passage(number, 0, sentences)


def asked(number: int, round_number: int, language: str = "fr", stricter: bool = False) -> CompletionRequest:
    manner = Manner(language, round_number, stricter)
    return ask(passage("Le port est fermé depuis mardi.", number=number), manner, CANDIDATES, 1, 10)


# --- requests ------------------------------------------------------------------------------------------------


def test_no_two_candidates_of_an_article_draw_with_the_same_seed() -> None:
    numbers = (*range(300), 999, 1_000, 1_001, 3_000)
    requests = [asked(number, round_number) for number in numbers for round_number in range(4)]
    seeds = [request.seed + k for request in requests for k in range(request.n)]
    assert len(seeds) == len(set(seeds))


def test_seeds_fit_what_llama_cpp_takes() -> None:
    assert 0 <= asked(99_999, 20).seed + CANDIDATES < 2**32


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_request_is_bounded_and_ends_with_its_line(language: str) -> None:
    request = asked(0, 0, language)
    assert request.n == CANDIDATES
    assert request.stop == ("\n",)
    assert 10 < request.max_tokens <= 60
    assert request.locks.latin_only
    assert "voici" in request.locks.labels
    assert (request.locks.numbers is None) is (language == "en")


def test_a_refused_passage_is_asked_for_more_coolly_and_more_strictly() -> None:
    first, second = asked(0, 0), asked(0, 1, stricter=True)
    assert second.sampling.temperature < first.sampling.temperature
    assert second.messages[0] != first.messages[0]


def test_a_passage_too_close_to_its_source_is_asked_for_more_freely() -> None:
    first, second = asked(0, 0), asked(0, 1)
    assert second.sampling.temperature > first.sampling.temperature
    assert second.messages == first.messages


def test_a_foreign_passage_is_translated_in_every_round() -> None:
    assert asked(0, 0, "en").messages == asked(0, 2, "en").messages
    assert "traducteur" in asked(0, 0, "en").messages[0].content


def test_all_requests_of_a_round_share_their_beginning() -> None:
    a = ask(passage("Le port est fermé."), Manner("fr"), 4, 1, 10)
    b = ask(passage("La gare est ouverte.", number=7), Manner("fr"), 4, 1, 10)
    assert a.messages[:-1] == b.messages[:-1]


def test_a_passage_of_several_lines_is_shown_on_one() -> None:
    request = ask(passage("Le port\nest fermé.\tIl neige."), Manner("fr"), 4, 1, 10)
    assert request.messages[-1].content.endswith("Le port est fermé. Il neige.")


# --- rewordings ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sentence", SENTENCES)
def test_rewordings_depend_on_the_seed_alone(sentence: str) -> None:
    assert reword_passage(passage(sentence), 3, {}) == reword_passage(passage(sentence), 3, {})


@pytest.mark.parametrize("sentence", SENTENCES)
def test_rewordings_keep_numbers_dates_names_and_quotations(sentence: str) -> None:
    for made in reword_passage(passage(sentence), 1, {}):
        findings = (*check_facts(made.text, sentence, sentence), *lost_facts(made.text, sentence))
        facts = [f for f in findings if f.check in {"numbers", "dates", "names", "quotations", "negations"}]
        assert [f"{f.message} ({made.text})" for f in facts if f.gravity == "error" or "disparu" in f.message] == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True), st.integers(0, 10_000))
def test_rewordings_are_all_different_and_none_is_the_passage(sentences: list[str], seed: int) -> None:
    made = [text.text for text in reword_passage(passage(*sentences), seed, {})]
    assert len(made) == len(set(made))
    assert unified(" ".join(sentences)) not in [unified(text) for text in made]
    assert all(text.origin == "rewording" for text in reword_passage(passage(*sentences), seed, {}))


def test_an_ordinary_sentence_has_several_rewordings() -> None:
    assert len(reword_passage(passage(SENTENCES[0]), 1, {})) >= 3


def test_a_sentence_that_no_rule_touches_has_none() -> None:
    assert reword_passage(passage("Non."), 1, {}) == ()


# --- finishing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "form"), CASES["finish"])
def test_an_answer_gets_the_form_of_print(text: str, form: str) -> None:
    assert unified(finish(text)) == unified(form)


@pytest.mark.parametrize("text", CASES["untouched"])
def test_what_only_resembles_a_label_stays(text: str) -> None:
    assert unified(finish(text)) == unified(text)


def test_print_has_curly_apostrophes_guillemets_and_no_break_spaces() -> None:
    assert finish('l\'OTAN dit : "Non !"') == "L’OTAN dit\u00a0: «\u00a0Non\u202f!\u00a0»"


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_finishing_any_text_fails_never_and_leaves_one_line(text: str) -> None:
    assert "\n" not in finish(text)
