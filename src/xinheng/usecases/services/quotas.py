"""Quotas (限额): how often an account may call, and how many wrong secrets or tokens one source may show. Counted in PostgreSQL, for all processes.

A call costs one statement on a table that the database does not log. Calls over the quota are refused, and of a minute the first refusal is recorded.
"""

from __future__ import annotations

import datetime as dt

from django.utils.crypto import salted_hmac

from xinheng.store import counting
from xinheng.store.models import AuditEvent
from xinheng.usecases.services.refusing import TooManyCalls, too_many, too_many_wrong

WRONG_PER_MINUTE = 60
"""Wrong secrets or tokens of one source in a minute that are each recorded; further ones are refused unlooked at."""
_MINUTE = 60


def ensure_within_quota(name: str, account: int, *, per_minute: int, per_day: int, at: dt.datetime) -> None:
    """Count a call of an account; raises ``TooManyCalls`` where it is one too many. ``at`` is in Chinese time."""
    minute = _minute_of(at)
    if counting.count_call(account, minute=minute, day=at.date(), per_minute=per_minute, per_day=per_day):
        return
    whole_day = counting.day_is_used_up(account, day=at.date(), per_day=per_day)
    seconds = _rest_of_day(at) if whole_day else _rest_of_minute(at)
    if counting.is_first_refusal(account, minute=minute):
        reason = "the quota of the day is used up" if whole_day else "the quota of the minute is used up"
        _record(name, "call", f"service {name}", reason, at)
    raise TooManyCalls(too_many(seconds, whole_day=whole_day), seconds=seconds)


def note_wrong(name: str, action: str, about: str, reason: str, *, source: str, at: dt.datetime) -> None:
    """Record that somebody showed a wrong secret or token; raises ``TooManyCalls`` where its source did so too often.

    ``source`` is the address; only a keyed hash of it is kept, for an hour.
    """
    hashed = salted_hmac("xinheng.services.source", source, algorithm="sha256").hexdigest()
    times = counting.count_refusal(hashed, minute=_minute_of(at))
    if times <= WRONG_PER_MINUTE:
        _record(name, action, about, reason, at)
        return
    if times == WRONG_PER_MINUTE + 1:
        _record(name, action, about, "further ones of this source and minute are refused without an entry", at)
    seconds = _rest_of_minute(at)
    raise TooManyCalls(too_many_wrong(seconds), seconds=seconds)


def _record(name: str, action: str, about: str, reason: str, at: dt.datetime) -> None:
    AuditEvent.objects.create(at=at, actor=name, action=action, target=about, allowed=False, reasons=[reason])


def _minute_of(at: dt.datetime) -> int:
    return int(at.timestamp()) // _MINUTE


def _rest_of_minute(at: dt.datetime) -> int:
    return _MINUTE - int(at.timestamp()) % _MINUTE


def _rest_of_day(at: dt.datetime) -> int:
    tomorrow = at.replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    return max(1, round((tomorrow - at).total_seconds()))
