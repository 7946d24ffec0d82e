"""The heading row (标题行): found, trimmed, and refused where the columns could not be told apart by it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from xinheng.core.intake.read import refusals

Knows = Callable[[str], bool]
"""Tells of one text whether it is a heading that the receiver of the file knows (catalogue or delivery profile)."""

LOOK_AT = 30
"""Among how many filled rows, from the top, the headings are looked for."""

_FEWEST_KNOWN = 2
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


def heading_place(filled: Sequence[Sequence[str]], knows: Knows | None) -> int:
    """Return which of the first filled rows of a table holds the headings; what stands above it is no data.

    It is the row with the most headings that the receiver knows, the first of such rows, and at least two of them;
    where nothing is known it is the first filled row.
    """
    if knows is None:
        return 0
    scores = [known_in(cells, knows) for cells in filled[:LOOK_AT]]
    best = max(scores, default=0)
    return scores.index(best) if best >= _FEWEST_KNOWN else 0


def known_in(cells: Sequence[str], knows: Knows) -> int:
    """Return how many different headings in a row the receiver knows."""
    return sum(1 for text in {trimmed(cell) for cell in cells} if text and knows(text))


def trimmed(cell: str) -> str:
    """Return a heading without the space (and the byte order mark) around it."""
    return cell.strip().strip("\ufeff").strip()


def headings(cells: Sequence[str], *, row: int, below: Sequence[Sequence[str]], offset: int = 0) -> tuple[str, ...]:
    """Return the headings of a table, trimmed; empty ones at the right end are left out.

    ``below`` are some rows under it, ``row`` its spreadsheet row, ``offset`` the index of its first column.

    Raises:
        UnusableFile: it is a title or data, a heading is empty, or two are the same.
    """
    names = [trimmed(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    filled = [name for name in names if name]
    if len(filled) == 1 and any(_filled(other) > 1 for other in below):
        raise refusals.title_above_header(row, filled[0])
    data_like = [name for name in filled if _DATA_LIKE.fullmatch(name)]
    if len(data_like) >= 2 or len(data_like) * 3 >= max(len(filled), 1):
        raise refusals.header_looks_like_data(row, data_like)
    if "" in names or not names:  # a row that holds a byte order mark is not blank, but nothing of it is a heading
        raise refusals.empty_heading(column_letter(offset + (names.index("") if names else 0)))
    _refuse_doubled(names, offset)
    return tuple(names)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _refuse_doubled(names: list[str], offset: int) -> None:
    name, count = Counter(names).most_common(1)[0]
    if count > 1:
        first, second = [index for index, other in enumerate(names) if other == name][:2]
        raise refusals.doubled_heading(name, column_letter(offset + first), column_letter(offset + second))
