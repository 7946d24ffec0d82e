"""Counting (计数) by one statement each: the calls of service accounts, and what sources were refused. Processes share the counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection

from xinheng.store.models import RefusedSource, ServiceCalls
from xinheng.store.sql import statement

_FORGOTTEN = 60  # minutes after which a refused source is forgotten


def count_call(account: int, *, minute: int, day: dt.date, per_minute: int, per_day: int) -> bool:
    """Count one call in its minute (since 1970) and on its day, and tell whether both quotas allow it; a refused call is not counted."""
    asked: dict[str, Any] = {
        "account": account,
        "minute": minute,
        "day": day,
        "per_minute": per_minute,
        "per_day": per_day,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("count_call"), asked)
        return cursor.fetchone() is not None


def day_is_used_up(account: int, *, day: dt.date, per_day: int) -> bool:
    """Tell whether it is the quota of the day that refuses."""
    return ServiceCalls.objects.filter(account=account, day__gte=day, in_day__gte=per_day).exists()


def is_first_refusal(account: int, *, minute: int) -> bool:
    """Tell whether no call of the account was refused in this minute before; asked once, the answer is no."""
    return ServiceCalls.objects.filter(account=account, told__lt=minute).update(told=minute) > 0


def count_refusal(source: str, *, minute: int) -> int:
    """Count that a source was refused, and return how often in this minute; sources of long ago are forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(statement("count_refusal"), {"source": source, "minute": minute})
        times = int(cursor.fetchone()[0])
    if times == 1:
        RefusedSource.objects.filter(minute__lt=minute - _FORGOTTEN).delete()
    return times
