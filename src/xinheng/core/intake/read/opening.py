"""The one door to a department's file: any accepted form, opened as a table."""

from __future__ import annotations

import io
from typing import BinaryIO

from xinheng.core.intake.read import refusals
from xinheng.core.intake.read.chunk import TableReader
from xinheng.core.intake.read.csv_table import open_csv
from xinheng.core.intake.read.form import SAMPLE_BYTES, sniff
from xinheng.core.intake.read.header import Knows
from xinheng.core.intake.read.json_table import open_json
from xinheng.core.intake.read.workbook import open_workbook
from xinheng.core.intake.read.xml_table import open_xml

MAX_WORKBOOK = 512 << 20
KEYS_FROM = 16 << 20
"""In how many bytes from the start the columns of JSON and XML, which have no heading row, are looked for."""


def open_table(
    stream: BinaryIO,
    *,
    name: str,  # noqa: ARG001 (whoever opens a file names it; its form is told from its bytes)
    size: int,
    chunk_bytes: int = 32 << 20,
    knows: Knows | None = None,
) -> TableReader:
    """Open a department's file as a table of text.

    ``stream`` is at its start; it need not be seekable (a workbook is then held in memory). ``name`` is the sender's
    name of the file: no form is told by it; ``size`` its bytes; ``chunk_bytes`` the size of the pieces it is cut into.
    ``knows`` tells of one text whether it is a heading that the receiver knows: rows above the headings (titles, notes)
    are then passed over. Without it the first filled row holds the headings.

    Raises:
        UnusableFile: nothing of the file can be taken; the explanation says why and what to do.
    """
    head = _read(stream, SAMPLE_BYTES)
    complete = len(head) < SAMPLE_BYTES
    telling = _first_beyond_ascii(stream) if stream.seekable() and not complete and head.isascii() else None
    form = sniff(head, complete=complete, telling=telling, knows=knows)
    if form.kind == "csv":
        return open_csv(stream, head, form, complete=complete, chunk_bytes=chunk_bytes, knows=knows)
    if form.kind in ("json", "jsonl", "xml"):
        head += b"" if complete else _read(stream, KEYS_FROM - SAMPLE_BYTES)
        opener = open_xml if form.kind == "xml" else open_json
        return opener(stream, head, form, complete=len(head) < KEYS_FROM, chunk_bytes=chunk_bytes)
    if size > MAX_WORKBOOK:
        raise refusals.unsafe_workbook(
            ("工作簿超过 512 MiB，请改用 CSV 报送。", "It is larger than 512 MiB; hand in a CSV instead.")
        )
    if stream.seekable():
        stream.seek(0)
    else:
        stream = io.BytesIO(head + _read(stream, MAX_WORKBOOK))
    return open_workbook(stream, form, rows_per_chunk=max(1, chunk_bytes >> 12), knows=knows)


def _read(stream: BinaryIO, size: int) -> bytes:
    """Read ``size`` bytes, fewer only at the end of the file."""
    parts: list[bytes] = []
    while size > 0 and (block := stream.read(min(size, SAMPLE_BYTES))):
        parts.append(block)
        size -= len(block)
    return b"".join(parts)


def _first_beyond_ascii(stream: BinaryIO) -> bytes | None:
    """Look on for the first stretch that is not plain ASCII, whole lines of it; leaves the stream where it was."""
    here = stream.tell()
    found = None
    while found is None and (block := _read(stream, SAMPLE_BYTES)):
        if not block.isascii():
            whole = block + _read(stream, 1 << 16)
            found = whole[whole.find(b"\n") + 1 :] if whole[: whole.find(b"\n") + 1].isascii() else whole
    stream.seek(here)
    return found
