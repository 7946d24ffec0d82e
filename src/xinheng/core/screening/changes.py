"""What has changed since the last time (增量复查): a pure comparison of which records were told then and which are told now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Reference = Sequence[str | int]
"""A record that was told: item, key, revision, standing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """``new`` and ``altered`` are keys of records; of what has ``ended`` only how many there were is said: its content comes back for nobody."""

    new: frozenset[str]
    altered: frozenset[str]
    ended: int

    @property
    def any(self) -> bool:
        """Whether anything is different."""
        return bool(self.new or self.altered or self.ended)


def difference(then: Iterable[Reference], now: Iterable[Reference]) -> Difference:
    """Return what is new, what is told otherwise (another revision or standing), and how much has ended."""
    before, after = {str(one[1]): tuple(one) for one in then}, {str(one[1]): tuple(one) for one in now}
    new = frozenset(after.keys() - before.keys())
    altered = frozenset(key for key in after.keys() & before.keys() if after[key] != before[key])
    return Difference(new, altered, len(before.keys() - after.keys()))
