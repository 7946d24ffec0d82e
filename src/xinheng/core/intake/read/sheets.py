"""The sheets of a workbook, whatever its container, and calamine kept from breaking anything but the workbook."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol, TypeVar

import python_calamine as calamine

from xinheng.core.intake.read import biff, refusals, signatures
from xinheng.core.intake.read.compound import Compound, packed
from xinheng.core.intake.read.workbook_safety import inspect

_Result = TypeVar("_Result")
Shown = dict[tuple[int, int], str]
"""What cells show that calamine gives as empty, by (row, column)."""


class Sheets(Protocol):
    """The visible sheets of a workbook that has been looked through, by name."""

    @property
    def visible(self) -> tuple[str, ...]: ...  # noqa: D102

    def sheet(self, name: str) -> tuple[calamine.CalamineSheet, Shown]:
        """Open a sheet; what its cells show beside counts rows and columns from 0."""
        ...


def sheets_of(stream: BinaryIO, kind: str) -> Sheets:
    """Look a workbook through; ``kind`` is ``xlsx`` or ``xls``.

    Raises:
        UnusableFile: it is damaged, protected, unsafe, or no workbook.
    """
    return _new(stream) if kind == "xlsx" else _old(stream)


@dataclass(frozen=True, slots=True)
class _New:
    book: calamine.CalamineWorkbook
    visible: tuple[str, ...]
    shown: dict[str, Shown]

    def sheet(self, name: str) -> tuple[calamine.CalamineSheet, Shown]:
        return guarded(lambda: self.book.get_sheet_by_name(name)), self.shown.get(name, {})


def _new(stream: BinaryIO) -> _New:
    shown = inspect(stream)
    stream.seek(0)
    book = guarded(lambda: calamine.CalamineWorkbook.from_filelike(stream))
    visible = tuple(
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
    )
    return _New(book, visible, shown)


@dataclass(frozen=True, slots=True)
class _Old:
    book: biff.OldBook

    @property
    def visible(self) -> tuple[str, ...]:
        return tuple(self.book.sheets)

    def sheet(self, name: str) -> tuple[calamine.CalamineSheet, Shown]:
        """Give calamine a workbook made anew, with this sheet only (see ``biff`` and ``compound``)."""
        data, shown = self.book.sheet(name)
        book = guarded(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(packed(data))))
        return guarded(lambda: book.get_sheet_by_index(0)), shown


def _old(stream: BinaryIO) -> _Old:
    compound = Compound(stream)
    name = next((name for name in ("Workbook", "WORKBOOK", "workbook") if name in compound.streams), None)
    if name is None:
        if "Book" in compound.streams:
            raise signatures.old_workbook()
        raise signatures.compound_without_workbook(compound.streams)
    return _Old(biff.look_through(compound.read(name)))


def rows_of(sheet: calamine.CalamineSheet) -> Iterator[list[Any]]:
    """Return the rows of a sheet from the first one on, empty ones too."""
    rows = guarded(lambda: iter(sheet.iter_rows()))
    while (cells := guarded(lambda: next(rows, None))) is not None:
        yield cells


def guarded(step: Callable[[], _Result]) -> _Result:
    """Run a step of calamine; whatever goes wrong inside, a panic included, is a damaged workbook."""
    try:
        return step()
    except calamine.PasswordError as error:
        raise refusals.encrypted_workbook() from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise refusals.damaged_workbook() from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise refusals.damaged_workbook() from None
        raise
