"""Any article held against its source, sentence by sentence, without a model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rewriter.article import Remark
from rewriter.checking.alignment import Alignment
from rewriter.checking.inspection import inspect, lines_of
from rewriter.cli import main
from tests.scripts import source

NEWS = (
    "Le conseil municipal de Vorlac a voté mardi 14 mars la vente de l'ancienne caserne à la coopérative Les Toits.",
    "« Nous attendions ce vote depuis quatre ans », a déclaré la maire, Hélène Vasseur. L'opposition n'a pas pris part "
    "au scrutin.",
    "La coopérative, dirigée par Marc Tessier, promet 42 logements d'ici à 2027, pour 6,5 millions d'euros.",
)
FAITHFUL = """---
slug: caserne
---

# Vorlac cède sa caserne

**Mardi 14 mars, à Vorlac, le conseil municipal a voté la vente de l'ancienne caserne à la coopérative Les Toits.**

## Quatre ans d'attente

La maire, Hélène Vasseur, s'en réjouit : « Nous attendions ce vote depuis quatre ans. » L'opposition n'a pas pris part \
au scrutin. Pour 6,5 millions d'euros, la coopérative que dirige Marc Tessier promet 42 logements d'ici à 2027.
"""


def remarks(article: str, gravity: str = "error") -> list[Remark]:
    return [r for r in inspect(article, source(*NEWS)) if r.finding.gravity == gravity]


def test_a_faithful_article_has_no_errors() -> None:
    assert remarks(FAITHFUL) == []


@pytest.mark.parametrize(
    ("right", "wrong", "check"),
    [
        ("42 logements", "52 logements", "numbers"),
        ("Mardi 14 mars", "Mardi 15 mars", "dates"),
        ("Marc Tessier", "Marc Tissot", "names"),
        ("depuis quatre ans. »", "depuis bien longtemps. »", "quotations"),
        ("L'opposition n'a pas pris part", "Un référendum sur la piscine aura lieu en juin à la demande", "support"),
        ("Vorlac cède", "Vernac cède", "names"),
        ("promet 42", "a promettant 42", "grammar"),
    ],
)
def test_what_was_changed_is_found_where_it_stands(right: str, wrong: str, check: str) -> None:
    article = FAITHFUL.replace(right, wrong)
    found = [r for r in remarks(article) if r.finding.check == check]
    assert found
    for remark in found:
        line = article.split("\n")[(remark.line or 0) - 1]
        assert wrong.split(maxsplit=1)[0] in line
        assert remark.finding.span
        first, last = remark.finding.span
        assert 0 <= first < last <= len(line)


def test_the_span_is_counted_in_the_line_as_it_is_written() -> None:
    article = FAITHFUL.replace("Marc Tessier", "Marc Tissot")
    (remark,) = [r for r in remarks(article) if r.finding.check == "names"]
    first, last = remark.finding.span or (0, 0)
    assert article.split("\n")[(remark.line or 0) - 1][first:last] == "Marc Tissot"


def test_a_fact_of_the_lead_that_is_left_out_is_to_be_looked_at() -> None:
    found = remarks(FAITHFUL.replace("Mardi 14 mars, à Vorlac, le", "Le"), "warning")
    assert any(r.finding.check == "coverage" and "14 mars" in r.finding.message for r in found)


def test_a_sentence_that_is_left_out_is_told() -> None:
    found = remarks(FAITHFUL.replace("L'opposition n'a pas pris part au scrutin. ", ""), "note")
    assert [r.finding.message for r in found if "opposition" in r.finding.message]


def test_a_negation_that_went_is_to_be_looked_at() -> None:
    assert "negation" in {
        r.finding.check for r in remarks(FAITHFUL.replace("n'a pas pris part", "a pris part"), "warning")
    }


def test_lines_know_their_markup() -> None:
    lines = lines_of("# Titre\n\n**Chapô.**\n\n- Un point.\n\nTexte.\n")
    assert [(line.number, line.text, line.offset, line.is_heading) for line in lines] == [
        (1, "Titre", 2, True), (3, "Chapô.", 2, False), (5, "Un point.", 2, False), (7, "Texte.", 0, False),
    ]  # fmt: skip


def test_a_sentence_may_join_two_of_the_source() -> None:
    alignment = Alignment(NEWS)
    assert alignment.find(
        "Marc Tessier promet 42 logements, et Hélène Vasseur attendait ce vote depuis quatre ans."
    ) == (1, 2)
    assert alignment.find("Il pleuvra demain sur toute la Normandie.") == ()
    assert not alignment.can_tell("« Non plus. »")


def test_the_command_prints_findings_and_exits_by_them(tmp_path: Path) -> None:
    article, text = tmp_path / "a.md", tmp_path / "s.txt"
    text.write_text("\n\n".join(NEWS), encoding="utf-8")
    article.write_text(FAITHFUL, encoding="utf-8")
    good = CliRunner().invoke(main, ["check", str(article), "--source", str(text)])
    assert good.exit_code == 0, good.output
    article.write_text(FAITHFUL.replace("42 logements", "52 logements"), encoding="utf-8")
    bad = CliRunner().invoke(main, ["check", str(article), "--source", str(text)])
    assert bad.exit_code == 1
    assert "erreur (numbers)" in bad.stdout
    told = CliRunner().invoke(main, ["check", str(article), "--source", str(text), "--format", "json"])
    (row,) = [row for row in json.loads(told.stdout) if row["check"] == "numbers"]
    assert row["line"] == 11
    assert row["suggestion"]
    assert "42 logements" in row["passage"]


def test_the_command_says_what_it_cannot_read(tmp_path: Path) -> None:
    text = tmp_path / "s.txt"
    text.write_text("\n\n".join(NEWS), encoding="utf-8")
    missing = CliRunner().invoke(main, ["check", str(tmp_path / "none.md"), "--source", str(text)])
    assert missing.exit_code == 3
    assert "none.md" in missing.stderr
