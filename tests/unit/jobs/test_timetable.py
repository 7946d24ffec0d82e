"""The timetable is written in Chinese time and spoken to the queue in UTC: every start falls where the words say."""

from __future__ import annotations

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest
from croniter import croniter

from xinheng.jobs.timetable import AHEAD, TIMETABLE, Daily, EveryMinutes, when_of
from xinheng.usecases.jobs.tasks import WORDS

CHINA = ZoneInfo("Asia/Shanghai")
HOURS = [0, 2, 7, 8, 9, 15, 23]


def starts(cron: str, *, after: dt.datetime, count: int) -> list[dt.datetime]:
    """Return the next starts in Chinese time, as the queue reckons them: from seconds since 1970, in UTC."""
    times = croniter(cron, after.timestamp())
    return [dt.datetime.fromtimestamp(times.get_next(float), CHINA) for _ in range(count)]


@pytest.mark.parametrize("hour", HOURS)
def test_a_daily_time_is_that_time_of_day_in_china(hour: int) -> None:
    after = dt.datetime(2026, 12, 30, 12, 0, tzinfo=CHINA)
    found = starts(Daily(hour, 30).cron, after=after, count=4)
    assert {(one.hour, one.minute) for one in found} == {(hour, 30)}
    assert [(b - a).days for a, b in itertools.pairwise(found)] == [1, 1, 1]


@pytest.mark.parametrize("hour", HOURS)
@pytest.mark.parametrize("weekday", range(1, 8))
def test_a_weekly_time_is_on_that_day_in_china_though_utc_is_still_on_the_day_before(weekday: int, hour: int) -> None:
    after = dt.datetime(2026, 2, 26, 3, 0, tzinfo=CHINA)  # over the end of a month
    found = starts(Daily(hour, 5, weekday).cron, after=after, count=3)
    assert {(one.isoweekday(), one.hour, one.minute) for one in found} == {(weekday, hour, 5)}
    before = found[0].astimezone(dt.UTC)
    assert (before.date() < found[0].date()) == (hour < AHEAD)


def test_every_few_minutes_needs_no_conversion() -> None:
    after = dt.datetime(2026, 5, 6, 23, 58, tzinfo=CHINA)
    assert [one.minute for one in starts(EveryMinutes(5).cron, after=after, count=3)] == [0, 5, 10]
    assert [one.minute for one in starts(EveryMinutes(1).cron, after=after, count=3)] == [59, 0, 1]


def test_china_keeps_the_same_distance_to_utc_all_year() -> None:
    offsets = {
        dt.datetime(year, month, 1, tzinfo=CHINA).utcoffset() for year in range(2000, 2040) for month in range(1, 13)
    }
    assert offsets == {dt.timedelta(hours=AHEAD)}


def test_every_line_has_words_in_both_languages() -> None:
    for entry in TIMETABLE:
        assert WORDS[entry.task].zh
        assert WORDS[entry.task].en
        assert entry.when is when_of(entry.task)
    assert Daily(2, 30).words.zh == "每天 02:30"
    assert Daily(7, 0, 1).words.en == "every Monday at 07:00"
    assert Daily(7, 0, 7).words.zh == "每周日 07:00"
    assert EveryMinutes(1).words.en == "every minute"
