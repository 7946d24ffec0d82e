"""A grid of rows (网格): cells as they stand in a spreadsheet, the bad ones marked and explained; with inputs where they are mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xinheng.core.intake.rules import Level
from xinheng.usecases.intake.views import IssueView


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: the name of its input (empty where it is only shown), its text, and what is wrong with it."""

    name: str
    text: str
    issues: tuple[IssueView, ...]

    @property
    def bad(self) -> bool:
        """Tell whether it sends its row back."""
        return any(issue.level == Level.REJECT for issue in self.issues)

    @property
    def long(self) -> bool:
        """Tell whether it needs several lines."""
        return len(self.text) > 24 or "\n" in self.text


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row by its number in the file, and what is wrong with it as a whole."""

    number: int
    cells: tuple[GridCell, ...]
    issues: tuple[IssueView, ...]

    @property
    def all_issues(self) -> tuple[tuple[IssueView, str], ...]:
        """Return what is wrong with it or any of its cells, in order, each with the name of the input where it is mended."""
        return (
            *((issue, "") for issue in self.issues),
            *((issue, cell.name) for cell in self.cells for issue in cell.issues),
        )

    @property
    def bad(self) -> bool:
        """Tell whether it goes back."""
        return any(issue.level == Level.REJECT for issue, _ in self.all_issues)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under their headings."""

    header: tuple[str, ...]
    rows: tuple[GridRow, ...]

    def bad_first(self, *, leading: Sequence[int]) -> Grid:
        """Return the same with the columns in front that name the row, then those with bad cells: what is to be mended is in sight."""
        bad = sorted({place for row in self.rows for place, cell in enumerate(row.cells) if cell.bad})
        order = tuple(dict.fromkeys((*leading, *bad, *range(len(self.header)))))
        rows = tuple(GridRow(row.number, tuple(row.cells[place] for place in order), row.issues) for row in self.rows)
        return Grid(tuple(self.header[place] for place in order), rows)
