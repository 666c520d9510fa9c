"""The front matter and the JSON: what programs that publish an article read of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rewriter.article import Article, Disclosure, Search
from rewriter.publishing.front_matter import front_matter, search_in
from rewriter.publishing.markdown import to_markdown
from rewriter.publishing.published import DIGITAL_SOURCE_TYPE, to_article_json
from tests.test_page import HALLE, MORE, PRINTABLE, SEARCH, SIGNED, SOURCE, TRICKY, UNSIGNED, article

MENTION = "Cet article a été réécrit par une machine\u00a0: modèle Qwen2.5 1.5B, programme rewriter 0.1.0."
ALL_ABOUT = {
    "title": "La halle rouvre lundi",
    "title_tag": "La halle rouvre",
    "description": "La halle rouvre lundi.",
    "slug": "halle-rouvre",
    "keyphrase": "halle aux poissons",
    "keywords": ["halle aux poissons", "port", "chantier"],
    "lang": "fr",
}


def fields(of: Article, disclosure: Disclosure = UNSIGNED) -> dict:
    """The front matter as PyYAML reads it."""
    yaml = pytest.importorskip("yaml")
    return yaml.safe_load(front_matter(of, disclosure).removesuffix("---\n\n"))


def lines(of: Article) -> dict:
    """The front matter read line by line, each value as JSON."""
    text = front_matter(of, UNSIGNED)
    assert text.startswith("---\n")
    assert text.endswith("\n---\n\n")
    return {key: json.loads(value) for key, value in (line.split(": ", 1) for line in text.split("\n")[1:-3])}


# --- front matter ------------------------------------------------------------------------------------------


def test_front_matter_tells_search_engines_and_readers():
    assert fields(HALLE) == {**ALL_ABOUT, "digitalSourceType": DIGITAL_SOURCE_TYPE, "mention": MENTION}


def test_once_signed_names_stand_for_the_label():
    assert fields(HALLE, SIGNED) == {**ALL_ABOUT, "reviewer": "Anne Le Goff", "responsible": "Le Courrier"}


def test_front_matter_and_markdown_are_joined_as_they_are():
    text = front_matter(HALLE, UNSIGNED) + to_markdown(HALLE)
    assert text.startswith('---\ntitle: "La halle rouvre lundi"\n')
    assert "\n---\n\n# La halle rouvre lundi\n\n**Six ans" in text


def test_an_article_without_search_data_has_its_title_and_standfirst_there():
    made = fields(replace(HALLE, search=None))
    assert (made["title_tag"], made["description"]) == (HALLE.title, HALLE.standfirst)
    assert not {"slug", "keyphrase", "keywords"} & made.keys()


def test_what_is_empty_is_left_out():
    assert fields(article("Texte.", standfirst="")).keys() == {
        "title", "title_tag", "lang", "digitalSourceType", "mention"
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", [*TRICKY, "---", "oui", "null", "1", "- a", "a: b", "# non", "!x", "*x", "@", "%", "~"]
)
def test_every_value_stays_a_text(text):
    made = fields(article("Texte.", title=text, search=Search(text, text, text, text, (text,))))
    assert [made[key] for key in ("title", "title_tag", "description", "slug", "keyphrase")] == [text] * 5
    assert made["keywords"] == [text, text]


def test_line_ends_are_spaces_and_what_yaml_cannot_hold_goes():
    assert fields(article("Texte.", title="a\u2028b\n---\nc\0\x1b\x7f\ud800\x85d"))["title"] == "a b --- c d"


@given(PRINTABLE)
@example("👩‍👩‍👧‍👦\ufeff")
@settings(deadline=None, max_examples=200)
def test_any_text_reads_back_as_it_was(text):
    made = article("Texte.", title=text, standfirst=text)
    assert lines(made)["title"] == lines(made)["description"] == text
    assert fields(made)["title"] == text


# --- JSON --------------------------------------------------------------------------------------------------


def test_the_json_has_the_article_alone():
    assert json.loads(to_article_json(HALLE, replace(SOURCE, background=(MORE,)), UNSIGNED)) == {
        "schema_version": 1,
        "lang": "fr",
        "title": "La halle rouvre lundi",
        "standfirst": "Six ans après l’incendie, les étals sont prêts.",
        "sections": [
            {"heading": "Un chantier de six ans", "paragraphs": ["La halle est neuve. Elle avait brûlé.", "« Oui » !"]},
            {"heading": "", "paragraphs": ["Le port attend."]},
        ],
        "words": 19,
        "search": {
            "title_tag": SEARCH.title_tag,
            "description": SEARCH.description,
            "slug": SEARCH.slug,
            "keyphrase": SEARCH.keyphrase,
            "secondary": list(SEARCH.secondary),
        },
        "sources": [{"name": "halle.txt", "sha256": "ab" * 32}, {"name": "archives.txt", "sha256": "cd" * 32}],
        "disclosure": {
            "program": "rewriter 0.1.0",
            "model": "Qwen2.5 1.5B",
            "reviewer": "",
            "responsible": "",
            "signed": False,
            "digitalSourceType": DIGITAL_SOURCE_TYPE,
            "mention": MENTION,
        },
    }


def test_the_json_of_a_signed_article_has_no_label():
    told = json.loads(to_article_json(HALLE, SOURCE, SIGNED))["disclosure"]
    assert (told["signed"], told["digitalSourceType"], told["mention"]) == (True, None, None)
    assert (told["reviewer"], told["responsible"]) == ("Anne Le Goff", "Le Courrier")


def test_the_json_says_where_there_are_no_search_data():
    assert json.loads(to_article_json(replace(HALLE, search=None), SOURCE, UNSIGNED))["search"] is None


def test_the_json_can_be_read_by_people():
    text = to_article_json(HALLE, SOURCE, UNSIGNED)
    assert "les étals sont prêts" in text
    assert text.endswith("}\n")


@given(st.lists(PRINTABLE, min_size=4, max_size=4))
@settings(deadline=None)
def test_any_text_stands_in_the_json_as_it_was(texts):
    title, standfirst, heading, text = texts
    made = json.loads(
        to_article_json(article(text, title=title, standfirst=standfirst, heading=heading), SOURCE, UNSIGNED)
    )
    assert (made["title"], made["standfirst"]) == (title, standfirst)
    assert made["sections"] == [{"heading": heading, "paragraphs": [text]}]


def test_what_search_engines_are_told_is_read_back():
    assert search_in(front_matter(replace(HALLE, search=SEARCH), UNSIGNED)) == SEARCH
    assert search_in("# Sans rien\n") is None
    assert search_in('---\ntitle: "Autre programme"\n---\n# T\n') is None


def test_front_matter_that_an_editor_touched_is_read_all_the_same():
    found = search_in("---\ntitle_tag: Le port rouvre\ndescription: Une phrase.\nkeywords: port\n---\n# T\n")
    assert found is not None
    assert (found.title_tag, found.description, found.secondary) == ("Le port rouvre", "Une phrase.", ())
