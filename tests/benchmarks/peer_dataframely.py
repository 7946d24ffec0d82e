"""dataframely: the terms of its columns, and with rules (``@dy.rule``), which are its usual way to say what a column cannot."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl
from tests.benchmarks.peer_extras import expressions
from tests.benchmarks.peer_polars import AMOUNT, NUMBER, read
from tests.benchmarks.peer_rules import FIRST_DAY, KEY, Column, columns

Cell = tuple[int, str, str]


def check(path: Path, today: dt.date, *, extras: bool) -> Any:
    """Return what dataframely says of the file: for each failing row which rules it broke."""
    told = columns(today)
    members: dict[str, Any] = {NUMBER: dy.UInt32(nullable=False)}
    members |= {name: member for each in told for name, member in _columns(each, today).items()}
    rules = {("", "key"): ~pl.struct(KEY).is_duplicated()}
    rules |= {named: ~wrong for named, wrong in expressions().items()} if extras else {}
    members |= {f"{field}:{name}": _rule(holds) for (field, name), holds in rules.items()}
    schema = type("Penalties", (dy.Schema,), members)
    return schema.filter(read(path, told)).failure.details()


def cells(said: Any, today: dt.date) -> list[Cell]:
    """Return the cells that were named: row, field (empty: the row), reason."""
    found: list[Cell] = []
    for reason in (name for name in said.columns if "|" in name or ":" in name):
        field = reason.replace("|", ":").partition(":")[0].removesuffix(AMOUNT)
        rows = said.filter(pl.col(reason) == "invalid").get_column(NUMBER).to_list()
        found += [(row, field, reason) for row in rows]
    return found


def _columns(column: Column, today: dt.date) -> dict[str, Any]:
    nullable = not column.required
    if column.type == "date":
        latest = today if column.name == "CF_JDRQ" else None
        return {column.name: dy.Date(nullable=nullable, min=FIRST_DAY, max=latest)}
    if column.values:
        return {column.name: dy.String(nullable=nullable, regex=f"^(?:{'|'.join(column.values)})$")}
    told = {"max_length": column.max_length, "regex": f"^(?:{column.pattern})$"}
    if column.forbidden:
        told["check"] = lambda cell: ~cell.is_in(list(column.forbidden))
    found = {column.name: dy.String(nullable=nullable, **told)}
    if column.type == "number":
        found[column.name + AMOUNT] = dy.Float64(nullable=True, min_exclusive=0)
    return found


def _rule(holds: Any) -> Any:
    return dy.rule()(lambda cls: holds)
