"""Rewrites news articles into French, offline: no sentence leaves unless it was held against its source."""

__version__ = "0.1.0"
