"""The timetable (定时任务): what starts by itself and when, in Chinese time, which has had no summer time since 1991.

The queue speaks UTC, eight hours behind: a time of day before eight in the morning falls on the day before, and so does its day of the week.
"""

from __future__ import annotations

from dataclasses import dataclass

from xinheng.core.errors import Text
from xinheng.usecases.jobs.tasks import (
    CLEAR_OLD_JOBS,
    CLEAR_SIGN_ON,
    COMPACT_LAKE,
    FINISH_UNFINISHED,
    KEEP_COLLECTING,
    PROJECT_LAKE,
    RENEW_KEYS,
    RESOLVE_WAITING,
    RUN_DELIVERIES,
    RUN_RETENTION,
    SEND_NOTICES,
    SEND_REMINDERS,
    TAKE_UP_ABANDONED,
    TELL_WATCHES,
)

AHEAD = 8
"""Hours that China is ahead of UTC."""
MADE_UP_WITHIN = 12 * 3600
"""Seconds within which a worker makes up for what no worker was there to start."""
_DAYS = ("一", "二", "三", "四", "五", "六", "日")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class EveryMinutes:
    """Every so many minutes; ``minutes`` divides an hour."""

    minutes: int

    @property
    def cron(self) -> str:
        """Return the time as cron writes it, in UTC."""
        return "* * * * *" if self.minutes == 1 else f"*/{self.minutes} * * * *"

    @property
    def words(self) -> Text:
        """Return the time in words."""
        if self.minutes == 1:
            return Text("每分钟", "every minute")
        return Text(f"每 {self.minutes} 分钟", f"every {self.minutes} minutes")


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day at a time of day in China; on one day of the week only (1 Monday … 7 Sunday) where ``weekday`` is given."""

    hour: int
    minute: int
    weekday: int | None = None

    @property
    def cron(self) -> str:
        """Return the time as cron writes it, in UTC."""
        return f"{self.minute} {(self.hour - AHEAD) % 24} * * {self._day()}"

    @property
    def words(self) -> Text:
        """Return the time in words, Chinese time."""
        at = f"{self.hour:02}:{self.minute:02}"
        if self.weekday is None:
            return Text(f"每天 {at}", f"every day at {at}")
        return Text(f"每周{_DAYS[self.weekday - 1]} {at}", f"every {_DAYS_EN[self.weekday - 1]} at {at}")

    def _day(self) -> str:
        if self.weekday is None:
            return "*"
        return str((self.weekday - (self.hour < AHEAD)) % 7)  # cron counts from Sunday, 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timetable: which task, when."""

    task: str
    when: EveryMinutes | Daily


TIMETABLE = (
    Entry(TAKE_UP_ABANDONED, EveryMinutes(1)),
    Entry(FINISH_UNFINISHED, EveryMinutes(1)),
    Entry(RESOLVE_WAITING, Daily(2, 30)),
    Entry(CLEAR_OLD_JOBS, Daily(3, 30)),
    Entry(PROJECT_LAKE, EveryMinutes(10)),
    Entry(COMPACT_LAKE, Daily(4, 0)),
    Entry(RUN_DELIVERIES, Daily(1, 0)),
    Entry(RUN_RETENTION, Daily(3, 0)),
    Entry(RENEW_KEYS, Daily(5, 0)),
    Entry(KEEP_COLLECTING, EveryMinutes(10)),
    Entry(SEND_REMINDERS, Daily(8, 40)),
    Entry(SEND_NOTICES, EveryMinutes(1)),
    Entry(CLEAR_SIGN_ON, Daily(3, 45)),
    Entry(TELL_WATCHES, Daily(7, 30)),
)


def when_of(task: str) -> EveryMinutes | Daily:
    """Return when a task starts by itself."""
    return next(entry.when for entry in TIMETABLE if entry.task == task)
