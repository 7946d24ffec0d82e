"""Reading the ledger: standing records of a subject, revisions of a decision, the newest by search."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from xinheng.core.ledger.identity import Standing
from xinheng.store.sql import statement


@dataclass(frozen=True, slots=True)
class StandingRecord:
    """The newest visible revision of a record, as the ledger holds it."""

    subject_id: int
    record_key: str
    revision: int
    item: str
    version: str
    submission_id: int
    row_number: int
    source_agency: str
    deciding_authority: str
    decision_number: str
    decided_on: dt.date
    published: bool
    instrument: str
    first_day: dt.date | None
    shortest_last_day: dt.date | None
    last_day: dt.date | None
    fields: dict[str, Any]
    received_on: dt.date
    withdrawn_on: dt.date | None


_COLUMNS = """subject_id, record_key::text, revision, item, version, submission_id, row_number, source_agency, deciding_authority,
    decision_number, decided_on, published, instrument, first_day, shortest_last_day, last_day, fields::text, received_on, withdrawn_on"""


def standing_records(subject_id: int, *, as_of: dt.date) -> tuple[StandingRecord, ...]:
    """Return the records of a subject that had come in by ``as_of``, newest decision first, in the revision of that day."""
    with connection.cursor() as cursor:
        cursor.execute(statement("file").format(columns=_COLUMNS), [subject_id, as_of])
        return tuple(_record(row) for row in cursor.fetchall())


def standing_revisions(subjects: Iterable[int], keys: Iterable[str]) -> dict[int, tuple[Standing, ...]]:
    """Return, by place in the question, the revisions in the ledger of each asked record."""
    found: dict[int, list[Standing]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement("standing"), [list(subjects), list(keys)])
        for place, revision, digest, submission, agency, visible in cursor.fetchall():
            held = Standing(revision, digest.hex, submission, agency, visible)
            found.setdefault(place - 1, []).append(held)
    return {place: tuple(sorted(held, key=lambda one: one.revision)) for place, held in found.items()}


def _record(row: tuple[Any, ...]) -> StandingRecord:
    values = list(row)
    values[16] = json.loads(values[16])
    return StandingRecord(*values)
