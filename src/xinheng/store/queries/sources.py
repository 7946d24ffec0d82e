"""The sources of records (信息来源): who brought a revision, who said the same again, which revision a correction replaced."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.db import connection

from xinheng.store.prepared import prepared_cursor
from xinheng.store.sql import statement


class Source(NamedTuple):
    """A row of a submission that said something of a record: the agency (USCC), where it stands, and of which revision it is."""

    agency: str
    submission: int
    row: int
    received_on: dt.date
    revision: int


def sightings_of(subject_id: int, *, as_of: dt.date) -> dict[str, tuple[Source, ...]]:
    """Return, by record, who said again what was known of a subject, as it had come in by ``as_of``; only what is committed."""
    return _by_record("sightings_of", subject_id, as_of)


def revisions_of(subject_id: int, *, as_of: dt.date) -> dict[str, tuple[Source, ...]]:
    """Return, by record, where each of its revisions came from, first to last; only what is committed."""
    return _by_record("revisions_of", subject_id, as_of)


def corrected_by(submission: int) -> dict[int, int]:
    """Return of which submissions the corrections of one replace revisions, and of each how many."""
    with connection.cursor() as cursor:
        cursor.execute(statement("corrected_by"), {"submission": submission})
        return dict(cursor.fetchall())


def _by_record(name: str, subject_id: int, as_of: dt.date) -> dict[str, tuple[Source, ...]]:
    found: dict[str, list[Source]] = {}
    with prepared_cursor() as cursor:
        cursor.execute(statement(name), {"subject": subject_id, "on": as_of})
        for record, *source in cursor.fetchall():
            found.setdefault(record, []).append(Source(*source))
    return {record: tuple(sources) for record, sources in found.items()}
