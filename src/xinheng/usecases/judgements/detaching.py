"""Detaching (移出): a record that a name alone attached is judged not to be its subject's; it leaves the file, and its row waits for a person."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from xinheng.core.access import Action, Actor
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Missing, UnusableCall
from xinheng.core.ledger.events import EventKind
from xinheng.core.standards.resident_id import mask
from xinheng.core.subjects.judgement import Verdict, is_evidence
from xinheng.store.models import IssueGroup, Judgement, Subject, WaitingRow
from xinheng.store.queries.records import StandingRecord, standing_records
from xinheng.usecases.deed import Deed, deed
from xinheng.usecases.intake.receiving import wait_for_turn
from xinheng.usecases.intake.views import submission_of
from xinheng.usecases.judgements import words
from xinheng.usecases.judgements.events import append_event
from xinheng.usecases.judgements.rows import key_of, name_of, target_of
from xinheng.usecases.judgements.touched import Touched, note_touched
from xinheng.usecases.ledger.file import subject_or_missing
from xinheng.usecases.users import user_named

RULE = "W03"
BY_NAME = "by-name"
"""How a row ends that a name attached and a judgement gave back to its subject."""


def detach(
    code: str, key: str, *, reason: str, actor: Actor, at: dt.datetime, on: dt.date
) -> tuple[Judgement, Touched]:
    """Judge that a record which its name attached is not this subject's; raises ``Refused``, ``Missing`` or ``UnusableCall``."""
    subject = subject_or_missing(code)
    record = _record(subject, key, on)
    submission = submission_of(record.submission_id)
    target = target_of(submission)
    if not is_evidence(reason, names=(subject.name,)):
        raise UnusableCall(words.NO_EVIDENCE)
    reason = mask(reason.strip())
    asked = {"subject": subject.uscc, "record": record.record_key, "verdict": "different", "reason": reason}
    with transaction.atomic():
        wait_for_turn([record.item])
        with deed(actor, Action.JUDGE, target, about=f"record {record.record_key}", asked=asked, at=at) as done:
            judgement = _judgement(subject, record, reason, actor, at)
            append_event(judgement, EventKind.DETACHED, reason, actor=actor, at=at, on=on)
            since = submission.committed_at or at
            touched = note_touched(judgement, code=subject.uscc, record=record.record_key, since=since, at=at)
            told = [receipt for receipt, _, _ in touched.receipts]
            done.result = {"judgement": judgement.pk, "row": judgement.row_id, "receipts": told}
        _receipted(judgement, done)
    return judgement, touched


def _record(subject: Subject, key: str, on: dt.date) -> StandingRecord:
    """Return the record, where a name attached it and it has not left the file."""
    held = next((one for one in standing_records(subject.pk, as_of=on) if one.record_key == key.strip().lower()), None)
    if held is None or held.detached_on is not None:
        raise Missing(words.NO_RECORD)
    if not IssueGroup.objects.filter(
        submission_id=held.submission_id, code=RULE, rows__contains=[held.row_number]
    ).exists():
        raise UnusableCall(words.BY_CODE)
    return held


def _judgement(subject: Subject, record: StandingRecord, reason: str, actor: Actor, at: dt.datetime) -> Judgement:
    """Have the row wait, and write down that it is not this subject's."""
    cells = cells_of(load(record.item).version(record.version), record.fields)
    row, _ = WaitingRow.objects.update_or_create(
        submission_id=record.submission_id, row=record.row_number,
        defaults={"reason": RULE, "code": None, "fields": cells, "ended": None, "ended_at": None},
    )  # fmt: skip
    return Judgement.objects.create(
        row=row, subject=subject, verdict=Verdict.DIFFERENT.value, name_key=key_of(name_of(row)), reason=reason, by=user_named(actor.name), at=at,
        record_key=record.record_key, revision=record.revision,
    )  # fmt: skip


def _receipted(judgement: Judgement, done: Deed) -> None:
    judgement.receipt = done.receipt
    judgement.save(update_fields=["receipt"])


def cells_of(version: ItemVersion, fields: dict[str, Any]) -> dict[str, str]:
    """Return the fields of a record as the cells of the row that it was: amounts in the unit of the item again."""
    found = {}
    for name, value in fields.items():
        field = version.field(name)
        if field.type == "number":
            unit = 1_000_000 if field.unit == "万元" else 100
            value = format(Decimal(value) / unit, "f")
        found[name] = str(value)
    return found
