"""Which models lie in folders, and whether they are what the digests beside them say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rewriter.engine import Header
from rewriter.errors import ModelError, UsageError
from rewriter.inert import as_json, shown
from rewriter.progress import Progress

FOLDER = Path("models")
"""Where models lie: in the folder that the program is called from."""
SUMS = "SHA256SUMS"
"""What the digests of a folder stand in, as `sha256sum` writes them."""
_SUM = re.compile(r"([0-9A-Fa-f]{64}) [ *](.+)")

Verdict = Literal["right", "wrong", "missing", "unlisted"]


@dataclass(frozen=True)
class Entry:
    """A file that is a model, or should be one."""

    path: Path
    header: Header | None
    """None where it cannot be read."""
    fault: str = ""
    """Why the program cannot use it; empty where it can."""


@dataclass(frozen=True)
class Held:
    """A model's file, held against the digest that its folder gives it."""

    path: Path
    verdict: Verdict
    """`missing` is a file that a digest is given for; `unlisted` one that has none."""


def folders_with_models(more: Sequence[str]) -> tuple[Path, ...]:
    """The folder `models`, if there is one, and others. Raises UsageError where one of the others is none."""
    for name in more:
        if not Path(name).is_dir():
            raise UsageError(f"{name}: no such folder", "check --folder and REWRITE_MODELS")
    folders = [FOLDER] if FOLDER.is_dir() else []
    return tuple(dict.fromkeys([*folders, *map(Path, more)]))


def entries(folders: Iterable[Path]) -> tuple[Entry, ...]:
    """Every `.gguf` file of the folders, by name."""
    return tuple(_entry(path) for folder in folders for path in _files(folder))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.gguf") if path.is_file())


def _entry(path: Path) -> Entry:
    from rewriter.engine.gguf import read, refuse_unfit

    header = None
    try:
        header = read(path)
        refuse_unfit(header)
    except ModelError as error:
        return Entry(path, header, error.message.removeprefix(f"{path}: "))
    return Entry(path, header)


# --- digests -------------------------------------------------------------------------------------------------


def verify(folders: Iterable[Path], watcher: Progress) -> tuple[Held, ...]:
    """Hold every model of the folders against its folder's digests. Raises ModelError for digests that are none."""
    held: list[Held] = []
    for folder in folders:
        known = digests(folder)
        held += [Held(path, _verdict(path, known.get(path.name), watcher)) for path in _files(folder)]
        held += [Held(folder / name, "missing") for name in known if not (folder / name).is_file()]
    return tuple(sorted(held, key=lambda one: str(one.path)))


def verdict(path: Path, watcher: Progress) -> Verdict:
    """Hold one model that is there against the digests of its folder. Raises ModelError."""
    return _verdict(path, digests(path.parent).get(path.name), watcher)


def _verdict(path: Path, known: str | None, watcher: Progress) -> Verdict:
    from rewriter.publishing.record import hash_model

    if known is None:
        return "unlisted"
    return "right" if hash_model(path, watcher) == known else "wrong"


def digests(folder: Path) -> dict[str, str]:
    """The sha256 of each file that the folder's SHA256SUMS names; none without it. Raises ModelError."""
    sums = folder / SUMS
    try:
        lines = sums.read_text(encoding="utf-8").splitlines() if sums.is_file() else []
    except (OSError, UnicodeDecodeError):
        raise ModelError(f"{sums}: cannot be read as text", "write it with: sha256sum *.gguf") from None
    found = {}
    for number, line in enumerate(lines, 1):
        match = _SUM.fullmatch(line)
        if not match:
            raise ModelError(f"{sums}: line {number} is no digest and name", "write it with: sha256sum *.gguf")
        found[match[2]] = match[1].lower()
    return found


# --- what is shown -------------------------------------------------------------------------------------------


def to_text(listed: Iterable[Entry]) -> str:
    """Some lines for each model."""
    return "".join("\n  ".join(map(shown, [str(entry.path), *_lines(entry)])) + "\n" for entry in listed)


def _lines(entry: Entry) -> list[str]:
    lines = []
    if entry.header:
        row = to_row(entry)
        kind = [f"{row['parameters'] / 1e9:.2f} billion parameters", row["quantization"] or "unknown quantization"]
        lines.append(", ".join([row["name"], row["architecture"] or "no architecture", *kind, giga(row["bytes"])]))
        licence = row["licence"] or "not in the file"
        template = "yes" if row["template"] else "no"
        lines.append(f"context {row['context'] or 'unknown'}, licence {licence}, chat template {template}")
    return [*lines, *([f"cannot be used: {entry.fault}"] if entry.fault else [])]


def giga(size: int) -> str:
    """Bytes in thousands of millions."""
    return f"{size / 1e9:.2f} GB"


def to_row(entry: Entry) -> dict[str, Any]:
    """What is told of a model, as JSON knows it; of a file that cannot be read, path and fault."""
    from rewriter.engine.build import quantization

    row: dict[str, Any] = {"path": str(entry.path), "fault": entry.fault}
    if entry.header is None:
        return row
    header = entry.header
    return row | {
        "name": header.name,
        "architecture": header.architecture,
        "parameters": header.parameters,
        "quantization": quantization(header),
        "bytes": header.size,
        "context": header.context,
        "licence": header.licence,
        "template": header.template is not None,
    }


def to_json(listed: Iterable[Entry]) -> str:
    """A list of objects, as `to_row` makes them."""
    return as_json([to_row(entry) for entry in listed], indent=2) + "\n"


def verdicts_to_text(held: Iterable[Held]) -> str:
    """A line for each file: the verdict, and where it is."""
    return "".join(f"{one.verdict:<8}  {shown(str(one.path))}\n" for one in held)


def verdicts_to_json(held: Iterable[Held]) -> str:
    """A list of objects with `path` and `verdict`."""
    return as_json([{"path": str(one.path), "verdict": one.verdict} for one in held], indent=2) + "\n"
