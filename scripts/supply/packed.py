"""What lies in a bundle: wheels and models, and what each tells of itself."""

from __future__ import annotations

import email.message
import email.parser
import glob
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from rewriter.engine import inspect
from supply.licences import TABLE, UNKNOWN, Licensed, licensed
from supply.wheels import sha256

_METADATA = re.compile(r"[^/]+\.dist-info/METADATA")
_LICENCE = re.compile(r"[^/]+\.dist-info/(?:(?:licenses|license_files)/)?((?:[^/]+/)*[^/]+)")
_NAMED_SO = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


@dataclass(frozen=True)
class Packed:
    """A wheel."""

    path: Path

    @cached_property
    def _about(self) -> email.message.Message:
        with zipfile.ZipFile(self.path) as wheel:
            name = next(name for name in wheel.namelist() if _METADATA.fullmatch(name))
            return email.parser.BytesParser().parsebytes(wheel.read(name))

    @cached_property
    def licensed(self) -> Licensed:
        """Its name, version and licence."""
        return licensed(self._about)

    @cached_property
    def needs(self) -> frozenset[str]:
        """The packages that it asks for, extras left out; some are for other machines."""
        asked = map(Requirement, self._about.get_all("Requires-Dist", []))
        return frozenset(canonicalize_name(r.name) for r in asked if "extra" not in str(r.marker))

    def put_licences(self, folder: Path) -> None:
        """Write the licence files that it brings into a folder."""
        with zipfile.ZipFile(self.path) as wheel:
            for name in wheel.namelist():
                found = _LICENCE.fullmatch(name)
                if found and _NAMED_SO.search(PurePosixPath(name).name):
                    target = folder / found[1].replace("/", "-")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(wheel.read(name))


@dataclass(frozen=True)
class Model:
    """A GGUF file."""

    path: Path

    @cached_property
    def title(self) -> str:
        """What it calls itself."""
        return inspect(self.path).name

    @cached_property
    def licence(self) -> str:
        """What it is under, as the file says or as is known of it."""
        told = inspect(self.path).values.get("general.license")
        return str(told or TABLE["models"].get(self.digest, UNKNOWN))

    @cached_property
    def digest(self) -> str:
        """The file's sha256, in hexadecimal."""
        return sha256(self.path)

    @property
    def companions(self) -> list[Path]:
        """What lies beside it under its name and goes where it goes: its judge, its licence."""
        return sorted(self.path.parent.glob(f"{glob.escape(self.path.name)}.*"))
