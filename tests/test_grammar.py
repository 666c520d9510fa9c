"""What a small model may not do to the grammar of a sentence, and what is left to it."""

from __future__ import annotations

import pytest

from rewriter.checking.grammar import check_grammar

ABSTAINED = "Les trois abstentions viennent de la majorité, qui les avait recueillies en mars."
LIVED = "Les éleveurs concernés la vivent comme une injustice, en particulier dans la vallée."
SUBMITTED = "Le budget sera présenté jeudi et le conseil célébrera l'anniversaire du port. Celui-ci est arrêté."
TAUGHT = "La professeure ne fait plus de cours depuis la rentrée. Celle de Brest continue."
DESPITE = "Six mois après, les alliés de l'Ukraine restent prêts malgré la fatigue, et l'Ukraine attend."
CLAIMED = "Le collectif, qui dit avoir recueilli 1 730 noms, conteste un calcul que la ville fait sans avancer le sien."
RESTS = "S'il avait su, a-t-il ajouté, le texte ne reposerait que sur huit mois, auxquels s'ajouteraient deux semaines."
HELD = "Elle vit à double titre la grève actuelle, sa mère étant enseignante à Nantes."


@pytest.mark.parametrize(
    ("text", "passage", "named"),
    [
        (ABSTAINED.replace("viennent", "venaient"), ABSTAINED, "venaient"),
        (ABSTAINED.replace("recueillies", "recueillis"), ABSTAINED, "recueillis"),
        (LIVED.replace("la vivent", "vivent"), LIVED, "la vivent"),
        (SUBMITTED.replace("sera présenté", "est présenté"), SUBMITTED, "futur"),
        (SUBMITTED.replace("Celui-ci", "Ce cas"), SUBMITTED, "ce cas"),
        (TAUGHT.replace("ne fait plus", "n'a plus"), TAUGHT, "faire"),
        (TAUGHT.replace("Celle de Brest", "Brest"), TAUGHT, "celle"),
        (HELD.replace("titre la", "titre de la"), HELD, "titre de"),
        (CLAIMED.replace("dit avoir", "a"), CLAIMED, "dire"),
        (CLAIMED.replace("que la", "qui la"), CLAIMED, "que"),
        (CLAIMED.replace("le sien", "son"), CLAIMED, "sien"),
        (RESTS.replace("que sur", "qu'à"), RESTS, "à huit"),
        (RESTS.replace(", a-t-il ajouté", ""), RESTS, "attribution"),
        (RESTS.replace("auxquels", "et"), RESTS, "auxquels"),
        ("La mairie refait le quai. Ce coût total est de 5 millions d'euros.",
         "La mairie refait le quai, pour un coût total de 5 millions d'euros.", "ce coût"),
        (ABSTAINED.replace("Les trois abstentions", "Majorité"), ABSTAINED, "sans article"),
        (LIVED.replace(", en particulier dans la vallée", "") + " En particulier vallée.", LIVED, "tout seul"),
        ("L'avis de la pédiatre de Brest n'a pas participé aux travaux.",
         "C'est l'avis de la pédiatre de Brest, qui n'a pas participé aux travaux.", "qui"),
        (HELD.replace("la grève", "le grève"), HELD, "le grève"),
        ("Des élus prévoient une fête. Ils espèrent la plus belle possible.",
         "Des élus prévoient une fête, qu'ils espèrent la plus belle possible.", "que"),
        (RESTS.replace("le texte ne", "le texte se ne"), RESTS, "se"),
        (DESPITE.replace("et l'Ukraine", "pour l'Ukraine"), DESPITE, "pour"),
        (DESPITE.replace("Six", "Bien que six"), DESPITE, "bien"),
        (DESPITE.replace("malgré la", "la"), DESPITE, "malgré"),
        (DESPITE.replace(" de l'Ukraine", ""), DESPITE, "Ukraine"),
        (HELD.replace(", sa", ", mais sa"), HELD, "mais"),
        (HELD.replace("actuelle", "nouvelle"), HELD, "nouveau"),
        (HELD.replace(" actuelle", ""), HELD, "actuel"),
        (HELD.replace("la grève actuelle", "la grève actuelle par force"), HELD, "par"),
    ],
)  # fmt: skip
def test_changed_grammar_is_an_error(text: str, passage: str, named: str) -> None:
    (finding,) = check_grammar(text, passage)
    assert finding.gravity == "error"
    assert named in finding.message


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Sa mère étant enseignante à Nantes, elle vit à double titre la grève actuelle.", HELD),
        (
            "Jean Aubry, maire sortant de Lorzac, a parlé à Brest jeudi.",
            "Le maire sortant de Lorzac, Jean Aubry, a parlé jeudi à Brest.",
        ),
        (
            "Des élèves parcourent les rues, faisant entendre leurs chants.",
            "Des élèves parcourent les rues et font entendre leurs chants.",
        ),
        (
            "Le port, qui a été construit après la guerre afin d'accueillir des cargos, ferme.",
            "Le port – construit après la guerre pour accueillir des cargos – ferme.",
        ),
        (
            "Le conseil débat d'un fonds. Ce fonds permettrait de bâtir.",
            "Le conseil débat d'un fonds, qui permettrait de bâtir.",
        ),
        ("Il a dit : « Nous viendrons. »", "Il a dit : « Nous ne viendrions pas. »"),  # another check's affair
    ],
)
def test_moving_cutting_and_joining_are_left(text: str, passage: str) -> None:
    assert check_grammar(text, passage) == ()
