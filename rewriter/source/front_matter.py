"""Front matter: the lines of YAML or TOML above a Markdown text, of which the title, author and date are read."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class FrontMatter:
    """What the lines say; "" for what they do not."""

    title: str = ""
    author: str = ""
    published: str = ""


_FENCED = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?=[\w-]+[ \t]*[:=])(.*?\n)\1[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = "title|titre"
_AUTHOR = "authors?|auteurs?|by"
_PUBLISHED = "date|published|publié"


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """What the front matter says, and the text below it."""
    fenced = _FENCED.match(text)
    if not fenced:
        return FrontMatter(), text
    told = (_told(key, fenced[2]) for key in (_TITLE, _AUTHOR, _PUBLISHED))
    return FrontMatter(*told), text[fenced.end() :]


def _told(key: str, lines: str) -> str:
    """The value of the first line with one of the keys; a list gives its items with commas between them."""
    found = re.search(rf"^(?:{key})[ \t]*[:=][ \t]*(.*)\n((?:[ \t]+.*\n|-[ \t].*\n)*)", lines, re.IGNORECASE | re.M)
    if not found:
        return ""
    first, below = found[1].strip(), found[2].splitlines()
    if first.startswith("[") and first.endswith("]"):
        return _listed(_ITEM.findall(first[1:-1]))
    if first and not _FOLDED.fullmatch(first):
        return _unquoted(first)
    items = [line for line in below if "name:" in line] or [line for line in below if _DASH.match(line)]
    return _listed(items) or " ".join(map(str.strip, below))


_FOLDED = re.compile(r"[>|][+-]?")  # YAML: the value stands in the lines below
_ITEM = re.compile(r"\s*(\"[^\"]*\"|'[^']*'|[^,]+)")
_DASH = re.compile(r"\s*-\s")
_MARK = re.compile(r"\s*(?:-\s+)?(?:name:\s*)?")
_QUOTED = re.compile(r"([\"'])(.*)\1\s*(?:#.*)?")
_REMARK = re.compile(r"\s#.*")


def _listed(items: list[str]) -> str:
    return ", ".join(filter(None, (_unquoted(_MARK.sub("", item, count=1)) for item in items)))


def _unquoted(value: str) -> str:
    """The value without the quotation marks and the remark that YAML and TOML allow around it."""
    quoted = _QUOTED.fullmatch(value.strip())
    if not quoted:
        return _REMARK.sub("", value).strip()
    return quoted[2].replace('\\"', '"') if quoted[1] == '"' else quoted[2].replace("''", "'")
