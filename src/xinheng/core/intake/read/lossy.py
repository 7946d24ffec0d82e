"""Cells whose digits a spreadsheet has destroyed (位数丢失), as in 3.20106E+17: they are marked, never guessed."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from xinheng.core.intake.read.records import positions

PLUS, _E, _ONE = b"+E1"
FIRST_LOSSY = 1e15
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+1[0-9]")


def is_scientific(text: str) -> bool:
    """Is the text a long number in scientific notation, as spreadsheets write it?"""
    return _SCIENTIFIC.fullmatch(text) is not None


def cells_with(column: pa.ChunkedArray, byte: int) -> np.ndarray:
    """Return the indexes of the rows of a string column whose cell holds ``byte``, ascending, once each."""
    found: list[np.ndarray] = []
    base = 0
    for part in column.chunks:
        _, offset_buffer, values = part.buffers()
        if values is not None and len(part):
            offsets = np.frombuffer(offset_buffer, dtype=np.int32)[part.offset : part.offset + len(part) + 1]
            places = positions(np.frombuffer(values, dtype=np.uint8)[offsets[0] : offsets[-1]], byte) + offsets[0]
            found.append(np.searchsorted(offsets, places, side="right") - 1 + base)
        base += len(part)
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)


def exponents(data: np.ndarray) -> np.ndarray:
    """Return the offsets of the plus signs of ``E+1`` in a text: nearly always none, told by one quick look."""
    pluses = positions(data, PLUS)
    pluses = pluses[(pluses > 0) & (pluses < len(data) - 1)]
    likely: np.ndarray = pluses[(data[pluses - 1] == _E) & (data[pluses + 1] == _ONE)]
    return likely


def lossy_cells(table: pa.Table, rows: np.ndarray, suspects: np.ndarray) -> tuple[tuple[int, int], ...]:
    """Return (spreadsheet row, column index) of every cell in scientific notation, by row and column.

    Only the spreadsheet rows ``suspects`` are looked at.
    """
    places = np.flatnonzero(np.isin(rows, suspects)) if len(suspects) else suspects
    if not len(places):
        return ()
    looked = table.take(pa.array(places)).to_pydict().values()
    hits = [
        (int(rows[at]), column)
        for column, cells in enumerate(looked)
        for at, cell in zip(places, cells, strict=True)
        if cell is not None and is_scientific(cell)
    ]
    return tuple(sorted(hits))
