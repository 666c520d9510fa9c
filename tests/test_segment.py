import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.french.segment import LONGEST_GLUED, sentences, unified, words
from tests.toml_cases import cases

CASES = cases("segment")
unhurried = settings(deadline=None)  # the first call loads the rules
FRAGMENTS = st.sampled_from(CASES["fragments"])
PROSE = st.lists(FRAGMENTS, max_size=30).map(" ".join) | st.text(max_size=200)


@pytest.mark.parametrize("marked", CASES["sentences"])
def test_french_sentences(marked):
    parts = [" ".join(part.split()) for part in marked.split("|")]
    assert sentences(marked.replace("|", " ")) == tuple(part for part in parts if part)


@pytest.mark.parametrize("marked", CASES["english"])
def test_english_sentences(marked):
    assert sentences(marked.replace("|", " "), language="en") == tuple(part.strip() for part in marked.split("|"))


@unhurried
@given(PROSE)
def test_no_character_is_lost(text):
    assert " ".join(sentences(text)).split() == text.split()


@unhurried
@given(PROSE)
def test_no_sentence_is_empty_or_padded(text):
    assert all(sentence == sentence.strip() and sentence for sentence in sentences(text))


@unhurried
@given(
    st.lists(
        st.sampled_from(["Il part.", "« Oui. Non. »", "« Ah ! », dit-il.", "Elle dit : « A. B. C. »"]),
        max_size=12,
    )
)
def test_quotations_stay_whole(parts):
    assert all(s.count("«") == s.count("»") for s in sentences(" ".join(parts)))


def test_a_quotation_longer_than_a_passage_is_cut_inside():
    inner = [f"La vague numéro {i} a emporté la digue et le phare." for i in range(20)]
    found = sentences("« " + " ".join(inner) + " », raconte la gardienne. Elle pleure.")
    assert len(found) == 21
    assert found[0] == "« " + inner[0]
    assert found[-2].endswith("», raconte la gardienne.")


def test_a_quotation_as_long_as_a_passage_stays_whole():
    inner = " ".join(["La vague a tout emporté."] * 17)
    found = sentences(f"« {inner} » Elle pleure.")
    assert [len(s.split()) for s in found] == [87, 2]
    assert len(found[0].split()) <= LONGEST_GLUED


def test_no_break_spaces_stay_in_the_sentence():
    assert sentences("Qui\u202f? «\u00a0Moi\u00a0», dit-elle.") == (
        "Qui\u202f?",
        "«\u00a0Moi\u00a0», dit-elle.",
    )


@pytest.mark.parametrize("text", CASES["words"])
def test_words(text):
    assert list(words(text)) == CASES["words"][text]


@unhurried
@given(PROSE)
def test_words_hold_every_letter_and_figure(text):
    composed = unicodedata.normalize("NFC", text)
    assert [c for c in "".join(words(text)) if c.isalnum()] == [c for c in composed if c.isalnum()]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’ÉTÉ", "l'été"),
        ("Œuvre", "oeuvre"),
        ("x–y", "x-y"),
        ("100\u202f000", "100 000"),
        ("minis\u00adtre", "ministre"),
    ],
)
def test_unified_texts_compare_equal(one, other):
    assert unified(one) == unified(other)


def test_unified_keeps_accents():
    assert unified("Élève") == "élève"


@unhurried
@given(st.text(max_size=80))
def test_unifying_twice_changes_nothing_more(text):
    assert unified(unified(text)) == unified(text)
