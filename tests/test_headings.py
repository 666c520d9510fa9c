import pytest

from rewriter.checking.headings import HEADING_WORDS, TITLE_WORDS, check_heading
from tests.toml_cases import cases

CASES = cases("headings")


@pytest.mark.parametrize("text", CASES["sound"])
def test_a_sound_heading_passes(text):
    assert check_heading(text, CASES["said"]) == ()


@pytest.mark.parametrize("text", CASES["broken"])
def test_a_broken_heading_is_refused(text):
    findings = check_heading(text, CASES["said"])
    assert findings
    assert all(f.gravity == "error" and f.message for f in findings)


def test_a_title_may_be_longer_than_a_heading():
    title = "La mairie de Brest adopte un budget en hausse de 3 %, les élus de l'opposition votent contre"
    assert HEADING_WORDS[1] < len(title.split()) <= TITLE_WORDS[1]
    assert check_heading(title, CASES["said"], TITLE_WORDS) == ()
    assert check_heading(title, CASES["said"]) != ()


@pytest.mark.parametrize("text", ["La baie et du port", "Un accès pour le pêcheurs", "Des élus votés contre le texte"])
def test_what_a_small_model_builds_wrongly_is_refused(text):
    said = "L'accès de la baie et du port reste ouvert aux pêcheurs. Des élus ont voté contre le texte."
    findings = check_heading(text, said, forms_stay=True)
    assert any("mal construit" in f.message or "formes" in f.message for f in findings)


def test_a_common_word_is_not_joined_to_a_name_as_nowhere_in_the_text():
    said = "Le plan pour la sécurité de l'Ukraine avance. Le ministre Paul Bert le défend."
    assert check_heading("La sécurité Ukraine", said)
    assert not check_heading("Le ministre Paul Bert", said)
