"""Telling who was shown the wrong record (告知): found in the receipts of every look, each of which names the records that it showed.

An account hears of it once, with the day of its last look. What a system was given by the API, the managers of its agency hear of. The subject hears of
it in any case (design principle 5). Who the public is, is not known: only how often the record was shown there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from xinheng.core.access import Action
from xinheng.core.ledger.corrections import ShownBy
from xinheng.store.models import AuditEvent, Correction, CorrectionTold, Question, User
from xinheng.usecases.corrections import words
from xinheng.usecases.corrections.people import managers_of
from xinheng.usecases.ledger.file import file_of
from xinheng.usecases.notices.send import notify_account, notify_subject


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody was shown a record: by which door, how often, and when last."""

    name: str
    door: ShownBy
    looks: int
    last: dt.datetime


@dataclass(frozen=True, slots=True)
class Told:
    """How many accounts were told, how many cannot be, and how often the record was shown on the public portal."""

    accounts: int
    untold: int
    publicly: int


def tell(held: Correction, *, at: dt.datetime, on: dt.date) -> Told:
    """Tell everybody who was shown the record, and its subject; who asked and who approved know already."""
    knowing = {held.asked_by_id, held.decided_by_id}
    lookers = {one.name: one for one in shown_to(held)}
    users = {
        user.username: user for user in User.objects.filter(username__in=lookers).select_related("service__agency")
    }
    rows = [
        _told(held, users[name], one, at, on)
        for name, one in lookers.items()
        if name in users and users[name].pk not in knowing
    ]
    systems = [user.service.agency.uscc for user in users.values() if hasattr(user, "service")]
    for manager in managers_of(systems, on):
        if manager.username not in lookers and manager.pk not in knowing:
            last = max(one.last for name, one in lookers.items() if name in users and hasattr(users[name], "service"))
            rows.append(_told(held, manager, Looked(manager.username, ShownBy.SYSTEM, 0, last), at, on))
    told = sum(one.notice_id is not None for one in rows)
    secret = secret_readers(held, on)
    openly = sum(one.notice_id is not None and (one.user is None or one.user.username not in secret) for one in rows)
    own = _shown(held, Q(action=Action.VIEW_OWN_FILE.value, target=f"own file {held.subject.uscc}"))
    message = words.to_subject(held, on=on, accounts=openly, link=f"/me/{held.subject.uscc}/")
    notice = notify_subject(held.subject, message, at=at)
    rows.append(
        CorrectionTold(
            correction=held,
            notice_id=notice,
            door=ShownBy.SUBJECT.value,
            **own.aggregate(looks=Count("id"), last_look=Max("at")),
        )
    )
    CorrectionTold.objects.bulk_create(rows)
    return Told(told, len(rows) - 1 - told, shown_publicly(held))


def secret_readers(held: Correction, on: dt.date) -> frozenset[str]:
    """Return the accounts of whose looks nobody else may know on the day: an investigation keeps all of them secret (see ``usecases.me.file``)."""
    openly = {one.name for one in shown_to(held, known_on=on)}
    return frozenset(one.name for one in shown_to(held) if one.name not in openly)


def shown_to(held: Correction, *, known_on: dt.date | None = None) -> tuple[Looked, ...]:
    """Return the accounts that were shown a record of the subject, in any revision up to the one that is corrected.

    With ``known_on`` only by looks of which others may know on that day.
    """
    in_file = _shown(held, Q(action=Action.VIEW_FILE.value, target=file_of(held.subject.uscc)))
    if known_on is not None:
        in_file = in_file.filter(
            Q(receipt__facts__shown_from__isnull=True) | Q(receipt__facts__shown_from__lte=known_on.isoformat())
        )
    found = {one.name: one for one in _by_name(_of_questions(held), ShownBy.QUESTION)}
    services = set(User.objects.exclude(service=None).values_list("username", flat=True))
    for one in _by_name(in_file, ShownBy.FILE):
        asked = found.get(one.name)
        looks, last = (asked.looks, max(asked.last, one.last)) if asked else (0, one.last)
        door = ShownBy.SYSTEM if one.name in services else ShownBy.FILE
        found[one.name] = Looked(one.name, door, one.looks + looks, last)
    return tuple(found[name] for name in sorted(found))


def shown_publicly(held: Correction) -> int:
    """Return how often the record was shown on the public portal."""
    code = held.subject.uscc
    pages = Q(target__in=[f"subject {code}", f"record of subject {code}"], action=Action.VIEW_PUBLIC.value)
    return _shown(held, pages).count()


def _shown(held: Correction, looks: Q) -> QuerySet[AuditEvent]:
    """Return those of some looks whose receipts name the record: each says what it showed, as ``KEY/REVISION``."""
    named = Q()
    for revision in range(held.revision + 1):
        named |= Q(receipt__result__records__contains=[f"{held.record_key}/{revision}"])
    return AuditEvent.objects.filter(looks, named, allowed=True)


def _of_questions(held: Correction) -> QuerySet[AuditEvent]:
    """Return the looks at lists of questions in which the record stood."""
    asked = Question.objects.filter(subject_id=held.subject_id, record_key=held.record_key).values_list("pk", flat=True)
    named = Q(pk__in=[])
    for number in asked:
        named |= Q(receipt__result__questions__contains=[number])
    return AuditEvent.objects.filter(named, action=Action.VIEW_QUESTIONS.value, target="questions", allowed=True)


def _by_name(events: QuerySet[AuditEvent], door: ShownBy) -> Iterable[Looked]:
    rows = events.order_by().values("actor").annotate(looks=Count("id"), last=Max("at"))
    return (Looked(row["actor"], door, row["looks"], row["last"]) for row in rows)


def _told(held: Correction, user: User, one: Looked, at: dt.datetime, on: dt.date) -> CorrectionTold:
    notice = None
    if user.is_active and not hasattr(user, "service"):
        looked_on = one.last.astimezone(at.tzinfo).date()
        message = words.to_viewer(held, looked_on=looked_on, on=on, link=f"/desk/files/{held.subject.uscc}/")
        notice = notify_account(user, message, at=at)
    return CorrectionTold(
        correction=held, user=user, notice_id=notice, door=one.door.value, looks=one.looks, last_look=one.last
    )
