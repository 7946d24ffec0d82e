"""Issues (疑问数据): for each broken rule and cell the row, the column, the code, what was found, what is expected, how to mend it.

Rows that broke a rule in the same column with the same words stand together in one batch, so that a million late rows cost a few numbers each.
What was found is kept masked where it could be a natural person's number, and not at all for rows about natural persons.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.errors import Text
from xinheng.core.intake.marks import Places
from xinheng.core.intake.rules.rule import Check, Level
from xinheng.core.standards import uscc
from xinheng.core.standards.identify import identify
from xinheng.core.standards.person_numbers import kind_of
from xinheng.core.standards.resident_id import mask, mask_array

_OF_CODES = frozenset({"V01", "V09", "S10"})
_INVISIBLE = r"[\pC\p{Zl}\p{Zp}]"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_FEW = 256  # cells that are quicker masked one by one than all at once
FOUND_LENGTH = 200  # characters of a cell that an issue quotes
_PERSONAL = 18  # characters of a resident id
_SILENT = frozenset({"V06", "P01"})  # what was found in these cells is told to nobody


@dataclass(frozen=True, slots=True, eq=False)
class IssueBatch:
    """Rows that broke one rule at one column, with the same words; ``found`` has a quoted cell (text) for each row, or is ``None``.

    ``rows`` are spreadsheet row numbers.
    """

    column: str
    code: str
    level: Level
    rows: Places
    found: pa.Array | None
    expected: Text
    mend: Text


def issue_counts(batches: Iterable[IssueBatch]) -> Counter[str]:
    """Return how many issues each rule has, by code."""
    counts: Counter[str] = Counter()
    for batch in batches:
        counts[batch.code] += len(batch.rows)
    return counts


class IssueWriter:
    """Collects the issues of one chunk while its checks are gone through; ``table`` is the checked chunk.

    ``sources`` are the department's own cells, by field, where a profile made the field from them: they are quoted where nothing was made.
    ``silent`` says that the rows are about natural persons: no cell of theirs is quoted, nor anything made from one.
    """

    def __init__(self, rows: Places, table: pa.Table, sources: Mapping[str, pa.Array], *, silent: bool = False) -> None:
        self._silent = silent
        self._rows = rows
        self._table = table
        self._sources = sources
        self._batches: list[IssueBatch] = []

    def confirmed(self, hit: Places, check: Check) -> Places:
        """Keep of the places that a coarse predicate names those that hold on an exact look."""
        assert check.confirm is not None  # noqa: S101 (the caller asked)
        kept = [check.confirm(row) for row in self._views(hit, check)]
        return hit[np.array(kept, dtype=np.bool_)]

    def add(self, hit: Places, check: Check) -> None:
        """Add an issue of ``check`` at each place."""
        found = self._found(hit, check)
        rows = self._rows[hit]
        if check.plain or self._silent:
            words = check.words({}) if check.plain else check.plain_words
            self._batches.append(IssueBatch(check.column, check.code, check.level, rows, found, *words))
            return
        for place, view in enumerate(self._views(hit, check)):
            one = None if found is None else found.slice(place, 1)
            self._batches.append(
                IssueBatch(check.column, check.code, check.level, rows[place : place + 1], one, *check.words(view))
            )

    def finish(self) -> tuple[IssueBatch, ...]:
        """Return what was collected."""
        return tuple(self._batches)

    def _views(self, hit: Places, check: Check) -> list[dict[str, Any]]:
        views: list[dict[str, Any]] = self._table.select(list(check.reads)).take(pa.array(hit)).to_pylist()
        return views

    def _found(self, hit: Places, check: Check) -> pa.Array | None:
        if self._silent or not check.column or check.code in _SILENT:
            return None
        cells = self._table.column(check.column).take(pa.array(hit)).combine_chunks()
        source = self._sources.get(check.column)
        if cells.null_count and source is not None:
            cells = pc.coalesce(cells, source.take(pa.array(hit)))
        if cells.null_count == len(cells):
            return None
        if check.code == "V04":
            return cells  # days that were read as days: there is nothing to mask
        if check.code in _OF_CODES:
            return pa.array([None if cell is None else quoted_code(cell) for cell in cells.to_pylist()], pa.string())
        return quoted_cells(cells)


def quoted_cells(cells: pa.Array) -> pa.Array:
    """Return cells as issues quote them: masked, visible characters only, shortened."""
    if len(cells) <= _FEW:
        return pa.array([None if cell is None else quoted_cell(cell) for cell in cells.to_pylist()], pa.string())
    masked = mask_array(pc.utf8_slice_codeunits(cells, 0, FOUND_LENGTH * 2))
    shown = pc.replace_substring_regex(masked, _INVISIBLE, "�")
    long = pc.greater(pc.utf8_length(shown), FOUND_LENGTH)
    if pc.any(long).as_py():
        short = pc.binary_join_element_wise(pc.utf8_slice_codeunits(shown, 0, FOUND_LENGTH - 1), "…", "")
        shown = pc.if_else(long, short, shown)
    return shown


def quoted_code(cell: str) -> str:
    """Return a wrong code as an issue quotes it: not at all where it may be meant as a person's number, mistyped."""
    return "*" * len(cell) if identify(cell).personal or _holds_person(cell) else quoted_cell(cell)


def _holds_person(cell: str) -> bool:
    """Tell whether a person's number stands in a wrong code with something too many before or behind it."""
    signs = "".join(sign for sign in unicodedata.normalize("NFKC", cell[:FOUND_LENGTH]).upper() if sign.isalnum())
    parts = (signs[place : place + _PERSONAL] for place in range(len(signs) - _PERSONAL + 1))
    return any(kind_of(part) is not None and not uscc.is_valid(part) for part in parts)


def quoted_cell(cell: str) -> str:
    """Return one cell as :func:`quoted_cells` does."""
    masked = mask(cell[: FOUND_LENGTH * 2])
    shown = "".join("�" if unicodedata.category(letter) in _HIDDEN else letter for letter in masked)
    return shown if len(shown) <= FOUND_LENGTH else shown[: FOUND_LENGTH - 1] + "…"
