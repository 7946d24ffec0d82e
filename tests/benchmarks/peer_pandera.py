"""Pandera on Polars, lazily, so that every failure is kept: its built-in checks, and with custom checks as Polars expressions.

Its own ``coerce`` is not used: where one cell does not fit, it names every row of the frame. Days and amounts are turned beforehand (``peer_polars``).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandera.polars as pa
import polars as pl
from tests.benchmarks.peer_extras import expressions
from tests.benchmarks.peer_polars import AMOUNT, read
from tests.benchmarks.peer_rules import FIRST_DAY, KEY, Column, columns

Cell = tuple[int, str, str]


def check(path: Path, today: dt.date, *, extras: bool) -> Any:
    """Return what Pandera says of the file: its frame of failure cases."""
    told = columns(today)
    schema = pa.DataFrameSchema(
        {name: column for each in told for name, column in _columns(each, today).items()},
        checks=[_extra(field, name, wrong) for (field, name), wrong in expressions().items()] if extras else None,
        unique=list(KEY),
    )
    try:
        schema.validate(read(path, told), lazy=True)
    except pa.errors.SchemaErrors as failed:
        return failed.failure_cases
    return None


def cells(said: Any, today: dt.date) -> list[Cell]:
    """Return the cells that were named: row, field (empty: the row), reason."""
    if said is None:
        return []
    rows = said.select("index", "column", "check").iter_rows()
    return [(index + 2, _field(column, check), check) for index, column, check in rows if index is not None]


def _field(column: str | None, check: str) -> str:
    if column is None:  # a check of the whole frame has no column; ours say it in their name
        return check.partition(":")[0] if ":" in check else ""
    return column.removesuffix(AMOUNT)


def _columns(column: Column, today: dt.date) -> dict[str, pa.Column]:
    if column.type == "date":
        latest = [pa.Check.le(today)] if column.name == "CF_JDRQ" else []
        return {column.name: pa.Column(pl.Date, [pa.Check.ge(FIRST_DAY), *latest], nullable=not column.required)}
    checks = [pa.Check.str_matches(f"^(?:{column.pattern})$")] if column.pattern else []
    if column.max_length:
        checks.append(pa.Check.str_length(max_value=column.max_length))
    if column.values:
        checks.append(pa.Check.isin(list(column.values)))
    if column.forbidden:
        checks.append(pa.Check.notin(list(column.forbidden)))
    found = {column.name: pa.Column(pl.String, checks, nullable=not column.required)}
    if column.type == "number":
        found[column.name + AMOUNT] = pa.Column(pl.Float64, pa.Check.gt(0), nullable=True)
    return found


def _extra(field: str, name: str, wrong: Any) -> pa.Check:
    return pa.Check(lambda data: data.lazyframe.select(~wrong), name=f"{field}:{name}")
