"""The cells of a record as its form shows them, and as they are handed in again when a correction was approved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from xinheng.core.catalogue.item import Field, ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.intake.rejects import ROW_HEADING
from xinheng.core.ledger.events import CORRECTED
from xinheng.core.standards.money import Unit, plain_amount
from xinheng.usecases.intake.rows import Sheet


def cells_of(fields: Mapping[str, Any], version: ItemVersion) -> dict[str, str]:
    """Return what a record says, cell by cell, as a person would type it into the form of a version."""
    return {field.name: _written(field, fields.get(field.name)) for field in version.fields}


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> list[list[str]]:
    """Return what differs: code, before, after."""
    return [[code, before.get(code, ""), cell] for code, cell in after.items() if cell != before.get(code, "")]


def sheet_of(item: str, agency: str, cells: Mapping[str, str], *, number: int, on: dt.date) -> Sheet:
    """Return the cells as a sheet with the columns that are filled or must be; ``number`` (of the request) makes its file one of its own."""
    version = load(item).at(on)
    needed = {
        field.name for field in version.fields if field.required or any(field.name in group for group in version.groups)
    }
    kept = {name: cell for name, cell in cells.items() if cell or name in needed}
    return Sheet(
        item=item, agency=agency, header=(*kept, ROW_HEADING), rows=((*kept.values(), str(number)),), channel=CORRECTED, received_on=on,
        file_name=f"记录更正-{number}.csv",
    )  # fmt: skip


def _written(field: Field, value: object) -> str:
    if value is None:
        return ""
    if field.type == "number" and field.unit and isinstance(value, int):
        return plain_amount(value, unit=cast("Unit", field.unit))
    return str(value)
