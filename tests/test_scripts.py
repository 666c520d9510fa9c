"""The shell scripts, without network, compiler or model: Python, pip and the compilers are stand-ins."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent


# --- scripts/setup ------------------------------------------------------------------------------------------

PYTHON = """#!/bin/sh
# Stands in for Python: notes how it was called, copies itself for a .venv, and its pip says what it is told.
echo "$*" >>"$CALLS"
case "$*" in
*find_spec*) for module; do :; done
    [ "$module" = pip ] || [ -e "$(dirname "$0")/installed" ] ;;
*"pip uninstall"*) rm -f "$(dirname "$0")/installed" ;;
*"pip install"*) echo "cmake: $CMAKE_ARGS" >>"$CALLS"
    if [ -n "${PIP_SAYS:-}" ]; then echo "$PIP_SAYS"; exit 1; fi
    : >"$(dirname "$0")/installed" ;;
*"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
*version_info*) exit "${TOO_OLD:-0}" ;;
*ensurepip*) exit "${NO_VENV:-0}" ;;
*"import llama_cpp"*) exit "${NO_LOAD:-0}" ;;
"-I - "*) exec "$REAL_PYTHON" "$@" ;;
esac
"""
UTILITIES = (*("cat", "cmp", "cp", "dirname", "env", "getconf", "grep", "mkdir", "rm", "sed", "sh", "sleep", "tail"),)
COMPILERS = ("cc", "c++", "cmake")


class Run(NamedTuple):
    """How a script ended."""

    code: int
    said: str


class House:
    """A copy of the project's scripts, and a PATH that holds nothing but what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "une maison"
        self.bin = folder / "bin"
        self.calls = folder / "calls"
        self.root.mkdir()
        self.bin.mkdir()
        self.calls.touch()
        shutil.copytree(ROOT / "scripts", self.root / "scripts")
        shutil.copy(ROOT / "pyproject.toml", self.root)
        for name in UTILITIES:
            found = shutil.which(name)
            assert found is not None, name
            (self.bin / name).symlink_to(found)
        self.program("python3", PYTHON)
        for name in COMPILERS:
            self.program(name, "#!/bin/sh\n")

    def program(self, name: str, text: str) -> None:
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)

    def setup(self, *options: str, **environment: str) -> Run:
        home = {"PATH": str(self.bin), "CALLS": str(self.calls), "REAL_PYTHON": sys.executable}
        done = subprocess.run(
            [str(self.root / "scripts/setup"), *options],
            check=False,
            cwd="/",
            env={**home, **environment},
            capture_output=True,
            encoding="utf-8",
        )
        assert done.stdout == ""
        return Run(done.returncode, done.stderr)

    def called(self, words: str) -> list[str]:
        """The calls so far that hold these words."""
        return [line for line in self.calls.read_text().splitlines() if words in line]

    @property
    def installs(self) -> list[str]:
        return self.called("pip install")


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_setup_installs_once(house: House) -> None:
    first = house.setup()
    assert first.code == 0, first.said
    assert "done" in first.said
    assert house.setup() == Run(0, "")
    assert len(house.installs) == 1
    assert house.installs[0].endswith("--editable .")
    assert house.called("cmake:") == ["cmake: -DLLAVA_BUILD=OFF "]


def test_setup_follows_a_symlinked_path_with_spaces(house: House, tmp_path: Path) -> None:
    link = tmp_path / "un lien"
    link.symlink_to(house.root)
    house.setup()
    house.root = link
    assert house.setup() == Run(0, "")


def test_a_changed_project_file_is_installed_again(house: House) -> None:
    house.setup()
    project = house.root / "pyproject.toml"
    project.write_text(project.read_text() + "\n# changed\n")
    house.setup()
    assert len(house.installs) == 2
    assert len(house.called("-m venv")) == 1


def test_dev_is_remembered(house: House) -> None:
    house.setup()
    house.setup("--dev")
    assert house.setup() == Run(0, "")
    assert [call.rpartition(" ")[2] for call in house.installs] == [".", ".[dev]"]


def test_build_flags_are_added_and_remembered_and_keep_out_of_pips_cache(house: House) -> None:
    house.setup()
    house.setup(CMAKE_ARGS="-DGGML_CUDA=on")
    assert len(house.called("pip uninstall")) == 1
    assert house.setup() == Run(0, "")
    house.setup("--dev")
    plain = "cmake: -DLLAVA_BUILD=OFF "
    assert house.called("cmake:") == [plain, f"{plain}-DGGML_CUDA=on", f"{plain}-DGGML_CUDA=on"]
    assert ["--no-cache-dir" in call for call in house.installs] == [False, True, True]
    house.setup(CMAKE_ARGS="")
    assert house.called("cmake:")[3:] == [plain]
    assert len(house.called("pip uninstall")) == 2


def test_a_moved_folder_gets_a_new_environment(house: House) -> None:
    house.setup("--dev")
    house.root = house.root.rename(house.root.with_name("ailleurs"))
    assert house.setup().code == 0
    assert len(house.called("-m venv")) == 2
    assert house.installs[1].endswith(".[dev]")


def test_an_installation_that_failed_is_tried_again(house: House) -> None:
    assert house.setup(PIP_SAYS="ERROR: bad luck").code == 1
    assert house.setup().code == 0
    assert len(house.called("-m venv")) == 1
    assert len(house.installs) == 2


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("FAILED: ggml.o\nninja: build stopped", "llama.cpp did not compile"),
        ("Retrying after connection broken by 'NewConnectionError'", "the package index cannot be reached"),
        ("ERROR: no such thing", "pip could not install the package"),
    ],
)
def test_a_failed_installation_says_why_and_shows_the_log(house: House, log: str, words: str) -> None:
    run = house.setup(PIP_SAYS=log)
    assert run.code == 1
    assert f"setup: {words}" in run.said
    assert log in run.said
    assert "done" not in run.said


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"TOO_OLD": "1"}, "no Python 3.10 or later found"),
        ({"PYTHON": "/nowhere/python3"}, "no Python 3.10 or later found (looked for: /nowhere/python3)"),
        ({"NO_VENV": "1"}, "python3 has no venv module"),
    ],
    ids=["old", "missing", "without venv"],
)
def test_a_python_that_does_not_do_is_told_before_anything_is_made(
    house: House, environment: dict[str, str], words: str
) -> None:
    run = house.setup(**environment)
    assert run.code == 1
    assert words in run.said
    assert not (house.root / ".venv").exists()


@pytest.mark.parametrize(("missing", "words"), [("cc", "no C compiler"), ("c++", "no C++ compiler")])
def test_a_missing_compiler_is_told_before_anything_is_made(house: House, missing: str, words: str) -> None:
    (house.bin / missing).unlink()
    run = house.setup()
    assert run.code == 1
    assert f"setup: {words}" in run.said
    assert not (house.root / ".venv").exists()


def test_a_compiler_that_does_not_compile_counts_as_missing(house: House) -> None:
    house.program("c++", "#!/bin/sh\nexit 1\n")
    assert "no C++ compiler that works" in house.setup().said


def test_cc_may_hold_several_words(house: House) -> None:
    (house.bin / "cc").unlink()
    assert house.setup(CC="env true-cc").code == 1
    house.program("true-cc", "#!/bin/sh\n")
    assert house.setup(CC="env true-cc").code == 0


def test_a_missing_cmake_is_told_and_left_to_pip(house: House) -> None:
    (house.bin / "cmake").unlink()
    run = house.setup()
    assert run.code == 0
    assert "no cmake here" in run.said


def test_a_full_disk_is_told_before_anything_is_made(house: House) -> None:
    run = house.setup("--room", "99999999999")
    assert run.code == 1
    assert f"no room in {house.root}" in run.said
    assert not (house.root / ".venv").exists()


def test_a_build_that_cannot_be_loaded_is_told(house: House) -> None:
    run = house.setup(NO_LOAD="1")
    assert run.code == 1
    assert "cannot be loaded" in run.said


@pytest.mark.parametrize("options", [["--fast"], ["--room"], ["--room", "much"]])
def test_an_option_without_sense_is_refused(house: House, options: list[str]) -> None:
    run = house.setup(*options)
    assert run.code == 1
    assert "--room" in run.said
    assert house.installs == []


# --- scripts/demo, scripts/test, .ci/run: who calls whom ----------------------------------------------------


def recorder(path: Path) -> None:
    """Replace a script by one that notes how it was called."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('#!/bin/sh\necho "$(basename "$0")" "$@" >>"$CALLS"\n')
    path.chmod(0o755)


def calls_of(root: Path, script: str, *options: str) -> list[str]:
    """What a script calls, in order, when run from another folder."""
    calls = root / "calls"
    environment = {**os.environ, "CALLS": str(calls)}
    subprocess.run([str(root / script), *options], check=True, cwd="/", env=environment)
    return calls.read_text().replace(f"{root}/", "").splitlines()


@pytest.fixture
def shell_house(tmp_path: Path) -> Path:
    root = tmp_path.resolve() / "une maison"
    shutil.copytree(ROOT / "scripts", root / "scripts")
    shutil.copytree(ROOT / ".ci", root / ".ci")
    for name in ("scripts/setup", ".venv/bin/python", ".venv/bin/rewrite"):
        recorder(root / name)
    return root


def test_demo_sets_up_fetches_and_rewrites(shell_house: Path) -> None:
    model = "models/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
    assert calls_of(shell_house, "scripts/demo", "--words", "300") == [
        "setup --room 1300",
        "python scripts/fetch-demo-model",
        f"rewrite --model {model} examples/port-aux-moules.txt --words 300",
    ]
    assert (ROOT / "examples/port-aux-moules.txt").is_file()


def test_test_needs_no_room_for_models_that_are_there(shell_house: Path) -> None:
    recorder(shell_house / "scripts/check")
    models = shell_house / "models"
    models.mkdir()
    (models / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf").touch()
    assert calls_of(shell_house, ".ci/run") == [
        "setup --dev --room 700",
        "python scripts/fetch-demo-model",
        "python scripts/fetch-demo-model --small",
        "check",
        "python -m pytest -m not model -n auto --dist worksteal",
        "python -m pytest -m model",
    ]


def test_check_reads_the_package_and_every_script_in_python(shell_house: Path) -> None:
    python = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "scripts").iterdir()) if in_python(path)]
    assert "scripts/fetch-demo-model" in python
    assert calls_of(shell_house, "scripts/check") == [
        "setup --dev",
        " ".join(["python -m ruff check .", *python]),
        "python -m mypy",
        " ".join(["python -m mypy --scripts-are-modules", *python]),
        "python scripts/licences --dev",
    ]


def in_python(path: Path) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8").startswith("#!/usr/bin/env python3\n")
