"""Who is told what a night does: the terminal, standard error, the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rewriter.nightly.log import Log
from rewriter.progress import Progress


@dataclass(frozen=True)
class Voice:
    """Bundles them."""

    watcher: Progress
    """Progress, which may be silent."""
    say: Callable[[str], None]
    """A line on standard error, for what went wrong."""
    log: Log

    def trouble(self, message: str, tip: str, code: int, **more: Any) -> None:
        """Something went wrong: one line, and one in the log."""
        self.say(f"{message} ({code})" + (f"; try: {tip}" if tip else ""))
        self.log.write("trouble", message=message, tip=tip, code=code, **more)
