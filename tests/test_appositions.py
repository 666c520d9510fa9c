"""A name before the words that say who or what it is."""

from __future__ import annotations

import pytest

from rewriter.french.appositions import name_first


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("Le maire, Paul Bert, a refusé.", "Paul Bert, le maire, a refusé."),
        (
            "Les plans, menés par le secrétaire général sortant de l'ONU, Jean Aubry, avancent.",
            "Les plans, menés par Jean Aubry, le secrétaire général sortant de l'ONU, avancent.",
        ),
        ("Le recentrage sur son ancien rival, Brest, plaît.", "Le recentrage sur Brest, son ancien rival, plaît."),
        (
            "En 2019, le président français Paul Aubry a critiqué le port.",
            "En 2019, Paul Aubry, président français, a critiqué le port.",
        ),
        (
            "Le secrétaire d’État américain Jean Blik, qui viendra, a parlé.",
            "Jean Blik, secrétaire d’État américain, qui viendra, a parlé.",
        ),
        ("Le Premier ministre hongrois Viktor Blok est venu.", "Viktor Blok, Premier ministre hongrois, est venu."),
    ],
)
def test_the_name_comes_first(text: str, turned: str) -> None:
    assert name_first(text) == turned


@pytest.mark.parametrize(
    "text",
    [
        "Le maire, Paul Bert, et le préfet ont refusé.",
        "Avec la capitale, Brest, Lorient a refusé.",
        "Le maire a rencontré le ministre, Paul Bert, mardi.",
        "Les ministres, Paul Bert, sont venus.",
        "La réponse du maire, Paul Bert, est venue.",
        "La ville de Saint Malo a refusé.",
        "Le maire de Brest Paul Bert a refusé.",
        "Le projet Jean Moulin a été voté.",
        "La France, Brest, a refusé.",
        "Le préfet qui a vu Paul Bert a refusé.",
        "Il a vu que le président Paul Bert a refusé.",
    ],
)
def test_what_is_not_sure_stays(text: str) -> None:
    assert name_first(text) == text
