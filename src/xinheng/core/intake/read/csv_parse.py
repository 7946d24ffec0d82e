"""Laying out a run of CSV records with Apache Arrow: fast, outside the GIL, the same cells as Python's ``csv``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from pyarrow import csv

from xinheng.core.intake.read import bad_rows, refusals
from xinheng.core.intake.read.chunk import BadRow, Chunk
from xinheng.core.intake.read.lossy import cells_with, exponents, lossy_cells
from xinheng.core.intake.read.records import cells_of, nulls
from xinheng.core.intake.read.transcode import MARK, MARK_LEAD, as_utf8, shown

_BLOCK = 1 << 18  # bytes that Arrow parses at a time: they and their columns fit the cache
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Layout:
    """What all chunks of one file share: ``width`` headings, ``padding`` nameless columns behind them, signs."""

    width: int
    padding: int
    delimiter: str
    encoding: str  # of the bytes of a chunk
    spoken: str  # of the file, for sentences


@dataclass(frozen=True, slots=True)
class CsvChunk:
    """Whole records cut from a file: ``ends`` is where each ends in ``data``, ``last`` marks the end of the file.

    ``multiline`` says that some record goes over more than one line.
    """

    number: int
    first_row: int
    offset: int
    data: pa.Buffer = field(repr=False)
    ends: np.ndarray = field(repr=False)
    multiline: bool
    last: bool
    consumed: int
    layout: Layout

    @property
    def records(self) -> int:
        """Return how many records the chunk has."""
        return len(self.ends)

    @property
    def longest(self) -> int:
        """Return the bytes of the longest record."""
        return int(np.diff(self.ends, prepend=0).max())

    def parse(self) -> Chunk:
        """See :class:`~xinheng.core.intake.read.RawChunk`."""
        data = as_utf8(self.data, self.layout.encoding)
        table, ragged = _read(data, self)
        if table.num_rows + len(ragged) != self.records:
            raise refusals.unreadable_rows(self.first_row, self.first_row + self.records - 1)
        keep = np.ones(self.records, dtype=np.bool_)
        keep[[index for index, _ in ragged]] = False
        rows = np.flatnonzero(keep).astype(np.int64) + self.first_row
        return _Rows(self, table, rows, np.frombuffer(data, dtype=np.uint8)).chunk(ragged)

    def rows_with(self, find: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """Return the spreadsheet rows, ascending, in whose bytes ``find`` finds a sign (ASCII in any encoding) at some offset."""
        signs = find(np.frombuffer(self.data, dtype=np.uint8))
        return np.unique(np.searchsorted(self.ends, signs, side="right")) + self.first_row


class _Rows:
    """The rows Arrow could lay out, parted into good, bad and blank."""

    def __init__(self, raw: CsvChunk, table: pa.Table, rows: np.ndarray, data: np.ndarray) -> None:
        self.raw, self.table, self.rows, self.data = raw, table, rows, data

    def chunk(self, ragged: list[tuple[int, str]]) -> Chunk:
        faults = self._faults()
        drop = _blank(self.table)
        drop[np.fromiter(faults, dtype=np.int64)] = True
        bad = self._bad(faults) + self._ragged(ragged)
        table = self.table.select(range(self.raw.layout.width))
        rows = self.rows
        if drop.any():
            table, rows = table.filter(pa.array(~drop)), rows[~drop]
        lossy = lossy_cells(table, rows, self.raw.rows_with(exponents))
        ordered = tuple(sorted(bad, key=lambda row: row.row))
        return Chunk(self.raw.number, table, rows, ordered, self.raw.consumed, lossy)

    def _faults(self) -> dict[int, str]:
        """Code of each row that is laid out but unusable, by its index in the table."""
        faults: dict[int, str] = {}
        for column in self.table.columns[self.raw.layout.width :]:
            faults.update((index, bad_rows.RAGGED) for index in np.flatnonzero(_filled(column)).tolist())
        if len(self.data) and self.data.max() >= MARK_LEAD:
            for column in self.table.columns:
                hits = cells_with(column, MARK_LEAD)
                cells = column.take(pa.array(hits)).to_pylist()
                faults.update(
                    (index, bad_rows.UNDECODABLE)
                    for index, cell in zip(hits.tolist(), cells, strict=True)
                    if MARK in cell
                )
        if len(self.data) and not self.data.min():
            holding = np.isin(self.rows, self.raw.rows_with(nulls))
            faults.update((index, bad_rows.NULL_BYTE) for index in np.flatnonzero(holding).tolist())
        return faults

    def _bad(self, faults: dict[int, str]) -> list[BadRow]:
        columns = self.table.take(pa.array(list(faults), type=pa.int64())).to_pydict().values()
        found = []
        for (index, code), *texts in zip(faults.items(), *columns, strict=True):
            cells = [text or "" for text in texts]
            while len(cells) > self.raw.layout.width and not cells[-1]:
                cells.pop()
            found.append(self._bad_row(int(self.rows[index]), code, cells))
        return found

    def _ragged(self, ragged: list[tuple[int, str]]) -> list[BadRow]:
        found = []
        for index, record in ragged:
            cells = cells_of(record, self.raw.layout.delimiter)
            if any(cell.strip() for cell in cells):
                found.append(self._bad_row(self.raw.first_row + index, bad_rows.RAGGED, cells))
        return found

    def _bad_row(self, row: int, code: str, cells: list[str]) -> BadRow:
        unended = self.raw.last and not bytes(self.raw.data.slice(max(0, self.raw.data.size - 1))).endswith(
            (b"\n", b"\r")
        )
        last = unended and row == self.raw.first_row + self.raw.records - 1
        layout = self.raw.layout
        if code == bad_rows.RAGGED:
            text = bad_rows.ragged(len(cells), layout.width, last=last)
        else:
            text = bad_rows.null_byte() if code == bad_rows.NULL_BYTE else bad_rows.undecodable(layout.spoken)
        return BadRow(row, code, text, tuple(shown(cell) for cell in cells))


def _filled(column: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(column.is_valid().to_numpy(), dtype=np.bool_)


def _blank(table: pa.Table) -> np.ndarray:
    """Which rows have no filled cell at all; looks at the fullest columns first."""
    blank = np.ones(table.num_rows, dtype=np.bool_)
    for column in sorted(table.columns, key=lambda column: column.null_count):
        if not column.null_count:
            return np.zeros(table.num_rows, dtype=np.bool_)
        blank &= ~_filled(column)
        if not blank.any():
            break
    return blank


def _read(data: pa.Buffer, raw: CsvChunk) -> tuple[pa.Table, list[tuple[int, str]]]:
    """The table, and the records with another number of cells as (index in the chunk, text)."""
    names = [f"c{place}" for place in range(raw.layout.width + raw.layout.padding)]
    ragged: list[tuple[int, str]] = []

    def set_aside(record: csv.InvalidRow) -> str:
        ragged.append((record.number - 1, record.text))
        return "skip"

    if (
        data.slice(0, min(len(_BOM), len(data))).to_pybytes() == _BOM
    ):  # Arrow drops a byte order mark at the start; here it is part of a cell
        data = pa.py_buffer(_BOM + data.to_pybytes())
    block = _BLOCK if raw.longest < _BLOCK // 4 else len(data) + 1
    table = csv.read_csv(
        pa.BufferReader(data),
        read_options=csv.ReadOptions(use_threads=False, column_names=names, block_size=block),
        parse_options=csv.ParseOptions(
            delimiter=raw.layout.delimiter,
            newlines_in_values=raw.multiline,
            ignore_empty_lines=False,
            invalid_row_handler=set_aside,
        ),
        convert_options=csv.ConvertOptions(
            check_utf8=False,
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            null_values=[""],
        ),
    )
    return table.combine_chunks(), ragged
