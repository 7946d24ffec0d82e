"""Organisation code (组织机构代码): eight characters and a check character, with or without a hyphen.

Basis: GB 11714-1997. Digits and capitals are worth 0–35, weights 3 7 9 10 5 8 4 2, check 11 − (Σ mod 11), 10 is X and
11 is 0. Since October 2015 it lives on as positions 9–17 of the USCC.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.errors import Text
from xinheng.core.standards import fixed_width, mends
from xinheng.core.standards.verdict import Verdict

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "0X987654321"  # by Σ mod 11
_ALLOWED = (*[_ALPHABET] * 8, "0123456789X")


def is_valid(code: str) -> bool:
    """Tell whether ``code`` is a valid organisation code, ``12345678X`` or ``12345678-X``; nothing is mended first."""
    body = bare(code)
    return len(body) == 9 and set(body[:8]) <= _VALUES.keys() and body[8] == check_digit(body[:8])


def bare(code: str) -> str:
    """Return the code without the hyphen before its check character: the form that is stored and joined on."""
    return code[:8] + code[9] if len(code) == 10 and code[8] == "-" else code


def check_digit(body8: str) -> str:
    """Return the check character of eight characters; raises ``ValueError`` where they are not digits and capitals."""
    if len(body8) != 8 or not set(body8) <= _VALUES.keys():
        raise ValueError("an organisation code has eight digits or capitals before its check character")
    return _CHECKS[sum(_VALUES[char] * weight for char, weight in zip(body8, _WEIGHTS, strict=True)) % 11]


def explain(code: str) -> Verdict:
    """Return the judgement on ``code`` with the reason in words and a suggestion where there is one."""
    if is_valid(code):
        return Verdict(
            "organization-code", valid=True, why=Text("组织机构代码校验通过。", "The organisation code is valid.")
        )
    body = bare(code)
    if len(body) != 9 or not set(body) <= _VALUES.keys():
        why = Text(
            "组织机构代码应为8位数字或大写字母加1位校验码。",
            "An organisation code is eight digits or capitals and a check character.",
        )
    else:
        why = Text("组织机构代码校验码不正确。", "The check character of the organisation code is wrong.")
    return Verdict("organization-code", valid=False, why=why, suggestion=suggestion(code))


def suggestion(code: str) -> str | None:
    """Return the one mend that makes the code valid, or ``None``."""
    return mends.only_mend(code, allowed=_ALLOWED, is_valid=is_valid)


def _table() -> list[fixed_width.Sums]:
    table = np.full((9, 256), fixed_width.BROKEN, dtype=np.int16)
    for position, weight in enumerate(_WEIGHTS):
        for char, value in _VALUES.items():
            table[position, ord(char)] = value * weight % 11
    for remainder, char in enumerate(_CHECKS):
        table[8, ord(char)] = (11 - remainder) % 11
    return list(table)


_SINGLES = _table()


def _check_rows(rows: fixed_width.Bytes) -> fixed_width.Bools:
    total = _SINGLES[0].take(rows[:, 0])
    for position in range(1, 8):
        total += _SINGLES[position].take(rows[:, position])
    total += _SINGLES[8].take(rows[:, rows.shape[1] - 1])
    accepted: fixed_width.Bools = (total < fixed_width.BROKEN) & (total % 11 == 0)
    return accepted


def _check_hyphenated(rows: fixed_width.Bytes) -> fixed_width.Bools:
    accepted: fixed_width.Bools = _check_rows(rows) & (rows[:, 8] == ord("-"))
    return accepted


def is_valid_array(codes: pa.Array | pa.ChunkedArray) -> pa.BooleanArray:
    """Return :func:`is_valid` of each code of an Arrow text column; null is ``False``, the result has no nulls."""
    plain = fixed_width.judge(codes, width=9, rule=_check_rows)
    return pc.or_(plain, fixed_width.judge(codes, width=10, rule=_check_hyphenated))
