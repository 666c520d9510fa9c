"""Holds tokens against locks: which may follow, and whether one that was drawn may stay."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rewriter.engine.locks import Lock, State
from rewriter.engine.vocabulary import Vocabulary


@dataclass(frozen=True)
class Held:
    """Where a text stands: the state of each lock, and the bytes of a character that is not whole yet."""

    states: tuple[State, ...]
    pending: bytes = b""


class Guard:
    """The locks of one request."""

    def __init__(self, locks: Sequence[Lock], vocabulary: Vocabulary) -> None:
        self._locks = tuple(locks)
        self._vocabulary = vocabulary
        self.start = Held(tuple(lock.start for lock in self._locks))
        self._known: dict[Held, tuple[int, ...]] = {}

    def after(self, held: Held, token: int) -> Held | None:
        """Return where the text stands after a token; None when a lock refuses it."""
        if token in self._vocabulary.ends:
            return held if self.may_end(held) else None
        chars, pending = _decoded(held.pending + self._vocabulary.pieces[token])
        states = self._stepped(held.states, chars)
        return None if states is None else Held(states, pending)

    def may_end(self, held: Held) -> bool:
        """Whether every lock lets the text end here."""
        return all(lock.may_end(state) for lock, state in zip(self._locks, held.states, strict=True))

    def only(self, held: Held) -> tuple[int, ...] | None:
        """Return the tokens that alone may follow; None where nearly all may, and `after` tells."""
        if self._following(held.states) is None:
            return None
        if held not in self._known:
            self._known[held] = tuple(sorted(set(self._spelt(b"", held.states, held.pending))))
        return self._known[held]

    def _spelt(self, written: bytes, states: tuple[State, ...], pending: bytes) -> Iterator[int]:
        """Walk through what may follow, as far as tokens spell it; `pending` is what is written of its first."""
        following = self._following(states)
        if following is None:  # the token goes on where it is free: its rest is held character by character
            yield from (token for token in self._vocabulary.beginning(written) if self._stays(token, written, states))
            return
        for char in following:
            spelt, after = char.encode(), self._stepped(states, char)
            if after is None or not spelt.startswith(pending):
                continue
            spelt = spelt[len(pending) :]
            for cut in range(1, len(spelt)):
                yield from self._vocabulary.spelling(written + spelt[:cut])
            if self._vocabulary.has_beginning(written + spelt):
                yield from self._vocabulary.spelling(written + spelt)
                yield from self._spelt(written + spelt, after, b"")

    def _stays(self, token: int, written: bytes, states: tuple[State, ...]) -> bool:
        chars, _ = _decoded(self._vocabulary.pieces[token][len(written) :])
        return self._stepped(states, chars) is not None

    def _following(self, states: tuple[State, ...]) -> frozenset[str] | None:
        """The characters that all narrow locks let follow; None when none is narrow."""
        sets = [s for lock, state in zip(self._locks, states, strict=True) if (s := lock.following(state)) is not None]
        return frozenset.intersection(*sets) if sets else None

    def _stepped(self, states: tuple[State, ...], chars: str) -> tuple[State, ...] | None:
        for char in chars:
            after = [lock.step(state, char) for lock, state in zip(self._locks, states, strict=True)]
            if any(state is None for state in after):
                return None
            states = tuple(after)
        return states


def _decoded(raw: bytes) -> tuple[str, bytes]:
    """The whole characters of some bytes, and what begins one more; bytes that are no UTF-8 write nothing."""
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    return decoder.decode(raw), decoder.getstate()[0]
