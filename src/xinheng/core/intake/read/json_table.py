"""An open JSON file: one object a line, or one array of objects; its rows cut into chunks as they come.

In JSON lines a row's number is the number of its line, as a text editor shows it; in an array, which may stand on one
line, rows are counted: the first object is row 1.
"""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from xinheng.core.errors import UnusableFile
from xinheng.core.intake.read import refusals
from xinheng.core.intake.read.chunk import Chunk
from xinheng.core.intake.read.form import Form, bom_length, text_encoding
from xinheng.core.intake.read.json_rows import row_of
from xinheng.core.intake.read.keyed import Columns, columns_of
from xinheng.core.intake.read.transcode import DecodedSource

MAX_RECORD = 8 << 20
_BLOCK = 1 << 20
_SPACE = " \t\r\n"
_ELEMENTS = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)


@dataclass(frozen=True, slots=True)
class JsonChunk:
    """Some records of the file, not yet looked into."""

    number: int
    first_row: int
    offset: int
    records: list[str] = field(repr=False)
    consumed: int
    columns: Columns

    def parse(self) -> Chunk:
        """See :class:`~xinheng.core.intake.read.RawChunk`."""
        numbered = enumerate(self.records, self.first_row)
        rows = (row_of(record, row) for row, record in numbered if record.strip(_SPACE))
        return self.columns.chunk(self.number, rows, consumed=self.consumed)


class JsonTable:
    """See :class:`~xinheng.core.intake.read.TableReader`; made by :func:`open_json`. It has no heading row: row 0."""

    header_row = 0

    def __init__(self, form: Form, columns: Columns, source: DecodedSource, chunk_bytes: int) -> None:
        self.form = form
        self.header = columns.header
        self._columns = columns
        self._source = source
        self._chunk_bytes = max(chunk_bytes, 1)

    def chunks(self) -> Iterator[JsonChunk]:
        """See :class:`~xinheng.core.intake.read.TableReader`."""
        cut = _lines if self.form.kind == "jsonl" else _elements
        number, row, consumed = 0, 1, 0
        for records in cut(self._source, self._chunk_bytes):
            read = self._source.position - consumed
            yield JsonChunk(number, row, consumed, records, read, self._columns)
            number, row, consumed = number + 1, row + len(records), consumed + read


def open_json(stream: BinaryIO, head: bytes, form: Form, *, complete: bool, chunk_bytes: int) -> JsonTable:
    """Find the columns of a JSON file whose first bytes are ``head`` (read from ``stream`` already).

    Raises:
        UnusableFile: no row in ``head`` can be read, or there are ever new names.
    """
    encoding, bom = text_encoding(str(form.encoding)), bom_length(head)
    start = DecodedSource(head, io.BytesIO(), encoding=encoding, bom=bom)
    cut = _lines if form.kind == "jsonl" else _elements
    sample = (record for records in _as_far_as(cut(start, _BLOCK), complete=complete) for record in records)
    rows = (row_of(record, row) for row, record in enumerate(sample, 1) if record.strip(_SPACE))
    columns = columns_of(rows, spoken=encoding)
    return JsonTable(form, columns, DecodedSource(head, stream, encoding=encoding, bom=bom), chunk_bytes)


def _as_far_as(parts: Iterator[list[str]], *, complete: bool) -> Iterator[list[str]]:
    """The records of the beginning of a file; where it is not the whole file it ends in the middle of one."""
    part: list[str] = []
    try:
        for following in parts:
            yield part
            part = following
    except UnusableFile as refused:
        if complete or not part or refused.facts["reason"] == "record-too-long":
            raise
        yield part
        return
    yield part if complete else part[:-1]


def _lines(source: DecodedSource, chunk_bytes: int) -> Iterator[list[str]]:
    """Cut the file after line ends; each part holds whole lines."""
    rest, row = b"", 1
    while True:
        block = bytearray(max(chunk_bytes, len(rest)))
        filled = source.fill(memoryview(block))
        data = rest + bytes(block[:filled])
        last = filled < len(block)
        cut = len(data) if last else data.rfind(b"\n") + 1
        lines = data[:cut].split(b"\n")
        if not last or not lines[-1]:
            lines.pop()
        rest = data[cut:]
        long = next((place for place, line in enumerate(lines) if len(line) > MAX_RECORD), None)
        if long is not None or len(rest) > MAX_RECORD:
            raise refusals.record_too_long(row + (len(lines) if long is None else long), MAX_RECORD)
        if lines:
            yield [line.decode() for line in lines]
            row += len(lines)
        if last:
            return


def _elements(source: DecodedSource, chunk_bytes: int) -> Iterator[list[str]]:
    """Cut an array into its elements."""
    part: list[str] = []
    size = 0
    for element in _Array(source).elements():
        part.append(element)
        size += len(element)
        if size >= chunk_bytes:
            yield part
            part, size = [], 0
    if part:
        yield part


class _Array:
    """An array of which only a little is in memory."""

    def __init__(self, source: DecodedSource) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._place = 0
        self._ended = False
        self._item = 1

    def elements(self) -> Iterator[str]:
        self._sign("[")
        if self._next() != "]":
            while True:
                yield self._element()
                self._item += 1
                if self._sign(",]") == "]":
                    break
        else:
            self._place += 1
        if self._next():
            raise self._broken("Something follows its end.")

    def _element(self) -> str:
        self._next()
        wrong = ""
        while True:
            try:
                _, end = _ELEMENTS.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                end, wrong = 0, error.msg
            except RecursionError as error:
                raise self._broken("It is nested too deep.") from error
            if end and (end < len(self._text) or self._ended):
                element = self._text[self._place : end]
                self._place = end
                return element
            if self._ended or len(self._text) - self._place > MAX_RECORD:
                raise self._broken(wrong)
            self._more()

    def _sign(self, allowed: str) -> str:
        sign = self._next()
        if not sign or sign not in allowed:
            raise self._broken(f"Expected: {' or '.join(allowed)}")
        self._place += 1
        return sign

    def _next(self) -> str:
        """Go to the next sign that is no space and return it; nothing at the end of the file."""
        while True:
            while self._place < len(self._text):
                if self._text[self._place] not in _SPACE:
                    return self._text[self._place]
                self._place += 1
            if self._ended:
                return ""
            self._more()

    def _more(self) -> None:
        block = bytearray(_BLOCK)
        filled = self._source.fill(memoryview(block))
        self._ended = filled < _BLOCK
        more = self._decoder.decode(bytes(block[:filled]), self._ended)
        self._text, self._place = self._text[self._place :] + more, 0

    def _broken(self, detail: str) -> UnusableFile:
        return refusals.broken_json(self._item, detail)
