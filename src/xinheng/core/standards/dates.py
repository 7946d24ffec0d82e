"""Dates as departments write them (日期): read one way in Python and in SQL, or not at all.

Accepted: 2024-03-01, 2024/3/1, 2024.3.1, 20240301, 2024年3月1日 (full-width digits and signs too, spaces at the
edges), each also with a midnight that a database export adds (`` 00:00:00``, ``T00:00:00``). Anything else is no
date: 30 February, two-digit years, another time of day, years before 1000. Whether a date is plausible is for the
rules to say.
"""

from __future__ import annotations

import datetime as dt
import re

from xinheng.core.standards.text import DIGITS, EDGE_SPACES, FULL_WIDTH_DIGITS

MIDNIGHT = "(?:[ T]0?0:00(?::00(?:[.]0{1,9})?)?)?"
"""A time of day that says nothing; RE2 and Python read it alike."""

DATE_PATTERN = (
    "(?:[1-9][0-9]{3}-[0-9]{1,2}-[0-9]{1,2}|[1-9][0-9]{3}/[0-9]{1,2}/[0-9]{1,2}|[1-9][0-9]{3}[.][0-9]{1,2}[.][0-9]{1,2}"
    "|[1-9][0-9]{7}|[1-9][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日)"
)
"""A date alone, in half-width digits and signs; RE2 and Python read it alike."""

_WIDE = FULL_WIDTH_DIGITS + "－／．：　"
_PLAIN = DIGITS + "-/.: "
_FOLD = str.maketrans(_WIDE, _PLAIN)
_WRITTEN = re.compile(f"({DATE_PATTERN}){MIDNIGHT}")
_SIGNS = re.compile("[^0-9]+")


def parse_date(text: str) -> dt.date | None:
    """Return the day that ``text`` names, or ``None`` where it is no accepted form or no day of the calendar."""
    match = _WRITTEN.fullmatch(text.translate(_FOLD).strip(EDGE_SPACES))
    if match is None:
        return None
    parts = [int(part) for part in _SIGNS.split(match[1]) if part]
    if len(parts) == 1:
        number = parts[0]
        parts = [number // 10000, number // 100 % 100, number % 100]
    try:
        return dt.date(*parts)
    except ValueError:
        return None


def date_sql(column: str) -> str:
    """Return a DuckDB expression of type DATE that means exactly what :func:`parse_date` does; NULL for ``None``.

    ``column`` is an SQL expression of type VARCHAR. The ISO form is met first and costs one cast each way; only other
    writings reach the patterns.
    """
    branches = "".join(f" WHEN {when} THEN TRY_CAST({day} AS DATE)" for when, day in _frequent(column))
    return f"(CASE WHEN {column} IS NULL THEN NULL{branches} ELSE {_any_form(column)} END)"


def _frequent(column: str) -> list[tuple[str, str]]:
    """Return the frequent writings, cheap to tell and cheap to read: a condition each, and the day in ISO form."""
    round_trip = f"CAST(TRY_CAST({column} AS DATE) AS VARCHAR) = {column}"
    compact = f"left({column}, 4) || '-' || substr({column}, 5, 2) || '-' || right({column}, 2)"
    chinese = f"replace(replace(replace({column}, '年', '-'), '月', '-'), '日', '')"
    return [
        (f"strlen({column}) = 10 AND {column} >= '1000' AND {round_trip}", column),
        (_matches(column, "[1-9][0-9]{3}/[0-9]{1,2}/[0-9]{1,2}"), f"replace({column}, '/', '-')"),
        (_matches(column, "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}[ T]00:00:00"), f"left({column}, 10)"),
        (_matches(column, "[1-9][0-9]{7}"), compact),
        (_matches(column, "[1-9][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日"), chinese),
    ]


def _any_form(column: str) -> str:
    edges = "' ' || chr(9) || chr(10) || chr(13) || chr(160)"
    written = f"trim(translate({column}, '{_WIDE}', '{_PLAIN}'), {edges})"
    bare = f"regexp_replace({written}, '{MIDNIGHT}$', '')"
    compact = f"regexp_replace({bare}, '^([0-9]{{4}})([0-9]{{2}})([0-9]{{2}})$', '\\1-\\2-\\3')"
    day = f"rtrim(regexp_replace({compact}, '[^0-9]+', '-', 'g'), '-')"
    return f"CASE WHEN {_matches(written, DATE_PATTERN + MIDNIGHT)} THEN TRY_CAST({day} AS DATE) END"


def _matches(expression: str, pattern: str) -> str:
    return f"regexp_full_match({expression}, '{pattern}')"
