"""Chat templates of seven families: every one gives the order, the turns, and an assistant who does not think aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from rewriter.engine.base import Message
from rewriter.engine.template import ChatTemplate, without_thoughts
from rewriter.errors import ModelError

FOLDER = Path(__file__).parent / "cases" / "templates"
CONVERSATION = (
    Message("system", "Tu réécris."),
    Message("user", "Un passage."),
    Message("assistant", "Le même."),
    Message("user", "Un autre."),
)
ENDS = {
    "chatml": "<|im_start|>assistant\n",
    "deepseek-r1": "<｜Assistant｜><think>\n\n</think>\n\n",
    "gemma": "<start_of_turn>model\n",
    "harmony": "<|start|>assistant<|channel|>final<|message|>",
    "llama3": "<|start_header_id|>assistant<|end_header_id|>\n\n",
    "mistral": "[INST] Un autre. [/INST]",
    "qwen3": "<|im_start|>assistant\n<think>\n\n</think>\n\n",
}


def template(name: str) -> ChatTemplate:
    return ChatTemplate((FOLDER / f"{name}.jinja").read_text(encoding="utf-8").rstrip("\n"), bos="<s>", eos="</s>")


def test_every_template_at_hand_is_tested() -> None:
    assert {path.stem for path in FOLDER.glob("*.jinja")} == set(ENDS)


@pytest.mark.parametrize("name", sorted(ENDS))
def test_order_and_turns_reach_the_model_once_and_in_order(name: str) -> None:
    prompt = template(name).render(CONVERSATION)
    places = [prompt.index(message.content) for message in CONVERSATION]
    assert places == sorted(places)
    assert all(prompt.count(message.content) == 1 for message in CONVERSATION)


@pytest.mark.parametrize("name", sorted(ENDS))
def test_the_prompt_ends_where_the_answer_begins(name: str) -> None:
    assert template(name).render(CONVERSATION).endswith(ENDS[name])


@pytest.mark.parametrize("name", ["gemma", "mistral"])
def test_without_a_system_role_the_order_heads_the_first_turn(name: str) -> None:
    assert not template(name).takes_system
    assert "Tu réécris.\n\nUn passage." in template(name).render(CONVERSATION)


@pytest.mark.parametrize("name", ["chatml", "llama3", "qwen3", "deepseek-r1", "harmony"])
def test_a_system_role_is_used_where_there_is_one(name: str) -> None:
    assert template(name).takes_system


def test_a_conversation_without_an_order_needs_none() -> None:
    prompt = template("gemma").render((Message("user", "Bonjour."),))
    assert prompt == "<s><start_of_turn>user\nBonjour.<end_of_turn>\n<start_of_turn>model\n"


def test_a_broken_template_is_a_model_error() -> None:
    with pytest.raises(ModelError, match="chat template"):
        ChatTemplate("{% for m in messages %}").render(CONVERSATION)


def test_a_template_cannot_reach_python() -> None:
    with pytest.raises(ModelError, match="chat template"):
        ChatTemplate("{{ messages.__class__.__mro__[1].__subclasses__() }}").render(CONVERSATION)


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}{{ 'long ' * 1000 }}{% endfor %}",
        "{{ 'a' * 10**12 }}",
        "{{ 10 ** (10 ** 9) }}",
        "{{ ['a'] * 10**9 }}",
        "{{ 'a'.ljust(10**12) }}",
        "{{ 'a' | center(10**12) }}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{{ 1 / 0 }}",
        "{{ messages[0]['content'].encode('rot13') }}",
    ],
)
def test_a_template_is_bounded(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rewriter.engine.template.MAX_SECONDS", 0.2)
    with pytest.raises(ModelError, match="the model's chat template cannot be used") as caught:
        ChatTemplate(source).render(CONVERSATION)
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("<think>Je réfléchis.\nLongtemps.</think>\n\nLa réponse.", "La réponse."),
        ("Je réfléchis encore.</think>La réponse.", "La réponse."),
        ("<think>Je ne finis pas", ""),
        ("<THINKING>x</THINKING> La réponse.", "La réponse."),
        ("Rien à cacher.", "Rien à cacher."),
        ("Un < deux et deux > un.", "Un < deux et deux > un."),
    ],
)
def test_thoughts_are_taken_out(written: str, answer: str) -> None:
    assert without_thoughts(written) == answer
