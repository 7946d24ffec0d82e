"""Users (用户): who acts, and those who are there from the first start."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.access.roles import ADMINISTRATORS
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.store.locks import Lock, take_to_the_end
from xinheng.store.models import Cover, RoleAssignment, User
from xinheng.usecases.accounts.secrets import make_secret

FIRST_OPERATOR = "operator"


def ensure_first_operator(*, on: dt.date) -> None:
    """Make the operator of the centre where nobody exists yet; it acts on the command line only until a password is set."""
    with transaction.atomic():
        if not User.objects.exists():
            _make(FIRST_OPERATOR, "中心操作员", Role.CENTRE_OPERATOR, on)


def ensure_administrators(*, at: dt.datetime, on: dt.date) -> tuple[tuple[str, str], ...]:
    """Make the three administrators where no role of theirs was ever given, each an account called as its role.

    Returns the account and the one-time secret of each that was made, once; nothing keeps the secrets. They are made by the installation itself.
    """
    if not _missing():
        return ()
    with transaction.atomic():
        take_to_the_end(Lock.INSTALLING, "administrators")
        made = [_make(role.value, role.label.zh, role, on) for role in _missing()]
        return tuple((user.username, make_secret(user, at)[0]) for user in made)


def actor_named(username: str, *, on: dt.date, on_behalf_of: str = "") -> Actor:
    """Return the user as one who acts, with the roles in force on the day; raises ``UnusableCall`` where nobody has the name.

    ``on_behalf_of`` names a colleague for whom the user stands in on that day: the roles are then the colleague's.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise UnusableCall(_unknown(username))
    if not on_behalf_of:
        return Actor(user.username, (*_assignments(user, on), *_for_subjects(user, on)), on=on)
    covers = Cover.objects.filter(deputy=user, principal__username=on_behalf_of, principal__is_active=True)
    cover = covers.filter(valid_from__lte=on, valid_until__gt=on).select_related("principal").first()
    if cover is None:
        raise UnusableCall(_no_cover(username, on_behalf_of))
    return Actor(user.username, _assignments(cover.principal, on), on_behalf_of=on_behalf_of, on=on)


def _for_subjects(user: User, on: dt.date) -> tuple[Assignment, ...]:
    """Return the subjects for which a user may act on a day."""
    held = user.subject_grants.in_force(on).order_by("id").values_list("role", "subject__uscc")
    return tuple(Assignment(Role(role), subject=code) for role, code in held)


def user_named(username: str) -> User:
    """Return the stored user of an actor."""
    return User.objects.get(username=username)


def _assignments(user: User, on: dt.date) -> tuple[Assignment, ...]:
    in_force = user.assignments.filter(valid_from__lte=on).filter(Q(valid_until=None) | Q(valid_until__gt=on))
    return tuple(
        Assignment(Role(held.role), held.agency.uscc if held.agency else "", held.region_code)
        for held in in_force.select_related("agency").order_by("id")
    )


def _missing() -> list[Role]:
    given = set(RoleAssignment.objects.filter(role__in=ADMINISTRATORS).values_list("role", flat=True).distinct())
    names = set(User.objects.filter(username__in=ADMINISTRATORS).values_list("username", flat=True))
    return [role for role in ADMINISTRATORS if role.value not in given | names]


def _make(name: str, display_name: str, role: Role, on: dt.date) -> User:
    user = User(username=name, display_name=display_name)
    user.set_unusable_password()
    user.save()
    RoleAssignment.objects.create(user=user, role=role.value, valid_from=on)
    return user


def _no_cover(username: str, principal: str) -> Explanation:
    return Explanation(
        Text(f"{username} 今日不代 {principal} 办理", f"{username} does not stand in for {principal} today"),
        Text("没有在用的代办关系", "nobody arranged it, or it has ended"),
        Text("请用 xinheng accounts cover 办理。", "It is arranged with xinheng accounts cover."),
    )


def _unknown(username: str) -> Explanation:
    names = "、".join(User.objects.filter(is_active=True).order_by("username").values_list("username", flat=True)[:20])
    return Explanation(
        Text(f"没有用户 {username}", f"There is no user {username}"),
        Text(f"现有用户：{names}", f"users: {names}"),
        Text("请用 --as 指定现有用户。", "Name an existing user with --as."),
    )
