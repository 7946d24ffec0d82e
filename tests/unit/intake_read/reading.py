"""Reading made short for tests: files are made, opened, and their rows laid side by side."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import xlsxwriter
import xlwt

from xinheng.core.errors import UnusableFile
from xinheng.core.intake.read import BadRow, TableReader, open_table
from xinheng.core.intake.read.compound import Compound, packed

DAY = xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
FIELDS = ("名称", "代码", "日期", "金额", "机关", "备注")
Fill = Callable[[Any], None]


def opened(data: bytes, *, chunk_bytes: int = 1 << 20, known: Sequence[str] = ()) -> TableReader:
    knows = frozenset(known).__contains__ if known else None
    return open_table(io.BytesIO(data), name="f", size=len(data), chunk_bytes=chunk_bytes, knows=knows)


def rows_of(table: TableReader) -> tuple[dict[int, list[str | None]], list[BadRow]]:
    """The rows by number, and the bad ones."""
    rows: dict[int, list[str | None]] = {}
    bad: list[BadRow] = []
    for chunk in (raw.parse() for raw in table.chunks()):
        columns = [column.to_pylist() for column in chunk.table.columns]
        rows.update({int(row): list(cells) for row, *cells in zip(chunk.rows, *columns, strict=True)})
        bad.extend(chunk.bad)
    return rows, bad


def lossy_of(table: TableReader) -> list[tuple[int, int]]:
    return [cell for raw in table.chunks() for cell in raw.parse().lossy]


def refusal_of(data: bytes, **how: Any) -> UnusableFile:
    with pytest.raises(UnusableFile) as caught:
        rows_of(opened(data, **how))
    for language in ("zh", "en"):
        assert all(caught.value.explanation.in_language(language))
    return caught.value


def old_book(rows: Sequence[Sequence[Any]] = (), fill: Fill | None = None, *, name: str = "表") -> bytes:
    """An XLS of one sheet; ``fill`` adds to the workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(name)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(row, column, cell)
    if fill is not None:
        fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def new_book(rows: Sequence[Sequence[Any]] = (), fill: Fill | None = None) -> bytes:
    """An XLSX of one sheet; ``fill`` adds to the sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("表")
    for row, cells in enumerate(rows):
        sheet.write_row(row, 0, cells)
    if fill is not None:
        fill(sheet)
    book.close()
    return out.getvalue()


def stream_of(book: bytes) -> bytes:
    """The inner stream of an XLS."""
    return Compound(io.BytesIO(book)).read("Workbook")


def with_stream(change: Callable[[bytes], bytes], book: bytes) -> bytes:
    """An XLS whose inner stream was changed."""
    return packed(change(stream_of(book)))


def renamed(book: bytes, name: str) -> bytes:
    """A compound whose one stream has another name."""
    data = packed(stream_of(book))
    old = "Workbook".encode("utf-16-le").ljust(64, b"\0") + (18).to_bytes(2, "little")
    new = name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little")
    return data.replace(old, new)
