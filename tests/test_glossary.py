"""House style: what is never said is found and replaced, outside quotations, and meets its neighbours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rewriter.cli import main
from rewriter.errors import UsageError
from rewriter.french.glossary import Glossary, Term, parse
from rewriter.source.house import in_house_style, read_glossary
from rewriter.writing import prompts
from rewriter.writing.prompts import check_folder
from tests.scripts import source

HOUSE = Glossary(
    (
        Term("exilé", ("migrant", "clandestin"), "m"),
        Term("exilés", ("migrants",)),
        Term("Kyïv", ("Kiev",)),
        Term("usine", ("fabrique",), "f"),
        Term("pompier", ("homme du feu",), "m"),
    )
)


@pytest.mark.parametrize(
    ("text", "obeyed"),
    [
        ("Le migrant est arrivé.", "L'exilé est arrivé."),
        ("Migrant isolé, il attend.", "Exilé isolé, il attend."),
        ("Il parle du migrant et des migrants.", "Il parle de l'exilé et des exilés."),
        ("Un migrant à Kiev.", "Un exilé à Kyïv."),
        ("la fabrique de Kiev", "l'usine de Kyïv"),
        ("L’homme du feu arrive.", "Le pompier arrive."),
        ("« Le migrant attend », dit-il du migrant.", "« Le migrant attend », dit-il de l'exilé."),
        ("Les migrantes attendent.", "Les migrantes attendent."),
        ("beaucoup de clandestins et de migrants", "beaucoup de clandestins et d'exilés"),
    ],
)
def test_the_house_word_stands_in(text: str, obeyed: str) -> None:
    assert HOUSE.obeyed(text) == obeyed


def test_what_cannot_be_decided_is_left_and_told() -> None:
    house = Glossary((Term("pompier", ("homme du feu",)),))
    text = "L'homme du feu arrive."
    assert house.obeyed(text) == text
    (breach,) = house.breaches(text)
    assert (text[slice(*breach.span)], breach.say) == ("homme du feu", "pompier")


@given(st.lists(st.sampled_from(["le", "du", "des", "l'", "migrant", "Kiev", "fabrique", "et", "«", "»", "."])))
def test_nothing_is_left_that_could_be_replaced(words: list[str]) -> None:
    text = " ".join(words).replace("' ", "'")
    once = HOUSE.obeyed(text)
    assert HOUSE.obeyed(once) == once


def test_a_glossary_is_read() -> None:
    assert parse({"say": [{"word": "Kyïv", "never": ["Kiev"]}]}) == Glossary((Term("Kyïv", ("Kiev",)),))
    assert parse({}) == Glossary()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"sya": []}, "unknown key: sya"),
        ({"say": [{"never": ["x"]}]}, "no word"),
        ({"say": [{"word": "x"}]}, "never is no list"),
        ({"say": [{"word": "x", "never": "y"}]}, "never is no list"),
        ({"say": [{"word": "x", "never": ["y"], "gender": "n"}]}, "gender"),
        ({"say": [{"word": "x", "nver": ["y"]}]}, "an entry has"),
        ({"say": ["x"]}, "an entry has"),
        ({"say": [{"word": "x", "never": ["x"]}]}, "said and never said"),
    ],
)
def test_a_mistake_in_it_is_told(table: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse(table)


# --- in the command ------------------------------------------------------------------------------------------


def test_a_source_is_put_in_house_style_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text('[[say]]\nword = "Kyïv"\nnever = ["Kiev"]\n', encoding="utf-8")
    made = in_house_style(source("Il est parti pour Kiev.", "« Kiev tient », dit-il."), read_glossary(path))
    assert made.paragraphs == ("Il est parti pour Kyïv.", "« Kiev tient », dit-il.")
    (removal,) = made.removals
    assert (removal.paragraph, removal.reason) == (1, "glossary")


def test_check_tells_what_the_house_never_says(tmp_path: Path) -> None:
    glossary, text, article = (tmp_path / name for name in ("g.toml", "s.txt", "a.md"))
    glossary.write_text('[[say]]\nword = "commune"\nnever = ["bourgade"]\n', encoding="utf-8")
    text.write_text("La bourgade de Vorlac a voté mardi un budget de 3 millions d'euros.\n", encoding="utf-8")
    article.write_text("# Titre\n\n**La bourgade de Vorlac a voté mardi.**\n", encoding="utf-8")
    command = ["check", str(article), "--source", str(text), "--glossary", str(glossary), "--format", "json"]
    rows = json.loads(CliRunner().invoke(main, command).stdout)
    (row,) = [row for row in rows if row["check"] == "glossary"]
    assert (row["line"], row["suggestion"]) == (3, "commune")
    assert article.read_text(encoding="utf-8").splitlines()[2][slice(*row["span"])] == "bourgade"


@pytest.mark.parametrize("text", ["[[say]]\n", "say = 3", "x = ["])
def test_a_glossary_that_is_none_is_a_usage_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "g.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"g\.toml"):
        read_glossary(path)


def test_a_prompt_of_ones_own_stands_before_the_programs(tmp_path: Path) -> None:
    (tmp_path / "title.toml").write_text('order = "Sois bref."\nform = "Texte : {text}"\n', encoding="utf-8")
    check_folder(tmp_path)
    messages = prompts.load("title", str(tmp_path)).messages("Du texte.")
    assert [m.content for m in messages] == ["Sois bref.", "Texte : Du texte."]
    assert prompts.load("heading", str(tmp_path)) == prompts.load("heading")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("titel.toml", "", "no prompt has this name"),
        ("title.toml", "order = 3", "is no prompt"),
        ("title.toml", 'order = "x"\nform = "y"', "where the text goes"),
    ],
)
def test_a_prompt_that_is_none_is_told_before_the_work(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        check_folder(tmp_path)
