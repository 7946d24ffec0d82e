"""Running a plan: one in-memory DuckDB connection, one thread, each plan prepared once."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from xinheng.core.engine.plan import Plan

SMALL = 2000  # rows up to which a prepared statement over a table of its own is faster than planning anew (50 ms)
FEW = 4  # rows up to which they are handed over as values; beyond, the time to parse those outgrows that of an Arrow table


class Calculator:
    """A calculator for one thread of work; make one per worker, they share nothing.

    A large input is scanned where it lies in Arrow memory. For a form's row or a small file the statement is prepared once over a table
    of the plan's schema, because planning takes longer than running. The optimiser is off: a plan is one projection,
    there is nothing to reorder, and it cost 25 of 27 ms for one row (``docs/benchmarks.md``).
    """

    def __init__(self, *, memory: str = "512MB") -> None:
        self._connection = duckdb.connect(":memory:", config={"threads": 1, "memory_limit": memory})
        self._connection.execute("PRAGMA disable_optimizer")
        self._prepared: dict[int, tuple[Plan, int]] = {}

    def run(self, plan: Plan, table: pa.Table) -> pa.Table:
        """Return the plan's result for ``table`` (columns of ``plan.schema``): a row for each row, in its order."""
        if 0 < table.num_rows <= SMALL:
            return self._run_prepared(plan, table)
        self._connection.register("input", table)
        try:
            return self._connection.sql(plan.sql("input")).to_arrow_table()
        finally:
            self._connection.unregister("input")

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """Return the result of one statement over the given tables (a delivery profile's mapping)."""
        for name, table in tables.items():
            self._connection.register(name, table)
        try:
            return self._connection.sql(sql).to_arrow_table()
        finally:
            for name in tables:
                self._connection.unregister(name)

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()

    def _run_prepared(self, plan: Plan, table: pa.Table) -> pa.Table:
        number = self._prepare(plan)
        self._connection.execute(f"TRUNCATE input{number}")
        self._insert(f"input{number}", table.select(plan.schema.names), plan)
        rows = self._connection.execute(f"EXECUTE plan{number}").fetchall()
        kinds = [kind for _, kind in plan.result]
        columns = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)]
        return pa.table(columns, names=[name for name, _ in plan.result])

    def _insert(self, name: str, rows: pa.Table, plan: Plan) -> None:
        if rows.num_rows <= FEW:
            values = [value for row in rows.to_pylist() for value in row.values()]
            marks = ", ".join([plan.marks] * rows.num_rows)
            self._connection.execute(f"INSERT INTO {name} VALUES {marks}", values)  # noqa: S608 (a name of our own)
            return
        self._connection.register("given", rows)
        try:
            self._connection.execute(f"INSERT INTO {name} SELECT * FROM given")  # noqa: S608
        finally:
            self._connection.unregister("given")

    def _prepare(self, plan: Plan) -> int:
        held = self._prepared.get(id(plan))
        if held is not None:
            return held[1]
        number = len(self._prepared)
        self._connection.register("shape", plan.schema.empty_table())
        self._connection.execute(f"CREATE TABLE input{number} AS SELECT * FROM shape")  # noqa: S608
        self._connection.unregister("shape")
        self._connection.execute(f"PREPARE plan{number} AS {plan.sql(f'input{number}')}")
        self._prepared[id(plan)] = (plan, number)
        return number
