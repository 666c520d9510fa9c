"""`rewrite doctor`: every line tells what is so, and what to do where it is not as it should be."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from rewriter import offline
from rewriter.cli import main
from rewriter.doctor import host, model, speed
from rewriter.doctor.findings import Finding, to_text
from rewriter.doctor.speed import (
    IN_LLAMA,
    READ_A_WORD,
    WRITTEN_A_WORD,
    Best,
    Trials,
    best_of,
    examine_speed,
    seconds,
)
from rewriter.doctor.storing import store
from rewriter.doctor.trials import Speed, settings_to_try, try_out
from rewriter.engine.build import Build, Device, describe
from rewriter.errors import ModelError, OutputError, UsageError
from rewriter.progress import Silent
from rewriter.settings import EngineSettings
from tests.gguf_files import INSTRUCT, Value, gguf
from tests.tiny_models import write_tiny

MAPPED = Speed("mapped", 4, 100.0, 10.0, 100.0, 32, "La nuit")
BUILT = Build("0.3.36", (Device("A Processor", 8 * 10**9, 10**10),), ("AVX2", "AVX512"), False, 4, 8)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own, with nothing from the environment."""
    for name in [name for name in os.environ if name.startswith("REWRITE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(offline, "families_within_reach", lambda: ())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *arguments], prog_name="rewrite")


def rows(result: Result) -> dict[str, dict[str, str]]:
    return {row["subject"]: row for row in json.loads(result.stdout)}


def looked_at(path: Path, settings: EngineSettings | None = None) -> dict[str, Finding]:
    """What is found in a file before the model is loaded."""
    from rewriter.engine import inspect

    found = model.examine_file(inspect(path), settings or EngineSettings(), Silent())
    return {finding.subject: finding for finding in found}


def written(path: Path, **more: Value) -> Path:
    path.write_bytes(gguf({**INSTRUCT, **{key.replace("__", "."): value for key, value in more.items()}}))
    return path


# --- the whole of it ---------------------------------------------------------------------------------------


def test_without_a_model_the_machine_alone_is_looked_at(here: Path) -> None:
    result = invoke("--format", "json")
    found = rows(result)
    assert result.exit_code == 0
    assert list(found) == ["versions", "processor", "back ends", "memory", "network", "model"]
    assert found["model"]["state"] == "warning"
    assert "--model" in found["model"]["advice"]


def test_a_model_is_tried_and_the_best_way_is_stored(here: Path) -> None:
    path = write_tiny(here / "tiny.gguf")
    (here / "rewriter.toml").write_text("# ours\nmodel = 'tiny.gguf'\ntitle = 'Le port'\nctx = 2048\nparallel = 4\n")
    result = invoke("--format", "json", "--store", "--quiet")
    found = rows(result)
    assert result.exit_code == 0
    assert {row["state"] for row in found.values()} <= {"ok", "warning"}
    assert path.name in found["digest"]["text"]
    assert "2048 tokens of the 4096" in found["context"]["text"]
    assert "in a batch of 4" in found["speed"]["text"]
    assert "repacked" in found["best"]["text"]
    assert found["time"]["text"].startswith("700 words take about ")
    stored = (here / "rewriter.toml").read_text()
    assert stored.startswith("# ours\nmodel = 'tiny.gguf'\n")
    assert "\nweights = " in stored
    assert "\nthreads = " in stored
    assert result.stderr == "stored in rewriter.toml\n"


@pytest.mark.parametrize(
    ("name", "words"), [("none.gguf", "no such file"), ("text.gguf", "is not a GGUF model"), ("bert.gguf", "embedding")]
)
def test_a_model_that_cannot_be_used_fails(here: Path, name: str, words: str) -> None:
    (here / "text.gguf").write_text("no model")
    (here / "bert.gguf").write_bytes(gguf({"general.architecture": "bert"}))
    result = invoke("--model", name, "--store")
    assert result.exit_code == 1
    assert f"failed   model        {name}: " in result.stdout
    assert words in result.stdout
    assert result.stderr.endswith("nothing is stored: no trial came to its end\n")
    assert not (here / "home").exists()


def test_a_model_that_does_not_fit_is_not_loaded(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rewriter.engine.memory.available_memory", lambda: 10**6)
    found = rows(invoke("--model", str(written(here / "m.gguf")), "--format", "json", "--quiet"))
    assert (found["fits"]["state"], "decoding" in found) == ("failed", False)
    assert "but only 0.0 GB are free" in found["fits"]["text"]


def test_a_key_of_the_configuration_that_nobody_knows_is_an_error(here: Path) -> None:
    (here / "rewriter.toml").write_text("thread = 2\n")
    result = invoke()
    assert result.exit_code == 2
    assert "unknown key: thread (did you mean threads?)" in result.stderr


def test_the_advice_stands_below_its_line() -> None:
    shown = to_text([Finding("memory", "warning", "little", "free some"), Finding("network", "ok", "none")])
    assert shown == "warning  memory       little\n                      try: free some\nok       network      none\n"


# --- the machine -------------------------------------------------------------------------------------------


def test_llama_cpp_tells_what_it_was_built_with() -> None:
    built = describe()
    assert built.version.startswith("0.")
    assert built.threads >= built.cores >= 1
    assert all(device.total >= device.free > 0 for device in built.devices)


@pytest.mark.parametrize(
    ("features", "flags", "state", "words"),
    [
        (("AVX2", "AVX512"), {"avx2", "avx512f"}, "ok", "AVX2, AVX512"),
        (("AVX2", "AVX512"), {"avx2"}, "failed", "but the processor lacks AVX512"),
        (("AVX2",), {"avx2", "avx512f"}, "warning", "not AVX512, which the processor has"),
        (("AVX2", "AMX_INT8"), {"avx2", "amx_int8"}, "ok", "repacked weights are refused"),
        (("NEON",), set(), "ok", "NEON"),
    ],
)
def test_the_processor_is_held_against_the_build(features: Any, flags: set[str], state: str, words: str) -> None:
    found = host._processor(replace(BUILT, features=features), frozenset(flags))
    assert (found.state, bool(found.advice)) == (state, state != "ok")
    assert words in found.text


def test_linux_tells_what_the_processor_can_do(tmp_path: Path) -> None:
    (tmp_path / "cpuinfo").write_text("model name\t: One\nflags\t\t: fpu avx2\n\nflags\t\t: fpu\n")
    assert host.cpu_flags(tmp_path / "cpuinfo") == {"fpu", "avx2"}
    assert host.cpu_flags(tmp_path / "none") == frozenset()


def test_little_memory_is_a_warning() -> None:
    assert [host._memory(free).state for free in (10**9, 10**10)] == ["warning", "ok"]


@pytest.mark.parametrize(
    ("reason", "reach", "state", "words"),
    [
        ("", (), "ok", "the kernel refuses it"),
        ("no filter", (), "ok", "no route leads out, though the kernel denies nothing (no filter)"),
        ("no filter", ("IPv4",), "warning", "within reach (IPv4): no filter"),
        ("", ("IPv6",), "warning", "within reach (IPv6)"),
    ],
)
def test_the_network_is_tried(
    monkeypatch: pytest.MonkeyPatch, reason: str, reach: tuple[str, ...], state: str, words: str
) -> None:
    monkeypatch.setattr(offline, "deny_network", lambda: reason)
    monkeypatch.setattr(offline, "families_within_reach", lambda: reach)
    found = host._network()
    assert (found.state, bool(found.advice)) == (state, state != "ok")
    assert words in found.text


def test_a_llama_cpp_that_cannot_be_loaded_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Build:
        raise OSError("libcudart.so.12: cannot open shared object file")

    monkeypatch.setattr("rewriter.engine.build.describe", broken)
    first, *_ = host.examine_host()
    assert (first.subject, first.state) == ("llama.cpp", "failed")
    assert "libcudart" in first.text


# --- the model's file --------------------------------------------------------------------------------------


def test_the_digest_is_held_against_its_list(tmp_path: Path) -> None:
    path = written(tmp_path / "m.gguf")
    assert looked_at(path)["digest"].state == "warning"
    sums = tmp_path / "SHA256SUMS"
    sums.write_text(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  m.gguf\n")
    assert looked_at(path)["digest"].state == "ok"
    sums.write_text(f"{'0' * 64}  m.gguf\n")
    assert looked_at(path)["digest"].state == "failed"
    sums.write_text("nonsense\n")
    assert looked_at(path)["digest"].state == "failed"


def test_what_the_file_says_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "m.gguf", general__license="apache-2.0", general__file_type=15)
    found = looked_at(path)
    assert found["architecture"].text == "llama, 0.00 billion parameters, Q4_K_M, 0.00 GB"
    assert found["licence"] == Finding("licence", "ok", "apache-2.0, by the file's own word")
    assert found["template"].text.startswith("has a system role")
    assert found["fits"].state == "ok"
    assert looked_at(written(path))["licence"].state == "warning"
    (tmp_path / "m.gguf.LICENSE").write_text("Apache License, Version 2.0")
    assert looked_at(path)["licence"].text == "the file names none; m.gguf.LICENSE lies beside it"


def test_a_template_is_read(tmp_path: Path) -> None:
    refusing = "{% if messages[0].role == 'system' %}{{ raise_exception('no') }}{% endif %}{{ messages[0].content }}"
    path = written(tmp_path / "m.gguf", tokenizer__chat_template=refusing)
    assert looked_at(path)["template"].text.startswith("has no system role")
    path = written(path, tokenizer__chat_template="{% if %}")
    assert looked_at(path)["template"].state == "failed"


def test_a_context_that_memory_cuts_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: dict[str, Value] = {
        "llama.block_count": 100, "llama.attention.head_count": 8, "llama.embedding_length": 8192,
        "llama.context_length": 4096,
    }  # fmt: skip
    path = tmp_path / "m.gguf"
    path.write_bytes(gguf({**INSTRUCT, **sizes}))
    monkeypatch.setattr("rewriter.engine.memory.available_memory", lambda: 2 * 10**10)
    assert looked_at(path)["context"].state == "warning"
    assert looked_at(path, EngineSettings(ctx=1024))["context"].text == "1024 tokens of the 4096 trained on"


# --- trials ------------------------------------------------------------------------------------------------


class Deadly(EngineSettings):
    """Settings that kill the process that receives them, as a crash in llama.cpp would."""

    def __reduce__(self) -> tuple[Any, tuple[()]]:
        return os.abort, ()


def test_a_crash_costs_the_trial_alone(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"m\.gguf: llama\.cpp crashed: SIGABRT"):
        try_out(tmp_path / "m.gguf", Deadly(), (1,))


def test_what_llama_cpp_refuses_is_told_with_its_tip(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"llama\.cpp cannot load it") as caught:
        try_out(written(tmp_path / "m.gguf"), EngineSettings(), (1,))
    assert caught.value.tip


def test_the_chosen_way_is_tried_first() -> None:
    tried = list(settings_to_try(EngineSettings(threads=3, weights="repacked"), cores=4, threads=8))
    assert [(way.weights, counts) for way, counts in tried] == [("repacked", [3, 4, 8, 2]), ("mapped", [3, 4, 8, 2])]
    assert [counts for _, counts in settings_to_try(EngineSettings(), cores=1, threads=1)] == [[1], [1]]


def test_another_way_is_best_where_it_is_clearly_faster() -> None:
    near, far = replace(MAPPED, threads=8, batch=102.0), replace(MAPPED, weights="repacked", batch=200.0)
    assert best_of(Trials((MAPPED, near), {})) == Best("mapped", 4)
    assert best_of(Trials((MAPPED, near, far), {})) == Best("repacked", 4)
    assert best_of(Trials((), {"mapped": ModelError("no")})) is None


def test_an_article_takes_as_long_as_its_tokens() -> None:
    assert seconds(MAPPED, 1400) == pytest.approx(2 * seconds(MAPPED, 700))
    half = replace(MAPPED, read=50.0, alone=5.0, batch=50.0)
    assert seconds(half, 700) == pytest.approx(2 * seconds(MAPPED, 700))
    one = replace(MAPPED, batch=10.0, texts=1)
    assert seconds(one, 100) == pytest.approx(100 * (READ_A_WORD / 100 + WRITTEN_A_WORD / 10) / IN_LLAMA)


def test_the_article_that_was_counted_takes_the_time_that_it_took() -> None:
    """Its 8696 tokens read and 2607 written in 190 steps took 441 s where a step took 0.732 s and 0.0247 s a token."""
    own, each = 0.732, 0.0247
    trial = replace(MAPPED, read=256 / (own + 256 * each), alone=1 / (own + each), batch=32 / (own + 32 * each))
    assert seconds(trial, 865) == pytest.approx(441.1 / IN_LLAMA, rel=0.03)


def test_what_cannot_be_measured_has_no_time() -> None:
    assert seconds(replace(MAPPED, batch=0.0), 700) == float("inf")


def test_a_faster_way_is_advised() -> None:
    trials = Trials((MAPPED, replace(MAPPED, threads=8, read=200.0, batch=200.0)), {"repacked": ModelError("has AMX")})
    found = {f.subject: f for f in examine_speed(trials, best_of(trials), EngineSettings(), 700)}
    assert found["best"].state == "warning"
    assert found["best"].advice.startswith("--weights mapped --threads 8,")
    assert found["best"].text.endswith("repacked: not tried, has AMX")
    assert found["decoding"].text == "wrote: La nuit …"


def test_a_model_that_cannot_be_tried_or_writes_nothing_is_told() -> None:
    crashed = Trials((), {"mapped": ModelError("llama.cpp crashed: SIGSEGV", "another")})
    assert list(examine_speed(crashed, None, EngineSettings(), 700)) == [
        Finding("decoding", "failed", "llama.cpp crashed: SIGSEGV", "another")
    ]
    mute = Trials((replace(MAPPED, text=""),), {})
    assert next(iter(examine_speed(mute, best_of(mute), EngineSettings(), 700))).state == "warning"


@pytest.mark.parametrize(("duration", "told"), [(59.6, "1 min 00 s"), (12.2, "12 s"), (float("inf"), "unknown")])
def test_a_time_is_told(duration: float, told: str) -> None:
    assert speed._time(duration) == told


# --- what is stored ----------------------------------------------------------------------------------------


def test_comments_and_other_keys_stay(tmp_path: Path) -> None:
    path = tmp_path / "rewriter.toml"
    path.write_text("# Le Courrier\nwords = 800  # as agreed\nthreads = 1 # once\n", encoding="utf-8")
    store(Best("mapped", 6), path)
    assert path.read_text() == '# Le Courrier\nwords = 800  # as agreed\nthreads = 6 # once\nweights = "mapped"\n'


def test_the_file_is_made_where_it_is_missing(tmp_path: Path) -> None:
    store(Best("repacked", 2), tmp_path / "new" / "rewriter.toml")
    assert (tmp_path / "new" / "rewriter.toml").read_text() == 'weights = "repacked"\nthreads = 2\n'


def test_a_file_that_cannot_be_read_or_made_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "rewriter.toml"
    path.write_text("words: 800\n")
    with pytest.raises(UsageError, match="is not TOML"):
        store(Best("mapped", 2), path)
    assert path.read_text() == "words: 800\n"
    with pytest.raises(OutputError, match="cannot be made"):
        store(Best("mapped", 2), path / "below" / "rewriter.toml")
