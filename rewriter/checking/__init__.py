"""Holds a text against its source: text in, findings out. Knows nothing of how the text was written."""
