"""Words that the house never says, in a text that somebody wrote."""

from __future__ import annotations

from rewriter.article import Finding
from rewriter.french.glossary import Glossary


def check_glossary(text: str, glossary: Glossary) -> tuple[Finding, ...]:
    """Every word outside quotations that the glossary forbids: warnings, each with the word to say."""
    return tuple(
        Finding("glossary", "warning", f"Le glossaire dit « {b.say} », pas « {b.found} ».", b.span, b.say)
        for b in glossary.breaches(text)
    )
