"""The decoder on tiny models with random weights, which write anything: many at once as one alone; the locks hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import llama_cpp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.engine import load
from rewriter.engine.base import CompletionRequest, Locks, Message, Question, Sampling, Verdict
from rewriter.engine.jobs import distinct_cells
from rewriter.engine.locks import is_foreign_letter
from rewriter.errors import ModelError
from rewriter.settings import EngineSettings
from tests.tiny_models import write_tiny

if TYPE_CHECKING:
    from rewriter.engine.model import LlamaEngine

WORD = r"\w+"
FREE = Locks(latin_only=False)


@pytest.fixture(scope="module", params=["llama", "mamba"])
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("tiny") / f"{request.param}.gguf", request.param)


@pytest.fixture(scope="module", autouse=True)
def exact_cache() -> Iterator[None]:
    """Attention in 32 bits: with 16, sums that differ in their last bits are rounded apart, and ties fall otherwise."""
    defaults = llama_cpp.llama_context_default_params

    def exact() -> object:
        params = defaults()
        params.type_k = params.type_v = llama_cpp.GGML_TYPE_F32
        params.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        return params

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(llama_cpp, "llama_context_default_params", exact)
        yield


@pytest.fixture(scope="module")
def tiny(path: Path) -> Iterator[LlamaEngine]:
    with load(path, EngineSettings(ctx=4096, parallel=8, threads=1)) as engine:
        yield engine


def ask(text: str, n: int = 1, tokens: int = 24, temperature: float = 1.5, **more: object) -> CompletionRequest:
    return CompletionRequest((Message("user", text),), n, tokens, Sampling(temperature, 0), **{"locks": FREE, **more})


def texts(engine: LlamaEngine, requests: Sequence[CompletionRequest]) -> list[list[str]]:
    return [[completion.text for completion in completions] for completions in engine.complete(requests)]


PROMPTS = ["Le maire", "Le maire de la ville", "Un pont", "Le maire de la ville et le port", "", "Le"]
REQUESTS = st.lists(
    st.builds(
        ask,
        st.sampled_from(PROMPTS),
        n=st.integers(1, 3),
        tokens=st.integers(1, 12),
        temperature=st.just(0.0),
    ),
    min_size=1,
    max_size=9,
)


@given(requests=REQUESTS)
@settings(max_examples=40, deadline=None)
def test_greedy_through_any_schedule_is_greedy_alone(tiny: LlamaEngine, requests: list[CompletionRequest]) -> None:
    alone = [texts(tiny, [request])[0] for request in requests]
    assert texts(tiny, requests) == alone


@given(seeds=st.lists(st.integers(0, 50), min_size=1, max_size=12))
@settings(max_examples=20, deadline=None)
def test_a_candidate_draws_by_its_own_seed(tiny: LlamaEngine, seeds: list[int]) -> None:
    """Whatever is decoded beside it, and however it was forked."""

    def drawn(seed: int, n: int) -> CompletionRequest:
        return replace(ask("Le maire", n, seed=seed), sampling=Sampling(1.0, min_p=0.2))

    alone = [[texts(tiny, [drawn(s, 1)])[0][0] for s in (seed, seed + 1)] for seed in seeds]
    assert texts(tiny, [drawn(seed, 2) for seed in seeds]) == alone


def test_candidates_that_write_the_same_are_decoded_once(path: Path) -> None:
    with load(path, EngineSettings(ctx=4096, parallel=8, threads=1)) as engine:
        (completions,) = engine.complete([ask("Le maire", n=8, temperature=0.0)])
        assert len(set(completions)) == 1
        assert engine.decoder.decoded == completions[0].tokens


def test_candidates_that_part_evaluate_nothing_again(path: Path) -> None:
    with load(path, EngineSettings(ctx=4096, parallel=32, threads=1)) as engine:
        request = ask("Le maire de la ville", n=16)
        written = engine.complete([request])[0]
        assert len({completion.text for completion in written}) > 8
        assert engine.decoder.prefilled == len(engine.prompt(request.messages, 24))


def test_candidates_are_not_all_alike(tiny: LlamaEngine) -> None:
    assert len(set(texts(tiny, [ask("Le maire", n=8)])[0])) == 8


def test_more_than_fit_at_once_come_back_in_order(tiny: LlamaEngine) -> None:
    answers = tiny.complete([ask(f"Question {i} ?", n=i % 4 + 1, tokens=3) for i in range(40)])
    assert [len(completions) for completions in answers] == [i % 4 + 1 for i in range(40)]


def test_what_prompts_share_is_evaluated_once(tmp_path: Path) -> None:
    with load(write_tiny(tmp_path / "fresh.gguf"), EngineSettings(ctx=4096, parallel=8, threads=1)) as engine:
        order = "Tu connais la ville : " + ", ".join(f"rue {i}" for i in range(60))
        requests = [ask(f"{order}. Question {i} ?", n=4, tokens=6) for i in range(12)]
        engine.complete(requests)
        trie = distinct_cells([engine.prompt(r.messages, 6) for r in requests])
        assert engine.decoder.distinct == trie
        assert trie <= engine.decoder.prefilled <= 1.05 * trie
        assert engine.decoder.peak_cells <= trie + 8 * 6
        before = engine.decoder.prefilled
        engine.complete(requests)
        assert engine.decoder.prefilled - before <= 12 * 20, "the order and the last prompts are kept between calls"


@pytest.mark.parametrize("refused", ["le", "maire", "vote"])
def test_a_word_taken_back_is_never_written(tiny: LlamaEngine, refused: str) -> None:
    asked: list[str] = []

    def watch(text: str) -> Verdict:
        asked.append(text)
        return Verdict.TAKE_BACK if re.search(rf"\b{refused}$", text) else Verdict.GO_ON

    requests = [ask("Le maire", n=8, tokens=40, seed=i, watch=watch) for i in range(0, 64, 8)]
    written = [text for completions in texts(tiny, requests) for text in completions]
    assert any(re.search(rf"\b{refused}$", text) for text in asked)
    assert not any(re.search(rf"(?<![\w'’-]){refused}(?=[^\w'’-])", text) for text in written), "the last may go on"


def test_what_was_taken_back_leaves_no_trace(path: Path) -> None:
    """Rolled back and refilled, a sequence goes on as one that never went wrong."""

    def watch(text: str) -> Verdict:
        return Verdict.TAKE_BACK if len(text.split()) % 3 == 0 and len(text) % 2 else Verdict.GO_ON

    request = ask("Un pont", temperature=0.0, tokens=40, watch=watch)
    with load(path, EngineSettings(ctx=512, parallel=1, threads=1)) as alone:
        expected = texts(alone, [request])
    with load(path, EngineSettings(ctx=4096, parallel=8, threads=1)) as many:
        crowd = [ask("Le maire de la ville", n=7, tokens=40, seed=3), request]
        assert texts(many, crowd)[1:] == expected


def test_a_watch_ends_a_text_at_once(tiny: LlamaEngine) -> None:
    asked: list[str] = []

    def stop(text: str) -> Verdict:
        asked.append(text)
        return Verdict.STOP

    (completion,) = tiny.complete([ask("Le maire", watch=stop, seed=4)])[0]
    assert not completion.finished
    assert asked == [completion.text]


def test_repacked_weights_write_as_mapped_ones_do(path: Path, tiny: LlamaEngine) -> None:
    request = ask("Le maire", temperature=0.0)
    with load(path, EngineSettings(ctx=512, parallel=1, threads=1, weights="repacked")) as repacked:
        assert texts(repacked, [request]) == texts(tiny, [request])


def test_repacked_weights_are_refused_where_they_would_crash(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llama_cpp, "llama_print_system_info", lambda: b"CPU : AVX2 = 1 | AMX_INT8 = 1 | ")
    with pytest.raises(ModelError, match="AMX"):
        load(path, EngineSettings(weights="repacked"))
    load(path, EngineSettings(ctx=256)).close()


def test_a_deadline_ends_the_call_within_a_step_and_leaves_the_engine_usable(tiny: LlamaEngine) -> None:
    steps: list[int] = []

    def late(_ended: int, tokens: int) -> None:
        steps.append(tokens)
        if len(steps) == 3:
            raise TimeoutError

    expected = texts(tiny, [ask("Le maire", n=4)])
    with pytest.raises(TimeoutError):
        tiny.complete([ask("Le maire", n=8, tokens=200)], late)
    assert len(steps) == 3
    assert texts(tiny, [ask("Le maire", n=4)]) == expected


def test_probabilities_do_not_depend_on_company(tiny: LlamaEngine) -> None:
    questions = [Question((Message("user", f"{p} ?"),), ("le", "la")) for p in PROMPTS]
    alone = [tiny.score([question])[0] for question in questions]
    for together, one in zip(tiny.score(questions * 4), alone * 4, strict=True):
        assert together == pytest.approx(one, abs=1e-4)
        assert sum(together) == pytest.approx(1)


# --- locks -------------------------------------------------------------------------------------------------------

SOURCES = st.lists(
    st.sampled_from(["en 2014", "79,5 %", "100 000", "14", "2019-2020", "le 4", "20", "x²", "le 1er", "4 500,75"]),
    max_size=4,
).map(" et ".join)
QUOTED = st.lists(
    st.sampled_from(["un pont nécessaire", "le vote de la ville", "l'arc", "en 2014, le port", "né"]), max_size=3
).map(tuple)


@given(source=SOURCES, quoted=QUOTED, seed=st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_no_lock_can_be_broken(tiny: LlamaEngine, source: str, quoted: tuple[str, ...], seed: int) -> None:
    locks = Locks(numbers=f"{source}. {' '.join(quoted)}", quotations=quoted, labels=("titre :", "voici", "#", "**"))
    request = ask("Écris", n=8, tokens=60, temperature=2.0, seed=seed, locks=locks)
    for completion in tiny.complete([request])[0]:
        text = completion.text if completion.finished else cut(completion.text)
        assert numbers(text) <= numbers(str(locks.numbers)) | {p for n in numbers(source) for p in re.split("[-/:]", n)}
        assert all(any(words in q for q in map(parted, quoted)) for words in between_marks(text)), text
        assert not any(is_foreign_letter(char) for char in text)
        assert not re.search(r"(?im)^[ \xa0]*(?:titre :|voici|#|\*\*)", text)


def cut(text: str) -> str:
    """What a text without an end surely says: no number that may go on, no quotation left open."""
    text = re.sub(r"[0-9][0-9 .,:/'’\xa0\u202f–-]*\Z", "", text)
    marks = [m.start() for m in re.finditer('[«»“”"„]', text)]
    return text[: marks[-1]] if len(marks) % 2 else text


def level(text: str) -> str:
    return re.sub("[\xa0\u202f]", " ", text).replace("’", "'").casefold()


def parted(text: str) -> str:
    """The words with a space around each, an elision being one."""
    return f" {' '.join(re.findall(WORD, level(text)))} "


def numbers(text: str) -> set[str]:
    found = re.findall(r"[0-9]+(?:[ .,:/'–-][0-9]+)*|[²½Ⅳ٣]", level(text))
    return {number.upper() for number in found}


def between_marks(text: str) -> list[str]:
    """What stands in quotation marks, in whole words: within spaces, so that half a word is none."""
    return [parted(m) for m in re.findall('[«“"„]([^«»“”"„]*)[»”"]', text)]


def test_without_locks_the_same_model_breaks_them_all(tiny: LlamaEngine) -> None:
    written = "\n".join(texts(tiny, [ask("Écris", n=512, tokens=60, temperature=2.0)])[0])
    assert numbers(written) - numbers("2014")
    assert any("pont" not in words for words in between_marks(written))
    assert any(is_foreign_letter(char) for char in written)
    assert re.search(r"(?im)^(?:titre|voici|#|\*\*)", written)
