"""Says before the work what would go wrong when files are written."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from rewriter.errors import OutputError
from rewriter.publishing.files import explained, mode_of


def check_targets(targets: Mapping[str, Path], inputs: Mapping[str, Path]) -> None:
    """Raise OutputError for what can be known before the work to go wrong when writing.

    `targets` are the files to be written and `inputs` those that must survive, each under the words that a
    message calls it by, such as "the model".
    """
    taken = {path.resolve(): what for what, path in inputs.items()}
    for what, path in targets.items():
        with explained(str(path)):
            _check_target(path)
            other = next((name for known, name in taken.items() if _same(known, path)), None)
        if other:
            raise OutputError(f"{path}: {what} would overwrite {other}", "choose another name")
        taken[path.resolve()] = what


def _same(known: Path, path: Path) -> bool:
    """Whether two names are one file: the same path, a link, or a second name."""
    return known == path.resolve() or (known.exists() and path.exists() and known.samefile(path))


def _check_target(path: Path) -> None:
    target = path.resolve()
    mode = mode_of(target)
    if mode is not None and not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "no ordinary file"
        raise OutputError(f"{path}: is {what}", "name a file to write, or - for standard output")
    if mode is not None and not os.access(target, os.W_OK):
        raise OutputError(f"{path}: is write-protected", "choose another name, or make the file writable")
    probe_folder(target.parent)


def probe_folder(folder: Path) -> None:
    """Raise OSError where a folder takes no file."""
    # Trying is the only sure test: rights, read-only disks and quotas all show.
    probe = folder / f".rewrite-{secrets.token_hex(8)}.new"
    try:
        probe.open("x").close()
    finally:
        probe.unlink(missing_ok=True)
