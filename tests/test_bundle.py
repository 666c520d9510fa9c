"""The transfer bundle: packed from wheels that a test makes, installed by its own script, changed, interrupted."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.gguf_files import INSTRUCT, gguf

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from supply import bundle, llama, wheels  # noqa: E402  the path comes first
from supply.locks import Target, read  # noqa: E402
from supply.packed import Model  # noqa: E402

pytestmark = pytest.mark.skipif(platform.system() != "Linux", reason="a bundle is for Linux")
HERE = Target(".".join(platform.python_version_tuple()[:2]), platform.machine(), 17)
PROGRAM = """
import os, sys, time

def main():
    if sys.argv[1:] == ["--help"]:
        print("Commands:" + os.environ.get("COMMANDS", ""))
    elif sys.argv[1:] == ["--version"]:
        time.sleep(float(os.environ.get("SLOWNESS", "0")))
        print("rewrite, version {version}")
    else:
        print("asked for", *sys.argv[1:])
        sys.exit(int(os.environ.get("CODE", "0")))
"""


def write_wheel(folder: Path, package: str, files: Mapping[str, str], more: str = "License-Expression: MIT\n") -> Path:
    """Write the wheel of a package such as `name-1.0` or `name-1.0-TAG`; `more` goes into its metadata."""
    name, version, *tags = package.split("-", 2)
    info, tag = f"{name}-{version}.dist-info", (tags or ["py3-none-any"])[0]
    contents = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{more}",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: {tag}\n",
        f"{info}/licenses/LICENSE": f"The licence of {name}.\n",
    }
    digests = {file: hashlib.sha256(text.encode()).digest() for file, text in contents.items()}
    told = {file: base64.urlsafe_b64encode(digest).decode().rstrip("=") for file, digest in digests.items()}
    contents[f"{info}/RECORD"] = "".join(f"{file},sha256={told[file]},\n" for file in told) + f"{info}/RECORD,,\n"
    path = folder / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{info}/licenses/", "")  # some wheels list their folders
        for file, text in contents.items():
            wheel.writestr(file, text)
    return path


def write_pip(folder: Path) -> None:
    """Write the pip that runs here as a wheel."""
    spec = find_spec("pip")
    assert spec is not None and spec.origin is not None
    package = Path(spec.origin).parent
    files = [path for pattern in ("*.py", "*.txt", "*.pem") for path in package.rglob(pattern)]
    write_wheel(folder, "pip-99.0", {str(path.relative_to(package.parent)): path.read_text("utf-8") for path in files})


def pack(folder: Path, version: str = "1.0", target: Target = HERE, helper: str = "") -> Path:
    """Make a bundle of a small program, a package that it needs, and a model."""
    (folder / "wheels").mkdir(parents=True)
    (folder / "models").mkdir()
    entry = {f"rewriter-{version}.dist-info/entry_points.txt": "[console_scripts]\nrewrite = rewriter_program:main\n"}
    program = {"rewriter_program.py": PROGRAM.replace("{version}", version), **entry}
    write_wheel(
        folder / "wheels",
        f"rewriter-{version}",
        program,
        "License-Expression: Apache-2.0\nRequires-Dist: a-helper\n",
    )
    write_wheel(folder / "wheels", "a_helper-2.0", {"llama_cpp.py": helper})
    write_pip(folder / "wheels")
    model = folder / "models" / "petit.gguf"
    model.write_bytes(gguf(INSTRUCT))
    bundle.dress(folder, target, [Model(model)], "-DFLAG=ON")
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


class Done(NamedTuple):
    """How the installer ended."""

    code: int
    said: str
    printed: str


class Bunker:
    """A machine with an empty home, and a copy of the bundle."""

    def __init__(self, folder: Path, packed: Path) -> None:
        self.home = folder / "an empty home"
        self.home.mkdir()
        self.bundle = folder / "a copy"
        shutil.copytree(packed, self.bundle)
        self.to = self.home / "rewriter"

    def environment(self, **more: str) -> dict[str, str]:
        return {"HOME": str(self.home), "PATH": os.environ["PATH"], "PYTHON": sys.executable, **more}

    def install(self, *options: str, **environment: str) -> Done:
        done = subprocess.run(
            ["sh", str(self.bundle / "install"), *options],
            check=False,
            cwd=self.home,
            env=self.environment(**environment),
            capture_output=True,
            encoding="utf-8",
        )
        return Done(done.returncode, done.stderr, done.stdout)

    def version(self) -> str:
        """What the program that is in use says of itself."""
        command = [str(self.to / ".venv/bin/rewrite"), "--version"]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack(tmp_path_factory.mktemp("packed") / "bundle")


@pytest.fixture
def bunker(tmp_path: Path, packed: Path) -> Bunker:
    return Bunker(tmp_path, packed)


# --- what is in it -----------------------------------------------------------------------------------------


def test_every_file_has_its_digest(packed: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=packed, check=True, capture_output=True
    )
    files = {str(path.relative_to(packed)) for path in packed.rglob("*") if path.is_file()}
    assert {line.rpartition(": ")[0] for line in done.stdout.decode().splitlines()} == files - {"SHA256SUMS"}
    assert {"install", "README.txt", "LICENSE", "docs/air-gap.md", "scripts/nightly"} <= files


def test_every_package_is_pinned_to_its_digest_but_pip_which_installs_them(packed: Path) -> None:
    pins = {pin.name: pin for pin in read(packed / "requirements.txt")}
    assert set(pins) == {"rewriter", "a-helper"}
    (wheel,) = (packed / "wheels").glob("a_helper*")
    assert pins["a-helper"].hashes == (wheels.sha256(wheel),)


def test_every_licence_comes_along(packed: Path) -> None:
    assert (packed / "licences" / "a-helper" / "LICENSE").read_text() == "The licence of a_helper.\n"
    told = (packed / "licences" / "LICENCES.txt").read_text()
    assert "a-helper 2.0: MIT\n" in told
    assert "petit.gguf (Petit): unknown\n" in told


def test_the_bill_names_all_with_digests_and_what_needs_what(packed: Path) -> None:
    bill = json.loads((packed / "sbom.cdx.json").read_text())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["name"] == "rewriter"
    parts = {part["name"]: part for part in bill["components"]}
    assert set(parts) == {"a-helper", "pip", "petit.gguf"}
    assert parts["a-helper"]["purl"] == "pkg:pypi/a-helper@2.0"
    assert parts["a-helper"]["licenses"] == [{"license": {"id": "MIT"}}]
    assert parts["petit.gguf"]["type"] == "machine-learning-model"
    assert parts["petit.gguf"]["hashes"] == [{"alg": "SHA-256", "content": wheels.sha256(packed / "models/petit.gguf")}]
    needs = {entry["ref"]: entry.get("dependsOn", []) for entry in bill["dependencies"]}
    assert needs["rewriter==1.0"] == ["a-helper==2.0", "model:petit.gguf"]


def test_a_package_under_the_gpl_is_not_packed(tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    write_wheel(tmp_path / "wheels", "a_trap-1.0", {}, "License-Expression: GPL-3.0-only\n")
    with pytest.raises(wheels.BundleError, match="a-trap"):
        bundle.dress(tmp_path, HERE, [], "")


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(wheels.BundleError, match="there already"):
        bundle.make(bundle.Order([], tmp_path, HERE.python))


def test_a_target_takes_its_own_wheels_only() -> None:
    target = Target("3.10", "x86_64", 28)
    assert target.platforms[0] == "manylinux_2_28_x86_64"
    assert {"manylinux2014_x86_64", "manylinux1_x86_64", "linux_x86_64"} <= set(target.platforms)
    assert "manylinux_2_29_x86_64" not in target.platforms
    pins = [pin for pin in read(ROOT / "requirements" / "runtime.txt") if target.needs(pin)]
    names = [pin.name for pin in pins]
    assert len(set(names)) == len(names)
    assert "tomli" in names
    assert "colorama" not in names


def test_a_wheel_for_a_fleet_keeps_what_is_asked_for_and_leaves_amx_out(tmp_path: Path) -> None:
    lib, info = "llama_cpp/lib", "llama_cpp_python-1.0.dist-info"
    kept = [f"{lib}/libllama.so", f"{lib}/libggml.so.0", f"{lib}/libggml-base.so.0", f"{lib}/libggml-cpu-haswell.so"]
    left = ["lib/libllama.so", "include/llama.h", "bin/tool", f"{lib}/libllama.so.0.5.0"]
    left += [f"{lib}/libggml-cpu-haswell.so.0", f"{lib}/libggml-cpu-sapphirerapids.so"]
    files = dict.fromkeys(["llama_cpp/__init__.py", *kept, *left], "GLIBC_2.4 GLIBC_2.31 ")
    built = write_wheel(tmp_path, "llama_cpp_python-1.0-py3-none-linux_x86_64", files)
    (tmp_path / "out").mkdir()
    wheel = llama.trimmed(built, b"MIT, by the authors of ggml", tmp_path / "out")
    assert wheel.name == "llama_cpp_python-1.0-py3-none-manylinux_2_31_x86_64.whl"
    assert (llama.machine_of(wheel), llama.glibc(wheel)) == ("x86_64", 31)
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert archive.read(f"{info}/licenses/LICENSE-llama.cpp") == b"MIT, by the authors of ggml"
    assert {"llama_cpp/__init__.py", *kept} <= names
    assert names.isdisjoint(left)


# --- the installation --------------------------------------------------------------------------------------


def test_it_installs_into_an_empty_home_and_twice_does_no_harm(bunker: Bunker) -> None:
    first = bunker.install()
    assert first.code == 0, first.said
    assert first.printed == "rewrite, version 1.0\n"
    assert (bunker.to / "models" / "petit.gguf").read_bytes() == gguf(INSTRUCT)
    assert (bunker.to / "docs" / "nightly.md").exists()
    made = (bunker.to / ".venv" / "pyvenv.cfg").stat().st_mtime_ns
    second = bunker.install("--seal", wheels.sha256(bunker.bundle / "SHA256SUMS"), COMMANDS="\n  doctor  looks around")
    assert second.code == 0, second.said
    assert "there already" in second.said
    assert second.printed == f"asked for doctor --model {bunker.to}/models/petit.gguf\n"
    third = bunker.install(COMMANDS="\n  doctor  looks around", CODE="1")
    assert (third.code, "the program is in place; what failed above" in third.said) == (1, True)
    assert (bunker.to / ".venv" / "pyvenv.cfg").stat().st_mtime_ns == made
    assert names(bunker.home) == {"rewriter"}
    nightly = (bunker.to / "scripts" / "nightly").resolve()
    assert (nightly.parents[1] / ".venv" / "bin" / "rewrite").exists()


def test_an_upgrade_leaves_the_old_at_work_until_the_new_is_whole(bunker: Bunker) -> None:
    old = bunker.to / "releases" / "0.9-old" / ".venv"
    (old / "bin").mkdir(parents=True)
    (old / "bin" / "rewrite").write_text("#!/bin/sh\necho rewrite, version 0.9\n")
    (old / "bin" / "rewrite").chmod(0o755)
    (bunker.to / ".venv").symlink_to(old)
    (bunker.to / "models").mkdir()
    model = bunker.to / "models" / "petit.gguf"
    model.write_bytes(b"another")
    of_others = f"{'0' * 64}  grand.gguf\n"
    (bunker.to / "models" / "SHA256SUMS").write_text(of_others + f"{'1' * 64}  petit.gguf\n")
    stopped = bunker.install()
    assert stopped.code == 1
    assert "petit.gguf is there already, with other content" in stopped.said
    assert bunker.version() == "rewrite, version 0.9\n"
    model.unlink()
    assert bunker.install().code == 0
    assert bunker.version() == "rewrite, version 1.0\n"
    assert len(names(bunker.to / "releases")) == 2
    assert (bunker.to / "models" / "SHA256SUMS").read_text() == f"{of_others}{wheels.sha256(model)}  petit.gguf\n"


def test_what_was_interrupted_is_done_again(bunker: Bunker) -> None:
    installing = subprocess.Popen(
        ["sh", str(bunker.bundle / "install")],
        env=bunker.environment(SLOWNESS="600"),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    while not list(bunker.to.glob("releases/*/.venv/bin/rewrite")):  # it is being tried just then
        assert installing.poll() is None
        time.sleep(0.02)
    os.killpg(installing.pid, signal.SIGTERM)
    _, said = installing.communicate()
    assert (installing.returncode, "stopped; run it again" in said) == (130, True), said
    assert not (bunker.to / ".venv").exists()
    (bunker.to / "models").mkdir(exist_ok=True)
    (bunker.to / "models" / "petit.gguf.part").write_bytes(b"half")
    again = bunker.install()
    assert again.code == 0, again.said
    assert bunker.version() == "rewrite, version 1.0\n"
    assert names(bunker.to / "models") == {"petit.gguf", "SHA256SUMS"}


def tampered(bunker: Bunker, name: str) -> None:
    path = bunker.bundle / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")


@pytest.mark.parametrize(
    "name", ["models/petit.gguf", "wheels/a_helper-2.0-py3-none-any.whl", "requirements.txt", "sbom.cdx.json"]
)
def test_a_file_that_was_changed_is_named(bunker: Bunker, name: str) -> None:
    tampered(bunker, name)
    done = bunker.install()
    assert (done.code, done.printed) == (1, "")
    assert f"install: {name} is not what was packed" in done.said
    assert not bunker.to.exists()


def test_a_file_that_is_gone_or_was_added_is_named(bunker: Bunker) -> None:
    (bunker.bundle / "wheels" / "more.whl").touch()
    assert "wheels/more.whl does not belong to this bundle" in bunker.install().said
    (bunker.bundle / "wheels" / "more.whl").unlink()
    (bunker.bundle / "models" / "petit.gguf").unlink()
    done = bunker.install()
    assert (done.code, "models/petit.gguf is missing" in done.said) == (1, True)
    (bunker.bundle / "SHA256SUMS").unlink()
    done = bunker.install()
    assert (done.code, "SHA256SUMS cannot be read" in done.said) == (1, True)


def test_who_changes_the_digests_too_is_told_by_the_seal(bunker: Bunker) -> None:
    seal = wheels.sha256(bunker.bundle / "SHA256SUMS")
    before = wheels.sha256(bunker.bundle / "models/petit.gguf")
    tampered(bunker, "models/petit.gguf")
    sums = bunker.bundle / "SHA256SUMS"
    sums.write_text(sums.read_text().replace(before, wheels.sha256(bunker.bundle / "models/petit.gguf")))
    done = bunker.install("--seal", seal)
    assert done.code == 1
    assert f"not {seal}" in done.said
    assert not bunker.to.exists()


def test_another_python_is_told_so(tmp_path: Path) -> None:
    bunker = Bunker(tmp_path, pack(tmp_path / "packed", target=Target("3.99", HERE.machine, 17)))
    done = bunker.install()
    assert done.code == 1
    assert f"for Python 3.99, and none is here ({sys.executable} is CPython {HERE.python}" in done.said


def test_a_library_that_does_not_load_here_ends_it_before_it_is_in_use(tmp_path: Path) -> None:
    broken = "raise OSError('libstdc++.so.6: no such file')"
    bunker = Bunker(tmp_path, pack(tmp_path / "packed", helper=broken))
    done = bunker.install()
    assert done.code == 1
    assert "libstdc++.so.6: no such file" in done.said
    assert "install: llama.cpp cannot be loaded on this system" in done.said
    assert not (bunker.to / ".venv").exists()


def test_an_older_system_is_told_so(tmp_path: Path) -> None:
    bunker = Bunker(tmp_path, pack(tmp_path / "packed", target=Target(HERE.python, HERE.machine, 999)))
    done = bunker.install()
    assert (done.code, "needs glibc 2.999 or later" in done.said) == (1, True)


def test_another_processor_is_told_so(bunker: Bunker, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    uname = tmp_path / "bin" / "uname"
    uname.write_text('#!/bin/sh\n[ "$1" = -s ] && echo Linux || echo riscv64\n')
    uname.chmod(0o755)
    done = bunker.install(PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert done.code == 1
    assert f"for Linux {HERE.machine}, and this is Linux riscv64" in done.said


def test_what_is_not_from_a_bundle_stays(bunker: Bunker) -> None:
    (bunker.to / ".venv").mkdir(parents=True)
    done = bunker.install()
    assert (done.code, ".venv is there, and is not from a bundle" in done.said) == (1, True)


@pytest.mark.parametrize("options", [["--seal"], ["--to"], ["--other"]])
def test_options_that_make_no_sense_are_told(bunker: Bunker, options: list[str]) -> None:
    done = bunker.install(*options)
    assert (done.code, "Usage: sh install" in done.said) == (1, True)
