"""Orders hidden in an article are text like any other: shown to the model as text, and nothing more."""

from __future__ import annotations

import pytest

from rewriter.engine.scripted import ScriptedEngine
from rewriter.french.segment import sentences, unified
from rewriter.settings import WritingSettings
from rewriter.writing.prompts import load
from tests.scripts import LARGE, PASSAGES, article, copy, everything, kind, shown, source, yes
from tests.toml_cases import cases

NEWS = tuple(cases("pipeline")["paragraphs"][:2])
CASES = cases("injection")
SHORT = WritingSettings(words=20, rounds=1, candidates=2)


@pytest.mark.parametrize("order", CASES["orders"])
def test_an_order_in_the_article_stands_in_the_users_text_alone(order: str) -> None:
    engine = ScriptedEngine(copy, yes)
    article(source(NEWS[0], order, *NEWS[1:]), engine, SHORT)
    fixed = {m.content for name in (*PASSAGES, "title", "standfirst", "heading") for m in load(name).messages("")[:-1]}
    for request in engine.requests:
        assert {m.content for m in request.messages[:-1]} <= fixed
        assert request.messages[-1].role == "user"


@pytest.mark.parametrize("order", CASES["orders"])
def test_the_passage_with_an_order_changes_no_other_request(order: str) -> None:
    with_order, without = ScriptedEngine(copy, yes), ScriptedEngine(copy, yes)
    article(source(*NEWS, order), with_order, SHORT)
    article(source(*NEWS), without, SHORT)
    asked = {shown(r) for r in without.requests if kind(r) in PASSAGES}
    assert asked <= {shown(r) for r in with_order.requests if kind(r) in PASSAGES}


@pytest.mark.parametrize("case", CASES["obeyed"], ids=lambda c: c["answer"][:30])
@pytest.mark.parametrize("parameters", [0, LARGE])
def test_a_model_that_obeys_is_not_printed(case: dict[str, str], parameters: int) -> None:
    engine = ScriptedEngine(lambda r, _: case["answer"] if case["order"] in shown(r) else shown(r), yes, parameters)
    made = article(source(NEWS[0], case["order"], *NEWS[1:]), engine, SHORT)
    assert unified(case["answer"]) not in [unified(s) for s in sentences(everything(made))]


def test_the_question_to_the_proofreader_is_last() -> None:
    engine = ScriptedEngine(copy, yes)
    article(source(NEWS[0], CASES["orders"][0]), engine, SHORT)
    assert all(q.messages[-1].content.endswith("Answer Yes or No.") for q in engine.questions)
