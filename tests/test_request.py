"""Orders pasted above or below an article are told from the article: the cases stand in requests.toml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.article import Request
from rewriter.source.cues import words_asked
from rewriter.source.patterns import toml_file
from rewriter.source.request import is_request, take_apart

TABLE = toml_file(Path(__file__).parent / "cases" / "requests.toml")


def filled(text: str) -> str:
    for name, value in TABLE["texts"].items():
        text = text.replace(f"{{{name}}}", value)
    return text


def paragraphs(case: dict[str, Any]) -> tuple[str, ...]:
    return tuple(map(filled, case["paragraphs"]))


def wanted(case: dict[str, Any]) -> tuple[Request, tuple[str, ...]]:
    request = Request(
        text=filled(case.get("taken", "")),
        title=filled(case["title"]) if "title" in case else None,
        words=case.get("words"),
        seo=case.get("seo", False),
        subheadings=case.get("subheadings", False),
        language=case.get("language"),
    )
    return request, tuple(map(filled, case["remaining"])) if request.text else paragraphs(case)


def as_parameters() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case.get("name") or case["paragraphs"][0][:60],
            marks=[pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else [],
        )
        for case in TABLE["case"]
    ]


@pytest.mark.parametrize("case", as_parameters())
def test_request_and_article_are_told_apart(case: dict[str, Any]) -> None:
    assert take_apart(paragraphs(case)) == wanted(case)


@pytest.mark.parametrize("line", TABLE["never"]["lines"])
def test_line_around_articles_is_no_request(line: str) -> None:
    assert not is_request(line)


def test_cases_are_many_on_both_sides() -> None:
    orders = sum("taken" in case for case in TABLE["case"])
    assert (orders >= 140, len(TABLE["case"]) - orders >= 120) == (True, True)


def signs(texts: Sequence[str]) -> Counter[str]:
    return Counter("".join("".join(texts).split()))


PIECES = st.sampled_from(sorted({filled(p) for case in TABLE["case"] for p in case["paragraphs"]}))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=3).map("".join), max_size=4))
def test_no_sign_is_lost_or_made_up(pasted: list[str]) -> None:
    request, remaining = take_apart(pasted)
    assert signs([request.text, *remaining]) == signs(pasted)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet='aeLM «»"“”.:,\n-0700wordsSEO?', max_size=60), max_size=4))
def test_any_text_is_survived(pasted: list[str]) -> None:
    request, remaining = take_apart(pasted)
    assert signs([request.text, *remaining]) == signs(pasted)


@pytest.mark.parametrize("case", TABLE["case"], ids=str)
def test_what_is_left_holds_no_further_request(case: dict[str, Any]) -> None:
    _, remaining = take_apart(paragraphs(case))
    assert take_apart(remaining) == (Request(), remaining)


def test_nothing_is_left_of_a_file_that_is_only_an_order() -> None:
    request, remaining = take_apart(["Write a 700-word article in French, SEO friendly"])
    assert (request.words, request.language, remaining) == (700, "fr", ())


def test_no_paragraphs_hold_no_request() -> None:
    assert take_apart([]) == (Request(), ())


def test_order_is_found_above_a_very_long_line() -> None:
    article = "Le port ferme mardi, dit la mairie de Brécy. " * 20_000
    request, remaining = take_apart([f"Rewrite this article in French, 700 words. {article}"])
    assert (request.words, remaining) == (700, (article.strip(),))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("at least 700 words", 700),
        ("700+ words", 700),
        ("1,000-word article", 1000),
        ("1 200 mots", 1200),
        ("1.500 mots minimum", 1500),
        ("a minimum of 1k words", 1000),
        ("between 700 and 900 words", 700),
        ("de 700 à 900 mots", 700),
        ("no less than 650 words", 650),
        ("nothing less than 650 words", 650),
        ("no more than 900 words", None),
        ("900 mots maximum", None),
        ("moins de 900 mots", None),
        ("up to 900 words", None),
        ("600 words or more", 600),
        ("700 words and above", 700),
        ("Word count: 850", 850),
        ("Nombre de mots : 850", 850),
        ("Longueur minimale : 700 mots", 700),
        ("seven hundred words", 700),
        ("mille mots", 1000),
        ("sept cents mots au moins", 700),
        ("minimum 600 mots, maximum 800 mots", 600),
        ("a 20-word description and 700 words of text", 700),
        ("700 mots-clés", None),
        ("5 keywords", None),
        ("700 euros", None),
    ],
)
def test_least_number_of_words(text: str, words: int | None) -> None:
    assert words_asked(text) == words
