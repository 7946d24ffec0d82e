"""Marks (标记): which cells hold something unusual, found by one look at the bytes of a whole column instead of at each cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.standards.resident_id import GAP

Places = np.ndarray[Any, np.dtype[np.int64]]
_CONTROL = np.array([(n < 32 and n not in (9, 10, 13)) or n == 127 for n in range(256)])
_DIGIT = "[0-9０-９]"
_NAMED = "护照|身份证|身份号码|公民身份|居住证|居留证|永居证|(?:港澳|回乡|内地|台湾|台胞|大陆).{0,16}证"
_LONG_NUMBER = f"(?s:{_DIGIT}(?:{GAP}{_DIGIT}){{10}}|(?:{_NAMED}).{{0,17}}{_DIGIT}(?:{GAP}{_DIGIT}){{5}})"


def none_marked(rows: int) -> pa.Array:
    """Return a column that marks nothing."""
    return pa.repeat(pa.scalar(False), rows)


def marked(places: Places, rows: int) -> pa.Array:
    """Return a column that marks these places."""
    flags = np.zeros(rows, np.bool_)
    flags[places] = True
    return pa.array(flags)


def text_bytes(column: pa.Array) -> tuple[np.ndarray[Any, np.dtype[np.uint8]], np.ndarray[Any, np.dtype[np.int32]]]:
    """Return the bytes of a text column and, for each cell and the end, where it begins in them."""
    if not len(column) or column.buffers()[2] is None:
        return np.empty(0, np.uint8), np.zeros(len(column) + 1, np.int32)
    offsets = np.frombuffer(column.buffers()[1], np.int32)[column.offset : column.offset + len(column) + 1]
    values = np.frombuffer(column.buffers()[2], np.uint8)[offsets[0] : offsets[-1]]
    return values, offsets - offsets[0]


def control_characters(column: pa.Array) -> pa.Array:
    """Mark the cells with control characters other than tab and line breaks."""
    values, offsets = text_bytes(column)
    if not len(values) or (values.min() >= 32 and not (values == 127).any()):
        return none_marked(len(column))
    low = np.flatnonzero((values < 32) | (values == 127))
    return marked(_cells(offsets, low[_CONTROL[values[low]]]), len(column))


def holds(column: pa.Array, piece: bytes) -> bool:
    """Tell whether the bytes occur anywhere in the column."""
    values, _ = text_bytes(column)
    return len(values) > 0 and piece in values.tobytes()


def long_numbers(column: pa.Array) -> pa.Array:
    """Mark the cells that may hold a personal number: eleven digits or more, also in full width or with gaps, or six after its name."""
    return pc.fill_null(pc.match_substring_regex(column, _LONG_NUMBER), False)


def _cells(offsets: np.ndarray[Any, np.dtype[np.int32]], places: Places) -> Places:
    """Return in which cell each byte stands."""
    found: Places = np.searchsorted(offsets, places, side="right") - 1
    return found
