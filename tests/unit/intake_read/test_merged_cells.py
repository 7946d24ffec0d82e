"""Merged cells: words are repeated where the file itself says so; codes, numbers and dates never are."""

from __future__ import annotations

from typing import Any

import pytest

from xinheng.core.errors import UnusableFile
from xinheng.core.intake.read import merged
from xinheng.core.intake.read.merged import Merges

from .reading import new_book, old_book, opened, rows_of

HEAD = ["机关", "代码", "金额", "备注"]


def book(kind: str, rows: list[list[Any]], merges: list[tuple[int, int, int, int, Any]]) -> bytes:
    def new(sheet: Any) -> None:
        for merge in merges:
            sheet.merge_range(*merge)

    def old(made: Any) -> None:
        for top, left, bottom, right, value in merges:
            made.get_sheet(0).write_merge(top, bottom, left, right, value)

    return new_book([HEAD, *rows], new) if kind == "xlsx" else old_book([HEAD, *rows], old)


@pytest.fixture(params=["xlsx", "xls"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_words_merged_downwards_are_repeated_in_the_rows_that_hold_something(kind: str) -> None:
    rows = [
        [None, "1", 1, "a"],
        [None, "2", 2, "b"],
        [None, None, None, None],
        [None, "3", 3, "c"],
        ["乙局", "4", 4, "d"],
    ]
    table = opened(book(kind, rows, [(1, 0, 4, 0, "甲局")]))
    assert rows_of(table) == (
        {
            2: ["甲局", "1", "1", "a"],
            3: ["甲局", "2", "2", "b"],
            5: ["甲局", "3", "3", "c"],
            6: ["乙局", "4", "4", "d"],
        },
        [],
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (1, "91370784303550268X"),
        (1, "无"),  # no code, but in a column of codes
        (2, 5000),
        (2, "伍仟元"),
        (0, "甲局2科"),  # holds a number
        (3, 12),
        (3, True),
    ],
)
def test_codes_and_numbers_are_never_repeated_and_their_rows_say_so(kind: str, column: int, value: Any) -> None:
    rows = [["甲", "1", 1, "a"], ["乙", "2", 2, "b"], ["丙", "3", 3, "c"]]
    for cells in rows[:2]:
        cells[column] = None
    good, bad = rows_of(opened(book(kind, rows, [(1, column, 2, column, value)])))
    assert list(good) == [4]
    assert [(one.row, one.code) for one in bad] == [(2, "S08"), (3, "S08")]
    assert f"“{HEAD[column]}”列第 2 至 3 行" in bad[0].text.zh
    assert HEAD[column] in bad[1].text.en


def test_a_tall_row_is_one_row(kind: str) -> None:
    merges = [(1, place, 2, place, value) for place, value in enumerate(["甲", "1", 5000, "a"])]
    assert rows_of(opened(book(kind, [[], [], ["乙", "2", 2, "b"]], merges))) == (
        {2: ["甲", "1", "5000", "a"], 4: ["乙", "2", "2", "b"]},
        [],
    )


def test_cells_merged_across_columns_make_their_row_bad(kind: str) -> None:
    rows = [[None, None, 1, "a"], ["乙", "2", 2, "b"]]
    good, bad = rows_of(opened(book(kind, rows, [(1, 0, 1, 1, "甲局")])))
    assert (list(good), [(one.row, one.code) for one in bad]) == ([3], [(2, "S08")])
    assert "“机关”" in bad[0].text.zh


def test_empty_merged_cells_change_nothing(kind: str) -> None:
    rows = [["甲", None, 1, None], ["乙", None, 2, None]]
    good, bad = rows_of(opened(book(kind, rows, [(1, 1, 2, 1, ""), (1, 3, 2, 3, "")])))
    assert (good, bad) == ({2: ["甲", None, "1", None], 3: ["乙", None, "2", None]}, [])


@pytest.mark.parametrize("longest", [3, 10_000])
def test_merged_cells_are_understood_whatever_the_size_of_the_chunks(
    kind: str, longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merged, "LONGEST_GROUP", longest)
    rows: list[list[Any]] = [[None, str(n), n, None] for n in range(12)]
    rows[7][2] = rows[8][2] = None
    data = book(kind, rows, [(1, 0, 6, 0, "甲局"), (7, 0, 12, 0, "乙局"), (2, 3, 4, 3, "见附件"), (8, 2, 9, 2, 7)])
    whole = rows_of(opened(data))
    assert [one.row for one in whole[1]] == [9, 10]
    assert whole[0][6] == ["甲局", "4", "4", None]
    assert whole[0][13] == ["乙局", "11", "11", None]
    for chunk_bytes in (1 << 12, 1 << 13, 5 << 12):
        assert rows_of(opened(data, chunk_bytes=chunk_bytes)) == whole


def test_merged_cells_that_overlap_are_a_damaged_workbook() -> None:
    with pytest.raises(UnusableFile):
        Merges([((0, 0), (9, 1)), ((0, 0), (8, 1))], first_column=0, end=(9, 1))
    assert Merges([((0, 0), (9, 1))], first_column=0, end=(9, 1)).reach(1, 1) == 10


def test_a_merge_beyond_the_cells_is_cut_to_them(kind: str) -> None:
    rows = [[None, "1", 1, "a"], [None, "2", 2, "b"]]
    good, bad = rows_of(opened(book(kind, rows, [(1, 0, 60_000, 0, "甲局")])))
    assert ([cells[0] for cells in good.values()], bad) == (["甲局", "甲局"], [])
