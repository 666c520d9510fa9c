"""From bytes to a source: every step has its say, and nothing goes in silence."""

from __future__ import annotations

import hashlib

import pytest

from rewriter import source
from rewriter.errors import SourceError

NEWS = (
    "La maire de Valmer a annoncé lundi la réouverture de la halle aux poissons, fermée depuis 2019 "
    "après un incendie qui avait détruit la moitié des étals.\n\n"
    "Les travaux ont coûté 3,5 millions d’euros, dont un tiers payé par la région. "
    "Quarante pêcheurs retrouveront une place dès le mois de mai, selon la mairie.\n"
)


def test_a_source_knows_its_file_its_bytes_and_its_language(tmp_path):
    path = tmp_path / "halle.txt"
    path.write_bytes(NEWS.encode("cp1252"))
    read = source.read(path)
    assert read.name == "halle.txt"
    assert read.digest == hashlib.sha256(NEWS.encode("cp1252")).hexdigest()
    assert read.encoding == "cp1252"
    assert read.language == "fr"
    assert len(read.paragraphs) == 2
    assert read.paragraphs[0].startswith("La maire de Valmer")


def test_author_and_date_are_data_and_no_part_of_the_text(tmp_path):
    path = tmp_path / "halle.md"
    path.write_text(f"---\ntitle: Valmer rouvre sa halle\nauthor: Anne Lenoir\ndate: 2024-05-02\n---\n{NEWS}", "utf-8")
    read = source.read(path)
    assert (read.title, read.author, read.published) == ("Valmer rouvre sa halle", "Anne Lenoir", "2024-05-02")
    assert len(read.paragraphs) == 2
    assert "Lenoir" not in read.whole


def test_a_plain_text_tells_no_author_and_no_date():
    read = source.read(None, NEWS.encode())
    assert (read.author, read.published) == ("", "")


def test_standard_input_is_a_source_called_dash():
    read = source.read(None, NEWS.encode())
    assert (read.name, read.encoding) == ("-", "utf-8")
    assert len(read.paragraphs) == 2


def test_an_english_article_is_told_as_such():
    text = "The mayor of Valmer said on Monday that the fish market, closed since a fire in 2019, will reopen.\n"
    assert source.read(None, text.encode()).language == "en"


def test_the_request_is_taken_apart_and_the_title_found_below_it():
    order = "Make this article seo compatible, be in french, create at least 600 words"
    read = source.read(None, f"{order}\n\nValmer rouvre sa halle\n\n{NEWS}".encode())
    assert read.request.words == 600
    assert read.request.seo
    assert "Valmer rouvre sa halle" in (read.title, read.request.title)
    assert len(read.paragraphs) == 2


def test_the_title_is_found_above_the_lines_of_the_page():
    page = (
        "Publié le 7 novembre 2024 à 06h12, mis à jour à 09h40 • Temps de lecture : 5 min.\n\n"
        "Partager : Facebook – X – Copier le lien\n\n"
    )
    read = source.read(None, f"Valmer rouvre sa halle\n\n{page}{NEWS}".encode())
    assert (read.title, len(read.paragraphs)) == ("Valmer rouvre sa halle", 2)
    read = source.read(None, f"{page}MER ET PÊCHE\n\nValmer rouvre sa halle\n\n{NEWS}".encode())
    assert (read.title, len(read.paragraphs)) == ("Valmer rouvre sa halle", 2)


def test_a_title_that_opens_with_a_quotation_glued_to_the_request_keeps_its_mark():
    order = "Rewrite in French, with subheadings, at least 700 words."
    title = "'A river isn't a wall': anger in Valmer as ferry sinks"
    read = source.read(None, f"{order}{title}\n\n{NEWS}".encode())
    assert (read.request.text, read.title) == (order, title)


def test_a_title_is_put_right_and_the_receipt_says_so():
    read = source.read(None, f"La mairie de Valmer dÃ©voile la halle rÃ©novÃ©e\n\n{NEWS}".encode())
    assert read.title == "La mairie de Valmer dévoile la halle rénovée"
    assert [(r.paragraph, r.reason) for r in read.removals if r.paragraph == 0] == [(0, "mojibake")]


def test_what_cleaning_takes_is_on_the_receipt():
    read = source.read(None, f"{NEWS}\nLire aussi : dix recettes de sardines\n".encode())
    assert len(read.paragraphs) == 2
    assert [r.text for r in read.removals] == ["Lire aussi : dix recettes de sardines"]


def test_a_source_without_news_is_refused_with_what_it_held():
    with pytest.raises(SourceError) as caught:
        source.read(None, b"Photo : AFP\n\nLire aussi : dix recettes de sardines\n")
    assert caught.value.message.startswith("standard input: no paragraph of news in it: ")
    assert "caption 1" in caught.value.message
    assert "rewrite clean --receipt -" in caught.value.tip


def test_a_source_without_news_still_has_its_receipt():
    read = source.read_unjudged(None, b"Photo : AFP\n\nPhoto : AFP\n")
    assert read.paragraphs == ()
    assert read.removals
    with pytest.raises(SourceError):
        source.require_news(read, None)
