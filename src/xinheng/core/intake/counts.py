"""Counts (计数) that always add up: received = accepted + unchanged + corrected + rejected + waiting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Counts:
    """How the rows of a chunk or of a submission fared; ``issues`` counts broken rules by code, ``warnings`` those that only note."""

    received: int = 0
    accepted: int = 0
    unchanged: int = 0
    corrected: int = 0
    rejected: int = 0
    waiting: int = 0
    warnings: int = 0
    issues: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        parts = self.accepted + self.unchanged + self.corrected + self.rejected + self.waiting
        if self.received != parts:
            raise ValueError(f"received {self.received} is not the sum of its parts {parts}")


def total(parts: Iterable[Counts]) -> Counts:
    """Return the sum of counts."""
    numbers, issues = [0] * 7, Counter[str]()
    for part in parts:
        for place, number in enumerate(numerals(part)):
            numbers[place] += number
        issues.update(part.issues)
    return counts_from(numbers, issues)


def counts_from(numbers: Sequence[int], issues: Counter[str]) -> Counts:
    """Return counts from the seven numbers of :func:`numerals`."""
    received, accepted, unchanged, corrected, rejected, waiting, warnings = numbers
    return Counts(received, accepted, unchanged, corrected, rejected, waiting, warnings, issues)


def numerals(counts: Counts) -> tuple[int, ...]:
    """Return the seven numbers in the order of the fields."""
    return (
        counts.received, counts.accepted, counts.unchanged, counts.corrected, counts.rejected, counts.waiting, counts.warnings,
    )  # fmt: skip
