"""Timeliness (及时): until when a decision of a day may be handed in without being late."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from xinheng.core.law.parameters import working_days
from xinheng.core.standards.workdays import add_working_days


@lru_cache(maxsize=1024)
def late_before(received_on: dt.date) -> dt.date:
    """Return the first decision day that is not late when handed in on ``received_on``; every earlier decision is late.

    Seven working days from the decision (day 0); 发改办财金〔2018〕424号.
    """
    limit = working_days("submission-limit", on=received_on)
    day = received_on
    while add_working_days(day - dt.timedelta(days=1), limit).day >= received_on:
        day -= dt.timedelta(days=1)
    return day
