"""An article as one HTML page that needs nothing else: no script runs, and nothing is fetched.

What search engines and other programs read of it stands in its head: Open Graph, and schema.org's NewsArticle.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rewriter.article import Article, Disclosure, Source
from rewriter.publishing.published import DIGITAL_SOURCE_TYPE, LANG, Published, one_line, publish, sources_of
from rewriter.publishing.templating import environment

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATES = Path(__file__).parent / "templates"
SCHEMA_TYPE = "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource"
"""What schema.org calls the IPTC's type."""


def to_html(article: Article, source: Source, disclosure: Disclosure) -> str:
    """Return the whole page, in French, for screens in light and dark and for paper."""
    published = publish(article, disclosure)
    return _template().render(
        page=published,
        lang=LANG,
        program=one_line(disclosure.program),
        data=_news_article(published, source, disclosure),
    )


@functools.cache
def _template() -> Template:
    made = environment(_TEMPLATES)
    # The filter tojson escapes < > & ' itself, so that no text can end the script that it stands in.
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "indent": 2}
    return made.get_template("article.html")


def _news_article(published: Published, source: Source, disclosure: Disclosure) -> dict[str, Any]:
    """The article as schema.org's NewsArticle (https://schema.org/NewsArticle); what is empty is left out."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": published.title,
        "description": published.search.description,
        "inLanguage": LANG,
        "keywords": published.keywords,
        "articleSection": published.headings,
        "wordCount": published.words,
        "isBasedOn": [_work(name, digest) for name, digest in sources_of(source, disclosure)],
        "creator": {"@type": "SoftwareApplication", "name": one_line(disclosure.program)},
        **(
            _responsibility(disclosure)
            if disclosure.signed
            else {"digitalSourceType": [SCHEMA_TYPE, DIGITAL_SOURCE_TYPE]}
        ),
    }
    return {key: value for key, value in data.items() if value}


def _work(name: str, digest: str) -> dict[str, Any]:
    identifier = {"@type": "PropertyValue", "propertyID": "sha256", "value": digest}
    return {"@type": "CreativeWork", **({"name": name} if name else {}), "identifier": identifier}


def _responsibility(disclosure: Disclosure) -> dict[str, Any]:
    """Who reviewed the article, and who answers for it: a person, where it is the same one, else a body."""
    editor, publisher = one_line(disclosure.reviewer), one_line(disclosure.responsible)
    kind = "Person" if publisher == editor else "Organization"
    return {"editor": {"@type": "Person", "name": editor}, "publisher": {"@type": kind, "name": publisher}}
