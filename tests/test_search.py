"""What search engines are told of an article: taken from it, never broken, never false."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.article import Article, Kept, Paragraph, Passage, Search, Section, Source
from rewriter.checking.inspection import lines_of
from rewriter.checking.seo import check_search
from rewriter.french.abridging import clause_cuts, title_cuts
from rewriter.french.glyphs import width
from rewriter.french.measure import comparable_words
from rewriter.publishing.markdown import to_markdown
from rewriter.search import make_search
from rewriter.writing.keyphrases import phrases
from tests.scripts import source

LEAD = (
    "Les ministres des Affaires étrangères de l’OTAN débattent de la perspective d’un fonds militaire sans précédent "
    "pour l’Ukraine, qui permettrait aux membres de l’alliance d’engager 100 milliards de dollars sur cinq ans pour "
    "assurer un soutien sur le long terme."
)
MAIN = LEAD.partition(", qui")[0]
BODY = (
    "Les propositions de Jens Stoltenberg donneraient au bloc de sécurité un rôle plus direct. Jusqu’ici, l’OTAN s’est "
    "limitée à une aide non létale à l’Ukraine.",
    "Un fonds militaire coûterait 100 milliards de dollars, selon Jens Stoltenberg. L’aide militaire à l’Ukraine reste "
    "bloquée à Washington. Donald Trump refuse l’aide militaire à l’Ukraine, et Donald Trump le dit.",
)
TITLE = "Les ministres de l’OTAN discutent d’un fonds militaire de 100 milliards de dollars pour l’Ukraine"


def article(
    title: str, standfirst: str = LEAD, body: tuple[str, ...] = BODY, heading: str = "Un rôle direct"
) -> Article:
    kept = [Kept(Passage(i, i, (text,)), text, "rewording", 1) for i, text in enumerate(body)]
    return Article(title, standfirst, (Section(heading, tuple(Paragraph((k,)) for k in kept)),))


def origin(made: Article) -> Source:
    return source(made.title, made.standfirst, *(p.text for p in made.paragraphs))


def search(made: Article, asked: str | None = None) -> Search:
    return make_search(made, origin(made), asked)


def said_by(text: str, made: Article) -> bool:
    """Whether the article has the words, in this order and one beside the other."""
    told = [made.title, made.standfirst, *(s.heading for s in made.sections), *(p.text for p in made.paragraphs)]
    return any(f" {' '.join(comparable_words(text))} " in f" {' '.join(comparable_words(part))} " for part in told)


def test_an_article_is_presented_by_its_own_words() -> None:
    made = article(TITLE)
    found = search(made)
    assert found.title_tag == "Les ministres de l’OTAN discutent d’un fonds militaire"
    assert found.description == MAIN + "."
    assert found.slug == "ministres-otan-discutent-fonds-militaire-100-milliards-dollars-ukraine"
    assert found.keyphrase == "OTAN"
    assert "Jens Stoltenberg" in found.secondary
    for text in (found.title_tag, found.description, found.keyphrase, *found.secondary):
        assert said_by(text, made), text


def test_what_was_made_keeps_the_rules_that_are_in_its_hands() -> None:
    made = article(TITLE)
    told = [r.finding.message for r in check_search(lines_of(to_markdown(made)), search(made))]
    assert not [message for message in told if not re.search(r"Intertitres|fréquente|rare", message)]


# --- title tag ------------------------------------------------------------------------------------------------------


def test_a_title_that_fits_stays_as_it_is() -> None:
    assert search(article("L’OTAN : un fonds ?")).title_tag == "L’OTAN : un fonds ?"


CUTS = {
    "Le gouvernement refuse de signer l'accord de libre-échange avec le Mercosur malgré la pression de Bruxelles":
        "Le gouvernement refuse de signer l'accord de libre-échange",
    "La ministre de la Santé annonce un plan de 300 millions d'euros pour les urgences des hôpitaux publics":
        "La ministre de la Santé annonce un plan de 300 millions d'euros",
    "Procès de l’horlogerie à Valdorne : « J’ai volé du temps à des gens qui m’en avaient donné beaucoup »":
        "Procès de l’horlogerie à Valdorne",
    "Budget 2025 – La Sauvière adopte 486 millions de dépenses, sabre la culture et s’endette pour ses collèges":
        "Budget 2025 – La Sauvière adopte 486 millions de dépenses",
    "Lait cru : le contrôle simple réduit de 57% la présence de bactéries dangereuses dans le lait des fermes":
        "Lait cru : le contrôle simple",
    "Pourquoi les prix de l'électricité vont-ils encore augmenter en février malgré la baisse du marché de gros ?":
        "Pourquoi les prix de l'électricité vont-ils encore augmenter\u202f?",
    "Un projet de port géant est adopté par le conseil, alors que les pêcheurs manifestent à la mairie":
        "Un projet de port géant est adopté par le conseil",
}  # fmt: skip


@pytest.mark.parametrize("title", CUTS)
def test_a_long_title_ends_where_nothing_is_missing(title: str) -> None:
    assert width(title) > 600
    assert search(article(title, standfirst=title + ".")).title_tag == CUTS[title]


HELD = [
    "Trump mettra fin à la guerre en Ukraine dès janvier prochain, selon le Premier ministre hongrois Viktor Orban",
    "Le maire ne signera pas le permis de construire du centre commercial dans le quartier de la gare de Quimper",
    "Si la grève continue, les trains de la région Bretagne ne circuleront plus à partir de lundi, prévient la SNCF",
    "Tous les élèves de la région devront porter un uniforme à partir de la rentrée dans les écoles volontaires",
    "Seuls les salariés de la plateforme de Roissy pourront bénéficier de la prime de 500 euros promise par le groupe",
]


@pytest.mark.parametrize("title", HELD)
def test_a_title_is_not_cut_where_it_would_say_more_than_it_does(title: str) -> None:
    assert not [cut for cuts in title_cuts(title) for cut in cuts]
    assert search(article(title)).title_tag == "Un rôle direct"  # the subheading


@pytest.mark.parametrize("end", ["de", "des", "la", "un", "et", "pour", "qui", "a", "ne", "l'", "très"])
def test_no_cut_ends_on_a_word_that_leans_on_the_next(end: str) -> None:
    for title in (*CUTS, TITLE):
        assert not [cut for cuts in title_cuts(title) for cut in cuts if cut.split()[-1] == end]


def test_a_number_a_name_and_a_quotation_stay_whole() -> None:
    for cuts in title_cuts(TITLE):
        assert not [cut for cut in cuts if cut.endswith(("100", "milliards"))]
    quoted = "Le maire de la ville de Quimper dit « vouloir en finir avec les trottinettes » dans les rues piétonnes"
    assert all(cut.count("«") == cut.count("»") for cuts in title_cuts(quoted) for cut in cuts)
    name = "Le conseil de sécurité examine la demande du ministère des Affaires étrangères de la République tchèque"
    assert not [cut for cuts in title_cuts(name) for cut in cuts if cut.endswith(("Affaires", "République"))]


def test_a_title_without_any_place_to_cut_and_without_subheading_becomes_the_keyphrase() -> None:
    made = article(
        HELD[1], heading="", body=("Le centre commercial de Quimper ouvrira. Le centre commercial est grand.",)
    )
    assert search(made).title_tag == "Centre commercial"


def test_one_endless_word_still_fits() -> None:
    assert 0 < width(search(article("Ouh" * 40, "", (), "")).title_tag) <= 600


# --- description ----------------------------------------------------------------------------------------------------


def test_without_standfirst_the_first_paragraph_is_described() -> None:
    made = article(TITLE, standfirst="", body=(LEAD, *BODY))
    assert search(made).description == MAIN + "."


@pytest.mark.parametrize(
    ("standfirst", "description"),
    [
        (  # as it is
            "La mairie de Brest a adopté jeudi son budget, par 31 voix contre 12, et promet de refaire les quais du "
            "port avant la fin de l’année prochaine.",
            "La mairie de Brest a adopté jeudi son budget, par 31 voix contre 12, et promet de refaire les quais du "
            "port avant la fin de l’année prochaine.",
        ),
        (  # two sentences
            "La mairie de Brest a adopté jeudi le budget du port. Les pêcheurs attendaient depuis trois ans une "
            "décision du conseil municipal.",
            "La mairie de Brest a adopté jeudi le budget du port. Les pêcheurs attendaient depuis trois ans une "
            "décision du conseil municipal.",
        ),
        (  # without what stands before its subject
            "Menée pendant vingt-six mois dans 312 fermes du Haut-Vernay, une étude publiée mardi montre que le "
            "contrôle simple, répété chaque semaine, réduit de 57 % la présence de bactéries dangereuses dans le lait "
            "cru.",
            "Une étude publiée mardi montre que le contrôle simple, répété chaque semaine, réduit de 57 % la présence "
            "de bactéries dangereuses dans le lait cru.",
        ),
        (  # without its last words
            "Trois prévenus ont comparu de lundi à mercredi devant le tribunal correctionnel de Valdorne après la "
            "disparition de 214 mouvements de montres à la manufacture Perrelin-Oudot.",
            "Trois prévenus ont comparu de lundi à mercredi devant le tribunal correctionnel de Valdorne après la "
            "disparition de 214 mouvements de montres.",
        ),
    ],
)  # fmt: skip
def test_the_description_is_a_whole_sentence_of_the_standfirst(standfirst: str, description: str) -> None:
    assert search(article("Un titre court", standfirst, ("Fin.",))).description == description
    assert 121 <= len(description) <= 156


def test_where_nothing_fits_the_nearest_whole_sentence_is_taken() -> None:
    made = article(
        "Le port rouvre", "Le port de Brest rouvre.", ("Il pleut. La mairie de Brest a payé les travaux du port.",)
    )
    assert search(made).description == "La mairie de Brest a payé les travaux du port."
    assert search(article("Le port rouvre", "", ())).description == "Le port rouvre."


def test_a_sentence_that_leans_on_another_is_the_last_choice() -> None:
    leaning = "Il a aussi promis aux pêcheurs de refaire la grande digue du port, les quais et la criée avant la fin"
    whole = "Le maire de Brest a promis aux pêcheurs de refaire la digue, les quais et la criée du port avant la fin"
    made = article("Le port", f"{leaning} de l’année 2025.", (f"Fin. {whole} de l’année 2025.",))
    assert search(made).description == f"{whole} de l’année 2025."


def test_a_quotation_without_its_end_is_not_described() -> None:
    broken = (
        "« La ville de Brest refera les quais du port, la grande digue et la criée, a dit le maire aux pêcheurs hier."
    )
    assert "«" not in search(article("Le port rouvre", broken, ("La mairie paie.",))).description


def test_what_the_source_does_not_say_is_not_told() -> None:
    made = article(TITLE, standfirst=MAIN.replace("Ukraine", "Estonie") + ".")
    told = make_search(made, source(TITLE, LEAD, *BODY), None)
    assert "Estonie" not in told.description


# --- clauses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        ("Le maire a signé le permis jeudi, mais un élu compte le contester.", "Le maire a signé le permis jeudi"),
        ("Depuis 20 ans, la question divise les producteurs de lait.", "La question divise les producteurs de lait"),
        ("L’OTAN renforce ses effectifs afin de faire face à la Russie.", "L’OTAN renforce ses effectifs"),
        ("« Nous tiendrons », a dit le maire Paul Bert, qui sort.", "« Nous tiendrons », a dit le maire Paul Bert"),
    ],
)  # fmt: skip
def test_a_clause_is_left_out(sentence: str, cut: str) -> None:
    assert cut in clause_cuts(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Jens Stoltenberg, qui quitte l’OTAN en juin, a proposé un fonds de cent milliards.",
        "Le maire de Brest va signer le permis de construire, affirment des diplomates.",
        "Le maire de Brest va signer le permis de construire, si le conseil le veut bien.",
        "Le maire n’a pas signé le permis de construire afin de plaire aux pêcheurs.",
        "L’étude montre que le contrôle simple, dont parlent les fermes, réduit le risque.",
        "Le texte vise non seulement les ports de Bretagne, mais aussi les villes.",
        "« Nous tiendrons bon jusqu’à la fin de la grève, qui sera longue.",
        "Court.",
        "",
    ],
)
def test_a_clause_on_which_the_rest_hangs_stays(sentence: str) -> None:
    assert clause_cuts(sentence) == ()


# --- phrases --------------------------------------------------------------------------------------------------------


def test_the_keyphrase_that_was_asked_for_stays() -> None:
    found = search(article(TITLE), asked="  guerre  en Ukraine ")
    assert found.keyphrase == "guerre en Ukraine"
    assert "Ukraine" not in found.secondary


def test_a_description_without_the_keyphrase_stands_below_the_title() -> None:
    title = "Le tramway de Chanteval prend deux ans de retard"
    lead = (
        "La présidente a annoncé mercredi 14 octobre devant les élus réunis en séance extraordinaire que la première "
        "ligne de tramway de Chanteval roulera au printemps 2028 et non en 2026. "
        "Le coût du projet passe de 412 à 497 millions d’euros selon le dernier rapport.",
        "Les travaux avaient commencé en février 2024. Les entreprises devaient les terminer en mars 2026.",
    )
    found = search(article(title, "", lead))
    assert found.keyphrase == "tramway de Chanteval"
    assert found.description == (
        "Le tramway de Chanteval prend deux ans de retard. "
        "Le coût du projet passe de 412 à 497 millions d’euros selon le dernier rapport."
    )


def test_neither_a_civility_nor_a_month_is_a_keyword() -> None:
    body = [
        "Mme Kerdreux a visité le chantier au mois de mai.",
        "Le chantier reprend au mois de juin, dit Mme Kerdreux.",
        "La fin du chantier est pour ce mois, la fin des essais aussi.",
    ]
    first = [phrase.text for phrase in phrases(body)]
    assert {"Kerdreux", "chantier"} <= set(first)
    assert not [text for text in first if re.search(r"Mme|mois|^fin", text)]


def test_a_phrase_that_recurs_wins_over_a_word() -> None:
    body = ("Le lait cru se vend bien. Les fermes vendent du lait cru. Le fromage au lait cru plaît aux fermes.",)
    found = search(article("Lait cru : les fermes en vendent", "", body))
    assert (found.keyphrase, found.slug) == ("lait cru", "lait-cru-fermes-vendent")


def test_phrases_are_nouns_and_names_and_no_part_of_a_number_or_a_quotation() -> None:
    found = {
        p.text for p in phrases(["Le maire a donné 100 milliards de dollars. « Un beau cadeau », dit le maire.", *BODY])
    }
    assert {"maire", "fonds militaire", "Jens Stoltenberg", "aide militaire à l’Ukraine"} <= found
    assert not [text for text in found if re.search("milliards|dollars|cadeau|donné|coûterait", text)]


def test_secondary_phrases_are_no_parts_of_each_other() -> None:
    found = search(article(TITLE))
    every = [set(comparable_words(text)) for text in (found.keyphrase, *found.secondary)]
    assert 3 <= len(every) <= 4
    assert not [(a, b) for a in every for b in every if a is not b and a <= b]


# --- slug -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’été à Saint-Étienne : l'œuvre d’un maître", "ete-saint-etienne-oeuvre-maitre"),
        ("Et si c'était pour nous ?", "et-si-c-etait-pour-nous"),
        ("Budget : 79,5 millions d’euros et 1 200 postes", "budget-79-5-millions-euros-1200-postes"),
        ("Les informations non vérifiées en ligne", "informations-non-verifiees-ligne"),
        ("Lait cru : le lait des fermes", "lait-cru-fermes"),
        ("Match nul 2-2 : les trains ne circulent plus", "match-2-2-trains-circulent-plus"),
        ("Un vote contre la loi, une vie sans eau", "vote-contre-loi-vie-sans-eau"),
        (f"Ville {'x' * 90} sur mer", "ville-mer"),
    ],
)  # fmt: skip
def test_the_slug_says_what_the_title_says(title: str, slug: str) -> None:
    assert search(article(title, "", ("Rien.",)), asked="x").slug == slug


def test_a_slug_is_never_empty() -> None:
    assert search(article("?!", "", ()), asked="L’OTAN").slug == "l-otan"
    assert search(article("…", "", ())).slug == "article"


def test_the_keyphrase_stays_in_a_slug_that_is_too_long() -> None:
    title = "Le conseil municipal adopte le grand plan de développement maritime des quais et des bassins de Port-Lirec"
    slug = search(article(title, "", ("Rien.",)), asked="Port-Lirec").slug
    assert slug.endswith("port-lirec")
    assert len(slug) <= 75


# --- all together ---------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["L’OTAN", "les ministres", "« oui »", "«", "»", ":", "?", "…", "100 milliards", "d’euros", "à Brest", "vote",
     "qui part", "Élodie", "de", "et", "pour l’Ukraine", "–", ",", "(", "selon Paul Bert", "n’ira pas", "été", "œuvre",
     "57 %", "漢字"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=24).map(" ".join)


@settings(deadline=None, max_examples=40)
@given(
    TEXTS, st.one_of(st.just(""), TEXTS, st.just(LEAD)), st.lists(st.sampled_from([*BODY, LEAD, "Fin."]), max_size=3)
)
def test_whatever_an_article_is_like_its_presentation_is_not_broken(
    title: str, standfirst: str, body: list[str]
) -> None:
    made = article(title or "Titre", standfirst, tuple(body))
    found = search(made)
    assert width(found.title_tag) <= 600
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found.slug)
    assert len(found.slug) <= 75
    assert found.description == "" or found.description[-1] in '.!?…»”"'
    assert all(found.description.count(a) == found.description.count(b) for a, b in ("«»", "“”", "()"))
    assert len(found.secondary) <= 3
    assert found == search(made)
