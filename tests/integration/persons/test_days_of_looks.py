"""The days after which a secret look is told are days in China, whatever the time of the database."""

from __future__ import annotations

import datetime as dt

from xinheng.core.access.matters import matters
from xinheng.store.queries.persons import Look


def test_a_look_before_eight_in_the_morning_is_not_told_a_day_early() -> None:
    from xinheng.usecases.persons.viewing import _is_told

    matter = next(one for one in matters() if one.told_after_days)
    look = Look(dt.datetime(2026, 3, 1, 20, tzinfo=dt.UTC), "li", matter.code)  # 04:00 on 2 March in China
    last = dt.date(2026, 3, 2) + dt.timedelta(days=matter.told_after_days)
    assert [_is_told(look, last - dt.timedelta(days=1)), _is_told(look, last)] == [False, True]
