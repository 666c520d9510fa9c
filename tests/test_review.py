"""The review page: its structure, its links, its marks, and that no text of anybody's turns into markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.article import Article, Finding, Kept, Paragraph, Passage, Remark, Removal, Request, Section, Source
from rewriter.publishing.review import Mark, Reviewed, source_sentences, to_review

SOURCE = Source(
    name="halle.txt",
    digest="ab" * 32,
    encoding="utf-8",
    language="fr",
    title="La halle rouvre",
    paragraphs=("La halle rouvre lundi. Elle a brûlé en 2019.", "Le maire se dit heureux."),
    request=Request(text="Make it 500 words", words=500),
    removals=(
        Removal(2, "caption", "La halle vue du port.", "", "Légende de photo."),
        Removal(3, "typography", "rouvre..", "rouvre.", "Point doublé."),
        Removal(0, "a new reason", "Titre ;", "Titre", ""),
    ),
)
THEIRS = source_sentences(SOURCE)
OURS = (
    Reviewed("La halle est rouverte lundi.", 0, "rewording", 0.875, (0,), (Mark((22, 27), "date", "ok"),)),
    Reviewed("Le feu l’a prise en 2018.", 0, "model", 0.5, (1, 0), (Mark((20, 24), "date", "wrong"),)),
    Reviewed("Elle a brûlé en 2019.", 1, "source", None, (1,)),
)
FINDINGS = (
    Remark(Finding("dates", "error", "La date n'est pas dans la source.", (20, 24), "2019"), 2),
    Remark(Finding("stand-in", "warning", "Laissée telle quelle : « Elle a brûlé en 2019. »"), 3),
    Remark(Finding("coverage", "note", "L'article ne reprend pas : « Le maire se dit heureux. »")),
    Remark(Finding("words", "error", "Trop court.")),
)


def article(ours=OURS, title="Titre", standfirst="Chapô.", heading="Intertitre") -> Article:
    """An article whose paragraphs hold the sentences."""
    last = max((o.paragraph for o in ours if o.paragraph is not None), default=0)
    texts = [" ".join(o.text for o in ours if o.paragraph == i) for i in range(last + 1)]
    paragraphs = tuple(Paragraph((Kept(Passage(i, 0, THEIRS[:1]), text, "model", 1),)) for i, text in enumerate(texts))
    return Article(title, standfirst, (Section(heading, paragraphs),))


# --- reading the page --------------------------------------------------------------------------------------

VOID = {"meta", "link", "line", "rect", "br", "hr", "img", "input"}


@dataclass
class Node:
    tag: str
    attributes: dict[str, str]
    parts: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def walk(self) -> Iterator[Node]:
        yield self
        for part in self.parts:
            if isinstance(part, Node):
                yield from part.walk()

    def all(self, tag: str = "", of: str = "") -> list[Node]:
        return [n for n in self.walk() if (not tag or n.tag == tag) and (not of or of in n.classes)]

    def text(self, without: str = "") -> str:
        """The text, left out what stands in elements of a class."""
        if without and without in self.classes:
            return ""
        return "".join(part if isinstance(part, str) else part.text(without) for part in self.parts)


class Reader(HTMLParser):
    """Builds the tree, and fails where an element is not closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs})
        assert len(node.attributes) == len(attrs)
        self.open[-1].parts.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        assert tag in VOID

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        self.open[-1].parts.append(data)


def parsed(page: str) -> Node:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1
    return reader.open[0]


def made(ours=OURS, findings=FINDINGS, source=SOURCE, **texts) -> Node:
    return parsed(to_review(article(ours, **texts), source, ours, findings))


def by_id(page: Node) -> dict[str, Node]:
    ids = [node.attributes["id"] for node in page.walk() if "id" in node.attributes]
    assert len(set(ids)) == len(ids)
    return {node.attributes["id"]: node for node in page.walk() if "id" in node.attributes}


def one(page: Node, name: str) -> Node:
    return by_id(page)[name]


PAGE = made()


# --- structure ---------------------------------------------------------------------------------------------


def test_the_page_asks_nothing_of_a_network():
    assert not [n.tag for n in PAGE.walk() if "src" in n.attributes or n.tag in ("img", "iframe", "object", "form")]
    assert [n.attributes["href"] for n in PAGE.all("link")] == ["data:,"]
    assert all(n.attributes["href"].startswith("#") for n in PAGE.all("a"))
    for text in (PAGE.all("style")[0].text(), PAGE.all("script")[0].text()):
        assert not re.search(r"url\(|@import|https?:|fetch|XMLHttp|innerHTML", text)
    (policy,) = [n.attributes["content"] for n in PAGE.all("meta") if "http-equiv" in n.attributes]
    assert policy.startswith("default-src 'none';")


def test_every_reference_leads_somewhere():
    ids = by_id(PAGE)
    for node in PAGE.walk():
        for name in ("data-with", "data-for", "aria-labelledby", "aria-describedby"):
            assert set(node.attributes.get(name, "").split()) <= set(ids), node
        if node.tag == "a":
            assert node.attributes["href"][1:] in ids


def test_the_page_has_landmarks_headings_and_a_way_past_them():
    assert PAGE.all("html")[0].attributes["lang"] == "fr"
    assert {n.tag for n in PAGE.walk()} >= {"header", "nav", "main", "footer"}
    levels = [int(n.tag[1]) for n in PAGE.walk() if re.fullmatch("h[1-6]", n.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    first_link = PAGE.all("a")[0]
    assert "skip" in first_link.classes
    assert one(PAGE, first_link.attributes["href"][1:]).tag == "section"


def test_the_same_article_makes_the_same_page():
    arguments = article(), SOURCE, OURS, FINDINGS
    assert to_review(*arguments) == to_review(*arguments)


def test_an_article_without_sentences_has_its_page_all_the_same():
    page = made((), ())
    assert "Aucune remarque." in page.text()
    assert "Aucun contrôle n’a échoué" in page.text()
    assert len(page.all(of="omitted")) == len(THEIRS)


# --- the two columns ---------------------------------------------------------------------------------------


def test_every_sentence_of_the_article_links_to_its_source_and_back():
    ids = by_id(PAGE)
    for number, told in enumerate(OURS, 1):
        sentence = ids[f"a{number}"]
        assert sentence.text(without="x") == told.text
        wanted = [f"s{i + 1}" for i in told.source_sentences]
        assert sentence.attributes["data-with"].split() == wanted
        assert [n.attributes["href"] for n in sentence.all("a", "ref")] == [f"#{s}" for s in wanted]
        assert all(f"a{number}" in ids[s].attributes["data-with"].split() for s in wanted)
    assert ids["s2"].attributes["data-with"] == "a2 a3"
    assert [ids[f"s{i}"].all(of="t")[0].text() for i in (1, 2, 3)] == list(THEIRS)


def test_what_the_article_leaves_out_is_marked_in_words():
    ids = by_id(PAGE)
    assert [n.attributes["id"] for n in PAGE.all(of="omitted")] == ["s3"]
    assert "non repris" in ids["s3"].text()
    assert "non repris" not in ids["s1"].text()


def test_a_sentence_in_the_sources_words_says_so():
    ids = by_id(PAGE)
    assert "phrase de la source" in "".join(n.text() for n in ids["a3"].all(of="tag"))
    assert not ids["a1"].all(of="tag")


def test_a_sentence_without_source_says_so_and_points_nowhere():
    page = made((replace(OURS[0], source_sentences=(99,)),), ())
    assert "sans source" in one(page, "a1").text()
    assert one(page, "a1").attributes["data-with"] == ""


def test_background_goes_on_counting_after_the_source():
    more = replace(SOURCE, name="dossier.txt", title=None, paragraphs=("Le port date de 1953.",), removals=())
    page = made((replace(OURS[0], source_sentences=(3,)),), (), replace(SOURCE, background=(more,)))
    assert "Le port date de 1953." in one(page, "s4").text()
    assert one(page, "a1").attributes["data-with"] == "s4"
    assert "dossier.txt" in one(page, "source").text()


def test_the_standfirst_is_a_sentence_where_a_passage_stands_there():
    lead = replace(OURS[0], paragraph=None)
    assert one(made((lead, *OURS[1:])), "article").all(of="standfirst")[0].all(of="s")
    (written,) = one(PAGE, "article").all(of="standfirst")
    assert written.text() == "Chapô."


# --- facts -------------------------------------------------------------------------------------------------


def test_no_state_of_a_fact_is_told_by_colour_alone():
    wrong = one(PAGE, "a2")
    (fact,) = wrong.all(of="fact")
    assert fact.text() == "2018"
    assert {"date", "wrong"} <= set(fact.classes)
    assert fact.attributes["title"] == "Date : erreur, la source ne dit pas cela ainsi"
    assert wrong.all(of="sign")[0].text() == "✕"
    assert "(date : erreur, la source ne dit pas cela ainsi)" in wrong.text()
    assert not one(PAGE, "a1").all(of="sign")
    style = PAGE.all("style")[0].text()
    lines = {s: re.search(rf"\.fact\.{s} {{[^}}]*underline (\w+)", style)[1] for s in ("elsewhere", "wrong")}
    assert lines == {"elsewhere": "dashed", "wrong": "double"}


def test_a_name_in_a_quotation_stands_in_it():
    text = "« Merci à Anne Roy », dit-il."
    marks = (Mark((0, 20), "quotation", "ok"), Mark((10, 18), "name", "elsewhere"))
    page = made((replace(OURS[0], text=text, facts=marks),), ())
    outer, inner = one(page, "a1").all(of="fact")
    assert outer.text(without="x") == "« Merci à Anne Roy »"
    assert inner in outer.parts
    assert inner.text() == "Anne Roy"
    assert one(page, "a1").text(without="x") == text


# --- findings ----------------------------------------------------------------------------------------------


def points(page: Node, gravity: str) -> list[Node]:
    (group,) = [n for n in one(page, "remarques").walk() if gravity in n.classes and n.all("h3")]
    return [n for n in group.all("li") if "id" in n.attributes]


def test_findings_stand_by_gravity_and_link_to_their_sentences():
    errors, warnings, notes = (points(PAGE, gravity) for gravity in ("error", "warning", "note"))
    assert [len(errors), len(warnings), len(notes)] == [2, 1, 1]
    assert [n.attributes["href"] for n in errors[0].all("a")] == ["#a2"]
    assert "Plutôt\u00a0: 2019" in errors[0].text()
    assert not errors[1].all("a")
    assert [n.attributes["href"] for n in warnings[0].all("a")] == ["#a3"]
    assert [n.attributes["href"] for n in notes[0].all("a")] == ["#s3"]
    assert "2\u00a0erreurs à voir" in PAGE.text()


def test_the_same_finding_about_several_sentences_is_listed_once():
    twice = [Remark(Finding("stand-in", "warning", f"Telle quelle : « {OURS[i].text} »"), i + 1) for i in (0, 2)]
    (point,) = points(made(findings=twice), "warning")
    assert [n.attributes["href"] for n in point.all("a")] == ["#a1", "#a3"]


def test_a_sentence_leads_back_to_what_is_said_of_it():
    (flag,) = one(PAGE, "a2").all(of="flag")
    assert one(PAGE, flag.attributes["href"][1:]) is points(PAGE, "error")[0]


def test_a_line_that_is_no_sentence_is_about_the_whole():
    (point,) = points(made(findings=(Remark(Finding("words", "error", "Trop court."), 99),)), "error")
    assert not point.all("a")


# --- figures and charts ------------------------------------------------------------------------------------


def figures(page: Node) -> dict[str, str]:
    pairs = [n.parts for n in one(page, "chiffres").all("dl")[0].all("div")]
    return {dt.text(): dd.all(of="value")[0].text() for dt, dd in pairs}


def test_the_figures_count():
    told = figures(PAGE)
    assert told["Mots"] == "17"  # with the standfirst
    assert told["Sections"] == "1"
    assert told["Mots par phrase"] == "5,3"
    assert told["Vérifié"] == "67\u00a0%"
    assert told["Phrases de la source"] == "1"
    assert told["Copié"].endswith("%")


def test_a_thousand_is_written_as_french_writes_it():
    assert figures(made((replace(OURS[0], text="mot " * 1200),), ()))["Mots"] == "1\u202f201"


def test_a_translation_has_nothing_to_copy():
    english = replace(SOURCE, language="en", paragraphs=("The hall opens on Monday.",))
    page = made(source=english)
    assert figures(page)["Copié"] == "–"
    assert "en" in [n.attributes.get("lang") for n in one(page, "source").walk()]


def test_every_chart_can_be_read_without_seeing_it():
    charts = PAGE.all("svg")
    assert len(charts) == 2
    for chart in charts:
        assert chart.attributes["role"] == "img"
        ids = chart.attributes["aria-labelledby"].split()
        assert all(one(PAGE, name).text().strip() for name in ids)
        assert all(n.all("title")[0].text().strip() for n in chart.all("g"))
    assert one(PAGE, "ld").text() == "1 à 5 mots : 2\u00a0phrases ; 6 à 10 mots : 1\u00a0phrase."
    bars = [n for n in charts[1].walk() if "data-for" in n.attributes]
    assert [n.attributes["data-for"] for n in bars] == ["a1", "a2", "a3"]
    assert "P(oui)\u00a00,88" in bars[0].all("title")[0].text()
    assert "P(oui)" not in bars[2].all("title")[0].text()
    assert "la plus basse, 0,50, est la phrase 2" in one(PAGE, "pd").text()


def test_without_the_models_opinion_there_is_no_strip():
    page = made(tuple(replace(o, truth=None) for o in OURS))
    assert len(page.all("svg")) == 1


# --- what cleaning took out --------------------------------------------------------------------------------


def test_what_cleaning_took_out_is_told_with_its_reason():
    texts = {"del", "ins", "p"}
    rows = [
        tuple(n.text().replace("\u00a0", " ") for n in row.walk() if n.tag in texts or "check" in n.classes)
        for row in one(PAGE, "nettoyage").all("li")
    ]
    assert rows == [
        ("consigne :", "Make it 500 words", "Collée au-dessus de l’article : elle n’en fait pas partie."),
        ("légende, paragraphe 2 :", "La halle vue du port.", "Légende de photo."),
        ("typographie, paragraphe 3 :", "rouvre..", "rouvre.", "Point doublé."),
        ("a new reason, titre :", "Titre ;", "Titre"),
    ]
    assert one(PAGE, "nettoyage").all("details")


def test_nothing_taken_out_is_told_too():
    assert "Rien n’a été retiré" in made(source=replace(SOURCE, removals=(), request=Request())).text()


# --- nobody's text is markup -------------------------------------------------------------------------------

HOSTILE = [
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"><svg onload='alert(1)'>",
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }} {% raw %} {# rien #}",
    "<!-- ]]> &lt; &amp; &#60;",
    "L’été 🦪👩🏽\u200d🌾 à Port-Lirec, \u202erenversé",
]
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
TEXTS = st.text(st.sampled_from(list("<>&\"'/={}%#«»“” .1aé😀")) | LETTERS, max_size=60)


def everywhere(text: str) -> Node:
    """A page with a text in every place that somebody's text can stand in."""
    ours = (replace(OURS[0], text=text, facts=(Mark((0, len(text)), "name", "wrong"),)), *OURS[1:])
    source = Source(
        text, "", "", "fr", text, (text, *SOURCE.paragraphs), Request(text, text), (Removal(1, text, text, text, text),)
    )
    source = replace(source, background=(replace(source, removals=()),), author=text, published=text)
    findings = [Remark(Finding(text, gravity, text, None, text), 1) for gravity in ("error", "warning", "note")]
    made_of = article(ours, title=text, standfirst=text, heading=text)
    return parsed(to_review(made_of, source, ours, findings))


def skeleton(page: Node) -> set[str]:
    """The elements and attributes of a page."""
    return {node.tag for node in page.walk()} | {name for node in page.walk() for name in node.attributes}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_turns_into_markup(text):
    page = everywhere(text)
    assert skeleton(page) == skeleton(everywhere("Rien de tel."))
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert page.all("h1")[0].text() == text
    assert one(page, "a1").text(without="x") == text
    assert text in page.all("title")[0].text()


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_any_text_is_text(text):
    page = everywhere(text)
    assert skeleton(page) <= skeleton(PAGE) | skeleton(everywhere("Rien de tel."))
    assert one(page, "a1").text(without="x") == text
    assert set(by_id(page)) >= {"a1", "a2", "a3"}


MARKS = st.tuples(st.integers(-3, 30), st.integers(-3, 30), st.sampled_from(["number", "name", "quotation"]))


@given(st.text(LETTERS, max_size=25), st.lists(MARKS, max_size=6))
@settings(deadline=None, max_examples=100)
def test_marks_never_change_the_text(text, marks):
    facts = tuple(Mark((first, last), kind, "elsewhere") for first, last, kind in marks)
    page = made((replace(OURS[0], text=text, facts=facts),), ())
    assert one(page, "a1").text(without="x") == text


# --- contrast ----------------------------------------------------------------------------------------------

LEAST = 4.5
"""WCAG 2.2, level AA, for text of any size."""


def themes() -> list[dict[str, str]]:
    style = PAGE.all("style")[0].text()
    found = [dict(re.findall(r"--(\w+): (#\w{6})", block)) for block in re.findall(r":root {([^}]*)}", style)]
    return found[:2]  # the third is paper


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", themes(), ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel", "lit", "on"])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "ok", "look", "bad"])
def test_text_can_be_read_on_every_ground(theme, ground, ink):
    high, low = sorted((luminance(theme[ink]), luminance(theme[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= LEAST
