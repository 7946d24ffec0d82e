"""Freezing (定格): rows of a cursor become a file, sealed as they come, so that they are received, checked and kept as any other file is.

Nothing is on disk in clear, and no more than a few thousand rows are in memory.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from xinheng.core.catalogue.headings import is_heading
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.intake.profiles import Profile, recognise
from xinheng.gateways.databases import Source
from xinheng.usecases.intake.receiving import seals

_PIECE = 256 << 10  # characters that are gathered before they are sealed


@dataclass(frozen=True, slots=True)
class Frozen:
    """Rows as a file: its ``content`` from the start, its ``size`` in bytes, how many ``rows`` it has, and the last watermark (empty: no row).

    ``ahead`` are rows whose watermark is later than tomorrow. They are left out: a year mistyped once would hide everything that comes after it.
    """

    content: BinaryIO
    size: int
    rows: int
    upto: str
    ahead: int


@contextmanager
def frozen(source: Source, version: ItemVersion, profile: Profile | None, *, today: dt.date) -> Iterator[Frozen]:
    """Read the rows of a source into a sealed file of CSV, which is taken away afterwards: receiving keeps its own."""
    pieces = _Pieces(source, _columns(source, version, profile), today + dt.timedelta(days=1))
    sealed = seals().seal(io.BufferedReader(pieces))
    try:
        with seals().open(sealed) as content:
            yield Frozen(content, sealed.size, pieces.rows, pieces.upto, pieces.ahead)
    finally:
        seals().drop(sealed)


def _columns(source: Source, version: ItemVersion, profile: Profile | None) -> tuple[str, ...]:
    """Return the columns that go into the file: all but the watermark and the key, where they serve the reading and are no part of the layout."""
    held = profile or recognise(version.name, source.columns)
    known: Callable[[str], bool] = held.knows if held else lambda heading: is_heading(version, heading)
    aside = {name for name in (source.watermark, source.key) if name and not known(name)}
    return tuple(name for name in source.columns if name not in aside)


class _Pieces(io.RawIOBase):
    """The file as a raw stream, made while it is read."""

    def __init__(self, source: Source, columns: tuple[str, ...], last_day: dt.date) -> None:
        self.rows = self.ahead = 0
        self.upto = ""
        self._last_day = last_day
        self._made = self._pieces(source, columns)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if not self._left:
            self._left = memoryview(next(self._made, b""))
        taken = min(len(view), len(self._left))
        view[:taken], self._left = self._left[:taken], self._left[taken:]
        return taken

    def _pieces(self, source: Source, columns: tuple[str, ...]) -> Iterator[bytes]:
        places = [source.columns.index(name) for name in columns]
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(columns)
        for mark, cells in source.rows():
            if self.ahead or _is_after(mark, self._last_day):
                self.ahead += 1  # and so are all that follow
                continue
            self.upto, self.rows = mark, self.rows + 1
            writer.writerow([cells[place] for place in places])
            if text.tell() >= _PIECE:
                yield text.getvalue().encode()
                text.seek(0)
                text.truncate()
        yield text.getvalue().encode()


def _is_after(mark: str, day: dt.date) -> bool:
    """Tell whether a watermark that is written as a day, or begins with one, lies after a day; numbers never do."""
    written = re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", mark)
    return written is not None and tuple(map(int, written.groups())) > (day.year, day.month, day.day)
