"""Writing a sheet in every form that is accepted; each writer is given the chance by which it writes one way or another."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable
from random import Random
from xml.sax.saxutils import quoteattr

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
import xlwt
from tests.fuzz.sources import Sheet

Write = Callable[[Random, Sheet], bytes]
_XML_NAME = re.compile(r"[\w一-龥][\w.一-龥-]*")
_UNXML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST = 32_767


def _csv(delimiter: str, encoding: str, *, bom: bytes = b"") -> Write:
    def write(chance: Random, sheet: Sheet) -> bytes:
        out = io.StringIO(newline="")
        returns = any(
            "\r" in cell for cells in (sheet.header, *sheet.rows) for cell in cells
        )  # csv does not see to these
        quoting = chance.choice([csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=chance.choice(["\r\n", "\n"]))
        writer.writerows([sheet.header, *sheet.rows])
        text = out.getvalue()
        sheet.whole = sheet.whole and "\0" not in text
        return bom + text.encode(encoding, "replace")

    return write


def xlsx(chance: Random, sheet: Sheet) -> bytes:
    """Write an XLSX: texts, or numbers and days as a spreadsheet keeps them."""
    out = io.BytesIO()
    typed = chance.random() < 0.3
    book = xlsxwriter.Workbook(
        out, {"default_date_format": "yyyy-mm-dd", "strings_to_numbers": False, "strings_to_formulas": False}
    )
    page = book.add_worksheet("表")
    for row, cells in enumerate([sheet.header, *sheet.rows]):
        for column, cell in enumerate(cells):
            _put(page, row, column, cell if row else cell[:200], typed=typed and row > 0)
    if chance.random() < 0.1:
        book.add_worksheet("二").hide()
    book.close()
    return out.getvalue()


def _put(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: str, *, typed: bool) -> None:
    if typed and _DAY.fullmatch(cell) and "2000" < cell < "2100":
        try:
            page.write_datetime(row, column, dt.datetime.fromisoformat(cell))
        except ValueError:
            page.write_string(row, column, cell)
    elif typed and cell.isascii() and cell.replace(".", "", 1).isdigit() and 0 < len(cell) < 20:
        page.write_number(row, column, float(cell))
    elif cell:
        page.write_string(row, column, _UNXML.sub("\ufffd", cell)[:_LONGEST])


def xls(_: Random, sheet: Sheet) -> bytes:
    """Write an XLS, which has 256 columns at most."""
    book, out = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    page = book.add_sheet("表")
    for row, cells in enumerate([sheet.header, *sheet.rows]):
        for column, cell in enumerate(cells[:256]):
            if cell:
                page.write(row, column, _bmp(cell)[:_LONGEST])
    book.save(out)
    return out.getvalue()


def _bmp(cell: str) -> str:
    return "".join(sign if sign < "\ud800" or "\ue000" <= sign <= "\uffff" else "\ufffd" for sign in cell)


def _named(sheet: Sheet, row: list[str]) -> list[tuple[str, str]]:
    return list(zip(sheet.header, row, strict=False))


def _object(chance: Random, members: list[tuple[str, str]], *, ascii_only: bool, first: bool) -> str:
    """Write one object by hand, so that doubled names stay doubled; an empty cell is a null, an empty text or, but in the first, not there."""
    empty = chance.choice([None, ""] if first else [None, "", ...])
    kept = [(key, cell if cell else empty) for key, cell in members]
    written = (
        f"{json.dumps(key, ensure_ascii=ascii_only)}: {json.dumps(cell, ensure_ascii=ascii_only)}"
        for key, cell in kept
        if cell is not ...
    )
    return "{" + ", ".join(written) + "}"


def _json(encoding: str, *, array: bool) -> Write:
    def write(chance: Random, sheet: Sheet) -> bytes:
        ascii_only = encoding == "ascii"
        rows = [
            _object(chance, _named(sheet, row), ascii_only=ascii_only, first=not at)
            for at, row in enumerate(sheet.rows)
        ]
        text = "[" + ",\n".join(rows) + "]" if array else "\n".join(rows) + chance.choice(["", "\n"])
        sheet.whole = sheet.whole and bool(rows) and "\x00" not in text
        return text.encode(encoding, "replace")

    return write


def xml(chance: Random, sheet: Sheet) -> bytes:
    """Write ROWDATA, cells as attributes or as elements; what XML cannot name or hold is not written so."""
    encoding = chance.choice(["UTF-8", "GB18030", "GB2312", "UTF-16"])
    elements = chance.random() < 0.5
    rows = []
    for row in sheet.rows:
        members = [(key, _UNXML.sub("", cell)) for key, cell in _named(sheet, row) if _XML_NAME.fullmatch(key)]
        if elements:
            inner = "".join(
                f"<{key}>{cell.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</{key}>"
                for key, cell in members
            )
            rows.append(f"<ROW>{inner}</ROW>")
        else:
            rows.append("<ROW" + "".join(f" {key}={quoteattr(cell)}" for key, cell in members) + "/>")
    named = all(_XML_NAME.fullmatch(key) and not key[0].isdigit() for key in sheet.header)
    sheet.whole = sheet.whole and named and not (encoding == "UTF-16" and "\r" in "".join(rows))
    sheet.comparable = sheet.comparable and named
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<ROWDATA>' + "\n".join(rows) + "</ROWDATA>"
    return text.encode("gb18030" if encoding == "GB2312" else encoding, "replace")


def parquet(_: Random, sheet: Sheet) -> bytes:
    """Write Parquet, which only the register's seed is read from."""
    width = len(sheet.header)
    columns = [pa.array([row[at] if at < len(row) else None for row in sheet.rows], pa.string()) for at in range(width)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, names=sheet.header), out)
    return out.getvalue()


FORMS: dict[str, Write] = {
    "csv": _csv(",", "utf-8"),
    "csv-bom": _csv(",", "utf-8", bom=b"\xef\xbb\xbf"),
    "csv-gb18030": _csv(",", "gb18030"),
    "csv-utf-16": _csv(",", "utf-16"),
    "csv-utf-16-be": _csv("\t", "utf-16-be", bom=b"\xfe\xff"),
    "semicolon": _csv(";", "utf-8"),
    "tab": _csv("\t", "gb18030"),
    "bar": _csv("|", "gb18030"),
    "xlsx": xlsx,
    "xls": xls,
    "jsonl": _json("utf-8", array=False),
    "jsonl-gb18030": _json("gb18030", array=False),
    "jsonl-ascii": _json("ascii", array=False),
    "json": _json("utf-8", array=True),
    "json-utf-16": _json("utf-16", array=True),
    "xml": xml,
    "parquet": parquet,
}
