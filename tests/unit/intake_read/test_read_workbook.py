"""Reading a department's XLSX: the text a spreadsheet shows, row numbers, and workbooks that are not opened."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from xinheng.core.errors import UnusableFile
from xinheng.core.intake.read import Chunk, TableReader, open_table
from xinheng.core.intake.read.cell_text import as_text

Fill = Callable[[Any, Any], None]


def workbook(*sheets: tuple[str, list[list[Any]]], fill: Fill | None = None) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for line, cells in enumerate(rows):
            sheet.write_row(line, 0, cells)
        if fill is not None:
            fill(book, sheet)
    book.close()
    return out.getvalue()


def opened(data: bytes, chunk_bytes: int = 1 << 20) -> TableReader:
    return open_table(io.BytesIO(data), name="f.xlsx", size=len(data), chunk_bytes=chunk_bytes)


def only_chunk(data: bytes) -> Chunk:
    (raw,) = opened(data).chunks()
    return raw.parse()


def rows_of(chunk: Chunk) -> dict[int, list[str | None]]:
    columns = [column.to_pylist() for column in chunk.table.columns]
    return {int(row): list(cells) for row, *cells in zip(chunk.rows, *columns, strict=True)}


def refusal_of(data: bytes) -> UnusableFile:
    with pytest.raises(UnusableFile) as caught:
        opened(data)
    assert all(caught.value.explanation.in_language("zh"))
    return caught.value


def rezipped(data: bytes, change: Callable[[str, bytes], bytes], *more: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more:
            new.writestr(name, content)
    return out.getvalue()


PLAIN = workbook(("表", [["名称", "代码"], ["甲", "1"], ["乙", "2"]]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (123456789012345.0, "123456789012345"),
        (3.20106199001012e17, "320106199001012000"),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2021, 3, 1), "2021-03-01"),
        (dt.datetime(2021, 3, 1), "2021-03-01"),  # noqa: DTZ001
        (dt.datetime(2021, 3, 1, 4, 5, 6, 7), "2021-03-01 04:05:06"),  # noqa: DTZ001
        (dt.time(4, 5), "04:05:00"),
        (dt.timedelta(days=2, seconds=61), "48:01:01"),
        ("=1+1", "=1+1"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_cell_is_the_text_that_a_spreadsheet_shows(value: object, text: str) -> None:
    assert as_text(value) == text


def test_rows_have_the_numbers_a_spreadsheet_shows() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(2, 1, ["名称", "日期", "金额"])
        sheet.write_row(3, 1, ["甲", dt.date(2021, 3, 1), 5000])
        sheet.write_row(6, 1, ["乙", "2021年3月2日", 1.25])

    table = opened(workbook(("表", []), fill=fill), chunk_bytes=8192)
    assert (table.header, table.header_row) == (("名称", "日期", "金额"), 3)
    chunks = [raw.parse() for raw in table.chunks()]
    assert len(chunks) == 2
    assert rows_of(chunks[0]) | rows_of(chunks[1]) == {
        4: ["甲", "2021-03-01", "5000"],
        7: ["乙", "2021年3月2日", "1.25"],
    }


def test_the_first_visible_sheet_with_cells_is_read_and_the_others_are_named() -> None:
    def fill(book: Any, sheet: Any) -> None:
        if sheet.name == "隐藏":
            sheet.hide()
        if sheet.name == "数据":
            sheet.set_first_sheet()

    rows = [["名称", "代码"], ["甲", "1"]]
    table = opened(workbook(("空", []), ("隐藏", rows), ("数据", rows), ("代码表", rows), fill=fill))
    assert (table.form.sheet, table.form.other_sheets) == ("数据", ("空", "代码表"))


def test_error_cells_keep_what_they_show() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["名称", "代码"])
        sheet.write_string(1, 0, "甲")
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")

    assert rows_of(only_chunk(workbook(("表", []), fill=fill))) == {2: ["甲", "#N/A"]}


def test_numbers_that_lost_digits_are_marked() -> None:
    data = workbook(("表", [["名称", "代码"], ["甲", 320106199001011234], ["乙", 12345], ["3.20106E+17", "x"]]))
    chunk = only_chunk(data)
    assert chunk.lossy == ((2, 1), (4, 0))
    assert rows_of(chunk)[2] == ["甲", "320106199001011000"]


def test_cells_beyond_the_headings_make_their_row_bad() -> None:
    chunk = only_chunk(workbook(("表", [["名称", "代码"], ["甲", "1"], ["乙", "2", "", "多"]])))
    assert [(bad.row, bad.code, bad.cells) for bad in chunk.bad] == [(3, "S08", ("乙", "2", "", "多"))]


def test_null_characters_make_their_row_bad() -> None:
    chunk = only_chunk(workbook(("表", [["名称", "代码"], ["甲\0", "1"], ["乙", "2"]])))
    assert [(bad.row, bad.code) for bad in chunk.bad] == [(2, "S06")]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "empty"),
        ([["名称", "代码"]], "only-header"),
        ([["名称", "名称"], ["甲", "1"]], "header-doubled"),
        ([["名称", "", "代码"], ["甲", "1", "2"]], "header-empty"),
        ([["处罚信息表"], ["名称", "代码"], ["甲", "1"]], "title"),
        ([["某某厂", dt.date(2021, 3, 1), 5000], ["某某厂", dt.date(2021, 3, 1), 5000]], "header-missing"),
    ],
)
def test_sheets_without_usable_headings_are_refused(rows: list[list[Any]], reason: str) -> None:
    assert refusal_of(workbook(("表", rows))).facts["reason"] == reason


def test_a_bomb_is_not_opened() -> None:
    spaces = b" " * (60 << 20)
    bomb = rezipped(PLAIN, lambda name, content: content, ("xl/media/a.bin", spaces))
    assert len(bomb) < 1 << 20
    assert refusal_of(bomb).facts["reason"] == "unsafe"


def test_a_bomb_that_lies_about_its_size_is_not_opened() -> None:
    lie = rezipped(PLAIN, lambda name, content: content + (b" " * (8 << 20) if "sheet1" in name else b""))
    with zipfile.ZipFile(io.BytesIO(lie)) as archive:
        told = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    data = lie.replace(told.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    assert refusal_of(data).facts["reason"] == "unsafe"


def test_a_cell_at_the_far_end_of_the_sheet_does_not_take_all_memory() -> None:
    far = workbook(
        ("表", [["名称", "代码"], ["甲", "1"]]), fill=lambda book, sheet: sheet.write_string(1_048_575, 16_383, "x")
    )
    assert len(far) < 10_000
    assert refusal_of(far).facts["reason"] == "unsafe"


@pytest.mark.parametrize("spelling", [b"r='XFD1048576'", b'r = "XFD1048576"', b'r\n="ZZ1048576"', b'r="BZ1048576"'])
def test_a_far_cell_is_noticed_however_it_is_spelled(spelling: bytes) -> None:
    data = rezipped(PLAIN, lambda name, content: content.replace(b'r="B3"', spelling) if "sheet1" in name else content)
    assert refusal_of(data).facts["reason"] == "unsafe"


def test_entities_in_its_xml_are_not_expanded() -> None:
    dtd = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]>'
    data = rezipped(PLAIN, lambda name, content: dtd + content.split(b"?>", 1)[1] if "sheet1" in name else content)
    assert "DTD" in refusal_of(data).explanation.why.en


def test_files_embedded_in_a_workbook_are_refused() -> None:
    data = rezipped(PLAIN, lambda name, content: content, ("xl/embeddings/a.xlsx", PLAIN))
    assert refusal_of(data).facts["reason"] == "unsafe"


def test_encrypted_parts_are_refused() -> None:
    data = bytearray(PLAIN)
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    assert refusal_of(bytes(data)).facts["reason"] == "encrypted"


@pytest.mark.parametrize(
    ("entry", "kind"),
    [("word/document.xml", "Word"), ("ppt/a.xml", "演示"), ("content.xml", "OpenDocument"), ("a.csv", "ZIP")],
)
def test_other_zip_containers_are_named(entry: str, kind: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, "x")
    assert kind in refusal_of(out.getvalue()).explanation.what.zh


def test_a_workbook_cut_off_or_damaged_is_refused_and_never_breaks_the_reader() -> None:
    chance = random.Random(7)
    reasons = set()
    for _ in range(300):
        data = bytearray(PLAIN)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        reasons.add(outcome_of(bytes(data)))
    assert "damaged" in reasons


def test_damaged_sheets_never_break_the_reader() -> None:
    chance = random.Random(8)

    def damage(name: str, content: bytes) -> bytes:
        data = bytearray(content)
        if name.startswith("xl/w"):
            for _ in range(chance.randint(0, 4)):
                data[chance.randrange(len(data))] = chance.choice(b'<>"/=&;09AZ r\x00\xff')
        return bytes(data)

    outcomes = {outcome_of(rezipped(PLAIN, damage)) for _ in range(300)}
    assert outcomes & {"damaged", "read"}


def outcome_of(data: bytes) -> str:
    try:
        for raw in opened(data).chunks():
            raw.parse()
    except UnusableFile as refused:
        return str(refused.facts["reason"])
    return "read"


def test_a_stream_that_cannot_seek_is_read_too() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: Any) -> int:
            raise io.UnsupportedOperation

    table = open_table(Pipe(PLAIN), name="f.xlsx", size=len(PLAIN))
    assert [raw.parse().table.num_rows for raw in table.chunks()] == [2]
