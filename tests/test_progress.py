"""What is told while the work runs. Time is given by the test, never by the clock."""

from __future__ import annotations

import io

import pytest

from rewriter.progress import LiveBar, PlainLines, Silent, for_stream


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    @property
    def screen(self) -> list[str]:
        """What somebody sees: a carriage return goes back to the line's beginning, and text overwrites."""
        lines = []
        for line in self.getvalue().split("\n"):
            cells: list[str] = []
            for piece in line.split("\r"):
                cells[: len(piece)] = list(piece)
            lines.append("".join(cells).rstrip())
        return lines


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_log_gets_a_line_for_each_phase(clock):
    stream = io.StringIO()
    lines = PlainLines(stream, clock)
    lines.phase("loading the model", 0)
    lines.phase("writing", 24)
    lines.advance()
    assert stream.getvalue() == "loading the model\nwriting: 24 to do\n"


def test_a_log_grows_by_a_line_every_ten_seconds_at_most(clock):
    stream = io.StringIO()
    lines = PlainLines(stream, clock)
    lines.phase("writing", 60)
    for second in range(1, 31):
        clock.now = second
        lines.advance(tokens=5)
    assert stream.getvalue().splitlines()[1:] == [
        "writing: 10/60 done, 5.0 tokens/s, 0:50 left",
        "writing: 20/60 done, 5.0 tokens/s, 0:40 left",
        "writing: 30/60 done, 5.0 tokens/s, 0:30 left",
    ]


def test_a_log_gets_every_note(clock):
    stream = io.StringIO()
    lines = PlainLines(stream, clock)
    lines.note("one")
    lines.note("two")
    lines.close()
    assert stream.getvalue() == "one\ntwo\n"


def test_the_bar_shows_share_speed_and_time_left(clock):
    terminal = Terminal()
    bar = LiveBar(terminal, clock)
    bar.phase("writing", 12)
    clock.now = 60.0
    bar.advance(3, tokens=90)
    assert terminal.screen == ["writing  [######..................]  3/12  1.5 tokens/s  3:00 left"]


def test_the_bar_counts_where_the_total_is_not_known(clock):
    terminal = Terminal()
    bar = LiveBar(terminal, clock)
    bar.phase("proofreading", 0)
    assert terminal.screen == ["proofreading"]
    clock.now = 1.0
    bar.advance(7)
    assert terminal.screen == ["proofreading  7"]


def test_more_steps_than_foretold_do_not_break_the_bar(clock):
    terminal = Terminal()
    bar = LiveBar(terminal, clock)
    bar.phase("writing", 2)
    clock.now = 1.0
    bar.advance(5)
    assert terminal.screen == [f"writing  [{'#' * 24}]  5/2"]


def test_a_shorter_line_leaves_nothing_of_a_longer_one(clock):
    terminal = Terminal()
    bar = LiveBar(terminal, clock)
    bar.phase("a phase with a long name", 3)
    bar.phase("short", 0)
    assert terminal.screen == ["short"]


def test_the_bar_is_not_drawn_again_at_every_token(clock):
    terminal = Terminal()
    bar = LiveBar(terminal, clock)
    bar.phase("writing", 1000)
    before = len(terminal.getvalue())
    for _ in range(500):
        bar.advance()
    assert len(terminal.getvalue()) == before


def test_a_note_stays_above_the_bar(clock):
    terminal = Terminal()
    bar = LiveBar(terminal, clock)
    bar.note("before any phase")
    bar.phase("writing", 4)
    bar.note("something happened")
    assert terminal.screen == ["before any phase", "something happened", f"writing  [{'.' * 24}]  0/4"]


def test_nothing_of_the_bar_is_left_when_it_is_closed(clock):
    terminal = Terminal()
    bar = LiveBar(terminal, clock)
    bar.phase("writing", 4)
    bar.close()
    assert terminal.screen == [""]
    assert terminal.getvalue().endswith("\r")


def test_the_bar_never_wraps(clock, monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    terminal = Terminal()
    LiveBar(terminal, clock).phase("a phase with quite a long name", 4)
    assert len(terminal.screen[0]) == 29


@pytest.mark.parametrize(
    ("stream", "quiet", "term", "kind"),
    [
        (Terminal(), False, "xterm", LiveBar),
        (Terminal(), False, "dumb", PlainLines),
        (io.StringIO(), False, "xterm", PlainLines),
        (Terminal(), True, "xterm", Silent),
        (None, False, "xterm", Silent),
    ],
)
def test_the_stream_decides(monkeypatch, stream, quiet, term, kind):
    monkeypatch.setenv("TERM", term)
    assert type(for_stream(stream, quiet)) is kind


def test_no_colour_and_no_escape_sequence_is_ever_written(clock):
    terminal = Terminal()
    bar = LiveBar(terminal, clock)
    bar.phase("writing", 4)
    bar.note("a note")
    bar.close()
    assert "\x1b" not in terminal.getvalue()


def test_silence_is_silent():
    silent = Silent()
    silent.phase("writing", 4)
    silent.advance(1, tokens=3)
    silent.note("a note")
    silent.close()
