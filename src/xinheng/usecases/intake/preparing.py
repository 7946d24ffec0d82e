"""Preparing (准备): what a chunk becomes before anything is written; runs in threads, which share nothing but a snapshot of the register."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import Effect
from xinheng.core.engine.calculator import Calculator
from xinheng.core.errors import Text
from xinheng.core.intake.check import ACCEPTED, REJECTED, WAITING, Checked, CompiledItem, check_rows
from xinheng.core.intake.facts import FINDERS, Circumstances
from xinheng.core.intake.issues import IssueBatch
from xinheng.core.intake.layout import Layout
from xinheng.core.intake.marks import Places, whole
from xinheng.core.intake.read import Chunk, RawChunk
from xinheng.core.intake.rules import Level
from xinheng.core.ledger.rows import Origin, identities, json_sql, ledger_rows, record_keys
from xinheng.core.subjects.register import Register

_LOCAL = threading.local()
_FIT = Text("与表头列数一致的一行", "a row with as many cells as the header")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A chunk ready to be written.

    ``ledger`` has the rows of what may be taken (``core.ledger.rows``; empty for the register's own items, whose subjects are made
    first); ``accepted`` their checked rows, kept for those items only; ``taken`` how many they are; ``waiting`` rows for the waiting table;
    ``issues`` of all rows; ``rejected`` how many rows go back; ``returned`` those of a full file that go back although their decision is told.
    """

    number: int
    received: int
    taken: int
    rejected: int
    ledger: pa.Table
    accepted: pa.Table
    waiting: pa.Table
    issues: tuple[IssueBatch, ...]
    consumed: int
    returned: pa.Table


@dataclass(frozen=True, slots=True)
class Preparer:
    """What all chunks of a file share. ``writes`` is false for a mere check, which only needs to tell rows apart.

    ``full`` is true for a file that is the agency's whole state: what goes back of it is told apart as well.
    """

    item: CompiledItem
    layout: Layout
    register: Register
    circumstances: Circumstances
    origin: Origin
    writes: bool = True
    full: bool = False

    def prepare(self, raw: RawChunk) -> Prepared:
        """Parse, check and lay out one chunk; safe to run in several threads when the register is a snapshot."""
        chunk = raw.parse()
        checked = check_rows(
            self.item,
            self.layout.columns(chunk, calculator_here()),
            rows=chunk.rows,
            calculator=calculator_here(),
            register=self.register,
            circumstances=self.circumstances,
            lossy=self.layout.lossy(chunk),
            sources=self.layout.sources(chunk),
        )
        return _prepared(self, checked, chunk)


def calculator_here() -> Calculator:
    """Return this thread's calculator."""
    if not hasattr(_LOCAL, "calculator"):
        _LOCAL.calculator = Calculator()
    held: Calculator = _LOCAL.calculator
    return held


def _prepared(preparer: Preparer, checked: Checked, chunk: Chunk) -> Prepared:
    """Sort a checked chunk into what is taken, what waits and what goes back."""
    is_taken = checked.verdict == ACCEPTED
    register_item = preparer.item.version.effect is Effect.REGISTER
    return Prepared(
        number=chunk.number,
        received=len(checked.rows) + len(chunk.bad),
        taken=int(is_taken.sum()),
        rejected=int((checked.verdict == REJECTED).sum()) + len(chunk.bad),
        ledger=pa.table({}) if register_item else _ledger(preparer, checked, pa.array(is_taken)),
        accepted=_accepted(checked) if register_item else pa.table({}),
        waiting=_waiting(preparer, checked),
        issues=(*checked.issues, *_bad_rows(chunk)),
        consumed=chunk.consumed,
        returned=_returned(preparer, checked) if preparer.full else pa.table({}),
    )


def _ledger(preparer: Preparer, checked: Checked, taken: pa.Array) -> pa.Table:
    version, absent, rows = preparer.item.version, preparer.layout.absent, pa.array(checked.rows)
    if not preparer.writes:
        return identities(version, checked.table, rows, taken=taken, absent=absent, calculator=calculator_here())
    return ledger_rows(
        version, checked.table, rows, taken=taken, absent=absent, origin=preparer.origin, calculator=calculator_here()
    )


def _returned(preparer: Preparer, checked: Checked) -> pa.Table:
    """Return which decisions the rows are about that go back; of a row about a natural person nothing is kept."""
    which = checked.verdict == REJECTED
    for batch in checked.issues:
        if batch.code == "V06":
            which &= ~np.isin(checked.rows, batch.rows)
    version, rows = preparer.item.version, pa.array(checked.rows)
    told = record_keys(version, checked.table, rows, which=pa.array(which), calculator=calculator_here())
    return returned_rows(preparer.origin.submission, told)


def returned_rows(submission: int, told: pa.Table) -> pa.Table:
    """Return rows that carry ``row_number``, ``subject_id`` and ``record_key`` as the table of returned rows takes them."""
    return pa.table(
        {
            "submission_id": pa.repeat(pa.scalar(submission), told.num_rows),
            "row": told.column("row_number"),
            "subject_id": told.column("subject_id"),
            "record_key": told.column("record_key"),
        }
    )


def _accepted(checked: Checked) -> pa.Table:
    places = pa.array(np.flatnonzero(checked.verdict == ACCEPTED))
    return checked.table.append_column("row_number", pa.array(checked.rows)).take(places)


def _waiting(preparer: Preparer, checked: Checked) -> pa.Table:
    places = np.flatnonzero(checked.verdict == WAITING)
    if not len(places):
        return pa.table({})
    table, version = checked.table.take(pa.array(places)), preparer.item.version
    codes = _codes(preparer, table)
    cells = calculator_here().query(f"SELECT {json_sql(version)} AS fields FROM waiting", waiting=table)  # noqa: S608
    return pa.table(
        {
            "submission_id": pa.repeat(pa.scalar(preparer.origin.submission), table.num_rows),
            "row": checked.rows[places],
            "reason": pc.if_else(pc.is_valid(codes), pa.scalar("W01"), pa.scalar("W02")),
            "code": codes,
            "fields": cells.column(0),
        }
    )


def _codes(preparer: Preparer, table: pa.Table) -> pa.Array:
    """Return the code by which each waiting row may be found later."""
    found: pa.Array = pa.nulls(table.num_rows, pa.string())
    for role, _, right in FINDERS:
        field = preparer.item.version.by_role(role)
        if field is not None:
            found = pc.coalesce(found, right(whole(table.column(field.name))))
    return found


def _bad_rows(chunk: Chunk) -> list[IssueBatch]:
    return [IssueBatch("", bad.code, Level.REJECT, np.array([bad.row]), None, _FIT, bad.text) for bad in chunk.bad]


def row_numbers(table: pa.Table, places: Places) -> Places:
    """Return the spreadsheet rows at some places of a table that carries them."""
    numbers: Places = table.column("row_number").to_numpy()[places]
    return numbers
