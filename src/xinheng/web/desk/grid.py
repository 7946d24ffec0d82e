"""A grid of rows (网格): cells as they stand in a spreadsheet, the bad ones marked and explained; with inputs where they are mended."""

from __future__ import annotations

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
    def all_issues(self) -> tuple[IssueView, ...]:
        """Return what is wrong with it or any of its cells, in order."""
        return (*self.issues, *(issue for cell in self.cells for issue in cell.issues))

    @property
    def bad(self) -> bool:
        """Tell whether it goes back."""
        return any(issue.level == Level.REJECT for issue in self.all_issues)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under their headings."""

    header: tuple[str, ...]
    rows: tuple[GridRow, ...]
