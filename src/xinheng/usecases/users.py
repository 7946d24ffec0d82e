"""Users (用户): who acts, and the operator made at the first start."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.store.models import RoleAssignment, User

FIRST_OPERATOR = "operator"


def ensure_first_operator(*, on: dt.date) -> None:
    """Make the operator of the centre where nobody exists yet; it acts on the command line only until a password is set."""
    with transaction.atomic():
        if User.objects.exists():
            return
        user = User(username=FIRST_OPERATOR, display_name="中心操作员")
        user.set_unusable_password()
        user.save()
        RoleAssignment.objects.create(user=user, role=Role.CENTRE_OPERATOR.value, valid_from=on)


def actor_named(username: str, *, on: dt.date) -> Actor:
    """Return the user as one who acts, with the roles in force on the day; raises ``UnusableCall`` where nobody has the name."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise UnusableCall(_unknown(username))
    in_force = user.assignments.filter(valid_from__lte=on).filter(Q(valid_until=None) | Q(valid_until__gt=on))
    assignments = tuple(
        Assignment(Role(held.role), held.agency.uscc if held.agency else "", held.region_code)
        for held in in_force.select_related("agency").order_by("id")
    )
    return Actor(user.username, (*assignments, *_for_subjects(user, on)))


def _for_subjects(user: User, on: dt.date) -> tuple[Assignment, ...]:
    """Return the subjects for which a user may act on a day."""
    held = user.subject_grants.in_force(on).order_by("id").values_list("role", "subject__uscc")
    return tuple(Assignment(Role(role), subject=code) for role, code in held)


def user_named(username: str) -> User:
    """Return the stored user of an actor."""
    return User.objects.get(username=username)


def _unknown(username: str) -> Explanation:
    names = "、".join(User.objects.filter(is_active=True).order_by("username").values_list("username", flat=True)[:20])
    return Explanation(
        Text(f"没有用户 {username}", f"There is no user {username}"),
        Text(f"现有用户：{names}", f"users: {names}"),
        Text("请用 --as 指定现有用户。", "Name an existing user with --as."),
    )
