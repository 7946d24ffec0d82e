"""Spans of days and how the law counts them (期间): half-open inside, inclusive in print."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` until before ``end``; ``end`` is ``None`` where there is no end.

    Raises ``ValueError`` where it would hold no day.
    """

    first: dt.date
    end: dt.date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.first:
            raise ValueError(f"a period that begins on {self.first} cannot end before {self.end}")

    @property
    def last_day(self) -> dt.date | None:
        """The last day that belongs to it, as people read it; ``None`` where there is no end."""
        return None if self.end is None else self.end - dt.timedelta(days=1)

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two have a day in common."""
        return (other.end is None or self.first < other.end) and (self.end is None or other.first < self.end)


def add_months(day: dt.date, n: int) -> dt.date:
    """Return the same day ``n`` months later, or the last day of a month that has no such day."""
    month = day.year * 12 + day.month - 1 + n
    year, number = divmod(month, 12)
    return dt.date(year, number + 1, min(day.day, calendar.monthrange(year, number + 1)[1]))


def add_years(day: dt.date, n: int) -> dt.date:
    """Return the same day ``n`` years later; 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * n)
