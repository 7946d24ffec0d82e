"""How one name becomes another: classes of variation, each with its truth — ``same``, ``ask`` (nobody could tell from the names) or ``different``."""

from __future__ import annotations

from tests.benchmarks.names import ask, different, same
from tests.benchmarks.names.kinds import VARIATIONS, Variation

__all__ = ["VARIATIONS", "Variation", "ask", "different", "same"]
