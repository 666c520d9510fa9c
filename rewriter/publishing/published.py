"""What readers get of an article, free of any format; and the same as JSON, for programs that publish it.

Every text stands on one line, as in the Markdown, without the characters that XML and HTML cannot hold: so all
formats say the same words.

Keys of the JSON, version 1 of the schema:

- `schema_version`: 1; it rises when a key changes its meaning or goes.
- `lang`: "fr".
- `title`, `standfirst`: plain text; the standfirst is "" where there is none.
- `sections`: in order, each with its `heading`, "" where it has none, and its `paragraphs`, a list of texts.
- `words`: of standfirst and paragraphs, as editors count them.
- `search`: `title_tag`, `description`, `slug`, `keyphrase` and `secondary`, a list of phrases; null where the
  article has none.
- `sources`: what the article was made of, each with its `name`, "" where it is not known, and its `sha256`.
- `disclosure`: `program` and `model` that wrote the article; `reviewer` and `responsible`, "" until somebody signed;
  `signed`; `digitalSourceType`, the IPTC's code for text that a machine helped to make, and `mention`, the line that
  readers must see: both null once it is signed.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from rewriter.article import Article, Disclosure, Search, Section, Source
from rewriter.french.measure import word_count
from rewriter.inert import DIRECTIONS, as_json

SCHEMA_VERSION = 1
LANG = "fr"
DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
"""The IPTC's code for what a model made together with something else, here the source's facts and quotations."""

# XML 1.0 has no place for these, or HTML calls them errors, or they turn text round; they show nothing.
_UNHELD = re.compile(f"[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff{DIRECTIONS}]")
# No-break and thin spaces stay: French sets them before high punctuation.
_BREAKS = re.compile("[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Published:
    """An article as it is shown: texts on one line, nothing that is empty but the standfirst and headings."""

    title: str
    standfirst: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    """Each section's heading and its paragraphs."""
    search: Search
    """The article's own; where it has none, its title and its standfirst, without slug and phrases."""
    mention: str
    """The line that tells readers of the machine; empty once somebody signed."""
    signature: str
    """The line that names who signed; empty until then."""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the sections that have one."""
        return tuple(heading for heading, _ in self.sections if heading)

    @property
    def keywords(self) -> tuple[str, ...]:
        """The keyphrase and the other phrases; none where the article was not made for search engines."""
        return tuple(phrase for phrase in (self.search.keyphrase, *self.search.secondary) if phrase)

    @property
    def words(self) -> int:
        """Words of standfirst and paragraphs: what the floor of words is held against."""
        return word_count("\n".join((self.standfirst, *(p for _, paragraphs in self.sections for p in paragraphs))))


def publish(article: Article, disclosure: Disclosure) -> Published:
    """Return what readers get of the article."""
    return Published(
        one_line(article.title),
        one_line(article.standfirst),
        tuple(_section(section) for section in article.sections),
        _search(article.search or Search(article.title, article.standfirst, slug="", keyphrase="")),
        mention="" if disclosure.signed else _mention(disclosure),
        signature=_signature(disclosure) if disclosure.signed else "",
    )


def one_line(text: str) -> str:
    """The text on one line, runs of spaces made one, without what no format can hold."""
    return _BREAKS.sub(" ", _UNHELD.sub("", text)).strip()


def sources_of(source: Source, disclosure: Disclosure) -> tuple[tuple[str, str], ...]:
    """Name and sha256 of what the article was made of, each once; a name that is not known is empty."""
    names = {s.digest: "" if s.name == "-" else one_line(s.name) for s in (source, *source.background)}
    return tuple((names.get(digest, ""), digest) for digest in dict.fromkeys((*names, *disclosure.sources)))


def to_article_json(article: Article, source: Source, disclosure: Disclosure) -> str:
    """Return the article alone as JSON, without what the checks said of it; see the module for its keys."""
    published = publish(article, disclosure)
    made = {
        "schema_version": SCHEMA_VERSION,
        "lang": LANG,
        "title": published.title,
        "standfirst": published.standfirst,
        "sections": [{"heading": heading, "paragraphs": paragraphs} for heading, paragraphs in published.sections],
        "words": published.words,
        "search": asdict(published.search) if article.search else None,
        "sources": [{"name": name, "sha256": digest} for name, digest in sources_of(source, disclosure)],
        "disclosure": _disclosure(published, disclosure),
    }
    return as_json(made, indent=2) + "\n"


def _disclosure(published: Published, disclosure: Disclosure) -> dict[str, str | bool | None]:
    who = (disclosure.program, disclosure.model, disclosure.reviewer, disclosure.responsible)
    return {
        **dict(zip(("program", "model", "reviewer", "responsible"), _lines(*who), strict=True)),
        "signed": disclosure.signed,
        "digitalSourceType": None if disclosure.signed else DIGITAL_SOURCE_TYPE,
        "mention": published.mention or None,
    }


def _section(section: Section) -> tuple[str, tuple[str, ...]]:
    return one_line(section.heading), tuple(filter(None, _lines(*(p.text for p in section.paragraphs))))


def _search(search: Search) -> Search:
    return Search(
        one_line(search.title_tag),
        one_line(search.description),
        one_line(search.slug),
        one_line(search.keyphrase),
        _lines(*search.secondary),
    )


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(one_line(text) for text in texts)


def _mention(disclosure: Disclosure) -> str:
    program, model = _lines(disclosure.program, disclosure.model)
    return f"Cet article a été réécrit par une machine\u00a0: modèle {model}, programme {program}."


def _signature(disclosure: Disclosure) -> str:
    reviewer, responsible = _lines(disclosure.reviewer, disclosure.responsible)
    return f"Relu par {reviewer}. Responsabilité éditoriale\u00a0: {responsible}."
