import pytest

from rewriter.checking.length import check_ceiling, check_floor, check_length

PASSAGE = " ".join(["mot"] * 20)


@pytest.mark.parametrize("words", [14, 20, 30, 33])
def test_about_as_long_passes(words):
    assert check_length(" ".join(["mot"] * words), PASSAGE) == ()


@pytest.mark.parametrize("words", [0, 12, 34, 80])
def test_much_shorter_or_longer_is_refused(words):
    (finding,) = check_length(" ".join(["mot"] * words), PASSAGE)
    assert (finding.check, finding.gravity) == ("length", "error")
    assert finding.message == f"{words} mots pour 20 dans la source."


@pytest.mark.parametrize("text", ["Il part.", "Il est parti.", "Il s'en va."])
def test_a_short_sentence_has_room(text):
    assert check_length(text, "Il part.") == ()


def test_the_floor_met_says_nothing():
    assert check_floor(700, 700, 650) == ()


def test_a_source_that_cannot_carry_the_floor_is_told():
    (finding,) = check_floor(600, 700, 620)
    assert (finding.check, finding.gravity) == ("words", "error")
    assert all(figure in finding.message for figure in ("600", "700", "620"))
    assert "sources" in finding.suggestion


def test_an_article_below_what_its_source_carries_is_told():
    (finding,) = check_floor(600, 700, 900)
    assert finding.message == "L'article compte 600 mots ; 700 demandés."
    assert finding.suggestion == ""


@pytest.mark.parametrize(("words", "ceiling"), [(700, None), (700, 700), (10, 700)])
def test_under_the_ceiling_nothing_is_said(words, ceiling):
    assert check_ceiling(words, ceiling) == ()


def test_above_the_ceiling_is_a_warning():
    (finding,) = check_ceiling(801, 800)
    assert finding.gravity == "warning"
    assert "801" in finding.message
    assert "800" in finding.message
