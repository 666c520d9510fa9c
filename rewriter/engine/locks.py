"""What a model must not write, applied to the logits before a token is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LAST_LATIN = 0x24F
_EXTENDED_ADDITIONAL = range(0x1E00, 0x1F00)
# First bytes of UTF-8 sequences: from 0xCD on they begin Greek, Cyrillic, Semitic, Indic and Asian scripts,
# but for 0xE1 (Latin Extended Additional among them) and 0xE2 (’ “ – … €).
_FOREIGN_LEADS = frozenset({*range(0xCD, 0xE1), *range(0xE3, 0xF5)})


def is_foreign_letter(char: str) -> bool:
    """Whether a character is a letter of another script than Latin."""
    if not char.isalpha() or ord(char) <= _LAST_LATIN:
        return False
    return ord(char) not in _EXTENDED_ADDITIONAL


def writes_foreign_script(piece: bytes) -> bool:
    """Whether a token's bytes hold, or begin, a letter of another script than Latin.

    Byte-level vocabularies cut characters in two: a piece that does not decode is judged by its first bytes.
    """
    try:
        return any(is_foreign_letter(char) for char in piece.decode())
    except UnicodeDecodeError:
        whole = piece.decode("utf-8", "ignore")
        return any(map(is_foreign_letter, whole)) or any(byte in _FOREIGN_LEADS for byte in piece)


def foreign_tokens(pieces: Sequence[bytes]) -> NDArray[np.intp]:
    """Return the ids of the tokens that would write a letter outside the Latin script."""
    import numpy as np

    return np.array([i for i, piece in enumerate(pieces) if writes_foreign_script(piece)], dtype=np.intp)
