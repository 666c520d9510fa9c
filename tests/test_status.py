"""What is told of a night: text, JSON, and a page that stands alone."""

from __future__ import annotations

import html.parser
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from rewriter.nightly import journal
from rewriter.nightly.journal import Digests, Outcome
from rewriter.nightly.lock import hold
from rewriter.nightly.page import make_chart, to_page
from rewriter.nightly.status import read_status, to_json, to_text
from tests.nights import invoke

NASTY = "<script>alert('&')</script>"


@pytest.fixture
def out(tmp_path) -> Path:
    """A night that wrote two articles and failed at one; another file waits."""
    made = tmp_path / "out"
    (made / ".rewrite").mkdir(parents=True)
    with journal.opened(made) as book:
        night = book.begin_night()
        for i, name in enumerate(["a", "b", "c", "d"]):
            book.add(f"/in/{name}.txt", name, name)
            if name != "d":
                book.begin(book.entries("name = ?", name)[0], night, 60.0 * i, 600, Digests("s", "m"))
        a, b, c, _ = book.entries()
        book.finish(a, 60.0, Outcome(0, 500, 0, 2, 1, "copying: phrase proche"))
        book.finish(b, 120.0, Outcome(1, 400, 1, 0, 0, f"words: {NASTY}"))
        book.fail(c, night, 1.0, 3, "/in/c.txt: is empty")
        book.end_night(night, 200.0, 3)
    return made


def test_the_night_as_text(out):
    lines = to_text(read_status(out)).splitlines()
    assert lines[0].startswith("night 1, begun 20")
    assert lines[0].endswith("UTC, 3:20 long, exit code 3")
    assert lines[1] == "done 2, failed 1, waiting 1; 900 words in 3:00, 300 words a minute"
    assert lines[3:7] == [
        "look first at:",
        "  /in/c.txt: failed (3): /in/c.txt: is empty",
        f"  /in/b.txt: done (1): words: {NASTY}",
        "  /in/a.txt: done (0): copying: phrase proche",
    ]
    assert lines[-2:] == ["waiting:", "  /in/d.txt"]


def test_the_night_as_json(out):
    said = json.loads(to_json(read_status(out)))
    assert said["totals"] == {
        "done": 2, "failed": 1, "waiting": 1, "words": 900, "seconds": 180.0, "words_a_minute": 300.0,
    }  # fmt: skip
    assert (said["night"]["code"], said["night"]["course"]) == (3, "ended")
    assert said["look_first"] == ["/in/c.txt", "/in/b.txt", "/in/a.txt"]
    assert [a["state"] for a in said["articles"]] == ["done", "done", "failed"]


class Page(html.parser.HTMLParser):
    """The tags of a page, and what they point to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_page_is_whole_french_and_escaped(out):
    text = to_page(read_status(out))
    page = Page(text)
    assert page.tags.count("script") == 0
    assert page.fetched == ["data:,"]
    assert NASTY not in text
    assert "À regarder d’abord" in text
    assert '<html lang="fr">' in text
    assert "300</b> mots par minute" in text


def test_the_chart_has_a_bar_for_each_article_that_was_begun(out):
    status = read_status(out)
    chart = make_chart(status.night)
    assert [(bar.name, bar.kind) for bar in chart.bars] == [
        ("a.txt", "done"), ("b.txt", "flawed"), ("c.txt", "failed"),
    ]  # fmt: skip
    assert [bar.x for bar in chart.bars] == sorted(bar.x for bar in chart.bars)
    assert all(chart.label <= bar.x and bar.x + bar.width <= chart.width + 2 for bar in chart.bars)
    text = to_page(status)
    svg = ET.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])
    assert len(svg.findall("g/rect")) == 3


def test_the_command_tells_it_and_writes_the_page(out, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert invoke("status", "out").stdout == to_text(read_status(out))
    assert json.loads(invoke("status", "out", "--format", "json").stdout)["totals"]["done"] == 2
    assert invoke("status", "out", "--html", "night.html").stdout == ""
    assert Path("night.html").read_text(encoding="utf-8") == to_page(read_status(out))


def test_5_a_folder_without_a_night(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = invoke("status", ".")
    assert (result.exit_code, "no night was there" in result.stderr) == (5, True)
    assert list(tmp_path.iterdir()) == []


def test_a_night_without_work_does_not_hide_the_one_before(out):
    with journal.opened(out) as book:
        book.end_night(book.begin_night(), 0.1, 0)
    status = read_status(out)
    assert status.run is not None
    assert (status.run.id, len(status.done)) == (1, 2)


def test_a_night_that_is_at_work_and_one_that_died(out):
    with journal.opened(out) as book:
        book.begin_night()
    with hold(out / ".rewrite"):
        status = read_status(out)
        assert (status.course, status.run.id) == ("at work", 2)
        assert "at work (process " in to_text(status)
    assert read_status(out).course == "died"
    assert "interrompue brutalement" in to_page(read_status(out))
