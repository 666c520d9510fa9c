"""Tokens and probabilities: the only room that knows llama.cpp, and it knows no article."""
