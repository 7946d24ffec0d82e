"""What no schema says and a peer's custom checks can: written once as Polars expressions and once as Python, for the tools that take either.

Each is true where the row is wrong: a check character, the kind of counterpart against its code, a fine that is missing, an end before the decision,
a personal number in the facts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

from tests.benchmarks.peer_rules import CODES

from xinheng.core.standards.uscc import ALPHABET

_PERSONAL = r"1[3-9][0-9]{9}|[0-9]{17}[0-9Xx]"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_SHOP = "个体工商户"


def expressions() -> dict[tuple[str, str], Any]:
    """Return Polars expressions by field and name; an empty cell makes none of them true."""
    import polars as pl

    code, kind, fine = pl.col("CF_XDR_SHXYM"), pl.col("CF_XDR_LB"), pl.col("CF_NR_FK")
    kinds, facts = pl.col("CF_CFLB"), pl.col("CF_SY")
    found = {(name, "check-character"): _wrong_check(pl.col(name)) for name in CODES}
    found |= {
        ("CF_XDR_LB", "kind-and-code"): code.str.starts_with("92") != (kind == _SHOP),
        ("CF_NR_FK", "fine-given"): kinds.str.contains("罚款", literal=True) & fine.is_null(),
        ("CF_YXQ", "order-of-days"): pl.col("CF_YXQ") < pl.col("CF_JDRQ"),
        ("CF_SY", "personal-number"): facts.str.contains(_PERSONAL),
    }
    return {name: wrong.fill_null(value=False) for name, wrong in found.items()}


def _wrong_check(code: Any) -> Any:
    import polars as pl

    values = {letter: value for value, letter in enumerate(ALPHABET)}
    digits = [
        code.str.slice(place, 1).replace_strict(values, default=None, return_dtype=pl.Int32) for place in range(18)
    ]
    total = reduce(
        lambda left, right: left + right, (digit * weight for digit, weight in zip(digits, (*_WEIGHTS, 1), strict=True))
    )
    return (code.str.len_chars() == 18) & (total % 31 != 0)


def judges(headings: Mapping[str, str]) -> dict[tuple[str, str], Callable[[Mapping[str, Any]], bool]]:
    """Return the same as Python functions of a row by heading, by field and name."""

    def cell(row: Mapping[str, Any], name: str) -> Any:
        return row[headings[name]]

    def text(row: Mapping[str, Any], name: str) -> str:
        return str(cell(row, name) or "")

    def order(row: Mapping[str, Any]) -> bool:
        days = cell(row, "CF_JDRQ"), cell(row, "CF_YXQ")
        return all(isinstance(day, dt.date) for day in days) and days[1] < days[0]

    def kind_and_code(row: Mapping[str, Any]) -> bool:
        code, kind = text(row, "CF_XDR_SHXYM"), text(row, "CF_XDR_LB")
        return bool(code and kind) and code.startswith("92") != (kind == _SHOP)

    found: dict[tuple[str, str], Callable[[Mapping[str, Any]], bool]] = {
        (name, "check-character"): lambda row, name=name: _is_wrong(text(row, name))  # type: ignore[misc]
        for name in CODES
    }
    return found | {
        ("CF_XDR_LB", "kind-and-code"): kind_and_code,
        ("CF_NR_FK", "fine-given"): lambda row: "罚款" in text(row, "CF_CFLB") and cell(row, "CF_NR_FK") is None,
        ("CF_YXQ", "order-of-days"): order,
        ("CF_SY", "personal-number"): lambda row: re.search(_PERSONAL, text(row, "CF_SY")) is not None,
    }


def _is_wrong(code: str) -> bool:
    if len(code) != 18 or not set(code) <= set(ALPHABET):
        return False
    values = [ALPHABET.index(letter) for letter in code]
    return sum(value * weight for value, weight in zip(values, (*_WEIGHTS, 1), strict=True)) % 31 != 0
