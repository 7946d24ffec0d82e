"""Specification tables of collecting: periods and due days over holidays and make-up days, states, the clock, the ladder.

The calendar behind them: 2025-10-01 to 10-08 closed, 09-28 and 10-11 worked; 2026-02-15 to 02-23 closed, 02-14 and 02-28 worked;
2026-10-01 to 10-07 closed, 09-20 and 10-10 worked.
"""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.access import Role
from xinheng.core.collecting import GrantedItem, TaskState, reminders, task_state, tasks_between, timing
from xinheng.core.collecting.ladder import rung_day, rungs_on
from xinheng.core.collecting.states import days_left
from xinheng.core.standards.periods import Period

D = dt.date.fromisoformat
ALWAYS = Period(D("2020-01-01"))

# frequency     a day in it      first          last           due            why the due day is this one
PERIODS = [
    ("实时",    "2026-03-15",    "2026-03-01",  "2026-03-31",  "2026-04-10"),  # as it happens: a month; a Friday
    ("每日",    "2026-03-15",    "2026-03-01",  "2026-03-31",  "2026-04-10"),  # daily: a month
    ("每月",    "2026-09-30",    "2026-09-01",  "2026-09-30",  "2026-10-10"),  # a Saturday that is worked
    ("每月",    "2025-09-30",    "2025-09-01",  "2025-09-30",  "2025-10-10"),  # after the holiday, a Friday
    ("每月",    "2024-01-31",    "2024-01-01",  "2024-01-31",  "2024-02-18"),  # the 10th to 17th are the Spring Festival; the 18th, a Sunday, is worked
    ("每月",    "2026-04-01",    "2026-04-01",  "2026-04-30",  "2026-05-11"),  # the 10th is a Sunday
    ("每月",    "2025-12-31",    "2025-12-01",  "2025-12-31",  "2026-01-12"),  # over the turn of the year; the 10th is a Saturday
    ("每周",    "2026-09-30",    "2026-09-28",  "2026-10-04",  "2026-10-10"),  # the third working day after the holiday: 8, 9, 10 October
    ("每周",    "2026-03-04",    "2026-03-02",  "2026-03-08",  "2026-03-11"),
    ("每季度",  "2026-02-01",    "2026-01-01",  "2026-03-31",  "2026-04-15"),
    ("每季度",  "2025-12-31",    "2025-10-01",  "2025-12-31",  "2026-01-15"),
    ("每半年",  "2026-06-30",    "2026-01-01",  "2026-06-30",  "2026-07-15"),
    ("每年",    "2025-07-01",    "2025-01-01",  "2025-12-31",  "2026-02-02"),  # 31 January is a Saturday
]  # fmt: skip


@pytest.mark.parametrize(("frequency", "day", "first", "last", "due"), PERIODS)
def test_a_period_and_its_due_day(frequency: str, day: str, first: str, last: str, due: str) -> None:
    (task,) = tasks_between(GrantedItem("A", "i", frequency, ALWAYS), D(day), D(day))
    assert (task.first, task.last, task.due, task.provisional) == (D(first), D(last), D(due), False)


# frequency   granted from    granted until     from            to              first days of the tasks
SPANS = [
    ("每月",  "2026-01-01",   None,             "2026-01-15",   "2026-03-01",   ["2026-01-01", "2026-02-01", "2026-03-01"]),
    ("每月",  "2026-02-10",   None,             "2026-01-01",   "2026-03-31",   ["2026-02-01", "2026-03-01"]),  # from the month of the grant on
    ("每月",  "2026-01-01",   "2026-03-01",     "2026-01-01",   "2026-12-31",   ["2026-01-01", "2026-02-01"]),  # half-open
    ("每月",  "2026-01-01",   "2026-03-02",     "2026-01-01",   "2026-12-31",   ["2026-01-01", "2026-02-01", "2026-03-01"]),
    ("每月",  "2027-01-01",   None,             "2026-01-01",   "2026-12-31",   []),
    ("每季度", "2026-01-01",  None,             "2026-01-01",   "2026-12-31",   ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"]),
    ("每周",  "2026-01-01",   None,             "2026-01-01",   "2026-01-18",   ["2025-12-29", "2026-01-05", "2026-01-12"]),
]  # fmt: skip


@pytest.mark.parametrize(("frequency", "since", "until", "first", "last", "begins"), SPANS)
def test_a_grant_has_a_task_for_each_period_that_it_touches(
    frequency: str, since: str, until: str | None, first: str, last: str, begins: list[str]
) -> None:
    granted = Period(D(since), D(until) if until else None)
    tasks = tasks_between(GrantedItem("A", "i", frequency, granted), D(first), D(last))
    assert [task.first for task in tasks] == [D(day) for day in begins]


# due             done on           on              state                 working days left
STATES = [
    ("2026-10-10",  None,           "2026-09-25",   TaskState.OPEN,       6),   # 28, 29, 30 September, 8, 9, 10 October
    ("2026-10-10",  None,           "2026-09-30",   TaskState.DUE_SOON,   3),   # the holiday does not count
    ("2026-10-10",  None,           "2026-09-29",   TaskState.OPEN,       4),
    ("2026-10-10",  None,           "2026-10-10",   TaskState.DUE_SOON,   0),   # the due day itself is in time
    ("2026-10-10",  None,           "2026-10-11",   TaskState.LATE,      -1),   # a Sunday; late all the same
    ("2026-10-10",  None,           "2026-10-13",   TaskState.LATE,      -2),
    ("2026-10-10",  "2026-10-12",   "2026-10-11",   TaskState.LATE,      -1),   # on the day before it was closed
    ("2026-10-10",  "2026-10-12",   "2026-10-12",   TaskState.DONE,      -1),
]  # fmt: skip


@pytest.mark.parametrize(("due", "done", "on", "state", "left"), STATES)
def test_where_a_task_stands(due: str, done: str | None, on: str, state: TaskState, left: int) -> None:
    assert task_state(D(due), done_on=D(done) if done else None, on=D(on)) is state
    assert days_left(D(due), D(on)) == left


# decided         first receipt     days    late by
CLOCK = [
    ("2026-03-02",  "2026-03-02",   0,      0),
    ("2026-03-02",  "2026-03-11",   7,      0),
    ("2026-03-02",  "2026-03-12",   8,      1),
    ("2026-03-02",  "2026-03-14",   9,      2),   # a Saturday after the limit counts no day of its own
    ("2026-03-05",  "2026-03-15",   6,      0),   # a Sunday within the limit
    ("2026-09-25",  "2026-10-12",   7,      0),   # over the holiday: 28, 29, 30 September, 8, 9, 10 (worked), 12 October
    ("2026-09-25",  "2026-10-13",   8,      1),
    ("2026-03-04",  "2026-03-14",   7,      1),   # the limit ended on Friday the 13th: Saturday is too late by one
    ("2026-02-13",  "2026-02-28",   6,      0),   # 14 (worked), 24, 25, 26, 27, 28 (worked)
    ("2026-03-12",  "2026-03-02",   0,      0),   # received before it was decided: the rules of the row say what is wrong with that
]  # fmt: skip


@pytest.mark.parametrize(("decided", "received", "days", "late_by"), CLOCK)
def test_the_clock_counts_working_days_to_the_first_receipt(
    decided: str, received: str, days: int, late_by: int
) -> None:
    found = timing(D(decided), D(received))
    assert (found.days, found.limit, found.late_by) == (days, 7, late_by)


# rung                 its day for a task due on Saturday 2026-10-10 (worked)
RUNGS = [
    ("before-due",         "2026-09-30"),
    ("on-the-day",         "2026-10-10"),
    ("to-department",      "2026-10-14"),
    ("to-region",          "2026-10-23"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "day"), RUNGS)
def test_the_day_of_a_rung(code: str, day: str) -> None:
    (rung,) = (one for one in rungs_on(D("2026-10-10")) if one.code == code)
    assert rung_day(rung, D("2026-10-10")) == D(day)


CLERK, MANAGER, REGION = Role.DATA_CLERK, Role.DEPARTMENT_MANAGER, Role.REGION_MANAGER
# on              sent before                    to          rung that is sent
LADDER = [
    ("2026-09-29",  [],                          CLERK,      None),
    ("2026-09-30",  [],                          CLERK,      "before-due"),
    ("2026-09-30",  ["before-due"],              CLERK,      None),            # run twice
    ("2026-10-09",  [],                          CLERK,      "before-due"),    # missed days are made up for
    ("2026-10-10",  ["before-due"],              CLERK,      "on-the-day"),
    ("2026-10-12",  [],                          CLERK,      "on-the-day"),    # of two that were missed the last one
    ("2026-10-12",  ["on-the-day"],              CLERK,      None),            # and never the one before it
    ("2026-10-13",  [],                          MANAGER,    None),
    ("2026-10-14",  [],                          MANAGER,    "to-department"),
    ("2026-10-22",  [],                          REGION,     None),
    ("2026-11-30",  [],                          REGION,     "to-region"),
    ("2026-11-30",  [],                          Role.REVIEWER, None),         # no rung is the reviewer's
]  # fmt: skip


@pytest.mark.parametrize(("on", "sent", "role", "code"), LADDER)
def test_who_is_told_on_a_day(on: str, sent: list[str], role: Role, code: str | None) -> None:
    rung = reminders(D("2026-10-10"), on=D(on), sent=sent, role=role)
    assert (rung.code if rung else None) == code
