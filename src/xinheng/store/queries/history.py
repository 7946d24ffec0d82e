"""Reading what an import of history wrote, by the rows of its file."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from xinheng.store.sql import statement


@dataclass(frozen=True, slots=True)
class WrittenRecord:
    """A record as a row of the file wrote it: its identity, its day, and what the rule of that day says of it."""

    row_number: int
    subject_id: int
    record_key: str
    revision: int
    decided_on: dt.date
    published: bool
    last_day: dt.date | None
    fields: dict[str, Any]


def written_records(submission_id: int, *, first: int, last: int, told: bool) -> dict[int, WrittenRecord]:
    """Return the records written for rows ``first`` to ``last``, by row; without those whose past is told unless ``told``."""
    asked = {"submission": submission_id, "first": first, "last": last, "told": told}
    with connection.cursor() as cursor:
        cursor.execute(statement("batch_records"), asked)
        return {row[0]: WrittenRecord(*(*row[:-1], json.loads(row[-1]))) for row in cursor.fetchall()}


def record_count(submission_id: int) -> int:
    """Return how many records a submission wrote."""
    return _one("SELECT count(*) FROM record WHERE submission_id = %s", submission_id)


def told_count(submission_id: int) -> int:
    """Return how many records of a submission have a past that was told."""
    return _one(statement("told_count"), submission_id)


def _one(query: str, submission_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, [submission_id])
        return int(cursor.fetchone()[0])
