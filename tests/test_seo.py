"""What editors expect of an article on the web: for every rule a text that passes and one that fails."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.article import Remark, Search
from rewriter.checking.inspection import lines_of
from rewriter.checking.seo import check_search, check_style, keyphrase_count, style_score
from rewriter.french.phrasing import is_linked, is_passive, opening

SHORT = "Le port rouvre lundi."
LONG = (
    "Le port de Brest rouvre lundi matin à six heures après trois semaines de travaux qui ont coûté deux millions "
    "d'euros à la ville et à la région."
)
LINKED = "Cependant, la mairie garde un fort doute."


def style(text: str, check: str = "style") -> list[Remark]:
    return [remark for remark in check_style(lines_of(text)) if remark.finding.check == check]


def told(text: str, words: str) -> list[Remark]:
    return [remark for remark in style(text) if words in remark.finding.message]


def filler(count: int, sentence: str = "Le maire lit un mot, puis la ville dort.") -> str:
    """About as many words, in easy sentences that begin differently and hang together."""
    heads = ("Hier", "Ici", "Demain", "Lundi", "Jeudi")
    return " ".join(f"{heads[i % 5]}, {sentence[0].lower()}{sentence[1:]}" for i in range(count // 10))


GOOD = (
    f"# Le port de Brest\n\n**{LINKED}**\n\n## La fin des travaux\n\nHier, le port rouvre. Alors, la ville respire.\n"
)


def test_a_good_article_has_no_remark() -> None:
    assert check_style(lines_of(GOOD)) == ()


# --- one text that passes and one that fails, for each rule of style ------------------------------------------------

CASES = {
    "entre deux intertitres": (
        "\n\n".join(["# Titre", filler(100), "## Un", filler(140), filler(140), "## Deux", filler(140)]),
        "\n\n".join(["# Titre", filler(100), "## Un", filler(140), filler(140), filler(140)]),
        5,
    ),
    "sans intertitre": ("\n\n".join([filler(140)] * 2), "\n\n".join([filler(140)] * 3), 1),
    "Paragraphe de": (f"{filler(140)}\n", f"{LINKED}\n\n{filler(200)}\n", 3),
    "ont plus de 20 mots": (
        f"{LONG} {SHORT} {LINKED} Tout va bien.",
        f"{SHORT}\n\n{LINKED} {LONG} Tout va bien. {LONG.replace('Brest', 'Lorient')}",
        3,
    ),
    "Paragraphe sans mot de liaison": (f"{SHORT} {LINKED} Tout va bien.", f"{SHORT}\n\n{SHORT} Tout va bien.", 3),
    "Mots de liaison trop rares": (f"{SHORT}\n\n{LINKED}", f"{SHORT}\n\nTout va bien.", None),
    "Tour passif": (
        " ".join(["Hier, le maire signe."] * 9 + ["Le port a été fermé."]),
        " ".join(["Hier, le maire signe."] * 8 + ["Le port a été fermé."]),
        1,
    ),
    "phrases de suite": (
        "Elle part. Elle revient. Puis elle dort. Elle rit.",
        "Alors tout change.\n\nElle part. Elle revient.\n\nElle dort.",
        3,
    ),
    "Lisibilité": (
        "Le chat dort. Il fait beau.",
        "Le chat dort.\n\nL'administration intercommunale expérimente prudemment l'harmonisation réglementaire. "
        "Les collectivités territoriales réorganisent méthodiquement leurs infrastructures.",
        3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", CASES)
def test_a_text_that_keeps_the_rule_passes(rule: str) -> None:
    assert told(CASES[rule][0], rule) == []


@pytest.mark.parametrize("rule", CASES)
def test_a_text_that_breaks_the_rule_is_told_where(rule: str) -> None:
    _, text, line = CASES[rule]
    (remark,) = told(text, rule)
    assert remark.line == line
    assert remark.finding.gravity == "note"
    if line:
        first, last = remark.finding.span or (0, 0)
        shown = remark.finding.message.split("«")[-1].partition(" …")[0].strip(" »")
        assert 0 <= first < last <= len(text.split("\n")[line - 1])
        assert shown.partition(" ».")[0] in " ".join(text.split())


def test_only_the_title_is_a_heading_of_the_first_level() -> None:
    assert style(GOOD, "seo") == []
    (remark,) = style(GOOD.replace("## La fin", "# La fin"), "seo")
    assert (remark.line, remark.finding.gravity) == (5, "warning")
    assert style(GOOD.replace("# Le port", "## Le port"), "seo") == []


# --- sentences ------------------------------------------------------------------------------------------------------


def test_as_many_long_sentences_are_named_as_have_to_change_and_quotations_last() -> None:
    quoted = (
        "Il dit : « Le port de Brest rouvre lundi matin à six heures après trois semaines de travaux qui ont coûté "
        "deux millions d'euros à la ville. »"
    )
    (remark,) = told(f"{quoted} {LONG} {SHORT} Tout va bien.", "ont plus de 20 mots")
    assert "Le port de Brest" in remark.finding.message
    both = told(f"{quoted} {LONG}", "ont plus de 20 mots")
    assert "sans toucher à la citation" in both[0].finding.message
    assert len(both) == 2


def test_sentences_inside_a_quotation_are_counted_each() -> None:
    text = (
        "« Le port est beau. La ville est belle. Le ciel est bleu. La mer est verte », a dit le maire de la ville. Fin."
    )
    assert told(text, "ont plus de 20 mots") == []


def test_a_heading_ends_a_row_of_openings_and_an_article_needs_its_noun() -> None:
    assert told("Elle part. Elle revient.\n\n## Titre\n\nElle dort.", "phrases de suite") == []
    assert told("Le port ferme. Le maire rit. Le chat dort.", "phrases de suite") == []
    assert len(told("L'OTAN part. L’OTAN rit. L'OTAN dort.", "phrases de suite")) == 1
    assert [opening(s) for s in ("L’OTAN part.", "Il part.", "« Le port »", "", "…")] == [
        "l'otan", "il", "le port", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    ["Cependant, il pleut.", "Il part, alors qu’il pleut.", "Elle lit afin d'apprendre.", "Grâce aux élus, tout va.",
     "« En effet », dit-il.", "Or il pleut.", "Le vent tombe, c’est-à-dire que tout va bien.",
     "LORSQU'IL pleut, il lit."],
)  # fmt: skip
def test_a_transition_is_found_in_every_form(sentence: str) -> None:
    assert is_linked(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["Il pleut.", "Les ports ainsi que les quais ferment.", "Une montre en or.", "De plus en plus de gens partent.",
     "Non loin de là, il pleut.", "Il enfinit.", "Le puisard déborde.", ""],
)  # fmt: skip
def test_what_only_looks_like_a_transition_is_none(sentence: str) -> None:
    assert not is_linked(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["La loi est adoptée par le Sénat.", "La loi n'a pas encore été votée.", "Le port sera définitivement fermé.",
     "Trois élus ont été mis en cause.", "Être élu ne suffit pas."],
)  # fmt: skip
def test_a_passive_is_seen(sentence: str) -> None:
    assert is_passive(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["Le maire est arrivé.", "Elle s'est rendue à Brest.", "Ils se sont donc réunis.", "Le port est ici.", "Il est là.",
     "Elle s'y est opposée.", "Le maire a fermé le port.", "Elle est devenue maire.", "Le ciel est bleu.", ""],
)  # fmt: skip
def test_an_active_verb_is_no_passive(sentence: str) -> None:
    assert not is_passive(sentence)


def test_the_score_counts_faults_a_sentence() -> None:
    assert style_score("") == 0
    assert style_score(LINKED) == 0
    assert style_score(SHORT) == 1
    assert style_score(LONG) == 2
    assert style_score(f"{LINKED} {SHORT}") == 0.5
    assert style_score(LONG) > style_score(f"{SHORT} {LINKED}")


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from(["# A", "## B", LONG, SHORT, LINKED, "« Oui. Non »", "…", "", "- x", "12"]), max_size=12)
)
def test_every_remark_stands_in_its_line_and_none_is_an_error(parts: list[str]) -> None:
    text = "\n".join(parts)
    for remark in check_style(lines_of(text)):
        assert remark.finding.gravity in ("warning", "note")
        assert remark.finding.message.endswith((".", ").")), remark.finding.message
        if remark.line:
            first, last = remark.finding.span or (0, 0)
            assert 0 <= first < last <= len(text.split("\n")[remark.line - 1])
    assert 0 <= style_score(text) <= 2


# --- search engines -------------------------------------------------------------------------------------------------

ARTICLE = """# Le port de Brest rouvre lundi

**Le port de Brest rouvre lundi après trois semaines de travaux.**

## Le port de Brest en travaux

La mairie a dépensé deux millions d'euros pour les quais et pour la grande digue du port. Elle en attend beaucoup.

## Une digue refaite

Les pêcheurs attendent cette date depuis un mois, disent-ils, et les marchands de la criée ne pensent qu'à elle.
"""
SEARCH = Search(
    title_tag="Le port de Brest rouvre lundi",
    description="Le port de Brest rouvre lundi après trois semaines de travaux, pour lesquels la mairie a dépensé deux "
    "millions d'euros d'argent public.",
    slug="port-brest-rouvre-lundi",
    keyphrase="port de Brest",
)


def search(text: str = ARTICLE, **changes: str) -> list[Remark]:
    return list(check_search(lines_of(text), replace(SEARCH, **changes)))  # type: ignore[arg-type]


def test_a_good_presentation_has_no_remark() -> None:
    assert search() == []


WIDE = "Le port de Brest rouvre lundi après trois semaines de travaux qui ont coûté deux millions d'euros à la mairie"
BROKEN = {
    "title too wide": ({"title_tag": WIDE}, "pixels", 1),
    "description too short": ({"description": "Le port de Brest rouvre lundi."}, "La compléter", None),
    "description too long": ({"description": SEARCH.description + " Enfin, le port rouvre lundi."}, "raccourcir", None),
    "keyphrase too long": ({"keyphrase": "port Brest rouvre lundi travaux"}, "5 mots pleins", None),
    "no keyphrase": ({"keyphrase": ""}, "0 mots pleins", None),
    "not in the title": ({"title_tag": "La digue rouvre lundi"}, "la balise de titre", 1),
    "not in the slug": ({"slug": "digue-rouvre-lundi"}, "l'adresse", None),
    "not in the description": (
        {"description": SEARCH.description.replace("port de Brest", "quai de Lorient")}, "la méta-description", None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_what_breaks_a_rule_of_search_is_told(case: str) -> None:
    changes, words, line = BROKEN[case]
    found = [remark for remark in search(**changes) if words in remark.finding.message]
    assert [(r.line, r.finding.check, r.finding.gravity) for r in found] == [(line, "seo", "warning")]


def test_a_keyphrase_late_in_the_title_is_a_note() -> None:
    (remark,) = search(title_tag="La mairie finit une digue : le port de Brest rouvre")
    assert (remark.line, remark.finding.gravity) == (1, "note")
    assert "vient tard" in remark.finding.message


def test_the_first_paragraph_holds_the_keyphrase() -> None:
    found = search(ARTICLE.replace("**Le port de Brest", "**La criée"))
    assert [r.line for r in found if "premier paragraphe" in r.finding.message] == [3]


def test_a_keyphrase_is_neither_rare_nor_everywhere() -> None:
    rare = ARTICLE.replace("port de Brest rouvre lundi après", "port de Brest rouvre après") + "\n" + filler(400)
    assert [r.finding.message for r in search(rare) if "trop rare" in r.finding.message]
    often = ARTICLE + "\nLe port de Brest vit. Le port de Brest rit. Le port de Brest dort.\n"
    (remark,) = [r for r in search(often) if "trop fréquente" in r.finding.message]
    assert remark.line == 13


def test_some_subheadings_hold_the_keyphrase_and_some_do_not() -> None:
    none = ARTICLE.replace("## Le port de Brest en travaux", "## Des travaux")
    assert [r.line for r in search(none) if "Intertitres" in r.finding.message] == [5]
    all_ = ARTICLE.replace("## Une digue refaite", "## La digue du port de Brest")
    assert [r.line for r in search(all_) if "Intertitres" in r.finding.message] == [9]
    only = ARTICLE.replace("## Une digue refaite\n\n", "")
    assert [r for r in search(only) if "Intertitres" in r.finding.message] == []


def test_a_keyphrase_is_counted_in_every_form_within_one_sentence() -> None:
    assert keyphrase_count("port de Brest", "Brest a deux ports. Le port vit. Brest rit.") == 1
    assert keyphrase_count("lait cru", "Le lait cru et les laits crus.") == 2
    assert keyphrase_count("l'OTAN", "L’OTAN. L'Otan.") == 2
    assert keyphrase_count("le la", "Le la.") == 0
    assert keyphrase_count("loi 49", "La loi 48. La loi 49.") == 1


def test_a_slug_holds_a_plural_and_a_word_with_accents() -> None:
    accents = {"keyphrase": "élus", "slug": "elu-brest"}
    assert not [r for r in search(**accents) if "l'adresse" in r.finding.message]


def test_an_empty_article_is_no_fault_of_the_program() -> None:
    assert check_style(()) == ()
    assert all(r.line is None for r in check_search((), SEARCH))
