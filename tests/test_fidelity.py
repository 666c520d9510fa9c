import pytest

from rewriter.checking.fidelity import CAREFUL, FREE, check_fidelity, check_turns, difference
from rewriter.french.clauses import moves
from rewriter.french.exchanges import exchange
from rewriter.french.rewording import reword
from tests.toml_cases import cases

CASES = cases("fidelity")
SENTENCES = [case["sentence"] for name in ("clauses", "exchanges") for case in cases(name)[name]]
MOST_REFUSED = 0.03
"""Share of the rewordings by rule that may be refused wrongly: those of news sentences written for these tests."""


@pytest.mark.parametrize("case", CASES["faithful"], ids=lambda case: case["text"][:60])
def test_a_faithful_text_passes(case):
    assert check_fidelity(case["text"], case["passage"], CAREFUL) == ()


@pytest.mark.parametrize("case", CASES["unfaithful"], ids=lambda case: f"{case['check']}: {case['text'][:50]}")
def test_an_unfaithful_text_is_refused(case):
    findings = check_fidelity(case["text"], case["passage"], CAREFUL)
    assert case["check"] in {f.check for f in findings}
    assert all(f.gravity == "error" and f.message.endswith(".") for f in findings)


@pytest.mark.parametrize("case", CASES["unfaithful"], ids=lambda case: case["passage"][:60])
def test_every_passage_is_faithful_to_itself(case):
    assert check_fidelity(case["passage"], case["passage"], CAREFUL) == ()


def test_rewordings_by_rule_are_rarely_refused():
    refused, tried = [], 0
    for sentence in dict.fromkeys(SENTENCES):
        for form in (exchange(sentence), *moves(sentence), sentence):
            text = reword(form, seed=1).text
            tried += text != sentence
            if text != sentence and check_turns(text, sentence):
                refused.append(text)
    assert tried > 150
    assert len(refused) <= MOST_REFUSED * tried, refused


def test_a_large_model_may_bring_words_of_its_own():
    passage = "Le conseil a adopté le budget de la ville malgré la colère des élus."
    text = "Le conseil a voté le budget de la commune malgré la colère des élus."
    assert {f.check for f in check_fidelity(text, passage, CAREFUL)} >= {"new words"}
    assert "new words" not in {f.check for f in check_fidelity(text, passage, FREE)}


def test_the_difference_names_the_words():
    found = difference("Le maire a fermé la piscine.", "Le maire a fermé le stade.")
    assert (found.new, found.lost, found.order, found.size) == (("piscine",), ("stade",), 1.0, 3)


def test_nothing_differs_from_nothing():
    assert check_fidelity("", "", CAREFUL) == ()
