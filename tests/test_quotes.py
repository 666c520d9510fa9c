"""Quotations: marks however ugly, words kept, speakers kept."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rewriter.french.attribution import moved_speakers
from rewriter.french.quotes import altered, lost_quotes, outside, quotations
from tests.toml_cases import cases

CASES = cases("quotes")


@pytest.mark.parametrize("case", CASES["read"], ids=lambda c: c["text"][:40])
def test_quotations_and_speakers_are_read(case):
    found = quotations(case["text"])
    assert [q.text for q in found] == case["quotations"]
    assert [q.speaker or "" for q in found] == case["speakers"]


@pytest.mark.parametrize("case", CASES["held"], ids=lambda c: c["text"][:40])
def test_quotations_that_are_not_the_source_s(case):
    assert [q.text for q in altered(case["text"], case["source"])] == case["altered"]


@pytest.mark.parametrize("case", CASES["lost"], ids=lambda c: c["text"][:40])
def test_quoted_words_without_marks(case):
    found = lost_quotes(case["text"], case["source"])
    assert [q.text for q in found] == case["lost"]
    assert [q.attributed for q in found] == case["attributed"]


@pytest.mark.parametrize("case", CASES["moved"], ids=lambda c: c["text"][:40])
def test_words_given_to_somebody_else(case):
    assert [m.quotation.text for m in moved_speakers(case["text"], case["source"])] == case["moved"]


@given(st.text(alphabet="ab .,«»“”\"'’\n", max_size=60))
@example("“““a““")
def test_marks_in_any_disorder(text):
    blanked = outside(text)
    assert len(blanked) == len(text)
    found = quotations(text)
    assert all(0 <= a < b <= len(text) for a, b in (q.span for q in found))
    assert all(x.span[1] <= y.span[0] for x, y in pairwise(found))
    assert (
        blanked.split()
        == "".join(" " if any(q.span[0] <= i < q.span[1] for q in found) else c for i, c in enumerate(text)).split()
    )
