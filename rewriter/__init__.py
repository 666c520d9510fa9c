"""Rewrites news articles into French, offline: no sentence leaves unless it was held against its source."""

from rewriter.library import check, load_engine, rewrite

__all__ = ["__version__", "check", "load_engine", "rewrite"]
__version__ = "0.1.0"
