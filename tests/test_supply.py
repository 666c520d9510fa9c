"""The supply: locks that answer pyproject.toml and name no machine, licences that can be leant on."""

from __future__ import annotations

import re
import sys
from email.message import Message
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from supply import licences  # noqa: E402  the path comes first

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = {
    "runtime": PROJECT["dependencies"],
    "cluster": [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["cluster"]],
    "dev": [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]],
}


def locked(name: str) -> dict[str, list[Requirement]]:
    """What a lock pins; a package may have another version for another Python."""
    pins: dict[str, list[Requirement]] = {}
    for line in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="ascii").splitlines():
        if not line.startswith(" "):
            pin = Requirement(line.removesuffix("\\"))
            pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


# --- locks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_answers_what_the_project_asks_for(name: str) -> None:
    pins = locked(name)
    for asked in map(Requirement, LOCKS[name]):
        versions = [next(iter(pin.specifier)).version for pin in pins.get(canonicalize_name(asked.name), [])]
        assert versions, asked
        assert all(asked.specifier.contains(version) for version in versions), asked


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_pins_and_digests_and_nothing_else(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="ascii")
    pin, digest = r"[\w.-]+==[\w.+!-]+(?: ; [^\\\n]+)?", r" \\\n    --hash=sha256:[0-9a-f]{64}"
    assert re.fullmatch(f"(?:{pin}(?:{digest})+\n)+", text)


def test_what_runs_is_what_was_tested() -> None:
    runtime, cluster, dev = (
        {n: {str(p.specifier) for p in pins} for n, pins in locked(lock).items()} for lock in LOCKS
    )
    assert {name: cluster.get(name) for name in runtime} == runtime
    assert {name: dev.get(name) for name in cluster} == cluster


# --- licences ----------------------------------------------------------------------------------------------


def metadata(**fields: str | list[str]) -> Message:
    about = Message()
    for name, values in {"Name": "a-package", "Version": "1.0", **fields}.items():
        for value in [values] if isinstance(values, str) else values:
            about[name.replace("_", "-")] = value
    return about


def test_everything_that_is_installed_may_be_leant_on() -> None:
    """No GPL; what asks for a little is named."""
    packages = {package.name: package for package in licences.needed_by("rewriter")}
    assert {"llama-cpp-python", "textstat", "lxml"} <= set(packages)
    assert [package.line for package in packages.values() if package.rank == licences.REFUSED] == []
    named = {name for name, package in packages.items() if package.rank == licences.NAMED}
    assert named == {"certifi", "pyphen", "tld", "tqdm"} & set(packages)


@pytest.mark.parametrize(
    ("expression", "rank"),
    [
        ("MIT", licences.FREE),
        ("GPL-3.0-or-later", licences.REFUSED),
        ("AGPL-3.0-only OR GPL-2.0-only", licences.REFUSED),
        ("MIT AND GPL-2.0-only", licences.REFUSED),
        ("MIT OR GPL-2.0-only", licences.FREE),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", licences.NAMED),
        ("(MIT OR GPL-2.0-only) AND LGPL-2.1-or-later", licences.NAMED),
        ("no licence at all", licences.REFUSED),
        ("unknown", licences.REFUSED),
        ("", licences.REFUSED),
    ],
)
def test_a_choice_is_as_good_as_its_best_and_a_sum_as_its_worst(expression: str, rank: int) -> None:
    assert licences.rank(expression) == rank


@pytest.mark.parametrize(
    ("about", "licence"),
    [
        (metadata(License_Expression="MIT", License="GPL"), "MIT"),
        (metadata(License="Apache 2.0"), "Apache-2.0"),
        (metadata(License="All rights reserved.\n ..."), "unknown"),
        (metadata(Classifier=["License :: OSI Approved :: MIT License", "Topic :: Text"]), "MIT"),
        (
            metadata(Classifier=["License :: OSI Approved :: MIT License", "License :: OSI Approved :: GNU GPL"]),
            "MIT AND unknown",
        ),
        (metadata(Name="Click_Default.Group", Classifier="License :: Public Domain"), "BSD-3-Clause"),
        (metadata(), "unknown"),
    ],
)
def test_a_licence_is_read_where_metadata_tell_it(about: Message, licence: str) -> None:
    assert licences.licensed(about).licence == licence
