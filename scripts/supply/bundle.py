"""Puts a bundle together: wheels, models, digests, licences, the bill, the installer and its page."""

from __future__ import annotations

import datetime
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

from rewriter.catalogue import SUMS, digests
from supply import locks, wheels
from supply.licences import REFUSED
from supply.llama import FLAGS, glibc, machine_of, wheel_for_a_fleet
from supply.locks import Target
from supply.packed import Model, Packed
from supply.sbom import PROGRAM, bill
from supply.wheels import BundleError, sha256

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
LLAMA = "llama-cpp-python"
CARRIED = (
    "LICENSE",
    "scripts/nightly",
    "docs/nightly.md",
    "docs/air-gap.md",
    "docs/guide-fr.md",
    "docs/house-style.md",
)
UNITS = ("docs/rewrite-nightly.service", "docs/rewrite-nightly.timer")


@dataclass(frozen=True)
class Order:
    """What is to be packed."""

    models: Sequence[Path]
    output: Path
    python: str
    """Of the target, such as 3.11."""
    flags: str = ""
    """More flags for the build of llama.cpp."""
    lock: str = "runtime"
    """Which of the locks is packed: `runtime`, or `cluster` with Dask as well."""
    llama: Path | None = None
    """A wheel of llama-cpp-python to take instead of building one."""


def make(order: Order) -> str:
    """Write the bundle, whole or not at all; return its seal. Raises BundleError, ModelError or OSError."""
    if order.output.exists():
        raise BundleError(f"{order.output} is there already", "Name a folder that is not there yet.")
    models = [Model(path) for path in order.models]
    work = order.output.with_name(f"{order.output.name}.part")
    shutil.rmtree(work, ignore_errors=True)
    try:
        (work / "wheels").mkdir(parents=True)
        _place_models(models, work / "models")
        target = _gather(order, work / "wheels")
        seal = dress(work, target, models, " ".join([*FLAGS, order.flags]).strip())
        work.rename(order.output)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return seal


def _place_models(models: Sequence[Model], folder: Path) -> None:
    folder.mkdir()
    known = digests(ROOT / "models")
    for model in models:
        say(f"packing {model.path.name} ({model.title})")
        if known.get(model.path.name, model.digest) != model.digest:
            raise BundleError(f"{model.path} has not the digest that models/{SUMS} gives it", "Fetch it again.")
        for file in (model.path, *model.companions):
            shutil.copyfile(file, folder / file.name)


def _gather(order: Order, folder: Path) -> Target:
    """Put all wheels into the folder; return the machine that they are for."""
    lock = ROOT / "requirements" / f"{order.lock}.txt"
    llama = locks.pinned(lock, LLAMA, Target(order.python, "", 0))
    if order.llama:
        shutil.copyfile(order.llama, folder / order.llama.name)
    else:
        wheel_for_a_fleet(llama, order.flags, ROOT / "build" / "bundle", folder)
    wheel = next(folder.iterdir())
    if wheels.name_of(wheel) != (llama.name, llama.version):
        raise BundleError(f"{wheel.name} is not {llama.name} {llama.version}", "The lock asks for that one.")
    target = Target(order.python, machine_of(wheel), glibc(wheel))
    pins = [p for p in locks.read(lock) if target.needs(p) and p.name != LLAMA]
    say(f"fetching {len(pins) + 1} packages for CPython {target.python} on {target.machine}")
    wheels.fetch([*pins, locks.pinned(ROOT / "requirements" / "dev.txt", "pip", target)], target, folder)
    wheels.build_own(ROOT, folder)
    return target


def dress(work: Path, target: Target, models: Sequence[Model], flags: str) -> str:
    """Write all that stands beside wheels and models, digests last; return the seal. Raises BundleError."""
    packed = [Packed(path) for path in sorted((work / "wheels").iterdir())]
    _check_licences(packed)
    lines = [locks.requirement_line(*wheels.name_of(p.path), [sha256(p.path)]) for p in packed if not _is_pip(p)]
    _write(work / "requirements.txt", "\n".join(lines) + "\n")
    for wheel in packed:
        wheel.put_licences(work / "licences" / wheel.licensed.name)
    told = [wheel.licensed.line for wheel in packed]
    told += [f"{model.path.name} ({model.title}): {model.licence}" for model in models]
    _write(work / "licences" / "LICENCES.txt", "\n".join(told) + "\n")
    _write(work / "sbom.cdx.json", bill(packed, models, flags))
    for name in (*CARRIED, *UNITS):
        (work / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, work / name)
    values = {
        "VERSION": next(wheel.licensed.version for wheel in packed if wheel.licensed.name == PROGRAM),
        "PYTHON": target.python,
        "MACHINE": target.machine,
        "GLIBC": f"2.{target.glibc}",
        "DATE": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "MODELS": ", ".join(model.path.name for model in models),
    }
    _write(work / "install", _filled(HERE / "install.sh", values))
    _write(work / "README.txt", _filled(HERE / "README.txt", values))
    _write(work / SUMS, "".join(f"{sha256(work / name)}  {name}\n" for name in sorted(_files(work))))
    return sha256(work / SUMS)


def _check_licences(packed: Sequence[Packed]) -> None:
    if refused := [wheel.licensed.line for wheel in packed if wheel.licensed.rank == REFUSED]:
        raise BundleError(f"a licence does not allow it: {refused[0]}", "See scripts/licences.")


def _is_pip(wheel: Packed) -> bool:
    return canonicalize_name(wheel.licensed.name) == "pip"


def _filled(template: Path, values: Mapping[str, str]) -> str:
    text = template.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def _files(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def say(line: str) -> None:
    """Tell the user."""
    print(f"bundle: {line}", file=sys.stderr, flush=True)
