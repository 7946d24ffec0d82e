"""Attaching and detaching records (归入、移出): an appended event each, told to the projections."""

from __future__ import annotations

import datetime as dt

from xinheng.core.access import Actor
from xinheng.core.ledger.events import EventKind
from xinheng.core.ledger.outbox import RECORD_ATTACHED, RECORD_DETACHED
from xinheng.store.models import Judgement, OutboxEntry, RecordEvent
from xinheng.usecases.users import user_named


def append_event(
    judgement: Judgement, kind: EventKind, reason: str, *, actor: Actor, at: dt.datetime, on: dt.date
) -> None:
    """Append that the record of a judgement is, or is not, its subject's from ``on``."""
    assert judgement.record_key is not None and judgement.revision is not None  # noqa: S101, PT018 (it has a record of its own)
    event = RecordEvent.objects.create(
        subject_id=judgement.subject_id, record_key=judgement.record_key, revision=judgement.revision, kind=kind.value, on=on, at=at,
        by=user_named(actor.name), reason=reason, detail={"judgement": judgement.pk},
    )  # fmt: skip
    payload = {"subject": judgement.subject_id, "record": str(judgement.record_key), "event": event.pk}
    OutboxEntry.objects.create(
        at=at, kind=RECORD_ATTACHED if kind is EventKind.ATTACHED else RECORD_DETACHED, payload=payload
    )
