"""How wide a line of text is in print, without a font at hand."""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path


def width(text: str, size: float = 20.0) -> float:
    """The width in pixels of one line set in Arial, `size` pixels high: 20 px are those of titles in Google's results.

    Advance widths are Helvetica's, which Arial was drawn to share, from Adobe's metrics of the 14 PDF core fonts
    (Helvetica.afm 002.000, file helvetica_widths.txt). Kerning is left out: it makes a title a few pixels narrower.
    Every space counts as a plain one, also a line's end; a soft hyphen and other invisible characters count nothing;
    a glyph that is not in the table counts as the widest letter that is.
    """
    widths = _widths()
    widest = max(units for glyph, units in widths.items() if glyph.isalpha())
    return sum(widths.get(glyph, widest) for glyph in _glyphs(text)) * size / 1000


def _glyphs(text: str) -> list[str]:
    """The characters that take room, letters in one piece with their accents."""
    composed = unicodedata.normalize("NFC", text)
    return [" " if c.isspace() else c for c in composed if unicodedata.category(c) != "Cf"]


@functools.cache
def _widths() -> dict[str, int]:
    """Glyph → its width in thousandths of the font's size."""
    lines = Path(__file__).with_name("helvetica_widths.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" ") for line in lines if line and not line.startswith("#"))
    widths = {glyph: int(units) for units, glyphs in rows for glyph in glyphs}
    return widths | {" ": widths["."]}
