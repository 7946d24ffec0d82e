"""An open CSV: its headings, and its records cut into chunks at the same places however it is read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from xinheng.core.intake.read import refusals
from xinheng.core.intake.read.csv_parse import CsvChunk, Layout
from xinheng.core.intake.read.form import Form, bom_length, first_records, text_encoding
from xinheng.core.intake.read.header import LOOK_AT, Knows, heading_place, headings
from xinheng.core.intake.read.records import Scan, cells_of, scan
from xinheng.core.intake.read.transcode import MARK, DecodedSource, PlainSource, Source, decode_marked

MAX_RECORD = 8 << 20
_ROWS_BELOW = 8


@dataclass(frozen=True, slots=True)
class _Heading:
    row: int
    cells: list[str]
    length: int  # bytes up to the first record of data


class CsvTable:
    """See :class:`~xinheng.core.intake.read.TableReader`; made by :func:`open_csv`."""

    def __init__(self, form: Form, heading: _Heading, layout: Layout, source: Source, chunk_bytes: int) -> None:
        self.form = form
        self.header_row = heading.row
        self.header: tuple[str, ...] = ()
        self._layout = layout
        self._source = source
        self._chunk_bytes = max(chunk_bytes, 1)
        self._skip = heading.length

    def chunks(self) -> Iterator[CsvChunk]:
        """See :class:`~xinheng.core.intake.read.TableReader`."""
        self._source.fill(memoryview(bytearray(self._skip)))
        number, row, offset, consumed = 0, self.header_row + 1, self._skip, 0
        rest = pa.py_buffer(b"")
        while True:
            data, found, last = self._next_records(rest, row)
            cut = int(found.ends[-1]) if len(found.ends) else 0
            if cut:
                read = self._source.position - consumed
                yield CsvChunk(
                    number=number,
                    first_row=row,
                    offset=offset,
                    data=data.slice(0, cut),
                    ends=found.ends,
                    multiline=found.multiline,
                    last=last,
                    consumed=read,
                    layout=self._layout,
                )
                number, row, offset, consumed = number + 1, row + len(found.ends), offset + cut, consumed + read
            if last:
                return
            rest = data.slice(cut)

    def _next_records(self, rest: pa.Buffer, row: int) -> tuple[pa.Buffer, Scan, bool]:
        """Read on until a record is whole: the bytes, where records end in them, and whether the file is at its end."""
        while True:
            size = max(self._chunk_bytes, 2 * len(rest))
            buffer = pa.allocate_buffer(size)
            target = memoryview(buffer).cast("B")
            target[: len(rest)] = memoryview(rest).cast("B")
            filled = len(rest) + self._source.fill(target[len(rest) :])
            last = filled < size
            data = buffer.slice(0, filled)
            found = self._scan(data, row, last=last)
            if last or len(found.ends):
                return data, found, last
            rest = data

    def _scan(self, data: pa.Buffer, row: int, *, last: bool) -> Scan:
        text = np.frombuffer(data, dtype=np.uint8)
        found = scan(text, delimiter=ord(self._layout.delimiter), final=last)
        ends = found.ends if len(found.ends) and found.ends[-1] == len(text) else np.append(found.ends, len(text))
        lengths = np.diff(ends, prepend=0)
        if len(lengths) and lengths.max() > MAX_RECORD:
            raise refusals.record_too_long(row + int(np.argmax(lengths > MAX_RECORD)), MAX_RECORD)
        if not last:
            return found
        if found.open_quote:
            raise refusals.cut_inside_quotes(row + len(found.ends))
        return Scan(ends if len(text) else found.ends, open_quote=False, multiline=found.multiline)


def open_csv(
    stream: BinaryIO, head: bytes, form: Form, *, complete: bool, chunk_bytes: int, knows: Knows | None = None
) -> CsvTable:
    """Find the headings of a CSV whose first bytes are ``head`` (read from ``stream`` already).

    Raises:
        UnusableFile: no heading row that tells the columns apart, or no data.
    """
    encoding, delimiter = text_encoding(str(form.encoding)), str(form.delimiter)
    bom = bom_length(head)
    decoded = encoding.startswith("utf-16") or (encoding == "gb18030" and delimiter == "|")
    text = decode_marked(head[bom:], encoding).encode() if decoded else head[bom:]
    start = _Start(text, "utf-8" if decoded else encoding, delimiter, complete)
    heading = start.heading(knows)
    names = headings(heading.cells, row=heading.row, below=start.below(heading))
    source: Source
    if decoded:
        source = DecodedSource(head, stream, encoding=encoding, bom=bom)
        layout_encoding = "utf-8"
    else:
        source = PlainSource(head, stream)
        layout_encoding = encoding
    layout = Layout(len(names), len(heading.cells) - len(names), delimiter, layout_encoding, encoding)
    skip = _Heading(heading.row, heading.cells, heading.length + (0 if decoded else bom))
    table = CsvTable(form, skip, layout, source, chunk_bytes)
    table.header = names
    return table


@dataclass(frozen=True, slots=True)
class _Start:
    """The first bytes of the text, without a byte order mark; ``complete``: there are no more."""

    text: bytes
    encoding: str
    delimiter: str
    complete: bool

    def heading(self, knows: Knows | None) -> _Heading:
        """Choose among the first records that are not blank."""
        found = scan(np.frombuffer(self.text, dtype=np.uint8), delimiter=ord(self.delimiter), final=self.complete)
        ends = found.ends.tolist()
        if self.complete and found.open_quote:
            raise refusals.cut_inside_quotes(len(ends) + 1)
        if self.complete and (not ends or ends[-1] < len(self.text)):
            ends.append(len(self.text))
        filled = list(itertools.islice(self._filled(ends), LOOK_AT if knows else 1))
        if not filled:
            raise refusals.empty_file() if self.complete else refusals.record_too_long(len(ends) + 1, len(self.text))
        heading = filled[heading_place([record.cells for record in filled], knows)]
        if any(MARK in cell for cell in heading.cells):
            start = ends[heading.row - 2] if heading.row > 1 else 0
            raise refusals.wrong_encoding(heading.row, start)
        return heading

    def _filled(self, ends: list[int]) -> Iterator[_Heading]:
        start = 0
        for index, end in enumerate(ends):
            cells = cells_of(decode_marked(self.text[start:end], self.encoding), self.delimiter)
            if any(cell.strip() for cell in cells):
                yield _Heading(index + 1, cells, end)
            start = end

    def below(self, heading: _Heading) -> list[list[str]]:
        """Return some records under the headings."""
        text = self.text[heading.length :]
        if self.complete and not text.strip(f'\r\n\t \x00{self.delimiter}"'.encode()):
            raise refusals.only_header(heading.row)
        sample = decode_marked(text[: 1 << 16], self.encoding)
        complete = self.complete and len(text) <= 1 << 16
        return first_records(sample, self.delimiter, complete=complete, limit=_ROWS_BELOW)
