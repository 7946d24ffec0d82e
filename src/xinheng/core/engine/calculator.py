"""Running a plan: one in-memory DuckDB connection, one thread, each statement prepared once."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from xinheng.core.engine.plan import Plan

FEW = 64  # rows up to which the result is sooner fetched as values than as Arrow
KEPT = 48  # statements that stay prepared

Key = tuple[str, tuple[tuple[str, pa.Schema], ...]]


class _Given:
    """Stands in a prepared statement for a table that is given anew at each run: DuckDB asks it for a stream of Arrow when it scans."""

    def __init__(self, schema: pa.Schema) -> None:
        self.schema = schema
        self.table = schema.empty_table()

    def __arrow_c_schema__(self) -> object:
        return self.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement that is ready to run, and what stands in it for each table."""

    name: str
    given: dict[str, _Given]


class Calculator:
    """A calculator for one thread of work; make one per worker, they share nothing.

    Planning a statement of a hundred predicates takes longer than running it on a thousand rows, so each is prepared once, for tables of
    one schema, and a file's chunks or a form's row are scanned where they lie in Arrow memory. The optimiser is off: a plan is one
    projection, there is nothing to reorder, and it cost 25 of 27 ms for one row (``docs/benchmarks.md``).
    """

    def __init__(self, *, memory: str = "512MB") -> None:
        self._connection = duckdb.connect(":memory:", config={"threads": 1, "memory_limit": memory})
        self._connection.execute("PRAGMA disable_optimizer")
        self._connection.execute("SET enable_progress_bar = false")  # it would be drawn into what a program prints
        self._prepared: OrderedDict[Key, _Prepared] = OrderedDict()
        self._numbers = 0

    def run(self, plan: Plan, table: pa.Table) -> pa.Table:
        """Return the plan's result for ``table`` (columns of ``plan.schema``): a row for each row, in its order."""
        rows = table.select(plan.schema.names)
        sql = plan.sql("input")
        if not 0 < rows.num_rows <= FEW:
            return self.query(sql, input=rows)
        ready = self._ready(sql, {"input": rows})
        ready.given["input"].table = rows
        found = self._connection.execute(f"EXECUTE {ready.name}").fetchall()
        ready.given["input"].table = plan.schema.empty_table()
        columns = zip(zip(*found, strict=True), plan.result, strict=True)
        return pa.table({name: pa.array(column, kind) for column, (name, kind) in columns})

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """Return the result of one statement over the given tables, each named once behind a FROM; it is prepared for their schemas."""
        if not tables:
            return self._connection.sql(sql).to_arrow_table()
        ready = self._ready(sql, tables)
        try:
            for name, table in tables.items():
                ready.given[name].table = table
            return self._connection.sql(f"EXECUTE {ready.name}").to_arrow_table()
        finally:
            for given in ready.given.values():
                given.table = given.schema.empty_table()

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()

    def _ready(self, sql: str, tables: dict[str, pa.Table]) -> _Prepared:
        key = (sql, tuple((name, table.schema) for name, table in tables.items()))
        held = self._prepared.get(key)
        if held is not None:
            self._prepared.move_to_end(key)
            return held
        if len(self._prepared) >= KEPT:
            self._forget(self._prepared.popitem(last=False)[1])
        return self._prepared.setdefault(key, self._prepare(sql, tables))

    def _prepare(self, sql: str, tables: dict[str, pa.Table]) -> _Prepared:
        self._numbers += 1
        ready = _Prepared(f"statement{self._numbers}", {})
        for name, table in tables.items():
            ready.given[name] = _Given(table.schema)
            self._connection.register(f"{ready.name}_{name}", ready.given[name])
            sql = re.sub(rf"\bFROM {name}\b", f"FROM {ready.name}_{name}", sql)
        self._connection.execute(f"PREPARE {ready.name} AS {sql}")
        return ready

    def _forget(self, ready: _Prepared) -> None:
        self._connection.execute(f"DEALLOCATE {ready.name}")
        for name in ready.given:
            self._connection.unregister(f"{ready.name}_{name}")
