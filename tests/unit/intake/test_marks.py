"""Marks found in the bytes of a whole column are those that a look at each cell would find."""

from __future__ import annotations

import re

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from xinheng.core.intake.marks import control_characters, holds, long_numbers, text_bytes
from xinheng.core.standards.resident_id import find_personal, mask

SIGNS = st.text(alphabet="01234567890123456789０９X - \u200b\u00a0元号身份证\x00\x1f\x7f\t\n\r", max_size=40)
CELLS = st.lists(st.one_of(st.none(), st.just(""), SIGNS, st.text(max_size=8)), max_size=30)


@given(CELLS, st.integers(0, 5))
@example([None, "", "\x00", "", None, "a\x7f", "\t\r\n", ""], 0)
@example([], 0)
@example(["", "", ""], 1)
def test_control_characters_are_marked_in_their_own_cells(cells: list[str | None], skipped: int) -> None:
    column = pa.array(cells, pa.string()).slice(skipped)
    expected = [bool(re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", cell or "")) for cell in cells[skipped:]]
    assert control_characters(column).to_pylist() == expected


@given(CELLS, st.integers(0, 5))
@example(["13800000000", "1380000000", "", None, "１３８００００００００", "138 0000 0000"], 0)
def test_no_cell_with_a_long_personal_number_is_passed_over(cells: list[str | None], skipped: int) -> None:
    rest = cells[skipped:]
    marks = long_numbers(pa.array(cells, pa.string()).slice(skipped)).to_pylist()
    assert len(marks) == len(rest)
    for cell, marked in zip(rest, marks, strict=True):
        digits = sum(sign.isdecimal() for sign in cell or "")
        assert marked or digits < 11 or not find_personal(cell or ""), (cell, mask(cell or ""))
        assert not marked or digits >= 11


@given(CELLS, st.integers(0, 5), st.sampled_from(["号", "0", "\x00", "身份证"]))
def test_a_piece_is_held_where_a_cell_holds_it(cells: list[str | None], skipped: int, piece: str) -> None:
    column = pa.array(cells, pa.string()).slice(skipped)
    rest = [cell for cell in cells[skipped:] if cell]
    if any(piece in cell for cell in rest):
        assert holds(column, piece.encode())
    if piece not in "".join(rest):
        assert not holds(column, piece.encode())
    values, offsets = text_bytes(column)
    assert bytes(values).decode() == "".join(rest)
    assert len(offsets) == len(column) + 1
