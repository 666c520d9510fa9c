"""Plans an article and drafts it: passages in, candidates out. Knows nothing of checks."""
