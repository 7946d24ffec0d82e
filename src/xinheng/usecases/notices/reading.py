"""Reading messages (阅读消息): those of one's own account, and those of a subject for whom one acts. Nobody else reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.store.models import Notice
from xinheng.usecases.deed import deed
from xinheng.usecases.ledger.file import subject_or_missing
from xinheng.usecases.users import user_named

PAGE = 20


@dataclass(frozen=True, slots=True)
class Box:
    """Whose messages: what access is asked, how the log names it, and which rows they are."""

    action: Action
    target: Target
    about: str
    held: QuerySet[Notice]


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A message as it is read; ``link`` is empty where it leads nowhere."""

    number: int
    kind: str
    title: Text
    body: Text
    link: str
    sent_at: dt.datetime
    read_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Messages:
    """A page of messages, newest first; ``total`` of what was asked for, ``unread`` of all."""

    notices: tuple[NoticeView, ...]
    total: int
    unread: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.total // PAGE))


def own_box(actor: Actor) -> Box:
    """Return the messages of the actor's own account; who stands in for a colleague does not read the colleague's."""
    held = Notice.objects.filter(user__username=actor.name)
    return Box(Action.OWN_MESSAGES, Target(person=actor.name), f"messages of {actor.name}", held)


def subject_box(code: str) -> Box:
    """Return the messages to a subject; raises ``Missing`` where there is no such subject."""
    subject = subject_or_missing(code)
    held = Notice.objects.filter(subject=subject)
    return Box(Action.VIEW_OWN_FILE, Target(subject=subject.uscc), f"messages to subject {subject.uscc}", held)


def view_messages(box: Box, *, page: int = 1, unread: bool = False, actor: Actor, at: dt.datetime) -> Messages:
    """Return a page of messages, only the ``unread`` ones where that is asked. Raises ``Refused``."""
    with deed(actor, box.action, box.target, about=box.about, asked={"page": page, "unread": unread}, at=at) as done:
        open_ = box.held.filter(read_at=None)
        rows = (open_ if unread else box.held).order_by("-id")
        found = tuple(_view(one) for one in rows[(page - 1) * PAGE : page * PAGE])
        shown = Messages(found, rows.count(), open_.count(), page)
        done.result = {"notices": [one.number for one in found]}
    return shown


def view_message(box: Box, number: int, *, actor: Actor, at: dt.datetime) -> NoticeView:
    """Return one message; raises ``Missing`` for another's as for none, and ``Refused``."""
    with deed(actor, box.action, box.target, about=box.about, asked={"notice": number}, at=at) as done:
        found = box.held.filter(pk=number).first()
        if found is None:
            raise Missing(_NONE, notice=number)
        done.result = {"notices": [number]}
    return _view(found)


def mark_read(box: Box, numbers: Sequence[int] | None = None, *, actor: Actor, at: dt.datetime) -> int:
    """Mark messages as read, all of the box where no ``numbers`` are given; returns how many were unread. Raises ``Missing`` or ``Refused``."""
    asked = {"read": list(numbers) if numbers is not None else "all"}
    with deed(actor, box.action, box.target, about=box.about, asked=asked, at=at) as done:
        rows = box.held if numbers is None else box.held.filter(pk__in=numbers)
        if numbers is not None and rows.count() != len(set(numbers)):
            raise Missing(_NONE)
        count = rows.filter(read_at=None).update(read_at=at, read_by=user_named(actor.name))
        done.result = {"read": count}
    return count


def unread_of(username: str) -> int:
    """Return how many messages of an account are unread: the count in the frame of its own pages."""
    return Notice.objects.filter(user__username=username, read_at=None).count()


def unread_of_subject(code: str) -> int:
    """Return how many messages to a subject are unread: the count on its own pages."""
    return Notice.objects.filter(subject__uscc=code, read_at=None).count()


def _view(one: Notice) -> NoticeView:
    return NoticeView(
        one.pk, one.kind, Text(one.title, one.title_en), Text(one.body, one.body_en), one.link, one.sent_at, one.read_at
    )


_NONE = Explanation(
    Text("没有这条消息", "There is no such message"),
    Text("编号有误，或者它不是发给您的", "the number is wrong, or it is not for you"),
    Text("请在“消息”中查看。", "See your messages."),
)
