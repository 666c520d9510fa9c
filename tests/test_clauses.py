import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewriter.french.clauses import moves
from rewriter.french.lexicon import content_lemmas
from tests.toml_cases import cases

CASES = cases("clauses")["clauses"]
MOVED = [(case["sentence"], result) for case in CASES for result in case.get("results", [])]
# A moved sentence may have these where the source had a verb of saying, or nothing.
LINKS = {"selon", "toutefois"}
SAYING = {
    "affirmer", "annoncer", "assurer", "confirmer", "déclarer", "dire", "estime", "estimer",
    "expliquer", "indiquer", "juger",
    "préciser",
}  # fmt: skip
SUBJECTS = ("Le parquet", "La mairie de Brest", "Jeanne Aubert", "Des riverains", "Le ministre, Paul Rey,")
CLAUSES = (
    "la ligne a fermé en 2019", "les loyers ont reculé de 3,5 %", "le procès s'ouvrira mardi à Lyon",
    "il pleut", "Brest attend 12 000 visiteurs", "rien ne sera décidé", "l'eau et le gaz manquent",
)  # fmt: skip
JOINTS = (", selon {0}.", ", a indiqué {0}.", ", ce qui inquiète {0}.", ", mais {0} doute.", ", alors que {1}.")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["sentence"][:60])
def test_a_sentence_moves_only_as_it_may(case):
    assert set(moves(case["sentence"])) == set(case.get("results", []))


@pytest.mark.parametrize(("sentence", "moved"), MOVED, ids=lambda text: text[:40])
def test_a_move_keeps_words_figures_and_quotations(sentence, moved):
    assert_same_content(sentence, moved)


@pytest.mark.parametrize(("sentence", "moved"), MOVED, ids=lambda text: text[:40])
def test_the_apostrophe_of_the_source_is_kept(sentence, moved):
    typeset = sentence.replace("'", "’")
    assert moved.replace("'", "’") in moves(typeset)


@given(st.sampled_from(CLAUSES), st.sampled_from(CLAUSES), st.sampled_from(SUBJECTS), st.sampled_from(JOINTS))
def test_whatever_moves_keeps_its_content(first, second, subject, joint):
    small = subject if subject.startswith("Jeanne") else subject[0].lower() + subject[1:]
    sentence = first[0].upper() + first[1:] + joint.format(small.rstrip(","), second)
    for moved in moves(sentence):
        assert_same_content(sentence, moved)


@pytest.mark.parametrize(
    "sentence", ["", ".", "« »", "« Ouvert", "(", "Selon , .", "\ue000 dit", ", ce qui .", "A" * 500]
)
def test_a_fragment_stays(sentence):
    assert moves(sentence) == ()


def assert_same_content(sentence: str, moved: str) -> None:
    before, after = Counter(content_lemmas(sentence)), Counter(content_lemmas(moved))
    changed = set((before - after) + (after - before))
    assert changed <= LINKS | SAYING
    assert sorted(re.findall(r"\d[\d ,]*\d|\d", sentence)) == sorted(re.findall(r"\d[\d ,]*\d|\d", moved))
    assert quoted(sentence) == quoted(moved)


def quoted(text: str) -> list[str]:
    return sorted(inside.strip(" .,\u00a0") for inside in re.findall(r"«([^»]*)»", text))
