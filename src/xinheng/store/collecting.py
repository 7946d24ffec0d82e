"""Keeping collection tasks by one statement, inside the transaction of the caller: what closes them, and what contradicts a zero report."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from xinheng.store.sql import statement


def close_tasks(submission: int | None) -> int:
    """Close the tasks that a submission, or any where none is given, fulfils; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(statement("close_tasks"), {"submission": submission})
        return int(cursor.rowcount)


def contradict_zero_reports(submission: int, *, at: dt.datetime) -> list[int]:
    """Mark the zero reports that a submission contradicts; returns their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(statement("contradict_zero"), {"submission": submission, "at": at})
        return [number for (number,) in cursor.fetchall()]
