"""Appending by one statement, inside the transaction of the caller: sightings, and questions about what has vanished from a full file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from xinheng.store.models import Submission, User
from xinheng.store.queries.records import detached_value
from xinheng.store.sql import statement


def keep_sightings(sightings: Sequence[tuple[int, str, int, int]], *, submission: int, agency: str) -> None:
    """Append what a submission said again (subject, record, revision, row), once for each record."""
    if not sightings:
        return
    subjects, records, revisions, rows = (list(column) for column in zip(*sightings, strict=True))
    asked: dict[str, Any] = {
        "subjects": subjects, "records": records, "revisions": revisions, "rows": rows, "submission": submission, "agency": agency,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("sight"), asked)


def ask_vanished(
    submission: Submission, *, untold: int, retention_years: Mapping[str, int], at: dt.datetime, on: dt.date
) -> int:
    """Ask about each record that the agency brought and that its full file does not hold; returns how many.

    ``retention_years`` by version of the item; ``on`` is the day by whose terms a record has ended.
    """
    asked: dict[str, Any] = {
        "submission": submission.pk, "agency": submission.agency_id, "item": submission.item, "untold": untold, "at": at, "on": on,
        "versions": list(retention_years), "years": list(retention_years.values()),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("vanished").format(detached=detached_value("r")), asked)
        return int(cursor.rowcount)


def close_reported(submission: Submission, *, by: User, at: dt.datetime) -> int:
    """Close the open questions of the agency's full files whose records this full file holds; returns how many."""
    asked: dict[str, Any] = {
        "submission": submission.pk, "agency": submission.agency_id, "item": submission.item, "user": by.pk, "at": at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement("reported_again"), asked)
        return int(cursor.rowcount)
