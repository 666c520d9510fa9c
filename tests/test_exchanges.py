import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewriter.french.exchanges import exchange
from tests.toml_cases import cases

CASES = cases("exchanges")["exchanges"]
ARTICLES = {"le", "la", "l", "de", "d", "du", "des"}
PIECES = (
    "la Suède et la Finlande", "le pain et le vin", "mardi à Paris", "à Lyon en 2019", "« la paix et la guerre »",
    "le maire de Brest, Jean Roux,", "a dit", "sont venus", "Paul Rey, président du club,",
    "et", ",", "l'eau et le gaz",
    "aux élus et aux juges", "(le oui et le non)", "du fer et de l'or", "qui", "en mai", "des chars",
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["sentence"][:60])
def test_neighbours_change_places_only_where_they_may(case):
    assert exchange(case["sentence"]) == case.get("result", case["sentence"])


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(lambda parts: " ".join(parts) + "."))
def test_words_and_quotations_are_kept(sentence):
    exchanged = exchange(sentence)
    assert Counter(words(sentence)) == Counter(words(exchanged))
    assert re.findall(r"«[^»]*»|\([^)]*\)", sentence) == re.findall(r"«[^»]*»|\([^)]*\)", exchanged)


@given(st.text(alphabet="aàL 'et,«».;:()–", max_size=60))
def test_marks_without_words_change_nothing(text):
    assert Counter(text.replace(" ", "")) == Counter(exchange(text).replace(" ", ""))


def words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.casefold()) if word not in ARTICLES]
