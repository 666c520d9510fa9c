import pytest

from rewriter.french.lexicon import modals, negations, quantifiers, tenses
from rewriter.french.verbs import is_conditional, is_future
from tests.toml_cases import cases

CASES = cases("nuances")
COUNTERS = {"negations": negations, "modals": modals, "quantifiers": quantifiers, "tenses": tenses}
COUNTED = [(name, text, CASES[name][text]) for name in COUNTERS for text in CASES[name]]


@pytest.mark.parametrize(("name", "text", "expected"), COUNTED, ids=lambda value: str(value)[:40])
def test_counts(name, text, expected):
    assert dict(COUNTERS[name](text)) == expected


@pytest.mark.parametrize("text", [text for name in COUNTERS for text in CASES[name]])
def test_apostrophes_and_spaces_change_no_count(text):
    other = text.replace("’", "'").replace(" %", "\u202f%").replace("é", "e\u0301")
    assert [count(text) for count in COUNTERS.values()] == [count(other) for count in COUNTERS.values()]


@pytest.mark.parametrize("word", CASES["conditional"]["yes"])
def test_conditional(word):
    assert is_conditional(word)


@pytest.mark.parametrize("word", CASES["conditional"]["no"])
def test_not_conditional(word):
    assert not is_conditional(word)


@pytest.mark.parametrize("conditional", [w for w in CASES["conditional"]["yes"] if w.endswith("rait")])
def test_the_future_shares_its_stem_with_the_conditional(conditional):
    future = conditional.removesuffix("it")
    assert is_future(future)
    assert not is_conditional(future)
