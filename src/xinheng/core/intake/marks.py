"""Marks (标记): which cells hold something unusual, found by one look at the bytes of a whole column instead of at each cell."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.standards.resident_id import GAP, SEPARATORS

Places = np.ndarray[Any, np.dtype[np.int64]]
_CONTROL = np.array([(n < 32 and n not in (9, 10, 13)) or n == 127 for n in range(256)])
_DIGIT = "[0-9０-９]"
_NAMED = "护照|身份证|身份号码|公民身份|居住证|居留证|永居证|(?:港澳|回乡|内地|台湾|台胞|大陆).{0,16}证"
_RUN = 6  # the fewest digits that are looked at: a passport has one letter or two and seven or eight
_FARTHEST = 12  # bytes from one digit's end to the next one's across the longest gap
_DENSE = 0.03  # of all bytes
_SAMPLE = 1 << 14
_STEP = 1 << 18
_GAP_LEADS = np.zeros(256, np.bool_)
_GAP_LEADS[[separator.encode()[0] for separator in [*SEPARATORS, "０"]]] = True
_LONG_NUMBER = f"(?s:{_DIGIT}(?:{GAP}{_DIGIT}){{10}}|(?:{_NAMED}).{{0,17}}{_DIGIT}(?:{GAP}{_DIGIT}){{5}})"
_LONG_NUMBER_HERE = re.compile(_LONG_NUMBER)
_FEW = 64  # cells for which making the pattern ready anew takes longer than looking


def none_marked(rows: int) -> pa.Array:
    """Return a column that marks nothing."""
    return pa.repeat(pa.scalar(False), rows)


def marked(places: Places, rows: int) -> pa.Array:
    """Return a column that marks these places."""
    flags = np.zeros(rows, np.bool_)
    flags[places] = True
    return pa.array(flags)


def whole(column: pa.ChunkedArray) -> pa.Array:
    """Return a column as one array; one that is in one piece is not copied."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


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
    return len(values) > 0 and (bool((values == piece[0]).any()) if len(piece) == 1 else piece in values.tobytes())


def long_numbers(column: pa.Array) -> pa.Array:
    """Mark the cells that may hold a personal number: eleven digits or more, also in full width or with gaps, or six after its name."""
    if len(column) <= _FEW:
        return pa.array(
            [cell is not None and _LONG_NUMBER_HERE.search(cell) is not None for cell in column.to_pylist()]
        )
    if _is_dense(column):
        return pc.fill_null(pc.match_substring_regex(column, _LONG_NUMBER), False)
    cells = digit_runs(column)
    if not len(cells):
        return none_marked(len(column))
    found = pc.fill_null(pc.match_substring_regex(column.take(pa.array(cells)), _LONG_NUMBER), False)
    return marked(cells[found.to_numpy(zero_copy_only=False)], len(column))


def _is_dense(column: pa.Array) -> bool:
    """Tell by the beginning of a column whether digits are so many that looking at every cell is quicker than at the digits."""
    start = text_bytes(column)[0][:_SAMPLE]
    return bool(np.count_nonzero(start - ord("0") < 10) > _DENSE * len(start))


def digit_runs(column: pa.Array) -> Places:
    """Return the cells that may hold six digits or more with at most a gap between them: some too many, never one too few."""
    values, offsets = text_bytes(column)
    digits = _digits(values)
    if len(digits) < _RUN:
        return np.empty(0, np.int64)
    steps, behind = np.diff(digits), values[np.minimum(digits[:-1] + 1, len(values) - 1)]
    linked = (steps == 1) | ((steps <= _FARTHEST) & _GAP_LEADS[behind])
    runs = linked[: len(linked) - _RUN + 2].copy()
    for place in range(1, _RUN - 1):
        runs &= linked[place : place + len(runs)]
    return np.unique(_cells(offsets, digits[np.flatnonzero(runs)]))


def _digits(values: np.ndarray[Any, np.dtype[np.uint8]]) -> Places:
    """Return where digits stand, ascending: of one in full width its last byte."""
    found = [np.empty(0, np.int64)]
    for start in range(0, len(values), _STEP):
        part = values[start : start + _STEP]
        found.append(np.flatnonzero(part - ord("0") < 10) + start)
    wide = _wide_digits(values)
    return np.sort(np.concatenate([*found, wide])) if len(wide) else np.concatenate(found)


def _wide_digits(values: np.ndarray[Any, np.dtype[np.uint8]]) -> Places:
    first, middle, last = "０".encode()
    leads = [np.flatnonzero(values[start : start + _STEP] == first) + start for start in range(0, len(values), _STEP)]
    places = np.concatenate([np.empty(0, np.int64), *leads]) + 2
    places = places[places < len(values)]
    wide: Places = places[(values[places - 1] == middle) & (values[places] - last < 10)]
    return wide


def _cells(offsets: np.ndarray[Any, np.dtype[np.int32]], places: Places) -> Places:
    """Return in which cell each byte stands."""
    found: Places = np.searchsorted(offsets, places, side="right") - 1
    return found
