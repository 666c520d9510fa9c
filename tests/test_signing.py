"""Signing: the label goes only when somebody answers for the words, and for these words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rewriter.article import Article, Disclosure, Kept, Paragraph, Passage, Search, Section, Source
from rewriter.cli import main
from rewriter.publishing.outputs import FORMATS, render
from rewriter.publishing.reading_back import read_back
from rewriter.publishing.record import ModelFile, Run, to_json, to_record
from rewriter.publishing.signing import lines_of
from rewriter.settings import EngineSettings, WritingSettings
from tests.scripts import source

NEWS = source("La halle de Vorlac rouvre lundi.", "Les travaux ont duré six ans.", "Le maire s'en réjouit.")
UNSIGNED = Disclosure("rewriter 0.1.0", "demo", (NEWS.digest,))
PUBLISHED = tuple(name for name in FORMATS if name != "json")
TYPES = "CompositeWithTrainedAlgorithmicMedia"


def article(*paragraphs: str, title: str = "La halle rouvre", standfirst: str = "Après six ans.") -> Article:
    texts = paragraphs or ("La halle de Vorlac rouvre lundi.", "Six ans de travaux.")
    made = tuple(Paragraph((Kept(Passage(i, i, (t,)), t, "model", 1),)) for i, t in enumerate(texts))
    search = Search("La halle rouvre", "La halle de Vorlac rouvre lundi.", "halle", "halle", ("Vorlac",))
    return Article(title, standfirst, (Section("Le marché", made),), search=search)


def write(folder: Path, *names: str) -> Path:
    """The article in files of these names, and its record."""
    formats = {".md": "markdown", ".html": "html", ".docx": "docx"}
    outputs: dict[str, tuple[str, Any]] = {}
    for name in names:
        kind = formats[Path(name).suffix]
        data = render(article(), NEWS, UNSIGNED, kind)
        outputs[name] = kind, data
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    run = Run(ModelFile("m.gguf", "demo", "x", 1, "0"), EngineSettings(), WritingSettings(), 1.0)
    record = folder / "r.json"
    record.write_text(to_json(to_record(article(), NEWS, run, outputs)), encoding="utf-8")
    return record


def sign(record: Path) -> Any:
    asked = ["sign", str(record), "--reviewer", "Jeanne Roux", "--responsible", "Le Courrier de Vorlac"]
    return CliRunner().invoke(main, asked)


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_is_published_is_read_back(name: str) -> None:
    data = render(article(), NEWS, UNSIGNED, name)
    made = read_back(data.encode() if isinstance(data, str) else data, name)
    assert lines_of(made) == lines_of(article())
    assert made.sections[0].heading == "Le marché"


@pytest.mark.parametrize("name", PUBLISHED)
@given(texts=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))), max_size=4))
def test_any_words_are_read_back(name: str, texts: list[str]) -> None:
    words = [text for t in texts if (text := " ".join(t.split()))]
    made = article("Un.", *words)
    data = render(made, NEWS, UNSIGNED, name)
    read = read_back(data.encode() if isinstance(data, str) else data, name)
    assert [line.split() for line in lines_of(read)] == [line.split() for line in lines_of(made)]


def test_signing_takes_the_label_away(tmp_path: Path) -> None:
    record = write(tmp_path, "a.md", "a.html", "a.docx")
    assert "réécrit par une machine" in (tmp_path / "a.html").read_text(encoding="utf-8")
    done = sign(record)
    assert done.exit_code == 0, done.output
    for name in ("a.md", "a.html"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "réécrit par une machine" not in text
        assert TYPES not in text
        assert "Jeanne Roux" in text
    signature = json.loads(record.read_text(encoding="utf-8"))["signature"]
    assert (signature["reviewer"], signature["changes"]) == ("Jeanne Roux", [])


def test_what_a_human_changed_is_kept_and_noted(tmp_path: Path) -> None:
    record = write(tmp_path, "a.md", "a.html")
    path = tmp_path / "a.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Six ans de travaux.", "Six ans de chantier."), "utf-8")
    done = sign(record)
    assert "+Six ans de chantier." in done.output
    assert "Six ans de chantier." in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "-Six ans de travaux." in json.loads(record.read_text(encoding="utf-8"))["signature"]["changes"]


def test_two_changed_files_that_differ_are_not_signed(tmp_path: Path) -> None:
    record = write(tmp_path, "a.md", "a.html")
    for name, new in (("a.md", "chantier"), ("a.html", "patience")):
        path = tmp_path / name
        path.write_text(path.read_text(encoding="utf-8").replace("de travaux", f"de {new}"), encoding="utf-8")
    before = record.read_bytes()
    done = sign(record)
    assert (done.exit_code, record.read_bytes()) == (2, before)
    assert "changed in different ways" in done.stderr


def test_another_article_is_not_signed(tmp_path: Path) -> None:
    record = write(tmp_path, "a.md")
    (tmp_path / "a.md").write_text("# Autre chose\n\nRien à voir avec cela.\n", encoding="utf-8")
    done = sign(record)
    assert done.exit_code == 2
    assert "not the article of this record" in done.stderr


def test_an_article_that_is_gone_or_a_record_that_is_none_is_told(tmp_path: Path) -> None:
    record = write(tmp_path, "a.md")
    (tmp_path / "a.md").unlink()
    assert "keep the article beside its record" in sign(record).stderr
    record.write_text("{}", encoding="utf-8")
    assert "is no record" in sign(record).stderr
    assert sign(tmp_path / "none.json").exit_code == 2


def test_check_tells_when_a_signed_text_has_changed(tmp_path: Path) -> None:
    record = write(tmp_path, "a.md")
    text = tmp_path / "s.txt"
    text.write_text("\n\n".join(NEWS.paragraphs), encoding="utf-8")
    path = tmp_path / "a.md"

    def found() -> list[str]:
        command = ["check", str(path), "--source", str(text), "--record", str(record), "-v", "--format", "json"]
        rows = json.loads(CliRunner().invoke(main, command).stdout)
        return [row["gravity"] for row in rows if row["check"] == "signature"]

    assert found() == ["note"]
    sign(record)
    assert found() == []
    path.write_text(path.read_text(encoding="utf-8").replace("lundi", "mardi"), encoding="utf-8")
    assert found() == ["error"]


def test_a_source_is_named_in_what_is_signed(tmp_path: Path) -> None:
    record = write(tmp_path, "a.html")
    sign(record)
    assert NEWS.digest in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert isinstance(NEWS, Source)


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.docx"])
def test_check_reads_every_format_that_is_published(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    text = tmp_path / "s.txt"
    text.write_text("La halle de Vorlac rouvre mardi.\n\nLes travaux ont duré six ans.\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(tmp_path / name), "--source", str(text)])
    assert "erreur (dates)" in done.stdout


@pytest.mark.parametrize("name", ["a.html", "a.docx"])
def test_an_article_that_cannot_be_read_back_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    text = tmp_path / "s.txt"
    text.write_text("La halle de Vorlac rouvre mardi.\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(tmp_path / name), "--source", str(text)])
    assert done.exit_code == 3
    assert "cannot be read back" in done.stderr
