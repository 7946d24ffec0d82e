"""Preparing (准备): what a chunk becomes before anything is written; runs in threads, which share nothing but a snapshot of the register."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import Effect
from xinheng.core.collecting.clock import has_clock
from xinheng.core.engine.calculator import Calculator
from xinheng.core.errors import Text
from xinheng.core.intake.check import ACCEPTED, REJECTED, WAITING, Checked, CompiledItem, check_rows
from xinheng.core.intake.facts import FINDERS, Circumstances
from xinheng.core.intake.issues import IssueBatch
from xinheng.core.intake.layout import Layout
from xinheng.core.intake.marks import Places, whole
from xinheng.core.intake.persons import Columns, set_apart
from xinheng.core.intake.read import Chunk, RawChunk
from xinheng.core.intake.rules import Level
from xinheng.core.ledger.persons import PersonRow, person_rows
from xinheng.core.ledger.rows import Origin, identities, json_sql, ledger_rows, record_keys
from xinheng.core.subjects.register import Register

_LOCAL = threading.local()
_FIT = Text("与表头列数一致的一行", "a row with as many cells as the header")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A chunk ready to be written.

    ``ledger`` has the rows of what may be taken (``core.ledger.rows``; empty for the register's own items, whose subjects are made
    first); ``accepted`` their checked rows, kept for those items only; ``taken`` how many they are; ``waiting`` rows for the waiting table;
    ``issues`` of all rows; ``rejected`` how many rows go back; ``returned`` those that go back although their decision is told.
    ``persons`` are the rows about natural persons that may be taken: they are in none of the other tables.
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
    persons: tuple[PersonRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Preparer:
    """What all chunks of a file share. ``writes`` is false for a mere check, which only needs to tell rows apart.

    ``full`` is true for a file that is the agency's whole state. ``persons`` is the item compiled
    for rows about natural persons, empty where none are taken.
    """

    item: CompiledItem
    layout: Layout
    register: Register
    circumstances: Circumstances
    origin: Origin
    writes: bool = True
    full: bool = False
    persons: CompiledItem | None = None

    @property
    def tells_returned(self) -> bool:
        """Whether it is kept which decisions go back: of a full file, so that they have not vanished; of any, where the clock stops at that receipt."""
        return self.full or (self.writes and has_clock(self.item.version))

    def prepare(self, raw: RawChunk) -> Prepared:
        """Parse, check and lay out one chunk; safe to run in several threads when the register is a snapshot."""
        chunk = raw.parse()
        columns, lossy, sources = (
            self.layout.columns(chunk, calculator_here()),
            self.layout.lossy(chunk),
            self.layout.sources(chunk),
        )
        apart = set_apart(self.item.version, columns) if self.persons else None
        if self.persons is None or apart is None:
            return _prepared(self, self._checked(self.item, columns, chunk.rows, lossy, sources), chunk)
        theirs, others = apart.rows(chunk.rows)
        checked = self._checked(self.persons, apart.persons(columns), theirs, apart.persons(lossy), {})
        rest = [apart.others(part) for part in (columns, lossy, sources)]
        prepared = _prepared(self, self._checked(self.item, rest[0], others, rest[1], rest[2]), chunk)
        return _with_persons(self, prepared, checked)

    def _checked(self, item: CompiledItem, columns: Columns, rows: Places, lossy: Columns, sources: Columns) -> Checked:
        return check_rows(
            item,
            columns,
            rows=rows,
            calculator=calculator_here(),
            register=self.register,
            circumstances=self.circumstances,
            lossy=lossy,
            sources=sources,
        )


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
        returned=_returned(preparer, checked) if preparer.tells_returned else pa.table({}),
    )


def _with_persons(preparer: Preparer, prepared: Prepared, checked: Checked) -> Prepared:
    """Add what the rows about natural persons came to."""
    taken = pa.array(checked.verdict == ACCEPTED)
    rows = person_rows(
        preparer.item.version,
        checked.table,
        pa.array(checked.rows),
        taken=taken,
        absent=preparer.layout.absent,
        calculator=calculator_here(),
    )
    return replace(
        prepared,
        received=prepared.received + len(checked.rows),
        rejected=prepared.rejected + len(checked.rows) - len(rows),
        issues=(*prepared.issues, *checked.issues),
        persons=rows,
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
    """Return the issues of the rows that could not be laid out; those of which the same is to be said stand together."""
    rows: dict[tuple[str, Text], list[int]] = defaultdict(list)
    for bad in chunk.bad:
        rows[bad.code, bad.text].append(bad.row)
    return [
        IssueBatch("", code, Level.REJECT, np.array(found), None, _FIT, text) for (code, text), found in rows.items()
    ]


def row_numbers(table: pa.Table, places: Places) -> Places:
    """Return the spreadsheet rows at some places of a table that carries them."""
    numbers: Places = table.column("row_number").to_numpy()[places]
    return numbers
