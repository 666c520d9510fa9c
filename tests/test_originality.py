import pytest

from rewriter.checking.originality import MOST_COPIED, check_originality, check_repetition, check_retelling

SOURCE = (
    "Le conseil municipal de Brest a adopté lundi soir un budget en hausse de trois pour cent. "
    "« Nous avons choisi de protéger les services publics et de ne fermer aucune école », a dit la maire."
)
REWORDED = (
    "Lundi soir, un budget qui augmente de trois pour cent a été voté par le conseil municipal de Brest. "
    "La maire a dit : « Nous avons choisi de protéger les services publics et de ne fermer aucune école. »"
)
OPENING = "Le pont de Vorlac restera fermé jusqu'au printemps, selon la préfecture."
NEARLY = "Le pont de Vorlac restera fermé jusqu'au printemps selon la Préfecture."


def test_other_words_pass_and_quotations_do_not_count():
    assert check_originality(REWORDED, SOURCE) == ()


@pytest.mark.parametrize("source", [SOURCE, SOURCE.replace("'", "’"), SOURCE.upper()])
def test_a_copy_is_refused_whatever_its_marks(source):
    (finding,) = check_originality(SOURCE, source)
    assert (finding.check, finding.gravity) == ("copying", "error")
    assert finding.message.startswith("100 % des suites de huit mots")
    assert f"{round(100 * MOST_COPIED)} % au plus" in finding.message


def test_an_empty_article_copies_nothing():
    assert check_originality("", SOURCE) == ()


@pytest.mark.parametrize(
    "paragraphs",
    [[], [OPENING], [OPENING, "Les camions feront un détour de douze kilomètres."], ["Il part.", "Il sort."]],
)
def test_different_sentences_pass(paragraphs):
    assert check_repetition(paragraphs) == ()


@pytest.mark.parametrize("paragraphs", [[OPENING, OPENING], [f"{OPENING} {OPENING}"], [OPENING, f"Il neige. {NEARLY}"]])
def test_a_sentence_said_twice_is_refused(paragraphs):
    (finding,) = check_repetition(paragraphs)
    assert (finding.check, finding.gravity) == ("repetition", "error")
    assert "Vorlac" in finding.message


def test_a_candidate_tells_nothing_twice_that_its_passage_tells_once():
    passage = "En défense, Me Courtevoix a plaidé la relaxe de Clarisse Jeandroz, faute de preuve."
    twice = (
        "Me Courtevoix a plaidé la relaxe de Clarisse Jeandroz. Elle a plaidé la relaxe de Clarisse, faute de preuve."
    )
    cut = "Me Courtevoix a plaidé la relaxe de Clarisse Jeandroz. Elle invoque le manque de preuves."
    assert [f.check for f in check_retelling(twice, passage)] == ["repetition"]
    assert check_retelling(cut, passage) == check_retelling(twice, twice) == ()


def test_a_cut_sentence_does_not_say_its_verb_again() -> None:
    passage = "Quatorze rames ont été commandées au constructeur espagnol, pour 58 millions d’euros."
    again = "Quatorze rames ont été commandées au constructeur espagnol. Ces rames ont été commandées pour 58 millions."
    new = "Quatorze rames ont été commandées au constructeur espagnol. Ces rames ont coûté 58 millions d’euros."
    assert [f.check for f in check_retelling(again, passage)] == ["repetition"]
    assert check_retelling(new, passage) == check_retelling(again, again) == ()
