"""The clock of the pages: a moment's day is the day in China, so that what begins today holds from midnight there on."""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.web import today as clock

SOON_AFTER_MIDNIGHT = dt.datetime(2026, 11, 24, 16, 30, tzinfo=dt.UTC)  # half past midnight on the 25th in China


class _Clock(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
        return SOON_AFTER_MIDNIGHT.astimezone(tz)


def test_the_day_of_a_moment_is_the_day_in_china(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock.dt, "datetime", _Clock)
    assert clock.now() == SOON_AFTER_MIDNIGHT
    assert clock.now().date() == clock.today() == dt.date(2026, 11, 25)
