"""Turns an article into strings, and strings into files written whole or not at all."""
