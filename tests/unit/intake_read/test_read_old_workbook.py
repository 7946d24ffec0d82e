"""Reading XLS and WPS ``.et``: the same table as from XLSX, told by content, and nothing of them can do harm."""

from __future__ import annotations

import datetime as dt
import struct
from typing import Any

import pytest
import xlwt

from xinheng.core.intake.read import biff
from xinheng.core.intake.read.compound import packed

from .reading import DAY, lossy_of, new_book, old_book, opened, refusal_of, renamed, rows_of, stream_of, with_stream

PLAIN = old_book([["名称", "代码"], ["甲", "1"], ["乙", "2"]])


def test_cells_are_the_texts_that_a_spreadsheet_shows() -> None:
    def fill(book: Any) -> None:
        sheet = book.get_sheet(0)
        sheet.write(1, 0, dt.date(2021, 3, 1), DAY)
        sheet.write(1, 1, 44257, DAY)
        sheet.row(1).set_cell_error(5, 0x2A)

    table = opened(old_book([["日", "数", "真", "文", "长", "错"], [None, None, True, " 甲 ", 1.5]], fill))
    assert (table.form.kind, table.form.sheet, table.header_row) == ("xls", "表", 1)
    assert rows_of(table) == ({2: ["2021-03-01", "2021-03-02", "TRUE", " 甲 ", "1.5", "#N/A"]}, [])


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    def fill(book: Any) -> None:
        book.dates_1904 = True
        book.get_sheet(0).write(1, 0, dt.date(2021, 3, 1), DAY)

    assert rows_of(opened(old_book([["日", "名称"], [None, "甲"]], fill)))[0] == {2: ["2021-03-01", "甲"]}


def test_rows_and_columns_have_the_places_a_spreadsheet_shows() -> None:
    def fill(book: Any) -> None:
        sheet = book.get_sheet(0)
        for row, cells in ((2, ["名称", "代码"]), (3, ["甲", "1"]), (6, ["乙", "2"])):
            for column, cell in enumerate(cells, 1):
                sheet.write(row, column, cell)

    table = opened(old_book((), fill), chunk_bytes=4096)
    assert (table.header, table.header_row) == (("名称", "代码"), 3)
    assert rows_of(table)[0] == {4: ["甲", "1"], 7: ["乙", "2"]}


def test_numbers_that_lost_digits_are_marked() -> None:
    data = old_book([["名称", "代码"], ["甲", 320106199001011234], ["乙", 12345], ["3.20106E+17", "x"]])
    assert lossy_of(opened(data)) == [(2, 1), (4, 0)]
    assert rows_of(opened(data))[0][2] == ["甲", "320106199001011000"]


def test_hidden_sheets_are_not_read() -> None:
    def fill(book: Any) -> None:
        book.get_sheet(0).visibility = 1
        for name in ("空", "数据", "代码表"):
            book.add_sheet(name)
        for name in ("数据", "代码表"):
            for row, cells in enumerate((["名称", "代码"], ["甲", "1"])):
                for column, cell in enumerate(cells):
                    book.get_sheet(name).write(row, column, cell)
        book.active_sheet = 2

    table = opened(old_book([["不读"], ["x"]], fill))
    assert (table.form.sheet, table.form.other_sheets) == ("数据", ("空", "代码表"))


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def sheet_with(*records: bytes) -> bytes:
    """A workbook with records put before the end of its sheet."""
    return with_stream(lambda stream: stream[: stream.rindex(b"\x0a\0\0\0")] + b"".join(records) + b"\x0a\0\0\0", PLAIN)


def formula(row: int, column: int, value: bytes, *, style: int = 0) -> bytes:
    return record(0x06, struct.pack("<HHH", row, column, style) + value + bytes(6) + b"\x05\0" + b"\x1e\x01\0\x1e\x02")


@pytest.mark.parametrize(
    ("records", "shown"),
    [
        ([formula(3, 0, struct.pack("<d", 2.5))], "2.5"),
        ([formula(3, 0, b"\x01\0\x01\0\0\0\xff\xff")], "TRUE"),
        ([formula(3, 0, b"\x02\0\x07\0\0\0\xff\xff")], "#DIV/0!"),
        ([formula(3, 0, b"\0\0\0\0\0\0\xff\xff"), record(0x207, b"\x02\0\x01" + "丙厂".encode("utf-16-le"))], "丙厂"),
        ([formula(3, 0, bytes(6) + b"\xff\xff"), record(0x4BC, bytes(8)), record(0x207, b"\x02\0\0ab")], "ab"),
        (
            [formula(3, 0, bytes(6) + b"\xff\xff"), record(0x207, b"\x04\0\0ab"), record(0x3C, b"\x01c\0d\0")],
            "abcd",
        ),
        ([record(0xD6, struct.pack("<HHH", 3, 0, 0) + b"\x02\0\0ab" + b"\x01\0\0\0\0\0")], "ab"),
        ([record(0x204, struct.pack("<HHH", 3, 0, 0) + b"\x01\0\x01" + "丙".encode("utf-16-le"))], "丙"),
    ],
)
def test_a_formula_is_what_it_came_to_and_texts_of_any_record_are_read(records: list[bytes], shown: str) -> None:
    assert rows_of(opened(sheet_with(*records)))[0][4] == [shown, None]


def test_a_reckoned_day_is_a_day() -> None:
    def fill(book: Any) -> None:
        book.get_sheet(0).write(1, 1, 44257, DAY)

    data = old_book([["名称", "日"], ["甲"], ["乙"]], fill)
    stream = stream_of(data)
    (style,) = {
        stream[at + 8 : at + 10] for at in range(len(stream)) if stream[at : at + 8] == b"\x7e\x02\x0a\0\1\0\1\0"
    }
    more = formula(2, 1, struct.pack("<d", 44258.0), style=int.from_bytes(style, "little"))
    data = with_stream(lambda old: old[: old.rindex(b"\x0a\0\0\0")] + more + b"\x0a\0\0\0", data)
    assert rows_of(opened(data))[0][3] == ["乙", "2021-03-03"]


def test_cells_behind_a_chart_are_not_lost() -> None:
    chart = record(0x809, struct.pack("<HHHH", 0x600, 0x20, 0, 0)) + record(0x203, bytes(14)) + record(0x0A, b"")
    data = sheet_with(chart, record(0x203, struct.pack("<HHHd", 3, 0, 0, 7.0)))
    assert rows_of(opened(data))[0][4] == ["7", None]


def test_long_texts_run_on_over_records_and_formatted_ones_are_plain() -> None:
    long = ["甲" * 5000, "乙a" * 6000, "b" * 30_000]
    bold = xlwt.easyfont("bold true")

    def fill(book: Any) -> None:
        book.get_sheet(0).write_rich_text(5, 0, ["某", ("某", bold), "厂"])

    rows, _ = rows_of(opened(old_book([["名称", "代码"], *[[text, "1"] for text in long], []], fill)))
    assert [cells[0] for cells in rows.values()] == [*long, "某某厂"]


def test_a_spreadsheet_of_wps_is_told_by_content_whatever_its_name() -> None:
    assert opened(packed(stream_of(PLAIN))).form.kind == "xls"
    assert opened(new_book([["名称", "代码"], ["甲", "1"]])).form.kind == "xlsx"


@pytest.mark.parametrize(
    ("name", "reason", "kind"),
    [
        ("EncryptedPackage", "encrypted", "密码"),
        ("WordDocument", "kind", ".doc"),
        ("PowerPoint Document", "kind", ".ppt"),
        ("Book", "kind", "Excel 95"),
        ("Contents", "kind", "复合文件"),
    ],
)
def test_a_compound_without_a_workbook_is_named(name: str, reason: str, kind: str) -> None:
    refused = refusal_of(renamed(PLAIN, name))
    assert refused.facts["reason"] == reason
    assert kind in refused.explanation.what.zh


def test_a_password_is_told() -> None:
    data = with_stream(lambda stream: stream[:20] + record(0x2F, b"\x01\0" + bytes(50)) + stream[20:], PLAIN)
    assert refusal_of(data).facts["reason"] == "encrypted"


def test_a_workbook_of_excel_95_is_named() -> None:
    assert "Excel 95" in refusal_of(with_stream(lambda old: old[:4] + b"\x00\x05" + old[6:], PLAIN)).explanation.what.zh


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ([record(0x203, struct.pack("<HHHd", 65_535, 250, 0, 7.0))], "unsafe"),  # far outside: spans 16 million cells
        ([record(0xFD, struct.pack("<HHHI", 9, 0, 0, 99))], "damaged"),  # a text that is not there
        ([record(0x203, struct.pack("<HHHd", 9, 256, 0, 7.0))], "damaged"),  # a column that is not there
        ([record(0xBD, struct.pack("<HH", 9, 0) + bytes(6) + struct.pack("<H", 9))], "damaged"),
        ([record(0x203, b"\0\0")], "damaged"),
        ([record(0xE5, b"\x09\0" + bytes(8))], "damaged"),
        ([record(0x204, struct.pack("<HHH", 3, 0, 0) + b"\x09\0\x01ab")], "damaged"),
    ],
)
def test_records_that_would_break_a_reader_are_refused(records: list[bytes], reason: str) -> None:
    assert refusal_of(sheet_with(*records)).facts["reason"] == reason


def test_a_long_text_shown_a_thousand_times_over_is_no_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    data = old_book([["名称", "代码"], *[["甲" * 20_000, "1"]] * 200])
    assert len(data) < 100_000
    assert len(rows_of(opened(data))[0]) == 200
    monkeypatch.setattr(biff, "MAX_TEXT", 1 << 20)
    assert refusal_of(data).facts["reason"] == "unsafe"


def test_more_cells_than_can_be_looked_through_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(biff, "MAX_RECORDS", 30)
    assert refusal_of(PLAIN).facts["reason"] == "unsafe"


@pytest.mark.parametrize("place", [30, 44, 48, 60, 68])
@pytest.mark.parametrize("value", [b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x0c\0\0\0"])
def test_a_container_that_lies_is_read_or_refused(place: int, value: bytes) -> None:
    data = bytearray(PLAIN)
    data[place : place + 4] = value
    try:
        rows, _ = rows_of(opened(bytes(data)))
    except Exception as refused:
        assert getattr(refused, "facts", {}).get("reason") in {"damaged", "kind"}, refused
    else:
        assert rows == {2: ["甲", "1"], 3: ["乙", "2"]}


def test_chains_that_run_in_circles_end() -> None:
    data = bytearray(packed(stream_of(old_book([["名称", "代码"], *[["甲", "1"]] * 500]))))
    sectors = len(data) // 4096 - 1
    data[4096 : 4096 + 4 * sectors] = struct.pack("<I", 1) * sectors
    assert refusal_of(bytes(data)).facts["reason"] == "damaged"
