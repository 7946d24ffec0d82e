"""Rows about natural persons (自然人台账行): what a checked row becomes before it is sealed. It lives in memory only.

Legal basis: 个人信息保护法 第三十四条, 第五十一条. Nothing here is written as it is: ``usecases.intake.writing_persons`` seals it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import starmap

import pyarrow as pa

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.retention import kept_until_sql
from xinheng.core.engine.calculator import Calculator
from xinheng.core.ledger.rows import said_rows


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row that may be taken: whose it is (``kind`` and ``number`` of the document, ``name``), which decision, what it says, until when.

    ``said`` and ``channel`` are members of a JSON object; ``until`` is the first day on which it is kept no more. Its ``repr`` tells nothing.
    """

    row: int
    kind: str = field(repr=False)
    number: str = field(repr=False)
    name: str = field(repr=False)
    authority: str = field(repr=False)
    decision: str = field(repr=False)
    decided_on: dt.date = field(repr=False)
    until: dt.date = field(repr=False)
    said: str = field(repr=False)
    channel: str = field(repr=False)

    @property
    def who(self) -> tuple[str, str]:
        """The document by which the person is looked up."""
        return self.kind, self.number

    @property
    def fields(self) -> str:
        """The row's cells as one JSON object."""
        return f"{{{','.join(part for part in (self.said, self.channel) if part)}}}"


def person_rows(
    version: ItemVersion,
    table: pa.Table,
    rows: pa.Array,
    *,
    taken: pa.Array,
    absent: frozenset[str],
    calculator: Calculator,
) -> tuple[PersonRow, ...]:
    """Return the taken rows of a chunk that was checked by the plan for persons, in their order."""
    name, decided = version.by_role("counterpart_name"), version.by_role("decided_on")
    assert name is not None  # noqa: S101 (an item that takes persons has these)
    assert decided is not None  # noqa: S101
    beside = (
        "id_kind AS kind", "id_number AS number", f'"{name.name}" AS name', f'"d_{decided.name}" AS decided_on', f"{kept_until_sql(version)} AS until",
    )  # fmt: skip
    found = said_rows(version, table, rows, taken=taken, absent=absent, beside=beside, calculator=calculator)
    columns = (
        "row_number",
        "kind",
        "number",
        "name",
        "authority",
        "decision",
        "decided_on",
        "until",
        "said",
        "channel",
    )
    return tuple(starmap(PersonRow, zip(*(found.column(name).to_pylist() for name in columns), strict=True)))
