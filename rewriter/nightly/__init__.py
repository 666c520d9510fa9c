"""The night: many articles with one model, into one folder, so that nothing is lost whatever happens.

Knows nothing of how an article is written: that is `rewriter.job`'s, one article at a time. A run holds the folder's
lock, lists what is to be done in its journal, and writes article after article; what it learns it writes down first.
"""
