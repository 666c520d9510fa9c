"""What is kept of the candidates that passed, when the article is short."""

from __future__ import annotations

from rewriter.article import Candidate, Passage, Source
from rewriter.choosing import Draft, choose

OWN = (
    "Le conseil municipal a voté jeudi soir la rénovation du quai pour un montant de 5 millions d’euros.",
    "Les travaux commenceront au mois de mars, une fois que la saison de la pêche aura été close.",
)
SHORTER = (
    "La rénovation du quai, pour 5 millions d’euros, a été votée jeudi soir.",
    "Les travaux commenceront en mars, après la saison de la pêche.",
)
SOURCE = Source("a.txt", "", "utf-8", "fr", None, OWN)


def kept(floor: int) -> list[str]:
    drafts = [
        Draft(Passage(i, i, (own,)), [Candidate(text, "rewording", truth=0.9, copied=0.1)])
        for i, (own, text) in enumerate(zip(OWN, SHORTER, strict=True))
    ]
    return [k.origin for k in choose(drafts, SOURCE, floor, careful=True)]


def test_a_rewriting_stays_where_the_article_is_long_enough() -> None:
    assert kept(10) == ["rewording", "rewording"]


def test_the_sources_own_words_make_up_what_lacks() -> None:
    assert kept(30) == ["rewording", "source"]


def test_they_do_not_where_the_floor_is_out_of_reach_all_the_same() -> None:
    assert kept(700) == ["rewording", "rewording"]
