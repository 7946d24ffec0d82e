"""Frictionless: the item's own Table Schema with constraints and its built-in checks, and with a custom check, which is a class in Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from frictionless import Check, Checklist, Resource, Schema, checks, errors, system
from tests.benchmarks.peer_extras import judges
from tests.benchmarks.peer_rules import FIRST_DAY, KEY, Column, columns

Cell = tuple[int, str, str]


class Extras(Check):
    """A custom check of a row: every judge that finds it wrong makes an error at its cell."""

    Errors = [errors.RowConstraintError]  # noqa: RUF012 (the tool wants a list of the class)
    told: Mapping[str, str] = {}
    judges: Mapping[tuple[str, str], Callable[[Mapping[str, Any]], bool]] = {}

    def validate_row(self, row: Any) -> Iterable[Any]:
        """Yield an error for each judge that finds the row wrong."""
        for (field, name), is_wrong in self.judges.items():
            if is_wrong(row):
                yield errors.RowConstraintError.from_row(row, note=f"{field}:{name}")


def check(path: Path, today: dt.date, *, extras: bool) -> Any:
    """Return what Frictionless says of the file: its errors."""
    told = columns(today)
    headings = {each.name: each.heading for each in told}
    schema = Schema.from_descriptor(
        {
            "fields": [_field(each, today) for each in told],
            "primaryKey": [headings[name] for name in KEY],
            "missingValues": [""],
        }
    )
    asked: list[Check] = [checks.row_constraint(formula=f"{headings['CF_YXQ']} >= {headings['CF_JDRQ']}")]
    asked += [
        checks.forbidden_value(field_name=each.heading, values=list(each.forbidden)) for each in told if each.forbidden
    ]
    if extras:
        Extras.judges = judges(headings)
        asked.append(Extras())
    with system.use_context(trusted=True):
        resource = Resource(path=str(path), schema=schema)
        return resource.validate(Checklist(checks=asked), limit_errors=1_000_000_000).tasks[0].errors


def cells(said: Any, today: dt.date) -> list[Cell]:
    """Return the cells that were named: row, field (empty: the row), reason."""
    codes = {each.heading: each.name for each in columns(today)}
    found: list[Cell] = []
    for error in said:
        field = codes.get(getattr(error, "field_name", ""), "")
        if error.type == "row-constraint":
            field = error.note.partition(":")[0] if ":" in error.note else ""
        found.append((getattr(error, "row_number", 0), field, f"{error.type} {error.note}"))
    return found


def _field(column: Column, today: dt.date) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": column.required}
    if column.type == "date":
        constraints["minimum"] = FIRST_DAY.isoformat()
        if column.name == "CF_JDRQ":
            constraints["maximum"] = today.isoformat()
        return {"name": column.heading, "type": "date", "format": "any", "constraints": constraints}
    if column.type == "number":
        return {"name": column.heading, "type": "number", "constraints": constraints | {"minimum": "0.000001"}}
    constraints |= {"pattern": f"(?:{column.pattern})"} if column.pattern else {}
    constraints |= {"maxLength": column.max_length} if column.max_length else {}
    constraints |= {"enum": list(column.values)} if column.values else {}
    return {"name": column.heading, "type": "string", "constraints": constraints}
