"""The command as a user meets it: options, messages, exit codes. The engine and the writing are scripted."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

import rewriter.engine
import rewriter.pipeline
from rewriter import __version__
from rewriter.article import Article, Finding, Kept, Paragraph, Passage, Section, Source
from rewriter.cli import BROKEN, main
from rewriter.engine import memory
from rewriter.engine.base import CompletionRequest
from rewriter.engine.scripted import ScriptedEngine
from rewriter.errors import Busy, ModelError
from rewriter.settings import EngineSettings, WritingSettings
from rewriter.terminal import stoppable

NEWS = (
    "La maire de Valmer a annoncé lundi la réouverture de la halle aux poissons, fermée depuis 2019 "
    "après un incendie qui avait détruit la moitié des étals.\n\n"
    "Les travaux ont coûté 3,5 millions d’euros, dont un tiers payé par la région. "
    "Quarante pêcheurs retrouveront une place dès le mois de mai, selon la mairie.\n"
)
REQUEST = "Make this article seo compatible, be in french, create at least 600 words\n\n"


def body(text: str) -> str:
    """A Markdown text below its front matter, which says that a machine wrote it."""
    above, _, below = text.partition("\n---\n\n")
    assert above.startswith("---\n")
    assert "\nmention: " in above
    return below


MARKDOWN = "# La halle rouvre\n\n**Après six ans.**\n\n## Le port\n\nLa halle de Valmer rouvre.\n"
HEAVY = (
    "choppa", "ftfy", "jinja2", "langdetect", "llama_cpp", "markdown_it", "numpy", "polytypo", "rapidfuzz",
    "scipy", "simplemma", "text_to_num", "textstat",
)  # fmt: skip


def finished(*findings: Finding) -> Article:
    kept = Kept(Passage(0, 0, ("La halle rouvre.",)), "La halle de Valmer rouvre.", "model", 6)
    return Article("La halle rouvre", "Après six ans.", (Section("Le port", (Paragraph((kept,)),)),), findings)


class Engine(ScriptedEngine):
    """A scripted engine that is opened and closed as a model is."""

    closed = False

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *error: object) -> None:
        self.closed = True


@dataclass
class Stage:
    """The command with everything around it scripted, and what reached the script."""

    folder: Path
    article: Article = field(default_factory=finished)
    failure: BaseException | None = None
    load_failure: BaseException | None = None
    during: Callable[[], None] = lambda: None
    engine: Engine = field(default_factory=lambda: Engine(lambda request, k: ""))
    engine_settings: EngineSettings | None = None
    writing: WritingSettings | None = None
    source: Source | None = None

    def inspect(self, path: Path) -> rewriter.engine.Header:
        return rewriter.engine.Header(path, 5, {"general.name": "A Model", "general.architecture": "llama"}, 1)

    def load(self, path: Path, settings: EngineSettings) -> Engine:
        if self.load_failure:
            raise self.load_failure
        self.engine_settings = settings
        return self.engine

    def rewrite(
        self, source: Source, engine: Engine, settings: WritingSettings, progress: Any, *more: Any, **kept: Any
    ) -> Article:
        self.source, self.writing = source, settings
        progress.phase("writing", 2)
        progress.note("round 1")
        progress.advance(2, tokens=40)
        self.during()
        if self.failure:
            raise self.failure
        return self.article

    def run(self, *arguments: str, **options: Any) -> Result:
        return CliRunner().invoke(main, ["--model", "m.gguf", "halle.txt", *arguments], prog_name="rewrite", **options)

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def stage(tmp_path, monkeypatch) -> Stage:
    made = Stage(tmp_path / "here")
    made.folder.mkdir()
    monkeypatch.chdir(made.folder)
    for name in [name for name in os.environ if name.startswith("REWRITE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    monkeypatch.setattr(rewriter.engine, "inspect", made.inspect)
    monkeypatch.setattr(rewriter.engine, "load", made.load)
    monkeypatch.setattr(rewriter.pipeline, "rewrite", made.rewrite)
    Path("halle.txt").write_text(NEWS, encoding="utf-8")
    Path("m.gguf").write_bytes(b"model")
    return made


def invoke(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="rewrite", **options)


# --- help --------------------------------------------------------------------------------------------------


def test_the_help_shows_the_main_options_and_the_commands():
    result = invoke("--help")
    assert result.exit_code == 0
    assert "rewrite [OPTIONS] FILE" in result.stdout
    for option in ("--model", "--output", "--record", "--words", "--max-words", "--strict", "--version"):
        assert option in result.stdout
    assert "\nCommands:\n  calibrate " in result.stdout
    assert "\n  clean " in result.stdout
    assert "article" not in [line.split()[0] for line in result.stdout.splitlines() if line.strip()]


@pytest.mark.parametrize("arguments", [["halle.txt", "--help"], ["--seed", "1", "--help"], ["article", "--help"]])
def test_the_help_is_the_same_wherever_it_is_asked_for(arguments):
    assert invoke(*arguments).stdout == invoke("--help").stdout


def test_no_argument_shows_the_help_and_is_a_usage_error():
    result = invoke()
    assert result.exit_code == 2
    assert "--model" in result.output


@pytest.mark.parametrize("arguments", [["--version"], ["--model", "m.gguf", "--version"]])
def test_the_version_is_told(arguments):
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (0, f"rewrite {__version__}\n")


def test_the_help_loads_nothing_heavy():
    """What takes its time to import is imported when it is used."""
    code = (
        "import sys\n"
        "from rewriter.cli import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit:\n    pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "--model" in done.stdout
    assert set(done.stderr.split()).isdisjoint(HEAVY)
    assert "click" in done.stderr.split()


# --- what goes in and what comes out -----------------------------------------------------------------------


def test_the_article_goes_to_standard_output_and_all_else_to_standard_error(stage):
    result = stage.run()
    assert result.exit_code == 0
    assert body(result.stdout_bytes.decode()) == MARKDOWN
    assert "writing: 2 to do\nround 1\n" in result.stderr
    assert "8 words, 1 section, 1 paragraph, 1 passage, 0 in the source's own words" in result.stderr
    assert stage.engine.closed
    assert stage.names() == ["halle.txt", "m.gguf"]


@pytest.mark.parametrize("arguments", [["-o", "out.md"], ["--output", "out.md"]])
def test_the_article_goes_into_a_file(stage, arguments):
    result = stage.run(*arguments)
    assert (result.exit_code, result.stdout) == (0, "")
    assert body(Path("out.md").read_text(encoding="utf-8")) == MARKDOWN
    assert stage.names() == ["halle.txt", "m.gguf", "out.md"]


def test_a_dash_is_standard_output(stage):
    assert body(stage.run("-o", "-").stdout) == MARKDOWN


def test_a_dash_is_standard_input(stage):
    result = invoke("--model", "m.gguf", "-", input=NEWS.encode("utf-16"))
    assert result.exit_code == 0
    assert (stage.source.name, stage.source.encoding) == ("-", "utf-16")
    assert stage.source.paragraphs[0].startswith("La maire de Valmer")


def test_options_may_stand_before_and_after_the_file(stage):
    assert invoke("halle.txt", "--model", "m.gguf", "--seed", "4").exit_code == 0
    assert stage.writing.seed == 4


def test_a_file_named_like_a_command_needs_its_folder(stage):
    Path("clean").write_text(NEWS, encoding="utf-8")
    assert body(invoke("--model", "m.gguf", "./clean").stdout) == MARKDOWN


def test_every_setting_has_its_option_and_every_default_is_that_of_the_settings(stage):
    assert stage.run().exit_code == 0
    assert stage.writing == WritingSettings()
    assert stage.engine_settings == EngineSettings()


def test_every_option_reaches_the_settings(stage):
    result = stage.run(
        *("--title", " La  halle ", "--words", "800", "--max-words", "1000", "--sections", "4"),
        *(
            "--keyphrase",
            "halle",
            "--seed",
            "9",
            "--candidates",
            "3",
            "--rounds",
            "2",
            "--passage-words",
            "60",
        ),
        *("--freedom", "0.2", "--strict", "--threads", "2", "--gpu-layers", "-1", "--ctx", "4096"),
        *("--parallel", "8"),
    )
    assert result.exit_code == 0
    assert stage.writing == WritingSettings(
        title="La halle", words=800, max_words=1000, sections=4, keyphrase="halle", seed=9, candidates=3,
        rounds=2, passage_words=60, freedom=0.2, strict=True,
    )  # fmt: skip
    assert stage.engine_settings == EngineSettings(threads=2, gpu_layers=-1, ctx=4096, parallel=8)


def test_quiet_says_nothing_when_all_is_well(stage):
    assert stage.run("--quiet").stderr == ""


def test_the_record_is_written_beside_the_article(stage):
    assert stage.run("-o", "out.md", "--record", "out.json").exit_code == 0
    record = json.loads(Path("out.json").read_text(encoding="utf-8"))
    assert record["model"]["file"] == "m.gguf"
    assert record["model"]["name"] == "A Model"
    assert record["model"]["sha256"] == "9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4"
    assert record["source"]["name"] == "halle.txt"
    assert record["article"]["title"] == "La halle rouvre"
    assert stage.names() == ["halle.txt", "m.gguf", "out.json", "out.md"]


def test_the_real_pipeline_fits_the_command(stage, monkeypatch):
    monkeypatch.undo()
    monkeypatch.chdir(stage.folder)
    monkeypatch.setattr(rewriter.engine, "inspect", stage.inspect)
    monkeypatch.setattr(rewriter.engine, "load", stage.load)
    stage.engine = Engine(a_new_word_order)
    result = stage.run("--words", "50", "--record", "out.json")
    assert result.exit_code in (0, 1)
    assert body(result.stdout).startswith("# ")
    assert "3,5 millions" in result.stdout
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["article"]["sections"]


def a_new_word_order(request: CompletionRequest, number: int) -> str:
    return "Rien de cela n’est dans la source."


# --- exit codes --------------------------------------------------------------------------------------------


def failed(result: Result, code: int, *said: str) -> None:
    """One line that names the cause, then one line that says what to try; nothing on standard output."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if line.startswith(("rewrite: ", "  try: "))]
    assert [line.split(":")[0] for line in lines] == ["rewrite", "  try"]
    for piece in said:
        assert piece in result.stderr
    assert "Traceback" not in result.stderr


def test_1_a_check_failed_and_the_article_is_written_all_the_same(stage):
    stage.article = finished(Finding("words", "error", "Trop court."), Finding("seo", "warning", "Titre long."))
    result = stage.run("-o", "out.md")
    assert result.exit_code == 1
    assert Path("out.md").exists()
    assert "error (words): Trop court." in result.stderr
    assert "warning (seo): Titre long." in result.stderr


def test_1_is_explained_even_when_quiet(stage):
    stage.article = finished(Finding("words", "error", "Trop court."), Finding("seo", "warning", "Titre long."))
    result = stage.run("--quiet")
    assert result.exit_code == 1
    assert result.stderr == "  error (words): Trop court.\n"


def test_warnings_do_not_fail_the_article(stage):
    stage.article = finished(Finding("seo", "warning", "Titre long."))
    assert stage.run().exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--words", "0"], "--words"),
        (["--words", "many"], "--words"),
        (["--candidates", "0"], "--candidates"),
        (["--freedom", "1.5"], "--freedom"),
        (["--gpu-layers", "-2"], "--gpu-layers"),
        (["--title", "  "], "is blank"),
        (["--wrods", "800"], "--words"),
        (["another.txt"], "another.txt"),
    ],
)
def test_2_an_option_that_makes_no_sense(stage, arguments, said):
    result = stage.run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Usage: rewrite [OPTIONS] FILE" in result.stderr


def test_2_no_model_is_named(stage):
    failed(invoke("halle.txt"), 2, "no model", "--model", "REWRITE_MODEL", "rewriter.toml")


def test_2_a_record_cannot_go_where_the_article_goes(stage):
    failed(stage.run("--record", "-"), 2, "--record")


@pytest.mark.parametrize(
    ("arguments", "above", "said"),
    [
        (["--words", "900", "--max-words", "800"], "", "--max-words 800 is less than --words 900"),
        (["--max-words", "500"], "", "--max-words 500 is less than --words 700, the default"),
        (["--max-words", "500"], REQUEST, "less than --words 600, asked for above the source"),
    ],
)
def test_2_a_limit_below_the_floor(stage, arguments, above, said):
    Path("halle.txt").write_text(above + NEWS, encoding="utf-8")
    failed(stage.run(*arguments), 2, said, "give --words too")
    assert stage.writing is None


def test_a_limit_above_what_the_request_asks_for_is_fine(stage):
    Path("halle.txt").write_text(REQUEST + NEWS, encoding="utf-8")
    assert stage.run("--max-words", "650").exit_code == 0
    assert stage.source.request.words == 600


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "halle.txt: is empty"),
        (b"%PDF-1.7\n", "halle.txt: is a PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "halle.txt: is a PNG image"),
        (b"x " * 4_000_000, "halle.txt: is larger than"),
        (b"Photo : AFP\n", "halle.txt: no paragraph of news"),
    ],
)
def test_3_a_source_that_cannot_be_used(stage, content, said):
    Path("halle.txt").write_bytes(content)
    failed(stage.run(), 3, said)
    assert stage.engine_settings is None  # known before the model is loaded


def test_3_no_such_file(stage):
    Path("halle.txt").unlink()
    failed(stage.run(), 3, "halle.txt: no such file")


def test_4_a_model_whose_header_is_wrong_is_refused_before_the_work(stage, monkeypatch):
    monkeypatch.undo()
    monkeypatch.chdir(stage.folder)
    monkeypatch.setattr(rewriter.engine, "load", stage.load)
    failed(stage.run(), 4, "m.gguf: is not a GGUF model")
    assert stage.engine_settings is None


def test_4_a_model_that_does_not_fit_the_memory_is_refused_before_the_work(stage, monkeypatch):
    monkeypatch.setattr("rewriter.engine.memory.available_memory", lambda: 1_000_000)
    monkeypatch.setattr("rewriter.engine.plan", memory.plan)
    failed(stage.run(), 4, "m.gguf: needs about", "are free")
    assert stage.engine_settings is None


def test_4_a_model_that_does_not_load(stage):
    stage.load_failure = ModelError("m.gguf: needs 9 GB", "take a smaller model")
    failed(stage.run("-o", "out.md"), 4, "rewrite: m.gguf: needs 9 GB\n  try: take a smaller model\n")
    assert stage.names() == ["halle.txt", "m.gguf"]


def test_4_out_of_memory(stage):
    stage.failure = MemoryError()
    failed(stage.run(), 4, "out of memory")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "nowhere/out.md"], "nowhere/out.md: cannot be written: no such folder"),
        (["--record", "nowhere/out.json"], "nowhere/out.json: cannot be written: no such folder"),
        (["-o", "halle.txt"], "the article would overwrite its own source"),
        (["-o", "m.gguf"], "the article would overwrite the model"),
        (["-o", "x", "--record", "x"], "the record would overwrite the article"),
        (["-o", "."], "is a folder"),
    ],
)
def test_5_an_output_that_cannot_be_written_is_told_before_the_work(stage, arguments, said):
    failed(stage.run(*arguments), 5, said)
    assert stage.engine_settings is None
    assert stage.names() == ["halle.txt", "m.gguf"]


def test_5_no_room_is_left_when_the_article_is_done(stage, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    Path("out.md").write_text("old")
    stage.during = lambda: monkeypatch.setattr(os, "fsync", full)
    failed(stage.run("-o", "out.md", "--record", "out.json"), 5, "out.md: cannot be written: no room is left")
    assert Path("out.md").read_text() == "old"
    assert stage.names() == ["halle.txt", "m.gguf", "out.md"]


def test_5_a_folder_that_vanished_meanwhile(stage):
    Path("out").mkdir()
    stage.during = Path("out").rmdir
    failed(stage.run("-o", "out/out.md"), 5, "out/out.md: cannot be written: no such folder")


def test_75_another_run_holds_the_lock(stage):
    stage.failure = Busy("out: another run is at work", "wait for it")
    failed(stage.run(), 75, "another run")


def test_130_ctrl_c(stage):
    stage.failure = KeyboardInterrupt()
    result = stage.run("-o", "out.md")
    assert result.exit_code == 130
    assert result.stderr.endswith("rewrite: interrupted\n")
    assert stage.engine.closed
    assert stage.names() == ["halle.txt", "m.gguf"]


def test_70_a_fault_of_the_program_is_one_line_and_how_to_report_it(stage):
    stage.failure = ZeroDivisionError("division by zero")
    failed(stage.run(), BROKEN, "ZeroDivisionError: division by zero", "report it, with what --verbose adds")


def test_70_has_its_traceback_when_verbose(stage):
    stage.failure = ZeroDivisionError("division by zero")
    result = stage.run("--verbose")
    assert result.exit_code == BROKEN
    assert "Traceback" in result.stderr
    assert result.stderr.endswith("  try: report it, with the lines above\n")


def test_verbose_tells_every_finding(stage):
    stage.article = finished(Finding("seo", "note", "À savoir."))
    assert "À savoir." not in stage.run().stderr
    assert "note (seo): À savoir." in stage.run("-v").stderr


# --- where options come from -------------------------------------------------------------------------------


def test_every_option_comes_from_the_environment(stage):
    values = {"WORDS": "800", "MAX_WORDS": "900", "TITLE": "La halle", "STRICT": "true", "PARALLEL": "4"}
    environment = {f"REWRITE_{name}": value for name, value in values.items()} | {"REWRITE_MODEL": "m.gguf"}
    assert invoke("halle.txt", env=environment).exit_code == 0
    assert stage.writing == WritingSettings(words=800, max_words=900, title="La halle", strict=True)
    assert stage.engine_settings.parallel == 4


def test_every_option_comes_from_the_configuration_file(stage):
    Path("rewriter.toml").write_text(
        'model = "m.gguf"\noutput = "out.md"\nwords = 800\nmax-words = 900\nfreedom = 0.25\n'
        "strict = true\nquiet = true\n"
    )
    result = invoke("halle.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert stage.writing == WritingSettings(words=800, max_words=900, freedom=0.25, strict=True)
    assert body(Path("out.md").read_text(encoding="utf-8")) == MARKDOWN


def test_every_field_of_the_settings_is_a_key_of_the_file(stage):
    Path("rewriter.toml").write_text("banana = 1\n")
    said = stage.run().stderr
    for setting in (*fields(WritingSettings), *fields(EngineSettings)):
        assert setting.name.replace("_", "-") in said


@pytest.mark.parametrize(
    ("line", "environment", "file", "words"),
    [
        ("1000", "900", "words = 800", 1000),
        (None, "900", "words = 800", 900),
        (None, None, "words = 800", 800),
        (None, None, "", None),
        ("1000", None, "words = 800", 1000),
    ],
)
def test_the_command_line_wins_over_the_environment_and_that_over_the_file(stage, line, environment, file, words):
    Path("rewriter.toml").write_text(f"{file}\n")
    result = stage.run(*(["--words", line] if line else []), env={"REWRITE_WORDS": environment})
    assert result.exit_code == 0
    assert stage.writing.words == words


def test_a_switch_of_the_file_can_be_turned_off(stage):
    Path("rewriter.toml").write_text("strict = true\n")
    assert stage.run("--no-strict").exit_code == 0
    assert stage.writing.strict is False


def test_the_file_of_the_current_folder_wins_over_that_of_the_user(stage, tmp_path):
    home = tmp_path / "home" / ".config" / "rewriter"
    home.mkdir(parents=True)
    (home / "rewriter.toml").write_text("words = 900\n")
    assert stage.run().exit_code == 0
    assert stage.writing.words == 900
    Path("rewriter.toml").write_text("seed = 7\n")
    assert stage.run().exit_code == 0
    assert (stage.writing.words, stage.writing.seed) == (None, 7)


@pytest.mark.parametrize("way", ["option", "environment"])
def test_another_configuration_file_can_be_named(stage, tmp_path, way):
    Path("rewriter.toml").write_text("words = 800\n")
    other = tmp_path / "other.toml"
    other.write_text("words = 900\n")
    if way == "option":
        assert stage.run("--config", str(other)).exit_code == 0
    else:
        assert stage.run(env={"REWRITE_CONFIG": str(other)}).exit_code == 0
    assert stage.writing.words == 900


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wrods = 800", "rewriter.toml: unknown key: wrods (did you mean words?)"),
        ('words = "800"', "rewriter.toml: words: '800' is not a whole number"),
        ("words = 10", "rewriter.toml: words: 10 is not in the range"),
        ("max-words = 10", "rewriter.toml: max-words: 10 is not in the range"),
        ("freedom = 2", "rewriter.toml: freedom: 2.0 is not in the range"),
        ('title = " "', "rewriter.toml: title: is blank"),
        ("words = 900\nmax-words = 800", "--max-words 800 is less than --words 900"),
        ("config = 'x'", "rewriter.toml: unknown key: config"),
        ("version = true", "rewriter.toml: unknown key: version"),
        ("words", "rewriter.toml: is not TOML"),
    ],
)
def test_2_a_configuration_that_makes_no_sense(stage, text, said):
    Path("rewriter.toml").write_text(f"{text}\n")
    failed(stage.run(), 2, said)


def test_2_a_configuration_file_that_is_not_there(stage):
    failed(stage.run("--config", "gone.toml"), 2, "gone.toml: cannot be read")


def test_a_broken_configuration_does_not_hide_the_help(stage):
    Path("rewriter.toml").write_text("wrods = 800\n")
    assert stage.run("--help").exit_code == 0


def test_a_version_in_the_environment_is_not_an_option(stage):
    assert body(stage.run(env={"REWRITE_VERSION": "1"}).stdout) == MARKDOWN


# --- rewrite clean -----------------------------------------------------------------------------------------


def test_clean_prints_the_clean_text(stage):
    Path("halle.txt").write_text(f"{NEWS}\nLire aussi : dix recettes de sardines\n", encoding="utf-8")
    result = invoke("clean", "halle.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == NEWS


def test_clean_prints_the_receipt_below_the_text(stage):
    Path("halle.txt").write_text(f"{NEWS}\nLire aussi : dix recettes de sardines\n", encoding="utf-8")
    text, _, receipt = invoke("clean", "halle.txt", "--receipt").stdout.partition("\n--- 1 removal\n")
    assert text == NEWS
    assert receipt.startswith("paragraph 3, related: Lire aussi : dix recettes de sardines\n    ")


def test_clean_reads_standard_input(stage):
    assert invoke("clean", "-", input=NEWS.encode("cp1252")).stdout == NEWS


def test_clean_shows_the_receipt_even_of_a_source_without_news(stage):
    result = invoke("clean", "-", "--receipt", input=b"Photo : AFP\n")
    assert result.exit_code == 3
    assert "paragraph 1, caption: Photo : AFP" in result.stdout
    assert "no paragraph of news" in result.stderr


def test_clean_of_no_file(stage):
    failed(invoke("clean", "gone.txt"), 3, "gone.txt: no such file")


# --- a real process ----------------------------------------------------------------------------------------

WAITING = """
import os, signal, sys
from pathlib import Path
from types import SimpleNamespace
import rewriter.engine, rewriter.pipeline
from rewriter.publishing import files

class Engine:
    def __enter__(self): return self
    def __exit__(self, *error): pass

# What the tests are started by may ignore signals, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

def wait(*anything, **more):
    print("ready", file=sys.stderr, flush=True)
    signal.pause()

rewriter.engine.inspect = lambda path: SimpleNamespace(size=0, name='demo')
rewriter.engine.plan = lambda header, settings: None
rewriter.engine.load = lambda path, settings: Engine()
{what} = wait
from rewriter.cli import main
main(["--model", "m.gguf", "halle.txt", "-o", "out.md"], prog_name="rewrite")
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_130_a_signal_stops_the_work_with_one_line_and_no_debris(stage, number):
    assert interrupted(stage, number, "rewriter.pipeline.rewrite") == "rewrite: interrupted\n"
    assert stage.names() == ["halle.txt", "m.gguf"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_130_a_signal_in_the_middle_of_writing_leaves_the_old_file(stage):
    Path("out.md").write_text("old")
    article = (
        "rewriter.pipeline.rewrite = lambda *a, **k: __import__('rewriter.article').article.Article('T', '', ())\n"
    )
    assert interrupted(stage, signal.SIGTERM, f"{article}files.os.fsync") == "rewrite: interrupted\n"
    assert Path("out.md").read_text() == "old"
    assert stage.names() == ["halle.txt", "m.gguf", "out.md"]


def interrupted(stage: Stage, number: signal.Signals, what: str) -> str:
    """Start a run that waits at `what`, send it a signal there, and return what it says after it."""
    code = WAITING.replace("{what}", what)
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=stage.folder, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line == "ready\n":
                break
        process.send_signal(number)
        said = process.stderr.read()
    assert process.returncode == 130
    return said


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_signal_that_the_caller_ignores_stays_ignored_and_all_handlers_come_back():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
        with stoppable():
            assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


CLEAN = [sys.executable, "-c", "from rewriter.cli import main; main(prog_name='rewrite')", "clean", "-"]


def test_a_reader_that_left_is_no_cause_for_words(stage):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(CLEAN, input=NEWS.encode(), stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (5, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_5_standard_output_has_no_room(stage):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(CLEAN, input=NEWS.encode(), stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 5
    assert done.stderr.decode().splitlines()[0] == (
        "rewrite: standard output: cannot be written: no room is left on the disk"
    )
    assert len(done.stderr.splitlines()) == 2


def test_standard_output_is_utf_8_whatever_the_locale(stage):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(CLEAN, input=NEWS.encode(), capture_output=True, env=environment, check=True)
    assert done.stdout == NEWS.encode()


# --- completion ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["--mo"], {"--model"}),
        (["ch"], {"check", "ch"}),
        (["check", "--so"], {"--source"}),
        (["a.txt", "--max-w"], {"--max-words"}),
        (["a.txt", "--out-dir", "out", "--wat"], {"--watch"}),
    ],
)
def test_commands_options_and_files_are_completed(typed, offered):
    complete = ShellComplete(main, {}, "rewrite", "_REWRITE_COMPLETE")
    assert {item.value for item in complete.get_completions(typed[:-1], typed[-1])} == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_completion(shell):
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert "_REWRITE_COMPLETE" in result.stdout
