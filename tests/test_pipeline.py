"""One article from its source to what is published, by engines that copy, write well, lie and babble."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy as copy_of
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from rewriter import pipeline
from rewriter.article import Article, Request, Source, Subheading
from rewriter.checking.judge import default_judge
from rewriter.engine.base import CompletionRequest, Question
from rewriter.engine.scripted import ScriptedEngine
from rewriter.errors import SourceError
from rewriter.french.measure import language, non_latin_letters, repeated_sentences, word_count
from rewriter.french.segment import sentences, unified
from rewriter.progress import Silent
from rewriter.rounds import Stage
from rewriter.settings import WritingSettings
from rewriter.source.reading import read
from rewriter.titling import tells_more
from tests.scripts import LARGE, PASSAGES, Judge, article, copy, everything, kind, no, says, shown, source, yes
from tests.toml_cases import cases

CASES = cases("pipeline")
NEWS = source(*CASES["paragraphs"])
EXAMPLES = Path(__file__).parents[1] / "examples"
SHORT = WritingSettings(words=60, rounds=2, candidates=2)


def checks(made: Article, gravity: str = "error") -> Counter[str]:
    return Counter(f.check for f in made.findings if f.gravity == gravity)


def holds_together(made: Article, read_: Source) -> None:
    """What is true of every French article, whatever the engine did."""
    assert made.title
    assert made.standfirst or len(made.kept) == 1
    assert all(section.heading and section.paragraphs for section in made.sections)
    headings = [unified(section.heading) for section in made.sections]
    assert len(set(headings)) == len(headings)
    assert not any(heading.endswith(".") for heading in headings)
    for k in made.kept:
        assert set(k.passage.sentences) <= {s for p in read_.paragraphs for s in sentences(p, read_.language)}
        assert read_.paragraphs[k.passage.paragraph].replace("\n", " ").find(k.passage.sentences[0][:20]) >= 0
    assert [k.passage.number for k in made.kept] == sorted({k.passage.number for k in made.kept})
    assert all(language(p.text) in (None, "fr") for p in made.paragraphs)
    assert set(non_latin_letters(everything(made))) <= set(non_latin_letters(read_.text))
    assert repeated_sentences(s for p in made.paragraphs for s in sentences(p.text)) == ()


def test_an_article_begins_with_nothing_read_before_and_so_does_what_follows_a_kept_stage() -> None:
    happened: list[str] = []

    class Noting(ScriptedEngine):
        def forget(self) -> None:
            happened.append("forget")

    class Keeper(Shelf):
        def keep(self, stage: Stage) -> None:
            happened.append("keep")

    pipeline.rewrite(NEWS, Noting(copy), SHORT, Silent(), keeper=Keeper())
    assert happened[0] == "forget"
    assert "keep" in happened
    assert all(after == "forget" for before, after in pairwise(happened) if before == "keep")


# --- an engine that copies -----------------------------------------------------------------------------------


def test_a_copied_passage_is_never_kept_as_the_models_own() -> None:
    made = article(NEWS, ScriptedEngine(copy), SHORT)
    holds_together(made, NEWS)
    assert "model" not in {k.origin for k in made.kept}


def test_nothing_of_the_source_is_missing_when_the_engine_copies() -> None:
    made = article(NEWS, ScriptedEngine(copy), SHORT)
    expected = [s for p in NEWS.paragraphs for s in sentences(p)]
    in_article = {s for k in made.kept for s in k.passage.sentences}
    lead = "" if len(in_article) == len(expected) else expected[0]  # the lead may have moved up
    assert in_article | {lead} - {""} == set(expected)


def test_a_source_sentence_that_stands_in_is_named() -> None:
    made = article(NEWS, ScriptedEngine(copy), SHORT)
    stand_ins = [k for k in made.kept if k.fallback]
    assert checks(made, "warning")["stand-in"] in {len(stand_ins), len(stand_ins) + 1}  # and the lead, moved up


def test_an_article_that_is_all_copied_does_not_pass() -> None:
    made = article(NEWS, ScriptedEngine(copy, no), SHORT)
    assert checks(made)["copying"] == 1
    assert not made.passed


# --- an engine that writes well ------------------------------------------------------------------------------


@pytest.mark.parametrize("sentence", CASES["good"], ids=lambda s: s[:30])
def test_a_good_sentence_of_a_large_model_is_kept(sentence: str) -> None:
    engine = ScriptedEngine(says({s: [good] for s, good in CASES["good"].items()}), yes, LARGE)
    made = article(NEWS, engine, SHORT)
    kept = next(k for k in made.kept if k.passage.text == sentence)
    assert (kept.origin, unified(kept.text)) == ("model", unified(CASES["good"][sentence]))


def test_the_truest_candidate_is_kept() -> None:
    sentence, good = next(iter(CASES["good"].items()))

    def judge(question: Question) -> tuple[float, ...]:
        return (0.9, 0.1) if unified(good) in unified(question.messages[-1].content) else (0.55, 0.45)

    engine = ScriptedEngine(says({sentence: [good]}), judge, LARGE)
    made = article(NEWS, engine, SHORT)
    kept = next(k for k in made.kept if k.passage.text == sentence)
    assert unified(kept.text) == unified(good)
    assert kept.truth == pytest.approx(default_judge().weigh(0.9, ()))


# --- an engine that lies -------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES["lies"], ids=lambda c: c["betrayed_by"])
@pytest.mark.parametrize("parameters", [0, LARGE])
def test_a_lie_is_not_printed_even_if_the_proofreader_believes_it(case: dict[str, str], parameters: int) -> None:
    engine = ScriptedEngine(says({case["sentence"]: [case["lie"]]}), yes, parameters)
    made = article(NEWS, engine, SHORT)
    assert unified(case["betrayed_by"]) not in unified(everything(made))
    holds_together(made, NEWS)


# --- an engine that babbles ----------------------------------------------------------------------------------


@pytest.mark.parametrize("parameters", [0, LARGE])
@pytest.mark.parametrize("case", CASES["junk"], ids=lambda c: c["answer"][:30])
def test_nothing_leaks_of_what_a_model_says_besides(case: dict[str, str], parameters: int) -> None:
    news = source(*CASES["paragraphs"][:2])
    engine = ScriptedEngine(lambda r, _: case["answer"].replace("{text}", shown(r)), yes, parameters)
    made = article(news, engine, WritingSettings(words=20, rounds=1, candidates=1))
    assert [leak for leak in case["leak"] if leak in f"\n{everything(made)}\n"] == []
    holds_together(made, news)


def test_an_answer_that_never_ends_is_not_kept() -> None:
    engine = ScriptedEngine(lambda r, k: " ".join([shown(r)] * 20) if k == 0 else "", yes, LARGE)
    made = article(NEWS, engine, SHORT)
    assert word_count(everything(made)) < 2 * word_count(NEWS.text)
    holds_together(made, NEWS)


# --- a proofreader that says no ------------------------------------------------------------------------------


def test_the_sources_sentences_stand_in_where_nothing_is_believed() -> None:
    made = article(NEWS, ScriptedEngine(copy, no), SHORT)
    assert {k.origin for k in made.kept} <= {"source", "quotation"}
    assert all(unified(k.text) == unified(k.passage.text) for k in made.kept)
    assert checks(made, "warning")["stand-in"] > 0
    assert checks(made)["stand-in"] == 0
    holds_together(made, NEWS)


def test_a_standfirst_is_no_question_without_its_answer() -> None:
    made = article(source("Aussi contagieuses que le virus ?", *CASES["paragraphs"]), ScriptedEngine(copy), SHORT)
    assert len(made.lead) == 2
    assert made.standfirst == " ".join(k.text for k in made.lead)
    assert not made.standfirst.endswith("?")


def test_the_little_that_a_standfirst_leaves_of_its_paragraph_goes_with_it() -> None:
    first = f"{sentences(CASES['paragraphs'][0])[0]} Le jugement sera rendu le 13 décembre."
    made = article(source(first, *CASES["paragraphs"][1:]), ScriptedEngine(copy, no), SHORT)
    assert made.standfirst.endswith("le 13 décembre.")


def test_a_lead_that_stands_in_is_named_too() -> None:
    made = article(NEWS, ScriptedEngine(copy, no), SHORT)
    assert any(unified(made.standfirst) in unified(f.message) for f in made.findings if f.check == "stand-in")


def test_strict_makes_a_stand_in_an_error() -> None:
    made = article(NEWS, ScriptedEngine(copy, no), WritingSettings(words=60, strict=True))
    assert checks(made)["stand-in"] >= sum(k.fallback for k in made.kept) > 0
    assert not made.passed


def test_the_rounds_are_bounded() -> None:
    engine = ScriptedEngine(copy, no, parameters=LARGE)
    article(NEWS, engine, WritingSettings(words=60, rounds=2, candidates=3))
    asked = Counter(shown(r) for r in engine.requests if kind(r) in PASSAGES)
    assert max(asked.values()) == 2
    assert all(r.n == 3 for r in engine.requests if kind(r) in PASSAGES)


def test_a_round_that_brings_nothing_is_a_small_models_last() -> None:
    engine = ScriptedEngine(copy, no)
    article(NEWS, engine, WritingSettings(words=60, rounds=3))
    assert set(Counter(shown(r) for r in engine.requests if kind(r) in PASSAGES).values()) == {1}


def test_a_rewording_is_shown_only_where_the_one_before_was_refused() -> None:
    sure, unsure = ScriptedEngine(copy, yes), ScriptedEngine(copy, no)
    for engine in (sure, unsure):
        article(NEWS, engine, WritingSettings(words=60, rounds=1))
    assert len(sure.questions) < len(unsure.questions)


def test_every_sentence_of_a_kept_candidate_was_asked_about() -> None:
    engine = ScriptedEngine(copy, yes)
    made = article(NEWS, engine, SHORT)
    questions = [q.messages[-1].content for q in engine.questions]
    for k in made.kept:
        if k.origin in {"model", "rewording"}:
            assert all(any(s in q and k.passage.text in q for q in questions) for s in sentences(k.text))


# --- a foreign source ----------------------------------------------------------------------------------------

ENGLISH = source(*CASES["english"], language="en", title="Bridge to close for eighteen months")
FRENCH = CASES["french"]


def translated(answers: dict[str, str]) -> ScriptedEngine:
    return ScriptedEngine(says({english: [french] for english, french in answers.items()}), yes, LARGE)


def test_an_english_source_becomes_a_french_article() -> None:
    made = article(ENGLISH, translated(FRENCH), WritingSettings(words=20))
    holds_together(made, ENGLISH)
    assert {unified(k.text) for k in made.kept} | {unified(made.standfirst)} >= {unified(f) for f in FRENCH.values()}


def test_what_cannot_be_translated_is_left_out_rather_than_left_english() -> None:
    text = everything(article(ENGLISH, translated(FRENCH), WritingSettings(words=20)))
    assert "council" not in text
    assert "Bridge" not in text


def test_what_was_left_out_is_said() -> None:
    made = article(ENGLISH, translated(FRENCH), WritingSettings(words=20))
    assert any("council could not say" in f.message for f in made.findings)


def test_a_translation_that_changes_a_number_is_left_out() -> None:
    lying = FRENCH | {"It will cost 4.2 million pounds.": "Le chantier coûtera 4,8 millions de livres sterling."}
    assert "4,8" not in everything(article(ENGLISH, translated(lying), WritingSettings(words=20)))


def test_a_source_of_which_nothing_can_be_translated_is_an_error_in_plain_words() -> None:
    with pytest.raises(SourceError) as caught:
        article(ENGLISH, ScriptedEngine(copy, yes), WritingSettings(words=20))
    assert "a.txt" in caught.value.message
    assert caught.value.tip


# --- length, title, sections ---------------------------------------------------------------------------------


def test_a_thin_source_is_said_to_be_thin() -> None:
    made = article(NEWS, ScriptedEngine(copy), WritingSettings())
    finding = next(f for f in made.findings if f.check == "words")
    assert f"La source porte {word_count(NEWS.text)} mots" in finding.message
    assert "700 demandés" in finding.message
    assert not made.passed


def test_the_requests_floor_counts() -> None:
    asked = source(*CASES["paragraphs"], request=Request(words=5_000))
    assert checks(article(asked, ScriptedEngine(copy), WritingSettings()))["words"] == 1
    assert checks(article(asked, ScriptedEngine(copy), SHORT))["words"] == 0


@pytest.mark.parametrize("most", [60, 90])
def test_the_ceiling_is_kept(most: int) -> None:
    made = article(NEWS, ScriptedEngine(copy), WritingSettings(words=20, max_words=most))
    assert word_count("\n".join([made.standfirst, *(p.text for p in made.paragraphs)])) <= 1.1 * most


def test_a_ceiling_lower_than_the_first_paragraph_still_gives_an_article_that_says_so() -> None:
    made = article(NEWS, ScriptedEngine(copy), WritingSettings(words=5, max_words=10))
    assert checks(made, "warning")["words"] == 1


@pytest.mark.parametrize("sections", [1, 2, 3])
def test_as_many_sections_as_asked(sections: int) -> None:
    example = read(EXAMPLES / "port-aux-moules.txt")
    made = article(example, ScriptedEngine(copy), WritingSettings(words=60, sections=sections, rounds=1))
    assert len(made.sections) == sections


def test_a_given_title_is_the_title_or_the_beginning_of_it() -> None:
    title = "Le conseil municipal de Vorlac vote la vente de l'ancienne caserne"
    made = article(NEWS, ScriptedEngine(says({})), WritingSettings(words=60, title=title))
    assert unified(made.title) == unified(title)


def test_a_given_title_that_lies_is_not_printed() -> None:
    title = "Le conseil de Vorlac vend la caserne à Claire Dubreuil"
    made = article(NEWS, ScriptedEngine(says({})), WritingSettings(words=60, title=title))
    assert "Dubreuil" not in everything(made)


def test_the_keyphrase_is_never_forced_in() -> None:
    made = article(NEWS, ScriptedEngine(copy), WritingSettings(words=60, keyphrase="achat immobilier Bretagne"))
    assert "Bretagne" not in everything(made)
    assert checks(made, "warning")["keyphrase"] == 1


# --- the same every time -------------------------------------------------------------------------------------


def test_twice_the_same_article() -> None:
    one, two = (article(NEWS, ScriptedEngine(copy), SHORT) for _ in range(2))
    assert one == two


def test_another_article_between_changes_nothing() -> None:
    one = article(NEWS, ScriptedEngine(copy), SHORT)
    article(ENGLISH, translated(FRENCH), WritingSettings(words=20))
    assert article(NEWS, ScriptedEngine(copy), SHORT) == one


def test_another_seed_draws_other_candidates() -> None:
    seeds = []
    for seed in (1, 2):
        engine = ScriptedEngine(copy)
        article(NEWS, engine, WritingSettings(words=60, seed=seed))
        seeds.append({r.seed for r in engine.requests})
    assert not seeds[0] & seeds[1]


# --- odd sources ---------------------------------------------------------------------------------------------

ODD = {
    "one sentence": ["Le conseil municipal de Vorlac a voté mardi la vente de l'ancienne caserne à une coopérative."],
    "two words": ["Caserne vendue."],
    "one paragraph": [CASES["paragraphs"][0]],
    "all quotations": [
        "« Nous aurions préféré un jardin », a-t-il dit.",
        "« La ville n'a rien voulu entendre. Elle vend tout. »",
        "« Personne ne nous a écrit depuis 2019 », a-t-elle ajouté.",
    ],
    "an open quotation": ["« Nous aurions préféré un jardin.", "La ville n'a rien voulu entendre, dit Marc Tessier. »"],
    "the same paragraph thrice": [CASES["paragraphs"][0]] * 3,
    "only figures": ["12 % ; 14 % ; 15 %.", "2019 : 3 000. 2020 : 4 000."],
    "capitals": ["LE CONSEIL MUNICIPAL DE VORLAC A VOTÉ MARDI LA VENTE DE L'ANCIENNE CASERNE À UNE COOPÉRATIVE."],
    "one sentence of 150 words": [
        "Le conseil municipal a voté "
        + ", ".join(f"la rénovation de la rue {n} pour un coût de {n} 000 euros" for n in range(11, 24))
        + "."
    ],
    "an empty paragraph": ["", CASES["paragraphs"][0], "   "],
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("judge", [yes, no])
def test_an_odd_source_gives_an_article(name: str, judge: Judge) -> None:
    odd = source(*ODD[name])
    made = article(odd, ScriptedEngine(copy, judge), WritingSettings(words=5))
    holds_together(made, odd)
    assert made.kept


def test_sentences_that_differ_by_their_figures_are_not_the_same() -> None:
    figures = (12, 31, 58, 74)
    streets = source(*(f"La rue du Port compte {i} maisons, dont {i // 2} sont vides." for i in figures))
    made = article(streets, ScriptedEngine(copy), WritingSettings(words=5))
    assert all(str(i) in everything(made) for i in figures)


def test_three_hundred_paragraphs() -> None:
    verbs = ("achète", "vend", "loue", "répare", "ferme")
    things = ("la gare", "le moulin", "une école", "deux ponts", "l'abattoir", "la piscine", "un théâtre")
    towns = ("Vorlac", "Brassenac", "Trémargan", "Valdorne", "Bélaval", "Port-Lirec", "Brévanne", "Lède")
    news = [f"{towns[i % 8]} {verbs[i % 5]} {things[i % 7]} pour {i + 2} millions d'euros." for i in range(300)]
    made = article(source(*news), ScriptedEngine(copy, parameters=LARGE), WritingSettings(words=60, rounds=1))
    assert len(made.kept) >= 299
    assert all(sum(word_count(p.text) for p in s.paragraphs) <= 300 for s in made.sections)


@pytest.mark.parametrize("name", ["port-aux-moules.txt", "finale-de-hockey.txt", "lait-cru-etude.md"])
def test_an_example_holds_together(name: str) -> None:
    example = read(EXAMPLES / name)
    made = article(example, ScriptedEngine(copy), WritingSettings())
    holds_together(made, example)
    assert 4 <= len(made.sections) <= 8
    assert checks(made)["words"] == 0


def test_titles_and_headings_of_a_writer_are_used_when_they_hold() -> None:
    title = "Vorlac : l'ancienne caserne à la coopérative Les Toits Bleus"
    heading = "Les travaux en septembre"

    def write(request: CompletionRequest, k: int) -> str:
        return {"title": title, "heading": heading}.get(kind(request), "")

    made = article(NEWS, ScriptedEngine(write, yes, parameters=LARGE), WritingSettings(words=60, sections=1))
    assert unified(made.title) == unified(title)
    assert unified(made.sections[0].heading) == unified(heading)


def test_the_sources_own_subheadings_stand_where_they_stood() -> None:
    read_ = source(*CASES["paragraphs"])
    read_ = replace(read_, subheadings=(Subheading(2, "LES REGRETS D'UN JARDIN"), Subheading(3, "Nous paierons tous")))
    made = article(read_, ScriptedEngine(copy, yes), WritingSettings(words=60, sections=3))
    headed = {section.heading: section.paragraphs[0].text for section in made.sections}
    assert unified(headed["Les regrets d’un jardin"]).startswith("« nous aurions préféré")
    assert not any("Nous paierons" in heading for heading in headed)  # nobody speaks for himself outside quotations


def test_what_somebody_says_makes_a_subheading_where_nothing_better_does() -> None:
    said = "« La ville a vendu son plus beau terrain », a regretté Marc Tessier, qui préside l'association."
    made = article(source(*CASES["paragraphs"], said), ScriptedEngine(copy, yes), WritingSettings(words=60, sections=4))
    assert "« la ville a vendu son plus beau terrain »" in [unified(s.heading) for s in made.sections]


def test_a_title_is_not_said_again_below_it() -> None:
    title = "Le conseil municipal de Vorlac a voté la vente de l'ancienne caserne à la coopérative"
    made = article(source(*CASES["paragraphs"], title=title), ScriptedEngine(copy, yes), SHORT)
    assert unified(made.title).startswith(unified(title)[:40])
    assert unified(made.standfirst).rstrip(".") != unified(made.title)


@pytest.mark.parametrize(
    ("given", "title", "stands"),
    [
        ("Vague de chaleur : le bassin de la Saulne en alerte orange jusqu'à jeudi",
         "Vague de chaleur : alerte orange à la Saulne jusqu'à jeudi", False),
        ("Vorlac vend sa caserne à la coopérative, qui y ouvrira un marché couvert et trente logements",
         "Vorlac vend sa caserne à la coopérative", True),
    ],
)  # fmt: skip
def test_a_given_title_stands_below_where_it_tells_more(given: str, title: str, stands: bool) -> None:
    assert tells_more(given, title) is stands


# --- a run that is killed ------------------------------------------------------------------------------------


class Shelf:
    """Keeps the last stage in memory, and forgets nothing when a run dies."""

    def __init__(self) -> None:
        self.stage: Stage | None = None

    def kept(self) -> Stage | None:
        return copy_of(self.stage)

    def keep(self, stage: Stage) -> None:
        self.stage = copy_of(stage)


class Killed(Exception):
    """The power went."""


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("parameters", [0, LARGE])
def test_a_killed_run_goes_on_where_it_was_and_writes_the_same(at: int, parameters: int) -> None:
    rounds: list[int] = []

    def dying(request: CompletionRequest, k: int) -> str:
        rounds.append(request.seed)
        if len(rounds) > at * 3 and not shelf_is_full:
            raise Killed
        return babble(request, k)

    def babble(request: CompletionRequest, k: int) -> str:
        return "Une phrase que rien ne soutient." if k else copy(request, k)

    whole = pipeline.rewrite(NEWS, ScriptedEngine(babble, yes, parameters), SHORT, Silent())
    shelf, shelf_is_full = Shelf(), False
    with pytest.raises(Killed):
        pipeline.rewrite(NEWS, ScriptedEngine(dying, yes, parameters), SHORT, Silent(), keeper=shelf)
    shelf_is_full = True
    assert shelf.stage
    again = pipeline.rewrite(NEWS, ScriptedEngine(babble, yes, parameters), SHORT, Silent(), keeper=shelf)
    assert again == whole


def test_what_was_kept_of_another_text_is_not_taken_up() -> None:
    shelf = Shelf()
    pipeline.rewrite(NEWS, ScriptedEngine(copy), SHORT, Silent(), keeper=shelf)
    other = source("La pluie a duré trois jours à Vorlac, selon la préfecture.", "Rien n'est fermé.")
    made = pipeline.rewrite(other, ScriptedEngine(copy), SHORT, Silent(), keeper=shelf)
    assert {k.passage.text for k in made.kept} <= set(other.paragraphs)
