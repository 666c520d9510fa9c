"""The journal: drafts come back exactly, and a file that is no journal is told and left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewriter.article import Candidate, Finding, Passage, Source
from rewriter.checking.judge import default_judge
from rewriter.choosing import Draft
from rewriter.engine.base import Completion, CompletionRequest, Question
from rewriter.engine.base import Progress as Steps
from rewriter.engine.scripted import ScriptedEngine
from rewriter.errors import Interrupted
from rewriter.nightly import journal, schema
from rewriter.nightly.bounds import Stop
from rewriter.nightly.journal import Digests, Key, Outcome
from rewriter.nightly.keeping import StageKeeper, from_json, to_json
from rewriter.nightly.schema import JournalError
from rewriter.pipeline import rewrite
from rewriter.progress import Silent
from rewriter.rounds import Stage
from rewriter.settings import WritingSettings
from tests import nights
from tests.scripts import LARGE, source

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBER = st.floats(allow_nan=False)
SPAN = st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99))
FINDING = st.builds(Finding, TEXT, st.sampled_from(["error", "warning", "note"]), TEXT, SPAN, TEXT)
CANDIDATE = st.builds(
    Candidate,
    TEXT,
    st.sampled_from(["model", "rewording", "quotation", "source"]),
    st.lists(FINDING, max_size=2).map(tuple),
    st.none() | NUMBER,
    NUMBER,
    st.integers(0, 9),
    st.integers(0, 9),
)
PASSAGE = st.builds(Passage, st.integers(0, 99), st.integers(0, 99), st.lists(TEXT, max_size=3).map(tuple), TEXT)
DRAFT = st.builds(
    Draft, PASSAGE, st.lists(CANDIDATE, max_size=2), st.integers(0, 9), st.sets(TEXT), st.lists(CANDIDATE, max_size=2)
)
STAGE = st.builds(Stage, st.integers(0, 9), NUMBER, st.lists(DRAFT, max_size=3))
KEY = Key("a", "b", "c")
OUTCOME = Outcome(0, 100, 0, 1, 2, "")


@pytest.fixture
def out(tmp_path) -> Path:
    (tmp_path / ".rewrite").mkdir()
    return tmp_path


@given(STAGE)
def test_drafts_come_back_exactly(stage):
    assert from_json(to_json(stage)) == stage


# --- the keeper --------------------------------------------------------------------------------------------


ARTICLE = source(*nights.TEXTS["halle.txt"].strip().split("\n\n"), *nights.TEXTS["bac.txt"].strip().split("\n\n"))


class Remembering(ScriptedEngine):
    """An engine that notes, with all that it is asked, how much it read before: a model's last digits hang on that."""

    def __init__(self) -> None:
        super().__init__(nights.same_words, parameters=LARGE)
        self.asked: list[tuple[int, object]] = []
        self.read = 0

    def forget(self) -> None:
        self.read = 0

    def complete(
        self, requests: Sequence[CompletionRequest], progress: Steps | None = None
    ) -> list[tuple[Completion, ...]]:
        self._note([(request.messages, request.seed) for request in requests])
        return super().complete(requests, progress)

    def score(self, questions: Sequence[Question], progress: Steps | None = None) -> list[tuple[float, ...]]:
        self._note(list(questions))
        return super().score(questions, progress)

    def _note(self, asked: list[object]) -> None:
        self.asked.append((self.read, asked))
        self.read += len(asked)


def written(keeper: StageKeeper | None, read: Source = ARTICLE):
    engine = Remembering()
    article = rewrite(read, engine, WritingSettings(), Silent(), default_judge(), keeper=keeper)
    return article, engine.asked


@pytest.mark.parametrize("number", range(4))
def test_an_article_stopped_after_any_stage_goes_on_as_if_it_had_not_been(out, number):
    whole, asked = written(None)
    with journal.opened(out) as book:
        stop = Stop()

        class Killed(StageKeeper):
            def keep(self, stage: Stage) -> None:
                if stage.number == number:
                    stop.ask()
                super().keep(stage)

        with pytest.raises(Interrupted):
            written(Killed(book, KEY, stop, print))
    told: list[str] = []
    with journal.opened(out) as book:  # another process, for all it knows
        resumed, again = written(StageKeeper(book, KEY, Stop(), told.append))
    assert resumed == whole
    assert told == [f"goes on after round {number}"]
    assert again == asked[len(asked) - len(again) :]  # from then on the same is asked, after the same
    assert len(again) < len(asked) or number == 0


def test_drafts_of_other_settings_or_passages_are_not_taken_up(out):
    whole, asked = written(None)
    with journal.opened(out) as book:
        written(StageKeeper(book, KEY, Stop(), print), source("La halle de Valmer rouvre lundi matin."))
        assert StageKeeper(book, Key("a", "b", "other"), Stop(), print).kept() is None
        assert written(StageKeeper(book, KEY, Stop(), print)) == (whole, asked)


@pytest.mark.parametrize("text", ["", "{", "{}", '{"number": 1, "lowered": 1, "drafts": [{}]}'])
def test_drafts_that_cannot_be_read_are_as_good_as_none(out, text):
    with journal.opened(out) as book:
        book.keep(KEY, text)
        assert StageKeeper(book, KEY, Stop(), print).kept() is None


# --- rows --------------------------------------------------------------------------------------------------


def test_a_row_from_waiting_to_done(out):
    with journal.opened(out) as book:
        night = book.begin_night()
        book.add("/in/a.txt", "d", "a")
        (entry,) = book.entries()
        assert (entry.state, entry.tries) == ("waiting", 0)
        book.begin(entry, night, 1.5, 300, Digests("s", "m"))
        book.keep(Key("d", "s", "m"), "{}")
        book.finish(entry, 60.0, OUTCOME)
        (entry,) = book.entries()
        assert (entry.state, entry.tries, entry.words, entry.seconds, entry.settings) == ("done", 1, 100, 60.0, "s")
        assert book.kept(Key("d", "s", "m")) is None
        assert (book.speed("m"), book.speed("another")) == (5.0, None)


def test_the_speed_is_that_of_the_last_articles_whatever_the_clock_says(out, monkeypatch):
    with journal.opened(out) as book:
        night = book.begin_night()
        for number in range(25):
            monkeypatch.setattr(journal, "_now", lambda number=number: f"{2050 - number}-01-01")
            book.add(f"/in/{number}.txt", str(number), str(number))
            (entry,) = book.entries("digest = ?", str(number))
            book.begin(entry, night, float(number), 100, Digests("s", "m"))
            book.finish(entry, 1000.0 if number < 5 else 10.0, OUTCOME)
        assert book.speed("m") == 10.0


def test_what_a_dead_run_left_is_taken_over_with_its_drafts(out):
    with journal.opened(out) as book:
        night = book.begin_night()
        for name in ("a", "b"):
            book.add(f"/in/{name}.txt", name, name)
            book.keep(Key(name, "s", "m"), name)
        first, second = book.entries()
        book.finish(second, 1.0, OUTCOME)
        book.begin(first, night, 0.0, 1, Digests("s", "m"))
        book.keep(Key("gone", "s", "m"), "debris")
    with journal.opened(out) as book:
        book.begin_night()
        assert [(e.name, e.state, e.died) for e in book.entries()] == [("a", "waiting", True), ("b", "done", False)]
        assert [book.kept(Key(name, "s", "m")) for name in ("a", "b", "gone")] == ["a", None, None]


def test_a_new_version_takes_the_place_of_one_that_was_never_done(out):
    with journal.opened(out) as book:
        book.add("/in/a.txt", "1", "a")
        book.finish(book.entries()[0], 1.0, OUTCOME)
        book.add("/in/a.txt", "2", "a-2")
        book.add("/in/a.txt", "3", "a-2")
        assert [(e.digest, e.state) for e in book.entries()] == [("1", "done"), ("3", "waiting")]


def test_changes_made_together_are_made_or_not(out):
    with journal.opened(out) as book:
        with pytest.raises(ZeroDivisionError), book.together():
            book.add("/in/a.txt", "1", "a")
            raise ZeroDivisionError
        assert book.entries() == []


def test_the_journal_is_durable(out):
    with journal.opened(out) as book:
        assert [tuple(row) for row in book._rows("PRAGMA journal_mode")] == [("wal",)]
        assert [tuple(row) for row in book._rows("PRAGMA synchronous")] == [(2,)]


# --- a file that is none -----------------------------------------------------------------------------------


def foreign(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE articles (title TEXT)")
    db.commit()
    db.close()


def newer(path: Path) -> None:
    schema.connect(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.commit()
    db.close()


def damaged(path: Path) -> None:
    db = schema.connect(path)
    for i in range(500):
        db.execute("INSERT INTO stages VALUES (?, 's', 'm', ?)", (str(i), "x" * 100))
    db.close()
    data = bytearray(path.read_bytes())
    data[8192:40000] = b"\xff" * (40000 - 8192)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (foreign, "is a database of another program"),
        (newer, "is a journal of version 99, not 1"),
        (damaged, "the journal is damaged"),
        (lambda path: path.write_text("no database\n" * 100), "the journal is damaged: file is not a database"),
        (lambda path: path.mkdir(), "the journal cannot be used"),
    ],
)
def test_5_a_file_that_is_no_journal_is_told_and_left_as_it_is(tmp_path, monkeypatch, make, said):
    desk = nights.make(tmp_path / "here", monkeypatch)
    path = desk.out / ".rewrite" / "journal.sqlite"
    path.parent.mkdir(parents=True)
    make(path)
    before = path.read_bytes() if path.is_file() else None
    for result in (desk.run("-q"), nights.invoke("status", "out")):
        assert result.exit_code == 5
        assert result.stderr.startswith("rewrite: out/.rewrite/journal.sqlite") or "no night was there" in result.stderr
        assert said in result.stderr or path.is_dir()
        assert len(result.stderr.splitlines()) == 2
    assert (path.read_bytes() if path.is_file() else None) == before
    assert desk.names() == []


def test_a_journal_that_can_no_longer_be_written_to_is_an_error_of_its_own(out):
    with journal.opened(out) as book:
        book._db.execute("PRAGMA query_only = 1")
        with pytest.raises(JournalError, match="the journal cannot be used"):
            book.add("/in/a.txt", "1", "a")
