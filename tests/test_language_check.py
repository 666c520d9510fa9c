import pytest

from rewriter.checking.language import check_language
from tests.toml_cases import cases

CASES = cases("language_check")


@pytest.mark.parametrize("case", CASES["sound"], ids=lambda case: case["text"][:60])
def test_sound_french_passes(case):
    assert check_language(case["text"], case.get("passage", "")) == ()


@pytest.mark.parametrize("case", CASES["broken"], ids=lambda case: f"{case['check']}: {case['text'][:50]}")
def test_what_a_model_lets_slip_is_refused(case):
    findings = check_language(case["text"], case.get("passage", ""))
    assert case["check"] in {f.check for f in findings}
    assert all(f.gravity == "error" for f in findings)


@pytest.mark.parametrize("case", [c for c in CASES["broken"] if c["check"] in ("script", "marks", "unknown words")])
def test_what_the_passage_has_itself_is_no_fault(case):
    assert case["check"] not in {f.check for f in check_language(case["text"], case["text"])}


def test_an_empty_text_is_not_whole():
    assert [f.check for f in check_language("", "Le préfet est venu.")] == ["whole"]
