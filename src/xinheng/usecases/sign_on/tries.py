"""Counting tries (登录失败处理): a try is counted as failed before it is looked at, so that many at once are no more than one after another."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from xinheng.core.access.lockout import Failures, after_failure, network_of, wait
from xinheng.core.access.sign_on import SignOnTerms, terms_on
from xinheng.core.errors import Explanation, Refused, Text
from xinheng.store.models import FailedTries


class TooSoon(Refused):
    """Somebody has to wait before the next try; ``facts["seconds"]`` says how long."""

    http_status = 429


@dataclass(frozen=True, slots=True)
class Try:
    """A try under way: what it is counted for."""

    keys: tuple[tuple[str, str], ...]


def begin_try(*, name: str, address: str, at: dt.datetime, kind: str = "account") -> Try:
    """Count a try for a name (or its second factor) and an address; raises ``TooSoon`` where one has to wait.

    It is the same whether or not there is such an account. Call ``forgive`` where the try turns out right.
    """
    terms = terms_on(at.date())
    keys = tuple(sorted(((kind, _digest(kind, name.casefold())), ("address", _digest("address", network_of(address))))))
    with transaction.atomic():
        FailedTries.objects.bulk_create(
            [FailedTries(kind=kind, key=key, count=0, last_at=None) for kind, key in keys], ignore_conflicts=True
        )
        held = [FailedTries.objects.select_for_update().get(kind=kind, key=key) for kind, key in keys]
        longest = max(wait(_failures(one), kind=one.kind, at=at, terms=terms) for one in held)
        if longest > dt.timedelta(0):
            raise TooSoon(_too_soon(longest), seconds=math.ceil(longest.total_seconds()))
        for one in held:
            counted = after_failure(_failures(one), at=at, terms=terms)
            one.count, one.last_at = counted.count, counted.last_at
            one.save(update_fields=["count", "last_at"])
    _forget_old(at, terms)
    return Try(keys)


def forgive(tried: Try) -> None:
    """Take back that a try was counted: it was right. What failed before is forgiven for the name, not for the address."""
    for kind, key in tried.keys:
        found = FailedTries.objects.filter(kind=kind, key=key)
        found.filter(kind="address", count__gt=0).update(count=F("count") - 1)
        found.exclude(kind="address").update(count=0, last_at=None)


def _failures(one: FailedTries) -> Failures:
    return Failures(one.count, one.last_at)


def _digest(kind: str, value: str) -> str:
    return salted_hmac(f"xinheng.tries.{kind}", value, algorithm="sha256").hexdigest()


def _forget_old(at: dt.datetime, terms: SignOnTerms) -> None:
    FailedTries.objects.filter(Q(last_at__lt=at - terms.failures_forgotten)).delete()


def _too_soon(left: dt.timedelta) -> Explanation:
    seconds = math.ceil(left.total_seconds())
    minutes = math.ceil(seconds / 60)
    zh, en = (f"{seconds} 秒", f"{seconds} s") if seconds < 120 else (f"{minutes} 分钟", f"{minutes} minutes")
    return Explanation(
        Text(f"请等待 {zh}后再试", f"Please wait {en} before you try again"),
        Text("多次未能通过验证，每失败一次等待时间加倍", "several tries failed, and each one doubles the waiting"),
        Text(
            "忘记密码的，请联系安全管理员寄送激活函。",
            "If you forgot the password, ask the security administrator for an activation letter.",
        ),
    )
