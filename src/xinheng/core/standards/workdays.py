"""Working days (工作日): China's calendar with holidays and make-up days, and the deadlines counted in it.

Basis: the State Council's yearly holiday notices (国务院办公厅关于节假日安排的通知) as the package
``chinesecalendar`` holds them (2004–2026). A notice appears in the autumn before its year: beyond the years known,
Monday to Friday count, and the answer is marked provisional, to be computed again when the notice is out. The day of
the decision is day 0.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import chinese_calendar
import pyarrow as pa
from chinese_calendar.constants import holidays, workdays

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """Whether a day is a working day; ``provisional`` where the year's holidays are not known yet."""

    answer: bool
    provisional: bool

    def __bool__(self) -> bool:
        return self.answer


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a time limit in working days; ``provisional`` where a day counted on the way was."""

    day: dt.date
    provisional: bool


@cache
def known_years() -> range:
    """Return the years whose holidays are known."""
    years = {day.year for day in (*holidays, *workdays)}
    return range(min(years), max(years) + 1)


@cache
def is_working_day(day: dt.date) -> WorkingDay:
    """Tell whether offices work on ``day``."""
    if day.year in known_years():
        return WorkingDay(chinese_calendar.is_workday(day), provisional=False)
    return WorkingDay(day.weekday() < 5, provisional=True)


def add_working_days(day: dt.date, n: int) -> Deadline:
    """Return the ``n``-th working day after ``day`` (day 0); raises ``ValueError`` for a negative ``n``.

    With ``n`` = 0 it is ``day`` itself, working or not.
    """
    if n < 0:
        raise ValueError("working days are counted forward only")
    provisional = False
    while n:
        day += _ONE_DAY
        found = is_working_day(day)
        provisional = provisional or found.provisional
        n -= found.answer
    return Deadline(day, provisional)


def working_day_from(day: dt.date) -> Deadline:
    """Return ``day`` where offices work on it, else the next day on which they do."""
    found = is_working_day(day)
    provisional = found.provisional
    while not found:
        day += _ONE_DAY
        found = is_working_day(day)
        provisional = provisional or found.provisional
    return Deadline(day, provisional)


def working_days_before(day: dt.date, n: int) -> dt.date:
    """Return the ``n``-th working day before ``day``; raises ``ValueError`` for a negative ``n``."""
    if n < 0:
        raise ValueError("working days are counted backward only")
    while n:
        day -= _ONE_DAY
        n -= is_working_day(day).answer
    return day


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Return how many working days lie after ``first`` up to and including ``last``; 0 where ``last`` is not later."""
    days = (first + _ONE_DAY * i for i in range(1, (last - first).days + 1))
    return sum(is_working_day(day).answer for day in days)


def working_day_table(first: dt.date, last: dt.date) -> pa.Table:
    """Return the calendar from ``first`` to ``last`` inclusive, for a join in SQL.

    Columns: ``day`` DATE, ``working`` BOOLEAN, ``number`` BIGINT (working days from ``first`` up to and including the
    day, so that the difference of two numbers counts the working days between), ``provisional`` BOOLEAN.
    """
    days = [first + _ONE_DAY * i for i in range((last - first).days + 1)]
    found = [is_working_day(day) for day in days]
    numbers, number = [], 0
    for one in found:
        number += one.answer
        numbers.append(number)
    return pa.table(
        {
            "day": pa.array(days, pa.date32()),
            "working": pa.array([one.answer for one in found], pa.bool_()),
            "number": pa.array(numbers, pa.int64()),
            "provisional": pa.array([one.provisional for one in found], pa.bool_()),
        }
    )
