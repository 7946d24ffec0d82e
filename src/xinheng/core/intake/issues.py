"""Issues (疑问数据): for each broken rule and cell the row, the column, the code, what was found, what is expected, how to mend it.

What was found is kept masked where it could be a natural person's number, and not at all for rows about natural persons.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.errors import Text
from xinheng.core.intake.rules.rule import Check, Level
from xinheng.core.standards.resident_id import mask

FOUND_LENGTH = 200  # characters of a cell that an issue quotes
SCHEMA = pa.schema(
    [
        ("row", pa.int64()), ("column", pa.string()), ("code", pa.string()), ("level", pa.string()), ("found", pa.string()),
        ("expected", pa.string()), ("expected_en", pa.string()), ("mend", pa.string()), ("mend_en", pa.string()),
    ]
)  # fmt: skip

Places = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Issues:
    """The issues of a chunk as a table of ``SCHEMA``."""

    table: pa.Table

    def counts(self) -> Counter[str]:
        """Return how many issues each rule has, by code."""
        counted = pc.value_counts(self.table.column("code"))
        return Counter({pair["values"]: pair["counts"] for pair in counted.to_pylist()})


class IssueWriter:
    """Collects the issues of one chunk while its checks are gone through; ``table`` is the checked chunk."""

    def __init__(self, rows: Places, table: pa.Table) -> None:
        self._rows = rows
        self._table = table
        self._parts: list[pa.Table] = []

    def confirmed(self, hit: Places, check: Check) -> Places:
        """Keep of the places that a coarse predicate names those that hold on an exact look."""
        assert check.confirm is not None  # noqa: S101 (the caller asked)
        kept = [check.confirm(row) for row in self._views(hit)]
        return hit[np.array(kept, dtype=np.bool_)]

    def add(self, hit: Places, check: Check) -> None:
        """Add an issue of ``check`` at each place."""
        if check.plain:
            words = [_both(*check.words({}))] * len(hit)
        else:
            words = [_both(*check.words(row)) for row in self._views(hit)]
        self._append(self._rows[hit], check.column, check.code, check.level, self._found(hit, check), words)

    def finish(self) -> Issues:
        """Return what was collected, by row."""
        table = pa.concat_tables(self._parts) if self._parts else SCHEMA.empty_table()
        return Issues(table.sort_by("row") if table.num_rows else table)

    def _views(self, hit: Places) -> list[dict[str, Any]]:
        return self._table.take(pa.array(hit)).to_pylist()

    def _found(self, hit: Places, check: Check) -> list[str | None]:
        if not check.column or check.code in ("V06", "P01"):
            return [None] * len(hit)
        cells = self._table.column(check.column).take(pa.array(hit)).to_pylist()
        return [None if cell is None else quoted_cell(cell) for cell in cells]

    def _append(
        self,
        rows: Places,
        column: str,
        code: str,
        level: Level,
        found: list[str | None],
        words: list[tuple[str, str, str, str]],
    ) -> None:
        self._parts.append(_table(rows, column, code, level, found, words))


def reader_issue(row: int, code: str, text: Text, mend: Text) -> pa.Table:
    """Return the issue of a row that could not be laid out under the header."""
    return _table(np.array([row], np.int64), "", code, Level.REJECT, [None], [_both(text, mend)])


def cell_issues(rows: Places, column: str, code: str, level: Level, *, expected: Text, mend: Text) -> pa.Table:
    """Return the same issue for each of ``rows`` (duplicates found while writing)."""
    return _table(rows, column, code, level, [None] * len(rows), [_both(expected, mend)] * len(rows))


@lru_cache(maxsize=4096)
def quoted_cell(cell: str) -> str:
    """Return a cell as an issue quotes it: masked, visible characters only, shortened."""
    shown = "".join(character if character.isprintable() else "�" for character in cell[: FOUND_LENGTH * 2])
    shown = mask(shown)
    return shown if len(shown) <= FOUND_LENGTH else shown[: FOUND_LENGTH - 1] + "…"


def _both(expected: Text, mend: Text) -> tuple[str, str, str, str]:
    return expected.zh, expected.en, mend.zh, mend.en


def _table(
    rows: Places, column: str, code: str, level: Level, found: list[str | None], words: list[tuple[str, str, str, str]]
) -> pa.Table:
    count = len(rows)
    spread = list(zip(*words, strict=True)) if words else [()] * 4
    arrays = [
        pa.array(rows), pa.repeat(column, count), pa.repeat(code, count), pa.repeat(level.value, count), pa.array(found, pa.string()),
        *(pa.array(part, pa.string()) for part in spread),
    ]  # fmt: skip
    return pa.table(arrays, schema=SCHEMA)
