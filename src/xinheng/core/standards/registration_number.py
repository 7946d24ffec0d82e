"""Registration number of market entities before the USCC (工商注册号): 15 digits.

Basis: GS 15-2006: six digits first registrar, eight digits sequence (0–3 domestic, 4–5 foreign-invested, 6–9
one-person business), one check digit (ISO 7064 MOD 11,10).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from xinheng.core.errors import Text
from xinheng.core.standards import fixed_width, mends
from xinheng.core.standards.verdict import Verdict

_DIGITS = "0123456789"


def is_valid(code: str) -> bool:
    """Tell whether ``code`` is 15 ASCII digits with a right check digit; nothing is mended first."""
    return len(code) == 15 and code.isascii() and code.isdigit() and check_digit(code[:14]) == code[14]


def check_digit(body14: str) -> str:
    """Return the check digit of the first 14 digits; raises ``ValueError`` where they are not 14 ASCII digits."""
    if not (len(body14) == 14 and body14.isascii() and body14.isdigit()):
        raise ValueError("a registration number has 14 digits before its check digit")
    state = 10
    for digit in body14:
        state = _step(state, int(digit))
    return str((11 - state) % 10)


def _step(state: int, digit: int) -> int:
    return ((state + digit) % 10 or 10) * 2 % 11


def explain(code: str) -> Verdict:
    """Return the judgement on ``code`` with the reason in words and a suggestion where there is one."""
    if is_valid(code):
        return Verdict("registration-number", valid=True, why=Text("工商注册号校验通过。", "The number is valid."))
    if not (len(code) == 15 and code.isascii() and code.isdigit()):
        why = Text("工商注册号应为15位数字。", "A registration number is 15 digits.")
    else:
        why = Text("工商注册号校验位不正确。", "The check digit of the registration number is wrong.")
    return Verdict("registration-number", valid=False, why=why, suggestion=suggestion(code))


def suggestion(code: str) -> str | None:
    """Return the one mend that makes the number valid, or ``None``."""
    return mends.only_mend(code, allowed=(_DIGITS,) * 15, is_valid=is_valid)


_STATES = np.array([[_step(state or 10, digit) for digit in range(10)] for state in range(11)], dtype=np.uint8)


def _check_rows(rows: fixed_width.Bytes) -> fixed_width.Bools:
    digits = rows - np.uint8(ord("0"))
    numeric = (digits <= 9).all(axis=1)
    digits[~numeric] = 0
    state = np.full(len(rows), 10, dtype=np.uint8)
    for position in range(14):
        state = _STATES[state, digits[:, position]]
    return np.asarray(numeric & ((11 - state) % 10 == digits[:, 14]))


def is_valid_array(codes: pa.Array | pa.ChunkedArray) -> pa.BooleanArray:
    """Return :func:`is_valid` of each code of an Arrow text column; null is ``False``, the result has no nulls."""
    return fixed_width.judge(codes, width=15, rule=_check_rows)
