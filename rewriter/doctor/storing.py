"""Writes what is best on a machine into its rewriter.toml, and leaves the rest of the file as it is."""

from __future__ import annotations

from pathlib import Path

from rewriter.doctor.speed import Best
from rewriter.errors import OutputError, UsageError
from rewriter.publishing.files import write_whole


def store(best: Best, path: Path) -> None:
    """Set `weights` and `threads` in a file, which is made where it is missing; comments and other keys stay.

    Raises UsageError where the file is no TOML, OutputError where it cannot be written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig")) if path.exists() else tomlkit.document()
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: is not TOML: {error}", "correct it, or move it away") from None
    document["weights"], document["threads"] = best.weights, best.threads
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path.parent}: cannot be made: {error.strerror}", "name a file with --config") from None
    write_whole(path, tomlkit.dumps(document))
