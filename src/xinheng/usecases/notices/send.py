"""Telling (告知): a message to an account, or to a subject, in the transaction of whatever it tells of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from xinheng.core.notices import Channel, Message, kind_on
from xinheng.core.notices.outgoing import State
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Notice, OutgoingNotice, Subject, User


def notify_account(user: User, message: Message, *, at: dt.datetime) -> int:
    """Tell an account something and return the number of the notice; what goes out by mail or text message waits for the sending."""
    return _told(Notice(user=user), message, (user,), at)


def notify_subject(subject: Subject, message: Message, *, at: dt.datetime) -> int:
    """Tell a subject something and return the number of the notice: its representative and its agents read it, those of a later day too."""
    grants = subject.grants.in_force(at.date()).select_related("user").order_by("id")
    return _told(Notice(subject=subject), message, (grant.user for grant in grants), at)


def _told(notice: Notice, message: Message, reached: Iterable[User], at: dt.datetime) -> int:
    kind = kind_on(message.kind, at.date())
    notice.kind, notice.link, notice.sent_at = kind.name, message.link, at
    notice.title, notice.title_en = mask(message.title.zh), mask(message.title.en)
    notice.body, notice.body_en = mask(message.body.zh), mask(message.body.en)
    notice.save(force_insert=True)
    OutgoingNotice.objects.bulk_create(
        _outgoing(notice, user, channel, at) for user in reached if user.is_active for channel in kind.channels
    )
    return notice.pk


def _outgoing(notice: Notice, user: User, channel: Channel, at: dt.datetime) -> OutgoingNotice:
    return OutgoingNotice(notice=notice, to=user, channel=channel.value, state=State.WAITING.value, next_try_at=at)
