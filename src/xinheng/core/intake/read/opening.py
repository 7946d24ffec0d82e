"""The one door to a department's file: any accepted form, opened as a table."""

from __future__ import annotations

import io
from typing import BinaryIO

from xinheng.core.intake.read import refusals
from xinheng.core.intake.read.chunk import TableReader
from xinheng.core.intake.read.csv_table import open_csv
from xinheng.core.intake.read.form import SAMPLE_BYTES, sniff
from xinheng.core.intake.read.workbook import open_workbook

MAX_WORKBOOK = 512 << 20
_DIRECTORY = 4096


def open_table(stream: BinaryIO, *, name: str, size: int, chunk_bytes: int = 32 << 20) -> TableReader:
    """Open a department's file as a table of text.

    ``stream`` is at its start; it need not be seekable (a workbook is then held in memory). ``name`` is the sender's
    name of the file, used in sentences only; ``size`` its bytes; ``chunk_bytes`` the size of the pieces it is cut into.

    Raises:
        UnusableFile: nothing of the file can be taken; the explanation says why and what to do.
    """
    head = _read(stream, SAMPLE_BYTES)
    complete = len(head) < SAMPLE_BYTES
    seekable = stream.seekable()
    telling = _first_beyond_ascii(stream) if seekable and not complete and head.isascii() else None
    form = sniff(_with_directory(stream, head) if seekable else head, name=name, complete=complete, telling=telling)
    if form.kind == "csv":
        return open_csv(stream, head, form, complete=complete, chunk_bytes=chunk_bytes)
    if size > MAX_WORKBOOK:
        raise refusals.unsafe_workbook(
            ("工作簿超过 512 MiB，请改用 CSV 报送。", "It is larger than 512 MiB; hand in a CSV instead.")
        )
    rows = max(1, chunk_bytes >> 12)
    if seekable:
        stream.seek(0)
        return open_workbook(stream, rows_per_chunk=rows)
    return open_workbook(io.BytesIO(head + _read(stream, MAX_WORKBOOK)), rows_per_chunk=rows)


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


def _with_directory(stream: BinaryIO, head: bytes) -> bytes:
    """The head of an old Office file together with its directory, which names what is in it."""
    if not head.startswith(b"\xd0\xcf\x11\xe0") or len(head) < 52:
        return head
    here = stream.tell()
    stream.seek((int.from_bytes(head[48:52], "little") + 1) * 512)
    directory = stream.read(_DIRECTORY)
    stream.seek(here)
    return head + directory
