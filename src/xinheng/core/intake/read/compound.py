"""OLE compound files (复合文件): the stream of an old workbook taken out, and put into a new, plain compound.

What calamine opens is never the department's container but the one made here, so that nothing that is wrong with the
container (chains that run in circles, sectors beyond its end) can reach it. Format: [MS-CFB].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import numpy as np

from xinheng.core.intake.read import refusals

MAX_STREAM = 256 << 20
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<8s16xHHHHH6x9I109I")
_ENTRY = struct.Struct("<64sHBBIII36xIQ")
_MINI, _MINI_BELOW = 64, 4096
_SECTOR = 4096
_STREAM, _ROOT = 2, 5


class _Entry(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """An OLE compound that can be read; ``streams`` are the names at its root.

    Raises:
        UnusableFile: the container is damaged or cut off.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        size = stream.seek(0, 2)
        stream.seek(0)
        head = stream.read(_HEADER.size)
        if len(head) < _HEADER.size or not head.startswith(_MAGIC):
            raise refusals.damaged_old_workbook()
        _, _, _, _, shift, _, _, _, directory, _, _, mini, _, difat, _, *fats = _HEADER.unpack(head)
        if shift not in (9, 12):
            raise refusals.damaged_old_workbook()
        self._sector = 1 << shift
        self._sectors = max(0, -(-(size - self._sector) // self._sector))
        self._fat = self._table(self._fat_sectors(fats, difat))
        self._entries = [_entry(raw, long=shift == 12) for raw in _pieces(self._read(directory), _ENTRY.size)]
        if not self._entries or self._entries[0].kind != _ROOT:
            raise refusals.damaged_old_workbook()
        self._mini_fat = np.frombuffer(self._read(mini), dtype="<u4") if mini < _FAT else np.empty(0, dtype="<u4")
        self.streams = {entry.name: entry for entry in self._children() if entry.kind == _STREAM}

    def read(self, name: str) -> bytes:
        """Return a stream at the root, whole."""
        entry = self.streams[name]
        if entry.size > MAX_STREAM:
            raise refusals.unsafe_workbook(
                ("工作簿内容超过 256 MiB，请改用 CSV 报送。", "It holds more than 256 MiB; hand in a CSV instead.")
            )
        if entry.size >= _MINI_BELOW:
            data = self._read(entry.start, entry.size)
        else:
            root = self._entries[0]
            mini, chain = self._read(root.start, root.size), _chain(entry.start, self._mini_fat, len(self._mini_fat))
            data = b"".join(mini[sector * _MINI : (sector + 1) * _MINI] for sector in chain)
        if len(data) < entry.size:
            raise refusals.damaged_old_workbook()
        return data[: entry.size]

    def _fat_sectors(self, known: list[int], more: int) -> list[int]:
        """The sectors of the allocation table: the first ones stand in the header, the others in a list of their own."""
        sectors, steps = list(known), 0
        while more < _FAT:
            entries = self._table([more]).tolist()
            sectors += entries[:-1]
            more, steps = entries[-1], steps + 1
            if steps > self._sectors:
                raise refusals.damaged_old_workbook()
        return [sector for sector in sectors if sector != _FREE][: self._sectors]

    def _table(self, sectors: list[int]) -> np.ndarray:
        data = b"".join(self._at(sector, 1) for sector in sectors)
        return np.frombuffer(data[: len(data) // 4 * 4], dtype="<u4")

    def _read(self, start: int, size: int = MAX_STREAM) -> bytes:
        """Follow a chain of sectors, neighbours in one go, up to ``size`` bytes."""
        most = min(self._sectors, -(-size // self._sector))
        parts, first, count = [], 0, 0
        for sector in _chain(start, self._fat, most):
            if count and sector == first + count:
                count += 1
                continue
            parts.append(self._at(first, count))
            first, count = sector, 1
        return b"".join([*parts, self._at(first, count)])

    def _at(self, sector: int, count: int) -> bytes:
        if count and sector + count > self._sectors:
            raise refusals.damaged_old_workbook()
        self._stream.seek((sector + 1) * self._sector)
        return self._stream.read(count * self._sector)

    def _children(self) -> Iterator[_Entry]:
        """The entries right under the root: a tree, of which each is visited once."""
        ahead, seen = [self._entries[0].child], {0}
        while ahead:
            place = ahead.pop()
            if place in seen or place >= len(self._entries):
                continue
            seen.add(place)
            yield self._entries[place]
            ahead += [self._entries[place].left, self._entries[place].right]


def _chain(start: int, table: np.ndarray, most: int) -> Iterator[int]:
    sector = start
    for _ in range(most):
        if sector >= len(table):
            if sector == _END:
                return
            raise refusals.damaged_old_workbook()
        yield sector
        sector = int(table[sector])


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    for place in range(0, len(data) - size + 1, size):
        yield data[place : place + size]


def _entry(raw: bytes, *, long: bool) -> _Entry:
    name, length, kind, _, left, right, child, start, size = _ENTRY.unpack(raw)
    text = name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return _Entry(text, kind, left, right, child, start, size if long else size & 0xFFFFFFFF)


def packed(data: bytes) -> bytes:
    """Return a plain compound with the one stream ``Workbook``."""
    data = data.ljust(_MINI_BELOW, b"\0")
    sectors = -(-len(data) // _SECTOR)
    tables = 1
    while tables * (_SECTOR // 4) < tables + sectors + 2:
        tables += 1
    total = tables + 2 + sectors
    table = np.full(tables * (_SECTOR // 4), _FREE, dtype="<u4")
    table[:total] = np.arange(1, total + 1)
    table[:tables] = _FAT
    table[[tables, tables + 1, total - 1]] = _END
    places = [*range(tables), *[_FREE] * (109 - tables)]
    head = _HEADER.pack(_MAGIC, 0x3E, 4, 0xFFFE, 12, 6, 1, tables, tables, 0, _MINI_BELOW, _END, 0, _END, 0, *places)
    root = _packed_entry("Root Entry", _ROOT, child=1, start=tables + 1, size=_MINI)
    book = _packed_entry("Workbook", _STREAM, child=_NONE, start=tables + 2, size=len(data))
    parts = [head, table.tobytes(), root + book, bytes(_SECTOR), data]
    return b"".join(part.ljust(-(-len(part) // _SECTOR) * _SECTOR, b"\0") for part in parts)


def _packed_entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return _ENTRY.pack(text, len(text) + 2, kind, 1, _NONE, _NONE, child, start, size)
