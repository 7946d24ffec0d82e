"""Reading what there is to do: lines of the queue, and records that came late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from xinheng.store.prepared import prepared_cursor
from xinheng.store.queries.records import RECORD_COLUMNS, StandingRecord, ended_columns, record_of
from xinheng.store.sql import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkQuestion:
    """Whose work is asked for: ``agencies`` by their code, and what ``name`` is to confirm as a second person.

    ``approves`` are those of the agencies whose corrections ``name`` may approve; ``confirms`` says whether ``name`` may confirm stops.
    """

    agencies: Sequence[str]
    approves: Sequence[str]
    name: str
    confirms: bool
    on: dt.date
    at: dt.datetime
    rejected_since: dt.date

    def asked(self) -> dict[str, Any]:
        """Return the values of the statement."""
        return {
            "agencies": list(self.agencies), "approves": list(self.approves), "name": self.name, "confirms": self.confirms, "on": self.on, "at": self.at,
            "rejected_since": self.rejected_since,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A line as it is stored: its kind, whose it is, the number of the task, submission or stop, and its days where it has them."""

    kind: str
    agency: str
    item: str
    number: int
    first: dt.date | None
    last: dt.date | None
    since: dt.date | None
    due: dt.date | None
    rows: int


@dataclass(frozen=True, slots=True)
class LateRecord:
    """A record that came late, as it stands, the agency that brought it, and the clock's figures."""

    record: StandingRecord
    agency: int
    first_on: dt.date
    days: int
    late_by: int


def work_rows(question: WorkQuestion) -> tuple[WorkRow, ...]:
    """Return the lines of the queue."""
    with connection.cursor() as cursor:
        cursor.execute(statement("work"), question.asked())
        return tuple(WorkRow(*row) for row in cursor.fetchall())


def work_count(question: WorkQuestion) -> int:
    """Return how many lines the queue has: of the same statement, so that both numbers agree."""
    with prepared_cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({statement('work')}) AS work", question.asked())  # noqa: S608 (the statement is our own)
        return int(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class LateQuestion:
    """Which late records are asked for: of these agencies, received between two days (inclusive), of an item or a submission where given."""

    agencies: Sequence[int]
    since: dt.date
    until: dt.date
    item: str = ""
    submission: int | None = None


def late_records(question: LateQuestion, *, on: dt.date, offset: int, limit: int) -> tuple[LateRecord, ...]:
    """Return a part of the records that came late, with their terms on a day."""
    asked: dict[str, Any] = {
        "agencies": list(question.agencies), "since": question.since, "until": question.until, "item": question.item,
        "submission": question.submission, "on": on, "offset": offset, "limit": limit, "upto": offset + limit,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("late_records").format(columns=RECORD_COLUMNS, ended=ended_columns("r")), asked)
        rows = cursor.fetchall()
    return tuple(LateRecord(record_of(row[:-4]), *row[-4:]) for row in rows)


@dataclass(frozen=True, slots=True)
class TimedRows:
    """How many records of an agency's item took so many working days, and by how many they were late."""

    agency: int
    item: str
    days: int
    late_by: int
    rows: int


def timed_rows(question: LateQuestion) -> tuple[TimedRows, ...]:
    """Return how long the records of some agencies took, counted."""
    sql = """
        SELECT s.agency_id, s.item, d.days, d.late_by, sum(d.rows)::bigint
        FROM store_decisionday d JOIN store_submission s ON s.id = d.submission_id
        WHERE d.fresh AND d.days IS NOT NULL AND s.agency_id = ANY (%(agencies)s) AND s.received_on BETWEEN %(since)s AND %(until)s
            AND (%(item)s = '' OR s.item = %(item)s) AND (%(submission)s::bigint IS NULL OR s.id = %(submission)s)
        GROUP BY 1, 2, 3, 4"""
    asked: dict[str, Any] = {
        "agencies": list(question.agencies), "since": question.since, "until": question.until, "item": question.item,
        "submission": question.submission,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return tuple(TimedRows(*row) for row in cursor.fetchall())


def records_between(agency: int, item: str, first: dt.date, last: dt.date) -> int:
    """Return how many records that an agency handed in were decided from one day to another; waiting ones count as well."""
    sql = """
        SELECT coalesce(sum(d.rows), 0) FROM store_decisionday d JOIN store_submission s ON s.id = d.submission_id
        WHERE s.agency_id = %s AND s.item = %s AND d.decided_on BETWEEN %s AND %s AND s.channel <> 'history'"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [agency, item, first, last])
        return int(cursor.fetchone()[0])


def decision_days(
    submission: int, *, received_on: dt.date, decided: str
) -> Iterable[tuple[dt.date, bool, dt.date, int]]:
    """Return on which days the records of a submission were decided (day, whether fresh, first receipt, rows); ``decided`` is the item's field."""
    with connection.cursor() as cursor:
        cursor.execute(
            statement("decision_days"), {"submission": submission, "received_on": received_on, "decided": decided}
        )
        return list(cursor.fetchall())
