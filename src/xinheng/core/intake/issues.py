"""Issues (疑问数据): for each broken rule and cell the row, the column, the code, what was found, what is expected, how to mend it.

Rows that broke a rule in the same column with the same words stand together in one batch, so that a million late rows cost a few numbers each.
What was found is kept masked where it could be a natural person's number, and not at all for rows about natural persons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.errors import Text
from xinheng.core.intake.marks import Places, control_characters, long_numbers
from xinheng.core.intake.rules.rule import Check, Level
from xinheng.core.standards.identify import identify
from xinheng.core.standards.resident_id import mask

_FEW = 32
FOUND_LENGTH = 200  # characters of a cell that an issue quotes
_SILENT = frozenset({"V06", "P01"})  # what was found in these cells is told to nobody


@dataclass(frozen=True, slots=True)
class IssueBatch:
    """Rows that broke one rule at one column, with the same words; ``found`` has a quoted cell for each row, or nothing at all."""

    column: str
    code: str
    level: Level
    rows: tuple[int, ...]
    found: tuple[str | None, ...] | None
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
    """

    def __init__(self, rows: Places, table: pa.Table, sources: Mapping[str, pa.Array]) -> None:
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
        rows = tuple(self._rows[hit].tolist())
        if check.plain:
            self._batches.append(IssueBatch(check.column, check.code, check.level, rows, found, *check.words({})))
            return
        for place, view in enumerate(self._views(hit, check)):
            one = None if found is None else (found[place],)
            self._batches.append(
                IssueBatch(check.column, check.code, check.level, (rows[place],), one, *check.words(view))
            )

    def finish(self) -> tuple[IssueBatch, ...]:
        """Return what was collected."""
        return tuple(self._batches)

    def _views(self, hit: Places, check: Check) -> list[dict[str, Any]]:
        views: list[dict[str, Any]] = self._table.select(list(check.reads)).take(pa.array(hit)).to_pylist()
        return views

    def _found(self, hit: Places, check: Check) -> tuple[str | None, ...] | None:
        if not check.column or check.code in _SILENT:
            return None
        cells = self._table.column(check.column).take(pa.array(hit)).combine_chunks()
        source = self._sources.get(check.column)
        if cells.null_count and source is not None:
            cells = pc.coalesce(cells, source.take(pa.array(hit)))
        if cells.null_count == len(cells):
            return None
        if check.code == "V01":
            return tuple(None if cell is None else quoted_code(cell) for cell in cells.to_pylist())
        return quoted_cells(cells)


def quoted_cells(cells: pa.Array) -> tuple[str | None, ...]:
    """Return cells as issues quote them; of many only those that need it are looked at one by one."""
    if len(cells) <= _FEW:
        return tuple(None if cell is None else quoted_cell(cell) for cell in cells.to_pylist())
    doubtful = pc.or_(
        pc.or_(long_numbers(cells), control_characters(cells)), pc.greater(pc.utf8_length(cells), FOUND_LENGTH)
    )
    texts: list[str | None] = cells.to_pylist()
    for place in np.flatnonzero(pc.fill_null(doubtful, False).to_numpy(zero_copy_only=False)):
        text = texts[place]
        texts[place] = None if text is None else quoted_cell(text)
    return tuple(texts)


def quoted_code(cell: str) -> str:
    """Return a wrong code as an issue quotes it: not at all where it may be meant as a person's number, mistyped."""
    return "*" * len(cell) if identify(cell).personal else quoted_cell(cell)


def quoted_cell(cell: str) -> str:
    """Return a cell as an issue quotes it: masked, visible characters only, shortened."""
    shown = "".join(character if character.isprintable() else "�" for character in mask(cell[: FOUND_LENGTH * 2]))
    return shown if len(shown) <= FOUND_LENGTH else shown[: FOUND_LENGTH - 1] + "…"
