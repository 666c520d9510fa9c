"""Small words on which it hangs who does what; and names that keep their article in a heading."""

from __future__ import annotations

import pytest

from rewriter.checking.fidelity import FREE, check_fidelity
from rewriter.checking.headings import check_heading

GIVEN = "Selon le projet, l'agence se verrait accorder le contrôle du port, affirment plusieurs élus du conseil."
OPINION = "Des voix s'élèvent dans la commission, selon lesquelles la digue doit être refaite avant l'hiver prochain."
SOME = "Le vote a surpris après que certains se sont demandé si la digue était encore nécessaire au port de pêche."


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Selon le projet, l'agence accorderait le contrôle du port, affirment plusieurs élus du conseil.", GIVEN),
        ("Des voix s'élèvent dans la commission, la digue doit être refaite avant l'hiver prochain.", OPINION),
        (SOME.replace("certains", "certaines"), SOME),
        ("Des 163 autres, montés hier, avaient été vendus.", "Les 163 autres, montés hier, avaient été vendus."),
        ("Le jury est imposé comme un arbitre.", "Le jury s'impose comme un arbitre."),
        ("Les élus veulent réagir à la direction.", "Les élus veulent faire réagir la direction."),
        ("La grève est prévue le 5 mars.", "La grève est prévue à compter du 5 mars."),
        ("Les élèves organisent des rencontres.", "Des rencontres sont organisées, selon les élèves."),
        ("Le comité, qui coordonnerait l'aide, se réunit.", "Le comité, qui coordonne l'aide, se réunit."),
    ],
)
def test_a_turned_hinge_is_an_error(text: str, passage: str) -> None:
    assert "hinges" in {finding.check for finding in check_fidelity(text, passage, FREE)}


@pytest.mark.parametrize("passage", [GIVEN, OPINION, SOME])
def test_a_kept_hinge_is_none(passage: str) -> None:
    assert "hinges" not in {finding.check for finding in check_fidelity(passage, passage, FREE)}


SECTION = (
    "En réponse, l'OTAN a augmenté ses effectifs. Le parc de la baie dépend de Bertrand Alvignac. La baie est vaste."
)


@pytest.mark.parametrize(
    ("heading", "sound"),
    [
        ("L'OTAN a augmenté ses effectifs", True),
        ("Une réponse, l'OTAN a augmenté", False),
        ("Les effectifs de l'OTAN", False),
        ("OTAN a augmenté ses effectifs", False),
        ("L'OTAN augmentera ses effectifs", False),
        ("Ses effectifs ont augmenté l'OTAN", False),
        ("Les OTAN a augmenté", False),
        ("Effectifs de l'OTAN, augmenter", False),
        ("Les effectifs de Bertrand Alvignac", False),
        ("Le parc de la baie", True),
        ("La baie est vaste", True),
    ],
)
def test_a_heading_names_things_as_its_section_does(heading: str, sound: bool) -> None:
    found = "".join(
        finding.message
        for finding in check_heading(heading, SECTION, forms_stay=True)
        if "jamais ainsi" in finding.message or "ensemble" in finding.message
    )
    assert (found == "") is sound
