"""Identities linked by the security administrator (统一身份代为关联), with a reason that the owner of the account reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q

from xinheng.core.access import Action, Actor
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import LinkedIdentity
from xinheng.usecases.accounts.people import account_named, ensure_reaches, stated
from xinheng.usecases.deed import deed
from xinheng.usecases.users import user_named

TOLD_FOR = dt.timedelta(days=90)
"""How long the owner of an account is shown a link that somebody else ended."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link of an account: to whom elsewhere, since when, by whom and why where its owner did not do it, and how it ended, if it did."""

    number: int
    issuer: str
    subject: str
    linked_at: dt.datetime
    linked_by: str
    reason: str
    ended_at: dt.datetime | None
    ended_by: str
    ended_why: str


def link_for(name: str, issuer: str, subject: str, *, reason: str, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """Link an identity to somebody's account. Raises ``Missing``, ``UnusableCall`` or ``Refused``."""
    user, reason, subject = account_named(name), stated(reason), subject.strip()
    if not subject or len(subject) > 255 or mask(subject) != subject:
        raise UnusableCall(_NO_SUBJECT)
    target = ensure_reaches(actor, Action.LINK_IDENTITY, user, at=at, on=on)
    asked = {"account": name, "issuer": issuer, "identity": subject, "reason": reason}
    with deed(actor, Action.LINK_IDENTITY, target, about=f"account {name}", asked=asked, at=at) as done:
        try:
            with transaction.atomic():
                made = LinkedIdentity.objects.create(
                    user=user,
                    issuer=issuer,
                    subject=subject,
                    linked_at=at,
                    linked_by=user_named(actor.name),
                    reason=reason,
                )
        except IntegrityError as error:
            raise UnusableCall(_TAKEN) from error
        done.result = {"link": made.pk}


def unlink_for(name: str, number: int, *, reason: str, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """End a link of somebody's account. Raises ``Missing``, ``UnusableCall`` or ``Refused``."""
    user, reason = account_named(name), stated(reason)
    target = ensure_reaches(actor, Action.LINK_IDENTITY, user, at=at, on=on)
    asked = {"account": name, "link": number, "reason": reason}
    with deed(actor, Action.LINK_IDENTITY, target, about=f"account {name}", asked=asked, at=at) as done:
        found = LinkedIdentity.objects.select_for_update().filter(user=user, pk=number, ended_at=None).first()
        if found is None:
            raise Missing(_NO_LINK)
        found.ended_at, found.ended_by, found.ended_why = at, user_named(actor.name), reason
        found.save(update_fields=["ended_at", "ended_by", "ended_why"])
        done.result = {"ended": number}


def links_of(name: str) -> tuple[LinkView, ...]:
    """Return the links of an account that are in force."""
    return _views(Q(user__username=name, ended_at=None))


def told_to_owner(name: str, *, at: dt.datetime) -> tuple[LinkView, ...]:
    """Return what others did with an account's links: made and still in force, or ended not long ago. Its owner is shown it."""
    lately = Q(ended_at__gt=at - TOLD_FOR)
    by_others = Q(linked_by__isnull=False) & (Q(ended_at=None) | lately) | Q(ended_by__isnull=False) & lately
    return _views(Q(user__username=name) & by_others)


def _views(which: Q) -> tuple[LinkView, ...]:
    found = LinkedIdentity.objects.filter(which).select_related("linked_by", "ended_by").order_by("id")
    return tuple(
        LinkView(
            one.pk, one.issuer, one.subject, one.linked_at, one.linked_by.username if one.linked_by else "", one.reason, one.ended_at,
            one.ended_by.username if one.ended_by else "", one.ended_why,
        )
        for one in found
    )  # fmt: skip


_NO_SUBJECT = Explanation(
    Text("身份标识不能使用", "The identifier cannot be used"),
    Text("不能为空，不超过 255 个字符，也不能是证件号码或者手机号码", "it is not empty, at most 255 characters, and no identity or telephone number"),
    Text("请填写身份认证系统给出的标识。", "Give the identifier that the provider tells."),
)  # fmt: skip
_TAKEN = Explanation(
    Text("该身份已关联某个账号", "This identity is linked to an account"),
    Text("一个身份只能关联一个账号", "an identity signs one account in"),
    Text("请先解除原有关联。", "End the other link first."),
)
_NO_LINK = Explanation(
    Text("没有这项关联", "There is no such link"),
    Text("它不属于该账号，或者已经解除", "it is not one of the account, or it was ended before"),
    Text("请刷新账号页面。", "Load the page of the account again."),
)
