"""What stands above the Markdown for the programs that publish it: YAML front matter, as Hugo and Jekyll read it.

Keys: `title`, `title_tag`, `description`, `slug`, `keyphrase`, `keywords`, `lang`; until somebody signed,
`digitalSourceType` and `mention`, the line that readers must see; afterwards `reviewer` and `responsible`.
What is empty is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from rewriter.article import Article, Disclosure, Search
from rewriter.inert import as_json
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


FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
"""A block of it at the beginning of a Markdown text."""


def search_in(markdown: str) -> Search | None:
    """What the front matter of a Markdown text tells search engines; None where it has none that this program wrote."""
    block = FRONT_MATTER.match(markdown)
    fields = dict(line.split(": ", 1) for line in block[1].split("\n") if ": " in line) if block else {}
    if "title_tag" not in fields:
        return None
    told = {key: _unquoted(fields.get(key, "")) for key in ("title_tag", "description", "slug", "keyphrase")}
    secondary = _unquoted_list(fields.get("keywords", ""))
    return Search(**told, secondary=tuple(phrase for phrase in secondary if phrase != told["keyphrase"]))


def _unquoted(value: str) -> str:
    """A YAML scalar as an editor may have left it: quoted, or bare."""
    try:
        return str(json.loads(value))
    except json.JSONDecodeError:
        return value.strip()


def _unquoted_list(value: str) -> tuple[str, ...]:
    try:
        found = json.loads(value)
    except json.JSONDecodeError:
        return ()
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _quoted(value: str | Sequence[str]) -> str:
    """A text or a list of texts in YAML: it reads what JSON quotes, but not JSON's escapes of an emoji."""
    return as_json(value)
