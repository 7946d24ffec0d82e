"""Titles and notes above the headings: passed over where the receiver knows the headings, and row numbers stay true."""

from __future__ import annotations

import pytest

from xinheng.core.catalogue.load import load
from xinheng.core.intake.layout import heading_known
from xinheng.core.intake.profiles import load_profile, profile_names

from .reading import FIELDS, new_book, old_book, opened, refusal_of, rows_of

KNOWN = FIELDS
ABOVE = [["某某局行政处罚信息表"], ["填报单位：某某局", "", "填报日期：2021-03-01"], []]
TABLE = [["名称", "代码", "其他"], ["甲", "1", "x"], [], ["乙", "2", "y"]]


def as_text(rows: list[list[str]], delimiter: str) -> bytes:
    return "\n".join(delimiter.join(cells) for cells in rows).encode()


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_rows_above_the_headings_of_a_text_are_no_data(delimiter: str) -> None:
    table = opened(as_text(ABOVE + TABLE, delimiter), known=KNOWN, chunk_bytes=8)
    assert (table.header, table.header_row, table.form.delimiter) == (("名称", "代码", "其他"), 4, delimiter)
    assert rows_of(table) == ({5: ["甲", "1", "x"], 7: ["乙", "2", "y"]}, [])


def test_a_note_of_several_lines_in_quotes_is_one_row() -> None:
    table = opened('某某局\n"说明：\n一、如实填写\n二、不得漏报",,\n名称,代码\n甲,1\n'.encode("gb18030"), known=KNOWN)
    assert (table.header_row, rows_of(table)[0]) == (3, {4: ["甲", "1"]})


@pytest.mark.parametrize("book", [new_book, old_book])
def test_rows_above_the_headings_of_a_workbook_are_no_data(book: type) -> None:
    table = opened(book(ABOVE + TABLE), known=KNOWN)
    assert (table.header, table.header_row) == (("名称", "代码", "其他"), 4)
    assert rows_of(table) == ({5: ["甲", "1", "x"], 7: ["乙", "2", "y"]}, [])


@pytest.mark.parametrize("rows", [ABOVE + TABLE, [["题"], *TABLE]])
def test_nothing_is_passed_over_where_no_heading_is_known(rows: list[list[str]]) -> None:
    for data in (as_text(rows, ","), new_book(rows), old_book(rows)):
        for known in ((), ("甲某", "乙某")):
            assert refusal_of(data, known=known).facts["reason"] == "title"


def test_the_row_with_the_most_known_headings_wins_and_the_first_of_equals() -> None:
    rows = [["名称", "某"], ["名称", "代码", "日期"], ["名称", "代码", "日期"], ["甲", "备注", "机关"]]
    table = opened(as_text(rows, ","), known=KNOWN)
    assert (table.header_row, list(rows_of(table)[0])) == (2, [3, 4])


def test_headings_further_down_than_thirty_rows_are_not_looked_for() -> None:
    rows = [["说明"], *[["一", "二"]] * 40, *TABLE]
    assert refusal_of(as_text(rows, ","), known=KNOWN).facts["reason"] == "title"


def test_headings_in_merged_cells_beside_two_floors_of_others_are_found() -> None:
    def merged(sheet: object) -> None:
        sheet.merge_range(0, 0, 0, 3, "某某局处罚信息表")  # type: ignore[attr-defined]
        sheet.merge_range(1, 0, 2, 0, "日期")  # type: ignore[attr-defined]
        sheet.merge_range(1, 1, 1, 2, "行政相对人")  # type: ignore[attr-defined]
        sheet.merge_range(1, 3, 2, 3, "备注")  # type: ignore[attr-defined]
        sheet.write_row(2, 1, ["名称", "代码"])  # type: ignore[attr-defined]
        sheet.write_row(3, 0, ["2021-03-01", "甲", "1", "无"])  # type: ignore[attr-defined]

    table = opened(new_book((), merged), known=KNOWN)
    assert (table.header, table.header_row) == (("日期", "名称", "代码", "备注"), 3)
    assert rows_of(table) == ({4: ["2021-03-01", "甲", "1", "无"]}, [])


def test_an_item_knows_the_codes_names_and_aliases_of_its_fields() -> None:
    version = load("administrative-penalty").versions[-1]
    knows = heading_known(version)
    assert all(
        knows(field.name) and knows(field.title) and knows(f" {field.title}（必填）") for field in version.fields
    )
    assert not any(map(knows, ("", "某某局处罚信息表", "填报单位")))


def test_a_delivery_profile_knows_its_columns() -> None:
    profile = load_profile(profile_names()[0])
    knows = heading_known(load(profile.item).versions[-1], profile)
    assert all(map(knows, profile.columns))
    assert not knows("某某局处罚信息表")


@pytest.mark.parametrize("data", ["\ufeff\ufeff\n甲,乙\n1,2\n", "\ufeff\ufeff,,\n1,2,3\n"])
def test_a_heading_row_of_nothing_but_a_byte_order_mark_is_refused(data: str) -> None:
    assert refusal_of(data.encode()).facts["reason"] == "header-empty"
