"""`rewrite models`: what lies in folders is told, and held against the digests that stand beside it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rewriter.cli import main
from rewriter.engine.build import quantization
from rewriter.engine.gguf import inspect, read
from tests.gguf_files import INSTRUCT, Value, gguf
from tests.tiny_models import write_tiny

TOLD: dict[str, Value] = {
    **INSTRUCT,
    "general.license": "apache-2.0",
    "general.file_type": 15,
    "llama.context_length": 4096,
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REWRITE_MODELS", raising=False)
    (tmp_path / "models").mkdir()
    return tmp_path


def put(path: Path, metadata: dict[str, Value], listed: bool = False) -> Path:
    path.write_bytes(gguf(metadata))
    if listed:
        with (path.parent / "SHA256SUMS").open("a", encoding="utf-8") as sums:
            sums.write(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n")
    return path


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["models", *arguments], prog_name="rewrite")


def rows(*arguments: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(invoke(*arguments, "--format", "json").stdout)
    return found


# --- what is listed ----------------------------------------------------------------------------------------


def test_a_model_is_told_by_what_its_file_says(here: Path) -> None:
    put(here / "models" / "petit.gguf", TOLD)
    assert invoke().stdout == (
        "models/petit.gguf\n"
        "  Petit, llama, 0.00 billion parameters, Q4_K_M, 0.00 GB\n"
        "  context 4096, licence apache-2.0, chat template yes\n"
    )
    assert rows() == [
        {
            "path": "models/petit.gguf", "fault": "", "name": "Petit", "architecture": "llama", "parameters": 8,
            "quantization": "Q4_K_M", "bytes": (here / "models" / "petit.gguf").stat().st_size, "context": 4096,
            "licence": "apache-2.0", "template": True,
        }
    ]  # fmt: skip


def test_what_cannot_be_used_is_listed_with_its_reason(here: Path) -> None:
    put(here / "models" / "a.gguf", {"general.architecture": "bert"})
    (here / "models" / "b.gguf").write_bytes(b"not a model")
    (here / "models" / "notes.txt").write_text("no model")
    unfit, broken = rows()
    assert "embedding model" in str(unfit["fault"])
    assert (unfit["template"], unfit["quantization"], unfit["context"]) == (False, "", 0)
    assert broken == {"path": "models/b.gguf", "fault": "is not a GGUF model"}
    assert "cannot be used: is not a GGUF model" in invoke().stdout


def test_other_folders_are_looked_into(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("models", "eins", "zwei"):
        (here / name).mkdir(exist_ok=True)
        put(here / name / "m.gguf", TOLD)
    monkeypatch.setenv("REWRITE_MODELS", "eins:zwei")
    assert [row["path"] for row in rows()] == ["models/m.gguf", "eins/m.gguf", "zwei/m.gguf"]
    assert [row["path"] for row in rows("--folder", "zwei")] == ["models/m.gguf", "zwei/m.gguf"]


def test_a_folder_that_is_none_is_a_usage_error(here: Path) -> None:
    result = invoke("--folder", "nowhere")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, "rewrite: nowhere: no such folder")


def test_where_no_model_lies_it_is_told_where_to_get_one(here: Path) -> None:
    result = invoke()
    assert (result.exit_code, result.stdout) == (0, "")
    assert "models/README.md" in result.stderr


def test_what_a_file_says_of_itself_does_not_steer_the_terminal(here: Path) -> None:
    put(here / "models" / "m.gguf", {**TOLD, "general.name": "\x1b[2Jrouge"})
    assert "\x1b" not in invoke().stdout


def test_the_parameters_are_those_that_llama_cpp_counts(tmp_path: Path) -> None:
    from rewriter.engine import load
    from rewriter.settings import EngineSettings

    path = write_tiny(tmp_path / "tiny.gguf")
    with load(path, EngineSettings(threads=1, ctx=256)) as engine:
        assert inspect(path).parameters == engine.parameters


@pytest.mark.parametrize(("kind", "name"), [(0, "F32"), (15, "Q4_K_M"), (1024 + 7, "Q8_0"), (999, "")])
def test_the_quantization_is_called_as_llama_cpp_calls_it(tmp_path: Path, kind: int, name: str) -> None:
    assert quantization(read(put(tmp_path / "m.gguf", {**INSTRUCT, "general.file_type": kind}))) == name


# --- what is verified --------------------------------------------------------------------------------------


def test_every_file_has_its_verdict(here: Path) -> None:
    folder = here / "models"
    for name in ("good.gguf", "gone.gguf", "spoilt.gguf"):
        put(folder / name, TOLD, listed=True)
    put(folder / "new.gguf", TOLD)
    (folder / "gone.gguf").unlink()
    with (folder / "spoilt.gguf").open("ab") as file:
        file.write(b"!")
    result = invoke("verify", "--quiet")
    assert result.exit_code == 1
    assert result.stdout == (
        "missing   models/gone.gguf\nright     models/good.gguf\n"
        "unlisted  models/new.gguf\nwrong     models/spoilt.gguf\n"
    )


def test_what_is_right_or_unlisted_passes(here: Path) -> None:
    put(here / "models" / "good.gguf", TOLD, listed=True)
    put(here / "models" / "new.gguf", TOLD)
    assert invoke("verify").exit_code == 0
    assert [row["verdict"] for row in rows("verify", "--quiet")] == ["right", "unlisted"]


@pytest.mark.parametrize("listed", ["missing", "wrong"])
def test_what_is_missing_or_wrong_fails(here: Path, listed: str) -> None:
    path = put(here / "models" / "m.gguf", TOLD, listed=True)
    path.unlink() if listed == "missing" else path.write_bytes(gguf(INSTRUCT))
    result = invoke("verify", "--quiet")
    assert (result.exit_code, result.stdout.split()) == (1, [listed, "models/m.gguf"])


def test_digests_that_are_none_are_an_error(here: Path) -> None:
    put(here / "models" / "m.gguf", TOLD)
    (here / "models" / "SHA256SUMS").write_text("m.gguf is fine\n")
    result = invoke("verify")
    assert result.exit_code == 4
    assert result.stderr.splitlines()[0] == "rewrite: models/SHA256SUMS: line 1 is no digest and name"
