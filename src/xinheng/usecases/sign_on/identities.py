"""Identities elsewhere (统一身份关联): who a user is at an identity provider, linked by themselves after signing in, never by a name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from xinheng.core.errors import Explanation, Missing, Refused, Text
from xinheng.store.models import LinkedIdentity, User
from xinheng.usecases.sign_on.events import Event, note


@dataclass(frozen=True, slots=True)
class Identity:
    """A link as its owner sees it."""

    number: int
    issuer: str
    subject: str
    linked_at: dt.datetime


def user_linked_to(issuer: str, subject: str, *, address: str, at: dt.datetime) -> str:
    """Return the name of the account that an identity is linked to; raises ``Refused`` where there is none, or it is closed."""
    found = (
        LinkedIdentity.objects.filter(issuer=issuer, subject=subject, ended_at=None, user__is_active=True)
        .select_related("user")
        .first()
    )
    about = f"identity at {issuer}, address {address}"
    if found is None:
        note(Event.SHOW_IDENTITY, None, at=at, about=about, allowed=False, why="not linked to an account")
        raise Refused(_NOT_LINKED)
    note(Event.SHOW_IDENTITY, found.user.username, at=at, about=about)
    return found.user.username


def link_identity(username: str, issuer: str, subject: str, *, at: dt.datetime) -> None:
    """Link an identity to the account of a user who is signed in and just showed it; raises ``Refused`` where another has it."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(username=username)
        LinkedIdentity.objects.bulk_create(
            [LinkedIdentity(user=user, issuer=issuer, subject=subject, linked_at=at)], ignore_conflicts=True
        )
        owner = LinkedIdentity.objects.select_related("user").get(issuer=issuer, subject=subject, ended_at=None).user
        if owner.pk == user.pk:
            note(Event.LINK_IDENTITY, username, at=at, about=f"identity at {issuer}")
            return
    note(
        Event.LINK_IDENTITY,
        username,
        at=at,
        about=f"identity at {issuer}",
        allowed=False,
        why="linked to another account",
    )
    raise Refused(_ANOTHERS)


def identities_of(username: str) -> tuple[Identity, ...]:
    """Return the identities that are linked to an account."""
    found = LinkedIdentity.objects.filter(user__username=username, ended_at=None).order_by("id")
    return tuple(Identity(one.pk, one.issuer, one.subject, one.linked_at) for one in found)


def unlink_identity(username: str, number: int, *, at: dt.datetime) -> None:
    """End a link of an account; raises ``Missing`` where it is none of its own."""
    found = LinkedIdentity.objects.filter(user__username=username, pk=number, ended_at=None)
    if not found.update(ended_at=at):
        raise Missing(_NO_LINK)
    note(Event.UNLINK_IDENTITY, username, at=at, about=f"link {number}")


_NOT_LINKED = Explanation(
    Text("该身份尚未关联本平台账号", "This identity is not linked to an account here"),
    Text(
        "账号由本人登录后自行关联，平台不按姓名关联",
        "its owner links it after signing in; names are never used for that",
    ),
    Text(
        "请先用用户名和密码登录，再在“我的账号”中关联。",
        "Sign in with name and password first, then link it under “My account”.",
    ),
)
_ANOTHERS = Explanation(
    Text("该身份已关联其他账号", "This identity is linked to another account"),
    Text("一个身份只能关联一个账号", "an identity signs one account in"),
    Text(
        "请先在原账号中解除关联，或者联系安全管理员。",
        "End the link in the other account first, or ask the security administrator.",
    ),
)
_NO_LINK = Explanation(
    Text("没有这项关联", "There is no such link"),
    Text("它不属于您的账号，或者已经解除", "it is not one of your account, or it was ended before"),
    Text("请刷新“我的账号”页面。", "Load the page of your account again."),
)
