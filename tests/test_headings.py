import pytest

from rewriter.checking.headings import HEADING_WORDS, TITLE_WORDS, check_heading, is_fit_heading
from tests.toml_cases import cases

CASES = cases("headings")


@pytest.mark.parametrize("text", CASES["sound"])
def test_a_sound_heading_passes(text):
    assert check_heading(text, CASES["said"]) == ()


@pytest.mark.parametrize("text", CASES["broken"])
def test_a_broken_heading_is_refused(text):
    findings = check_heading(text, CASES["said"])
    assert findings
    assert all(f.gravity == "error" and f.message for f in findings)


def test_a_title_may_be_longer_than_a_heading():
    title = "La mairie de Brest adopte un budget en hausse de 3 %, les élus de l'opposition votent contre"
    assert HEADING_WORDS[1] < len(title.split()) <= TITLE_WORDS[1]
    assert check_heading(title, CASES["said"], TITLE_WORDS) == ()
    assert check_heading(title, CASES["said"]) != ()


@pytest.mark.parametrize("text", ["Les élus de l'opposition ont contre le texte", "Une hausse du texte"])
def test_a_small_models_heading_leaves_no_word_out(text):
    assert check_heading(text, CASES["said"]) == () or "ont contre" in text
    assert check_heading(text, CASES["said"], forms_stay=True)


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("Les alliés sont prêts à aller", False),
        ("On vendra des coquilles vides", False),
        ("Les pêcheurs ont voté contre", False),
        ("Les pêcheurs ont voté contre le texte", True),
        ("La grève durait depuis douze jours", False),
        ("Ils n'ont vendu que trois bateaux", False),
        ("Le port rouvre", True),
    ],
)
def test_a_small_models_assertion_is_a_clause_of_its_own_under_no_condition(text, sound):
    said = (
        "La réunion dira jusqu'où les alliés sont prêts à aller. Si la station déborde, on vendra des coquilles vides."
        " Après deux heures, les pêcheurs ont voté contre le texte. La grève durait depuis douze jours et neuf heures."
        " Ils n'ont vendu que trois bateaux de moins que Brest, mais le port rouvre lundi."
    )
    assert (check_heading(text, said, forms_stay=True) == ()) is sound
    assert check_heading(text, said) == ()


@pytest.mark.parametrize(
    ("part", "sound"),
    [
        ("Invités à s'exprimer", False),
        ("L'atelier sans figurer au registre", False),
        ("Un registre sans nom", True),
        ("Liberté à défendre", True),
    ],
)
def test_a_part_of_a_clause_is_no_heading(part, sound):
    said = (
        "Invités à s'exprimer, ils se taisent. Ils vont à l'atelier sans figurer au registre, un registre sans nom."
        " C'est une liberté à défendre."
    )
    assert ("mal construit" not in "".join(f.message for f in check_heading(part, said, forms_stay=True))) is sound


@pytest.mark.parametrize("participle", ["dénonçant une hausse de 3 %", "offrant une baisse"])
def test_a_participle_is_no_verb_of_a_small_models_title(participle):
    said = "Le budget inquiète. Offrant une baisse et dénonçant une hausse de 3 %, la mairie de Brest l'adopte."
    title = f"Mairie de Brest : un budget {participle}"
    assert any("mal construit" in f.message for f in check_heading(title, said, TITLE_WORDS, forms_stay=True))
    assert not any("mal construit" in f.message for f in check_heading(title, said, TITLE_WORDS))


@pytest.mark.parametrize(
    ("own", "fit"),
    [
        ("Une flore presque intacte", True),
        ("Et maintenant ?", True),
        ("« Je ne cherche pas d'excuse »", True),
        ("Je ne cherche pas d'excuse", False),
        ("Nos recettes pour l'été", False),
        ("Performativité", False),
        ("La lente fuite des bogies", True),
    ],
)
def test_a_sources_own_subheading_stands_where_it_is_short_french_and_nobodys_voice(own, fit):
    assert is_fit_heading(own) is fit


@pytest.mark.parametrize("text", ["La baie et du port", "Un accès pour le pêcheurs", "Des élus votés contre le texte"])
def test_what_a_small_model_builds_wrongly_is_refused(text):
    said = "L'accès de la baie et du port reste ouvert aux pêcheurs. Des élus ont voté contre le texte."
    findings = check_heading(text, said, forms_stay=True)
    assert any("mal construit" in f.message or "formes" in f.message for f in findings)


def test_a_common_word_is_not_joined_to_a_name_as_nowhere_in_the_text():
    said = "Le plan pour la sécurité de l'Ukraine avance. Le ministre Paul Bert le défend."
    assert check_heading("La sécurité Ukraine", said)
    assert not check_heading("Le ministre Paul Bert", said)


def test_a_title_counts_what_its_text_counts() -> None:
    said = (
        "Le conseil a adopté un plan de développement maritime. La rénovation du quai coûtera 5,2 millions d’euros. "
        "Le montant du projet passe de 412 à 497 millions d’euros."
    )
    wrong = "Un plan à 5,2 millions d’euros de développement maritime"
    assert any("compte autre chose" in f.message for f in check_heading(wrong, said, TITLE_WORDS))
    for right in (
        "La rénovation du quai coûtera 5,2 millions d’euros",
        "Un plan maritime : 5,2 millions d’euros la rénovation du quai",
    ):
        assert not any("compte autre chose" in f.message for f in check_heading(right, said, TITLE_WORDS))
