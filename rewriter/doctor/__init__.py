"""`rewrite doctor`: whether this machine and a model are fit for the work, and what to do where they are not."""
