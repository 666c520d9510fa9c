"""Finds and reads rewriter.toml, where every option of the command can be given a value.

Knows no option by itself: the command says which keys there are and of what kind.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from rewriter.errors import UsageError
from rewriter.tables import tomllib

NAME = "rewriter.toml"

Kind = Literal["text", "path", "whole", "decimal", "switch"]
Value = str | int | float | bool
_TYPES: Mapping[Kind, tuple[tuple[type, ...], str]] = {
    "text": ((str,), "a text, in quotation marks"),
    "path": ((str,), "a path, in quotation marks"),
    "whole": ((int,), "a whole number"),
    "decimal": ((int, float), "a number"),
    "switch": ((bool,), "true or false"),
}


def find(folders: Sequence[Path]) -> Path | None:
    """Return the rewriter.toml of the first folder that has one. The others are not looked at."""
    return next((folder / NAME for folder in folders if (folder / NAME).is_file()), None)


def read(path: Path, keys: Mapping[str, Kind]) -> dict[str, Value]:
    """Return the values in the file, by key as in `keys`, which are written with underscores.

    In the file a key may be written as on the command line, `max-words`. A relative path is taken from the
    folder of the file, and a leading ~ is the user's home. Raises UsageError that names the file and the key
    when the file cannot be read, a key is unknown or given twice, or a value is of the wrong kind.
    """
    values: dict[str, Value] = {}
    for written, value in _parse(path).items():
        key = written.replace("-", "_")
        if key not in keys:
            raise UsageError(f"{path}: unknown key: {written}{_meant(key, keys)}", f"one of: {_all(keys)}")
        if key in values:
            raise UsageError(f"{path}: {written}: is given twice", f"remove one of {key} and {_dashed(key)}")
        values[key] = _checked(path, written, value, keys[key])
    return values


def _parse(path: Path) -> dict[str, Any]:
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return table
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: is not TOML: {error}", "lines such as: max-words = 900") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8", "save it again as UTF-8") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}", "check --config and REWRITE_CONFIG") from None


def _checked(path: Path, key: str, value: Any, kind: Kind) -> Value:
    wanted, description = _TYPES[kind]
    # By type() too: for isinstance(), true is a number.
    if not isinstance(value, Value) or type(value) not in wanted:
        raise UsageError(f"{path}: {key}: {_shown(value)} is not {description}", "change it, or remove the line")
    if kind == "path" and value != "-":
        return str(path.parent / Path(str(value)).expanduser())
    return value


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a table"
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _meant(key: str, keys: Mapping[str, Kind]) -> str:
    close = difflib.get_close_matches(key, keys, n=1, cutoff=0.7)
    return f" (did you mean {_dashed(close[0])}?)" if close else ""


def _all(keys: Mapping[str, Kind]) -> str:
    return ", ".join(map(_dashed, keys))


def _dashed(key: str) -> str:
    return key.replace("_", "-")
