"""The pages as a browser shows them, from files and without network: pointing, keyboard, widths, themes, axe-core.

Skipped where no Chromium is found; what asks axe-core, where scripts/test could not fetch it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rewriter.article import (
    Article,
    Disclosure,
    Finding,
    Kept,
    Origin,
    Paragraph,
    Passage,
    Removal,
    Request,
    Section,
    Source,
)
from rewriter.french.segment import sentences
from rewriter.publishing.html import to_html
from rewriter.publishing.review import to_review
from rewriter.reviewing import review
from rewriter.search import make_search
from tests.browser import PROGRAMS, Tab, browser, program

pytestmark = pytest.mark.skipif(program() is None, reason=f"none of {', '.join(PROGRAMS)} is installed")

AXE = Path(__file__).parent.parent / "build" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is missing: scripts/test fetches it where npm is")
DESKTOP, PHONE = 1280, 390


# --- three invented articles -------------------------------------------------------------------------------

Told = tuple[str, str, Origin, float | None]
"""A sentence of the source, ours, who wrote it, and P(oui)."""

HALLE: tuple[tuple[Told, ...], ...] = (
    (
        ("La halle aux poissons de Kerlaz rouvre lundi 3 mars, six ans après l’incendie de 2019.",
         "À Kerlaz, la halle aux poissons rouvre lundi 3 mars, six ans après l’incendie de 2019.", "rewording", 0.94),
        ("Les travaux ont coûté 4,8 millions d’euros, dont 1,2 million versé par la région.",
         "Les travaux ont coûté 4,9 millions d’euros, dont 1,2 million versé par la région.", "model", 0.31),
    ),
    (
        ("« Nous avons cru ne jamais y arriver », a confié la maire, Maëlle Kergoat.",
         "« Nous avons cru ne jamais y arriver », a confié la maire, Maëlle Kergoat.", "quotation", None),
        ("Vingt-deux mareyeurs ont repris un étal.", "Vingt-deux mareyeurs ont repris un étal.", "source", None),
    ),
    (
        ("Le parking sera payant à partir d’avril, ce que les commerçants contestent.",
         "Les commerçants contestent que le parking devienne payant en avril.", "model", 0.72),
        ("La criée voisine emploie 120 personnes.", "Quelque 120 personnes travaillent à la criée.", "model", 0.88),
    ),
)  # fmt: skip

FERRY: tuple[tuple[Told, ...], ...] = (
    (
        ("The Larn River ferry will stop on Sunday after 140 years.",
         "Le bac de la Larn s’arrêtera dimanche, après 140 ans.", "model", 0.83),
        ("“We are heartbroken,” said Tom Haddon, its last captain.",
         "« Nous avons le cœur brisé », a dit Tom Haddon, son dernier capitaine.", "model", 0.66),
    ),
    (("A bridge opens in May 2026.", "Un pont ouvrira en mai 2027.", "model", 0.4),),
)  # fmt: skip

LONG = "anticonstitutionnellement" * 12
UGLY: tuple[tuple[Told, ...], ...] = (
    (
        ("La balise </script><script>throw 1</script> a fermé le site de Plouc-sur-Mer mardi.",
         "Mardi, la balise </script><script>throw 1</script> a fermé le site de Plouc-sur-Mer.", "model", 0.91),
        (f"Le mot {LONG} ne tient sur aucune ligne.", f"Aucune ligne ne contient le mot {LONG}.", "model", 0.5),
    ),
    (
        ("Le message 👩‍👩‍👧‍👦🇫🇷 e\u0301te\u0301 שלום 你好 ﷽ est passé & repassé.",
         "Le message 👩‍👩‍👧‍👦🇫🇷 e\u0301te\u0301 שלום 你好 ﷽ est passé & repassé.", "source", None),
        (f"L’adresse https://exemple.invalid/{'a' * 150} est morte.",
         f"Morte, l’adresse https://exemple.invalid/{'a' * 150} l’est.", "model", 0.02),
        ("Il a écrit « <img src=x onerror=alert(1)> » et '-->' au tableau.",
         "« <img src=x onerror=alert(1)> », a-t-il écrit au tableau, et '-->'.", "model", 0.77),
    ),
)  # fmt: skip


MORE: tuple[tuple[Told, ...], ...] = tuple(
    (
        (f"Le conseil a examiné le point {n} de l’ordre du jour mardi soir, devant une salle pleine et bruyante.",
         f"Mardi soir, devant une salle pleine et bruyante, le point {n} de l’ordre du jour a été examiné.",
         "rewording", 0.97),
    )
    for n in range(30, 50)
)  # fmt: skip
"""What makes columns so long that they scroll."""


def source_of(name: str, told: Sequence[Sequence[Told]], language: str = "fr") -> Source:
    """A source that says more than its article."""
    said = tuple(" ".join(sentence for sentence, *_ in paragraph) for paragraph in told)
    rest = tuple(f"Le point numéro {n} n’est repris nulle part dans le texte publié." for n in range(1, 6))
    removals = (
        Removal(2, "caption", f"Photo : {said[0]}", "", "Légende de photo."),
        Removal(3, "typography", "rouvre..", "rouvre.", "Point doublé."),
    )
    request = Request(text="Make it 500 words, SEO friendly", words=500)
    return Source(name, "ab" * 32, "utf-8", language, said[0][:60], (*said, *rest), request, removals)


def kept(number: int, told: Told) -> Kept:
    theirs, ours, origin, truth = told
    findings = []
    if truth is not None and truth < 0.5:
        findings = [Finding("numbers", "error", f"Le passage dit autre chose : « {theirs} »", (0, 5), theirs)]
    if origin == "source":
        findings = [Finding("stand-in", "warning", f"Laissée telle quelle : « {ours} »")]
    return Kept(Passage(number, 0, sentences(theirs, "fr")), ours, origin, 4, truth, tuple(findings))


def article_of(title: str, heading: str, told: Sequence[Sequence[Told]], source: Source, lead: bool) -> Article:
    paragraphs = [Paragraph(tuple(kept(10 * i + j, t) for j, t in enumerate(p))) for i, p in enumerate(told)]
    uncovered = source.paragraphs[len(told)]
    findings = (
        Finding("coverage", "note", f"L’article ne reprend pas : « {uncovered} »"),
        Finding("length", "error", "L’article est trop court : 80 mots, il en fallait 500."),
    )
    standfirst = paragraphs[0].kept[:1] if lead else ()
    paragraphs[0] = Paragraph(paragraphs[0].kept[len(standfirst) :])
    sections = (Section(heading, tuple(paragraphs[:1])), Section(f"{heading}, suite", tuple(paragraphs[1:])))
    made = Article(title, "".join(k.text for k in standfirst), sections, findings, standfirst)
    return replace(made, search=make_search(made, source, None))


def articles() -> dict[str, tuple[Article, Source]]:
    archive = replace(source_of("archives.txt", [[("La halle date de 1911.", "", "model", None)]]), removals=())
    halle = replace(source_of("halle.txt", HALLE + MORE), background=(archive,))
    ferry = source_of("ferry.txt", FERRY + MORE, "en")
    ugly = source_of("</title><script>throw 2</script>" + LONG, UGLY + MORE)
    return {
        "halle": (
            article_of("La halle de Kerlaz rouvre lundi", "Six ans de travaux", HALLE + MORE, halle, True),
            halle,
        ),
        "ferry": (article_of("Le bac de la Larn s’arrête", "Un pont en 2026", FERRY + MORE, ferry, False), ferry),
        "ugly": (article_of(f"</script><b>👩‍👩‍👧‍👦 {LONG}", f"<!-- {LONG} & {LONG}", UGLY + MORE, ugly, True), ugly),
    }


ARTICLES = articles()
DISCLOSURE = Disclosure("rewriter 0.1.0", "Qwen2.5 1.5B", ("ab" * 32,))


# --- the browser -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """An empty tab."""
    with browser(tmp_path_factory.mktemp("profile")) as running:
        yield running.open()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every page: "halle.html", "halle review.html" …"""
    folder = tmp_path_factory.mktemp("une page & ses accents é")
    for name, (article, source) in ARTICLES.items():
        review_page = to_review(article, source, *review(article, source))
        (folder / f"{name} review.html").write_text(review_page, encoding="utf-8")
        (folder / f"{name}.html").write_text(to_html(article, source, DISCLOSURE), encoding="utf-8")
    return folder


NAMES = list(ARTICLES)
REVIEWS = [f"{name} review" for name in NAMES]


@pytest.fixture
def tab(request: pytest.FixtureRequest, chromium: Tab, pages: Path) -> Iterator[Tab]:
    """A page at a desk; afterwards, nothing went wrong on it."""
    chromium.show(DESKTOP)
    chromium.load((pages / f"{request.param}.html").as_uri())
    yield chromium
    assert chromium.problems == []
    assert [url for url in chromium.requests if not url.startswith(("file:", "data:"))] == []


every_page = pytest.mark.parametrize("tab", NAMES + REVIEWS, indirect=True)
every_review = pytest.mark.parametrize("tab", REVIEWS, indirect=True)


def lit(tab: Tab) -> tuple[set[str], set[str]]:
    """The sentences that are lit as the one pointed at, and as its partners."""
    on, partners = (tab.run(f"[...document.querySelectorAll('.s.{name}')].map(s => s.id)") for name in ("on", "lit"))
    return set(on), set(partners)


def pinned(tab: Tab) -> list[str]:
    return list(tab.run("[...document.querySelectorAll('.s.pinned')].map(s => s.id)"))


def partners(tab: Tab, side: str) -> dict[str, set[str]]:
    """For every sentence of a column that has partners, their names."""
    script = f"[...document.querySelectorAll('#{side} .s')].map(s => [s.id, s.dataset.with])"
    return {name: set(others.split()) for name, others in tab.run(script) if others}


def test_what_goes_wrong_would_be_seen(chromium: Tab, tmp_path: Path) -> None:
    path = tmp_path / "faulty.html"
    path.write_text("<!DOCTYPE html><img src='http://exemple.invalid/a.png'><script>throw 1</script>")
    chromium.load(path.as_uri())
    assert "http://exemple.invalid/a.png" in chromium.requests
    assert any("Uncaught" in problem for problem in chromium.problems)
    assert any("ERR_" in problem for problem in chromium.problems)


# --- every page --------------------------------------------------------------------------------------------


@every_page
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_nothing_runs_over_the_side(tab: Tab, width: int) -> None:
    tab.show(width)
    tab.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert tab.run("innerWidth") == width
    assert tab.run("document.documentElement.scrollWidth") <= width
    wide = "[...document.querySelectorAll('body, body *')].filter(e => e.scrollWidth > e.clientWidth + 1"
    scrolling = f"{wide} && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)).map(e => e.id)"
    assert tab.run(scrolling) == []
    beyond = "[...document.querySelectorAll('main *, header *')].filter(e => !e.closest('.vh, svg') && "
    rights = f"{beyond} e.getBoundingClientRect().right > {width} + 1).map(e => e.outerHTML.slice(0, 80))"
    assert tab.run(rights) == []


@every_page
def test_the_page_says_the_whole_article(tab: Tab, request: pytest.FixtureRequest) -> None:
    article, _ = ARTICLES[request.node.callspec.params["tab"].split()[0]]
    assert tab.run("document.querySelector('h1').textContent") == article.title
    shown = tab.run(
        "(() => { const b = document.body.cloneNode(true); b.querySelectorAll('.x').forEach(x => x.remove());"
        "return b.textContent; })()"
    )
    assert [text.text for text in article.kept if text.text not in shown] == []


@every_page
def test_dark_is_dark_and_light_is_light(tab: Tab) -> None:
    colours = "['backgroundColor', 'color'].map(c => getComputedStyle(document.body)[c].match(/\\d+/g).map(Number))"
    for theme, dark in (("light", False), ("dark", True)):
        tab.show(DESKTOP, theme=theme)
        ground, ink = (sum(colour[:3]) / 3 for colour in tab.run(colours))
        assert (ground < 64, ink > 192) == (dark, dark)
        assert (ground > 192, ink < 64) == (not dark, not dark)


# --- pointing and keyboard on the review page --------------------------------------------------------------


@every_review
def test_pointing_at_a_sentence_lights_what_stands_opposite(tab: Tab) -> None:
    for side in ("article", "source"):
        for name, others in partners(tab, side).items():
            tab.hover(f"#{name}")
            assert lit(tab) == ({name}, others)
    tab.hover("h1")
    assert lit(tab) == (set(), set())


@every_review
def test_the_light_falls_on_what_can_be_seen(tab: Tab) -> None:
    """The source's column moves to the sentence; the page stays where it is."""
    for name, others in partners(tab, "article").items():
        tab.hover(f"#{name}")
        assert any(tab.run(in_view(other)) for other in others)


def in_view(name: str) -> str:
    """A script: whether an element's first line stands inside the window."""
    box = f"document.getElementById('{name}').getClientRects()[0]"
    return f"(b => b.bottom > 0 && b.top < innerHeight)({box})"


@every_review
def test_nothing_is_pointed_at_by_a_pointer_that_rests_while_the_page_scrolls(tab: Tab) -> None:
    tab.hover("#a5")
    before = lit(tab)
    tab.run("new Promise(then => { scrollBy(0, 200); requestAnimationFrame(() => setTimeout(then, 150)); })")
    assert lit(tab) == before


@every_review
def test_tab_reaches_every_sentence_that_has_a_partner_and_lights_it(tab: Tab) -> None:
    reached: dict[str, set[str]] = {}
    visited = 0
    here = "(() => { const e = document.activeElement; return [e.tagName, (e.closest('.s') || {id: ''}).id]; })()"
    while visited < 400:
        tab.press("Tab")
        visited += 1
        tag, name = tab.run(here)
        if tag == "BODY":
            break
        if name:
            assert tab.run("document.activeElement.matches(':focus-visible')")
            assert lit(tab)[0] == {name}
            reached.setdefault(name, lit(tab)[1])
    wanted = partners(tab, "source") | partners(tab, "article")
    assert {name: others for name, others in reached.items() if others} == wanted
    assert [name for name in reached if name in wanted] == list(wanted)


@every_review
def test_enter_pins_and_escape_lets_go(tab: Tab) -> None:
    tab.run("document.querySelector('#article .ref').focus()")
    on, others = lit(tab)
    tab.press("Enter")
    assert set(pinned(tab)) == on
    assert lit(tab) == (on, others)
    tab.hover("#s1")
    assert lit(tab) == (on, others), "what is pinned stays"
    tab.press("Tab")
    assert lit(tab) == (on, others), "whatever has the focus"
    told = tab.run("document.querySelector('#lens [role=status]').textContent")
    assert told.startswith("Source : ")
    tab.press("Escape")
    assert pinned(tab) == []
    assert not tab.run("document.getElementById('lens').classList.contains('open')")


@every_review
def test_a_click_pins_and_another_lets_go(tab: Tab) -> None:
    for name in list(partners(tab, "article"))[:2] + list(partners(tab, "source"))[:1]:
        tab.click(f"#{name}")
        assert pinned(tab) == [name]
        tab.click(f"#{name}")
        assert pinned(tab) == []


@every_review
def test_findings_lead_to_their_sentences(tab: Tab) -> None:
    tab.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    goals = tab.run("[...document.querySelectorAll('.places a')].map(a => a.hash.slice(1))")
    assert {goal[0] for goal in goals} == {"a", "s"}
    for goal in goals:
        tab.run(f"document.querySelector('.places a[href=\"#{goal}\"]').focus()")
        tab.press("Enter")
        assert tab.run("location.hash") == f"#{goal}"
        assert pinned(tab) == [goal]
        assert tab.run(in_view(goal))


@every_review
def test_a_flag_leads_back_to_its_finding(tab: Tab) -> None:
    flags = tab.run("[...document.querySelectorAll('.flag')].map(a => a.hash)")
    assert flags
    for goal in flags:
        tab.click(f'.flag[href="{goal}"]')
        assert tab.run("location.hash") == goal
        assert tab.run(in_view(goal[1:]))


@every_review
def test_on_a_phone_a_touched_sentence_shows_what_it_comes_from(tab: Tab) -> None:
    tab.show(PHONE, 800)
    name = next(iter(partners(tab, "article")))
    tab.click(f"#{name}")
    lens = "(e => [getComputedStyle(e).position, e.getBoundingClientRect().bottom])(document.getElementById('lens'))"
    assert tab.run(lens) == ["fixed", 800]
    tab.click("#lens button")
    assert pinned(tab) == []
    assert tab.run(lens)[0] == "absolute"


# --- accessibility -----------------------------------------------------------------------------------------

GRAVE = ("serious", "critical")


@needs_axe
@every_page
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_fault(tab: Tab, theme: str) -> None:
    tab.show(DESKTOP, theme=theme)
    tab.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    if tab.run("Boolean(document.querySelector('#article .s'))"):
        tab.click("#article .s[data-with]:not([data-with=''])")
    tab.run(AXE.read_text(encoding="utf-8") + ";0")
    found = tab.run("axe.run({resultTypes: ['violations']}).then(r => r.violations)")
    faults = [(v["impact"], v["id"], v["nodes"][0]["html"]) for v in found]
    assert [fault for fault in faults if fault[0] in GRAVE] == [], json.dumps(faults, ensure_ascii=False, indent=1)
