"""The heading row (标题行): found, trimmed, and refused where the columns could not be told apart by it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from xinheng.core.intake.read import refusals

_DATA_LIKE = re.compile(
    r"[-+]?[¥￥]?\d[\d,]*(\.\d+)?%?"  # amounts, long numbers
    r"|\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?( .*)?"  # dates
    r"|(?=.*\d)[0-9A-HJ-NPQRTUWXY]{18}"  # unified social credit identifiers
)


def column_letter(index: int) -> str:
    """Return the letter a spreadsheet shows for column ``index`` (from 0)."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def headings(cells: Sequence[str], *, row: int, below: Sequence[Sequence[str]], offset: int = 0) -> tuple[str, ...]:
    """Return the headings of a table, trimmed; empty ones at the right end are left out.

    ``below`` are some rows under it, ``row`` its spreadsheet row, ``offset`` the index of its first column.

    Raises:
        UnusableFile: it is a title or data, a heading is empty, or two are the same.
    """
    names = [cell.strip().strip("\ufeff").strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    filled = [name for name in names if name]
    if len(filled) == 1 and any(_filled(other) > 1 for other in below):
        raise refusals.title_above_header(row, filled[0])
    data_like = [name for name in filled if _DATA_LIKE.fullmatch(name)]
    if len(data_like) >= 2 or len(data_like) * 3 >= max(len(filled), 1):
        raise refusals.header_looks_like_data(row, data_like)
    if "" in names:
        raise refusals.empty_heading(column_letter(offset + names.index("")))
    _refuse_doubled(names, offset)
    return tuple(names)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _refuse_doubled(names: list[str], offset: int) -> None:
    name, count = Counter(names).most_common(1)[0]
    if count > 1:
        first, second = [index for index, other in enumerate(names) if other == name][:2]
        raise refusals.doubled_heading(name, column_letter(offset + first), column_letter(offset + second))
