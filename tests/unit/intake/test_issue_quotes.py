"""What an issue quotes of a cell depends on the cell alone, not on how many others broke the same rule."""

from __future__ import annotations

import pyarrow as pa
import pytest
from tests.spec.rules.desk import NO_CODE, PERSON, STEEL_CODE

from xinheng.core.intake.issues import FOUND_LENGTH, quoted_cell, quoted_cells, quoted_code

# cell                          quoted
QUOTES = [
    ("罚款",                      "罚款"),
    ("一\t二\n三",                 "一�二�三"),
    ("一\u200b二\u2028三\x00",      "一�二�三�"),
    ("号" * FOUND_LENGTH,         "号" * FOUND_LENGTH),
    ("号" * (FOUND_LENGTH + 1),   "号" * (FOUND_LENGTH - 1) + "…"),
    (f"号码{PERSON}",             f"号码{'*' * 18}"),
    ("护照号E00000001",            f"护照号{'*' * 9}"),
    ("x" * 390 + PERSON,         "x" * (FOUND_LENGTH - 1) + "…"),  # cut in the middle of a number
]  # fmt: skip


@pytest.mark.parametrize(("cell", "quoted"), QUOTES)
def test_a_cell_is_quoted_masked_visible_and_short(cell: str, quoted: str) -> None:
    assert quoted_cell(cell) == quoted


@pytest.mark.parametrize("copies", [1, 100, 1000])
def test_a_cell_is_quoted_alike_alone_and_among_many(copies: int) -> None:
    cells = [cell for cell, _ in QUOTES] * copies
    assert quoted_cells(pa.array([*cells, None], pa.string())).to_pylist() == [
        quoted for _, quoted in QUOTES
    ] * copies + [None]


@pytest.mark.parametrize(
    "cell", [f"9{PERSON}", f"{PERSON}1", f"代码9{PERSON[:6]} {PERSON[6:]}", f"{PERSON}；{STEEL_CODE}"]
)
def test_a_wrong_code_with_a_persons_number_in_it_is_not_quoted(cell: str) -> None:
    assert quoted_code(cell) == "*" * len(cell)


@pytest.mark.parametrize("cell", [NO_CODE, f"{STEEL_CODE}1", "9.13201E+17", "无"])
def test_any_other_wrong_code_is_quoted(cell: str) -> None:
    assert quoted_code(cell) == cell
