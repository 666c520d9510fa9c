"""The HTML page: it says what the article says, stands alone, and tells programs and readers who wrote it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rewriter.article import Article, Disclosure, Kept, Paragraph, Passage, Search, Section, Source
from rewriter.publishing.html import SCHEMA_TYPE, to_html
from rewriter.publishing.published import DIGITAL_SOURCE_TYPE

MORE = Source("archives.txt", "cd" * 32, "utf-8", "fr", None, ("La halle a brûlé en 2019.",))
SOURCE = Source("halle.txt", "ab" * 32, "utf-8", "fr", "La halle rouvre", ("La halle rouvre lundi.",))
UNSIGNED = Disclosure("rewriter 0.1.0", "Qwen2.5 1.5B", ("ab" * 32,))
SIGNED = replace(UNSIGNED, reviewer="Anne Le Goff", responsible="Le Courrier")
SEARCH = Search("La halle rouvre", "La halle rouvre lundi.", "halle-rouvre", "halle aux poissons", ("port", "chantier"))


def paragraph(*texts: str) -> Paragraph:
    return Paragraph(tuple(Kept(Passage(0, 0, ("La halle rouvre lundi.",)), text, "model", 6) for text in texts))


def article(*texts: str, title="Titre", standfirst="Chapô.", heading="Intertitre", search=None) -> Article:
    return Article(title, standfirst, (Section(heading, tuple(map(paragraph, texts))),), search=search)


HALLE = Article(
    "La halle rouvre lundi",
    "Six ans après l’incendie, les étals sont prêts.",
    (
        Section(
            "Un chantier de six ans", (paragraph("La halle est neuve.", "Elle avait brûlé."), paragraph("« Oui » !"))
        ),
        Section("", (paragraph("Le port attend."),)),
    ),
    search=SEARCH,
)


class Page(HTMLParser):
    """What a browser would find in a page."""

    VOID = ("meta", "link")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[int] = []
        self.feed(html)
        self.close()
        assert not self._open, "every element is closed"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))
        if tag not in self.VOID:
            self._open.append(len(self.elements) - 1)

    def handle_endtag(self, tag):
        assert self.elements[self._open.pop()][0] == tag

    def handle_data(self, data):
        if self._open:
            self.elements[self._open[-1]][2].append(data)

    def texts(self, *tags: str) -> list[tuple[str, str]]:
        return [(tag, "".join(data)) for tag, _, data in self.elements if tag in tags]

    def blocks(self) -> list[tuple[str, str]]:
        """Title, standfirst, headings and paragraphs as (tag, text), without what is said of the machine."""
        return [
            (tag, "".join(data))
            for tag, attributes, data in self.elements
            if tag in ("h1", "h2", "p") and attributes.get("class") != "mention"
        ]

    def meta(self) -> dict[str, str | None]:
        metas = [attributes for tag, attributes, _ in self.elements if tag == "meta"]
        return {name: m["content"] for m in metas if (name := m.get("name") or m.get("property"))}

    def mentions(self) -> list[str]:
        return ["".join(data) for _, attributes, data in self.elements if attributes.get("class") == "mention"]

    def data(self) -> dict:
        ((_, text),) = self.texts("script")
        return json.loads(text)


def page(of: Article, disclosure: Disclosure = UNSIGNED, source: Source = SOURCE) -> Page:
    return Page(to_html(of, source, disclosure))


# --- what readers see --------------------------------------------------------------------------------------


def test_title_standfirst_sections_and_paragraphs_stand_in_order():
    assert page(HALLE).blocks() == [
        ("h1", "La halle rouvre lundi"),
        ("p", "Six ans après l’incendie, les étals sont prêts."),
        ("h2", "Un chantier de six ans"),
        ("p", "La halle est neuve. Elle avait brûlé."),
        ("p", "« Oui » !"),
        ("p", "Le port attend."),
    ]


def test_the_page_is_french_and_another_parser_reads_the_same():
    from lxml import html

    text = to_html(HALLE, SOURCE, UNSIGNED)
    tree = html.document_fromstring(text)
    assert text.startswith("<!DOCTYPE html>\n")
    assert tree.get("lang") == "fr"
    assert [e.text_content() for e in tree.iterfind(".//section/p")] == [p.text for p in HALLE.paragraphs]
    assert len(tree.findall(".//h1")) == 1


def test_what_is_empty_leaves_no_markup_behind():
    made = page(article("Texte.", " ", standfirst="", heading=""))
    assert made.blocks() == [("h1", "Titre"), ("p", "Texte.")]
    assert "description" not in made.meta()
    assert "description" not in made.data()
    assert "articleSection" not in made.data()


def test_nothing_is_fetched_and_nothing_runs():
    made = page(HALLE)
    links = [a for _, a, _ in made.elements if {"src", "srcset", "href", "action", "data", "poster"} & a.keys()]
    ((_, style),) = made.texts("style")
    assert links == [{"rel": "icon", "href": "data:,"}]
    assert [a for tag, a, _ in made.elements if tag == "script"] == [{"type": "application/ld+json"}]
    assert not [name for _, a, _ in made.elements for name in a if name.startswith("on")]
    assert not re.search(r"url\(|@import|https?:", style)


@pytest.mark.parametrize("feature", ["prefers-color-scheme: dark", "@media print", "@page"])
def test_the_page_is_for_light_dark_and_paper(feature):
    assert feature in page(HALLE).texts("style")[0][1]


# --- what programs read ------------------------------------------------------------------------------------


def test_the_head_has_what_search_engines_show():
    made = page(HALLE)
    assert made.texts("title") == [("title", "La halle rouvre")]
    assert made.meta() == {
        "viewport": "width=device-width, initial-scale=1",
        "description": "La halle rouvre lundi.",
        "slug": "halle-rouvre",
        "keyphrase": "halle aux poissons",
        "keywords": "halle aux poissons, port, chantier",
        "generator": "rewriter 0.1.0",
        "color-scheme": "light dark",
        "og:type": "article",
        "og:locale": "fr_FR",
        "og:title": "La halle rouvre lundi",
        "og:description": "La halle rouvre lundi.",
    }


def test_an_article_without_search_data_has_its_title_and_standfirst_there():
    made = page(replace(HALLE, search=None))
    assert made.texts("title") == [("title", HALLE.title)]
    assert made.meta()["description"] == made.meta()["og:description"] == HALLE.standfirst
    assert not {"slug", "keyphrase", "keywords"} & made.meta().keys()
    assert "keywords" not in made.data()


def test_the_data_describe_a_news_article_and_what_it_is_based_on():
    assert page(HALLE, source=replace(SOURCE, background=(MORE,))).data() == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "La halle rouvre lundi",
        "description": "La halle rouvre lundi.",
        "inLanguage": "fr",
        "keywords": ["halle aux poissons", "port", "chantier"],
        "articleSection": ["Un chantier de six ans"],
        "wordCount": 19,
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": name,
                "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": digest * 32},
            }
            for name, digest in (("halle.txt", "ab"), ("archives.txt", "cd"))
        ],
        "creator": {"@type": "SoftwareApplication", "name": "rewriter 0.1.0"},
        "digitalSourceType": [SCHEMA_TYPE, DIGITAL_SOURCE_TYPE],
    }


def test_a_source_without_a_name_has_its_digest_alone():
    disclosure = replace(UNSIGNED, sources=("ab" * 32, "ef" * 32))
    works = page(HALLE, disclosure, replace(SOURCE, name="-")).data()["isBasedOn"]
    assert [(work.get("name"), work["identifier"]["value"]) for work in works] == [(None, "ab" * 32), (None, "ef" * 32)]


# --- who wrote it ------------------------------------------------------------------------------------------


def test_readers_are_told_of_the_machine_above_the_text():
    text = to_html(HALLE, SOURCE, UNSIGNED)
    mention = "Cet article a été réécrit par une machine\u00a0: modèle Qwen2.5 1.5B, programme rewriter 0.1.0."
    assert Page(text).mentions() == [mention]
    assert text.index(HALLE.standfirst, text.index("<h1>")) < text.index(mention) < text.index("<section>")


def test_once_signed_the_label_goes_and_names_stand_at_the_foot():
    made = page(HALLE, SIGNED)
    assert made.mentions() == []
    assert made.blocks()[-1] == ("p", "Relu par Anne Le Goff. Responsabilité éditoriale\u00a0: Le Courrier.")
    assert "digitalSourceType" not in made.data()
    assert made.data()["editor"] == {"@type": "Person", "name": "Anne Le Goff"}
    assert made.data()["publisher"] == {"@type": "Organization", "name": "Le Courrier"}


def test_who_answers_for_their_own_review_is_a_person():
    assert page(HALLE, replace(SIGNED, responsible="Anne Le Goff")).data()["publisher"]["@type"] == "Person"


@pytest.mark.parametrize("half", [{"responsible": ""}, {"reviewer": ""}])
def test_half_a_signature_is_none(half):
    made = page(HALLE, replace(SIGNED, **half))
    assert made.mentions()
    assert made.data()["digitalSourceType"] == [SCHEMA_TYPE, DIGITAL_SOURCE_TYPE]
    assert not {"editor", "publisher"} & made.data().keys()


# --- any text ----------------------------------------------------------------------------------------------

TRICKY = [
    "</script><script>alert(1)</script>",
    "<!-- <script> -->",
    "</title></style><b>gras</b>",
    "{{ page.title }} {% raw %} {# rien #}",
    "Il dit \"oui\" et l'autre 'non'",
    "AT&T &amp; &eacute; &#233; &copy",
    "une barre \\ et \\u003c et \\n",
    "👩‍👩‍👧‍👦 🇫🇷 é e\u0301 ﷽",
    "espace insécable\u00a0: «\u00a0oui\u00a0» et fine\u202f!",
    "]]> <![CDATA[ <?php ?>",
]


@pytest.mark.parametrize("text", TRICKY)
def test_no_text_turns_into_markup(text):
    search = Search(text, text, text, text, (text,))
    made = page(article(text, title=text, standfirst=text, heading=text, search=search), UNSIGNED)
    assert made.blocks() == [("h1", text), ("p", text), ("h2", text), ("p", text)]
    assert made.texts("title") == [("title", text)]
    assert {made.meta()[name] for name in ("description", "slug", "keyphrase", "og:title", "og:description")} == {text}
    assert made.data()["headline"] == made.data()["description"] == text
    assert made.data()["keywords"] == [text, text]


def test_names_do_not_turn_into_markup_either():
    name = '</script>"<b>&'
    made = page(HALLE, Disclosure(name, name, (), name, name), replace(SOURCE, name=name))
    assert made.data()["creator"]["name"] == made.data()["editor"]["name"] == made.meta()["generator"] == name
    assert made.data()["isBasedOn"][0]["name"] == name
    assert name in page(HALLE, Disclosure(name, name)).mentions()[0]


def test_line_ends_are_spaces_and_what_no_format_holds_goes():
    text = "a\u2028b\r\nc\t d\0\x08\x9f\ud800\ufffee\x85f"
    made = page(article(text, title=text))
    assert made.blocks()[0] == ("h1", "a b c de f")
    assert made.data()["headline"] == "a b c de f"
    assert to_html(article(text, title=text), SOURCE, UNSIGNED).encode("utf-8")


LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff").filter(
    lambda letter: not "\ufdd0" <= letter <= "\ufdef"
)
MARKS = st.sampled_from(list("<>&\"'/\\{}%#-]![();: 1a"))
PRINTABLE = st.text(MARKS | LETTERS, min_size=1).map(lambda t: re.sub(" +", " ", t).strip()).filter(bool)
"""Texts on one line, which every format must give back letter by letter."""


@given(PRINTABLE)
@example("</script>")
@settings(deadline=None, max_examples=300)
def test_any_text_reads_back_as_it_was(text):
    made = page(article(text, title=text, standfirst=text, heading=text))
    assert made.blocks() == [("h1", text), ("p", text), ("h2", text), ("p", text)]
    assert made.data()["headline"] == made.data()["articleSection"][0] == text
    assert made.meta()["og:title"] == text
