"""The first day that is not late, against counting the seven working days of every decision."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinheng.core.intake.timeliness import late_before
from xinheng.core.standards.workdays import is_working_day

ONE_DAY = dt.timedelta(days=1)
GOLDEN = [  # decision, its seventh working day (domain facts §2.5)
    ("2020-01-22", "2020-02-10"), ("2020-09-29", "2020-10-15"), ("2024-02-08", "2024-02-23"), ("2024-04-30", "2024-05-13"),
    ("2025-09-30", "2025-10-16"),
]  # fmt: skip


@pytest.mark.parametrize(("decided", "seventh"), GOLDEN)
def test_the_seventh_working_day_is_in_time_and_the_next_day_is_late(decided: str, seventh: str) -> None:
    day, last = dt.date.fromisoformat(decided), dt.date.fromisoformat(seventh)
    assert not day < late_before(last)
    assert day < late_before(last + ONE_DAY)


def is_late(decided: dt.date, received: dt.date) -> bool:
    """Count the working days after the decision, one day at a time."""
    day, counted = decided, 0
    while day < received:
        day += ONE_DAY
        counted += bool(is_working_day(day)) and day < received
    return counted >= 7


@settings(max_examples=60)
@given(st.dates(dt.date(2018, 8, 1), dt.date(2028, 12, 31)))
def test_a_decision_is_late_exactly_when_seven_working_days_have_passed(received: dt.date) -> None:
    border = late_before(received)
    for shift in range(-20, 45):
        decided = received - ONE_DAY * shift
        assert (decided < border) == (decided <= received and is_late(decided, received)), decided


def test_the_day_of_the_decision_itself_is_in_time() -> None:
    assert late_before(dt.date(2026, 5, 6)) <= dt.date(2026, 5, 6)
