"""What the tables of collecting do not say: dated data that break their form, figures, and when a zero report is refused."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import pytest

from xinheng.core.catalogue.load import item_names, load
from xinheng.core.catalogue.terms import FREQUENCIES
from xinheng.core.collecting import GrantedItem, check_zero_report, tasks_between, terms_on, timing
from xinheng.core.collecting import ladder as ladders
from xinheng.core.collecting import office as offices
from xinheng.core.collecting.clock import figures, has_clock
from xinheng.core.errors import UnusableCall
from xinheng.core.intake.rules import checks_for
from xinheng.core.intake.timeliness import late_before
from xinheng.core.law.loading import LawDataError
from xinheng.core.standards.periods import Period
from xinheng.core.standards.workdays import is_working_day, known_years, working_days_before

DAY = dt.timedelta(days=1)
OFFICE = files("xinheng.core.collecting").joinpath("office.yaml").read_text(encoding="utf-8")
LADDER = files("xinheng.core.collecting").joinpath("ladder.yaml").read_text(encoding="utf-8")


def test_each_frequency_of_the_catalogue_has_a_rhythm() -> None:
    assert set(terms_on(dt.date(2026, 1, 1)).rhythms) == set(FREQUENCIES)
    assert terms_on(dt.date(2000, 1, 1)) is terms_on(dt.date(2026, 1, 1))  # before the first day, what came first


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (OFFICE, "每周: {period: week, due: {working_days: 3}}", "每周: {period: fortnight, due: {working_days: 3}}"),
        (OFFICE, "due: {working_days: 3}", "due: {working_days: 3, day: 4}"),
        (OFFICE, "due: {working_days: 3}", "due: {day: 0}"),
        (OFFICE, "      每周: {period: week, due: {working_days: 3}}\n", ""),
        (OFFICE, "due_soon_working_days: 3", "due_soon_working_days: 0"),
        (OFFICE, "sure: D", "sure: sure"),
        (OFFICE, "from: 2018-07-25", "from: null"),
        (LADDER, "sure: D", "sure: sure"),
        (LADDER, "role: region-manager", "role: minister"),
        (LADDER, "working_days: 10", "working_days: 3"),
        (LADDER, "code: to-region", "code: to-department"),
        (LADDER, "from: 2018-07-25", "from: null"),
    ],
)  # fmt: skip
def test_data_that_break_their_form_stop_everything(text: str, old: str, new: str) -> None:
    assert old in text
    read = offices.read if text is OFFICE else ladders.read
    assert read(text)
    with pytest.raises(LawDataError):
        read(text.replace(old, new, 1))


def test_no_task_falls_due_on_a_day_on_which_offices_are_closed_nor_before_its_period_is_over() -> None:
    granted = Period(dt.date(2019, 1, 1))
    for frequency in FREQUENCIES:
        tasks = list(
            tasks_between(GrantedItem("A", "i", frequency, granted), dt.date(2019, 1, 1), dt.date(2026, 11, 30))
        )
        assert [one.first for one in tasks[1:]] == [one.last + DAY for one in tasks[:-1]]  # no gap, no overlap
        for task in tasks:
            assert task.due > task.last
            assert is_working_day(task.due)


def test_a_due_day_beyond_the_known_holidays_is_provisional() -> None:
    first = dt.date(max(known_years()), 12, 1)
    (task,) = tasks_between(GrantedItem("A", "i", "每月", Period(first)), first, first)
    assert task.provisional


def test_the_clock_agrees_with_the_rule_that_notes_a_late_row() -> None:
    for received in (dt.date(2026, 3, 12), dt.date(2026, 10, 10), dt.date(2026, 10, 11), dt.date(2024, 2, 18)):
        first = late_before(received)
        for back in range(30):
            decided = received - back * DAY
            assert (timing(decided, received).late_by > 0) == (decided < first), (decided, received)


def test_the_items_with_a_clock_are_those_of_rule_v04() -> None:
    for name in item_names():
        version = load(name).latest
        assert has_clock(version) == ("V04" in {check.code for check in checks_for(version)}), name


def test_working_days_before_a_day_pass_over_the_holiday() -> None:
    assert working_days_before(dt.date(2026, 10, 10), 3) == dt.date(2026, 9, 30)
    assert working_days_before(dt.date(2026, 10, 10), 0) == dt.date(2026, 10, 10)
    with pytest.raises(ValueError, match="backward"):
        working_days_before(dt.date(2026, 10, 10), -1)


@pytest.mark.parametrize(
    ("counted", "rows", "in_time", "median"),
    [
        ({}, 0, 0, None),
        ({(3, False): 1}, 1, 1, 3.0),
        ({(3, False): 1, (8, True): 1}, 2, 1, 5.5),
        ({(1, False): 2, (9, True): 1}, 3, 2, 1.0),
        ({(1, False): 2, (7, True): 1, (7, False): 1}, 4, 3, 4.0),
    ],
)
def test_share_and_median(counted: dict[tuple[int, bool], int], rows: int, in_time: int, median: float | None) -> None:
    found = figures(counted)
    assert (found.rows, found.in_time, found.median) == (rows, in_time, median)
    assert found.share == (in_time / rows if rows else None)


LAST = dt.date(2026, 2, 28)


@pytest.mark.parametrize(
    ("reason", "on", "records", "done", "why"),
    [
        (" ", LAST + DAY, 0, False, "states its reason"),
        ("长" * 501, LAST + DAY, 0, False, "states its reason"),
        ("本月未作出决定", LAST, 0, False, "after its last day"),
        ("本月未作出决定", LAST + DAY, 2, True, "2 records"),
        ("本月未作出决定", LAST + DAY, 0, True, "closed it already"),
    ],
)
def test_a_zero_report_is_refused(reason: str, on: dt.date, records: int, done: bool, why: str) -> None:
    with pytest.raises(UnusableCall) as refused:
        check_zero_report(last=LAST, on=on, reason=reason, records=records, done=done)
    assert why in refused.value.explanation.why.en


def test_a_zero_report_is_taken_once_the_period_is_over() -> None:
    check_zero_report(last=LAST, on=LAST + DAY, reason="本月未作出决定", records=0, done=False)
