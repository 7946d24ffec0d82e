"""An open workbook: the first visible sheet with cells, its headings, its rows as the text a spreadsheet shows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import python_calamine as calamine

from xinheng.core.errors import Text
from xinheng.core.intake.read import bad_rows, refusals
from xinheng.core.intake.read.cell_text import as_text, has_lost_digits
from xinheng.core.intake.read.chunk import BadRow, Chunk
from xinheng.core.intake.read.form import Form
from xinheng.core.intake.read.header import LOOK_AT, Knows, heading_place, headings
from xinheng.core.intake.read.merged import Merge, Merges, Valued, fill_down
from xinheng.core.intake.read.sheets import Shown, rows_of, sheets_of

_ROWS_BELOW = 8


@dataclass(frozen=True, slots=True)
class SheetChunk:
    """Some rows of a sheet as calamine gives them, with the merged cells that reach into them."""

    number: int
    first_row: int
    offset: int
    cells: list[list[Any]] = field(repr=False)
    header: tuple[str, ...]
    shown: Shown = field(repr=False)  # by spreadsheet row and column index
    merged: tuple[Valued, ...] = ()

    def parse(self) -> Chunk:
        """See :class:`~xinheng.core.intake.read.RawChunk`."""
        width = len(self.header)
        good: list[list[str]] = []
        rows: list[int] = []
        bad: list[BadRow] = []
        lossy: list[tuple[int, int]] = []
        filled = {
            row: self._texts(row, cells) for row, cells in enumerate(self.cells, self.first_row) if self._any(cells)
        }
        merged = fill_down(self.merged, filled, self.header)
        for row, texts in filled.items():
            cells = self.cells[row - self.first_row]
            fault = self._fault(row, texts, merged.get(row))
            if fault is not None:
                bad.append(fault)
            elif any(texts):
                good.append(texts[:width])
                rows.append(row)
                lossy += [(row, at) for at in range(min(width, len(cells))) if has_lost_digits(cells[at], texts[at])]
        columns = list(zip(*good, strict=True)) if good else [()] * width
        arrays = [pa.array([text or None for text in column], type=pa.string()) for column in columns]
        table = pa.Table.from_arrays(arrays, names=[f"c{place}" for place in range(width)])
        return Chunk(self.number, table, np.array(rows, dtype=np.int64), tuple(bad), len(self.cells), tuple(lossy))

    def _any(self, cells: list[Any]) -> bool:
        """A quick look: in a sheet with a cell far outside the data nearly all rows are blank."""
        return bool(self.shown) or cells.count("") < len(cells)

    def _texts(self, row: int, cells: Sequence[object]) -> list[str]:
        return texts_of_row(row, cells, self.shown, least=len(self.header))

    def _fault(self, row: int, texts: list[str], merged: Text | None) -> BadRow | None:
        width = len(self.header)
        if any(texts[width:]):
            while not texts[-1]:
                texts.pop()
            text = bad_rows.ragged(len(texts), width, last=False)
            return BadRow(row, bad_rows.RAGGED, text, tuple(texts))
        if any("\0" in text for text in texts):
            return BadRow(row, bad_rows.NULL_BYTE, bad_rows.null_byte(), tuple(texts[:width]))
        return None if merged is None else BadRow(row, bad_rows.RAGGED, merged, tuple(texts[:width]))


def texts_of_row(row: int, cells: Sequence[object], shown: Shown, *, least: int = 0) -> list[str]:
    """Return the texts of a row; where a cell is empty, what it shows nevertheless (an error, a reckoned text)."""
    texts = [as_text(cell) for cell in cells]
    texts.extend([""] * (least - len(texts)))
    if shown:
        for place, text in enumerate(texts):
            texts[place] = text or shown.get((row, place), "")
    return texts


class SheetTable:
    """See :class:`~xinheng.core.intake.read.TableReader`; made by :func:`open_workbook`."""

    def __init__(self, found: _Found, form: Form, header: tuple[str, ...], rows_per_chunk: int) -> None:
        self.form = form
        self.header = header
        self.header_row = found.header_row
        self._found = found
        self._rows_per_chunk = rows_per_chunk

    def chunks(self) -> Iterator[SheetChunk]:
        """See :class:`~xinheng.core.intake.read.TableReader`; a merged cell is never cut in two but it be very long."""
        found = self._found
        rows = itertools.islice(rows_of(found.sheet), self.header_row, None)
        row, number = self.header_row + 1, 0
        valued: dict[Merge, Valued] = {}
        while part := list(itertools.islice(rows, self._rows_per_chunk)):
            last = row - 1
            while (reach := found.merges.reach(last + 1, row + len(part) - 1)) > row + len(part) - 1:
                last = row + len(part) - 1
                more = list(itertools.islice(rows, reach - last))
                part += more
                if not more:
                    break
            last = row + len(part) - 1
            for merge in found.merges.starting(row, last):
                valued[merge] = found.valued(merge, part[merge.top - row])
            merged = tuple(valued[merge] for merge in found.merges.touching(row, last) if merge in valued)
            yield SheetChunk(number, row, row - self.header_row - 1, part, self.header, found.shown, merged)
            row, number = last + 1, number + 1
            valued = {merge: one for merge, one in valued.items() if merge.bottom >= row}


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet with a row of headings; columns count from the first one that holds a cell."""

    sheet: calamine.CalamineSheet
    shown: Shown
    merges: Merges
    header_row: int
    heading: list[str]
    below: list[list[str]]

    def valued(self, merge: Merge, cells: Sequence[object]) -> Valued:
        """Return a merged cell with what stands in its first row."""
        value = cells[merge.left] if merge.left < len(cells) else ""
        return Valued(merge, as_text(value) or self.shown.get((merge.top, merge.left), ""), isinstance(value, str))


def open_workbook(stream: BinaryIO, form: Form, *, rows_per_chunk: int, knows: Knows | None = None) -> SheetTable:
    """Open a workbook after looking it through; ``stream`` is seekable.

    Raises:
        UnusableFile: it is damaged, protected, unsafe, empty, or has no heading row that tells the columns apart.
    """
    sheets = sheets_of(stream, form.kind)
    for name in sheets.visible:
        sheet, shown = sheets.sheet(name)
        found = _look_for_heading(sheet, shown, knows)
        if found is not None:
            others = tuple(other for other in sheets.visible if other != name)
            header = headings(found.heading, row=found.header_row, below=found.below, offset=sheet.start[1])  # type: ignore[index]
            if not found.below:
                raise refusals.only_header(found.header_row)
            return SheetTable(found, Form(form.kind, sheet=name, other_sheets=others), header, rows_per_chunk)
    raise refusals.no_sheet()


def _look_for_heading(sheet: calamine.CalamineSheet, shown: Shown, knows: Knows | None) -> _Found | None:
    if sheet.start is None or sheet.end is None:
        return None
    first_column = sheet.start[1]
    own = {(row + 1, column - first_column): text for (row, column), text in shown.items()}
    merges = Merges(sheet.merged_cell_ranges or (), first_column=first_column, end=sheet.end)
    rows = ((row, cells) for row, cells in enumerate(rows_of(sheet), start=1) if own or cells.count("") < len(cells))
    texts = ((row, texts_of_row(row, cells, own)) for row, cells in rows)
    filled = ((row, cells) for row, cells in texts if any(cell.strip() for cell in cells))
    first = list(itertools.islice(filled, LOOK_AT if knows else 1))
    if not first:
        return None
    if knows:
        _fill_headings(first, merges)
    place = heading_place([cells for _, cells in first], knows)
    row, heading = first[place]
    below = [cells for _, cells in itertools.chain(first[place + 1 :], itertools.islice(filled, _ROWS_BELOW))]
    return _Found(sheet, own, merges, row, heading, below[:_ROWS_BELOW])


def _fill_headings(rows: list[tuple[int, list[str]]], merges: Merges) -> None:
    """A heading may stand in cells merged downwards, beside two floors of others: it counts for each floor."""
    by_row = dict(rows)
    for merge in merges.starting(rows[0][0], rows[-1][0]):
        if merge.left == merge.right and merge.top in by_row:
            for row in merge.rows[1:LOOK_AT]:
                if row in by_row:
                    by_row[row][merge.left] = by_row[merge.top][merge.left]
