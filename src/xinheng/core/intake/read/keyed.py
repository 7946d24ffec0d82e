"""Rows that carry the names of their cells (JSON, XML): laid out under the columns found at the beginning of the file.

The columns are all names in the first 16 MiB, in the order in which they appear. A row further down that has another
name with something in it is a bad row that says so; it is never taken without that cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from xinheng.core.errors import Text
from xinheng.core.intake.read import bad_rows, refusals
from xinheng.core.intake.read.chunk import BadRow, Chunk
from xinheng.core.intake.read.lossy import is_scientific
from xinheng.core.intake.read.transcode import MARK, shown

MAX_COLUMNS = 1_000
_SHOWN = 2_000


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """One row: its number, its cells by (trimmed) name, and which of them hold a number that has lost digits.

    ``fault`` says why it is none; its cells are then as far as they could be read, or ``raw`` what stood there.
    """

    row: int
    cells: dict[str, str]
    lossy: tuple[str, ...] = ()
    fault: Text | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file and the encoding to name in sentences."""

    header: tuple[str, ...]
    names: frozenset[str]
    spoken: str

    def chunk(self, number: int, rows: Iterable[KeyedRow], *, consumed: int) -> Chunk:
        """Lay rows out, in order."""
        columns: list[list[str | None]] = [[] for _ in self.header]
        numbers: list[int] = []
        bad: list[BadRow] = []
        lossy: list[tuple[int, int]] = []
        for row in rows:
            fault = self._fault(row)
            if fault is not None:
                bad.append(fault)
            elif any(row.cells.values()):
                numbers.append(row.row)
                for name, column in zip(self.header, columns, strict=True):
                    column.append(row.cells.get(name) or None)
                lossy += [(row.row, place) for place, name in enumerate(self.header) if _is_lossy(row, name)]
        arrays = [pa.array(column, type=pa.string()) for column in columns]
        table = pa.Table.from_arrays(arrays, names=[f"c{place}" for place in range(len(self.header))])
        return Chunk(number, table, np.array(numbers, dtype=np.int64), tuple(bad), consumed, tuple(lossy))

    def _fault(self, row: KeyedRow) -> BadRow | None:
        if row.fault is not None:
            return self._bad(row, bad_rows.RAGGED, row.fault)
        text = "\n".join([*row.cells, *row.cells.values()])
        if MARK in text:
            return self._bad(row, bad_rows.UNDECODABLE, bad_rows.undecodable(self.spoken))
        if "\0" in text:
            return self._bad(row, bad_rows.NULL_BYTE, bad_rows.null_byte())
        unknown = next((name for name, cell in row.cells.items() if cell and name not in self.names), None)
        return None if unknown is None else self._bad(row, bad_rows.RAGGED, bad_rows.unknown_key(unknown))

    def _bad(self, row: KeyedRow, code: str, text: Text) -> BadRow:
        cells = [row.cells.get(name, "") for name in self.header] if row.cells else [row.raw[:_SHOWN]]
        cells += [cell for name, cell in row.cells.items() if cell and name not in self.names]
        return BadRow(row.row, code, text, tuple(shown(cell) for cell in cells))


def _is_lossy(row: KeyedRow, name: str) -> bool:
    return name in row.lossy or is_scientific(row.cells.get(name, ""))


def columns_of(rows: Iterable[KeyedRow], *, first: Iterable[str] = (), spoken: str) -> Columns:
    """Return the columns that the rows at the beginning of a file have; ``first`` are those that it announces.

    Raises:
        UnusableFile: no row can be read, or none holds anything, or there are ever new names.
    """
    names = dict.fromkeys(first)
    fault: Text | None = None
    filled = False
    for row in rows:
        if row.fault is None:
            names.update(dict.fromkeys(name for name in row.cells if MARK not in name and "\0" not in name))
        fault = fault or row.fault
        filled = filled or (row.fault is None and any(row.cells.values()))
        if len(names) > MAX_COLUMNS:
            raise refusals.too_many_columns(MAX_COLUMNS)
    if not filled:
        raise refusals.no_objects(fault) if fault else refusals.no_rows()
    return Columns(tuple(names), frozenset(names), spoken)
