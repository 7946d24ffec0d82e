"""Mutated files (模糊测试): whatever a department's file is turned into, intake ends with a sentence or with counts that are right.

``python -m tests.fuzz --files N --seed S [--form F]``; a small part with a fixed seed is in the suite (``tests/properties/fuzz``).
"""
