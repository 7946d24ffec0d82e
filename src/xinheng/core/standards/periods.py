"""Periods of days and months (期间), half-open, and the addition of months that law needs.

Month ends clamp: 31 August and three months give 30 November, the same as date arithmetic in PostgreSQL and DuckDB.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` up to, not on, ``end``; ``None`` is without an end."""

    start: dt.date
    end: dt.date | None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a period cannot end on {self.end} before it starts on {self.start}")

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    @property
    def last_day(self) -> dt.date | None:
        """Return the last day, inclusive, or nothing where there is no end."""
        return None if self.end is None else self.end - dt.timedelta(days=1)


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the corresponding day ``months`` later (earlier if negative), or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: dt.date, years: int) -> dt.date:
    """Return the corresponding day ``years`` later; 29 February becomes 28 February where there is none."""
    return add_months(day, 12 * years)
