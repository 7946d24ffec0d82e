"""The benchmark of names: pairs made by rule, seeded, with their truth; run with ``python -m tests.benchmarks.names``."""
