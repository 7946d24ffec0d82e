"""Tables that programs hand on (Parquet): read as text, batch by batch, like any other file. For seeding the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xinheng.core.intake.read import refusals
from xinheng.core.intake.read.chunk import Chunk
from xinheng.core.intake.read.form import Form

_Result = TypeVar("_Result")
_MAGIC = b"PAR1"
_ROWS = 50_000


def is_parquet(content: BinaryIO) -> bool:
    """Tell whether a stream at its start is a Parquet file; leaves it there."""
    head = content.read(len(_MAGIC))
    content.seek(0)
    return head == _MAGIC


def open_columns(content: BinaryIO) -> ColumnarTable:
    """Open a Parquet file as a table of text.

    Raises:
        UnusableFile: it is damaged, or holds lists or structures; reading on may tell as well.
    """
    file = _guarded(lambda: pq.ParquetFile(content))
    return ColumnarTable(file, tuple(_guarded(lambda: file.schema_arrow).names), Form("parquet"))


@dataclass(frozen=True, slots=True)
class ColumnarTable:
    """An open Parquet file; its first row counts as row 2, below a header that it does not have."""

    file: pq.ParquetFile
    header: tuple[str, ...]
    form: Form
    header_row: int = 1

    def chunks(self) -> Iterator[ColumnarChunk]:
        """Cut the file into batches of rows, in order."""
        first = 2
        batches, number = _guarded(lambda: self.file.iter_batches(batch_size=_ROWS)), 0
        while (batch := _guarded(lambda: next(batches, None))) is not None:
            yield ColumnarChunk(number, first, pa.Table.from_batches([batch]))
            number, first = number + 1, first + batch.num_rows


@dataclass(frozen=True, slots=True)
class ColumnarChunk:
    """A run of rows of a Parquet file."""

    number: int
    first_row: int
    columns: pa.Table

    @property
    def offset(self) -> int:
        """Return the row at which the run begins, counted from 0."""
        return self.first_row - 2

    def parse(self) -> Chunk:
        """Return the rows as text; an empty text is an empty cell."""
        texts = _guarded(lambda: [_text(column) for column in self.columns.columns])
        table = pa.table(texts, names=[f"c{place}" for place in range(len(texts))])
        rows = np.arange(self.first_row, self.first_row + table.num_rows, dtype=np.int64)
        return Chunk(self.number, table, rows, (), table.nbytes)


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    text = pc.cast(column, pa.string())
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _guarded(step: Callable[[], _Result]) -> _Result:
    """Run a step of Arrow's; whatever it cannot read is a damaged file, or one with more than texts and numbers in its cells."""
    try:
        return step()
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise refusals.damaged_columns() from error
