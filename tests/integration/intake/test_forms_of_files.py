"""One department, four decisions, and every form in which it may hand them in: the ledger cannot tell them apart."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import quoteattr

import openpyxl
import pytest
import xlwt

from xinheng.core.sample.layouts import HEADINGS

from ..commands import Xinheng
from ..sheets import PENALTY, TODAY, Province, Row

TITLE = "某某局行政处罚信息表"


def _rows(province: Province, mark: str) -> list[Row]:
    """Three good rows, and one with a number in which a spreadsheet lost digits."""
    rows = [province.penalty(number, CF_WSH=f"{mark}罚〔2026〕{number}号") for number in range(3)]
    return [*rows, province.penalty(3, CF_WSH=f"{mark}罚〔2026〕3号", CF_XDR_SHXYM="9.13207E+17")]


def _old_book(rows: list[Row]) -> bytes:
    book, out = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    sheet = book.add_sheet("处罚")
    sheet.write_merge(0, 0, 0, len(HEADINGS) - 1, TITLE)
    for number, cells in enumerate([list(HEADINGS.values()), *([row[code] for code in HEADINGS] for row in rows)], 2):
        for column, cell in enumerate(cells):
            if cell:
                sheet.write(number, column, cell)
    book.save(out)
    return out.getvalue()


def _new_book(rows: list[Row]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append([TITLE])
    sheet.append([])
    sheet.append(list(HEADINGS.values()))
    for row in rows:
        sheet.append([row[code] or None for code in HEADINGS])
    book.save(out)
    return out.getvalue()


def _lines(rows: list[Row]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode("gb18030")


def _array(rows: list[Row]) -> bytes:
    named = [{HEADINGS[code]: row[code] or None for code in HEADINGS} for row in rows]
    return json.dumps(named, ensure_ascii=False, indent=1).encode()


def _rowdata(rows: list[Row]) -> bytes:
    written = "".join("<ROW" + "".join(f" {code}={quoteattr(row[code])}" for code in HEADINGS) + "/>" for row in rows)
    return f'<?xml version="1.0" encoding="GB2312"?><ROWDATA>{written}</ROWDATA>'.encode("gb18030")


@pytest.mark.parametrize(
    ("mark", "make", "row"),
    [("旧", _old_book, 7), ("新", _new_book, 7), ("行", _lines, 4), ("组", _array, 4), ("换", _rowdata, 4)],
)
def test_every_form_is_taken_and_lost_digits_are_told(
    xinheng: Xinheng, province: Province, tmp_path: Path, mark: str, make: Callable[[list[Row]], bytes], row: int
) -> None:
    file = tmp_path / "file.et"
    file.write_bytes(make(_rows(province, mark)))
    rejects = tmp_path / "rejects.xlsx"
    words = ("--agency", province.agency, "--on", TODAY.isoformat(), "--json", "--rejects", str(rejects))
    done = xinheng("submit", PENALTY, file, *words, expect=3).json
    assert [done[name] for name in ("received", "accepted", "rejected", "waiting")] == [4, 3, 1, 0]
    assert done["issues"]["S10"] == 1
    query = "SELECT rows FROM store_issuegroup WHERE submission_id = %s AND code = 'S10'"
    assert xinheng.rows(query, done["submission"]) == [([row],)]
    sheet = openpyxl.load_workbook(rejects).active
    assert sheet is not None
    assert [str(cell.value) for cell in sheet["A"]][1] == _rows(province, mark)[3][next(iter(HEADINGS))]
