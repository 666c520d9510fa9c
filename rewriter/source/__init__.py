"""Turns bytes into clean paragraphs, with a receipt of what was taken out and why."""
