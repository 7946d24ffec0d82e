"""Sending (发送): what waits to go out is handed over; what fails is tried again, and is dead after the last try, until a person decides.

Each is handed over and marked in a transaction of its own. Should the mark be lost, it goes out again under the same reference, by which the gateway knows
it. A channel that is away rests until the next run. Neither an address nor a text is logged.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import Explanation, Missing, Text, Unavailable, XinhengError
from xinheng.core.notices import Channel, kind_on
from xinheng.core.notices.outgoing import State, letter, next_try, text_message
from xinheng.gateways.mail.mailer import Mailer, mail_of, mailer
from xinheng.gateways.sms.texter import Texter, texter
from xinheng.gateways.undeliverable import Undeliverable
from xinheng.store.models import Notice, OutgoingNotice
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.notices.contacts import contact_of

_LOG = logging.getLogger("xinheng.notices")
MOST = 500
"""How many are handed over in one run, and how many are listed."""


@dataclass(frozen=True, slots=True)
class Gateways:
    """What hands mail and text messages over."""

    mail: Mailer
    sms: Texter


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run did: handed over, to be tried again, dead, and without an address."""

    sent: int
    again: int
    dead: int
    no_address: int


@dataclass(frozen=True, slots=True)
class OutgoingView:
    """A message on its way out as the administrator sees it: neither where to nor what it says."""

    number: int
    notice: int
    kind: Text
    account: str
    channel: Channel
    state: State
    tries: int
    next_try_at: dt.datetime | None
    error: Text | None
    sent_at: dt.datetime | None


def gateways() -> Gateways:
    """Return the gateways that the settings name; where none is set, folders in the home."""
    return Gateways(
        mailer(settings.MAIL_URL, folder=settings.OUTGOING / "mail"),
        texter(settings.SMS_URL, settings.SMS_KEY, folder=settings.OUTGOING / "sms"),
    )


def ensure_may_send(*, actor: Actor, at: dt.datetime) -> None:
    """Raise ``Refused`` where somebody who does not look after jobs asks that it be sent now."""
    with deed(actor, Action.MANAGE_JOBS, Target(), about="outgoing messages", asked={"send": "now"}, at=at):
        pass


def send_outgoing(*, at: dt.datetime, through: Gateways | None = None) -> Sent:
    """Hand over what is due at the moment, at most ``MOST``."""
    through, told, resting = through or gateways(), Counter[State](), set[str]()
    for _ in range(MOST):
        with transaction.atomic():
            due = OutgoingNotice.objects.select_for_update(skip_locked=True, of=("self",)).exclude(channel__in=resting)
            due = due.filter(state=State.WAITING.value, next_try_at__lte=at).select_related("notice__subject", "to")
            one = due.order_by("next_try_at", "id").first()
            if one is None:
                break
            state, away = _handed_over(one, through, at)
            told[state] += 1
            resting |= {one.channel} if away else set()
    if told[State.SENT] and not (settings.MAIL_URL and settings.SMS_URL):
        _LOG.warning(
            "notices-to-folder", extra={"facts": {"mail": bool(settings.MAIL_URL), "sms": bool(settings.SMS_URL)}}
        )
    return Sent(told[State.SENT], told[State.WAITING], told[State.DEAD], told[State.NO_ADDRESS])


def list_outgoing(*, actor: Actor, at: dt.datetime, dead: bool = False) -> tuple[OutgoingView, ...]:
    """Return what is on its way out or did not get there, newest first, at most ``MOST``; only what is dead where that is asked."""
    with deed(actor, Action.VIEW_JOBS, Target(), about="outgoing messages", asked={"dead": dead}, at=at) as done:
        wanted = [State.DEAD] if dead else [State.DEAD, State.WAITING, State.NO_ADDRESS]
        held = OutgoingNotice.objects.filter(state__in=wanted).select_related("notice", "to").order_by("-id")
        found = tuple(_view(one) for one in held[:MOST])
        done.result = {"outgoing": len(found)}
    return found


def send_again(number: int, *, actor: Actor, at: dt.datetime) -> None:
    """Have what is dead, or had no address, tried anew; raises ``Missing``."""
    about = f"outgoing message {number}"
    ensure_allowed(actor, Action.MANAGE_JOBS, Target(), about=about, at=at)
    with deed(actor, Action.MANAGE_JOBS, Target(), about=about, asked={"outgoing": number}, at=at) as done:
        ended = OutgoingNotice.objects.filter(pk=number, state__in=(State.DEAD.value, State.NO_ADDRESS.value))
        if not ended.update(state=State.WAITING.value, tries=0, next_try_at=at, last_error="", last_error_en=""):
            raise Missing(_NONE, outgoing=number)
        done.result = {"outgoing": number, "state": State.WAITING.value}


def _handed_over(one: OutgoingNotice, through: Gateways, at: dt.datetime) -> tuple[State, bool]:
    """Try one and mark it; returns where it stands then, and whether its channel is away."""
    contact = contact_of(one.to)
    address = contact.mail if one.channel == Channel.MAIL else contact.telephone
    if not address or not one.to.is_active:
        return _marked(one, State.NO_ADDRESS), False
    try:
        _hand_over(one, address, through, at)
    except Undeliverable as error:
        return _failed(one, error, None), False
    except (Unavailable, OSError) as error:
        return _failed(one, error, next_try(one.tries + 1, at)), True
    one.sent_at = at
    return _marked(one, State.SENT), False


def _hand_over(one: OutgoingNotice, address: str, through: Gateways, at: dt.datetime) -> None:
    kind, reference = kind_on(one.notice.kind, at.date()), f"notice-{one.notice_id}-{one.pk}"
    if one.channel == Channel.MAIL:
        told = letter(kind, number=one.notice_id, place=place_of(one.notice))
        through.mail.send(mail_of(told, to=address, sender=settings.MAIL_FROM, reference=reference))
    else:
        through.sms.send(text_message(kind, number=one.notice_id), to=address, reference=reference)


def place_of(notice: Notice) -> str:
    """Return the address of the page on which a notice is read; empty where nobody has said how the platform is reached."""
    box = f"/me/{notice.subject.uscc}/messages/" if notice.subject else "/desk/messages/"
    return f"{settings.ADDRESS}{box}{notice.pk}/" if settings.ADDRESS else ""


def _failed(one: OutgoingNotice, error: Exception, again_at: dt.datetime | None) -> State:
    told = error.explanation if isinstance(error, XinhengError) else _NO_ROOM
    one.tries += 1
    one.last_error = f"{told.what.zh}：{told.why.zh}。{told.mend.zh}"
    one.last_error_en = f"{told.what.en}: {told.why.en}. {told.mend.en}"
    return _marked(one, State.WAITING if again_at else State.DEAD, again_at)


def _marked(one: OutgoingNotice, state: State, again_at: dt.datetime | None = None) -> State:
    one.state, one.next_try_at = state.value, again_at
    one.save()
    return state


def _view(one: OutgoingNotice) -> OutgoingView:
    error = Text(one.last_error, one.last_error_en) if one.last_error else None
    kind = kind_on(one.notice.kind, localtime(one.notice.sent_at).date()).words
    return OutgoingView(
        one.pk, one.notice_id, kind, one.to.username, Channel(one.channel), State(one.state), one.tries, one.next_try_at, error, one.sent_at
    )  # fmt: skip


_NO_ROOM = Explanation(
    Text("消息没有写出", "The message was not written"),
    Text("磁盘或目录不可写", "the disk or the folder cannot be written"),
    Text("请检查数据目录下的 outgoing。", "Look at the folder outgoing in the home."),
)
_NONE = Explanation(
    Text("没有可以重新发送的消息", "There is no such message to send again"),
    Text("编号不存在，或者它仍在等待或已送出", "the number is not known, or it still waits or was handed over"),
    Text("请用 xinheng notices outgoing 查看。", "See them with xinheng notices outgoing."),
)
