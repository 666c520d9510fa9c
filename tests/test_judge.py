"""The judge: what it weighs, how it is fitted, stored and found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import rewriter.engine
from rewriter.calibrating import calibrate
from rewriter.checking.fitting import RESAMPLED, cross_validated, fit, labelled, written_by_a_model
from rewriter.checking.judge import RULES, Judge, default_judge, judge_file, judge_of, logit, to_toml
from rewriter.checking.proofreader import Proofreader
from rewriter.checking.shifts import SHIFTS, check_causes, shifts, standing
from rewriter.cli import main
from rewriter.engine.base import Question
from rewriter.engine.scripted import ScriptedEngine
from rewriter.errors import ModelError
from rewriter.progress import Silent
from tests.toml_cases import cases


def knows(question: Question) -> tuple[float, ...]:
    """A model that knows most of the answers."""
    truth = {item.sentence: item.faithful for item in (*labelled(), *written_by_a_model())}
    claim = question.messages[-1].content.split("Claim:\n")[1].split("\n\n")[0]
    p = 0.9 if truth[claim] else 0.2
    return p, 1 - p


def guesses(question: Question) -> tuple[float, ...]:
    return 0.5, 0.5


def test_each_doubt_lowers_the_probability() -> None:
    judge = default_judge()
    assert all(judge.weigh(0.9, [rule]) < judge.weigh(0.9, []) for rule in RULES)
    assert judge.weigh(0.9, []) > judge.weigh(0.5, []) > judge.weigh(0.1, [])
    assert judge.least(own_words=True) > judge.least(own_words=False)


def test_a_logit_has_bounds() -> None:
    assert logit(0.0) == pytest.approx(-6)
    assert logit(1.0) == pytest.approx(6)
    assert logit(0.5) == 0


def test_a_model_that_knows_more_weighs_more() -> None:
    def fitted(judge: object) -> Judge:
        return calibrate(ScriptedEngine(lambda r, k: "", judge), 5, Silent())[0]  # type: ignore[arg-type]

    assert fitted(knows).yes > 1
    assert fitted(guesses).yes == pytest.approx(0)
    assert all(weight < 0 for weight in fitted(guesses).rules.values())


def test_no_more_faithful_sentences_are_stopped_than_was_allowed() -> None:
    yes = [0.3 + 0.4 * ((7 * i) % 11) / 11 for i in range(len(labelled()))]
    judge = fit(yes, [0.5] * len(written_by_a_model()), 1)
    faithful = [p for p, item in zip(cross_validated(yes), labelled(), strict=True) if item.faithful]
    assert sum(p < judge.sure_enough for p in faithful) <= RESAMPLED * len(faithful)


def test_the_figures_of_a_model_that_knows_are_good() -> None:
    _, figures = calibrate(ScriptedEngine(lambda r, k: "", knows), 5, Silent())
    assert figures.startswith("area under the curve 1.00")


def test_a_stored_judge_is_the_one_that_was_fitted(tmp_path: Path) -> None:
    model = tmp_path / "m.gguf"
    judge = Judge(0.5, 1.25, dict.fromkeys(RULES, -1.5), 0.4, 0.8, 77)
    judge_file(model).write_text(to_toml(judge, model.name), encoding="utf-8")
    assert judge_of(model, 77) == (judge, True)
    assert judge_of(model, 78) == (default_judge(), False)


def test_a_model_without_calibration_gets_the_demo_models(tmp_path: Path) -> None:
    assert judge_of(tmp_path / "m.gguf", 1) == (default_judge(), False)
    assert judge_of(tmp_path / "m.gguf", default_judge().size) == (default_judge(), True)


@pytest.mark.parametrize("text", ["", "size = 'x'", "intercept = [", "size = 1\nintercept = 0.1"])
def test_a_spoilt_calibration_is_told(tmp_path: Path, text: str) -> None:
    judge_file(tmp_path / "m.gguf").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="no calibration"):
        judge_of(tmp_path / "m.gguf", 1)


@pytest.mark.parametrize("case", cases("shifts")["shifted"], ids=lambda c: c["check"] + ": " + c["sentence"][:30])
def test_a_shift_is_seen(case: dict[str, str]) -> None:
    assert case["check"] in {f.check for f in shifts(case["sentence"], case["passage"])}
    assert case["check"] in SHIFTS


@pytest.mark.parametrize("case", cases("shifts")["faithful"], ids=lambda c: c["sentence"][:40])
def test_a_faithful_paraphrase_shifts_nothing(case: dict[str, str]) -> None:
    assert shifts(case["sentence"], case["passage"]) == ()


def test_every_shift_has_its_case() -> None:
    assert {case["check"] for case in cases("shifts")["shifted"]} == set(SHIFTS)


def test_a_sentence_is_held_against_what_it_stands_on() -> None:
    passage = "Le port a rouvert mardi. La criée de Lanmeur pourrait fermer en juin. Le maire ne dit rien."
    assert (
        standing("En juin, la criée de Lanmeur va fermer.", passage) == "La criée de Lanmeur pourrait fermer en juin."
    )


def test_a_cause_is_refused_where_the_passage_names_none() -> None:
    assert check_causes("Le pont est fermé à cause du gel.", "Il gèle. Le pont est fermé.")
    assert not check_causes("Le pont est fermé en raison du gel.", "Le pont est fermé à cause du gel.")


def test_the_proofreader_weighs_the_model_and_the_rules() -> None:
    read = Proofreader(ScriptedEngine(lambda r, k: ""), default_judge()).read
    passage = "La mairie pourrait vendre la halle."
    sure, shifted = read([(passage, "La mairie envisage de vendre la halle."), (passage, "La mairie vend la halle.")])
    assert sure > shifted


class _Loaded(ScriptedEngine):
    def __enter__(self) -> _Loaded:
        return self

    def __exit__(self, *error: object) -> None:
        pass


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    class Header:
        size = 5

    path = tmp_path / "m.gguf"
    path.write_bytes(b"model")
    monkeypatch.setattr(rewriter.engine, "inspect", lambda p: Header())
    monkeypatch.setattr(rewriter.engine, "load", lambda p, s: _Loaded(lambda r, k: "", knows))
    return path


def test_the_command_stores_the_judge_beside_the_model(model: Path) -> None:
    done = CliRunner().invoke(main, ["calibrate", "--model", str(model)])
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{judge_file(model)}\n"
    assert judge_of(model, 5)[1]


def test_check_asks_the_model_where_one_is_named(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriter.engine, "load", lambda p, s: _Loaded(lambda r, k: "", lambda q: (0.001, 0.999)))
    source, article = model.with_name("s.txt"), model.with_name("a.md")
    text = "Le conseil municipal de Vorlac a voté mardi la vente de l'ancienne caserne à la coopérative Les Toits."
    source.write_text(text + "\n\nLa maire, Hélène Vasseur, s'est dite soulagée après quatre ans.\n", encoding="utf-8")
    article.write_text("# Titre\n\n" + text + "\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(article), "--source", str(source), "--model", str(model)])
    assert "(proofreader)" in done.stdout
