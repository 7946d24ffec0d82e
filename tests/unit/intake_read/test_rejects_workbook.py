"""The workbook of rejected rows: what the department gets back, and that it can hand it in again as it is."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinheng.core.errors import Text
from xinheng.core.intake import rejects
from xinheng.core.intake.read import open_table
from xinheng.core.intake.rejects import APPENDED_HEADINGS, CellIssue, RejectedRow, write_rejects

HEADER = ("名称", "代码", "金额")
BAD_CODE = CellIssue(1, "V03", "9I", Text("应为 18 位统一社会信用代码", "18 characters"), Text("请核对", "Check it"))
LATE = CellIssue(2, "V11", "1", "应以元为单位", "请核对单位", "warn")


def written(rows: list[RejectedRow], issues: Any = None, **options: Any) -> bytes:
    out = io.BytesIO()
    assert write_rejects(out, header=HEADER, rows=rows, issues=issues or {}, **options) == len(rows)
    return out.getvalue()


def read_back(data: bytes) -> tuple[tuple[str, ...], dict[int, list[str | None]]]:
    table = open_table(io.BytesIO(data), name="r.xlsx", size=len(data))
    rows: dict[int, list[str | None]] = {}
    for raw in table.chunks():
        chunk = raw.parse()
        columns = [column.to_pylist() for column in chunk.table.columns]
        rows.update((int(row), list(cells)) for row, *cells in zip(chunk.rows, *columns, strict=True))
    return table.header, rows


def test_the_rows_come_back_in_the_departments_own_columns_and_two_more() -> None:
    data = written(
        [RejectedRow(7, ("某某厂", "9I", "1")), RejectedRow(9, ("某某店", None, None))], {7: [BAD_CODE, LATE]}
    )
    header, rows = read_back(data)
    assert header == HEADER + APPENDED_HEADINGS
    assert rows[2][:4] == ["某某厂", "9I", "1", "7"]
    assert rows[2][4] == "【代码】V03 应为 18 位统一社会信用代码请核对\n【金额】（提示）V11 应以元为单位请核对单位"
    assert rows[3] == ["某某店", None, None, "9", None]


def test_bad_cells_are_filled_and_explained_and_warnings_look_otherwise() -> None:
    rows = [RejectedRow(7, ("某某厂", "9I", "1")), RejectedRow(8, ("某某厂", None, "1"))]
    book = openpyxl.load_workbook(io.BytesIO(written(rows, {7: [BAD_CODE, LATE], 8: [BAD_CODE]}, language="en")))
    sheet = book.worksheets[0]
    assert sheet["B2"].fill.fgColor.rgb != sheet["C2"].fill.fgColor.rgb != sheet["A2"].fill.fgColor.rgb
    assert sheet["B3"].fill.fgColor.rgb == sheet["B2"].fill.fgColor.rgb
    assert sheet["B2"].comment.text == "V03 18 characters Check it"
    assert sheet["B3"].comment is not None
    assert sheet["A2"].comment is None
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:E3")
    guide = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    assert ["V03", "2"] in guide
    assert any(row[0] == "V11" and row[1].startswith("1 ") for row in guide)


def test_nothing_in_it_can_run() -> None:
    nasty = ("=cmd|'/c calc'!A1", "@SUM(1)", "{=1+1}")
    data = written([RejectedRow(2, nasty), RejectedRow(3, ("http://example.invalid", "+1", "-1"))])
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row if cell.value} <= {
        "s",
        "inlineStr",
    }
    assert tuple(read_back(data)[1][2][:3]) == nasty
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_codes_keep_all_their_digits() -> None:
    data = written([RejectedRow(2, ("007", "320106199001011234", "1e5"))])
    assert read_back(data)[1][2][:3] == ["007", "320106199001011234", "1e5"]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"), max_size=12),
        min_size=3,
        max_size=3,
    )
)
def test_any_text_comes_back_as_it_was(cells: list[str]) -> None:
    data = written([RejectedRow(2, cells)])
    assert read_back(data)[1][2][:3] == [cell or None for cell in cells]


def test_more_rows_than_a_sheet_holds_go_to_further_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejects, "ROWS_PER_SHEET", 3)
    data = written([RejectedRow(row, ("甲", str(row), None)) for row in range(2, 9)])
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["退回", "说明", "退回2", "退回3"]
    assert [book[name].max_row - 1 for name in ("退回", "退回2", "退回3")] == [3, 3, 1]
    assert any("3 张工作表" in str(row[1].value) for row in book["说明"].iter_rows())


def test_cells_beyond_the_headings_and_too_long_ones_are_told_in_the_note() -> None:
    rows = [RejectedRow(2, ("甲", "1", "2", "多")), RejectedRow(3, ("长" * 40_000,))]
    cells = read_back(written(rows))[1]
    assert cells[2][4] == "标题之外的单元格：多"
    assert cells[3][0] == "长" * 32_767
    assert "只显示前 32,767 个字符" in str(cells[3][4])


def test_comments_are_limited_and_issues_may_be_asked_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejects, "MAX_COMMENTS", 2)
    asked: list[int] = []

    def issues(row: int) -> list[CellIssue]:
        asked.append(row)
        return [BAD_CODE, CellIssue(None, "S08", None, "单元格数不符", "")]

    data = written([RejectedRow(row, ("甲", "9I", None)) for row in (4, 5, 6)], issues)
    assert asked == [4, 5, 6]
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [sheet[f"B{row}"].comment is not None for row in (2, 3, 4)] == [True, True, False]
    assert "【整行】S08 单元格数不符" in sheet["E2"].value


def test_corrected_rows_can_be_handed_in_again_whatever_their_line_breaks() -> None:
    data = written([RejectedRow(2, ("甲\r\n乙", " 空 ", "_x0041_")), RejectedRow(3, ("a\nb", "\t", "😀"))])
    rows = read_back(data)[1]
    assert rows[2][:3] == ["甲\r\n乙", " 空 ", "_x0041_"]
    assert rows[3][:3] == ["a\nb", "\t", "😀"]
