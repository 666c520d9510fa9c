"""Turns bytes into clean paragraphs, with a receipt of what was taken out and why."""

from rewriter.source.reading import read, read_unjudged, require_news

__all__ = ["read", "read_unjudged", "require_news"]
