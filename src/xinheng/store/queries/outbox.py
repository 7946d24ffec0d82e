"""Reading the outbox for projections: which entries are settled, what they brought, how far a projection is behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
from django.db import connection, transaction

from xinheng.core.ledger.columns import EVENTS, GIVEN
from xinheng.core.ledger.outbox import Batch, Entry
from xinheng.store.bulk import stream_table
from xinheng.store.sql import statement

_MANY = 50_000


def settled_position() -> int:
    """Return the last entry up to which nothing can come any more.

    A number is drawn before its transaction commits, so entry 6 may be seen before entry 5. The lock waits for every transaction that
    has written to the outbox (not longer than ten seconds) and is let go at once: what it then sees has no open gaps.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute("LOCK TABLE store_outboxentry IN SHARE MODE")
        cursor.execute("SELECT coalesce(max(id), 0) FROM store_outboxentry")
        return int(cursor.fetchone()[0])


@contextmanager
def one_snapshot(*, rows: int) -> Iterator[None]:
    """Read everything inside as of one moment; nothing can be written. ``rows`` is about how many will be read.

    The planner cannot see how many rows an entry brought and would look each one's subject up: many are joined by hashing
    (500,000 rows in 5.2 s instead of 8.5 s).
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            if rows > _MANY:
                cursor.execute("SET LOCAL enable_nestloop = off")
        yield


def entries_after(position: int, *, until: int, limit: int) -> Iterator[Entry]:
    """Return the entries after a position, in order."""
    with connection.cursor() as cursor:
        cursor.execute(statement("outbox_after"), {"after": position, "until": until, "limit": limit})
        rows = cursor.fetchall()
    return (Entry(number, kind, json.loads(payload), rows or 0) for number, kind, payload, rows in rows)


def lag_after(position: int) -> tuple[int, int]:
    """Return how many entries there are after a position, and how many revisions they are known to have brought."""
    counted = f"SELECT count(*), coalesce(sum(rows), 0) FROM ({statement('outbox_after')}) AS behind"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(counted, {"after": position, "until": 2**63 - 1, "limit": None})
        entries, rows = cursor.fetchone()
    return int(entries), int(rows)


def records_of(batch: Batch, *, chunk: int) -> Iterator[pa.Table]:
    """Return the rows of a batch with the columns ``GIVEN``, in chunks of about so many bytes of CSV."""
    committed_positions, committed = batch.committed
    resolved_positions, resolved, rows, subjects = batch.resolved
    given = {
        "committed_positions": committed_positions, "committed": committed, "resolved_positions": resolved_positions,
        "resolved": resolved, "resolved_rows": rows, "resolved_subjects": subjects,
    }  # fmt: skip
    return stream_table(statement("lake_records"), given, GIVEN, chunk=chunk)


def events_of(batch: Batch, *, chunk: int) -> Iterator[pa.Table]:
    """Return the events of a batch with the columns ``EVENTS``."""
    positions, events = batch.events
    return stream_table(statement("lake_events"), {"event_positions": positions, "events": events}, EVENTS, chunk=chunk)
