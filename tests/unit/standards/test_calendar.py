"""Working days and periods, against the golden values and the reference calendar."""

from __future__ import annotations

import csv
import datetime as dt

import duckdb
import pytest

from xinheng.core.standards import periods, workdays

DAY = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        ("2020-01-22", "2020-02-10"),
        ("2020-09-29", "2020-10-15"),
        ("2024-02-08", "2024-02-23"),
        ("2024-04-30", "2024-05-13"),
        ("2025-09-30", "2025-10-16"),
    ],
)
def test_the_seventh_working_day(decided, due):
    assert workdays.add_working_days(DAY(decided), 7) == workdays.Deadline(DAY(due), provisional=False)
    assert workdays.working_days_between(DAY(decided), DAY(due)) == 7


def test_beyond_the_known_years_monday_to_friday_count_provisionally():
    assert workdays.add_working_days(DAY("2026-12-28"), 7) == workdays.Deadline(DAY("2027-01-06"), provisional=True)
    assert workdays.is_working_day(DAY("2003-12-31")) == workdays.WorkingDay(answer=True, provisional=True)
    assert not workdays.is_working_day(DAY("2030-01-05"))


def test_days_are_counted_forward_only():
    assert workdays.add_working_days(DAY("2024-05-01"), 0).day == DAY("2024-05-01")
    with pytest.raises(ValueError, match="forward"):
        workdays.add_working_days(DAY("2024-05-01"), -1)


def test_the_reference_calendar_agrees(shared_data):
    with (shared_data / "ref_calendar" / "cn_holidays.csv").open(encoding="utf-8") as file:
        rows = [(DAY(row["date"]), row["kind"]) for row in csv.DictReader(file)]
    wrong = [
        day
        for day, kind in rows
        if kind != "in_lieu_day" and workdays.is_working_day(day).answer != (kind == "make_up_workday")
    ]
    assert wrong == []


def test_the_table_counts_as_the_functions_do():
    first, last = DAY("2023-12-01"), DAY("2024-03-31")
    table = workdays.working_day_table(first, last)
    assert table.num_rows == 122
    query = "SELECT b.number - a.number FROM cal a, cal b WHERE a.day = '2024-02-08' AND b.day = '2024-02-23'"
    with duckdb.connect() as connection:
        connection.register("cal", table)
        assert connection.execute(query).fetchone() == (7,)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-12-15", 1, "2025-01-15"),
    ],
)
def test_months_end_where_the_month_ends(day, months, later):
    assert periods.add_months(DAY(day), months) == DAY(later)


def test_years_from_a_leap_day():
    assert periods.add_years(DAY("2024-02-29"), 1) == DAY("2025-02-28")
    assert periods.add_years(DAY("2024-02-29"), 4) == DAY("2028-02-29")


def test_a_period_is_half_open_inside_and_inclusive_in_print():
    year = periods.Period(DAY("2024-01-01"), DAY("2025-01-01"))
    assert year.last_day == DAY("2024-12-31")
    assert DAY("2024-12-31") in year
    assert DAY("2025-01-01") not in year
    assert periods.Period(DAY("2024-01-01")).last_day is None
    assert year.overlaps(periods.Period(DAY("2024-12-31")))
    assert not year.overlaps(periods.Period(DAY("2025-01-01")))
    with pytest.raises(ValueError, match="cannot end"):
        periods.Period(DAY("2024-01-01"), DAY("2024-01-01"))
