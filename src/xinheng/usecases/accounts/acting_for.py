"""Acting for a colleague at a door (代办登录): whom one may act for today, choosing it, and going back to oneself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.store.models import Cover, User
from xinheng.usecases.sign_on.events import Event, note
from xinheng.usecases.sign_on.sessions import sign_in_with


@dataclass(frozen=True, slots=True)
class Standing:
    """A stand-in of which somebody is a part: the other account and person, from a day to another (excluded), why, and whether it holds today."""

    account: str
    display_name: str
    since: dt.date
    until: dt.date
    reason: str
    today: bool


@dataclass(frozen=True, slots=True)
class Covers:
    """For whom somebody stands in, and who stands in for them, today or later."""

    of_others: tuple[Standing, ...]
    of_oneself: tuple[Standing, ...]


def covers_of(username: str, *, on: dt.date) -> Covers:
    """Return the stand-ins of which an account is a part, those of closed accounts left out."""
    held = Cover.objects.filter(valid_until__gt=on, principal__is_active=True, deputy__is_active=True)
    rows = held.filter(Q(principal__username=username) | Q(deputy__username=username)).order_by("valid_from", "id")
    of_others: list[Standing] = []
    of_oneself: list[Standing] = []
    for one in rows.select_related("principal", "deputy"):
        mine = one.deputy.username == username
        other = one.principal if mine else one.deputy
        found = Standing(
            other.username, other.display_name, one.valid_from, one.valid_until, one.reason, one.valid_from <= on
        )
        (of_others if mine else of_oneself).append(found)
    return Covers(tuple(of_others), tuple(of_oneself))


def begin_to_act_for(username: str, principal: str, *, session_key: str, at: dt.datetime, on: dt.date) -> None:
    """Write down that somebody acts for a colleague from now on; raises ``UnusableCall`` where no stand-in holds on the day."""
    if principal not in {one.account for one in covers_of(username, on=on).of_others if one.today}:
        raise UnusableCall(_NOT_ASKED)
    sign_in_with(session_key).update(acts_for=User.objects.get(username=principal))
    note(Event.ACT_FOR, username, at=at, about=f"account {principal}")


def act_for_oneself_again(username: str, *, session_key: str, at: dt.datetime) -> None:
    """Let somebody act in their own name again, and write it down where they did not."""
    if cover_is_over(session_key):
        note(Event.ACT_FOR_ONESELF, username, at=at)


def cover_is_over(session_key: str) -> bool:
    """Let a sign-in act for nobody any more; tells whether it did before."""
    return sign_in_with(session_key).exclude(acts_for=None).update(acts_for=None) > 0


_NOT_ASKED = Explanation(
    Text("不能代该账号办理", "You do not act for this account"),
    Text("今日没有在用的代办关系", "no stand-in was arranged, or it does not hold today"),
    Text("请由本人或者管理员先安排代办。", "Its owner or a manager arranges it first."),
)
