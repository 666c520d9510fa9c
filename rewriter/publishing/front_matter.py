"""What stands above the Markdown for the programs that publish it: YAML front matter, as Hugo and Jekyll read it.

Keys: `title`, `title_tag`, `description`, `slug`, `keyphrase`, `keywords`, `lang`; until somebody signed,
`digitalSourceType` and `mention`, the line that readers must see; afterwards `reviewer` and `responsible`.
What is empty is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from rewriter.article import Article, Disclosure
from rewriter.publishing.published import DIGITAL_SOURCE_TYPE, LANG, one_line, publish


def front_matter(article: Article, disclosure: Disclosure) -> str:
    """Return the front matter between two lines of hyphens, and a blank line: the Markdown follows as it is."""
    lines = (f"{key}: {_quoted(value)}" for key, value in _fields(article, disclosure) if value)
    return "\n".join(("---", *lines, "---", "", ""))


def _fields(article: Article, disclosure: Disclosure) -> Iterator[tuple[str, str | Sequence[str]]]:
    published = publish(article, disclosure)
    yield "title", published.title
    yield "title_tag", published.search.title_tag
    yield "description", published.search.description
    yield "slug", published.search.slug
    yield "keyphrase", published.search.keyphrase
    yield "keywords", published.keywords
    yield "lang", LANG
    if disclosure.signed:
        yield "reviewer", one_line(disclosure.reviewer)
        yield "responsible", one_line(disclosure.responsible)
    else:
        yield "digitalSourceType", DIGITAL_SOURCE_TYPE
        yield "mention", published.mention


def _quoted(value: str | Sequence[str]) -> str:
    """A text or a list of texts in YAML: it reads what JSON quotes, but not JSON's escapes of an emoji."""
    return json.dumps(value, ensure_ascii=False)
