"""Projecting (投影): what the ledger took since, in the order of the outbox, one Delta commit a batch. Killed at any moment, it goes on
where the lake itself says that it stands; nothing is written twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

import pyarrow as pa

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.item import Item
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.engine.calculator import Calculator
from xinheng.core.errors import Explanation, Text, Unavailable
from xinheng.core.ledger.columns import event_schema, event_sql, field_columns, record_schema, record_sql
from xinheng.core.ledger.outbox import Batch, batch_of
from xinheng.lake.tables import EVENTS, RECORDS, Generation, position_of
from xinheng.lake.writing import append, widen
from xinheng.store.queries.outbox import entries_after, events_of, one_snapshot, records_of, settled_position
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.lake import lake_here
from xinheng.usecases.lake.alone import PROJECTING, alone

ENTRIES = 5_000  # entries of the outbox in a batch, at the most
ROWS = 5_000_000  # rows after which a batch is cut
CHUNK = 16 << 20  # bytes of CSV that are turned into columns at once


@dataclass(frozen=True, slots=True)
class Projected:
    """How far the lake has come: from one ledger position to another, by how many commits, entries and rows."""

    generation: int
    start: int
    position: int
    commits: int
    entries: int
    rows: int


def project(*, actor: Actor, at: dt.datetime, entries: int = ENTRIES) -> Projected:
    """Bring the lake up to the ledger (and make it, where there is none); ``entries`` is the most that one commit takes.

    Raises ``Unavailable`` where another process is at it; then nothing is lost.
    """
    lake = lake_here()
    ensure_allowed(actor, Action.MAINTAIN_LAKE, Target(), about="lake", at=at)
    with alone(PROJECTING):
        if not lake.exists:
            lake.switch(lake.begin(record_schema(items())))
        projected = advance(lake.current(), entries=entries)
    if projected.entries:
        note(actor, "project", projected, at=at)
    return projected


def advance(generation: Generation, *, entries: int = ENTRIES) -> Projected:
    """Bring a generation up to the ledger, batch by batch."""
    start = position = position_of(generation.table(RECORDS))
    commits = taken = rows = 0
    until = settled_position()
    while batch := _next(position, until, entries):
        rows += _write(generation, batch)
        position, commits, taken = batch.position, commits + 1, taken + batch.entries
    return Projected(generation.number, start, position, commits, taken, rows)


def note(actor: Actor, verb: str, done_what: Projected, *, at: dt.datetime) -> None:
    """Leave a receipt of what was done."""
    with deed(actor, Action.MAINTAIN_LAKE, Target(), about=f"lake {verb}", asked={"do": verb}, at=at) as done:
        done.result = asdict(done_what)


def items() -> tuple[Item, ...]:
    """Return the whole catalogue: its fields are the lake's columns."""
    return tuple(load(name) for name in item_names())


def given_rows(batch: Batch) -> Iterator[pa.Table]:
    """Return a batch's records as the lake holds them, from the ledger, in chunks."""
    return _turned(records_of(batch, chunk=CHUNK), record_sql(field_columns(items()), "given"))


def given_events(batch: Batch) -> Iterator[pa.Table]:
    """Return a batch's events as the lake holds them, from the ledger, in chunks."""
    return _turned(events_of(batch, chunk=CHUNK), event_sql("given"))


def _next(position: int, until: int, entries: int) -> Batch | None:
    try:
        batch = batch_of(entries_after(position, until=until, limit=entries), most_rows=ROWS)
    except ValueError as error:
        raise Unavailable(_unknown(str(error))) from None
    return batch if batch.entries else None


def _write(generation: Generation, batch: Batch) -> int:
    """Write a batch: its events first, so that whoever reads records at a position finds the events that belong to it."""
    events, records, schema = generation.table(EVENTS), generation.table(RECORDS), record_schema(items())
    before = position_of(events)
    late = Batch(batch.position, events=_after(batch.events, before))
    widen(records, schema)
    rows = [0]
    with one_snapshot(rows=batch.rows):
        if late.events[0]:
            append(events, given_events(late), event_schema(), position=batch.position)
        append(records, _counted(given_rows(batch), rows), schema, position=batch.position)
    return rows[0]


def _after(events: tuple[list[int], list[int]], position: int) -> tuple[list[int], list[int]]:
    kept = [(at, event) for at, event in zip(*events, strict=True) if at > position]
    return [at for at, _ in kept], [event for _, event in kept]


def _counted(tables: Iterator[pa.Table], rows: list[int]) -> Iterator[pa.Table]:
    for table in tables:
        rows[0] += table.num_rows
        yield table


def _turned(tables: Iterator[pa.Table], sql: str) -> Iterator[pa.Table]:
    calculator = Calculator()
    try:
        for table in _ahead(tables):
            yield calculator.query(sql, given=table)
    finally:
        calculator.close()


def _ahead(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Read one chunk ahead in a thread; the first here, where the database connection is at home."""
    table = next(tables, None)
    with ThreadPoolExecutor(1) as pool:
        while table is not None:
            coming = pool.submit(next, tables, None)
            yield table
            table = coming.result()


def _unknown(kind: str) -> Explanation:
    return Explanation(
        Text(f"变更序列中有未知种类 {kind}", f"The outbox holds an entry of an unknown kind: {kind}"),
        Text("数据湖不会略过它不认识的变更", "the lake does not pass over what it does not understand"),
        Text("请升级后再运行。", "Upgrade, then run it again."),
    )
