from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.french import equivalence
from rewriter.french.elision import meeting
from rewriter.french.equivalence import lexicon
from rewriter.french.rewording import LONGEST_RUN, equivalents, reword
from tests.toml_cases import cases

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SEEDS = range(6)
PIECES = (
    "malgré la pluie", "malgré le vent", "en raison de l’orage", "le soutien", "l’appui des voisins",
    "« la hausse »", "à Lyon", "12 000 euros", "le 3 mai 2021", "OTAN", "Jeanne Hébert", "Hambourg",
    "la hausse", "son augmentation", "afin d'obtenir", "pour aider", "lors d’un débat", "toutefois",
    "et de pain", "des outils", "de l’augmentation", "de l'appui", "utilise", "le héros", "d’eau",
    "qui participe à la fête", "avant", ",", "“ malgré le vent ”", "\u00a0:", "selon", "en avril",
    "en 2019",
)  # fmt: skip
UNSETTLED = re.compile(
    r"\b(?:de le|de les|à le|à les)\b|\b(?:de|le|la|que|ne|se|je) (?=[aeéiou])"
    r"|\b[ldnsj]['’](?=[bcdfgjklmnpqrstvz])|['’] |  "
)
sentences_of_pieces = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join)


@pytest.mark.parametrize("case", cases("rewording")["rewording"], ids=lambda case: case["name"])
def test_a_sentence_becomes_only_what_is_allowed(case):
    results = {reword(case["sentence"], seed).text for seed in SEEDS}
    assert results <= set(case.get("allowed", [case["sentence"]]))


@given(sentences_of_pieces, st.integers(0, 9))
def test_quotations_figures_and_names_survive(sentence, seed):
    kept = r"«[^»]*»|“[^”]*”|\d[\d ]*|(?<!^)\b[A-ZÀ-Þ]\w+"
    assert re.findall(kept, reword(sentence, seed).text) == re.findall(kept, sentence)


@given(sentences_of_pieces, st.integers(0, 9))
def test_no_elision_or_contraction_is_left_undone(sentence, seed):
    assert len(UNSETTLED.findall(reword(sentence, seed).text)) <= len(UNSETTLED.findall(sentence))


@given(sentences_of_pieces, st.integers(0, 9))
@settings(max_examples=30)
def test_one_seed_gives_one_text(sentence, seed):
    assert reword(sentence, seed) == reword(sentence, seed)


@given(sentences_of_pieces, st.integers(0, 9))
@settings(max_examples=50)
def test_the_replacements_explain_the_text(sentence, seed):
    result = reword(sentence, seed)
    for old, new in result.replacements:
        assert old in sentence
        assert new in result.text
    assert (result.text == sentence) == (not result.replacements)


@pytest.mark.parametrize("left", ["le", "la", "l'", "de", "d'", "du", "au", "ce", "cet", "ma", "son", "que", "vieil"])
@pytest.mark.parametrize("right", ["accord", "soutien", "hausse", "hiver", "onze", "Ukraine", "maire"])
@pytest.mark.parametrize("gender", ["m", "f"])
def test_a_meeting_is_settled_once(left, right, gender):
    met = meeting(left, right, gender)
    last = met.split()[-1] if met else None
    assert met is None or meeting(last, right, gender) == last


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("le", "haricot", "le"), ("le", "hôpital", "l'"), ("le", "onzième", "le"), ("la", "SNCF", None),
     ("de", "ONU", "d'"), ("de", "Hambourg", None), ("de", "yeux", None), ("du", "accord", "de l'")],
)  # fmt: skip
def test_the_sound_decides(left, right, expected):
    assert meeting(left, right, "m") == expected


def test_protected_words_stay():
    sentence = "Malgré le froid, la hausse continue."
    assert "hausse" in reword(sentence, protected=["hausse"]).text
    assert reword(sentence, protected=["malgré le froid", "hausse"]).text == sentence


def test_seeds_draw_different_words():
    sentence = "Toutefois, la mairie a décidé de fermer le pont en raison de la crue, malgré la colère."
    assert len({reword(sentence, seed).text for seed in range(8)}) > 2


def test_replacements_are_spread():
    sentence = (
        "Malgré la pluie, la mairie a choisi de fermer le pont lors de la fête, en raison de la crue, "
        "afin de protéger les passants, et le marché ouvrira en avril par le biais de la région."
    )
    for seed in SEEDS:
        rest = sentence
        for old, _ in reword(sentence, seed).replacements:
            before, found, rest = rest.partition(old)
            assert found
            assert len(re.findall(r"\w+", before)) <= LONGEST_RUN


@pytest.mark.parametrize(
    ("word", "other", "licensed"),
    [("hausse", "augmentation", True), ("augmentation", "hausse", True), ("hausses", "augmentation", True),
     ("malgré", "dépit", True), ("utilisé", "employer", True), ("hausse", "baisse", False),
     ("table", "chaise", False)],
)  # fmt: skip
def test_the_lexicon_licenses_its_own_words(word, other, licensed):
    assert (other in equivalents(word)) is licensed


def test_no_entry_licenses_itself_or_is_listed_twice():
    for rules in lexicon().rules.values():
        seen = set()
        for rule in rules:
            key = (rule.old, rule.old_tail, rule.new, rule.new_tail, rule.kind, rule.infinitive)
            assert (rule.old, rule.old_tail) != (rule.new, rule.new_tail), rule
            assert key not in seen, rule
            seen.add(key)


@pytest.mark.parametrize(
    "path", sorted((Path(equivalence.__file__).parent / "rewordings").glob("*.toml")), ids=lambda path: path.stem
)
def test_every_guard_belongs_to_an_entry_of_its_file(path):
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    lines = [line for section in data.values() if isinstance(section, list) for line in section]
    sides = {re.sub(r"[+*~]", "", side) for line in lines for side in re.split(" [=>] ", line)}
    assert {key.split(" > ")[0] for key in data.get("guards", {})} <= sides
