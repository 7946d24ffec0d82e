"""Deciding (审批): the second person approves, and it takes effect, or refuses. A withdrawal is an event; a correction a further revision and an event.

A correction is handed in, as its asker, before the approval is written down: should the process die in between, approving again finishes it, because
the same file is the same submission.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from xinheng.core.access import Action, Actor, decide
from xinheng.core.errors import Refused, UnusableCall, UnusableFile
from xinheng.core.ledger.corrections import CorrectionKind, CorrectionState
from xinheng.core.ledger.events import EventKind
from xinheng.core.ledger.outbox import RECORD_WITHDRAWN
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Correction, OutboxEntry, RecordEvent
from xinheng.store.queries.records import StandingRecord, standing_records, submission_records
from xinheng.usecases.corrections import words
from xinheng.usecases.corrections.asking import link_to, open_one, stated
from xinheng.usecases.corrections.cells import sheet_of
from xinheng.usecases.corrections.people import about, known, to_decide
from xinheng.usecases.corrections.telling import tell
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.intake.rows import hand_in_rows
from xinheng.usecases.notices.send import notify_account
from xinheng.usecases.users import actor_named, user_named


def approve(number: int, *, remark: str = "", actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """Approve what another person asked for; it holds from the day ``on``, and who was shown the record is told.

    Raises ``Missing``, ``UnusableCall`` or ``Refused``; the latter where the actor asked for it, or is tied to who did by standing in.
    """
    held = known(number, Action.APPROVE_CORRECTION, actor=actor, at=at)
    target = to_decide(held, actor, at)
    ensure_allowed(actor, Action.APPROVE_CORRECTION, target, about=about(held), at=at)
    remark, submission = mask(remark.strip()), _handed_in(held, at, on) if held.kind == CorrectionKind.MEND else None
    asked = {"correction": number, "decision": "approve", "remark": remark}
    with deed(actor, Action.APPROVE_CORRECTION, target, about=about(held), asked=asked, at=at) as done:
        held = open_one(number)
        held.state, held.decided_at, held.decided_by = CorrectionState.APPROVED.value, at, user_named(actor.name)
        held.decision, held.submission_id = remark, submission
        if submission is not None:
            held.replaced_by = _corrected(held, submission, at, on)
        if submission is None or _is_elsewhere(held):
            _withdrawn(held, at, on)
        told = tell(held, at=at, on=on)
        held.shown_publicly = told.publicly
        held.save()
        notify_account(held.asked_by, words.outcome(held, link=link_to(number)), at=at)
        done.facts = {
            "subject": held.subject.uscc,
            "record": f"{held.record_key}/{held.revision}",
            "asked_by": held.asked_by.username,
        }
        done.result = {
            "correction": number,
            "replaced_by": held.replaced_by,
            "told": told.accounts,
            "untold": told.untold,
        }


def refuse(number: int, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Refuse what another person asked for, with the reason; raises as ``approve``."""
    reason, held = stated(reason), known(number, Action.APPROVE_CORRECTION, actor=actor, at=at)
    target = to_decide(held, actor, at)
    asked = {"correction": number, "decision": "refuse", "reason": reason}
    with deed(actor, Action.APPROVE_CORRECTION, target, about=about(held), asked=asked, at=at) as done:
        held = open_one(number)
        if held.begun_at is not None:
            raise UnusableCall(words.BEGUN, correction=number)
        held.state, held.decided_at, held.decided_by = CorrectionState.REFUSED.value, at, user_named(actor.name)
        held.decision = reason
        held.save()
        notify_account(held.asked_by, words.outcome(held, link=link_to(number)), at=at)
        done.result = {"correction": number, "state": held.state}


def may_decide(held: Correction, *, actor: Actor, at: dt.datetime) -> bool:
    """Tell whether a door may offer the actor to approve or refuse a request; the deed itself asks again."""
    waits = held.state == CorrectionState.ASKED
    return waits and decide(actor, Action.APPROVE_CORRECTION, to_decide(held, actor, at)).allowed


def _handed_in(held: Correction, at: dt.datetime, on: dt.date) -> int:
    """Hand a correction in as the one who asked for it, once, and return the submission."""
    asker = _asker(held, on)
    with transaction.atomic():
        waiting = open_one(held.pk)
        if waiting.begun_at is None:
            if _standing(waiting, on).revision != waiting.revision:
                raise UnusableCall(words.CHANGED, correction=held.pk)
            waiting.begun_at = at
            waiting.save(update_fields=["begun_at"])
    day = waiting.begun_at.astimezone(at.tzinfo).date()
    sheet = sheet_of(held.item, held.agency, waiting.cells, number=held.pk, on=day)
    try:
        outcome = hand_in_rows(sheet, actor=asker, at=at)
    except (
        UnusableFile,
        UnusableCall,
        Refused,
    ):  # nothing was taken; after an outage the same call goes on where it stopped
        _begin_anew(held.pk)
        raise
    if not outcome.counts.accepted + outcome.counts.corrected or outcome.submission is None:
        _begin_anew(held.pk)
        raise UnusableCall(words.NOT_TAKEN, correction=held.pk, submission=outcome.submission)
    return outcome.submission


def _asker(held: Correction, on: dt.date) -> Actor:
    """Return who asked, as they may act today; raises ``UnusableCall`` before anything has begun where they may not any more."""
    try:
        return actor_named(held.asked_by.username, on=on, on_behalf_of=held.on_behalf_of)
    except UnusableCall as gone:
        raise UnusableCall(words.ASKER_GONE, correction=held.pk) from gone


def _begin_anew(number: int) -> None:
    """Note that nothing of a correction was taken, so that it may be refused or taken back."""
    Correction.objects.filter(pk=number, state=CorrectionState.ASKED.value).update(begun_at=None)


def _standing(held: Correction, on: dt.date) -> StandingRecord:
    for record in standing_records(held.subject_id, as_of=on):
        if record.record_key == str(held.record_key):
            return record
    raise UnusableCall(words.CHANGED, correction=held.pk)


def _corrected(held: Correction, submission: int, at: dt.datetime, on: dt.date) -> str:
    """Write down that a revision was replaced, by which one; returns its name."""
    _, record = next(submission_records(submission, on=on))
    replaced_by = f"{record.record_key}/{record.revision}"
    _event(held, EventKind.CORRECTED, at, on, replaced_by=replaced_by, submission=submission)
    return replaced_by


def _is_elsewhere(held: Correction) -> bool:
    """Tell whether the correction is a record of its own, because the decision's number or its subject was wrong: the wrong one ends."""
    return not held.replaced_by.startswith(f"{held.record_key}/")


def _withdrawn(held: Correction, at: dt.datetime, on: dt.date) -> None:
    """End a record, once."""
    if _standing(held, on).withdrawn_on is None:
        event = _event(held, EventKind.WITHDRAWN, at, on)
        payload = {"subject": held.subject_id, "record": str(held.record_key), "event": event.pk}
        OutboxEntry.objects.create(at=at, kind=RECORD_WITHDRAWN, payload=payload)


def _event(held: Correction, kind: EventKind, at: dt.datetime, on: dt.date, **detail: object) -> RecordEvent:
    assert held.decided_by is not None  # noqa: S101 (a request takes effect when it is decided)
    named = {"correction": held.pk, "corrects": f"{held.record_key}/{held.revision}", **detail}
    return RecordEvent.objects.create(
        subject_id=held.subject_id, record_key=held.record_key, revision=held.revision, kind=kind.value, on=on, at=at,
        by=held.decided_by, reason=held.reason, detail=named,
    )  # fmt: skip
