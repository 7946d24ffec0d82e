"""Checking (校验): one plan per item version, run on a chunk of a file or on a form's single row; a reason for each cell.

The outcome of a row is the worst of its issues: rejected, waiting for its subject, or accepted (perhaps with notes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.engine.calculator import Calculator
from xinheng.core.engine.plan import Plan, Typed
from xinheng.core.intake.facts import PERSON_FACTS, Circumstances, fact_types, facts, person_facts, screened_fields
from xinheng.core.intake.issues import IssueBatch, IssueWriter
from xinheng.core.intake.marks import whole
from xinheng.core.intake.rules import About, Check, Level, checks_for
from xinheng.core.intake.rules.subjects import waiting_for_code
from xinheng.core.intake.standardise import standardise, standardise_persons
from xinheng.core.standards.dates import date_sql
from xinheng.core.standards.money import Unit, fen_sql
from xinheng.core.standards.resident_id import mask
from xinheng.core.subjects.register import Register

ACCEPTED, WAITING, REJECTED = 0, 1, 2
_VERDICT = {Level.WARN: ACCEPTED, Level.WAIT: WAITING, Level.REJECT: REJECTED}


@dataclass(frozen=True, slots=True)
class CompiledItem:
    """An item version ready to run: its checks, in order, and the plan.

    ``answers`` names, for each check, the column of the plan's result or of the facts that is true where it is broken. ``about`` says whether it
    is for rows about organisations or about natural persons.
    """

    version: ItemVersion
    checks: tuple[Check, ...]
    answers: tuple[str, ...]
    plan: Plan
    about: About = About.ORGANISATIONS


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found out about a chunk.

    ``rows`` are spreadsheet row numbers; ``verdict`` is ACCEPTED, WAITING or REJECTED for each; ``table`` holds the standardised text, the
    typed columns ``d_…`` and ``n_…``, ``subject`` and the facts; ``issues`` say which rule each bad cell broke.
    """

    rows: np.ndarray[Any, np.dtype[np.int64]]
    verdict: np.ndarray[Any, np.dtype[np.uint8]]
    table: pa.Table
    issues: tuple[IssueBatch, ...]


@lru_cache(maxsize=64)
def compile_item(
    version: ItemVersion,
    allowances: frozenset[str] = frozenset(),
    absent: frozenset[str] = frozenset(),
    about: About = About.ORGANISATIONS,
) -> CompiledItem:
    """Compile every rule of an item version into one plan, once.

    ``allowances`` are fields that a source never carries, beside those that the item itself allows to be empty: there an empty cell is
    noted, not refused; without the code of the subject the row waits. ``absent`` are fields for which the file has no column: what only a
    filled cell can break is not asked of them, and an allowed absence is not noted row by row.
    """
    asked = (check for check in checks_for(version, about) if not (check.of_value and check.column in absent))
    known = (allowances | version.allowances) & absent
    checks = tuple(_allowed(check, allowances) for check in asked if not _known_absence(check, known))
    typed = tuple(_typed(version, absent))
    in_sql = [check for check in checks if not check.fact]
    numbers = {id(check): f"p{number}" for number, check in enumerate(in_sql)}
    plan = Plan(
        schema=_input(version, in_sql, typed),
        typed=typed,
        predicates=tuple(check.where for check in in_sql),
        keep=tuple(column.name for column in typed),
    )
    return CompiledItem(version, checks, tuple(check.fact or numbers[id(check)] for check in checks), plan, about)


def _input(version: ItemVersion, checks: list[Check], typed: tuple[Typed, ...]) -> pa.Schema:
    """Return the columns that the plan reads: those that stand in some of its SQL."""
    columns = {**{field.name: pa.string() for field in version.fields}, **fact_types(version), **PERSON_FACTS}
    sql = " ".join([*(check.where for check in checks), *(column.sql for column in typed)])
    named = frozenset(re.findall(r"\w+", sql))
    return pa.schema([(name, kind) for name, kind in columns.items() if name in named])


def check_rows(
    item: CompiledItem,
    columns: Mapping[str, pa.Array],
    *,
    rows: np.ndarray[Any, np.dtype[np.int64]],
    calculator: Calculator,
    register: Register,
    circumstances: Circumstances,
    lossy: Mapping[str, pa.Array] = MappingProxyType({}),
    sources: Mapping[str, pa.Array] = MappingProxyType({}),
) -> Checked:
    """Check one chunk: ``columns`` by field code as the department wrote them, ``rows`` their row numbers.

    ``lossy`` marks, by field code, cells whose digits a spreadsheet destroyed; ``sources`` are the cells from which a delivery profile made a
    field, to be quoted where it made nothing of them. Of rows about natural persons nothing is ever quoted.
    """
    if item.about is About.PERSONS:
        standard = standardise_persons(item.version, columns, len(rows))
        known = person_facts(item.version, standard, circumstances=circumstances, lossy=lossy)
    else:
        standard = standardise(item.version, columns, len(rows))
        known = facts(item.version, standard, register=register, circumstances=circumstances, lossy=lossy)
    table = pa.table({**dict(zip(standard.table.column_names, standard.table.columns, strict=True)), **known})
    result = calculator.run(item.plan, table.select(item.plan.schema.names)).combine_chunks()
    for name in item.plan.keep:
        table = table.append_column(name, result.column(name))
    return _judged(item, rows, table, result, sources)


def _known_absence(check: Check, fields: frozenset[str]) -> bool:
    return check.of_absence and check.code != "V01" and check.column in fields


def _allowed(check: Check, allowances: frozenset[str]) -> Check:
    if not check.of_absence or check.column not in allowances:
        return check
    return waiting_for_code(check) if check.code == "V01" else replace(check, level=Level.WARN)


def _judged(
    item: CompiledItem,
    rows: np.ndarray[Any, np.dtype[np.int64]],
    table: pa.Table,
    result: pa.Table,
    sources: Mapping[str, pa.Array],
) -> Checked:
    verdict = np.zeros(len(rows), np.uint8)
    writer = IssueWriter(rows, table, sources, silent=item.about is About.PERSONS)
    answers = [
        result.column(name) if check.fact == "" else table.column(name)
        for check, name in zip(item.checks, item.answers, strict=True)
    ]
    private = _private_rows(item, answers)
    for check, answer in zip(item.checks, answers, strict=True):
        hit = _hits(answer)
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
            text, flags = whole(table.column(field.name)), whole(suspect)
            cells = pa.array([mask(cell) for cell in pc.filter(text, flags).to_pylist()], pa.string())
            table = table.set_column(place, field.name, pc.replace_with_mask(text, flags, cells))
    return table


def _private_rows(item: CompiledItem, answers: list[pa.ChunkedArray]) -> np.ndarray[Any, np.dtype[np.bool_]] | None:
    """Mark rows about natural persons: nothing else is said of them, so that nothing of them is kept."""
    for check, column in zip(item.checks, answers, strict=True):
        if check.code == "V06" and pc.any(column).as_py():
            return np.asarray(pc.fill_null(column, False).to_numpy(), dtype=np.bool_)
    return None


def _hits(column: pa.ChunkedArray) -> np.ndarray[Any, np.dtype[np.int64]]:
    flags = column.chunk(0) if column.num_chunks else pa.array([], pa.bool_())
    if not flags.true_count:
        return np.empty(0, np.int64)
    return np.flatnonzero(pc.fill_null(flags, False).to_numpy(zero_copy_only=False)).astype(np.int64)


def _typed(version: ItemVersion, absent: frozenset[str]) -> Iterator[Typed]:
    for field in version.fields:
        if field.type == "date":
            sql = "NULL::DATE" if field.name in absent else date_sql(f'"{field.name}"')
            yield Typed(f"d_{field.name}", sql, pa.date32())
        elif field.type == "number":
            unit: Unit = "万元" if field.unit == "万元" else "元"
            sql = "NULL::BIGINT" if field.name in absent else fen_sql(f'"{field.name}"', unit)
            yield Typed(f"n_{field.name}", sql, pa.int64())
