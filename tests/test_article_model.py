"""The product, whole: an article of examples/ through the command, with the real demo model."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rewriter.checking.facts import check_facts, ledger
from rewriter.checking.judge import default_judge
from rewriter.checking.language import check_form_of_model
from rewriter.french.measure import language, non_latin_letters, repeated_sentences, word_count
from rewriter.french.segment import sentences
from rewriter.source import read

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rewriter", *map(str, arguments)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("REWRITE_")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=clean)


@pytest.mark.model
def test_an_article_of_the_length_asked_for_true_to_its_source(demo_model: Path, tmp_path: Path) -> None:
    output, record = tmp_path / "article.md", tmp_path / "record.json"
    source = read(EXAMPLES / "port-aux-moules.txt")
    done = run("--model", demo_model, source_path := EXAMPLES / source.name, "-o", output, "--record", record)
    assert done.returncode in (0, 1), done.stderr
    above, _, below = output.read_text(encoding="utf-8").partition("\n---\n\n")
    assert "digitalSourceType" in above
    lines = below.split("\n\n")
    headings = [line.strip() for line in lines if line.startswith("## ")]
    paragraphs = [line.strip() for line in lines if not line.startswith(("#", "**"))]
    assert lines[0].startswith("# ")
    assert lines[1].startswith("**")
    assert 4 <= len(headings) <= 8
    assert word_count("\n".join(paragraphs)) >= 700
    assert all(language(paragraph) == "fr" for paragraph in paragraphs)
    assert not non_latin_letters("\n".join(lines))
    every = [sentence for paragraph in paragraphs for sentence in sentences(paragraph)]
    assert not repeated_sentences(every)
    known = ledger(source.text, "fr")
    for paragraph in [*paragraphs, *headings, lines[0]]:
        plain = re.sub(r"^#+ ", "", paragraph).replace("\\", "")
        errors = [f.message for f in check_facts(plain, source.text, known, "fr") if f.gravity == "error"]
        assert not errors, plain
        assert not check_form_of_model(plain, source.text)
    assert "seo" not in output.read_text(encoding="utf-8").lower(), "the request stays out"
    assert source_path.name == json.loads(record.read_text(encoding="utf-8"))["source"]["name"]
    verdict = json.loads(record.read_text(encoding="utf-8"))["article"]
    assert verdict["passed"] is (done.returncode == 0)
    kept = [
        piece for section in verdict["sections"] for paragraph in section["paragraphs"] for piece in paragraph["kept"]
    ]
    assert all(piece["passage"]["sentences"] for piece in kept)
    assert all(piece["truth"] is None or piece["truth"] >= default_judge().sure_enough for piece in kept)


@pytest.mark.model
def test_the_same_article_twice_and_a_thin_source_is_not_padded(demo_model: Path) -> None:
    """What the model gives is the same each time; 178 words do not become 700."""
    arguments = (
        "--model",
        demo_model,
        EXAMPLES / "greve-des-bacs.txt",
        "--candidates",
        "2",
        "--rounds",
        "1",
        "--quiet",
    )
    first, second = run(*arguments), run(*arguments)
    assert first.returncode == second.returncode == 1
    assert first.stdout == second.stdout
    assert "La source porte 178 mots ; 700 demandés" in first.stderr
    assert word_count(first.stdout) < 300
