"""Reading what is kept of a person: sealed rows, what remains of them by item, and who looked. Opening them is for ``usecases.persons``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Min

from xinheng.store.models import AuditEvent, PersonRecord
from xinheng.store.sql import statement


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """A record of a person in the revision that counts; ``sources`` are the agencies that said the same besides."""

    record_key: str
    revision: int
    item: str
    version: str
    source_agency: str
    deciding_authority: str
    decided_on: dt.date
    until: dt.date
    sealed: bytes
    wrapped_key: bytes
    key: str
    submission: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a person: when, by which user, in which matter (empty: the person itself)."""

    at: dt.datetime
    actor: str
    matter: str


def entries_of(person: int, *, on: dt.date) -> tuple[SealedEntry, ...]:
    """Return a person's records that are kept on the day, newest decision first."""
    with connection.cursor() as cursor:
        cursor.execute(statement("persons_of_file"), {"person": person, "on": on})
        return tuple(_entry_of(row) for row in cursor.fetchall())


def _entry_of(row: tuple[Any, ...]) -> SealedEntry:
    (
        record,
        revision,
        item,
        version,
        agency,
        authority,
        decided_on,
        until,
        sealed,
        wrapped,
        key,
        submission,
        sources,
    ) = row
    return SealedEntry(
        record, revision, item, version, agency, authority, decided_on, until, bytes(sealed), bytes(wrapped), key, submission, tuple(sources)
    )  # fmt: skip


def looks_at(target: str) -> tuple[Look, ...]:
    """Return the allowed looks at a person, named as the audit log names it, newest first."""
    events = AuditEvent.objects.filter(target=target, action="view-person", allowed=True).select_related("receipt")
    return tuple(
        Look(event.at, event.actor, event.receipt.asked.get("matter", "") if event.receipt else "")
        for event in events.order_by("-at", "-id")
    )


def remaining_records() -> tuple[dict[str, int], dt.date | None]:
    """Return how many records are kept by item, and the first day on which one of them is due."""
    kept = PersonRecord.objects.filter(erased_at=None)
    counted = kept.values("item").annotate(count=Count("id")).order_by("item")
    return {row["item"]: row["count"] for row in counted}, kept.aggregate(next=Min("retention_until"))["next"]


def due_records(on: dt.date) -> tuple[dict[str, int], int]:
    """Return how many records would end on the day, by item, and of how many persons nothing would be left."""
    due = PersonRecord.objects.filter(erased_at=None, retention_until__lte=on)
    counted = {row["item"]: row["count"] for row in due.values("item").annotate(count=Count("id"))}
    staying = PersonRecord.objects.filter(erased_at=None, retention_until__gt=on).values("person_id")
    return counted, due.exclude(person_id__in=staying).values("person_id").distinct().count()
