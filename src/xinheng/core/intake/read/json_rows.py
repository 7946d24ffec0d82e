"""One JSON object as a row: numbers keep the digits they are written with, what is no cell makes the row bad."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation

from xinheng.core.errors import Text
from xinheng.core.intake.read import bad_rows
from xinheng.core.intake.read.header import trimmed
from xinheng.core.intake.read.keyed import KeyedRow
from xinheng.core.intake.read.transcode import MARK

_LOSSY_FROM = 15  # powers of ten: a number that was written with an exponent has at most so many digits of its own
_LONGEST_NUMBER = 400
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


class _Broken(ValueError):
    """What JSON does not know (NaN, Infinity)."""


class _Pairs(list[tuple[str, object]]):
    """An object: its members in order, doubled ones too."""

    __slots__ = ()


def _refuse(constant: str) -> object:
    raise _Broken(constant)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_Pairs, parse_int=_Number, parse_float=_Number, parse_constant=_refuse, strict=False
)


def row_of(record: str, row: int) -> KeyedRow:
    """Return the row that one record holds, or why it is none."""
    try:
        value = _DECODER.decode(record)
    except json.JSONDecodeError as error:
        return _bad(record, row, bad_rows.no_object(error.pos + 1))
    except (_Broken, RecursionError):
        return _bad(record, row, bad_rows.no_object())
    if not isinstance(value, _Pairs):
        return _bad(record, row, bad_rows.no_object())
    return _row(value, row, escaped="\\u" in record)


def _bad(record: str, row: int, fault: Text) -> KeyedRow:
    return KeyedRow(row, {}, fault=fault, raw=record.strip().replace("\0", "\ufffd"))


def _row(members: _Pairs, row: int, *, escaped: bool) -> KeyedRow:
    cells: dict[str, str] = {}
    lossy: list[str] = []
    fault: Text | None = None
    for given, value in members:
        name = trimmed(_whole(given) if escaped else given)
        if isinstance(value, list):
            fault = fault or bad_rows.nested(name)
        elif not name and value not in (None, ""):
            fault = fault or bad_rows.nameless_key()
        elif name in cells:
            fault = fault or bad_rows.doubled_key(name)
        else:
            text, has_lost = _text(value)
            cells[name] = _whole(text) if escaped else text
            lossy += [name] if has_lost else []
    cells.pop("", None)
    return KeyedRow(row, cells, tuple(lossy), fault)


def _text(value: object) -> tuple[str, bool]:
    """The text of a value, and whether it is a number that has lost digits."""
    if isinstance(value, _Number):
        return _number(value)
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), False
    return ("" if value is None else str(value)), False


def _number(written: _Number) -> tuple[str, bool]:
    if "e" not in written and "E" not in written:
        return str(written), False
    try:
        number = Decimal(written) if len(written) <= _LONGEST_NUMBER else None
    except InvalidOperation:
        number = None
    if number is None or abs(number.adjusted()) > 2 * _LOSSY_FROM:
        return str(written), True
    return format(number, "f"), number.adjusted() >= _LOSSY_FROM


def _whole(text: str) -> str:
    """Half of a character, which only an escape can write, is marked as undecodable."""
    return _SURROGATE.sub(MARK, text)
