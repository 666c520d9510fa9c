"""Nothing from an article, a model or the name of a file is obeyed by a terminal, a log, a page or a file system."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import get_args

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rewriter import cli
from rewriter.article import (
    Article,
    Disclosure,
    Finding,
    Gravity,
    Kept,
    Paragraph,
    Passage,
    Remark,
    Removal,
    Search,
    Section,
    Source,
)
from rewriter.catalogue import Held, verdicts_to_json, verdicts_to_text
from rewriter.doctor import findings as doctor
from rewriter.errors import SourceError
from rewriter.inert import as_json, shown, shown_lines
from rewriter.nightly.log import opened
from rewriter.nightly.naming import base_name
from rewriter.progress import LiveBar, PlainLines
from rewriter.publishing.outputs import render
from rewriter.publishing.report import to_text
from rewriter.publishing.summary import to_receipt
from tests.fuzzing import is_inert

HOSTILE = "Vu\x1b[2J\x9b31m \u202etxt.exe\u2066 <script>alert(1)</script> --> ]]> \u2028---\ntitle: x\r\x07\x00 {{7*7}}"
DISCLOSURE = Disclosure(program=f"rewriter {HOSTILE}", model=HOSTILE, sources=("ab" * 32,))
SOURCE = Source(HOSTILE, "ab" * 32, "utf-8", "fr", HOSTILE, (HOSTILE,))


def article(text: str) -> Article:
    finding = Finding("numbers", "error", text)
    kept = Kept(Passage(0, 0, (text,)), text, "model", 1, 0.9, ())
    search = Search(text, text, text, text, (text,))
    return Article(text, text, (Section(text, (Paragraph((kept,)),)),), (finding,), search=search)


# --- the sinks ---------------------------------------------------------------------------------------------


@given(st.text(max_size=60))
def test_what_is_shown_is_one_line_that_nothing_obeys(text: str) -> None:
    line = shown(text)
    assert is_inert(line)
    assert line.isprintable() or any(c in text for c in line if not c.isprintable())
    assert shown(line) == line


def test_letters_and_french_spaces_are_shown_as_they_are() -> None:
    assert shown("L’été à 12 %\u202f! œuvre « là »") == "L’été à 12 %\u202f! œuvre « là »"
    assert shown_lines("a\nb\x1b") == "a\nb\\x1b"


@given(st.text(st.characters(), max_size=60))
def test_json_reads_back_and_holds_no_control(text: str) -> None:
    written = as_json({"a": text})
    assert json.loads(written) == {"a": text}
    assert is_inert(written)
    assert written.encode("utf-8")


@pytest.mark.parametrize("make", [PlainLines, LiveBar])
def test_progress_says_nothing_that_a_terminal_obeys(make: type[PlainLines] | type[LiveBar]) -> None:
    stream = io.StringIO()
    watcher = make(stream)
    watcher.note(HOSTILE)
    watcher.close()
    assert is_inert(stream.getvalue().strip("\r\n"))


def test_a_log_has_one_line_for_each_event(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with opened(path, lambda line: None) as log:
        log.write("trouble", message=HOSTILE)
    (line,) = path.read_text(encoding="utf-8").splitlines()
    assert is_inert(line)
    assert json.loads(line)["message"] == HOSTILE


def test_an_error_is_told_inertly(tmp_path: Path) -> None:
    path = tmp_path / "vu\x1b[2J\n\u202etxt.txt"
    result = CliRunner().invoke(cli.main, ["clean", str(path)])
    assert result.exit_code == SourceError.exit_code
    first, second = result.stderr.splitlines()
    assert "\\x1b[2J\\n\\u202etxt.txt: no such file" in first
    assert is_inert(first + second)


def test_what_click_says_is_told_inertly() -> None:
    result = CliRunner().invoke(cli.main, ["check", "a.md", "--source", "b.txt", "--format", "\x1b[2J"])
    assert result.exit_code == click.UsageError.exit_code
    assert "\\x1b[2J" in result.stderr
    assert "\x1b" not in result.stderr


def test_findings_and_receipts_are_told_inertly() -> None:
    remarks = [Remark(Finding("names", gravity, HOSTILE, suggestion=HOSTILE), 1) for gravity in get_args(Gravity)]
    assert all(map(is_inert, to_text(remarks).splitlines()))
    removals = (Removal(1, "caption", HOSTILE, ""), Removal(0, "markup", HOSTILE, HOSTILE))
    found = Source("a", "ab", "utf-8", "fr", None, (), removals=removals)
    assert all(map(is_inert, to_receipt(found).splitlines()))


# --- what is published -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["markdown", "html", "json"])
def test_a_published_text_holds_no_control_and_no_markup_of_an_article(kind: str) -> None:
    written = render(article(HOSTILE), SOURCE, DISCLOSURE, kind)
    assert isinstance(written, str)
    assert all(map(is_inert, written.split("\n")))
    assert not set(written) & set("\u202e\u2066\u2028")
    assert "49" not in written
    if kind == "html":
        assert "<script>alert" not in written


def test_front_matter_ends_where_the_program_ends_it() -> None:
    written = render(article(HOSTILE), SOURCE, DISCLOSURE, "markdown")
    assert isinstance(written, str)
    lines = written.split("\n")
    end = lines.index("---", 1)
    assert lines[0] == "---"
    assert all(json.loads(line.split(": ", 1)[1]) for line in lines[1:end])
    assert not any(line.startswith("title: x") for line in lines)


# --- names of files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["a\nb.txt", "-rf.txt", "..", "...txt", "\x1b[2J.txt", "\u202etxt.md", "x" * 255, "CON:.txt", "\x9b.txt"]
)
def test_the_name_of_an_article_stays_in_its_folder(name: str) -> None:
    made = base_name(Path("inbox") / name)
    assert is_inert(made)
    assert not made.startswith(("-", "."))
    assert not set(made) & set('/\\:*?"<>|\u202e')
    assert 0 < len(made.encode()) < 240


@given(st.text(min_size=1, max_size=300).filter(lambda name: "/" not in name and "\0" not in name))
def test_any_name_gives_a_name(name: str) -> None:
    made = base_name(Path("inbox") / name)
    assert made
    assert is_inert(made)
    assert Path("out", made).parent == Path("out")


def test_what_a_model_says_of_itself_steers_no_terminal() -> None:
    steering = "MIT\x1b[2J\u202e"
    found = [doctor.Finding("licence", "ok", steering, steering)]
    held = [Held(Path(steering), "right")]
    texts = (doctor.to_text(found), doctor.to_json(found), verdicts_to_text(held), verdicts_to_json(held))
    assert all(is_inert(line) for text in texts for line in text.splitlines())
    assert all(r"\x1b" in text or r"\u001b" in text for text in texts)
