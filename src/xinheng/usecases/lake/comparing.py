"""Comparing the lake with the ledger row for row: counts and an order-free hash of whole rows, per bucket, by the same query on both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from xinheng.core.ledger.columns import event_schema, record_schema
from xinheng.core.ledger.outbox import Batch, batch_of
from xinheng.lake.reading import pinned
from xinheng.store.queries.outbox import entries_after, one_snapshot
from xinheng.usecases.lake import lake_here
from xinheng.usecases.lake.project import ENTRIES, ROWS, given_events, given_rows, items

_WHOLE = 1 << 64


@dataclass(frozen=True, slots=True)
class Difference:
    """A bucket in which the two sides differ: rows in the ledger (up to the lake's position) and in the lake."""

    table: str
    bucket: int
    ledger: int
    lake: int


def differences(version: int | None = None) -> tuple[Difference, ...]:
    """Return where the lake, at a version, differs from the ledger as of the position that the version names; nothing where it is equal."""
    names = record_schema(items()).names
    with pinned(lake_here(), version) as snapshot, one_snapshot(rows=ROWS):
        engine = duckdb.connect(":memory:", config={"memory_limit": "1GB"})
        batches = tuple(_batches(snapshot.position))
        records = _ledger(engine, (table for batch in batches for table in given_rows(batch)), names)
        events = _ledger(engine, (table for batch in batches for table in given_events(batch)), event_schema().names)
        return (
            *_differing("record", records, _lake(engine, snapshot.records(), names)),
            *_differing("record_event", events, _lake(engine, snapshot.events(), event_schema().names)),
        )


def _batches(position: int) -> Iterator[Batch]:
    reached = 0
    while (batch := batch_of(entries_after(reached, until=position, limit=ENTRIES), most_rows=ROWS)).entries:
        yield batch
        reached = batch.position


Sums = tuple[Counter[int], Counter[int]]


def _ledger(engine: duckdb.DuckDBPyConnection, tables: Iterable[pa.Table], names: list[str]) -> Sums:
    counts: Counter[int] = Counter()
    hashes: Counter[int] = Counter()
    for table in tables:
        engine.register("part", table)
        _add(engine, _query("part", names), counts, hashes)
        engine.unregister("part")
    return counts, hashes


def _lake(engine: duckdb.DuckDBPyConnection, relation: str, names: list[str]) -> Sums:
    counts: Counter[int] = Counter()
    hashes: Counter[int] = Counter()
    _add(engine, _query(relation, names), counts, hashes)
    return counts, hashes


def _query(relation: str, names: list[str]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f"SELECT bucket, count(*), sum(hash({columns})::HUGEINT) FROM {relation} GROUP BY bucket"  # noqa: S608


def _add(engine: duckdb.DuckDBPyConnection, query: str, counts: Counter[int], hashes: Counter[int]) -> None:
    for bucket, count, total in engine.execute(query).fetchall():
        counts[bucket] += count
        hashes[bucket] = (hashes[bucket] + int(total)) % _WHOLE


def _differing(table: str, ledger: Sums, lake: Sums) -> Iterator[Difference]:
    for bucket in sorted(ledger[0].keys() | lake[0].keys()):
        if ledger[0][bucket] != lake[0][bucket] or ledger[1][bucket] != lake[1][bucket]:
            yield Difference(table, bucket, ledger[0][bucket], lake[0][bucket])
