"""Facts: candidates held against their passages. What they must catch, and what they must leave alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.checking.facts import check_facts, ledger, lost_facts
from tests.toml_cases import cases

CASES = cases("facts")
ARTICLES = {article["key"]: article for article in CASES["article"]}
SOURCE = ARTICLES["sommet"]["text"]


def findings(case):
    article = ARTICLES[case["article"]]
    language = article.get("language", "fr")
    return check_facts(case["candidate"], case["passage"], ledger(article["text"], language), language)


def errors(case):
    return {f.check for f in findings(case) if f.gravity == "error"}


def named(case):
    return f"{case['article']}-{case['kind']}-{case['candidate'][:30]}"


@pytest.mark.parametrize("case", [c for c in CASES["case"] if not c["expect"]], ids=named)
def test_faithful_paraphrases_pass(case):
    assert errors(case) == set()


@pytest.mark.parametrize("case", [c for c in CASES["case"] if c["expect"]], ids=named)
def test_wrong_facts_are_errors(case):
    assert set(case["expect"]) <= errors(case)


@pytest.mark.parametrize("case", CASES["case"], ids=named)
def test_findings_speak_of_the_candidate(case):
    for finding in findings(case):
        start, end = finding.span or (0, 0)
        assert 0 <= start <= end <= len(case["candidate"])
        assert finding.message.endswith(".")


@pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda a: a["key"])
def test_a_french_passage_supports_itself(article):
    if article.get("language", "fr") == "fr":
        for paragraph in article["text"].strip().split("\n\n"):
            assert check_facts(paragraph, paragraph, article["text"]) == ()


def test_every_passage_stands_in_its_article():
    assert [c["passage"] for c in CASES["case"] if c["passage"] not in ARTICLES[c["article"]]["text"]] == []


def test_texts_and_ledgers_give_the_same_findings():
    passage = SOURCE.strip().split("\n\n")[0]
    text = "Réunis mardi à Vilnius, douze pays ont adopté un plan de 40 milliards de dollars."
    assert check_facts(text, passage, SOURCE) == check_facts(text, ledger(passage), ledger(SOURCE))
    assert check_facts(text, passage, SOURCE)


def test_a_name_of_another_passage_is_a_warning_and_a_number_an_error():
    passage = "Moscou a dénoncé un projet « hostile »."
    (finding,) = check_facts("Moscou et Vilnius ont dénoncé un projet « hostile ».", passage, SOURCE)
    assert (finding.check, finding.gravity) == ("names", "warning")
    (finding,) = check_facts("Moscou a dénoncé un projet « hostile » sur six ans.", passage, SOURCE)
    assert (finding.check, finding.gravity) == ("numbers", "error")


def test_the_longer_form_of_a_name_is_a_note():
    passage = "Ferreira a promis d’apporter un quart de la somme."
    (finding,) = check_facts("Marta Ferreira a promis d'apporter un quart de la somme.", passage, SOURCE)
    assert (finding.check, finding.gravity) == ("names", "note")


def test_the_source_s_spelling_and_figures_are_suggested():
    passage = "Katrin Vogelsang a promis 500 millions d’euros lundi."
    found = check_facts("Katrin Vogelsong a promis 500 millions de dollars mardi.", passage, passage)
    assert [(f.check, f.suggestion) for f in found] == [
        ("names", "Katrin Vogelsang"),
        ("numbers", "500 millions d’euros"),
        ("dates", "lundi"),
    ]


def test_a_claim_told_as_a_fact():
    passage = "La digue va céder, affirment des ingénieurs."
    assert [f.check for f in check_facts("La digue va rompre.", passage, passage)] == ["attribution"]
    assert check_facts("La digue va rompre, selon des ingénieurs.", passage, passage) == ()
    assert check_facts("La digue romprait bientôt.", passage, passage) == ()


def test_a_name_given_to_another_country():
    passage = "Le Slovène Matej Hrovat a battu l’Espagnol Iker Zubeldia. L’équipe belge Alpex a tout perdu."
    (finding,) = check_facts("L'équipe espagnole Alpex a tout perdu.", passage, passage)
    assert (finding.check, finding.gravity, finding.suggestion) == ("names", "error", "belge Alpex")
    assert check_facts("La formation belge Alpex a tout perdu.", passage, passage) == ()


def test_what_a_candidate_no_longer_carries():
    passage = "Mardi, Paul Bert n’a pas signé le contrat de 12 millions d’euros avec la Suède."
    lost = lost_facts("Le contrat a été signé.", passage)
    assert {f.check for f in lost} == {"numbers", "dates", "names", "negations"}
    assert {f.gravity for f in lost} == {"warning"}
    assert lost_facts("Bert n'a pas conclu mardi le contrat suédois à 12 M€.", passage) == ()


def test_the_names_of_an_english_source_are_french_in_the_candidate():
    source = "The German chancellor met Pope Leo in Moscow on Tuesday. NATO has 32 members."
    assert (
        check_facts(
            "Mardi, à Moscou, le chancelier allemand a vu le pape Leo. L'OTAN a 32 membres.", source, source, "en"
        )
        == ()
    )


@settings(max_examples=60)
@given(st.text(max_size=120), st.text(max_size=120))
def test_no_text_breaks_the_checks(text, passage):
    assert isinstance(check_facts(text, passage, passage), tuple)
    assert isinstance(lost_facts(text, passage), tuple)


@settings(max_examples=60)
@given(st.text(alphabet="Mme 12.«»“”\"'’-,:% aeÉXI\n", max_size=80))
def test_no_ugly_text_breaks_the_checks(text):
    assert isinstance(check_facts(text, text, SOURCE), tuple)
