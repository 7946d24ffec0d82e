"""Checking (校验): one plan per item version, run on a chunk of a file or on a form's single row; a reason for each cell.

The outcome of a row is the worst of its issues: rejected, waiting for its subject, or accepted (perhaps with notes).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.engine.calculator import Calculator
from xinheng.core.engine.plan import Plan, Typed
from xinheng.core.intake.facts import AGENCY_ROLES, KIND_FACTS, Circumstances, facts, no_lists, screened_fields
from xinheng.core.intake.issues import Issues, IssueWriter
from xinheng.core.intake.rules import Check, Level, checks_for
from xinheng.core.intake.standardise import Standardised, standardise
from xinheng.core.standards.dates import date_sql
from xinheng.core.standards.money import fen_sql
from xinheng.core.standards.resident_id import mask
from xinheng.core.subjects.register import Register

ACCEPTED, WAITING, REJECTED = 0, 1, 2
_VERDICT = {Level.WARN: ACCEPTED, Level.WAIT: WAITING, Level.REJECT: REJECTED}


@dataclass(frozen=True, slots=True)
class CompiledItem:
    """An item version ready to run: its checks, in order, and the plan whose predicate ``i`` is check ``i``."""

    version: ItemVersion
    checks: tuple[Check, ...]
    plan: Plan


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found out about a chunk.

    ``rows`` are spreadsheet row numbers; ``verdict`` is ACCEPTED, WAITING or REJECTED for each; ``table`` holds the standardised text, the
    typed columns ``d_…`` and ``n_…``, ``subject`` and the facts; ``issues`` has a row for each broken rule and cell.
    """

    rows: np.ndarray[Any, np.dtype[np.int64]]
    verdict: np.ndarray[Any, np.dtype[np.uint8]]
    table: pa.Table
    issues: Issues


@lru_cache(maxsize=64)
def compile_item(version: ItemVersion, allowances: frozenset[str] = frozenset()) -> CompiledItem:
    """Compile every rule of an item version into one plan, once.

    ``allowances`` are mandatory fields that a source never carries: there an empty cell is noted, not refused.
    """
    checks = tuple(_allowed(check, allowances) for check in checks_for(version))
    typed = tuple(_typed(version))
    plan = Plan(
        schema=_schema(version),
        typed=typed,
        predicates=tuple(check.where for check in checks),
        keep=tuple(column.name for column in typed),
    )
    return CompiledItem(version, checks, plan)


def check_rows(
    item: CompiledItem,
    columns: Mapping[str, pa.Array],
    *,
    rows: np.ndarray[Any, np.dtype[np.int64]],
    calculator: Calculator,
    register: Register,
    circumstances: Circumstances,
    lossy: pa.Array | None = None,
) -> Checked:
    """Check one chunk: ``columns`` by field code as the department wrote them, ``rows`` their row numbers."""
    standard = standardise(item.version, columns, len(rows))
    known = facts(item.version, standard, register=register, circumstances=circumstances, lossy=lossy)
    table = standard.table
    for name, column in known.items():
        table = table.append_column(name, column)
    result = calculator.run(item.plan, table)
    for name in item.plan.keep:
        table = table.append_column(name, result.column(name))
    return _judged(item, rows, table, result)


def _allowed(check: Check, allowances: frozenset[str]) -> Check:
    if check.code == "S01" and check.column in allowances:
        return replace(check, level=Level.WARN)
    return check


def _judged(item: CompiledItem, rows: np.ndarray[Any, np.dtype[np.int64]], table: pa.Table, result: pa.Table) -> Checked:
    verdict = np.zeros(len(rows), np.uint8)
    writer = IssueWriter(rows, table)
    private = _private_rows(item, result)
    for number, check in enumerate(item.checks):
        hit = _hits(result.column(f"p{number}"))
        if len(hit) and check.confirm is not None:
            hit = writer.confirmed(hit, check)
        if len(hit) and private is not None and check.code != "V06":
            hit = hit[~private[hit]]
        if len(hit):
            np.maximum.at(verdict, hit, _VERDICT[check.level])
            writer.add(hit, check)
    return Checked(rows, verdict, _masked(item.version, table), writer.finish())


def _masked(version: ItemVersion, table: pa.Table) -> pa.Table:
    """Mask personal numbers in every text, so that nothing behind this point ever holds one."""
    for field in screened_fields(version):
        suspect = table.column(f"suspect_{field.name}")
        if pc.any(suspect).as_py():
            place = table.schema.get_field_index(field.name)
            text = table.column(field.name).combine_chunks()
            flags = suspect.combine_chunks()
            cells = pa.array([mask(cell) for cell in pc.filter(text, flags).to_pylist()], pa.string())
            table = table.set_column(place, field.name, pc.replace_with_mask(text, flags, cells))
    return table


def _private_rows(item: CompiledItem, result: pa.Table) -> np.ndarray[Any, np.dtype[np.bool_]] | None:
    """Mark rows about natural persons: nothing else is said of them, so that nothing of them is kept."""
    for number, check in enumerate(item.checks):
        column = result.column(f"p{number}")
        if check.code == "V06" and pc.any(column).as_py():
            return np.asarray(pc.fill_null(column, False).to_numpy(), dtype=np.bool_)
    return None


def _hits(column: pa.ChunkedArray) -> np.ndarray[Any, np.dtype[np.int64]]:
    if not pc.any(column).as_py():
        return np.empty(0, np.int64)
    return np.flatnonzero(pc.fill_null(column, False).to_numpy()).astype(np.int64)


def _typed(version: ItemVersion) -> list[Typed]:
    columns = []
    for field in version.fields:
        if field.type == "date":
            columns.append(Typed(f"d_{field.name}", date_sql(f'"{field.name}"')))
        elif field.type == "number":
            columns.append(Typed(f"n_{field.name}", fen_sql(f'"{field.name}"', field.unit or "元")))
    return columns


def _schema(version: ItemVersion) -> pa.Schema:
    boolean, text = pa.bool_(), pa.string()
    columns: dict[str, pa.DataType] = {field.name: text for field in version.fields}
    columns |= {"today": pa.date32(), "late_before": pa.date32(), "agency": text}
    columns |= {"dropped": pa.list_(text), "name_mended": boolean, "lossy": pa.list_(text), "has_control": boolean}
    columns |= {"uscc_ok": boolean, "inner_ok": boolean}
    columns |= dict.fromkeys(KIND_FACTS, boolean)
    columns |= {f"{role}_ok": boolean for role in AGENCY_ROLES if version.by_role(role)}
    columns |= {f"suspect_{field.name}": boolean for field in screened_fields(version)}
    columns |= {"subject": pa.int64(), "registered_name": text, "other_code": boolean, "name_ok": boolean}
    return pa.schema(list(columns.items()))


__all__ = [
    "ACCEPTED", "REJECTED", "WAITING", "Checked", "CompiledItem", "Standardised", "check_rows", "compile_item", "no_lists",
]  # fmt: skip
