"""The text of a cell of a workbook, as a spreadsheet shows it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from xinheng.core.intake.read.lossy import FIRST_LOSSY, is_scientific


def as_text(value: object) -> str:
    """The text of a cell: numbers with 15 digits at most and no ``.0``, dates as ``YYYY-MM-DD``."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(float(value))
    if isinstance(value, dt.datetime):
        at_midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if at_midnight else value.replace(microsecond=0).isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, dt.timedelta):
        return _duration(value)
    return "" if value is None else str(value)


def _number(value: float) -> str:
    text = f"{value:.15g}"
    if "e" in text:
        text = format(Decimal(text), "f")
    return "0" if text == "-0" else text


def _duration(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def has_lost_digits(value: object, text: str) -> bool:
    """Is the cell a number longer than the 15 digits that a spreadsheet keeps, or one in scientific notation?"""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return abs(value) >= FIRST_LOSSY
    return is_scientific(text)
