"""What signing in left behind is cleared away when its time is over; what is still good, and the audit log, stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xinheng.core.access import Actor
from xinheng.core.access.roles import ANYONE, PLATFORM
from xinheng.core.access.traces import Trace, kept
from xinheng.core.errors import Refused

from .conftest import Clock, Official, enter

LATER = dt.timedelta(seconds=1)


def clear(at: dt.datetime, actor: Actor = PLATFORM) -> dict[str, int]:
    """Clear and return what went."""
    from xinheng.usecases.sign_on.clearing import clear_sign_on

    return {kind: count for kind, count in clear_sign_on(actor=actor, at=at).items() if count}


def test_a_sign_in_is_kept_for_its_time_after_it_ended_and_its_events_for_good(
    official: Official, clock: Clock
) -> None:
    from xinheng.store.models import AuditEvent, SignIn

    browser = enter(official, clock)
    browser.post("/sign-in/out/")
    events = AuditEvent.objects.filter(action="sign-in").count()
    over = clock.at + kept()[Trace.SIGN_IN].time
    assert Trace.SIGN_IN not in clear(over)
    assert clear(over + LATER)[Trace.SIGN_IN] == 1
    assert not SignIn.objects.exists()
    assert AuditEvent.objects.filter(action="sign-in").count() == events


def test_a_session_that_nobody_ended_goes_too(official: Official, clock: Clock) -> None:
    enter(official, clock)
    half_a_year = dt.timedelta(days=181)
    assert clear(clock.at + half_a_year)[Trace.SIGN_IN] == 1


@pytest.mark.parametrize("model", ["OneTimeSecret", "Activation", "RecoveryCode"])
def test_a_code_goes_after_it_was_used_and_not_before(official: Official, clock: Clock, model: str) -> None:
    from xinheng.store import models

    user, table = models.User.objects.get(username=official.username), getattr(models, model)
    table.objects.all().delete()
    facts: dict[str, Any] = {"digest": "d" * 64, "made_at": clock.at, "user": user}
    if model != "RecoveryCode":
        facts["valid_until"] = clock.at + dt.timedelta(days=900)
    if model == "OneTimeSecret":
        facts["purpose"] = "first-password"
    table.objects.create(**facts)
    month = kept()[Trace.ONE_TIME_SECRET].time
    clear(clock.at + month + LATER)
    assert table.objects.count() == 1
    table.objects.update(used_at=clock.at)
    clear(clock.at + month)
    assert table.objects.count() == 1
    clear(clock.at + month + LATER)
    assert not table.objects.exists()


def test_the_last_passwords_stay_so_that_they_may_not_come_back(official: Official, clock: Clock) -> None:
    from xinheng.core.access.sign_on import terms_on
    from xinheng.store.models import PasswordSet, User

    user = User.objects.get(username=official.username)
    for number in range(20):
        PasswordSet.objects.create(user=user, encoded=f"made up {number}", at=clock.at)
    clear(clock.at)
    remembered = terms_on(clock.at.date()).passwords_remembered
    assert PasswordSet.objects.filter(user=user).count() == remembered
    assert PasswordSet.objects.filter(encoded=f"made up {20 - remembered}").exists()


def test_a_clearing_leaves_a_receipt_and_nobody_clears_without_the_right(official: Official, clock: Clock) -> None:
    from xinheng.store.models import AuditEvent, SignIn

    enter(official, clock)
    with pytest.raises(Refused):
        clear(clock.at + dt.timedelta(days=900), ANYONE)
    assert SignIn.objects.count() == 1
    clear(clock.at + dt.timedelta(days=900))
    event = AuditEvent.objects.filter(action="run-retention", allowed=True).get()
    assert event.receipt is not None
    assert event.receipt.result["sign-in"] == 1
    assert event.receipt.facts["days"]["sign-in"] == 180
