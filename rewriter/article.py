"""The nouns: what flows from bytes to an article. Frozen data, no behaviour beyond reading itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Gravity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """One thing that a check has to say about a text."""

    check: str
    """The check's name: numbers, names, quotations, language, copying …"""
    gravity: Gravity
    """error: the text must not be kept · warning: an editor should look · note: worth knowing."""
    message: str
    """One French sentence for an editor."""
    span: tuple[int, int] | None = None
    """Where in the text, as character offsets; None when it is about the whole."""
    suggestion: str = ""
    """What to write instead, when there is one."""


@dataclass(frozen=True)
class Remark:
    """A finding, and where in the article it is."""

    finding: Finding
    line: int | None = None
    """None when it is about the whole."""
    passage: str = ""
    """The source sentences that the sentence was held against."""


@dataclass(frozen=True)
class Request:
    """What somebody pasted above an article: an order to a writer, and no part of the article."""

    text: str = ""
    """The words taken out of the source, as they stood."""
    title: str | None = None
    """The title to adapt."""
    words: int | None = None
    """The least number of words asked for."""
    seo: bool = False
    """Whether search engines were mentioned."""
    subheadings: bool = False
    """Whether subheadings were asked for."""
    language: str | None = None
    """The language asked for, as an ISO 639-1 code."""


@dataclass(frozen=True)
class Removal:
    """One piece of text that cleaning took out or changed, and why."""

    paragraph: int
    """Number of the paragraph in the file as it was read, from 1."""
    reason: str
    """A slug: duplicate, caption, credit, promotion, mojibake, typography …"""
    text: str
    """What stood there."""
    replacement: str = ""
    """What stands there now; empty when the whole paragraph went."""
    explanation: str = ""
    """One French sentence for an editor."""


@dataclass(frozen=True)
class Subheading:
    """A subheading that the source has itself."""

    paragraph: int
    """Index of the clean paragraph that it stands above."""
    text: str


@dataclass(frozen=True)
class Source:
    """An article as it was read: clean paragraphs, and the receipt of what cleaning did."""

    name: str
    """The file's name, or "-" for standard input."""
    digest: str
    """sha256 of the bytes as they were read, in hexadecimal."""
    encoding: str
    """How the bytes were decoded: utf-8, utf-16, cp1252 …"""
    language: str
    """ISO 639-1 code of the article's language."""
    title: str | None
    """The article's own title, when the file has one."""
    paragraphs: tuple[str, ...]
    """Clean paragraphs in order, without title, subheadings and request."""
    request: Request = field(default_factory=Request)
    removals: tuple[Removal, ...] = ()
    background: tuple[Source, ...] = ()
    """What else may be told, where the source alone is too short."""
    author: str = ""
    """Who wrote it, where the file says so; data only, never part of the article's text."""
    published: str = ""
    """When it was published, as the file writes it (mostly ISO 8601); data only."""
    subheadings: tuple[Subheading, ...] = ()
    """Its own subheadings, in order: at most one above each paragraph."""

    @property
    def text(self) -> str:
        """The clean paragraphs, a blank line between them."""
        return "\n\n".join(self.paragraphs)

    @property
    def whole(self) -> str:
        """All that an article may tell: the source's text and its background's."""
        return "\n\n".join([self.text, *(b.text for b in self.background)])


@dataclass(frozen=True)
class Passage:
    """Whole sentences of one source paragraph: the unit that the model rewrites."""

    number: int
    """Position in the article, from 0."""
    paragraph: int
    """Index of the source paragraph it was cut from; background follows the source."""
    sentences: tuple[str, ...]
    background: str = ""
    """The name of the background it comes from; empty for the source itself."""
    quoted: bool = False
    """Whether it begins or ends inside a quotation that is longer than a passage: its words stay as they are."""

    @property
    def text(self) -> str:
        """The sentences, joined by spaces."""
        return " ".join(self.sentences)


Origin = Literal["model", "rewording", "quotation", "source"]
"""Who wrote a text: the model; the rules that exchange near-exact equivalents; somebody quoted, whose words are
kept as they are; or the source itself, because nothing better passed."""


@dataclass(frozen=True)
class Candidate:
    """One rewriting of a passage, with what the checks said of it."""

    text: str
    origin: Origin
    findings: tuple[Finding, ...] = ()
    truth: float | None = None
    """The least P(oui) over its sentences: how sure the model is that the passage says it all."""
    copied: float = 0.0
    """Share of its 8-word sequences outside quotations that stand in the source."""
    novelty: int = 0
    """How many of its content words neither the passage nor the lexicon of equivalents has."""
    lost: int = 0
    """How many content words of the passage it no longer carries."""

    @property
    def sound(self) -> bool:
        """Whether no check objects."""
        return not any(f.gravity == "error" for f in self.findings)


@dataclass(frozen=True)
class Kept:
    """What was kept for a passage: a candidate that met every check, or the source's own sentences."""

    passage: Passage
    text: str
    origin: Origin
    tries: int
    """How many candidates were written for the passage."""
    truth: float | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def fallback(self) -> bool:
        """Whether the source's own sentences stand in, because no candidate passed."""
        return self.origin == "source"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the article, which knows the passages it came from."""

    kept: tuple[Kept, ...]

    @property
    def text(self) -> str:
        """What was kept for its passages, joined by spaces."""
        return " ".join(k.text for k in self.kept)


@dataclass(frozen=True)
class Section:
    """Paragraphs under one subheading."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Search:
    """How the article presents itself to search engines; every text is made from verified text."""

    title_tag: str
    """At most 600 pixels wide: see `rewriter.french.glyphs`."""
    description: str
    """The meta description: a whole sentence."""
    slug: str
    """ASCII words with hyphens."""
    keyphrase: str
    """One to four content words that the article should be found by."""
    secondary: tuple[str, ...] = ()
    """Two or three more phrases."""


@dataclass(frozen=True)
class Disclosure:
    """What readers are told of how an article was made (EU AI Act, Article 50(4))."""

    program: str
    """Name and version of this program."""
    model: str
    """What the model calls itself, or its file's name."""
    sources: tuple[str, ...] = ()
    """sha256 of every source, in hexadecimal."""
    reviewer: str = ""
    """The person who reviewed the article; empty while nobody signed."""
    responsible: str = ""
    """The person or body that answers for it editorially; empty while nobody signed."""

    @property
    def signed(self) -> bool:
        """Whether a human reviewed it and somebody answers for it: then the label may go."""
        return bool(self.reviewer.strip() and self.responsible.strip())


@dataclass(frozen=True)
class Article:
    """What is published."""

    title: str
    standfirst: str
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...] = ()
    """What the checks say of the article as a whole."""
    lead: tuple[Kept, ...] = ()
    """The passages that stand as the standfirst, where none was written: they are no paragraph then."""
    search: Search | None = None

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs in order."""
        return tuple(p for s in self.sections for p in s.paragraphs)

    @property
    def kept(self) -> tuple[Kept, ...]:
        """What was kept for every passage, in order."""
        return (*self.lead, *(k for p in self.paragraphs for k in p.kept))

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return not any(f.gravity == "error" for f in self.findings)
