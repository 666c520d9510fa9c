"""`python -m rewriter` is the command `rewrite`."""

from rewriter.cli import main

main()
