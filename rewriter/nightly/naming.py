"""Under which names an article's files go into the out folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from rewriter.errors import SourceError
from rewriter.inert import DIRECTIONS
from rewriter.job import Job
from rewriter.nightly.inbox import hash_file

ENDINGS = {"markdown": ".md", "html": ".html", "docx": ".docx", "json": ".json"}
"""The ending of an article in each format."""
_BESIDE = {"record": ".record.json", "review": ".review.html"}
"""Names have no dot of their own, so that no article's page takes the name of another's review."""
EXTRAS = (*_BESIDE, *ENDINGS)
"""What `--with` may ask for beside the article."""
_LONGEST = 180
"""Bytes of a name without its endings; file systems allow 255 with them."""


@dataclass(frozen=True)
class Shape:
    """Which files every article becomes."""

    format: str = "markdown"
    extras: tuple[str, ...] = ("record",)
    """Some of EXTRAS."""

    def files(self, out: Path, name: str) -> dict[str, Path]:
        """For every file of an article what it is and where it goes, the article first."""
        kinds = dict.fromkeys([self.format, *self.extras])
        return {kind: out / f"{name}{_BESIDE.get(kind) or ENDINGS[kind]}" for kind in kinds}

    def given(self, job: Job, out: Path, name: str) -> Job:
        """The job with its outputs."""
        files = self.files(out, name)
        article, record, review = files.pop(self.format), files.pop("record", None), files.pop("review", None)
        return replace(job, output=article, record=record, review=review, copies=tuple(files.values()))


def base_name(path: Path) -> str:
    """The name that an article takes from its source's: no dot, nothing a file system may refuse."""
    stem = path.stem.encode("utf-8", "replace").decode("utf-8")
    plain = re.sub(rf'[\x00-\x1f\x7f-\x9f\u2028\u2029{DIRECTIONS}<>:"/\\|?*]', "_", stem).replace(".", "-").strip("- ")
    return plain.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore").strip() or "article"


def folded(name: str) -> str:
    """The name as file systems compare it that know no case and no two ways to write é."""
    return unicodedata.normalize("NFC", name).casefold()


def free_name(base: str, is_free: Callable[[str], bool]) -> str:
    """The name itself, or the first of name-2, name-3 … that is free."""
    numbered = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(name for name in numbered if is_free(name))


def may_take(file: Path, own: Mapping[str, str]) -> bool:
    """Whether a name is free: nothing is there, or what an article itself wrote there, by name and sha256."""
    try:
        return not file.exists() or own.get(file.name) == hash_file(file)
    except (SourceError, OSError):  # whatever it is, it is not ours
        return False
