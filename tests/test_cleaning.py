"""What cleaning takes out of an article, what it repairs, and what it leaves alone."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.article import Subheading
from rewriter.source.cleaning import clean
from rewriter.source.furniture import find_furniture
from rewriter.source.patterns import read_table, toml_file
from rewriter.source.punctuation import PUNCTUATION
from rewriter.source.reading import read as read_source
from rewriter.source.repairs import FIRST_REPAIRS
from tests.toml_cases import json_lines

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"

BEFORE = "Les dockers ont voté la grève mardi, et le port de commerce est fermé depuis lors."
AFTER = "La direction du port a promis de recevoir une délégation avant la fin de la semaine."


def reasons(*paragraphs: str) -> dict[int, str]:
    """Why paragraphs went, by their number."""
    return {r.paragraph: r.reason for r in clean(paragraphs).removals if not r.replacement}


def after_cleaning(paragraph: str) -> str:
    """What one paragraph becomes between two others."""
    first, *middle, last = clean([BEFORE, paragraph, AFTER]).paragraphs
    assert (first, last) == (BEFORE, AFTER)
    return " ".join(middle)


# ── labelled articles ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def evaluation() -> ModuleType:
    """scripts/evaluate-cleaning as a module."""
    loader = importlib.machinery.SourceFileLoader("evaluate_cleaning", str(ROOT / "scripts/evaluate-cleaning"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[loader.name] = module  # dataclasses look their module up
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def outcomes(evaluation: ModuleType) -> list[Any]:
    return list(evaluation.outcomes())


def test_the_labelled_articles_are_many_and_mostly_true(outcomes: list[Any]) -> None:
    true = [o for o in outcomes if o.expect != "remove"]
    assert len(outcomes) >= 220
    assert len(true) >= len(outcomes) / 2
    assert len({o.kind for o in outcomes if o.expect == "remove"}) >= 10
    assert sum(o.held for o in outcomes) >= len(outcomes) / 3


@pytest.mark.parametrize("held", [False, True])
def test_what_is_removed_had_to_go_and_what_had_to_go_is_removed(
    evaluation: ModuleType, outcomes: list[Any], held: bool
) -> None:
    some = [o for o in outcomes if o.held is held]
    right, removed = evaluation.precision(some)
    gone, wanted = evaluation.recall(some)
    assert right / removed >= 0.98, [o.text for o in some if o.reason and o.expect != "remove"]
    assert gone / wanted >= 0.95, [o.text for o in some if not o.reason and o.expect == "remove"]


def test_true_paragraphs_come_out_as_labelled(outcomes: list[Any]) -> None:
    true = [o for o in outcomes if o.expect != "remove"]
    wrong = [(o.text, o.result) for o in true if not o.right]
    assert len(wrong) <= 0.01 * len(true), wrong


def test_the_reason_given_is_the_one_that_a_reader_would_give(outcomes: list[Any]) -> None:
    removed = [o for o in outcomes if o.expect == "remove" and o.reason]
    odd = [(o.text, o.reason) for o in removed if o.reason != o.kind]
    assert len(odd) <= 0.05 * len(removed), odd


def test_the_script_prints_both_parts(evaluation: ModuleType, outcomes: list[Any], capsys: Any) -> None:
    evaluation.report(outcomes)
    printed = capsys.readouterr().out
    assert all(word in printed for word in ("precision", "recall", "held", "caption", "duplicate"))


LABELLED = json_lines(CASES / "cleaning.jsonl")
TITLED = [article for article in LABELLED if any(p["expect"] == "title" for p in article["paragraphs"])]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\n \n\n\n"], ids=["line", "blank", "crlf", "doubled"])
@pytest.mark.parametrize("article", TITLED, ids=lambda article: article["article"])
def test_an_article_is_read_the_same_however_its_lines_are_divided(article: Any, between: str) -> None:
    text = between.join(p["text"] for p in article["paragraphs"])
    read = read_source(None, text.encode())
    (title,) = (p["text"] for p in article["paragraphs"] if p["expect"] == "title")
    assert read.title == title
    assert read.paragraphs == clean([p["text"] for p in article["paragraphs"] if p["text"] != title]).paragraphs


# ── lines by themselves ──────────────────────────────────────────────────────────────────────────────────

LINES = toml_file(CASES / "lines.toml")


@pytest.mark.parametrize(
    ("reason", "line"), [(reason, line) for reason, lines in LINES["remove"].items() for line in lines]
)
def test_a_line_of_the_page_goes(reason: str, line: str) -> None:
    assert reasons(BEFORE, AFTER, line) == {3: reason}


@pytest.mark.parametrize("line", LINES["keep"]["lines"])
def test_a_line_that_only_looks_like_one_stays(line: str) -> None:
    assert clean([BEFORE, line, AFTER]).paragraphs == (BEFORE, line, AFTER)


@pytest.mark.parametrize("rule", read_table("furniture", "furniture"), ids=lambda rule: rule["reason"])
def test_every_listed_phrase_is_recognised(rule: dict[str, Any]) -> None:
    missed = [phrase for phrase in rule.get("phrases", ()) if not find_furniture({1: phrase.capitalize()})]
    assert missed == []


# ── captions ─────────────────────────────────────────────────────────────────────────────────────────────

CAPTION = "La grande grue du port est démontée par une équipe danoise, à Sainte-Marguerite, le 3 mars 2024."
SCENE = "Des pêcheurs réparent leurs filets devant la criée"


def test_a_weak_caption_goes_only_when_it_stands_twice() -> None:
    assert reasons(BEFORE, CAPTION, AFTER) == {}
    assert reasons(BEFORE, CAPTION, CAPTION, AFTER) == {2: "caption", 3: "caption"}


def test_the_two_copies_of_a_caption_may_differ_in_apostrophes_and_final_stop() -> None:
    straight = "L'équipage salue la foule depuis l'étrave, à Sainte-Marguerite, le 3 mars 2024"
    curly = straight.replace("'", "’") + "."
    assert reasons(BEFORE, straight, curly, AFTER) == {2: "caption", 3: "caption"}


def test_a_scene_beside_a_sure_caption_is_one_and_by_itself_is_none() -> None:
    credited = "Le port au petit matin. (Photo Zoé Lind/AFP)"
    scene = f"{SCENE}, à Sainte-Marguerite, en Bretagne."
    assert reasons(BEFORE, scene, AFTER) == {}
    assert reasons(BEFORE, credited, scene, scene, AFTER) == {2: "caption", 3: "caption", 4: "caption"}


def test_news_with_a_date_at_its_end_is_no_caption_even_twice() -> None:
    news = "Le port a été vendu à un groupe danois, à Sainte-Marguerite, le 3 mars 2024."
    assert reasons(BEFORE, news, news, AFTER) == {3: "duplicate"}


def test_two_settings_one_below_the_other_are_alternative_text_and_caption() -> None:
    straight = "Des pieux alignés dans l'est de la baie, où l'on élève des moules."
    curly = straight.replace("'", "’")
    assert reasons(BEFORE, CAPTION, CAPTION, straight, curly, AFTER) == dict.fromkeys((2, 3, 4, 5), "caption")
    assert clean((BEFORE, straight, curly, AFTER)).paragraphs == (BEFORE, curly, AFTER)


@pytest.mark.parametrize(
    "credit",
    [
        "J. VERNAY / LE QUOTIDIEN DE L’ESTRAN",
        "Jeanne Vernay / Le Quotidien de l’Estran",
        "JEANNE VERNAY POUR « LE QUOTIDIEN »",
        "(DR)",
    ],
)
def test_a_credit_behind_the_sentence_gives_the_caption_and_its_bare_copy_away(credit: str) -> None:
    bare = "Le prévenu à son arrivée au palais de justice, lundi 4 novembre."
    assert reasons(BEFORE, f"{bare} {credit}", AFTER) == {2: "caption"}
    assert reasons(BEFORE, f"{bare} {credit}", AFTER, bare) == {2: "caption", 4: "caption"}
    assert reasons(BEFORE, bare, AFTER) == {}


def test_a_caption_says_what_gave_it_away() -> None:
    removal = clean([BEFORE, CAPTION, CAPTION, AFTER]).removals[0]
    assert "date complète à la fin" in removal.explanation
    assert "donnée deux fois" in removal.explanation


# ── repetitions ──────────────────────────────────────────────────────────────────────────────────────────

VOTE = "Les dockers de Sainte-Marguerite ont reconduit la grève par 312 voix contre 87, lundi matin."
REWORDED = "Les dockers de Sainte-Marguerite ont encore reconduit leur grève lundi, par 312 voix contre 87."


def test_the_first_of_two_copies_stays() -> None:
    assert reasons(VOTE, BEFORE, VOTE.replace("’", "'")) == {3: "duplicate"}


@pytest.mark.parametrize("true_first", [True, False])
def test_a_copy_among_captions_goes_wherever_the_true_paragraph_stands(true_first: bool) -> None:
    captions = (CAPTION, CAPTION, REWORDED, REWORDED, CAPTION, CAPTION)
    article = (VOTE, BEFORE, *captions, AFTER) if true_first else (BEFORE, *captions, VOTE, AFTER)
    assert clean(article).paragraphs == tuple(p for p in article if p in {VOTE, BEFORE, AFTER})


def test_a_text_given_twice_among_captions_stays_once_when_nothing_else_says_it() -> None:
    assert clean((BEFORE, CAPTION, CAPTION, VOTE, VOTE, AFTER)).paragraphs == (BEFORE, VOTE, AFTER)


def test_of_two_neighbours_the_better_set_stays() -> None:
    curly = "L’équipage n’a pas été payé depuis l’arrivée du navire, dit l’inspection du travail."
    assert clean((BEFORE, curly.replace("’", "'"), curly, AFTER)).paragraphs == (BEFORE, curly, AFTER)


def test_a_copy_that_breaks_off_goes_although_it_comes_first() -> None:
    whole = "La grève a coûté onze millions d’euros au port, selon la chambre de commerce et d’industrie."
    cut = "La grève a coûté onze millions d’euros au port, selon la chambre de commerce et"
    assert clean((cut, BEFORE, whole)).paragraphs == (BEFORE, whole)


def test_sentences_that_a_longer_paragraph_has_word_for_word_go_however_often_they_stand() -> None:
    pulled = "Le parc fournirait le courant de 190 000 personnes, affirme l’entreprise."
    whole = f"L’autre moitié du plan est en mer. {pulled}"
    article = (whole, pulled.replace("’", "'"), pulled, AFTER)
    assert reasons(*article) == {2: "duplicate", 3: "duplicate"}
    assert reasons(pulled, whole, AFTER) == {1: "duplicate"}


def test_the_end_of_a_sentence_is_no_sentence() -> None:
    part = "Le préfet a fermé la digue aux promeneurs et aux pêcheurs."
    cause = "À cause du vent et d’une mer que la météo annonce très forte jusqu’à dimanche"
    assert reasons(f"{cause}, {part[0].lower()}{part[1:]}", BEFORE, part) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Le 3 mars, le port de Ligny a accueilli onze navires venus du nord.",
            "Le 4 mars, le port de Ligny a accueilli onze navires venus du nord.",
        ),
        (
            "À Ligny, la grève a été suivie par deux dockers sur trois, selon le syndicat.",
            "À Aubenoy, la grève a été suivie par deux dockers sur trois, selon le syndicat.",
        ),
        (
            "Chez les hommes, la maladie recule depuis vingt ans dans toutes les régions.",
            "Chez les femmes, la maladie recule depuis vingt ans dans toutes les régions.",
        ),
        (
            "Le maire a déclaré que les quais seraient rouverts avant la fin du mois.",
            "Le maire a déclaré que les quais ne seraient pas rouverts avant la fin du mois.",
        ),
        (
            "Les exportations du port ont augmenté fortement au cours du dernier trimestre.",
            "Les importations du port ont augmenté fortement au cours du dernier trimestre.",
        ),
        (
            "Les quais seront rouverts.",
            "Les quais seront rouverts avant la fin du mois, a promis le maire de Ligny lundi soir.",
        ),
    ],
    ids=["dates", "places", "contrast", "negation", "opposites", "part"],
)
def test_alike_is_not_the_same(one: str, other: str) -> None:
    assert reasons(one, BEFORE, other) == {}
    assert reasons(other, BEFORE, one) == {}


def test_spelling_alone_makes_no_difference() -> None:
    british = "The harbour was closed for three days while the colour of the water was tested."
    american = "The harbor was closed for three days while the color of the water was tested."
    assert reasons(british, BEFORE, american) == {3: "duplicate"}


# ── tweets, menus, headings ──────────────────────────────────────────────────────────────────────────────


def test_all_paragraphs_of_a_tweet_go_and_what_introduces_it_stays() -> None:
    article = (
        BEFORE,
        "La préfecture a réagi dans la soirée :",
        "⚠️ #Port | La circulation est interdite sur les quais.",
        "En cas de doute, appelez le 0 800 000 000.",
        "— Préfecture (@prefecture) March 14, 2024",
        AFTER,
    )
    assert clean(article).paragraphs == (BEFORE, article[1], AFTER)


def test_a_long_paragraph_above_a_signed_line_is_no_tweet() -> None:
    long = " ".join([BEFORE] * 5)
    assert reasons(long, "— Le Port (@leport) 3 mars 2024", AFTER) == {2: "embed"}


def test_the_menus_of_a_whole_page_go_and_a_list_of_the_article_stays() -> None:
    article = (
        *("Accueil", "Mer", "Montagne", "Se connecter", "Le port à l’arrêt"),
        BEFORE,
        "Ont voté pour :",
        *("Ligny", "Aubenoy", "Port-Vieux"),
        *("Partager sur Facebook", "Mer", "Montagne", "Mentions légales"),
    )
    kept = clean(article).paragraphs
    assert kept == (BEFORE, "Ont voté pour :", "Ligny", "Aubenoy", "Port-Vieux")


def test_subheadings_go_where_sentences_end_with_stops() -> None:
    assert reasons(BEFORE, "Un accord introuvable", AFTER) == {2: "subheading"}
    without = [f"{text[:-1]} et le reste de la phrase suit sans jamais de point" for text in (BEFORE, AFTER)]
    article = [
        without[0],
        "Un accord introuvable",
        without[1],
        without[0].replace("Les", "Des 40"),
        without[1],
    ]
    assert "subheading" not in reasons(*article).values()


def test_the_sources_own_subheadings_are_kept_apart_above_their_paragraphs() -> None:
    cleaned = clean((BEFORE, "## Un accord introuvable", AFTER, "Une page se tourne", BEFORE.replace("Les", "Des 40")))
    assert cleaned.subheadings == (Subheading(1, "Un accord introuvable"), Subheading(2, "Une page se tourne"))
    assert clean(("Un accord introuvable", BEFORE, AFTER)).subheadings == ()  # a kicker, above the whole text


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_closed_in_each() -> None:
    first = "Le maire a déclaré : « Nous refusons de payer deux fois pour la même digue."
    second = "« Nous demandons donc que la région prenne sa part avant la fin de l’année. »"
    cleaned = clean((BEFORE, first, second, AFTER))
    assert cleaned.paragraphs[1:3] == (f"{first}\u00a0»", second)
    assert clean((BEFORE, first, AFTER)).paragraphs[1] == first


def test_verses_and_items_are_no_subheadings() -> None:
    poem = (
        "J’ai laissé la clé sous la pierre",
        "Le chien dort, le pain est levé",
        "La lampe attend",
        "Viens",
    )
    assert clean((BEFORE, *poem, AFTER)).paragraphs == (BEFORE, *poem, AFTER)


def test_words_pulled_from_a_paragraph_go() -> None:
    said = f"« Personne ne nous a écoutés depuis dix ans », dit-elle. {AFTER}"
    assert reasons(BEFORE, "« Personne ne nous a écoutés depuis dix ans »", said) == {2: "subheading"}


def test_authors_stand_at_the_edges_and_a_list_of_people_is_kept() -> None:
    assert reasons(BEFORE, AFTER, "Odile Marchenoir") == {3: "credit"}
    people = ("Odile Marchenoir", "Yann Le Fur", "Inès Fabrègue")
    assert clean((BEFORE, AFTER, *people)).paragraphs == (BEFORE, AFTER, *people)


def test_a_name_with_its_place_a_house_or_a_date_goes_at_the_edges_alone() -> None:
    for line, reason in (
        ("O. Marchenoir, à Ligny", "credit"),
        ("O. M., à Ligny", "credit"),
        ("Odile Marchenoir / Bureau de Ligny", "credit"),
        ("Jeudi 18 janvier à 11:27", "metadata"),
    ):
        assert reasons(BEFORE, AFTER, line) == {3: reason}
        assert reasons(line, BEFORE, AFTER)[1] == reason
        assert clean((BEFORE, f"{line} :", AFTER)).paragraphs == (BEFORE, f"{line} :", AFTER)


def test_the_name_of_the_section_above_the_text_goes_whatever_stands_below_it() -> None:
    score = "Ligny - Aubenoy 3-4 (1-1, 2-3)"
    assert reasons("HOCKEY SUR GLACE - FINALE (match 6)", score, BEFORE) == {1: "subheading"}


# ── repairs ──────────────────────────────────────────────────────────────────────────────────────────────

WELL_SET = (
    "« L’œuvre d’Élie est l’“âme” du cœur », écrit-il ; 79,5 % des élèves… l’ont lue (p. 12, éd. de 2010).",
    "M. Noël a reçu Mme Ève, J.-C. de Rohan, etc. en 2014. L’ﬁle d’attente fait 3,5 km. N° 5 : « Où ? »",
    "“It’s fine,” he said. U.S. and E.U. officials met at 5 p.m. in No. 10. ‘Yes.’",
    "Il est parti. elle est restée. L’iPhone d’eBay… et puis rien. [...] Voir site.fr et 1.5.2 ; x < y > z.",
    "Le député a dit : «Je viens.» Puis, plus bas : «Je reste», et rien d’autre ne fut entendu ce soir-là.",
)


@pytest.mark.parametrize("text", WELL_SET)
def test_what_is_well_set_is_left_alone(text: str) -> None:
    assert clean([text, BEFORE]).removals == ()


@pytest.mark.parametrize(
    ("ugly", "repaired", "reason"),
    [
        ("Lâ€™Ã©tÃ© sera chaud, dit-on Ã\xa0 Ligny.", "L’été sera chaud, dit-on à Ligny.", "mojibake"),
        ("L?été sera chaud, d?après la météo.", "L’été sera chaud, d’après la météo.", "mojibake"),
        ("L’e\u0301te\u0301 sera chaud.", "L’été sera chaud.", "unicode"),
        ("L’é\u00adté se\u200bra\ufeff chaud.", "L’été sera chaud.", "invisible"),
        ("L’été <em>sera</em><br/>chaud &amp; sec.", "L’été sera chaud & sec.", "markup"),
        ("L’été **sera** [chaud](https://exemple.fr/a).", "L’été sera chaud.", "markup"),
        (
            "Ils étaient trois. en 2014, ils sont vingt.",
            "Ils étaient trois en 2014, ils sont vingt.",
            "typography",
        ),
        ("Il sera élu plus tard cette année. .", "Il sera élu plus tard cette année.", "typography"),
        ("«Une promesse.»Mais rien ne vint.", "«Une promesse.» Mais rien ne vint.", "typography"),
        (
            "Le pont est fermé.Les cars font un détour.",
            "Le pont est fermé. Les cars font un détour.",
            "typography",
        ),
        ("Le pont  est fermé , dit-il.", "Le pont est fermé, dit-il.", "typography"),
        (
            "L’avis est en ligne (https://exemple.fr/a.pdf) depuis lundi.",
            "L’avis est en ligne depuis lundi.",
            "link",
        ),
        ("Le prix a doublé (lire aussi page 4) en un an.", "Le prix a doublé en un an.", "related"),
        ("LIGNY, 3 mars (Reuters) - Le port est fermé.", "Le port est fermé.", "credit"),
        ("LIGNY, Kan. (AP) — The port is closed.", "The port is closed.", "credit"),
        ("Le port est fermé depuis lundi. (AFP)", "Le port est fermé depuis lundi.", "credit"),
        ("Le port est fermé [1] depuis lundi.", "Le port est fermé depuis lundi.", "note"),
    ],
)
def test_a_repair_is_done_and_explained(ugly: str, repaired: str, reason: str) -> None:
    assert after_cleaning(ugly) == repaired
    (removal, *rest) = clean([BEFORE, ugly, AFTER]).removals
    assert removal.paragraph == 2
    assert {removal.reason, *(r.reason for r in rest)} == {reason}
    assert removal.text in ugly or " […] " in removal.text
    assert removal.replacement in repaired or " […] " in removal.replacement


def test_guillemets_get_inner_spaces_only_where_the_article_has_them() -> None:
    tight = "Il l’a dit : «Je reste», et il est resté au port jusqu’au soir."
    assert after_cleaning(tight) == tight
    spaced = "« Je viens », « je vois », « je pars » : il disait tout cela chaque matin au port."
    assert clean([spaced, tight]).paragraphs[1] == tight.replace("«Je reste»", "«\u00a0Je reste\u00a0»")


def test_note_marks_go_with_their_note_and_other_brackets_stay() -> None:
    marked = "Martine*, docker, dit vrai. La section [37] du code du port le confirme en toutes lettres."
    assert clean([marked, BEFORE]).paragraphs[0] == marked
    cleaned = clean([marked, BEFORE, "* Le prénom a été modifié."])
    assert cleaned.paragraphs[0] == marked.replace("*", "")


def test_a_comment_that_spans_paragraphs_goes() -> None:
    article = (
        f"{BEFORE}<!-- à revoir",
        "Ceci ne doit pas paraître dans le journal de demain.",
        f"fin -->{AFTER}",
    )
    assert clean(article).paragraphs == (BEFORE, AFTER)


def test_a_comment_that_is_never_closed_hides_nothing() -> None:
    assert len(clean((f"{BEFORE} <!-- à revoir", AFTER)).paragraphs) == 2


# ── the receipt ──────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_removed_from_nothing() -> None:
    assert clean([]).paragraphs == ()
    assert clean([]).removals == ()


def test_blank_paragraphs_are_on_the_receipt() -> None:
    assert reasons(BEFORE, " \u200b", "***", AFTER) == {2: "markup", 3: "markup"}


def test_a_removal_holds_the_paragraph_as_it_stood() -> None:
    ugly = "<p>Source link\u00a0-33</p>"
    (removal,) = clean([BEFORE, AFTER, ugly]).removals
    assert (removal.paragraph, removal.text, removal.replacement) == (3, ugly, "")


def test_every_change_is_explained_in_a_sentence(outcomes: list[Any]) -> None:
    articles: dict[str, list[str]] = {}
    for outcome in outcomes:
        articles.setdefault(outcome.article, []).append(outcome.text)
    removals = [removal for texts in articles.values() for removal in clean(texts).removals]
    assert len(removals) > 100
    assert all(r.explanation[0].isupper() and r.explanation.endswith(".") for r in removals)
    assert all(r.text.strip() for r in removals)


_PIECES = st.lists(st.sampled_from(LINES["random"]["pieces"]), max_size=12)
_TEXTS = st.one_of(_PIECES.map("".join), _PIECES.map(" ".join), st.text())


@settings(deadline=None)
@given(st.lists(_TEXTS, max_size=8))
def test_every_paragraph_comes_out_or_is_on_the_receipt(paragraphs: list[str]) -> None:
    cleaned = clean(paragraphs)
    gone = Counter(r.paragraph for r in cleaned.removals if not r.replacement)
    assert len(cleaned.paragraphs) + len(gone) == len(paragraphs)
    assert set(gone.values()) <= {1}
    left = [n for n in range(1, len(paragraphs) + 1) if n not in gone]
    changed = {r.paragraph for r in cleaned.removals}
    same = dict(zip(left, cleaned.paragraphs, strict=True))
    assert all(same[n] == paragraphs[n - 1] for n in left if n not in changed)
    assert clean(paragraphs) == cleaned


@settings(deadline=None)
@given(st.sampled_from([*FIRST_REPAIRS, *PUNCTUATION]), _TEXTS)
def test_a_repair_leaves_nothing_to_do_a_second_time(repair: Any, text: str) -> None:
    once = repair.apply(text)
    assert repair.apply(once) == once
