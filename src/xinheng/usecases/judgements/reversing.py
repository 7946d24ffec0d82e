"""Reversing (撤销判定): a judgement ends, its record leaves the file by an appended event, and the row waits again. Nothing is erased."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from xinheng.core.access import Action, Actor
from xinheng.core.errors import Missing, UnusableCall
from xinheng.core.ledger.events import EventKind
from xinheng.core.standards.resident_id import mask
from xinheng.core.subjects.judgement import Verdict, is_evidence
from xinheng.store.models import Judgement, WaitingRow
from xinheng.store.queries.records import own_revision
from xinheng.usecases.deed import Deed, deed
from xinheng.usecases.intake.receiving import wait_for_turn
from xinheng.usecases.judgements import words
from xinheng.usecases.judgements.detaching import BY_NAME
from xinheng.usecases.judgements.events import append_event
from xinheng.usecases.judgements.rows import name_of, row_in_reach, target_of
from xinheng.usecases.judgements.touched import Touched, note_touched
from xinheng.usecases.users import user_named


@dataclass(frozen=True, slots=True)
class Reversed:
    """A judgement that was taken back, with who had been told of its record; nobody where it had made none."""

    number: int
    row: int
    verdict: Verdict
    touched: Touched | None
    receipt: str


def reverse(number: int, *, reason: str, actor: Actor, at: dt.datetime, on: dt.date) -> Reversed:
    """Take a judgement back; raises ``Refused``, ``Missing`` or ``UnusableCall``."""
    held = Judgement.objects.select_related("row", "subject").filter(pk=number).first()
    row = row_in_reach(held.row_id if held else 0, Action.JUDGE, actor=actor, at=at)
    if held is None or held.ended_at is not None:
        raise Missing(words.NONE, judgement=number)
    if not is_evidence(reason, names=(name_of(row), held.subject.name)):
        raise UnusableCall(words.NO_EVIDENCE)
    reason = mask(reason.strip())
    with transaction.atomic():
        wait_for_turn([row.submission.item])
        done, touched = _reverse(held, row, reason, actor, at, on)
        held.ended_receipt = done.receipt
        held.save(update_fields=["ended_receipt"])
    return Reversed(number, row.pk, Verdict(held.verdict), touched, str(held.ended_receipt_id))


def _reverse(
    held: Judgement, row: WaitingRow, reason: str, actor: Actor, at: dt.datetime, on: dt.date
) -> tuple[Deed, Touched | None]:
    asked = {"judgement": held.pk, "reverse": True, "reason": reason}
    touched = None
    with deed(
        actor, Action.JUDGE, target_of(row.submission), about=f"waiting row {row.pk}", asked=asked, at=at
    ) as done:
        row = WaitingRow.objects.select_for_update().get(pk=row.pk)
        _end(held, reason, actor, at)
        if held.verdict == Verdict.SAME:
            touched = _detach(held, row, reason, actor, at, on)
            row.ended, row.ended_at = None, None
        elif held.verdict == Verdict.DIFFERENT and held.record_key is not None:
            if row.ended is not None:
                raise UnusableCall(words.TAKEN_SINCE)
            append_event(held, EventKind.ATTACHED, reason, actor=actor, at=at, on=on)
            row.ended, row.ended_at = BY_NAME, at
        row.save(update_fields=["ended", "ended_at"])
        told = [receipt for receipt, _, _ in touched.receipts] if touched else []
        done.result = {"judgement": held.pk, "row": row.pk, "waits": row.ended is None, "receipts": told}
    return done, touched


def _end(held: Judgement, reason: str, actor: Actor, at: dt.datetime) -> None:
    held.ended_at, held.ended_by, held.ended_reason = at, user_named(actor.name), reason
    if not Judgement.objects.filter(pk=held.pk, ended_at=None).exists():
        raise Missing(words.NONE, judgement=held.pk)
    held.save(update_fields=["ended_at", "ended_by", "ended_reason"])


def _detach(
    held: Judgement, row: WaitingRow, reason: str, actor: Actor, at: dt.datetime, on: dt.date
) -> Touched | None:
    """Take the record that the judgement made out of the file, if it made one and it still is there."""
    if held.record_key is None:
        return None
    own = own_revision(held.subject_id, str(held.record_key), submission=row.submission_id, row=row.row)
    if own is None or own.detached_on is not None:
        return None
    append_event(held, EventKind.DETACHED, reason, actor=actor, at=at, on=on)
    return note_touched(held, code=held.subject.uscc, record=str(held.record_key), since=held.at, at=at)
