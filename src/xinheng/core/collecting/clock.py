"""The deadline clock (报送时效): working days from a decision to the first readable receipt, against the limit of the item.

The first readable receipt is the first submission in which that decision stood so that it could be told which it was, even where the row went
back then and was mended later. The limit is that of 发改办财金〔2018〕424号 (``core.law.parameters``: ``submission-limit``): it binds permits and
penalties; what else comes is held against its collection task, and has no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.law.parameters import working_days
from xinheng.core.standards.workdays import add_working_days, working_days_between

LIMIT = "submission-limit"


@dataclass(frozen=True, slots=True)
class Timing:
    """How long it took: working days after the decision (day 0), the limit, and by how many it is late (0: in time)."""

    days: int
    limit: int
    late_by: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Timeliness of many records: how many in all and in time, and the median of the working days that they took (``None`` for no record)."""

    rows: int
    in_time: int
    median: float | None

    @property
    def late(self) -> int:
        """Return how many came late."""
        return self.rows - self.in_time

    @property
    def share(self) -> float | None:
        """Return the share in time (及时率), between 0 and 1; nothing for no record: absence is no merit."""
        return self.in_time / self.rows if self.rows else None


def has_clock(version: ItemVersion) -> bool:
    """Tell whether the limit binds an item: permits and penalties, as rule V04 has it."""
    both = version.by_role("penalty_kinds") or version.by_role("permit_kind")
    return version.by_role("decided_on") is not None and both is not None


@lru_cache(maxsize=65536)
def timing(decided_on: dt.date, received_on: dt.date) -> Timing:
    """Return how long a decision took to its first receipt. Late by one at the least where it came on a closed day after the limit."""
    limit = working_days(LIMIT, on=received_on)
    last = late_after(decided_on, limit)
    late_by = max(1, working_days_between(last, received_on)) if received_on > last else 0
    return Timing(working_days_between(decided_on, received_on), limit, late_by)


@lru_cache(maxsize=16384)
def late_after(decided_on: dt.date, limit: int) -> dt.date:
    """Return the last day on which a decision may be handed in without being late."""
    return add_working_days(decided_on, limit).day


def figures(rows_by_days: Mapping[tuple[int, bool], int]) -> Figures:
    """Return the figures of records counted by working days and by whether they were late."""
    rows = sum(rows_by_days.values())
    in_time = sum(count for (_, late), count in rows_by_days.items() if not late)
    by_days: dict[int, int] = {}
    for (days, _), count in rows_by_days.items():
        by_days[days] = by_days.get(days, 0) + count
    return Figures(rows, in_time, _median(by_days, rows))


def _median(by_days: Mapping[int, int], rows: int) -> float | None:
    if not rows:
        return None
    wanted = ((rows - 1) // 2, rows // 2)
    found: list[int] = []
    passed = 0
    for days in sorted(by_days):
        passed += by_days[days]
        found += [days for place in wanted[len(found) :] if place < passed]
    return sum(found) / 2
