"""The clock of the pages speaks the time of China, as those of the commands, the jobs and the API do: its day is the day of the law."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from xinheng.web import today as clock

EARLY = dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC)  # 07:30 on 2 March in China


class _Early(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> _Early:  # type: ignore[override]
        return cls.fromtimestamp(EARLY.timestamp(), tz)


def test_the_moment_and_the_day_agree_before_eight_in_the_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "dt", SimpleNamespace(datetime=_Early))
    assert clock.now() == EARLY
    assert clock.now().date() == clock.today() == dt.date(2026, 3, 2)
