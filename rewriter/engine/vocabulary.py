"""A model's tokens as the bytes they write, sorted, so that those that spell a given text are found fast."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rewriter.engine.locks import writes_foreign_script

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_AFTER_ALL = b"\xff"  # no byte of UTF-8


class Vocabulary:
    """`pieces` are the bytes of every token, by its number; `ends` the tokens that end the assistant's turn.

    A token that writes nothing and ends nothing (a control token) is never to be drawn.
    """

    def __init__(self, pieces: Sequence[bytes], ends: frozenset[int]) -> None:
        self.pieces = pieces
        self.ends = ends

    @cached_property
    def _sorted(self) -> list[tuple[bytes, int]]:
        return sorted((piece, token) for token, piece in enumerate(self.pieces) if piece and token not in self.ends)

    @cached_property
    def silent(self) -> NDArray[np.intp]:
        """Control tokens."""
        import numpy as np

        return np.array([i for i, p in enumerate(self.pieces) if not p and i not in self.ends], dtype=np.intp)

    @cached_property
    def foreign(self) -> NDArray[np.intp]:
        """Tokens that would write a letter outside the Latin script."""
        import numpy as np

        return np.array([i for i, piece in enumerate(self.pieces) if writes_foreign_script(piece)], dtype=np.intp)

    def spelling(self, text: bytes) -> list[int]:
        """Return the tokens that write exactly `text`."""
        at, found = bisect_left(self._sorted, (text, -1)), []
        while at < len(self._sorted) and self._sorted[at][0] == text:
            found.append(self._sorted[at][1])
            at += 1
        return found

    def beginning(self, text: bytes) -> list[int]:
        """Return the tokens that write `text` and more."""
        first = bisect_left(self._sorted, (text + b"\x00", -1))
        last = bisect_left(self._sorted, (text + _AFTER_ALL, -1))
        return [token for _, token in self._sorted[first:last]]

    def has_beginning(self, text: bytes) -> bool:
        """Whether any token writes `text`, or `text` and more."""
        at = bisect_left(self._sorted, (text, -1))
        return at < len(self._sorted) and self._sorted[at][0].startswith(text)
