"""Preparing (准备): what a chunk becomes before anything is written; runs in threads, touches no database unless few rows are asked."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import Effect
from xinheng.core.engine.calculator import Calculator
from xinheng.core.intake.check import ACCEPTED, REJECTED, WAITING, Checked, CompiledItem, check_rows
from xinheng.core.intake.facts import Circumstances
from xinheng.core.intake.issues import Issues, reader_issue
from xinheng.core.intake.layout import Layout
from xinheng.core.intake.read import Chunk, RawChunk
from xinheng.core.ledger.rows import Origin, json_sql, ledger_rows
from xinheng.core.subjects.register import Register
from xinheng.core.errors import Text

_LOCAL = threading.local()
_FIT = Text("与表头列数一致的一行", "a row with as many cells as the header")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A chunk ready to be written.

    ``ledger`` has the ledger's rows of what may be taken (empty for the register's own items); ``accepted`` the checked rows they came from;
    ``waiting`` rows for the waiting table; ``issues`` of all rows; ``rejected`` how many rows go back.
    """

    number: int
    received: int
    rejected: int
    ledger: pa.Table
    accepted: pa.Table
    waiting: pa.Table
    issues: Issues
    consumed: int


@dataclass(frozen=True, slots=True)
class Preparer:
    """What all chunks of a file share."""

    item: CompiledItem
    layout: Layout
    register: Register
    circumstances: Circumstances
    origin: Origin

    def prepare(self, raw: RawChunk) -> Prepared:
        """Parse, check and lay out one chunk; safe to run in several threads when the register is a snapshot."""
        chunk = raw.parse()
        calculator = calculator_here()
        checked = check_rows(
            self.item,
            self.layout.columns(chunk, calculator),
            rows=chunk.rows,
            calculator=calculator,
            register=self.register,
            circumstances=self.circumstances,
            lossy=self.layout.lossy(chunk),
        )
        return prepared(self, checked, chunk, calculator)


def prepared(preparer: Preparer, checked: Checked, chunk: Chunk, calculator: Calculator) -> Prepared:
    """Sort a checked chunk into what is taken, what waits and what goes back."""
    taken, rows = _cut(checked, ACCEPTED)
    version = preparer.item.version
    if version.effect is Effect.REGISTER:
        ledger = pa.table({})
    else:
        ledger = ledger_rows(version, taken, rows, origin=preparer.origin, calculator=calculator)
        if not preparer.layout.publish:
            ledger = unpublished(ledger)
    return Prepared(
        number=chunk.number,
        received=len(checked.rows) + len(chunk.bad),
        rejected=int((checked.verdict == REJECTED).sum()) + len(chunk.bad),
        ledger=ledger,
        accepted=taken.append_column("row_number", rows),
        waiting=_waiting(preparer, checked, calculator),
        issues=_with_bad_rows(checked.issues, chunk),
        consumed=chunk.consumed,
    )


def unpublished(ledger: pa.Table) -> pa.Table:
    """Return ledger rows that are kept but not published, because a day that publication needs is not known."""
    none = pa.nulls(ledger.num_rows, pa.date32())
    for name in ("first_day", "shortest_last_day", "last_day"):
        ledger = ledger.set_column(ledger.schema.get_field_index(name), name, none)
    return ledger.set_column(ledger.schema.get_field_index("published"), "published", pa.repeat(False, ledger.num_rows))


def calculator_here() -> Calculator:
    """Return this thread's calculator."""
    if not hasattr(_LOCAL, "calculator"):
        _LOCAL.calculator = Calculator()
    held: Calculator = _LOCAL.calculator
    return held


def _cut(checked: Checked, verdict: int) -> tuple[pa.Table, pa.Array]:
    places = np.flatnonzero(checked.verdict == verdict)
    if len(places) == len(checked.rows):
        return checked.table, pa.array(checked.rows)
    return checked.table.take(pa.array(places)), pa.array(checked.rows[places])


def _waiting(preparer: Preparer, checked: Checked, calculator: Calculator) -> pa.Table:
    table, rows = _cut(checked, WAITING)
    version = preparer.item.version
    codes: pa.Array = pa.nulls(table.num_rows, pa.string())
    for role in ("uscc", "registration_number", "organization_code"):
        field = version.by_role(role)
        if field is not None:
            codes = pc.coalesce(codes, _usable(table, field.name, role))
    reasons = pc.if_else(pc.is_valid(codes), pa.scalar("W01"), pa.scalar("W02"))
    return pa.table(
        {
            "submission_id": pa.repeat(pa.scalar(preparer.origin.submission), table.num_rows),
            "row": rows,
            "reason": reasons,
            "code": codes,
            "fields": calculator.query(f"SELECT {json_sql(version, typed=False)} AS fields FROM waiting", waiting=table).column(0),  # noqa: S608
        }
    )


def _usable(table: pa.Table, name: str, role: str) -> pa.Array:
    codes = table.column(name).combine_chunks()
    if role == "uscc":
        return pc.if_else(table.column("uscc_ok").combine_chunks(), codes, pa.scalar(None, pa.string()))
    return pc.if_else(table.column("other_code").combine_chunks(), codes, pa.scalar(None, pa.string()))


def _with_bad_rows(issues: Issues, chunk: Chunk) -> Issues:
    if not chunk.bad:
        return issues
    extra = [reader_issue(bad.row, bad.code, _FIT, bad.text) for bad in chunk.bad]
    return Issues(pa.concat_tables([issues.table, *extra]))
