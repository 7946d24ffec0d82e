"""Amounts of money as integer 分 (金额): exact, or not at all.

A field's unit (元 or 万元) is the catalogue's; an amount is plain digits with at most six decimals that come to whole
分. Tolerated, and told by :func:`is_plain`: spaces at the edges, ¥ before, thousands commas in their places,
full-width digits, the unit written behind. Refused: hexadecimal, underscores, exponents, signs, NaN, 10^15 元 and
more.
"""

from __future__ import annotations

import re
from typing import Literal

from xinheng.core.standards.amounts import amounts_in, parse_capitals
from xinheng.core.standards.text import DIGITS, EDGE_SPACES, FULL_WIDTH_DIGITS

__all__ = ["Unit", "amounts_in", "fen_sql", "format_yuan", "is_plain", "parse_capitals", "parse_fen", "plain_amount"]

Unit = Literal["元", "万元"]

_DECIMALS = 6
_SCALE: dict[Unit, int] = {"元": 2, "万元": 6}  # powers of ten from the unit to 分
_MOST_DIGITS: dict[Unit, int] = {"元": 15, "万元": 11}
_FEW_DIGITS: dict[Unit, int] = {"元": 13, "万元": 5}  # with these the database counts in eight bytes
_WIDE = FULL_WIDTH_DIGITS + "，．￥"
_PLAIN = DIGITS + ",.¥"
_FOLD = str.maketrans(_WIDE, _PLAIN)
_ZERO_DECIMALS = {unit: f"0{{0,{_DECIMALS - scale}}}" for unit, scale in _SCALE.items()}


def _pattern(unit: Unit) -> str:
    grouped = f"[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,{(_MOST_DIGITS[unit] - 1) // 3}}}"
    return f"¥? ?(?:[0-9]{{1,{_MOST_DIGITS[unit]}}}|{grouped}){_decimals(unit)} ?(?:{unit})?"


def _decimals(unit: Unit) -> str:
    scale = _SCALE[unit]
    return f"(?:[.](?:[0-9]{{1,{scale}}}|[0-9]{{{scale}}}{_ZERO_DECIMALS[unit]}))?"


_TOLERABLY: dict[Unit, re.Pattern[str]] = {unit: re.compile(_pattern(unit)) for unit in _SCALE}
_NOT_NUMBER = re.compile("[^0-9.]")


def parse_fen(text: str, *, unit: Unit) -> int | None:
    """Return the amount in 分, or ``None`` where ``text`` is no amount in ``unit`` that comes to whole 分."""
    written = text.translate(_FOLD).strip(EDGE_SPACES)
    if not _TOLERABLY[unit].fullmatch(written):
        return None
    whole, _, decimals = _NOT_NUMBER.sub("", written).partition(".")
    scale = _SCALE[unit]
    return int(whole + decimals[:scale].ljust(scale, "0"))


def plain_amount(fen: int, *, unit: Unit) -> str:
    """Return an amount in 分 as a department writes it in ``unit``, the reverse of :func:`parse_fen`: ``1234500`` is ``12345`` in 元."""
    scale = _SCALE[unit]
    whole, rest = divmod(fen, 10**scale)
    return f"{whole}.{rest:0{scale}}".rstrip("0").rstrip(".")


def is_plain(text: str) -> bool:
    """Tell whether an amount is written as the standard asks: ASCII digits and a point, nothing else."""
    return _PLAIN_WRITING.fullmatch(text) is not None


_PLAIN_WRITING = re.compile(rf"[0-9]+(?:[.][0-9]{{1,{_DECIMALS}}})?")


def fen_sql(column: str, unit: Unit) -> str:
    """Return a DuckDB expression of type BIGINT, the amount in 分, with exactly the meaning of :func:`parse_fen`.

    ``column`` is an SQL expression of type VARCHAR; NULL where the amount cannot be read. Plain decimals are met
    first.
    """
    edges = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288)"
    written = f"trim(translate({column}, '{_WIDE}', '{_PLAIN}'), {edges})"
    bare = f"regexp_replace({written}, '[^0-9.]', '', 'g')"
    tolerated = f"CASE WHEN regexp_full_match({written}, '{_pattern(unit)}') THEN {_fen(bare, unit, digits=38)} END"
    plain = f"regexp_full_match({column}, '[0-9]{{1,{_FEW_DIGITS[unit]}}}{_decimals(unit)}')"
    quick = _fen(column, unit, digits=18)
    return f"(CASE WHEN {column} IS NULL THEN NULL WHEN {plain} THEN {quick} ELSE {tolerated} END)"


def _fen(number: str, unit: Unit, *, digits: int) -> str:
    scale = _SCALE[unit]
    return f"CAST(TRY_CAST({number} AS DECIMAL({digits}, {scale})) * {10**scale} AS BIGINT)"


def format_yuan(fen: int) -> str:
    """Return an amount in 分 as 元 with thousands commas and two decimals: ``1234500`` is ``12,345.00``."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
