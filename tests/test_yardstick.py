"""What `scripts/evaluate` measures with: formulas, floors that move one way, what is kept by digest."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from yardstick import articles, floors, measures, methods, reading  # noqa: E402  the path comes first

from tests.scripts import source  # noqa: E402

NEWS = source(
    "Le conseil municipal de Vorlac a voté mardi 14 mars la vente de la caserne pour 6,5 millions d'euros.",
    "La coopérative Les Toits y promet 42 logements.",
)


def written(text: str, **more: Any) -> methods.Written:
    return methods.Written(text, 60.0, 100, **more)


@pytest.mark.parametrize(("words", "score"), [(700, 100), (1400, 67), (350, 50), (2800, 0), (0, 0)])
def test_the_length_score_is_that_of_longbench_write(words: int, score: int) -> None:
    assert round(measures.length_score(words, 700)) == score


def test_what_the_source_does_not_say_is_counted() -> None:
    text = "# Titre\n\nLe conseil municipal de Vernac a voté mercredi la vente pour 7,5 millions d'euros.\n"
    found = measures.measure(written(text), NEWS)
    assert (found["numbers"], found["dates"], found["names"]) == (1, 1, 1)
    assert found["lead_kept"] < 1
    assert found["words_per_minute"] == found["words"]


def test_a_faithful_article_has_nothing_unsupported() -> None:
    found = measures.measure(written("# Titre\n\n" + "\n\n".join(NEWS.paragraphs), verified=1.0), NEWS)
    assert [found[kind] for kind in ("numbers", "dates", "names", "quotations", "repeated")] == [0] * 5
    assert found["lead_kept"] == found["copied"] == found["french_paragraphs"] == 1
    assert found["headings_per_300"] == 0
    assert not found["floor_reached"]


def test_a_sentence_that_stands_twice_is_counted() -> None:
    assert measures.measure(written("\n\n".join(NEWS.paragraphs * 2)), NEWS)["repeated"] == 2


@pytest.fixture
def quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """A gate over measures that a test sets."""
    measured = dict.fromkeys((*floors._LEAST, *floors._MOST), 0.5)
    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.toml")
    monkeypatch.setattr(floors, "measure_quick", lambda model: dict(measured))
    monkeypatch.setattr(floors, "_digests", lambda model: {"set": "s", "model": "m"})
    floors.raise_floors(Path("m.gguf"))
    return measured


def test_what_was_measured_passes_its_own_floors(quick: dict[str, float]) -> None:
    assert floors.gate(Path("m.gguf")) == []


@pytest.mark.parametrize(("key", "value"), [("lead_kept", 0.4), ("unsupported", 1.0), ("copied", 0.6)])
def test_what_lies_below_a_floor_is_named(quick: dict[str, float], key: str, value: float) -> None:
    quick[key] = value
    (told,) = floors.gate(Path("m.gguf"))
    assert told.startswith(key)


def test_floors_move_up_and_never_down(quick: dict[str, float]) -> None:
    quick["words"], quick["copied"] = 0.9, 0.2
    floors.raise_floors(Path("m.gguf"))
    higher = floors.FLOORS.read_text()
    quick["words"], quick["copied"] = 0.1, 0.9
    floors.raise_floors(Path("m.gguf"))
    assert floors.FLOORS.read_text() == higher
    assert len(floors.gate(Path("m.gguf"))) == 2


def test_another_set_or_model_is_refused(quick: dict[str, float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors, "_digests", lambda model: {"set": "another", "model": "m"})
    with pytest.raises(floors.Refusal, match="another set"):
        floors.gate(Path("m.gguf"))


def test_what_was_written_once_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "KEPT", tmp_path / "kept")
    article, model, asked = tmp_path / "a.txt", tmp_path / "m.gguf", []
    article.write_text("\n\n".join(NEWS.paragraphs), encoding="utf-8")
    model.write_bytes(b"m")

    class Done:
        stdout = json.dumps({"text": "# T\n\nDu texte.\n", "seconds": 1.0, "tokens": 5})

    monkeypatch.setattr(articles.subprocess, "run", lambda *a, **k: asked.append(a) or Done())  # type: ignore[func-returns-value]
    for _ in range(2):
        (row,) = articles.run([article], [model], ["plain"])
        assert row.measured["tokens"] == 5
    assert len(asked) == 1
    article.write_text("\n\n".join(reversed(NEWS.paragraphs)), encoding="utf-8")
    list(articles.run([article], [model], ["plain"]))
    assert len(asked) == 2


def test_the_table_has_a_line_for_each_article_and_a_mean(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [articles.Row(f"{n}.txt", "plain", "m", {"words": n, "copied": None}) for n in (100, 300)]
    articles.table(rows)
    assert "| **mean** | plain | 200 |  |" in capsys.readouterr().out


def record(path: Path) -> Path:
    def kept(text: str, origin: str) -> dict[str, Any]:
        return {"passage": {"sentences": [text]}, "text": text + "!", "origin": origin, "truth": 0.8}

    sections = [{"paragraphs": [{"kept": [kept(f"S{i}.", "source" if i == 3 else "model") for i in range(9)]}]}]
    path.write_text(json.dumps({"article": {"lead": [], "sections": sections}}), encoding="utf-8")
    return path


def test_sentences_are_drawn_alike_with_the_same_seed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = []
    for _ in range(2):
        reading.draw([record(tmp_path / "r.json")], 5, 4)
        drawn.append(capsys.readouterr().out)
    assert drawn[0] == drawn[1]
    rows = [json.loads(line) for line in drawn[0].splitlines()]
    assert len(rows) == 5
    assert "S3." not in {row["passage"] for row in rows}


def test_the_curve_counts_what_is_false_above_each_threshold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"passage": "Une phrase de la source.", "sentence": "Une phrase.", "truth": t, "kind": k}
        for t, k in ((0.95, "faithful"), (0.72, "number"), (0.71, "broken"))
    ]
    path = tmp_path / "read.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    reading.curve(path)
    told = capsys.readouterr().out.splitlines()
    assert told[2].startswith("| 0.00 | 3 | 66.7 % | 33.3 % | 0.0 % |")
    assert told[-1].startswith("| 0.90 | 1 | 100.0 % | 0.0 % | 66.7 % |")
