"""The Word document: it says what the article says, in French, and is the same bytes for the same article."""

from __future__ import annotations

from datetime import datetime, timezone
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rewriter.article import Article, Disclosure, Search
from rewriter.publishing.markdown import to_markdown
from rewriter.publishing.word import to_docx
from tests.test_page import HALLE, PRINTABLE, SIGNED, TRICKY, UNSIGNED, article, page

TAGS = {"Heading 1": "h1", "Heading 2": "h2", "Normal": "p"}
MENTION = "Cet article a été réécrit par une machine\u00a0: modèle Qwen2.5 1.5B, programme rewriter 0.1.0."


def opened(of: Article, disclosure: Disclosure = UNSIGNED) -> Document:
    return docx.Document(BytesIO(to_docx(of, disclosure)))


def blocks(document: Document) -> list[tuple[str, str]]:
    """Title, standfirst, headings and paragraphs as (tag, text), without what is said of the machine."""
    return [(TAGS[p.style.name], p.text) for p in document.paragraphs if not any(run.italic for run in p.runs)]


def markdown_blocks(markdown: str) -> list[tuple[str, str]]:
    tokens = MarkdownIt("commonmark").parse(markdown)
    return [
        (opening.tag, "".join(child.content for child in inline.children or []))
        for opening, inline in pairwise(tokens)
        if inline.type == "inline"
    ]


# --- what readers see --------------------------------------------------------------------------------------


def test_title_and_subheadings_are_headings_and_the_standfirst_is_bold():
    document = opened(HALLE)
    assert blocks(document) == [
        ("h1", "La halle rouvre lundi"),
        ("p", "Six ans après l’incendie, les étals sont prêts."),
        ("h2", "Un chantier de six ans"),
        ("p", "La halle est neuve. Elle avait brûlé."),
        ("p", "« Oui » !"),
        ("p", "Le port attend."),
    ]
    assert [p.text for p in document.paragraphs if any(run.bold for run in p.runs)] == [HALLE.standfirst]


def test_what_is_empty_leaves_no_paragraph_behind():
    assert blocks(opened(article("Texte.", " ", standfirst="", heading=""))) == [("h1", "Titre"), ("p", "Texte.")]


def test_readers_are_told_of_the_machine_below_the_standfirst():
    assert opened(HALLE).paragraphs[2].text == MENTION


def test_once_signed_the_label_goes_and_names_stand_at_the_end():
    texts = [p.text for p in opened(HALLE, SIGNED).paragraphs]
    assert MENTION not in texts
    assert texts[-1] == "Relu par Anne Le Goff. Responsabilité éditoriale\u00a0: Le Courrier."


# --- what Word reads ---------------------------------------------------------------------------------------


def test_the_properties_tell_what_the_document_is():
    properties = opened(HALLE).core_properties
    assert properties.title == "La halle rouvre lundi"
    assert properties.language == "fr-FR"
    assert properties.keywords == "halle aux poissons, port, chantier"
    assert properties.comments == "La halle rouvre lundi."
    assert properties.author == "rewriter 0.1.0"
    assert properties.last_modified_by == ""
    assert opened(HALLE, SIGNED).core_properties.last_modified_by == "Anne Le Goff"


@pytest.mark.parametrize(("length", "kept"), [(255, "é" * 255), (256, "é" * 254 + "…")])
def test_a_property_is_as_long_as_office_allows(length, kept):
    text = "é" * length
    document = opened(article("Texte.", title=text, search=Search(text, text, "s", text)))
    properties = document.core_properties
    assert (properties.title, properties.keywords, properties.comments) == (kept, kept, kept)
    assert document.paragraphs[0].text == text


def test_words_are_proofread_in_french_on_french_paper():
    document = opened(HALLE)
    languages = document.styles.element.xpath("//w:lang/@w:val")
    page_ = document.sections[0]
    assert languages == ["fr-FR"]
    assert (round(page_.page_width.mm), round(page_.page_height.mm)) == (210, 297)


# --- the bytes ---------------------------------------------------------------------------------------------


def test_the_same_article_gives_the_same_bytes_whatever_the_clock_says(monkeypatch):
    first = to_docx(HALLE, UNSIGNED)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert to_docx(HALLE, UNSIGNED) == first


def test_no_date_and_no_system_is_told():
    package = to_docx(HALLE, UNSIGNED)
    with ZipFile(BytesIO(package)) as files:
        assert {(f.date_time, f.create_system) for f in files.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}
        assert files.testzip() is None
        assert files.namelist()[0] == "[Content_Types].xml"
    properties = docx.Document(BytesIO(package)).core_properties
    assert {properties.created, properties.modified} == {datetime(1980, 1, 1, tzinfo=timezone.utc)}


# --- any text ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TRICKY)
def test_no_text_turns_into_markup(text):
    made = opened(article(text, title=text, standfirst=text, heading=text, search=Search(text, text, text, text)))
    assert blocks(made) == [("h1", text), ("p", text), ("h2", text), ("p", text)]
    assert made.core_properties.title == made.core_properties.keywords == text


def test_line_ends_are_spaces_and_what_xml_cannot_hold_goes():
    text = "a\u2028b\r\nc\t d\0\x08\x0b\x1b\ud800\ufffe\uffffe\x85f"
    assert blocks(opened(article(text, title=text)))[0] == ("h1", "a b c d e f")


@given(PRINTABLE)
@example("</w:t>")
@settings(deadline=None, max_examples=50)
def test_any_text_reads_back_as_it_was(text):
    made = blocks(opened(article(text, title=text, standfirst=text, heading=text)))
    assert made == [("h1", text), ("p", text), ("h2", text), ("p", text)]


@given(st.lists(PRINTABLE, min_size=4, max_size=6))
@settings(deadline=None, max_examples=50)
def test_markdown_page_and_document_say_the_same(texts):
    title, standfirst, heading, *rest = texts
    made = article(*rest, title=title, standfirst=standfirst, heading=heading, search=Search("T", "D", "s", "k"))
    assert blocks(opened(made)) == page(made).blocks() == markdown_blocks(to_markdown(made))
