"""Texts in old workbooks: long ones run on into following records, and every one says how its signs are written."""

from __future__ import annotations

import numpy as np

from xinheng.core.intake.read import refusals

_WIDE, _PHONETIC, _RICH = 1, 4, 8


class _Parts:
    """The data of a record and of those that continue it, read as one."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self._part = 0
        self._place = 0

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "little")

    def take(self, size: int) -> bytes:
        """Take bytes that may run over the end of a record."""
        found = b""
        while len(found) < size:
            found += self._within(size - len(found))
        return found

    def skip(self, size: int) -> None:
        while size:
            size -= len(self._within(size))

    def signs(self, count: int, flags: int) -> list[bytes]:
        """Take the signs of a text, each stretch as UTF-16; a record that continues one begins with new flags."""
        found = []
        while count:
            wide = flags & _WIDE
            stretch = self._within(count * 2 if wide else count)
            if wide and len(stretch) % 2:
                raise refusals.damaged_old_workbook()
            count -= len(stretch) // 2 if wide else len(stretch)
            found.append(stretch if wide else stretch.decode("latin-1").encode("utf-16-le"))
            if count:
                flags = self.number(1)
        return found

    def _within(self, size: int) -> bytes:
        """Take what is left of the record, at most ``size`` bytes and at least one."""
        while self._part < len(self._parts) and self._place >= len(self._parts[self._part]):
            self._part, self._place = self._part + 1, 0
        if self._part >= len(self._parts):
            raise refusals.damaged_old_workbook()
        found = self._parts[self._part][self._place : self._place + size]
        self._place += len(found)
        return found


def text_of(parts: list[bytes], *, wide_count: bool = True) -> str:
    """Return a text that stands alone: its length (two bytes, or one), flags, signs."""
    data = _Parts(parts)
    count = data.number(2 if wide_count else 1)
    if not count and sum(map(len, parts)) <= (2 if wide_count else 1):
        return ""
    flags = data.number(1)
    if flags & _RICH:
        data.skip(2)
    if flags & _PHONETIC:
        data.skip(4)
    return b"".join(data.signs(count, flags)).decode("utf-16-le", "replace")


def lengths_of_texts(parts: list[bytes]) -> np.ndarray:
    """Go through the texts that cells share; return how many bytes each takes as UTF-16.

    Raises:
        UnusableFile: they are not whole.
    """
    if not parts:
        return np.empty(0, dtype=np.int64)
    data = _Parts(parts)
    data.skip(4)
    count = data.number(4)
    lengths = []
    if count > sum(map(len, parts)) // 3:
        raise refusals.damaged_old_workbook()
    for _ in range(count):
        length, flags = data.number(2), data.number(1)
        runs = data.number(2) if flags & _RICH else 0
        phonetic = data.number(4) if flags & _PHONETIC else 0
        data.signs(length, flags)
        data.skip(4 * runs + phonetic)
        lengths.append(2 * length)
    return np.array(lengths, dtype=np.int64)
