"""An open XLSX: the first visible sheet with cells, its headings, its rows as the text a spreadsheet shows."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO, TypeVar

import numpy as np
import pyarrow as pa
import python_calamine as calamine

from xinheng.core.intake.read import bad_rows, refusals
from xinheng.core.intake.read.chunk import BadRow, Chunk
from xinheng.core.intake.read.form import Form
from xinheng.core.intake.read.header import headings
from xinheng.core.intake.read.lossy import FIRST_LOSSY, is_scientific
from xinheng.core.intake.read.workbook_safety import Errors, inspect

_ROWS_BELOW = 8
_Result = TypeVar("_Result")


def as_text(value: object) -> str:
    """The text of a cell: numbers with 15 digits at most and no ``.0``, dates as ``YYYY-MM-DD``."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(float(value))
    if isinstance(value, dt.datetime):
        at_midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if at_midnight else value.replace(microsecond=0).isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, dt.timedelta):
        return _duration(value)
    return "" if value is None else str(value)


def _number(value: float) -> str:
    text = f"{value:.15g}"
    if "e" in text:
        text = format(Decimal(text), "f")
    return "0" if text == "-0" else text


def _duration(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@dataclass(frozen=True, slots=True)
class XlsxChunk:
    """Some rows of a sheet as calamine gives them."""

    number: int
    first_row: int
    offset: int
    cells: list[list[Any]] = field(repr=False)
    width: int
    errors: Errors = field(repr=False)  # by spreadsheet row and column index

    def parse(self) -> Chunk:
        """See :class:`~xinheng.core.intake.read.RawChunk`."""
        good: list[list[str]] = []
        rows: list[int] = []
        bad: list[BadRow] = []
        lossy: list[tuple[int, int]] = []
        for row, cells in enumerate(self.cells, start=self.first_row):
            texts = self._texts(row, cells)
            fault = self._fault(row, texts)
            if fault is not None:
                bad.append(fault)
            elif any(texts):
                good.append(texts[: self.width])
                rows.append(row)
                lossy.extend((row, place) for place in range(self.width) if _is_lossy(cells[place], texts[place]))
        columns = list(zip(*good, strict=True)) if good else [()] * self.width
        arrays = [pa.array([text or None for text in column], type=pa.string()) for column in columns]
        table = pa.Table.from_arrays(arrays, names=[f"c{place}" for place in range(self.width)])
        return Chunk(self.number, table, np.array(rows, dtype=np.int64), tuple(bad), len(self.cells), tuple(lossy))

    def _texts(self, row: int, cells: Sequence[object]) -> list[str]:
        texts = [as_text(cell) for cell in cells]
        texts.extend([""] * (self.width - len(texts)))
        if self.errors:
            for place, text in enumerate(texts):
                texts[place] = text or self.errors.get((row, place), "")
        return texts

    def _fault(self, row: int, texts: list[str]) -> BadRow | None:
        if any(texts[self.width :]):
            while not texts[-1]:
                texts.pop()
            text = bad_rows.ragged(len(texts), self.width, last=False)
            return BadRow(row, bad_rows.RAGGED, text, tuple(texts))
        if any("\0" in text for text in texts):
            return BadRow(row, bad_rows.NULL_BYTE, bad_rows.null_byte(), tuple(texts[: self.width]))
        return None


def _is_lossy(value: object, text: str) -> bool:
    if isinstance(value, float):
        return abs(value) >= FIRST_LOSSY
    return is_scientific(text)


class XlsxTable:
    """See :class:`~xinheng.core.intake.read.TableReader`; made by :func:`open_workbook`."""

    def __init__(self, found: _Found, form: Form, header: tuple[str, ...], rows_per_chunk: int) -> None:
        self.form = form
        self.header = header
        self.header_row = found.header_row
        self._found = found
        self._rows_per_chunk = rows_per_chunk

    def chunks(self) -> Iterator[XlsxChunk]:
        """See :class:`~xinheng.core.intake.read.TableReader`."""
        rows = itertools.islice(_rows(self._found.sheet), self.header_row, None)
        row, number = self.header_row + 1, 0
        while part := list(itertools.islice(rows, self._rows_per_chunk)):
            offset = row - self.header_row - 1
            yield XlsxChunk(number, row, offset, part, len(self.header), self._found.errors)
            row, number = row + len(part), number + 1


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet with a row of headings; columns count from the first one that holds a cell."""

    sheet: calamine.CalamineSheet
    errors: Errors
    first_column: int
    header_row: int
    heading: list[str]
    below: list[list[str]]


def open_workbook(stream: BinaryIO, *, rows_per_chunk: int) -> XlsxTable:
    """Open a workbook after looking it through; ``stream`` is seekable.

    Raises:
        UnusableFile: it is damaged, protected, unsafe, empty, or has no heading row that tells the columns apart.
    """
    errors = inspect(stream)
    stream.seek(0)
    book = _guarded(lambda: calamine.CalamineWorkbook.from_filelike(stream))
    visible = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
    ]
    for name in visible:
        found = _look_for_heading(_guarded(lambda name=name: book.get_sheet_by_name(name)), errors.get(name, {}))  # type: ignore[misc]
        if found is not None:
            others = tuple(other for other in visible if other != name)
            header = headings(found.heading, row=found.header_row, below=found.below, offset=found.first_column)
            if not found.below:
                raise refusals.only_header(found.header_row)
            return XlsxTable(found, Form("xlsx", sheet=name, other_sheets=others), header, rows_per_chunk)
    raise refusals.no_sheet()


def _look_for_heading(sheet: calamine.CalamineSheet, errors: Errors) -> _Found | None:
    if sheet.start is None:
        return None
    first_column = sheet.start[1]
    as_texts = (list(map(as_text, cells)) for cells in _rows(sheet))
    filled = ((row, texts) for row, texts in enumerate(as_texts, start=1) if any(text.strip() for text in texts))
    heading = next(filled, None)
    if heading is None:
        return None
    below = [texts for _, texts in itertools.islice(filled, _ROWS_BELOW)]
    own = {(row + 1, column - first_column): shown for (row, column), shown in errors.items()}
    return _Found(sheet, own, first_column, heading[0], heading[1], below)


def _rows(sheet: calamine.CalamineSheet) -> Iterator[list[Any]]:
    rows = _guarded(lambda: iter(sheet.iter_rows()))
    while (cells := _guarded(lambda: next(rows, None))) is not None:
        yield cells


def _guarded(step: Callable[[], _Result]) -> _Result:
    """Run a step of calamine; whatever goes wrong inside, a panic included, is a damaged workbook."""
    try:
        return step()
    except calamine.PasswordError as error:
        raise refusals.encrypted_workbook() from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise refusals.damaged_workbook() from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise refusals.damaged_workbook() from None
        raise
