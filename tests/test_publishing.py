"""What is published says what the article says: Markdown, the record, the lines on the terminal."""

from __future__ import annotations

import hashlib
import json
import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rewriter.article import Article, Finding, Kept, Paragraph, Passage, Removal, Request, Section, Source
from rewriter.errors import ModelError
from rewriter.progress import Silent
from rewriter.publishing import record
from rewriter.publishing.markdown import to_markdown
from rewriter.publishing.summary import to_clean_text, to_receipt, to_summary
from rewriter.settings import EngineSettings, WritingSettings

DIGEST = hashlib.sha256(b"bytes").hexdigest()
MODEL = record.ModelFile("m.gguf", "A Model", "llama", 5, "ab" * 32)
SOURCE = Source(
    name="halle.txt",
    digest=DIGEST,
    encoding="cp1252",
    language="fr",
    title="La halle rouvre",
    paragraphs=("La halle rouvre lundi. Elle a brûlé en 2019.",),
    request=Request(text="Make it 500 words", words=500),
    removals=(
        Removal(0, "typography", "rouvre..", "rouvre.", "Point doublé."),
        Removal(2, "caption", "La halle,\nvue du port " + "x" * 200, "", "Légende de photo."),
    ),
)


def kept(text: str, number: int = 0, origin="model", findings=()) -> Kept:
    return Kept(Passage(number, 0, ("La halle rouvre lundi.",)), text, origin, 6, 0.75, findings)


def article(*texts: str, title="Titre", standfirst="Chapô.", heading="Intertitre", findings=()) -> Article:
    paragraphs = tuple(Paragraph((kept(text),)) for text in texts)
    return Article(title, standfirst, (Section(heading, paragraphs),), findings)


# --- Markdown ----------------------------------------------------------------------------------------------


def read_back(markdown: str) -> list[tuple[str, str]]:
    """The blocks of a Markdown text as (tag, text); any tag but h1, h2, p is text become markup."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    blocks = []
    for opening, inline in pairwise(tokens):
        if inline.type == "inline":
            children = inline.children or []
            assert {child.type for child in children} <= {"text", "strong_open", "strong_close"}, markdown
            blocks.append((opening.tag, "".join(child.content for child in children)))
    assert len(blocks) * 3 == len(tokens), markdown  # nothing but opening, text, closing
    return blocks


def test_title_standfirst_sections_and_paragraphs_stand_in_order():
    sections = (
        Section("Un", (Paragraph((kept("A un."), kept("A deux."))), Paragraph((kept("B."),)))),
        Section("Deux", (Paragraph((kept("C."),)),)),
    )
    assert to_markdown(Article("Titre", "Chapô.", sections)) == (
        "# Titre\n\n**Chapô.**\n\n## Un\n\nA un. A deux.\n\nB.\n\n## Deux\n\nC.\n"
    )


def test_what_is_empty_leaves_no_markup_behind():
    assert to_markdown(article("Texte.", standfirst="", heading="")) == "# Titre\n\nTexte.\n"


def test_plain_french_is_not_touched():
    text = "« C’est 5 % de plus » : l’OTAN (créée en 1949) paiera 3,5 € – ou 4 ! Voir lemonde.fr & co. #OTAN A+"
    assert f"\n\n{text}\n" in to_markdown(article(text))


TRICKY = [
    "# pas un titre",
    "####### sept",
    "- pas une liste",
    "-",
    "---",
    "- - -",
    "+ plus",
    "* étoile",
    "1. pas une liste",
    "2014. Une année",
    "12) douze",
    "1234567890. trop long",
    "> pas une citation",
    "*gras* et **gras** et _italique_ et __souligné__",
    "snake_case et 2*3*4",
    "`code` et ``code``",
    "```",
    "~~~",
    "~~barré~~",
    "<b>gras</b> et <https://exemple.fr> et 3 < 5",
    "<!-- rien -->",
    "[lien](https://exemple.fr) ![image](x.png) [1]",
    "[1]: https://exemple.fr",
    "&amp; &eacute; &#233; AT&T",
    "une barre \\ et \\* et \\",
    "C#",
    "finit par #",
    "finit par ###",
    "| a | b |",
    "===",
    "deux  espaces   et\nune ligne\r\net\tune tabulation",
    "espace insécable : « oui » et fine !",
    "    code ?",
    "a\u2028b",
]


@pytest.mark.parametrize("text", TRICKY)
def test_no_text_turns_into_markup(text):
    plain = re.sub("[ \t-\r\u2028]+", " ", text).strip()
    made = to_markdown(article(text, title=text, standfirst=text, heading=text))
    assert read_back(made) == [("h1", plain), ("p", plain), ("h2", plain), ("p", plain)]


LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
MARKS = st.sampled_from(list("#*_-+.)>`~<&;[]()!\\|=: \n1a"))


@given(st.text(MARKS | LETTERS, min_size=1).filter(lambda text: re.sub(r"\s", "", text)))
@example("1.")
@settings(deadline=None, max_examples=300)
def test_any_text_reads_back_as_it_was(text):
    plain = re.sub("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+", " ", text).strip()
    made = to_markdown(article(text, title=text, standfirst="", heading=text))
    assert [block for _, block in read_back(made)] == [plain] * 3


# --- the record --------------------------------------------------------------------------------------------


def made_record(seconds: float = 12.3) -> dict:
    finding = Finding("numbers", "warning", "À vérifier : 2019.", (3, 7))
    paragraph = Paragraph((kept("La halle est rouverte.", findings=(finding,)), kept("Telle quelle.", 1, "source")))
    whole = Article("T", "C", (Section("S", (paragraph,)),), (Finding("words", "error", "Trop court."),))
    run = record.Run(MODEL, EngineSettings(threads=2), WritingSettings(words=800), seconds)
    return record.to_record(whole, SOURCE, run, {})


def test_the_record_tells_what_went_in():
    made = json.loads(record.to_json(made_record()))
    assert made["schema_version"] == 1
    assert made["model"] == {
        "file": "m.gguf", "name": "A Model", "architecture": "llama", "size": 5, "sha256": "ab" * 32
    }  # fmt: skip
    assert made["settings"]["writing"]["words"] == 800
    assert made["settings"]["writing"]["seed"] == WritingSettings().seed
    assert made["settings"]["engine"]["threads"] == 2
    assert made["source"]["sha256"] == DIGEST
    assert made["source"]["encoding"] == "cp1252"
    assert made["source"]["request"]["words"] == 500
    assert [removal["reason"] for removal in made["source"]["removals"]] == ["typography", "caption"]
    assert set(made["program"]) == {"rewriter", "python", "llama_cpp_python", "platform"}


def test_the_record_tells_of_every_paragraph_where_it_came_from():
    made = json.loads(record.to_json(made_record()))["article"]
    (paragraph,) = made["sections"][0]["paragraphs"]
    first, second = paragraph["kept"]
    assert paragraph["text"] == "La halle est rouverte. Telle quelle."
    assert first["passage"] == {
        "number": 0,
        "paragraph": 0,
        "sentences": ["La halle rouvre lundi."],
        "background": "",
        "quoted": False,
    }
    assert (first["tries"], first["truth"], first["origin"], first["fallback"]) == (6, 0.75, "model", False)
    assert first["findings"][0]["message"] == "À vérifier : 2019."
    assert second["fallback"] is True
    assert made["passed"] is False
    assert made["findings"][0]["check"] == "words"


def test_all_but_the_run_is_the_same_whatever_the_clock_says():
    first, second = made_record(12.3), made_record(99.9)
    assert first.pop("run") == {"seconds": 12.3}
    assert second.pop("run") == {"seconds": 99.9}
    assert record.to_json(first) == record.to_json(second)


def test_the_record_can_be_read_by_people():
    text = record.to_json(made_record())
    assert "À vérifier" in text
    assert text.endswith("}\n")


def test_a_model_is_hashed_in_blocks_with_progress(tmp_path, monkeypatch):
    monkeypatch.setattr(record, "_BLOCK", 4)
    path = tmp_path / "m.gguf"
    path.write_bytes(b"0123456789")
    steps = []

    class Counting(Silent):
        def phase(self, name, total):
            steps.append(total)

        def advance(self, done=1, words=0):
            steps.append(done)

    assert record.hash_model(path, Counting()) == hashlib.sha256(b"0123456789").hexdigest()
    assert steps == [3, 1, 1, 1]


def test_a_model_that_vanished_is_told(tmp_path):
    with pytest.raises(ModelError, match=r"gone\.gguf: cannot be read"):
        record.hash_model(tmp_path / "gone.gguf", Silent())


# --- the terminal ------------------------------------------------------------------------------------------


def told(detail: str) -> str:
    whole = [
        Finding("words", "error", "Trop court."),
        Finding("seo", "warning", "Titre long."),
        Finding("x", "note", "Noter."),
    ]
    noted = Paragraph((kept("A.", findings=(Finding("names", "warning", "Nom à voir."),)), kept("B.", 1, "source")))
    made = Article("T", "C", (Section("S", (noted, Paragraph((kept("C.", 2),)))),), tuple(whole))
    return "\n".join(to_summary(made, words=90, seconds=30.0, detail=detail))


def test_the_summary_counts():
    first = told("usual").splitlines()[0]
    assert first == (
        "90 words, 1 section, 2 paragraphs, 3 passages, 1 in the source's own words, 30 s, 180 words a minute"
    )


def test_the_usual_summary_has_errors_and_warnings_and_says_where_the_rest_is():
    text = told("usual")
    assert "error (words): Trop court." in text
    assert "warning (seo): Titre long." in text
    assert "Noter." not in text
    assert "Nom à voir." not in text
    assert "1 finding about single paragraphs: see --verbose or --record" in text


def test_the_full_summary_has_every_finding_and_its_paragraph():
    text = told("all")
    assert "note (x): Noter." in text
    assert "paragraph 1, warning (names): Nom à voir." in text
    assert "--verbose" not in text


def test_the_shortest_summary_has_errors_alone():
    assert told("failures") == "  error (words): Trop court."


def test_an_article_made_in_no_time_has_a_speed_all_the_same():
    assert "60 words a minute" in to_summary(article("A."), words=1, seconds=0.0, detail="usual")[0]


def test_the_clean_text_has_title_and_paragraphs():
    assert to_clean_text(SOURCE) == "La halle rouvre\n\nLa halle rouvre lundi. Elle a brûlé en 2019.\n"


def test_the_receipt_tells_every_removal_on_lines_of_its_own():
    lines = to_receipt(SOURCE).splitlines()
    assert lines[:3] == ["", "--- 2 removals", "request: Make it 500 words"]
    assert lines[3:5] == ["title, typography: rouvre.. -> rouvre.", "    Point doublé."]
    assert lines[5].startswith("paragraph 2, caption: La halle, vue du port xxx")
    assert lines[5].endswith("x…")
    assert len(lines[5]) < 130
    assert lines[6] == "    Légende de photo."
