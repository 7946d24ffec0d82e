"""Somebody takes over: for good, from a day on (移交), or for a time, in the name of the other (代办)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from xinheng.core.access import Action, Actor, Role, Target
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.store.models import Cover, RoleAssignment, User
from xinheng.usecases.accounts.people import (
    account_named,
    ensure_apart,
    ensure_reaches,
    locked,
    open_assignments,
    stated,
)
from xinheng.usecases.accounts.roles import Wanted, give
from xinheng.usecases.deed import deed, ensure_allowed


def hand_over(name: str, to: str, *, reason: str, actor: Actor, at: dt.datetime, on: dt.date) -> tuple[Wanted, ...]:
    """Give all roles of an account to another from the day on, and end them with the first; returns them.

    Raises ``Missing``, ``UnusableCall`` or ``Refused``, and then nothing has changed.
    """
    giver, taker, reason = account_named(name), account_named(to), stated(reason)
    if giver == taker:
        raise UnusableCall(_ONE_PERSON)
    target = ensure_reaches(actor, Action.ASSIGN_ROLE, giver, at=at, on=on)
    ensure_allowed(actor, Action.ASSIGN_ROLE, replace(target, person=to), about=f"account {to}", at=at)
    asked = {"account": name, "to": to, "from": on.isoformat(), "reason": reason}
    with deed(actor, Action.ASSIGN_ROLE, target, about=f"account {name}", asked=asked, at=at) as done:
        locked(giver, taker)
        taken = tuple(_moved(held, taker, on) for held in open_assignments(giver, on))
        if not taken:
            raise UnusableCall(_nothing_of(name))
        done.result = {"roles": [one.asked() for one in taken]}
    return taken


def cover(name: str, by: str, *, since: dt.date, until: dt.date, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Have ``by`` act for an account, within its roles, from one day to another, which is no longer part of it.

    Somebody may arrange it for themselves, or whoever may give the roles. Raises ``Missing``, ``UnusableCall`` or ``Refused``.
    """
    principal, deputy, reason = account_named(name), account_named(by), stated(reason)
    if principal == deputy:
        raise UnusableCall(_ONE_PERSON)
    if not at.date() <= since < until:
        raise UnusableCall(_NO_SPAN)
    about = f"account {name}"
    if actor.name == name and not actor.on_behalf_of:
        action, target = Action.DELEGATE, Target()
        ensure_allowed(actor, action, target, about=about, at=at)
        _ensure_colleague(principal, deputy, since)
    else:
        action, target = Action.ASSIGN_ROLE, ensure_reaches(actor, Action.ASSIGN_ROLE, principal, at=at, on=since)
        ensure_allowed(actor, action, replace(target, person=by), about=f"account {by}", at=at)
    asked = {"account": name, "by": by, "from": since.isoformat(), "until": until.isoformat(), "reason": reason}
    with deed(actor, action, target, about=about, asked=asked, at=at) as done:
        locked(principal, deputy)
        ensure_apart(deputy, [Role(held.role) for held in open_assignments(principal, since)], since)
        made = Cover.objects.create(
            principal=principal, deputy=deputy, reason=reason, valid_from=since, valid_until=until
        )
        done.result = {"cover": made.pk}


def _moved(held: RoleAssignment, taker: User, on: dt.date) -> Wanted:
    """End an assignment and give the same to another, no shorter than what that one holds already."""
    first, until = max(on, held.valid_from), held.valid_until
    same = open_assignments(taker, on).filter(role=held.role, agency=held.agency, region_code=held.region_code).first()
    if same is not None:
        until = None if until is None or same.valid_until is None else max(until, same.valid_until)
    held.valid_until = first
    held.save(update_fields=["valid_until"])
    wanted = Wanted(Role(held.role), held.agency.uscc if held.agency else "", held.region_code, until)
    give(taker, wanted, first)
    return wanted


def _ensure_colleague(principal: User, deputy: User, on: dt.date) -> None:
    """Raise ``UnusableCall`` where somebody would have a person of another agency or region act for them: a manager arranges that."""
    ours, theirs = (
        {(held.agency_id, held.region_code) for held in open_assignments(one, on)} for one in (principal, deputy)
    )
    if not ours <= theirs:
        raise UnusableCall(_NO_COLLEAGUE)


def _nothing_of(name: str) -> Explanation:
    return Explanation(
        Text(f"账号 {name} 没有可移交的角色", f"{name} has nothing to hand over"),
        Text("没有在用的角色", "it holds no role on that day or later"),
        Text("请在账号中核对角色。", "See the roles of the account."),
    )


_ONE_PERSON = Explanation(
    Text("须是另一个账号", "It must be another account"),
    Text("移交和代办发生在两个账号之间", "handing over and standing in take two"),
    Text("请核对账号名。", "Check the names."),
)
_NO_SPAN = Explanation(
    Text("代办期间不正确", "The days are wrong"),
    Text(
        "代办不能从过去开始，且须有终止日期，终止日期晚于起始日期",
        "it does not begin in the past, and it ends after it begins",
    ),
    Text("请更正起止日期。", "Mend the days."),
)
_NO_COLLEAGUE = Explanation(
    Text("不能委托该账号", "This account cannot stand in for you"),
    Text(
        "本人只能委托在同一单位或同一地区任职的同事",
        "one may ask only a colleague who holds a role for the same agency or region",
    ),
    Text("如确需委托他人，请联系管理员办理。", "For anybody else ask your manager."),
)
