"""One account (账号详情): its roles, who stands in for it, when it was used, and what the reader may do with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Max

from xinheng.core.access import Action, Actor, Target, decide, reach
from xinheng.core.access.sign_on import needs_second_factor
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.store.models import Cover, OneTimeSecret, SignIn, User
from xinheng.usecases.accounts.directory import reached_users, state_of
from xinheng.usecases.accounts.people import open_assignments, target_of
from xinheng.usecases.accounts.views import RoleView, view_of
from xinheng.usecases.deed import deed
from xinheng.usecases.reach import agency_names
from xinheng.usecases.sign_on.second_factor import has_second_factor
from xinheng.usecases.sign_on.sessions import Device, devices_of
from xinheng.usecases.users import actor_named

DEEDS = (Action.MANAGE_ACCOUNTS, Action.ASSIGN_ROLE, Action.ISSUE_SECRET, Action.ISSUE_LETTER, Action.LINK_IDENTITY)
"""What may be done with an account of somebody else."""


@dataclass(frozen=True, slots=True)
class CoverView:
    """``by`` acts for ``name``, from a day to another, which is no longer part of it."""

    name: str
    by: str
    since: dt.date
    until: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class SignInsView:
    """How an account is signed in: its devices now, the last time, whether it has an authenticator, until when a one-time secret is good."""

    devices: tuple[Device, ...]
    last: dt.datetime | None
    second_factor: bool
    needs_second_factor: bool
    secret_until: dt.datetime | None


@dataclass(frozen=True, slots=True)
class AccountPage:
    """An account with what the reader may see of it; ``sign_ins`` is empty for those who may not; ``may`` is what they may do with it.

    ``roles`` are those that the reader reaches, ``hidden`` how many others it holds; ``agencies`` gives names by code.
    """

    name: str
    display_name: str
    state: str
    closed_at: dt.datetime | None
    roles: tuple[RoleView, ...]
    hidden: int
    covers: tuple[CoverView, ...]
    sign_ins: SignInsView | None
    may: frozenset[Action]
    agencies: Mapping[str, str]
    receipt: str


def view_account(name: str, *, actor: Actor, at: dt.datetime, on: dt.date) -> AccountPage:
    """Return an account; raises ``Missing`` for one that there is not and for one out of reach alike, ``Refused`` for who may see none."""
    with deed(actor, Action.VIEW_ACCOUNTS, Target(), about=f"account {name}", asked={"account": name}, at=at) as done:
        user = _reached(name, actor, on)
        shown = view_of(user, actor, on)
        held = open_assignments(user, on).count() if user.is_active else 0
        done.result = {"roles": len(shown.roles)}
        may = _may(actor, user, on)
        sign_ins = _sign_ins(user, at, on) if _sees_sign_ins(actor, user, on) else None
    codes = {one.agency for one in shown.roles if one.agency}
    return AccountPage(
        name=user.username, display_name=user.display_name, state=state_of(user), closed_at=user.closed_at, roles=shown.roles,
        hidden=max(0, held - len(shown.roles)), covers=_covers(user, on), sign_ins=sign_ins, may=may, agencies=agency_names(codes),
        receipt=str(done.receipt.pk) if done.receipt else "",
    )  # fmt: skip


def ensure_known(name: str, *, actor: Actor, on: dt.date) -> None:
    """Raise ``Missing`` where the actor may not know of an account: what is asked to be done with it is answered like that of no account."""
    _reached(name, actor, on)


def _reached(name: str, actor: Actor, on: dt.date) -> User:
    none = reach(actor, Action.VIEW_ACCOUNTS).nothing
    user = (
        None if none else reached_users(actor, on).filter(username=name).prefetch_related("assignments__agency").first()
    )
    if user is None:
        raise Missing(_NONE, account=name)
    return user


def _may(actor: Actor, user: User, on: dt.date) -> frozenset[Action]:
    if not user.is_active:
        return frozenset()
    return frozenset(action for action in DEEDS if _allowed(actor, action, user, on))


def _allowed(actor: Actor, action: Action, user: User, on: dt.date) -> bool:
    if action is Action.ISSUE_LETTER and user.username == actor.name:
        return False
    targets = [target_of(held) for held in open_assignments(user, on)] or [Target(person=user.username)]
    return all(decide(actor, action, target).allowed for target in targets)


def _sees_sign_ins(actor: Actor, user: User, on: dt.date) -> bool:
    return _allowed(actor, Action.VIEW_SIGN_INS, user, on)


def _sign_ins(user: User, at: dt.datetime, on: dt.date) -> SignInsView:
    name = user.username
    unused = OneTimeSecret.objects.filter(user=user, used_at=None, valid_until__gt=at)
    return SignInsView(
        devices_of(name, session_key="", at=at),
        SignIn.objects.filter(user=user).aggregate(last=Max("signed_in_at"))["last"],
        has_second_factor(name),
        user.is_active and needs_second_factor(actor_named(name, on=on)),
        unused.aggregate(until=Max("valid_until"))["until"],
    )


def _covers(user: User, on: dt.date) -> tuple[CoverView, ...]:
    held = Cover.objects.filter(valid_until__gt=on).select_related("principal", "deputy").order_by("valid_from", "id")
    return tuple(
        CoverView(one.principal.username, one.deputy.username, one.valid_from, one.valid_until, one.reason)
        for one in [*held.filter(principal=user), *held.filter(deputy=user)]
    )


_NONE = Explanation(
    Text("没有这个账号", "There is no such account"),
    Text("账号名不正确，或者账号不在您的职责范围内", "the name is wrong, or the account is outside your remit"),
    Text("请在账号列表中选择。", "Please choose it from the list of accounts."),
)
