"""Numbers and dates: what they are worth, and when one supports another."""

import pytest

from rewriter.french.dates import Date, dates, supports
from rewriter.french.numbers import Number, numbers, same_value
from tests.toml_cases import cases

CASES = cases("numbers")
LETTERS = {"ordinal": "o", "year": "y", "ratio": "r", "score": "s", "time": "t", "phone": "p"}
BOUNDS = {"about": "~", "over": ">", "under": "<"}


def shown(n: Number) -> str:
    flags = LETTERS.get(n.kind, "") + "v" * n.vague + "w" * n.weak + (BOUNDS[n.bound] if n.bound else "")
    return " ".join(filter(None, [f"{n.value.normalize():f}", n.unit, flags]))


@pytest.mark.parametrize("case", CASES["number"], ids=lambda c: c["text"][:40])
def test_numbers_are_read_with_their_units(case):
    assert [shown(n) for n in numbers(case["text"], case.get("language", "fr"))] == case["numbers"]


@pytest.mark.parametrize("case", CASES["number"], ids=lambda c: c["text"][:40])
def test_spans_hold_what_they_name(case):
    found = numbers(case["text"], case.get("language", "fr"))
    assert all(case["text"][slice(*n.span)] == n.text for n in found)


@pytest.mark.parametrize(("left", "right"), CASES["equal"])
def test_one_number_written_in_two_ways(left, right):
    (a,), (b,) = numbers(left), numbers(right)
    assert same_value(a, b)
    assert same_value(b, a)
    assert a.measure[1] == b.measure[1]


@pytest.mark.parametrize(("left", "right"), CASES["different"])
def test_two_numbers_that_look_alike(left, right):
    (a,), (b,) = numbers(left), numbers(right)
    assert not (same_value(a, b) and a.measure[1] == b.measure[1])


@pytest.mark.parametrize(("text", "nouns"), CASES["counted"])
def test_what_is_counted(text, nouns):
    assert " ".join(numbers(text)[0].nouns) == nouns


def parts(d: Date) -> str:
    said = {"y": d.year, "m": d.month, "d": d.day, "w": d.weekday, "r": d.relative, "t": d.time, "p": d.part}
    direction = f" d{d.direction}" if d.direction else ""
    return " ".join(f"{k}{v}" for k, v in said.items() if v is not None) + direction


@pytest.mark.parametrize("case", CASES["date"], ids=lambda c: c["text"][:40])
def test_dates_are_read(case):
    assert [parts(d) for d in dates(case["text"], case.get("language", "fr"))] == case["dates"]


@pytest.mark.parametrize(("date", "source"), CASES["supported"])
def test_a_date_says_no_more_than_its_source(date, source):
    (a,), (b,) = dates(date), dates(source)
    assert supports(b, a)


@pytest.mark.parametrize(("date", "source"), CASES["unsupported"])
def test_a_date_says_more_than_its_source_or_another(date, source):
    (a,), (b,) = dates(date), dates(source)
    assert not supports(b, a)
