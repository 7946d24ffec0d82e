"""Sheets that a command loads (批量表): rows of named columns from CSV or a workbook, under codes or Chinese headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from xinheng.core.errors import Explanation, Text, UnusableFile
from xinheng.core.intake.read import open_table

FIRST_ROW = 2
"""The number of the first row under the headings."""


def sheet_rows(
    content: BinaryIO, *, name: str, size: int, columns: Mapping[str, Sequence[str]], needed: frozenset[str]
) -> list[dict[str, str]]:
    """Return the rows of a sheet by the names of ``columns``, each with the headings that mean it besides its name.

    Cells are trimmed; a column that is absent is absent from the rows. Raises ``UnusableFile`` where a ``needed`` column is missing.
    """
    reader = open_table(content, name=name, size=size)
    places = {column: place for column, words in columns.items() if (place := _place(reader.header, (column, *words)))}
    if not needed <= places.keys():
        raise UnusableFile(_no_columns(reader.header, columns, needed - places.keys()))
    rows: list[dict[str, str]] = []
    for chunk in (raw.parse() for raw in reader.chunks()):
        if chunk.bad:
            raise UnusableFile(_bad_row(chunk.bad[0].row), row=chunk.bad[0].row)
        cells = [chunk.table.column(place - 1).to_pylist() for place in places.values()]
        rows += [
            {column: (cell or "").strip() for column, cell in zip(places, row, strict=True)}
            for row in zip(*cells, strict=True)
        ]
    return rows


def wrong_row(row: int, why: Text) -> UnusableFile:
    """Return the error that names a row of which nothing, and so nothing of the sheet, was taken."""
    return UnusableFile(
        Explanation(
            Text(f"第 {row} 行不能使用", f"Row {row} cannot be used"),
            why,
            Text(
                "请更正该行后重新载入；本次未载入任何内容。",
                "Mend the row and load the sheet again; none of it was taken.",
            ),
        ),
        row=row,
    )


def _place(header: Sequence[str], words: Sequence[str]) -> int:
    """Return which column, counted from one, has one of the headings; 0 where none has."""
    return next((number for number, title in enumerate(header, 1) if title.strip() in words), 0)


def _no_columns(header: Sequence[str], columns: Mapping[str, Sequence[str]], absent: frozenset[str]) -> Explanation:
    missing, shown, known = ", ".join(sorted(absent)), "、".join(header[:12]), ", ".join(columns)
    return Explanation(
        Text(f"表中缺少列：{missing}", f"The sheet has no column {missing}"),
        Text(f"文件的列：{shown}", f"the file's columns: {shown}"),
        Text(f"可用列名：{known}。", f"Call the columns: {known}."),
    )


def _bad_row(row: int) -> Explanation:
    return wrong_row(row, Text("该行无法读取", "the row cannot be read")).explanation
