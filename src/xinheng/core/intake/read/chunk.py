"""What reading hands on: chunks of rows as text with their row numbers, and the rows that could not be laid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pyarrow as pa

from xinheng.core.errors import Text

if TYPE_CHECKING:
    from xinheng.core.intake.read.form import Form


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be laid out under the headings.

    ``row`` is the number a spreadsheet shows; ``code`` one of ``BAD_ROW_CODES``; ``text`` says what is wrong and how to
    mend it; ``cells`` are its cells as far as they could be read (an empty cell is ``""``), for the rejects workbook.
    """

    row: int
    code: str
    text: Text
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of rows of the file, laid out.

    ``table`` has one string column per heading, in the order of the headings, named ``c0``, ``c1``, …; an empty cell is
    null, and a row whose cells are all empty is no row. ``rows`` (int64, same length) are the numbers a spreadsheet
    shows. ``bad`` are the rows that are not in the table. ``consumed`` is what was read for it, in bytes of the file
    (workbook: in rows). ``lossy`` names cells whose digits a spreadsheet has destroyed, as (row, column index).
    """

    number: int
    table: pa.Table
    rows: np.ndarray
    bad: tuple[BadRow, ...]
    consumed: int
    lossy: tuple[tuple[int, int], ...] = ()


class RawChunk(Protocol):
    """A run of rows cut from the file, not yet parsed.

    ``number`` counts chunks from 0; ``first_row`` is the spreadsheet row of its first record; ``offset`` where its
    first byte stands in the text of the file (workbook: its first row under the heading).
    """

    @property
    def number(self) -> int: ...  # noqa: D102

    @property
    def first_row(self) -> int: ...  # noqa: D102

    @property
    def offset(self) -> int: ...  # noqa: D102

    def parse(self) -> Chunk:
        """Lay the rows out. Pure and safe to call from several threads at once."""
        ...


class TableReader(Protocol):
    """One open file: its headings as the department wrote them (trimmed), and its rows as chunks.

    ``header_row`` is the spreadsheet row of the headings (from 1).
    """

    @property
    def header(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def header_row(self) -> int: ...  # noqa: D102

    @property
    def form(self) -> Form: ...  # noqa: D102

    def chunks(self) -> Iterator[RawChunk]:
        """Cut the file, in order, once; the cuts depend on nothing but the file and ``chunk_bytes``.

        Raises:
            UnusableFile: a record is longer than 8 MiB, or the file ends inside a quoted cell.
        """
        ...
