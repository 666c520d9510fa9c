"""Broken French that no dictionary sees: what must be found, and sound French that must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from rewriter.french.solecisms import solecisms
from tests.toml_cases import json_lines

ROOT = Path(__file__).parent.parent
BROKEN = [
    "L’ancien chef d’atelier, poursuivi pour vol, a encourt cinq ans de prison.",
    "Elle assure toujours cru à l’existence d’un vieux stock de famille.",
    "Elle s’en remettant à l’appréciation du tribunal.",
    "Sur 38 d’entre elles, la signature microscopique de l’atelier a été relevé.",
    "La ligne à la barre d’Clarisse Jeandroz",
    "Il apportant des vents jusqu’à 155 km/h.",
    "La tempête a coupant l’électricité.",
    "La route a maintenant fermait.",
    "Les garde-côtes ont sauvés 57 migrants.",
    "Les trois abstentions ont venues de la majorité.",
    "Elle a demandé aucune peine.",
    "Le maire avait faute de preuve.",
    "R Rodrigue Bessonnat s’est tourné vers le banc.",
    "Le sujet a passe de 0 à 60.000 messages.",
    "Les trois abstentions ont été venues de la gauche.",
    "Les infraction au code",
    "Il parle des ferme voisines.",
    "Chaque groupes comptaient 156 fermes.",
    "Le travaux dureront deux ans.",
    "Elle a tout en laissant entendre qu’elle pourrait dissocier les deux réformes.",
    "La bibliothèque : le doublant du montant de travaux",
    "Rouvrira samedi, à 10 heures, la bibliothèque.",
    "Le site rouvre à terme de seize mois.",
    "Cela est une coupe de 824 000 euros.",
    "À ces stations, il doit passager toutes les six minutes.",
    "Les cotisations augmentent. Ce qui coûtera à lui seul 2,6 millions.",
]
SOUND = [
    "Ce qui coûtera 2,6 millions sera payé par la ville.",
    "Le préfet peut aussi fermer la rue ; le maire doit aller voir, céder, acheter et envoyer les secours.",
    "Ce qui comptera, c’est la qualité de l’eau. Cela est bien connu.",
    "Elle en a pourtant voulu à son frère, qui avait toujours cru à la victoire.",
    "Les 57 migrants qu’ils ont sauvés, et ceux que la marine a recueillis, vont bien.",
    "Il a pendant dix ans dirigé l’usine.",
    "La maire, dont le fils a été élu, s’est tue.",
    "Depuis la fermeture, le site a été vendu.",
    "La moitié du chantier a été payée par l’État.",
    "Le club, la ville et l’État s’en tiennent là ; elle, maintenant, attend.",
    "Ils s’entraînent devant un public nombreux.",
    "Lorsqu’il a dit cela, on n’y a pas cru.",
    "Ce qu’elle a fait est dit.",
    "Elle a bien reçu la lettre et il l’a lue.",
    "Qu’importe, a-t-il répondu.",
    "On les a fait attendre ; ils ont mis du temps.",
    "Elle n’a demandé aucune peine et n’a rien dit.",
    "Il a peine à croire qu’elle est partie sans avoir vu personne.",
    "À Paris, L Bernard est venu.",
    "Elles sont venues et y ont été reçues.",
    "Le montant, un passant, du courant, au tournant, cette débutante et le volant d’un habitant.",
    "Sera-t-il là ? À terme, de tels travaux paieront. Camara viendra. Bérengère irait.",
    "Plusieurs fois, aux mille et une portes, des quatre coins du pays, ils sont venus.",
    "Une fois, du temps de chaque héros, une souris et un cours d’eau.",
]


@pytest.mark.parametrize("text", BROKEN)
def test_broken_french_is_found(text: str) -> None:
    assert solecisms(text)


@pytest.mark.parametrize("text", SOUND)
def test_sound_french_is_left_alone(text: str) -> None:
    assert solecisms(text) == ()


def test_nothing_is_found_in_good_prose() -> None:
    examples = [p for p in (ROOT / "examples").glob("*.*") if p.name not in {"README.md", "river-ferry.txt"}]
    texts = [
        example.read_bytes().decode("cp1252", "replace") for example in examples if b"\xc3" not in example.read_bytes()
    ]
    texts += [example.read_text(encoding="utf-8") for example in examples if b"\xc3" in example.read_bytes()]
    texts += [item["sentence"] for item in json_lines(ROOT / "tests" / "faithfulness" / "fit.jsonl")]
    found = [place for text in texts for place in solecisms(text)]
    assert found == []
