"""Tasks (归集任务): the periods for which an agency is to hand an item in, and the day on which each falls due.

An item that comes daily or as it happens has a task a month: what is asked is whether the month is complete, not whether each day brought a row.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from xinheng.core.collecting.office import Rhythm, Span, terms_on
from xinheng.core.standards.periods import Period
from xinheng.core.standards.workdays import Deadline, add_working_days, working_day_from

_ONE_DAY = dt.timedelta(days=1)
_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF_YEAR: 6, Span.YEAR: 12}


@dataclass(frozen=True, slots=True)
class GrantedItem:
    """An item with the frequency that its catalogue version says, and while an agency (its code) may hand it in."""

    agency: str
    item: str
    frequency: str
    granted: Period


@dataclass(frozen=True, slots=True)
class Task:
    """A collection task: the first and the last day of its period (both belong to it) and its due day.

    ``provisional`` says that the due day was counted over a year whose holidays are not known yet.
    """

    agency: str
    item: str
    first: dt.date
    last: dt.date
    due: dt.date
    provisional: bool


def tasks_between(granted: GrantedItem, first: dt.date, last: dt.date) -> Iterator[Task]:
    """Yield the tasks whose period has a day from ``first`` to ``last`` (inclusive) on which the item is granted, in order of time.

    A period is judged by the practice in force on its first day.
    """
    begin = max(first, granted.granted.first)
    end = last if granted.granted.end is None else min(last, granted.granted.end - _ONE_DAY)
    day = begin
    while day <= end:
        rhythm = terms_on(day).rhythms[granted.frequency]
        starts, ends = span_of(rhythm.span, day)
        due = due_day(rhythm, ends)
        yield Task(granted.agency, granted.item, starts, ends, due.day, due.provisional)
        day = ends + _ONE_DAY


def span_of(span: Span, day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the period in which a day lies."""
    if span is Span.WEEK:
        monday = day - dt.timedelta(days=day.weekday())
        return monday, monday + dt.timedelta(days=6)
    months = _MONTHS[span]
    month = (day.month - 1) // months * months + 1
    return dt.date(day.year, month, 1), _last_of_month(day.year, month + months - 1)


def due_day(rhythm: Rhythm, last: dt.date) -> Deadline:
    """Return the day on which the task of a period that ends on ``last`` falls due; never a day on which offices are closed."""
    if rhythm.working_days is not None:
        return add_working_days(last, rhythm.working_days)
    after = last + _ONE_DAY
    return working_day_from(
        min(after.replace(day=1) + dt.timedelta(days=(rhythm.day or 1) - 1), _last_of_month(after.year, after.month))
    )


def _last_of_month(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
