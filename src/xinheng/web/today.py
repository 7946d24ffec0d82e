"""The one clock of the pages: which day it is where the platform stands."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> dt.date:
    """Return today's date in China (UTC+8): days of law begin and end at midnight there."""
    return dt.datetime.now(SHANGHAI).date()


def now() -> dt.datetime:
    """Return the moment in China's time, for receipts: a use case that asks which day it is gets the day of ``today``."""
    return dt.datetime.now(SHANGHAI)
