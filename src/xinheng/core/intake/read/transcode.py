"""Text of any accepted encoding as UTF-8, with undecodable bytes marked instead of lost.

Each undecodable byte becomes the noncharacter U+10FFFE, which no text may hold; the row is then found by it (S09).
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO, Protocol

import numpy as np
import pyarrow as pa

MARK = "\U0010fffe"
MARK_LEAD = MARK.encode()[0]
_HANDLER = "xinheng.mark"
_BLOCK = 1 << 20
_NEVER_UTF8 = re.compile(rb"[\x80-\xff][\x80-\xbf]*(?:[\xc0-\xff](?=[\x00-\x7f\xc0-\xff]))*")
"""From an undecodable byte on those that cannot be decoded either, to be marked at one go: a call for each took a microsecond a byte."""


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.encoding.startswith("utf-16"):
        return MARK, error.end
    run = _NEVER_UTF8.match(error.object, error.start) if error.encoding == "utf-8" else None
    end = run.end() if run else error.start + 1
    return MARK * (end - error.start), end


codecs.register_error(_HANDLER, _mark)


def decode_marked(data: bytes | memoryview, encoding: str) -> str:
    """Decode, each undecodable byte as :data:`MARK`."""
    return str(data, encoding, _HANDLER)


def shown(text: str) -> str:
    """The text as a reader sees it: marks as the replacement character."""
    return text.replace(MARK, "\ufffd")


def as_utf8(data: pa.Buffer, encoding: str) -> pa.Buffer:
    """Return the bytes as valid UTF-8, undecodable ones marked."""
    if encoding == "utf-8" and _is_utf8(data):
        return data
    return pa.py_buffer(decode_marked(memoryview(data), encoding).encode())


def _is_utf8(data: pa.Buffer) -> bool:
    offsets = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, data]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


class Source(Protocol):
    """Bytes of the text, block by block; ``position`` counts bytes of the file read so far."""

    @property
    def position(self) -> int: ...  # noqa: D102

    def fill(self, target: memoryview) -> int:
        """Put the next bytes into ``target``, fewer only at the end of the file; return how many."""
        ...


class PlainSource:
    """A file whose bytes are cut as they are (UTF-8, GB18030); ``head`` was read from it already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.position = 0
        self._head = memoryview(head)
        self._stream = stream

    def fill(self, target: memoryview) -> int:
        """See :class:`Source`."""
        filled = min(len(self._head), len(target))
        target[:filled] = self._head[:filled]
        self._head = self._head[filled:]
        while filled < len(target):
            count = _read_into(self._stream, target[filled:])
            if not count:
                break
            filled += count
        self.position += filled
        return filled


def _read_into(stream: BinaryIO, target: memoryview) -> int:
    readinto = getattr(stream, "readinto", None)
    if readinto is not None:
        return int(readinto(target) or 0)
    block = stream.read(len(target))
    target[: len(block)] = block
    return len(block)


class DecodedSource:
    """A file that must be decoded before it can be cut (UTF-16; GB18030 parted by bars): gives UTF-8."""

    def __init__(self, head: bytes, stream: BinaryIO, *, encoding: str, bom: int) -> None:
        self._plain = PlainSource(head, stream)
        self._plain.fill(memoryview(bytearray(bom)))
        self._decoder = codecs.getincrementaldecoder(encoding)(_HANDLER)
        self._rest = memoryview(b"")
        self._ended = False

    @property
    def position(self) -> int:
        """Bytes of the file read so far."""
        return self._plain.position

    def fill(self, target: memoryview) -> int:
        """See :class:`Source`."""
        filled = 0
        while filled < len(target) and (self._rest or not self._ended):
            if not self._rest:
                self._rest = self._next()
            count = min(len(self._rest), len(target) - filled)
            target[filled : filled + count] = self._rest[:count]
            self._rest = self._rest[count:]
            filled += count
        return filled

    def _next(self) -> memoryview:
        block = bytearray(_BLOCK)
        count = self._plain.fill(memoryview(block))
        self._ended = count < _BLOCK
        return memoryview(self._decoder.decode(bytes(block[:count]), self._ended).encode())
