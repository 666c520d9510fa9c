"""Orders pasted above or below an article are told from the article: the cases stand in requests.toml."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from rewriter.article import Request
from rewriter.source.request import take_apart

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "requests.toml").read_text("utf-8"))


def filled(text: str) -> str:
    for name, value in TABLE["texts"].items():
        text = text.replace(f"{{{name}}}", value)
    return text


def wanted(case: dict[str, Any]) -> tuple[Request, tuple[str, ...]]:
    taken = filled(case.get("taken", ""))
    remaining = case["remaining"] if taken else case["paragraphs"]
    title = case.get("title")
    request = Request(
        text=taken,
        title=filled(title) if title else None,
        words=case.get("words"),
        seo=case.get("seo", False),
        subheadings=case.get("subheadings", False),
        language=case.get("language"),
    )
    return request, tuple(map(filled, remaining))


def as_parameters() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else [],
        )
        for case in TABLE["case"]
    ]


@pytest.mark.parametrize("case", as_parameters())
def test_request_and_article_are_told_apart(case: dict[str, Any]) -> None:
    assert take_apart(tuple(map(filled, case["paragraphs"]))) == wanted(case)
