"""Benchmarks against physical limits, in one run (``make bench``); figures go to docs/benchmarks.md."""
