"""What an issue quotes of a cell depends on the cell alone, not on how many others broke the same rule."""

from __future__ import annotations

import pyarrow as pa
import pytest
from tests.spec.rules.desk import PERSON

from xinheng.core.intake.issues import FOUND_LENGTH, quoted_cell, quoted_cells

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
