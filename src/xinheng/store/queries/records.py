"""Reading the ledger: standing records of a subject, revisions of a decision, the newest by search."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from xinheng.core.ledger.identity import Standing
from xinheng.store.prepared import prepared_cursor
from xinheng.store.sql import statement


@dataclass(frozen=True, slots=True)
class StandingRecord:
    """The newest visible revision of a record, with its terms on the day asked.

    ``severity`` is the one that a person confirmed for this revision; ``channel`` tells what came in as history; ``stopped`` is the number of the
    stop that hides it now, whatever day was asked; ``detached_on`` the day on which a person judged that it is not this subject's.
    """

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
    repaired_on: dt.date | None
    severity: str | None
    channel: str
    stopped: int | None
    detached_on: dt.date | None


RECORD_COLUMNS = """subject_id, record_key::text, revision, item, version, submission_id, row_number, source_agency, deciding_authority,
    decision_number, decided_on, published, instrument, first_day, shortest_last_day, last_day, fields::text, received_on, withdrawn_on,
    repaired_on, severity, channel, stopped, detached_on"""


def standing_records(subject_id: int, *, as_of: dt.date) -> tuple[StandingRecord, ...]:
    """Return the records of a subject that had come in by ``as_of``, newest decision first, in the revision of that day."""
    with prepared_cursor() as cursor:
        cursor.execute(
            statement("file").format(columns=RECORD_COLUMNS, ended=ended_columns("r")),
            {"subject": subject_id, "on": as_of},
        )
        return tuple(record_of(row) for row in cursor.fetchall())


def last_fed(items: Sequence[str]) -> dict[str, dt.date]:
    """Return, by item, the day on which records of it came in last; nothing for one of which none ever did."""
    with prepared_cursor() as cursor:
        cursor.execute(statement("last_fed"), {"items": list(items)})
        return dict(cursor.fetchall())


def submission_records(submission_id: int, *, on: dt.date, batch: int = 2000) -> Iterator[tuple[str, StandingRecord]]:
    """Yield the records of a submission in the order of its file, each with the code of its subject."""
    after = 0
    while True:
        with connection.cursor() as cursor:
            asked: dict[str, int | dt.date] = {"submission": submission_id, "on": on, "after": after, "limit": batch}
            cursor.execute(
                statement("submission_records").format(columns=f"{RECORD_COLUMNS}, uscc", ended=ended_columns("r")),
                asked,
            )
            rows = cursor.fetchall()
        for row in rows:
            yield row[-1], record_of(row[:-1])
        if len(rows) < batch:
            return
        after = rows[-1][6]


def records_numbered(
    spellings: Iterable[str], *, as_of: dt.date, most: int
) -> tuple[tuple[StandingRecord, str, str], ...]:
    """Return the records that a document number finds, however it is spelt, without their cells; each with code and name of its subject.

    What it finds may be a number that only looks alike: the caller compares by key. At the most ``most`` rows of the ledger are looked at.
    """
    columns = f"{RECORD_COLUMNS}, uscc, name"
    with connection.cursor() as cursor:
        sql = statement("search_number").format(columns=columns, ended=ended_columns("r"))
        cursor.execute(sql, {"spellings": list(spellings), "on": as_of, "most": most})
        return tuple((record_of(row[:-2]), row[-2], row[-1]) for row in cursor.fetchall())


def standing_revisions(
    subjects: Iterable[int], keys: Iterable[str], *, submission: int
) -> dict[int, tuple[Standing, ...]]:
    """Return, by place in the question, the revisions in the ledger of each record that ``submission`` asks about."""
    found: dict[int, list[Standing]] = {}
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"subjects": list(subjects), "records": list(keys), "submission": submission}
        cursor.execute(statement("standing"), asked)
        for place, revision, digest, brought_by, agency, visible, sighted in cursor.fetchall():
            held = Standing(revision, digest.hex, brought_by, agency, visible, sighted)
            found.setdefault(place - 1, []).append(held)
    return {place: tuple(sorted(held, key=lambda one: one.revision)) for place, held in found.items()}


@dataclass(frozen=True, slots=True)
class OwnRevision:
    """The revision that a row of a submission brought, and the day on which it was detached from its subject."""

    revision: int
    detached_on: dt.date | None


def own_revision(subject_id: int, key: str, *, submission: int, row: int) -> OwnRevision | None:
    """Return the revision of a subject's record that this row brought, the newest; nothing where another row did."""
    query = f"""SELECT r.revision, {detached_value("r")} FROM record r
        WHERE r.subject_id = %s AND r.record_key = %s AND r.submission_id = %s AND r.row_number = %s ORDER BY r.revision DESC LIMIT 1"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [subject_id, key, submission, row])
        found = cursor.fetchone()
    return OwnRevision(*found) if found else None


def ended_columns(of: str) -> str:
    """Return the SQL of the columns ``withdrawn_on``, ``repaired_on``, ``stopped`` and ``detached_on`` of a record, for a statement that calls it ``of``."""
    return f"{statement('ended').format(of=of)}, {stopped_value(of)} AS stopped, {detached_value(of)} AS detached_on"


def stopped_value(of: str) -> str:
    """Return the SQL of the number of the stop that hides a record, for a statement that calls it ``of``; null where none does."""
    return statement("stopped").format(of=of)


def detached_value(of: str) -> str:
    """Return the SQL of the day on which a revision was detached from its subject, for a statement that calls it ``of``; null where it is not."""
    return statement("detached").format(of=of)


def record_of(row: tuple[Any, ...]) -> StandingRecord:
    """Return the record of a row with the columns ``RECORD_COLUMNS``."""
    values = list(row)
    values[16] = json.loads(values[16])
    return StandingRecord(*values)
