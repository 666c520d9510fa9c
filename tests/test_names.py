"""Names and functions: what is read as one, and what a source lacks."""

import pytest

from rewriter.french.names import closest, index_names, names, unsupported_names
from rewriter.french.titles import misattached_titles
from tests.toml_cases import cases

CASES = cases("names")


@pytest.mark.parametrize("case", CASES["read"], ids=lambda c: c["text"][:40])
def test_names_are_what_french_writes_with_a_capital(case):
    assert [n.text for n in names(case["text"])] == case["names"]


@pytest.mark.parametrize("case", CASES["held"], ids=lambda c: c["text"][:40])
def test_names_that_the_source_lacks(case):
    found = unsupported_names(case["text"], case["source"], case.get("language", "fr"))
    assert [n.text for n in found] == case["unsupported"]
    assert all(case["text"][slice(*n.span)] == n.text for n in found)


@pytest.mark.parametrize("case", CASES["title"], ids=lambda c: c["text"][:40])
def test_functions_stay_with_those_who_hold_them(case):
    found = misattached_titles(case["text"], case["source"], case.get("language", "fr"))
    assert [m.reason for m in found] == case["reasons"]


def test_the_likely_name_is_suggested():
    index = index_names("Le secrétaire général, Jens Stoltenberg, a parlé.")
    (name,) = unsupported_names("Stoltenburg a parlé.", index)
    assert closest(name, index) == "Stoltenberg"
