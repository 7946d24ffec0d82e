"""Reading questions about records, each with its record as it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from xinheng.store.queries.records import RECORD_COLUMNS, StandingRecord, detached_value, ended_columns, record_of
from xinheng.store.sql import statement


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question: which submission of which agency raised it, about which record of whom, and how it was answered.

    ``untold`` is how many rows of that file went back or wait without telling a decision that the ledger knows: the record may be among them.
    """

    number: int
    kind: str
    submission: int
    item: str
    agency: str
    region: str
    code: str
    name: str
    asked_at: dt.datetime
    untold: int
    answer: str | None
    answered_at: dt.datetime | None
    answered_by: str | None
    answered_in: int | None
    reason: str
    record: StandingRecord


_COLUMNS = """id, kind, asked_by, asked_item, agency, region_code, uscc, name, asked_at, untold, answer, answered_at, answered_by, answered_in_id,
    reason"""


def told_rows(submission: int) -> int:
    """Return how many rows of a full file went back although the ledger knows the decision that they are about."""
    with connection.cursor() as cursor:
        cursor.execute(statement("told_rows"), {"submission": submission})
        return int(cursor.fetchone()[0])


def asked_questions(
    *,
    on: dt.date,
    number: int | None = None,
    submission: int | None = None,
    agencies: Sequence[str] | None = None,
    answered: bool,
    batch: int = 1000,
) -> Iterator[AskedQuestion]:
    """Yield questions in order: the one with this number, those of a submission or of some agencies; open ones only unless ``answered``."""
    asked = {
        "on": on, "number": number, "submission": submission, "agencies": None if agencies is None else list(agencies),
        "answered": answered, "after": 0, "limit": batch,
    }  # fmt: skip
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                statement("questions").format(
                    columns=f"{_COLUMNS}, {RECORD_COLUMNS}", ended=ended_columns("newest"), detached=detached_value("r")
                ),
                asked,
            )
            rows = cursor.fetchall()
        for row in rows:
            values: list[Any] = [*row[:15], record_of(row[15:])]
            yield AskedQuestion(*values)
        if len(rows) < batch:
            return
        asked["after"] = rows[-1][0]
