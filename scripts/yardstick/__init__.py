"""What `scripts/evaluate` measures with: labelled sets, articles by several methods, floors."""
