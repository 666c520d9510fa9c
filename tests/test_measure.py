import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.french.measure import (
    copied_share,
    distinct_share,
    flesch,
    language,
    ngrams,
    non_latin_letters,
    repeated_sentences,
    word_count,
)
from tests.toml_cases import cases

CASES = cases("measure")
unhurried = settings(deadline=None)  # the first call loads textstat
WORDS = st.lists(st.sampled_from(["le", "port", "ferme", "l’été", "à", "« oui »", ",", "79,5", "Brest."]), max_size=40)


@pytest.mark.parametrize("text", CASES["language"])
def test_language(text):
    assert (language(text) or "") == CASES["language"][text]


def test_the_language_is_the_same_every_time():
    text = "Marseille, Brest, Lyon, Nantes et Bordeaux."
    assert len({language(text) for _ in range(20)}) == 1


@pytest.mark.parametrize("text", CASES["letters"])
def test_letters_outside_the_latin_script(text):
    assert list(non_latin_letters(text)) == CASES["letters"][text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("— … !", 0),
        ("L’école ferme.", 2),
        ("a-t-il dit « oui » ?", 3),
        ("79,5 % des 100 000 voix", 5),
    ],
)
def test_word_count(text, count):
    assert word_count(text) == count


def test_counting_never_touches_the_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    text = "La préfète a signé un arrêté. Les plages resteront fermées."
    assert word_count(text) == 10
    assert flesch(text) is not None
    assert language(text) == "fr"


def test_flesch_by_hand():
    # 4 words, 2 sentences, 5 syllables: 207 - 1.015 · 4/2 - 73.6 · 5/4
    assert flesch("Le chat dort. Parfait.") == pytest.approx(207 - 1.015 * 2 - 73.6 * 5 / 4)


def test_short_words_and_sentences_are_easier():
    easy = flesch("Le chat dort. Il a bien bu. Le lit est bas.")
    hard = flesch("L’expérimentation réglementaire intercommunale nécessite une concertation approfondie.")
    assert easy > 60 > hard


def test_flesch_of_nothing():
    assert flesch("…") is None


def test_ngrams():
    assert ngrams(["a", "b", "c"], 2) == (("a", "b"), ("b", "c"))
    assert ngrams(["a", "b", "c"], 3) == (("a", "b", "c"),)
    assert ngrams(["a", "b", "c"], 4) == ()


@pytest.mark.parametrize("case", CASES["copied"], ids=lambda case: case["text"][:40])
def test_copied_share(case):
    assert copied_share(case["text"], case["source"], case.get("n", 8)) == pytest.approx(case["share"])


@unhurried
@given(WORDS, WORDS)
def test_shares_lie_between_0_and_1(text, source):
    assert 0 <= copied_share(" ".join(text), " ".join(source)) <= 1
    assert 0 < distinct_share(" ".join(text)) <= 1


@unhurried
@given(st.lists(st.sampled_from(["le", "port", "ferme", "l’été", "à", "79,5"]), min_size=1, max_size=40).map(" ".join))
def test_a_text_is_copied_from_itself(text):
    assert copied_share(text, f"Avant. {text} Après.") == 1


def test_distinct_share():
    assert distinct_share("a b c d a b c d") == pytest.approx(4 / 5)
    assert distinct_share("le port ferme") == 1
    assert distinct_share("le port ferme ce soir") == 1


@pytest.mark.parametrize("case", CASES["repeated"], ids=lambda case: case["sentences"][0])
def test_repeated_sentences(case):
    assert list(repeated_sentences(case["sentences"])) == case["repeated"]
