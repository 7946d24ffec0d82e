"""The grammar of CSV, exactly: where records end, and which cells a record holds.

A quote opens a quoted cell only as the first character of a cell; inside, two quotes are one; what follows a closing
quote up to the next separator is taken as it stands (as Python's ``csv`` and Apache Arrow read it). A record ends with
CR LF, LF or CR outside quotes. Works on bytes of any encoding in which these signs are never part of another character.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

LF, CR, QUOTE = 10, 13, 34
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Scan:
    """Record ends in a text that starts with a record.

    ``ends`` are offsets just behind each record's line end; ``open_quote`` says that the text ends inside quotes;
    ``multiline`` that some record goes over more than one line.
    """

    ends: np.ndarray
    open_quote: bool
    multiline: bool


def positions(data: np.ndarray, byte: int) -> np.ndarray:
    """Return the offsets of ``byte`` in ``data`` (uint8); works in steps that fit the cache, without the GIL."""
    hits: list[np.ndarray] = []
    flags = np.empty(min(_STEP, len(data)), dtype=np.bool_)
    for start in range(0, len(data), _STEP):
        part = data[start : start + _STEP]
        here = flags[: len(part)]
        np.equal(part, byte, out=here)
        if here.any():
            hits.append(np.flatnonzero(here) + start)
    return np.concatenate(hits) if hits else np.empty(0, dtype=np.int64)


def nulls(data: np.ndarray) -> np.ndarray:
    """Return the offsets of null bytes."""
    return positions(data, 0)


def scan(data: np.ndarray, *, delimiter: int, final: bool) -> Scan:
    """Find where the records of ``data`` end; ``final`` says that nothing follows (a last CR may be half of CR LF)."""
    ends = _line_ends(data, final=final)
    quotes = positions(data, QUOTE)
    if not len(quotes):
        return Scan(ends, open_quote=False, multiline=False)
    toggles = quotes if _are_regular(data, quotes, delimiter) else _toggles(data, quotes, delimiter)
    outside = np.searchsorted(toggles, ends) % 2 == 0
    return Scan(ends[outside], open_quote=len(toggles) % 2 == 1, multiline=not outside.all())


def _line_ends(data: np.ndarray, *, final: bool) -> np.ndarray:
    feeds = positions(data, LF)
    returns = positions(data, CR)
    if not len(returns):
        return feeds + 1
    inner = returns[returns < len(data) - 1]
    alone = inner[data[inner + 1] != LF]
    if final and returns[-1] == len(data) - 1:
        alone = np.append(alone, returns[-1])
    return np.sort(np.concatenate([feeds, alone])) + 1 if len(alone) else feeds + 1


def _are_regular(data: np.ndarray, quotes: np.ndarray, delimiter: int) -> bool:
    """Do quotes open only at cell starts and close only at cell ends? Then every quote changes sides."""
    border = np.zeros(256, dtype=np.bool_)
    border[[delimiter, LF, CR, QUOTE]] = True
    opens, closes = quotes[0::2], quotes[1::2]
    before = border[data[opens - 1]] | (opens == 0)
    after = border[data[np.minimum(closes + 1, len(data) - 1)]] | (closes == len(data) - 1)
    return bool(before.all() and after.all())


def _toggles(data: np.ndarray, quotes: np.ndarray, delimiter: int) -> np.ndarray:
    """The quotes that really open or close a cell, one after the other: exact for any text."""
    signs = data.tobytes()
    places = [*quotes.tolist(), -1]
    borders = {delimiter, LF, CR}
    found: list[int] = []
    inside, index = False, 0
    while index < len(places) - 1:
        place = places[index]
        if inside and places[index + 1] == place + 1:
            index += 2
            continue
        if inside or place == 0 or signs[place - 1] in borders:
            found.append(place)
            inside = not inside
        index += 1
    return np.array(found, dtype=np.int64)


def cells_of(record: str, delimiter: str) -> list[str]:
    """Split one record, whose line end is dropped, into its cells; a blank line has one, empty."""
    return list(_cells(_without_line_end(record), delimiter))


def _without_line_end(record: str) -> str:
    if record.endswith("\r\n"):
        return record[:-2]
    return record[:-1] if record.endswith(("\n", "\r")) else record


def _cells(record: str, delimiter: str) -> Iterator[str]:
    place = 0
    while True:
        quoted, place = _quoted_part(record, place) if record.startswith('"', place) else ("", place)
        end = record.find(delimiter, place)
        yield quoted + (record[place:] if end < 0 else record[place:end])
        if end < 0:
            return
        place = end + 1


def _quoted_part(record: str, place: int) -> tuple[str, int]:
    """Content of the quoted cell that opens at ``place``, and where its closing quote ends."""
    parts: list[str] = []
    start = place + 1
    while True:
        close = record.find('"', start)
        if close < 0:
            return "".join([*parts, record[start:]]), len(record)
        if not record.startswith('"', close + 1):
            return "".join([*parts, record[start:close]]), close + 1
        parts.append(record[start : close + 1])
        start = close + 2
