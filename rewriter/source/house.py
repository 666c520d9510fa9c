"""House style, applied to a source before anything is written from it: every check then holds by its words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rewriter.article import Removal, Source
from rewriter.errors import UsageError
from rewriter.french.glossary import Glossary, parse
from rewriter.tables import toml_file, tomllib


def read_glossary(path: Path) -> Glossary:
    """Return the glossary in a file. Raises UsageError that names the file and the mistake."""
    try:
        return parse(toml_file(path))
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file", "check the spelling and the folder") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise UsageError(
            f"{path}: is no glossary: {error}", 'entries such as: [[say]] word = "a", never = ["b"]'
        ) from None


def in_house_style(source: Source, glossary: Glossary) -> Source:
    """The source in the words of the house, quotations left as they are; what changed is among its removals.

    Only French sources are changed: in another language there is nothing to replace.
    """
    if source.language != "fr":
        return source
    paragraphs = tuple(map(glossary.obeyed, source.paragraphs))
    changed = tuple(
        Removal(number, "glossary", old, new, "Mots remplacés selon le glossaire de la maison.")
        for number, (old, new) in enumerate(zip(source.paragraphs, paragraphs, strict=True), 1)
        if old != new
    )
    subheadings = tuple(replace(s, text=glossary.obeyed(s.text)) for s in source.subheadings)
    title = glossary.obeyed(source.title) if source.title else source.title
    request = replace(source.request, title=glossary.obeyed(source.request.title) if source.request.title else None)
    return replace(
        source,
        title=title,
        paragraphs=paragraphs,
        subheadings=subheadings,
        request=request,
        removals=(*source.removals, *changed),
    )
