"""Each form of file is read like a second, obvious reading of it does: openpyxl, Python's json, ElementTree."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

import openpyxl
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from xinheng.core.intake.read import open_table

NAMES = ("名称", "代码", "c", "d")
SIGNS = st.sampled_from([*"甲乙ab01 .,'<>&;{}[]\\/", '"', "\n", "\t", "😀", "é", "厂局"])
TEXTS = st.lists(SIGNS, max_size=8).map("".join)
DAY = xlwt.easyxf(num_format_str="yyyy-mm-dd")
Rows = dict[int, list[str | None]]


def read(data: bytes, *, chunk_bytes: int) -> tuple[tuple[str, ...], Rows]:
    table = open_table(io.BytesIO(data), name="f", size=len(data), chunk_bytes=chunk_bytes)
    rows: Rows = {}
    for chunk in (raw.parse() for raw in table.chunks()):
        assert chunk.bad == ()
        columns = [column.to_pylist() for column in chunk.table.columns]
        rows |= {int(row): list(cells) for row, *cells in zip(chunk.rows, *columns, strict=True)}
    return table.header, rows


VALUES = st.one_of(TEXTS, st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.decimals(-1000, 1000, places=3))
OBJECTS = st.lists(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4), min_size=1, max_size=12)


def plain(value: Any) -> str | None:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return None if value is None or value == "" else str(value)


@given(
    OBJECTS,
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
    st.booleans(),
    st.sampled_from([None, 1]),
    st.integers(1, 300),
)
def test_json_is_what_python_reads_with_every_digit(
    objects: list[dict[str, Any]], encoding: str, is_array: bool, indent: int | None, chunk_bytes: int
) -> None:
    objects = [{"名称": "甲", "代码": "乙"}, *objects]
    kept = [
        {key: float(value) if isinstance(value, Decimal) else value for key, value in one.items()} for one in objects
    ]
    lines = [json.dumps(one, ensure_ascii=False) for one in kept]
    text = json.dumps(kept, ensure_ascii=False, indent=indent) if is_array else "\n".join(lines)
    header, rows = read(text.encode(encoding), chunk_bytes=chunk_bytes)
    again = [json.loads(line, parse_float=str, parse_int=str) for line in lines]
    assert header == tuple(dict.fromkeys(key for one in again for key in one))
    expected = {number: [plain(one.get(name)) for name in header] for number, one in enumerate(again, 1)}
    assert rows == {number: cells for number, cells in expected.items() if any(cells)}


@given(
    st.lists(st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=4), min_size=1, max_size=10),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
    st.lists(st.booleans(), min_size=11, max_size=11),
    st.integers(1, 300),
)
def test_xml_is_what_elementtree_reads(
    records: list[dict[str, str]], encoding: str, as_elements: list[bool], chunk_bytes: int
) -> None:
    records = [{"名称": "甲", "代码": "乙"}, *records]
    written = []
    for record, elements in zip(records, as_elements, strict=False):
        inner = "".join(
            f"<{key}>{value.replace('&', '&amp;').replace('<', '&lt;')}</{key}>" for key, value in record.items()
        )
        attributes = "".join(f" {key}={quoteattr(value)}" for key, value in record.items())
        written.append(f"<ROW>\n{inner}\n</ROW>" if elements else f"<ROW{attributes}/>")
    text = "<DATAPACKET><ROWDATA>\n" + "\n".join(written) + "</ROWDATA></DATAPACKET>"
    header, rows = read(f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding), chunk_bytes=chunk_bytes)
    found = [
        {**row.attrib, **{cell.tag: cell.text or "" for cell in row}}
        for row in ElementTree.fromstring(text).iter("ROW")
    ]
    assert header == tuple(dict.fromkeys(key for one in found for key in one))
    expected = {number: [one.get(name) or None for name in header] for number, one in enumerate(found, 1)}
    assert rows == {number: cells for number, cells in expected.items() if any(cells)}


CELLS = st.one_of(
    TEXTS.map(str.strip),  # a workbook says nothing of the space around a text
    st.none(),
    st.integers(-(10**14), 10**14),
    st.booleans(),
    st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)),
)
SHEETS = st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=10)


def shown(value: Any) -> str | None:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.date) else plain(value)


@settings(max_examples=40)
@given(SHEETS)
def test_a_workbook_is_what_openpyxl_reads(cells: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(NAMES))
    sheet.append(["甲", "乙", 1, 2])
    for row in cells:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    header, rows = read(out.getvalue(), chunk_bytes=1 << 13)
    second = openpyxl.load_workbook(out).active
    assert second is not None
    expected = {row[0].row: [shown(cell.value) for cell in row] for row in second.iter_rows(min_row=2, max_col=4)}
    assert header == NAMES
    assert rows == {number: texts for number, texts in expected.items() if any(texts)}


@settings(max_examples=60)
@given(SHEETS, st.integers(1, 4))
def test_an_old_workbook_is_what_was_written_into_it(cells: list[list[Any]], rows_per_chunk: int) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    for number, row in enumerate([list(NAMES), ["甲", "乙", 1, 2], *cells]):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, column, cell, DAY if isinstance(cell, dt.date) else xlwt.Style.default_style)
    out = io.BytesIO()
    book.save(out)
    header, rows = read(out.getvalue(), chunk_bytes=rows_per_chunk << 12)
    expected = {number: [shown(cell) for cell in row] for number, row in enumerate([["甲", "乙", 1, 2], *cells], 2)}
    assert header == NAMES
    assert rows == {number: texts for number, texts in expected.items() if any(texts)}
