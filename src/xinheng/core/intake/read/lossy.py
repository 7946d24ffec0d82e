"""Cells whose digits a spreadsheet has destroyed (位数丢失), as in 3.20106E+17: they are marked, never guessed."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from xinheng.core.intake.read.records import positions

PLUS = ord("+")
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


_PROSE = (
    64  # bytes a cell on average: a column of longer ones holds texts, and no number that a spreadsheet could round
)


def _mentions_exponent(part: pa.Array) -> bool:
    """Tell whether ``E+1`` stands anywhere in a column of numbers: one quick search, because nearly always it does not."""
    values = part.buffers()[2] if len(part) else None
    return values is not None and values.size <= _PROSE * len(part) and b"E+1" in values.to_pybytes()


def lossy_cells(table: pa.Table, rows: np.ndarray) -> tuple[tuple[int, int], ...]:
    """Return (spreadsheet row, column index) of every cell in scientific notation, by row and column."""
    hits = []
    for place, column in enumerate(table.columns):
        if not any(_mentions_exponent(part) for part in column.chunks):
            continue
        indexes = cells_with(column, PLUS)
        cells = column.take(pa.array(indexes)).to_pylist()
        hits += [(int(rows[at]), place) for at, cell in zip(indexes, cells, strict=True) if is_scientific(cell)]
    return tuple(sorted(hits))
