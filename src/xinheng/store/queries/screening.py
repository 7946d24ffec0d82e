"""Reading for screenings: the records of some subjects, until when items have come in, and whom names find; each by one statement for many rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from xinheng.store.prepared import prepared_cursor
from xinheng.store.queries.owners import Owner
from xinheng.store.queries.records import RECORD_COLUMNS, StandingRecord, ended_columns, record_of
from xinheng.store.sql import statement

_AT_ONCE = 2000  # subjects of one statement


class Screenable(NamedTuple):
    """A record that a screening may look at, and when a source last confirmed it (asked where it has no last day)."""

    record: StandingRecord
    confirmed_on: dt.date | None


class NameHolder(NamedTuple):
    """A subject that bears a name (by its key), or did so before."""

    key: str
    owner: Owner
    current: bool


def screenable_records(subjects: Sequence[int], items: Sequence[str], *, on: dt.date) -> Iterator[Screenable]:
    """Yield the records of these items that some subjects have on a day, subject by subject."""
    sql = statement("screened").format(columns=RECORD_COLUMNS, ended=ended_columns("r"))
    for start in range(0, len(subjects), _AT_ONCE):
        part = list(subjects[start : start + _AT_ONCE])
        with prepared_cursor() if len(part) == 1 else connection.cursor() as cursor:
            cursor.execute(sql, {"subjects": part, "items": list(items), "on": on})
            for row in cursor.fetchall():
                yield Screenable(record_of(row[:-1]), row[-1])


def feeds_on(items: Sequence[str], on: dt.date) -> dict[str, tuple[dt.date | None, dt.date | None]]:
    """Return, by item, the day of its last submission and that of its last zero report, as of a day."""
    with prepared_cursor() as cursor:
        cursor.execute(statement("screening_feeds"), {"items": list(items), "on": on})
        return {item: (fed, zero) for item, fed, zero in cursor.fetchall()}


def holders_of(keys: Collection[str]) -> tuple[NameHolder, ...]:
    """Return who bears these names or bore them, of every kind of subject."""
    if not keys:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_BY_NAME, {"keys": list(keys)})
        return tuple(NameHolder(key, Owner(*owner), current) for key, current, *owner in cursor.fetchall())


def name_keys_of(subjects: Collection[int]) -> dict[int, frozenset[str]]:
    """Return the keys of all names of these subjects, now and before."""
    found: dict[int, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject_id, key FROM store_subjectname WHERE subject_id = ANY (%s)", [list(subjects)])
        for subject, key in cursor.fetchall():
            found.setdefault(subject, set()).add(key)
    return {subject: frozenset(keys) for subject, keys in found.items()}


_BY_NAME = """
    SELECT n.key, n.current, s.id, s.uscc, s.name, s.kind FROM store_subjectname n JOIN store_subject s ON s.id = n.subject_id
    WHERE n.key = ANY (%(keys)s) ORDER BY n.key, n.current DESC, s.uscc"""
