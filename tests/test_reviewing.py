"""What the review page is told: every sentence's source, its facts, and where each finding belongs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rewriter.article import Article, Finding, Kept, Paragraph, Passage, Section, Source
from rewriter.publishing.review import Reviewed, source_sentences, to_review
from rewriter.reviewing import review

LEAD = "La maire Solène Quémarrec a signé jeudi 13 février un accord de 5,2 millions d’euros."
PORT = "Le port emploie 120 personnes."
PROMISE = "« Rien n’est encore joué », a promis la maire."
FOUNDED = "Le port a été fondé en 1953."


def source(*paragraphs: str, background: tuple[str, ...] = (), language: str = "fr") -> Source:
    more = (source(*background),) if background else ()
    return Source("port.txt", "", "utf-8", language, None, paragraphs, background=more)


NEWS = source(f"{LEAD} {PORT}", PROMISE, background=(FOUNDED,))


def kept(text: str, *passage: str, origin="model", truth: float | None = 0.8, findings=()) -> Kept:
    return Kept(Passage(0, 0, passage), text, origin, 3, truth, findings)


def article(*paragraphs: tuple[Kept, ...], lead: Kept | None = None, findings=()) -> Article:
    sections = (Section("Un", tuple(map(Paragraph, paragraphs))),)
    return Article("Titre", lead.text if lead else "", sections, findings, (lead,) if lead else ())


def reviewed(*texts: Kept, of: Source = NEWS) -> tuple[Reviewed, ...]:
    return review(article(texts), of)[0]


def told(sentence: Reviewed) -> dict[str, tuple[str, str]]:
    return {sentence.text[m.span[0] : m.span[1]]: (m.kind, m.state) for m in sentence.facts}


# --- sentences ---------------------------------------------------------------------------------------------


def test_every_sentence_knows_its_place_its_origin_and_what_it_stands_on():
    first = kept("Un accord a été signé. Il vaut 5,2 millions d’euros.", LEAD)
    made = article((first,), (kept(PROMISE, PROMISE, origin="source", truth=None),), lead=kept(PORT, PORT))
    sentences, _ = review(made, NEWS)
    assert [(s.text, s.paragraph, s.origin, s.truth, s.source_sentences) for s in sentences] == [
        (PORT, None, "model", 0.8, (1,)),
        ("Un accord a été signé.", 0, "model", 0.8, (0,)),
        ("Il vaut 5,2 millions d’euros.", 0, "model", 0.8, (0,)),
        (PROMISE, 1, "source", None, (2,)),
    ]


def test_a_passage_of_two_sentences_is_what_each_of_its_sentences_stands_on():
    (sentence,) = reviewed(kept("Un accord et 120 emplois.", LEAD, PORT))
    assert sentence.source_sentences == (0, 1)


def test_background_is_counted_behind_the_source():
    assert source_sentences(NEWS) == (LEAD, PORT, PROMISE, FOUNDED)
    assert reviewed(kept("Le port date de 1953.", FOUNDED))[0].source_sentences == (3,)


def test_what_the_source_says_twice_is_carried_in_both_places():
    twice = source(f"{PORT} {LEAD}", PORT)
    assert reviewed(kept(PORT, PORT), of=twice)[0].source_sentences == (0, 2)


def test_background_that_was_cut_elsewhere_is_found_in_its_pieces():
    joined = f"{PORT[:-1]} ; {FOUNDED}"
    assert reviewed(kept("Le port date de 1953.", joined))[0].source_sentences == (3,)


# --- facts -------------------------------------------------------------------------------------------------


def test_a_fact_that_the_passage_says_is_well():
    (sentence,) = reviewed(kept(LEAD, LEAD))
    assert told(sentence) == {
        "Solène Quémarrec": ("name", "ok"),
        "jeudi 13 février": ("date", "ok"),
        "5,2 millions d’euros": ("number", "ok"),
    }


def test_a_fact_that_the_source_does_not_say_is_wrong():
    (sentence,) = reviewed(
        kept("La maire a signé vendredi 14 février un accord de 5,3 millions d’euros à Brest.", LEAD)
    )
    assert told(sentence) == {
        "vendredi 14 février": ("date", "wrong"),
        "5,3 millions d’euros": ("number", "wrong"),
        "Brest": ("name", "wrong"),
    }


def test_a_name_from_another_passage_is_elsewhere():
    (sentence,) = reviewed(kept("Le port de Solène Quémarrec emploie 120 personnes.", PORT))
    assert told(sentence) == {"Solène Quémarrec": ("name", "elsewhere"), "120": ("number", "ok")}


def test_a_name_is_not_wrong_because_it_is_misquoted():
    text = "« Le port emploie tout le monde avec Solène Quémarrec », a promis la maire."
    (sentence,) = reviewed(kept(text, PROMISE))
    states = {m.kind: m.state for m in sentence.facts}
    assert states == {"quotation": "wrong", "name": "elsewhere"}


def test_what_is_wrong_but_no_fact_by_itself_is_marked_all_the_same():
    (sentence,) = reviewed(kept("Le port emploie 120 personnes, selon Solène Quémarrec.", PORT))
    assert "wrong" in {m.state for m in sentence.facts}


def test_facts_are_counted_in_their_own_sentence():
    _, second = reviewed(kept("Un accord a été signé. Il vaut 5,2 millions d’euros.", LEAD))
    assert told(second) == {"5,2 millions d’euros": ("number", "ok")}


# --- remarks -----------------------------------------------------------------------------------------------


def test_a_finding_about_a_passage_goes_to_its_sentence():
    finding = Finding("names", "warning", "À voir.", (31, 36))
    made = article((kept(PORT, PORT), kept("Un accord a été signé. Il vaut 5,2 millions.", LEAD, findings=(finding,))))
    _, (remark,) = review(made, NEWS)
    assert (remark.line, remark.finding.span, remark.passage) == (3, (8, 13), LEAD)


def test_a_finding_without_a_place_goes_to_the_first_sentence():
    finding = Finding("length", "note", "Court.")
    made = article((kept(PORT, PORT), kept("Un accord a été signé. Il vaut cher.", LEAD, findings=(finding,))))
    _, (remark,) = review(made, NEWS)
    assert (remark.line, remark.finding) == (2, finding)


def test_a_finding_about_the_article_goes_to_the_sentence_that_it_quotes_or_to_the_whole():
    quoting = Finding("stand-in", "warning", f"Laissée telle quelle : « {PROMISE} »")
    whole = Finding("words", "error", "Trop court.")
    made = article((kept(PORT, PORT), kept(PROMISE, PROMISE, origin="source")), findings=(whole, quoting))
    _, remarks = review(made, NEWS)
    assert [(r.line, r.finding.check) for r in remarks] == [(2, "stand-in"), (None, "words")]


def test_a_translation_is_reviewed_too():
    english = source("The mayor signed a deal worth 5.2 million euros on Monday.", language="en")
    (sentence,) = reviewed(kept("La maire a signé un accord de 5,3 millions d’euros.", *english.paragraphs), of=english)
    assert sentence.source_sentences == (0,)
    assert told(sentence)["5,3 millions d’euros"] == ("number", "wrong")


TEXTS = st.text(st.sampled_from(list("LaÀ5e «».?!'’ \n<&😀")) | st.characters(exclude_categories=["Cs"]), max_size=50)
SPANS = st.tuples(st.integers(0, 50), st.integers(0, 60))


@given(TEXTS, TEXTS, SPANS)
@settings(deadline=None, max_examples=60)
def test_any_text_is_reviewed_and_shown(text, passage, span):
    finding = Finding("names", "note", "À voir.", span)
    made = article((kept(text, passage, findings=(finding,)),), findings=(finding,))
    of = source(passage, LEAD)
    sentences, remarks = review(made, of)
    assert all(0 <= first < last <= len(s.text) for s in sentences for first, last in (m.span for m in s.facts))
    assert all(i < len(source_sentences(of)) for s in sentences for i in s.source_sentences)
    assert all(r.line is None or 1 <= r.line <= len(sentences) for r in remarks)
    assert to_review(made, of, sentences, remarks)
