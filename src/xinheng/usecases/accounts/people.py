"""What all deeds on accounts ask first: does the account exist, does the actor reach every role of it, what stays apart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from xinheng.core.access import Action, Actor, Role, Target
from xinheng.core.access.roles import clash
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Cover, RoleAssignment, User
from xinheng.usecases.deed import ensure_allowed

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}")


def account_named(name: str) -> User:
    """Return the open account with the name; raises ``Missing``."""
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise Missing(_none(name), account=name)
    return user


def locked(*users: User) -> None:
    """Hold the accounts, always in the same order, until the transaction ends: what is decided about their roles stays true."""
    list(User.objects.select_for_update().filter(pk__in=[user.pk for user in users]).order_by("pk"))


def check_name(name: str) -> None:
    """Raise ``UnusableCall`` where no account can be called so: the shape is wrong, a person's number is in it, or it is taken."""
    if not NAME.fullmatch(name) or mask(name) != name:
        raise UnusableCall(_BAD_NAME, account=name)
    if User.objects.filter(username=name).exists():
        raise UnusableCall(_taken(name), account=name)


def not_over(on: dt.date) -> Q:
    """Return what selects assignments and covers that hold on the day or later."""
    return Q(valid_until=None) | Q(valid_until__gt=on)


def open_assignments(user: User, on: dt.date) -> QuerySet[RoleAssignment]:
    """Return the roles of an account that hold on the day or later."""
    return user.assignments.filter(not_over(on)).select_related("agency").order_by("id")


def target_of(held: RoleAssignment) -> Target:
    """Return what access is asked about where somebody deals with a role of somebody else."""
    agency = held.agency
    return Target(
        agency=agency.uscc if agency else "",
        region=agency.region_code if agency else held.region_code,
        person=held.user.username,
        role=Role(held.role),
    )


def ensure_reaches(actor: Actor, action: Action, user: User, *, at: dt.datetime, on: dt.date) -> Target:
    """Raise ``Refused`` unless the actor may do the action on every role of the account; one without roles is the province's."""
    about = f"account {user.username}"
    targets = [target_of(held) for held in open_assignments(user, on)] or [Target(person=user.username)]
    for target in targets:
        ensure_allowed(actor, action, target, about=about, at=at)
    return targets[0]


def ensure_apart(user: User, roles: Iterable[Role], on: dt.date) -> None:
    """Raise ``UnusableCall`` where these roles, for the account or for who stands in for it, bring together what is apart."""
    new = tuple(roles)
    covers = Cover.objects.filter(valid_until__gt=on)
    stood_for = [one.principal for one in covers.filter(deputy=user).select_related("principal")]
    _ensure_no_clash(user, [*_roles_of(user, on), *(role for one in stood_for for role in _roles_of(one, on)), *new])
    for one in covers.filter(principal=user).select_related("deputy"):
        _ensure_no_clash(one.deputy, [*_roles_of(one.deputy, on), *new])


def _roles_of(user: User, on: dt.date) -> list[Role]:
    return [Role(held.role) for held in open_assignments(user, on)]


def _ensure_no_clash(user: User, roles: Iterable[Role]) -> None:
    if found := clash(roles):
        raise UnusableCall(_apart(user.username, *found), account=user.username)


def stated(reason: str) -> str:
    """Return a reason as it is kept; raises ``UnusableCall`` where none is given."""
    if not reason.strip():
        raise UnusableCall(_NO_REASON)
    return mask(reason.strip())


def _none(name: str) -> Explanation:
    return Explanation(
        Text(f"没有账号 {name}", f"There is no account {name}"),
        Text("账号不存在或已停用", "it was never made, or it is closed"),
        Text("请在账号列表中核对。", "Compare it with the list of accounts."),
    )


def _taken(name: str) -> Explanation:
    return Explanation(
        Text(f"账号名 {name} 已被使用", f"The name {name} is taken"),
        Text("停用的账号也保留其名称", "a closed account keeps its name"),
        Text(
            "请换一个名称；给已有账号分配角色，请在该账号中办理。",
            "Choose another; an account that is there is given a role as it is.",
        ),
    )


def _apart(name: str, one: Role, other: Role) -> Explanation:
    return Explanation(
        Text(f"账号 {name} 不能担任该角色", f"{name} cannot hold the role"),
        Text(
            f"{one.label.zh}与{other.label.zh}必须由不同的人担任（三员分立）",
            f"{one.label.en} and {other.label.en} are never one person",
        ),
        Text("请由另一人担任，或先结束原角色。", "Give it to another person, or end the other role first."),
    )


_BAD_NAME = Explanation(
    Text("账号名不可用", "The name cannot be used"),
    Text(
        "应为 2 至 63 个小写字母、数字、点、连字符或下划线，且不得含证件号码、手机号码",
        "it is 2 to 63 small letters, digits, dots, hyphens or underscores, and holds no identity or telephone number",
    ),
    Text("例如 sz.wang。", "For example sz.wang."),
)
_NO_REASON = Explanation(
    Text("请说明理由", "Say why"),
    Text(
        "停用、移交和代办须说明理由，并记入日志",
        "closing, handing over and standing in state their reason, which is kept",
    ),
    Text("请填写理由，如「轮岗」。", "Give a reason, e.g. 'moved to another post'."),
)
