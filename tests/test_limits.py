"""What is no article, or was made to hang the program, is refused in a line or read in no time."""

from __future__ import annotations

import itertools
import signal
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewriter import source
from rewriter.engine.gguf import MAX_COUNT
from rewriter.engine.sandbox import MAX_PROMPT
from rewriter.errors import SourceError
from rewriter.french.segment import words
from rewriter.source.cleaning import clean
from rewriter.source.floods import LONGEST_PATTERN, LONGEST_WORD, MOST_TIMES, dammed, without_floods
from rewriter.source.limits import MAX_CHARACTERS, MAX_PARAGRAPHS, MAX_TEXT, timed
from rewriter.source.weighing import MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS

SENTENCE = "La mairie de Brécy a voté mardi soir la fermeture du vieux port aux bateaux de plus de douze mètres. "


def refusal(text: str, suffix: str = ".txt") -> str:
    with pytest.raises(SourceError) as caught:
        source.read(Path(f"article{suffix}"), text.encode())
    assert "\n" not in caught.value.message
    assert caught.value.tip
    return caught.value.message


def numbered(count: int, of: int = 1) -> str:
    return " ".join(f"Le point {of}, {number}." for number in range(count))


# --- sizes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_text_longer_than_a_novel_is_refused(suffix: str) -> None:
    assert f"over {MAX_TEXT} characters" in refusal("Le port ferme. " * (MAX_TEXT // 15 + 1), suffix)


def test_the_text_of_a_page_is_held_against_the_same_limits() -> None:
    long = "".join(f"<p>{numbered(1300, n)}</p>" for n in range(24))
    assert f"over {MAX_TEXT} characters" in refusal(f"<html><body><article>{long}</article></body></html>", ".html")


def test_too_many_paragraphs_are_refused() -> None:
    lines = "\n\n".join(f"Le point {number}." for number in range(MAX_PARAGRAPHS + 1))
    assert f"over {MAX_PARAGRAPHS} paragraphs" in refusal(lines)


def test_a_paragraph_as_long_as_an_article_is_read_and_a_longer_one_refused() -> None:
    line = numbered(MAX_CHARACTERS // 10)
    assert source.read(Path("a.txt"), line[: MAX_CHARACTERS - 1].encode()).paragraphs
    assert f"a paragraph of over {MAX_CHARACTERS} characters" in refusal(line)


# --- time --------------------------------------------------------------------------------------------------


def test_what_takes_too_long_ends_in_one_line() -> None:
    with pytest.raises(SourceError, match=r"a\.txt: takes over 0\.05 seconds to read"), timed("a.txt", 0.05):
        for _ in itertools.count():
            pass


def test_a_library_that_goes_on_is_told_again() -> None:
    with pytest.raises(SourceError, match="takes over"), timed("a.txt", 0.05):
        with pytest.raises(SourceError):
            for _ in itertools.count():
                pass
        for _ in itertools.count():
            pass


def test_the_clock_of_the_wall_refuses_nothing() -> None:
    with timed("a.txt", 0.01):
        time.sleep(0.05)


def test_nothing_is_left_of_the_timer() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with timed("a.txt", 5), timed("b.txt", 0.001):  # a timer within another leaves it alone
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 1
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGVTALRM) is before


def test_another_thread_reads_without_a_timer() -> None:
    found: list[int] = []
    data = (SENTENCE * 3).encode()
    thread = threading.Thread(target=lambda: found.append(len(source.read(Path("a.txt"), data).paragraphs)))
    thread.start()
    thread.join()
    assert found == [1]


# --- floods ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "clean_text"),
    [
        ("Le port ferme" + "!" * 500, "Le port ferme!!!"),
        ("Le port" + "\u00a0" * 500 + "ferme.", "Le port\u00a0ferme."),
        ("Le port" + ", " * 500 + "ferme.", "Le port, , , ferme."),
        ("Ha" + " ha" * 500 + " !", "Ha ha ha ha !"),
        ("Le port fe\u0301\u0316" + "\u0301" * 400 + "rme.", "Le port fe\u0301\u0316rme."),
        ("Une image : data:image/png;base64," + "iVBORw0KGgo" * 90 + " et voilà.", "Une image :  et voilà."),
        ("Un sommaire" + "." * 15 + " 12", "Un sommaire" + "." * 15 + " 12"),
        ("Le tiếng Việt\u0309\u0301 reste.", "Le tiếng Việt\u0309\u0301 reste."),
        ("Une adresse : https://brecy.example/" + "a1-" * 9, "Une adresse : https://brecy.example/" + "a1-" * 9),
    ],
)
def test_what_is_repeated_without_end_is_cut(text: str, clean_text: str) -> None:
    assert without_floods(text) == clean_text


def test_the_receipt_tells_of_a_flood() -> None:
    cleaned = clean((SENTENCE + "!" * 300,))
    assert cleaned.paragraphs == (SENTENCE + "!!!",)
    assert [removal.reason for removal in cleaned.removals] == ["flood"]


@given(st.text(alphabet="ab .\u0301\u00a0", min_size=1, max_size=LONGEST_PATTERN), st.integers(1, 3000))
def test_a_dam_leaves_what_cleaning_knows_as_a_flood(unit: str, times: int) -> None:
    text = dammed(unit * times)
    assert len(text) <= max(10 * MOST_TIMES * LONGEST_PATTERN, 2 * LONGEST_WORD) + LONGEST_PATTERN
    if times >= MOST_TIMES:
        assert len(without_floods(text)) <= max(MOST_TIMES, 4) * LONGEST_PATTERN


@given(st.text(max_size=80))
def test_a_text_without_floods_stays(text: str) -> None:
    assert dammed(text) == text


# --- shapes that once took time with their square, or without end -------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Publié " + ":" * 90 + "le 3 m/rs 2024 à 01 h 05",
        "Partager " + "1" * 60 + "!y",
        "www.a" + ".www.a" * 40 + " x",
        "a" + ", " * 90 + "b",
        "-" * 150 + " b",
        "&" + "amp;" * 90 + "lt;b>",
        "Word count" + "\u00a0" * 150 + "x",
        "l'" * 9000,
        "\r" * 20_000 + "a",
        "<!-- " * 3000,
    ],
    ids=lambda line: line[:12],
)
def test_a_line_that_was_made_to_hang_does_not(line: str) -> None:
    with timed("it", 5):
        source.read_unjudged(Path("a.txt"), f"{line}\n\n{SENTENCE * 3}".encode())


def test_elisions_without_end_are_split() -> None:
    assert words("l'" * 5000 + "eau") == ("l'",) * 5000 + ("eau",)


@pytest.mark.parametrize(
    "limit", [MAX_TEXT, MAX_PARAGRAPHS, MAX_CHARACTERS, MAX_ELEMENTS, MAX_DEPTH, MAX_ATTRIBUTES, MAX_COUNT, MAX_PROMPT]
)
def test_the_limits_are_told(limit: int) -> None:
    told = (Path(__file__).parent.parent / "SECURITY.md").read_text(encoding="utf-8")
    assert f"{limit:,} " in told
