"""Any file of text is read as a title and paragraphs; what is no text is refused in one clear line."""

from __future__ import annotations

import gzip
import io
import os
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewriter.errors import SourceError
from rewriter.source.decoding import decode
from rewriter.source.formats import MAX_BYTES, READERS, load, read_bytes, read_stream
from rewriter.source.layout import paragraphs_of, split_title
from rewriter.source.patterns import toml_file

LAYOUTS = toml_file(Path(__file__).parent / "cases" / "layouts.toml")["case"]
FRENCH = "« L’été, à Brécy, coûte 12 € », dit-il – l’œil sûr.\n\nLe port ferme."


@pytest.mark.parametrize("case", LAYOUTS, ids=[case["name"] for case in LAYOUTS])
def test_title_and_paragraphs_of_a_layout(case: dict[str, Any]) -> None:
    raw = load(Path(f"article{case['suffix']}"), case["text"].encode()).raw
    assert (raw.title, list(raw.paragraphs)) == (case.get("title"), case["paragraphs"])


# --- encodings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (FRENCH.encode("utf-8"), "utf-8"),
        (FRENCH.encode("utf-8-sig"), "utf-8"),
        (FRENCH.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + FRENCH.encode("utf-16-be"), "utf-16"),
        (FRENCH.encode("utf-16-le"), "utf-16-le"),
        (FRENCH.encode("utf-16-be"), "utf-16-be"),
        (FRENCH.encode("utf-32"), "utf-32"),
        (FRENCH.encode("cp1252"), "cp1252"),
        (FRENCH.replace("\n", "\r\n").encode("cp1252"), "cp1252"),
        (FRENCH.replace("\n", "\r").encode("utf-8"), "utf-8"),
        (FRENCH.replace("\n", "\r\r\n").encode("utf-8"), "utf-8"),
        (FRENCH.replace("\n\n", "\u2029").encode("utf-8"), "utf-8"),
        (FRENCH.replace("port", "po\x07rt\ufeff").encode("utf-8"), "utf-8"),
    ],
)
def test_text_is_decoded(data: bytes, encoding: str) -> None:
    decoded = decode(data, "article.txt")
    assert (decoded.text, decoded.encoding) == (FRENCH, encoding)


def test_latin_1_is_decoded() -> None:
    assert decode("L'été à Brécy".encode("latin-1"), "a.txt").text == "L'été à Brécy"
    assert decode("L'été à Brécy".encode("latin-1"), "a.txt").encoding == "latin-1"


def test_one_foreign_byte_does_not_spoil_utf_8() -> None:
    decoded = decode("L’été à Brécy, ".encode() + b"d\xe9j\xe0 l\x92automne", "a.txt")
    assert (decoded.text, decoded.encoding) == ("L’été à Brécy, déjà l’automne", "utf-8")


def test_character_cut_off_at_the_end_does_not_spoil_utf_8() -> None:
    assert decode("L’été à Brécy".encode() + "é".encode()[:1], "a.txt").text.startswith("L’été à Brécy")


def test_mojibake_is_left_for_cleaning() -> None:
    mojibake = "L’été".encode().decode("latin-1")
    assert decode(mojibake.encode(), "a.txt").text == mojibake


@pytest.mark.parametrize(
    ("encoding", "declared", "told"),
    [
        ("iso-8859-15", "ISO-8859-15", "iso8859-15"),
        ("iso-8859-15", "latin9", "iso8859-15"),
        ("cp1252", "windows-1252", "cp1252"),
        ("cp1252", "iso-8859-1", "cp1252"),
        ("cp1252", "utf-8", "cp1252"),
        ("cp1252", "no-such-thing", "cp1252"),
        ("cp1252", "unicode_escape", "cp1252"),
        ("utf-8", "iso-8859-15", "utf-8"),
        ("utf-16", "iso-8859-15", "utf-16"),
        ("mac-roman", "macintosh", "mac-roman"),
    ],
)
def test_declared_encoding_is_believed_where_it_may_be_true(encoding: str, declared: str, told: str) -> None:
    text = "À Brécy, l'œil sûr, douze euros"
    decoded = decode(text.encode(encoding), "a.html", declared)
    assert (decoded.text, decoded.encoding) == (text, told)


def test_declared_encoding_that_does_not_fit_is_not_believed() -> None:
    assert decode("Le café\xa0: 12 €".encode("cp1252"), "a.html", "euc-jp").encoding == "cp1252"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_what_utf_8_says_is_read_as_it_stands(text: str) -> None:
    shown = text.replace("\ufeff", "").replace("\ufffe", "").replace("\u2028", "\n").replace("\u2029", "\n\n")
    if shown.strip() and not text.startswith(("PK\x03\x04", "GGUF", "BZh", "RIFF", "{\\rtf", "GIF8")):
        assert decode(text.encode(), "a.txt").text == shown


# --- what is refused ---------------------------------------------------------------------------------------


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "<x/>")
    return buffer.getvalue()


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
LOCKED = OLD_OFFICE + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n\xc2\xa0\n", "nothing but white space"),
        (b"\xef\xbb\xbf", "nothing but white space"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "is a PDF, not text"),
        (b"\n\n%PDF-1.4 later than the first byte", "is a PDF, not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is a PNG image, not text"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "is a JPEG image, not text"),
        (zipped("word/document.xml"), "is a Word document, not text"),
        (zipped("notes.txt"), "is a zip archive, not text"),
        (zipped("mimetype.vnd.oasis.opendocument.text"), "is an OpenDocument file, not text"),
        (OLD_OFFICE, "is an old Word, Excel or PowerPoint document, not text"),
        (LOCKED, "is a document locked with a password, not text"),
        (gzip.compress(b"Le port ferme.", mtime=0), "is a gzip archive, not text"),
        (b"GGUF\x03\x00\x00\x00", "is a GGUF model, not text"),
        (b"\x7fELF\x02\x01\x01", "is a program, not text"),
        (b"{\\rtf1\\ansi Le port}", "is an RTF document, not text"),
        (b"Le port\x00\x00ferme\x00", "holds binary data"),
        (bytes(range(1, 256)) * 4, "holds binary data"),
        (b"\xff\xfe" + b"\x00\xd8" * 20, "is damaged UTF-16"),
        (b"<!DOCTYPE html>\n<html><p>Le port ferme.</p></html>", "is an HTML page"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name(data: bytes, cause: str) -> None:
    with pytest.raises(SourceError) as caught:
        load(Path("article.txt"), data)
    assert caught.value.message.startswith("article.txt: ")
    assert cause in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.tip
    assert caught.value.exit_code == 3


def test_unknown_format_is_refused_with_the_formats_that_are_read() -> None:
    with pytest.raises(SourceError, match=r"article.ODT: .odt files are not read") as caught:
        load(Path("article.ODT"), b"Le port ferme.")
    assert ".docx, .htm, .html, .md, .txt" in caught.value.tip


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".doc", ""])
def test_word_document_under_another_name_is_told_how_to_be_named(suffix: str) -> None:
    with pytest.raises(SourceError, match="is a Word document, not text") as caught:
        load(Path(f"article{suffix}"), zipped("word/document.xml"))
    assert ".docx" in caught.value.tip


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_page_under_another_name_is_told_how_to_be_named(suffix: str) -> None:
    with pytest.raises(SourceError, match="is an HTML page, not plain text") as caught:
        load(Path(f"article{suffix}"), b"<!-- saved --> <!DOCTYPE html><p>Le port ferme.</p>")
    assert ".html" in caught.value.tip


def test_pdf_named_as_such_is_called_a_pdf() -> None:
    with pytest.raises(SourceError, match="is a PDF"):
        load(Path("article.pdf"), b"%PDF-1.7")


def test_suffix_may_be_in_capitals_or_missing() -> None:
    for name in ("ARTICLE.TXT", "article"):
        assert load(Path(name), b"Le port ferme.").raw.paragraphs == ("Le port ferme.",)


def test_standard_input_is_plain_text() -> None:
    loaded = load(None, "# Été".encode())
    assert (loaded.raw.paragraphs, loaded.encoding) == (("# Été",), "utf-8")


@pytest.mark.parametrize("path", [None, Path("article")], ids=["standard input", "no suffix"])
def test_page_without_a_name_is_read_as_one(path: Path | None) -> None:
    page = "<html><head><meta charset='iso-8859-15'></head><body><h1>Brécy</h1><p>Le port coûte 12 €.</p></body></html>"
    loaded = load(path, page.encode("iso-8859-15"))
    assert (loaded.raw.paragraphs, loaded.encoding) == (("Le port coûte 12 €.",), "iso8859-15")


def test_text_that_speaks_of_tags_is_no_page() -> None:
    assert load(None, b"La balise <html> a trente ans.").raw.paragraphs == ("La balise <html> a trente ans.",)


def test_standard_input_is_named_in_errors() -> None:
    with pytest.raises(SourceError, match="standard input: is empty"):
        load(None, b"")


def test_every_reader_names_the_file_that_it_refuses() -> None:
    for reader in READERS.values():
        with pytest.raises(SourceError, match=r"x\.y: is empty"):
            reader(b"", "x.y")


# --- front matter ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('---\ntitle: Le port ferme\nauthor: "Anne Lenoir"\ndate: 2024-05-02\n---', ("Anne Lenoir", "2024-05-02")),
        (
            "---\ntitre: 'Le port ferme'\nauteur: Anne Lenoir # pigiste\npublié : 2 mai 2024\n---",
            ("Anne Lenoir", "2 mai 2024"),
        ),
        (
            "---\nTitle: Le port ferme\nBy: D'Artagnan\nPublished: 2024-05-02 10:11\n---",
            ("D'Artagnan", "2024-05-02 10:11"),
        ),
        (
            "---\ntitle: >-\n  Le port\n  ferme\nauthor:\n  - Anne Lenoir\n  - 'Paul L''Hermite'\n---",
            ("Anne Lenoir, Paul L'Hermite", ""),
        ),
        ('---\nauthors: [Anne Lenoir, "Weil, Paul"]\ntitle: Le port ferme\n---', ("Anne Lenoir, Weil, Paul", "")),
        ("---\nauthor:\n- name: Anne Lenoir\n  email: a@brecy.example\ntitle: Le port ferme\n---", ("Anne Lenoir", "")),
        (
            "+++\ntitle = \"Le port ferme\"\nauthor = 'Anne Lenoir'\ndate = 2024-05-02T10:11:00Z\n+++",
            ("Anne Lenoir", "2024-05-02T10:11:00Z"),
        ),
        ('---\ntitle: Le port ferme\nauthor:\ndate: ""\n---', ("", "")),
    ],
)
def test_front_matter_tells_title_author_and_date(lines: str, told: tuple[str, str]) -> None:
    raw = load(Path("article.md"), f"{lines}\n\nLes pêcheurs protestent.\n".encode()).raw
    assert raw.title == "Le port ferme"
    assert (raw.author, raw.published) == told
    assert raw.paragraphs == ("Les pêcheurs protestent.",)


def test_quotation_marks_inside_a_title_stay() -> None:
    raw = load(Path("article.md"), b"---\ntitle: 'Le maire : \"le port ferme\"'\n---\nAinsi soit-il.").raw
    assert raw.title == 'Le maire : "le port ferme"'


def test_author_without_a_title_leaves_the_title_to_the_heading() -> None:
    raw = load(Path("article.md"), b"---\nauthor: Anne\n---\n# Le port ferme\n\nAinsi soit-il.").raw
    assert (raw.title, raw.author, raw.paragraphs) == ("Le port ferme", "Anne", ("Ainsi soit-il.",))


def test_author_in_the_text_is_no_front_matter() -> None:
    raw = load(Path("article.md"), b"Author: Anne\n\nLe port ferme.").raw
    assert (raw.author, raw.paragraphs) == ("", ("Author: Anne", "Le port ferme."))


# --- files -------------------------------------------------------------------------------------------------


def test_bytes_are_read_as_they_stand(tmp_path: Path) -> None:
    file = tmp_path / "été 2024.txt"
    file.write_bytes(b"Le port\r\nferme.\xff")
    assert read_bytes(file) == b"Le port\r\nferme.\xff"


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nulle-part\.txt: no such file"):
        read_bytes(tmp_path / "nulle-part.txt")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder"):
        read_bytes(tmp_path)


def test_file_used_as_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    with pytest.raises(SourceError, match="a/b"):
        read_bytes(tmp_path / "a" / "b")


def test_name_too_long_for_the_system(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_bytes(tmp_path / ("x" * 5000))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    file.chmod(0)
    with pytest.raises(SourceError, match="may not be read"):
        read_bytes(file)


def test_permission_is_told_from_other_causes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "a.txt"
    file.write_text("x")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceError, match=r"a\.txt: may not be read"):
        read_bytes(file)


def test_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(SourceError, match="larger than 5 MB"):
        read_bytes(file)


def test_largest_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"x" * MAX_BYTES)
    assert len(read_bytes(file)) == MAX_BYTES


def test_large_stream_is_refused() -> None:
    with pytest.raises(SourceError, match="standard input: is larger"):
        read_stream(io.BytesIO(b"x" * (MAX_BYTES + 1)))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"Le port ferme.",))
    writer.start()
    assert read_bytes(pipe) == b"Le port ferme."
    writer.join()


# --- layout ------------------------------------------------------------------------------------------------

WORDS = st.text(alphabet="abcdéèz’'-", min_size=1, max_size=9).filter(lambda w: w.strip("-") == w)


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=30).map(" ".join), max_size=6),
    st.sampled_from(["\n", "\n\n"]),
)
def test_no_word_is_lost_whatever_the_layout(lines: list[str], between: str) -> None:
    assert " ".join(paragraphs_of(between.join(lines))).split() == " ".join(lines).split()


def test_title_below_a_request_is_found_once_the_request_is_gone() -> None:
    body = "La mairie a voté mardi soir la fermeture du vieux port aux bateaux de plus de douze mètres. " * 2
    assert split_title(["Le vieux port ferme", body]) == ("Le vieux port ferme", (body,))


def test_nothing_has_no_title() -> None:
    assert split_title([]) == (None, ())
