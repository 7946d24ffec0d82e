"""Merged cells (合并单元格): what stands in the first of them may be meant for all, and only the file can say so.

A value merged downwards is repeated in the rows under it that hold anything of their own, where it is plain words
(某某局, 罚款). A code, a document number, a number or a date is never repeated, because nobody can tell whether it is
one thing for all rows or for each: all rows of such a merge are bad rows that say so. So are rows with a cell merged over several
columns. A merge in which one row only holds anything is one tall row, and harmless.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xinheng.core.errors import Text
from xinheng.core.intake.read import bad_rows, refusals

LONGEST_GROUP = 10_000
"""Rows of a merge up to which they are kept in one chunk; in a longer one no code or number is believed anyway."""

_CODES = re.compile(r"代码|号|额|数(?!据)|日|时间|期|code|date|amount|number", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Merge:
    """One merged cell: spreadsheet rows from 1, columns from 0 at the first that is filled; all included."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def rows(self) -> range:
        """Its rows."""
        return range(self.top, self.bottom + 1)


class Merges:
    """The merged cells of a sheet, by row."""

    def __init__(
        self, ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]], *, first_column: int, end: tuple[int, int]
    ) -> None:
        last_row, last_column = end
        found = []
        for (top, left), (bottom, right) in set(ranges):
            clipped = Merge(
                top + 1, min(bottom, last_row) + 1, left - first_column, min(right, last_column) - first_column
            )
            if clipped.left >= 0 and clipped.rows and clipped.right >= clipped.left:
                found.append(clipped)
        area = sum(len(merge.rows) * (merge.right - merge.left + 1) for merge in found)
        if area > (last_row + 1) * (last_column - first_column + 1):
            raise refusals.damaged_workbook("Merged cells overlap.")
        self._merges = sorted(found, key=lambda merge: merge.top)
        self._tops = [merge.top for merge in self._merges]
        self._long = [merge for merge in self._merges if len(merge.rows) > LONGEST_GROUP]

    def starting(self, first: int, last: int) -> list[Merge]:
        """Return those whose first row is among the given ones."""
        return self._merges[bisect_left(self._tops, first) : bisect_right(self._tops, last)]

    def touching(self, first: int, last: int) -> list[Merge]:
        """Return those that reach into the given rows, which cut none but the long ones."""
        return [merge for merge in self._long if merge.top < first <= merge.bottom] + self.starting(first, last)

    def reach(self, first: int, last: int) -> int:
        """Return the last row of the merges (but the long ones) that start among the given rows; else ``last``."""
        here = self.starting(first, last)
        return max([last, *(merge.bottom for merge in here if len(merge.rows) <= LONGEST_GROUP)])


@dataclass(frozen=True, slots=True)
class Valued:
    """A merged cell with its text; ``is_text`` is false for numbers, days and the like."""

    merge: Merge
    text: str
    is_text: bool


def fill_down(valued: Iterable[Valued], rows: dict[int, list[str]], header: Sequence[str]) -> dict[int, Text]:
    """Fill merged words into the rows of a chunk, by their numbers; return the bad rows and why."""
    faults: dict[int, Text] = {}
    filled = {row for row, texts in rows.items() if any(text.strip() for text in texts)}
    for one in valued:
        merge = one.merge
        if not filled or merge.left >= len(header) or not one.text.strip():
            continue
        here = range(max(merge.top, min(rows)), min(merge.bottom, max(rows)) + 1)
        concerned = [row for row in here if row in filled]
        heading = header[merge.left]
        if min(merge.right, len(header) - 1) > merge.left:
            faults.update(dict.fromkeys(concerned, bad_rows.merged_across(heading)))
        elif _may_be_repeated(one, heading):
            for row in concerned:
                rows[row][merge.left] = one.text
        elif len(concerned) > 1 or len(merge.rows) > LONGEST_GROUP:
            faults.update(dict.fromkeys(concerned, bad_rows.merged_down(heading, (merge.top, merge.bottom))))
    return faults


def _may_be_repeated(one: Valued, heading: str) -> bool:
    """Are these words that mean the same in every row?"""
    return one.is_text and not _CODES.search(heading) and not any(sign.isdigit() for sign in one.text)
