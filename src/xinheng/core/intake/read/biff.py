"""Old workbooks (XLS, WPS ``.et``) looked through record by record, and one sheet of them written anew (工作簿安全检查).

Only what a table needs is taken over: formats, texts, cells, merged cells. Formulas give way to their results (with the
format of the cell, so that a reckoned date stays a date); charts, pictures, macros, names and hidden sheets stay behind.
What calamine would allocate is reckoned beforehand. Format: [MS-XLS], BIFF8.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from xinheng.core.intake.read import refusals, signatures
from xinheng.core.intake.read.biff_texts import lengths_of_texts, text_of

MAX_RECORDS = 4_000_000
MAX_CELLS = 12_000_000
MAX_TEXT = 512 << 20
_MAX_COLUMN = 255
_EOF, _BOF, _CONTINUE, _FILEPASS = 0x0A, 0x0809, 0x3C, 0x2F
_SHEET, _SST, _FORMAT, _XF, _DATE_1904 = 0x85, 0xFC, 0x41E, 0xE0, 0x22
_NUMBER, _RK, _MULRK, _LABEL_SST, _LABEL, _RICH = 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6
_BOOL_OR_ERROR, _FORMULA, _STRING, _MERGED = 0x205, 0x06, 0x207, 0xE5
_OLDER_BOF = frozenset({0x0009, 0x0209, 0x0409})
_PLAIN = frozenset({_NUMBER, _RK, _LABEL_SST})
_SHORTEST = {
    _NUMBER: 14, _RK: 10, _MULRK: 12, _LABEL_SST: 10, _LABEL: 9, _RICH: 9, _BOOL_OR_ERROR: 8, _FORMULA: 20, _STRING: 3,
    _MERGED: 2, _FORMAT: 5, _XF: 20, _DATE_1904: 2, _SHEET: 8, _SST: 8, _BOF: 4,
}  # fmt: skip
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_CELL = struct.Struct("<HHH")
_HEAD = struct.Struct("<HH")

Shown = dict[tuple[int, int], str]  # (row, column), both from 0 → what the cell shows beside what calamine gives


@dataclass(frozen=True, slots=True)
class OldBook:
    """A workbook's stream and what stands before its sheets; ``sheets`` are the visible ones, by name, with their place."""

    stream: bytes
    sheets: dict[str, int]
    shared: tuple[bytes, ...]  # records of formats and texts
    lengths: np.ndarray  # of the shared texts, in bytes

    def sheet(self, name: str) -> tuple[bytes, Shown]:
        """Return a workbook stream with this sheet alone, and what its error cells and reckoned texts show."""
        cells = _Cells(self.lengths)
        for kind, data in _top_level(self.stream, self.sheets[name]):
            cells.take(kind, data)
        cells.check()
        begin = _record(_BOF, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
        title = name.encode("utf-16-le")
        entry = struct.pack("<BBBB", 0, 0, len(title) // 2, 1) + title
        before = sum(map(len, self.shared)) + len(begin) + 4 + 4 + len(entry) + 4
        sheet = _record(_SHEET, struct.pack("<I", before) + entry)
        start = _record(_BOF, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
        end = _record(_EOF, b"")
        return b"".join([begin, sheet, *self.shared, end, start, *cells.kept, end]), cells.shown


def look_through(stream: bytes) -> OldBook:
    """Look through a workbook's stream up to its sheets.

    Raises:
        UnusableFile: it is damaged, protected, unsafe, or older than Excel 97.
    """
    if int.from_bytes(stream[:2], "little") in _OLDER_BOF or _version(stream[:8]) == 0x0500:
        raise signatures.old_workbook()
    if _version(stream[:8]) != 0x0600:
        raise refusals.damaged_old_workbook()
    sheets: dict[str, int] = {}
    shared: list[bytes] = []
    texts: list[bytes] = []
    before = 0
    for kind, data in _top_level(stream, 0):
        if kind == _FILEPASS:
            raise refusals.encrypted_workbook()
        if kind == _SST or (kind == _CONTINUE and before == _SST):
            texts.append(data)
        elif kind in (_FORMAT, _XF, _DATE_1904):
            _ensure_text(kind, data)
            shared.append(_record(kind, data))
        elif kind == _SHEET and data[4] & 3 == 0 and data[5] == 0:
            sheets[text_of([data[6:]], wide_count=False)] = int.from_bytes(data[:4], "little")
        before = before if kind == _CONTINUE else kind
    lengths = lengths_of_texts(texts)
    shared += [_record(_CONTINUE if place else _SST, data) for place, data in enumerate(texts)]
    return OldBook(stream, sheets, tuple(shared), lengths)


def _version(head: bytes) -> int:
    return int.from_bytes(head[4:6], "little") if head[:2] == _BOF.to_bytes(2, "little") else -1


def _ensure_text(kind: int, data: bytes) -> None:
    if kind == _FORMAT:
        text_of([data[2:]])


def _record(kind: int, data: bytes) -> bytes:
    return _HEAD.pack(kind, len(data)) + data


def _top_level(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, without those of the charts in it; ends with its end, or the file is damaged."""
    depth = 0
    for _ in range(MAX_RECORDS):
        if place + 4 > len(stream):
            raise refusals.damaged_old_workbook()
        kind, size = _HEAD.unpack_from(stream, place)
        data = stream[place + 4 : place + 4 + size]
        if len(data) < size or len(data) < _SHORTEST.get(kind, 0) or (depth == 0 and kind != _BOF):
            raise refusals.damaged_old_workbook()
        place += 4 + size
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if not depth:
                return
        elif depth == 1:
            yield kind, data
    raise refusals.unsafe_workbook(
        ("其中的单元格过多，请改用 CSV 报送。", "It has too many cells; hand in a CSV instead.")
    )


class _Cells:
    """The cells of a sheet, taken one after the other."""

    def __init__(self, lengths: np.ndarray) -> None:
        self.kept: list[bytes] = []
        self.shown: Shown = {}
        self._lengths = lengths
        self._plain: list[bytes] = []  # the places of most cells, reckoned together in the end
        self._labels: list[bytes] = []
        self._text = 0
        self._top, self._bottom, self._left, self._right = 1 << 16, -1, 1 << 16, -1
        self._waiting: tuple[int, int] | None = None  # the cell of a formula whose text comes in a later record
        self._parts: list[bytes] = []

    def take(self, kind: int, data: bytes) -> None:
        if kind == _CONTINUE:
            if self._parts:
                self._parts.append(data)
            return
        if self._waiting is not None:
            self._end_text()
        if kind in _PLAIN:
            self._waiting = None
            self._plain.append(data[:4])
            self.kept.append(_record(kind, data))
            if kind == _LABEL_SST:
                self._labels.append(data[6:10])
        elif kind == _STRING and self._waiting is not None:
            self._parts = [data]
        elif kind == _MERGED:
            self._merged(data)
        elif kind in _SHORTEST and kind not in (_STRING, _FORMAT, _XF, _DATE_1904, _SHEET, _SST):
            self._cell(kind, data)

    def check(self) -> None:
        """Reckon what the sheet takes in memory."""
        self._end_text()
        if self._plain:
            places = np.frombuffer(b"".join(self._plain), dtype="<u2").reshape(-1, 2)
            (top, left), (bottom, right) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
            self._reach(top, bottom, left, right)
        labels = np.frombuffer(b"".join(self._labels), dtype="<u4")
        if len(labels) and labels.max() >= len(self._lengths):
            raise refusals.damaged_old_workbook()
        self._text += int(self._lengths[labels].sum())
        area = (self._bottom - self._top + 1) * (self._right - self._left + 1) if self._bottom >= 0 else 0
        if area > MAX_CELLS or self._text > MAX_TEXT:
            raise refusals.unsafe_workbook(
                (
                    "工作表所占范围或文字量过大，请改用 CSV 报送。",
                    "The sheet spans more cells, or more text, than can be read; hand in a CSV instead.",
                )
            )

    def _cell(self, kind: int, data: bytes) -> None:
        row, column, style = _CELL.unpack_from(data)
        last = column
        self._waiting = None
        if kind == _MULRK:
            last = int.from_bytes(data[-2:], "little")
            if len(data) != 6 + 6 * (last - column + 1):
                raise refusals.damaged_old_workbook()
        elif kind == _FORMULA:
            kind, data = self._result(row, column, style, data)
        elif kind in (_LABEL, _RICH):
            self._text += len(text_of([data[6:]]))
            kind = _LABEL
        if kind == _BOOL_OR_ERROR and data[7]:
            self.shown[row, column] = _ERRORS.get(data[6], "#N/A")
            kind, data = _LABEL, data[:6] + b"\0\0\0"
        self._reach(row, row, column, last)
        self.kept.append(_record(kind, data))

    def _reach(self, top: int, bottom: int, left: int, right: int) -> None:
        if right > _MAX_COLUMN:
            raise refusals.damaged_old_workbook()
        self._top, self._bottom = min(self._top, top), max(self._bottom, bottom)
        self._left, self._right = min(self._left, left), max(self._right, right)

    def _result(self, row: int, column: int, style: int, data: bytes) -> tuple[int, bytes]:
        """What a formula came to, as a cell without one."""
        cell, value = _CELL.pack(row, column, style), data[6:14]
        if value[6:] != b"\xff\xff":
            return _NUMBER, cell + value
        if value[0] in (1, 2):
            return _BOOL_OR_ERROR, cell + bytes([value[2], value[0] - 1])
        self._waiting = (row, column) if value[0] == 0 else None
        return _LABEL, cell + b"\0\0\0"

    def _end_text(self) -> None:
        if self._parts and self._waiting is not None:
            text = text_of(self._parts)
            self._text += len(text)
            self.shown[self._waiting] = text
        if self._parts:
            self._parts, self._waiting = [], None

    def _merged(self, data: bytes) -> None:
        count = int.from_bytes(data[:2], "little")
        places = np.frombuffer(data[2 : 2 + 8 * count], dtype="<u2")
        if len(places) != 4 * count or (places[0::4] > places[1::4]).any() or (places[2::4] > places[3::4]).any():
            raise refusals.damaged_old_workbook()
        self.kept.append(_record(_MERGED, data))
