"""How wide a title is in the results of a search."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import matplotlib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rewriter.french.glyphs import width

METRICS = Path(matplotlib.get_data_path()) / "fonts" / "pdfcorefonts" / "Helvetica.afm"
FRENCH = "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ«»’…–—€°%0123456789 \u00a0\u202f.,:;!?'\"()/&-"


def test_the_widths_are_those_of_the_font() -> None:
    plain = dict(re.findall(r"C (\d+) ; WX (\d+) ;", METRICS.read_text(encoding="latin-1")))
    same = [code for code in range(32, 127) if chr(code) not in "'`"]  # Adobe's own codes for curly marks
    for code in same:
        assert width(chr(code), 1000) == int(plain[str(code)]), chr(code)


@pytest.mark.parametrize(
    ("name", "glyph"),
    [("eacute", "é"), ("quoteright", "’"), ("guillemotleft", "«"), ("ellipsis", "…"), ("Euro", "€"), ("oe", "œ"),
     ("OE", "Œ"), ("endash", "–"), ("emdash", "—"), ("quotesingle", "'"), ("Ccedilla", "Ç"), ("ydieresis", "ÿ")],
)  # fmt: skip
def test_french_glyphs_are_those_of_the_font(name: str, glyph: str) -> None:
    found = re.search(rf"WX (\d+) ; N {name} ;", METRICS.read_text(encoding="latin-1"))
    assert found
    assert width(glyph, 1000) == int(found[1])


def test_a_line_is_as_wide_as_its_glyphs() -> None:
    assert width("") == 0
    assert width("m") == pytest.approx(16.66)
    assert width("Wi") == pytest.approx(23.32)
    assert width("été") == pytest.approx(2 * 11.12 + 5.56)
    assert width("été", 10) == pytest.approx(width("été") / 2)


def test_every_space_counts_and_what_is_invisible_does_not() -> None:
    assert width("a\u00a0b") == width("a\u202fb") == width("a b") == width("a\nb")
    assert width("co\u00adop\u200bé") == width("coopé")
    assert width(unicodedata.normalize("NFD", "éçà")) == width("éçà")


def test_no_french_glyph_is_unknown_and_an_unknown_one_is_wide() -> None:
    assert all(width(c) < width("—") or c in "—…æÆœŒ" for c in FRENCH + FRENCH.upper())
    assert width("漢") == width("Œ") == 20


@given(st.text(alphabet=FRENCH + FRENCH.upper()), st.text())
def test_a_longer_line_is_never_narrower(a: str, b: str) -> None:
    assert width(a + b) >= width(a) - 1e-9 or unicodedata.normalize("NFC", a + b) != a + b
