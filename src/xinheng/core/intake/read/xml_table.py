"""An open XML file in the exchange form (ROWDATA): its columns, and its rows cut into chunks as they come."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from xinheng.core.intake.read import refusals, signatures
from xinheng.core.intake.read.chunk import Chunk
from xinheng.core.intake.read.form import Form, bom_length, text_encoding
from xinheng.core.intake.read.keyed import Columns, KeyedRow, columns_of
from xinheng.core.intake.read.transcode import DecodedSource, decode_marked
from xinheng.core.intake.read.xml_rows import RowReader

_BLOCK = 1 << 20
_SHARE = 4  # a row as keys and cells takes some times its bytes in memory
_DECLARED = re.compile(r"""\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([^"']*)["']""")
_ACCEPTED = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "utf-16": "utf-16",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
}


@dataclass(frozen=True, slots=True)
class XmlChunk:
    """Some rows of the file."""

    number: int
    first_row: int
    offset: int
    rows: list[KeyedRow] = field(repr=False)
    consumed: int
    columns: Columns

    def parse(self) -> Chunk:
        """See :class:`~xinheng.core.intake.read.RawChunk`."""
        return self.columns.chunk(self.number, self.rows, consumed=self.consumed)


class XmlTable:
    """See :class:`~xinheng.core.intake.read.TableReader`; made by :func:`open_xml`. It has no heading row: row 0."""

    header_row = 0

    def __init__(self, form: Form, columns: Columns, source: DecodedSource, chunk_bytes: int) -> None:
        self.form = form
        self.header = columns.header
        self._columns = columns
        self._source = source
        self._chunk_bytes = max(chunk_bytes // _SHARE, 1)

    def chunks(self) -> Iterator[XmlChunk]:
        """See :class:`~xinheng.core.intake.read.TableReader`."""
        part: list[KeyedRow] = []
        number, size, consumed = 0, 0, 0
        for row in _rows(RowReader(), self._source):
            part.append(row)
            size += sum(map(len, row.cells.values())) + len(row.cells)
            if size >= self._chunk_bytes:
                read = self._source.position - consumed
                yield XmlChunk(number, part[0].row, consumed, part, read, self._columns)
                number, size, consumed, part = number + 1, 0, consumed + read, []
        if part:
            yield XmlChunk(number, part[0].row, consumed, part, self._source.position - consumed, self._columns)


def open_xml(stream: BinaryIO, head: bytes, form: Form, *, complete: bool, chunk_bytes: int) -> XmlTable:
    """Find the columns of an XML file whose first bytes are ``head`` (read from ``stream`` already).

    Raises:
        UnusableFile: it is in another form of XML, unsafe, or no row in ``head`` can be read.
    """
    encoding, bom = _encoding(head, form), bom_length(head)
    reader = RowReader()
    rows = list(_rows(reader, DecodedSource(head, io.BytesIO(), encoding=encoding, bom=bom), partial=not complete))
    if not reader.found:
        raise signatures.other_markup()
    columns = columns_of(rows, first=reader.announced, spoken=encoding)
    return XmlTable(form, columns, DecodedSource(head, stream, encoding=encoding, bom=bom), chunk_bytes)


def _rows(reader: RowReader, source: DecodedSource, *, partial: bool = False) -> Iterator[KeyedRow]:
    """Read rows; of the beginning of a file only (``partial``) its end is not the end of the file."""
    last = False
    while not last:
        block = bytearray(_BLOCK)
        filled = source.fill(memoryview(block))
        last = filled < _BLOCK
        reader.feed(bytes(block[:filled]), last=last and not partial)
        yield from reader.rows()


def _encoding(head: bytes, form: Form) -> str:
    """The encoding of the text: what its bytes show; where they are plain ASCII so far, what it declares."""
    shown = text_encoding(str(form.encoding))
    text = decode_marked(head[: 1 << 10], shown)
    declared = _DECLARED.match(text.removeprefix("\ufeff"))
    if declared is None:
        return shown
    named = _ACCEPTED.get(declared[1].strip().lower())
    if named is None:
        raise refusals.other_encoding(declared[1])
    return named if head.isascii() and named != "utf-16" and shown == "utf-8" else shown
