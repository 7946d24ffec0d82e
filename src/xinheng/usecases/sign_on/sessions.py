"""Signed-in devices (登录设备): a session lasts while its row says so, whatever a browser still holds."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db.models import QuerySet

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.access.roles import ANYONE
from xinheng.core.access.sessions import SEEN_EVERY, Ended, expired
from xinheng.core.access.sign_on import terms_on
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.store.models import SignIn, User
from xinheng.store.queries.sign_ins import SignedIn, signed_in_with
from xinheng.usecases.sign_on.events import Event, note


@dataclass(frozen=True, slots=True)
class Device:
    """A device on which a user is signed in; ``own`` is the one that asks."""

    number: int
    address: str
    browser: str
    method: str
    signed_in_at: dt.datetime
    last_seen_at: dt.datetime
    own: bool


def open_session(username: str, *, session_key: str, method: str, address: str, browser: str, at: dt.datetime) -> None:
    """Write down that a user is signed in with a session, whose key was made for it."""
    SignIn.objects.create(
        user=User.objects.get(username=username),
        session=_digest(session_key),
        method=method,
        address=address[:45],
        browser=browser[:100],
        signed_in_at=at,
        last_seen_at=at,
    )
    note(Event.SIGN_IN, username, at=at, about=f"address {address}, {method}")


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts with a session, and under which name they are shown; nobody where ``ended`` says why, or where there was no sign-in (``unknown``).

    ``acts_for`` is the colleague for whom they chose to act, whether that holds today or not.
    """

    actor: Actor = ANYONE
    shown_name: str = ""
    ended: Ended | None = None
    acts_for: str = ""
    unknown: bool = False


def acting_with(session_key: str, *, address: str, at: dt.datetime, on: dt.date) -> Acting:
    """Return who acts with a session at a moment, in the roles of the day: one statement, and a write at most once a minute.

    A session that has ended opens nothing, and that somebody came with it is written down.
    """
    found = signed_in_with(session_key, digest=_digest(session_key), on=on)
    if found is None:
        return Acting(unknown=True)
    over = _why_over(found, at)
    if over is not None:
        if found.ended_at is None:
            _end(SignIn.objects.filter(pk=found.number), at=at, why=over)
        note(Event.USE_ENDED_SESSION, found.username, at=at, about=f"address {address}", allowed=False, why=over.value)
        return Acting(ended=over)
    if at - found.last_seen_at >= SEEN_EVERY:
        SignIn.objects.filter(pk=found.number).update(last_seen_at=at)
    roles = tuple(Assignment(Role(role), agency, region) for role, agency, region in found.roles)
    subjects = tuple(Assignment(Role(role), subject=code) for role, code in found.subjects)
    return Acting(
        Actor(found.username, (*roles, *subjects), on=on), found.display_name or found.username, acts_for=found.acts_for
    )


def _why_over(found: SignedIn, at: dt.datetime) -> Ended | None:
    if found.ended_at:
        return Ended(found.why)
    if not found.is_active:
        return Ended.ACCOUNT_CLOSED
    if not found.kept:
        return Ended.SIGNED_OUT
    return expired(signed_in_at=found.signed_in_at, last_seen_at=found.last_seen_at, at=at, terms=terms_on(at.date()))


def sign_out(username: str, *, session_key: str, at: dt.datetime) -> None:
    """End a session at once."""
    if _end(SignIn.objects.filter(session=_digest(session_key)), at=at, why=Ended.SIGNED_OUT):
        note(Event.SIGN_OUT, username, at=at)


def devices_of(username: str, *, session_key: str, at: dt.datetime) -> tuple[Device, ...]:
    """Return the devices on which a user is signed in now, the one that asks first, then by last use."""
    own = _digest(session_key)
    found = [one for one in _open(username).order_by("-last_seen_at") if _over(one, at) is None]
    devices = [
        Device(one.pk, one.address, one.browser, one.method, one.signed_in_at, one.last_seen_at, one.session == own)
        for one in found
    ]
    return tuple(sorted(devices, key=lambda device: not device.own))


def end_device(username: str, number: int, *, at: dt.datetime) -> None:
    """Sign a user's device out; raises ``Missing`` where it is none of theirs, or ended before."""
    if not _end(_open(username).filter(pk=number), at=at, why=Ended.ENDED_ELSEWHERE):
        raise Missing(_NO_DEVICE)
    note(Event.END_DEVICE, username, at=at, about=f"device {number}")


def end_others(username: str, *, session_key: str, at: dt.datetime, why: Ended = Ended.ENDED_ELSEWHERE) -> int:
    """Sign all devices of a user out but the one that asks; returns how many they were."""
    count = _end(_open(username).exclude(session=_digest(session_key)), at=at, why=why)
    if count:
        note(Event.END_DEVICE, username, at=at, about=f"{count} other devices")
    return count


def sign_in_with(session_key: str) -> QuerySet[SignIn]:
    """Return the sign-in with a session, while it lasts."""
    return SignIn.objects.filter(session=_digest(session_key), ended_at=None)


def _open(username: str) -> QuerySet[SignIn]:
    return SignIn.objects.select_related("user").filter(user__username=username, ended_at=None)


def _over(one: SignIn, at: dt.datetime) -> Ended | None:
    if not one.user.is_active:
        return Ended.ACCOUNT_CLOSED
    return expired(signed_in_at=one.signed_in_at, last_seen_at=one.last_seen_at, at=at, terms=terms_on(at.date()))


def _end(found: QuerySet[SignIn], *, at: dt.datetime, why: Ended) -> int:
    count: int = found.filter(ended_at=None).update(ended_at=at, why=why.value)
    return count


def _digest(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


_NO_DEVICE = Explanation(
    Text("没有这台登录设备", "There is no such signed-in device"),
    Text("它不属于您的账号，或者已经退出", "it is not one of your account, or it was signed out before"),
    Text("请刷新“登录设备”页面。", "Load the page of your devices again."),
)
