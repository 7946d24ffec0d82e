"""Numbers of natural persons' documents: which shapes there are, and when one is right (自然人证件号码).

Basis: GB 11643-1999 for the resident id (6 address, 8 birth date, 3 sequence, ISO 7064 MOD 11-2 check); residence
permits of Hong Kong, Macao and Taiwan residents use it with the addresses 810000, 820000, 830000; the foreigner's
permanent residence card of 2023 uses it with a leading 9 [sure: F~]. Numbers of 15 digits ended on 2013-01-01 and
occur in old files only. Passports and travel permits have no check digit that the public may use: shape only.

No function here returns or raises a text that holds the number.
"""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from xinheng.core.standards import fixed_width

RESIDENT_ID = "resident-id"
HK_MO_TW_RESIDENCE = "hk-mo-tw-residence"
FOREIGNER_RESIDENCE = "foreigner-residence"
PASSPORT = "passport"
HK_MO_PERMIT = "hk-mo-permit"
TAIWAN_PERMIT = "taiwan-permit"

PROVINCES = frozenset(
    (
        *["11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"],
        *["41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54"],
        *["61", "62", "63", "64", "65", "71"],
    )
)
"""First two digits of a resident id's address code (GB/T 2260)."""

OLDEST_AGE = 130
"""Nobody's number is believed who would be older than this, in years (domain facts §1.3)."""

ALLOWED = (*["0123456789"] * 17, "0123456789X")
"""What may stand in each position of 18."""

_SPECIAL_ADDRESSES = ("810000", "820000", "830000")
_WEIGHTS = tuple(pow(2, 17 - i, 11) for i in range(17))
_CHECKS = "10X98765432"
_CENTURIES = ("18", "19", "20")
_DIGITS = "0123456789"

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FIFTEEN = re.compile(r"[0-9]{15}")
_SHAPES = (
    (FOREIGNER_RESIDENCE, re.compile(r"[A-Z]{3}[0-9]{12}")),
    (HK_MO_PERMIT, re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})")),
    (PASSPORT, re.compile(r"[DEGPS][A-Z]?[0-9]{7,8}|K[0-9]{8}")),
)


def check_digit(body17: str) -> str:
    """Return the MOD 11-2 check character of 17 ASCII digits; raises ``ValueError`` (without the digits) for others."""
    if not re.fullmatch(r"[0-9]{17}", body17):
        raise ValueError("17 digits are needed before the check character")
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body17, _WEIGHTS, strict=True)) % 11]


def kind_of(code: str, *, today: dt.date | None = None) -> str | None:
    """Return which valid number of 18 characters (or the old 15) ``code`` is, or ``None``.

    With ``today`` a birth date in the future, or more than :data:`OLDEST_AGE` years ago, is not believed either.
    """
    if _FIFTEEN.fullmatch(code):
        return RESIDENT_ID if is_valid_old(code) else None
    if not _EIGHTEEN.fullmatch(code) or check_digit(code[:17]) != code[17]:
        return None
    if not _is_birth_date(code[6:14], today):
        return None
    if code[:6] in _SPECIAL_ADDRESSES:
        return HK_MO_TW_RESIDENCE
    if code[:2] in PROVINCES:
        return RESIDENT_ID
    return FOREIGNER_RESIDENCE if code[0] == "9" else None


def is_valid(code: str, *, today: dt.date | None = None) -> bool:
    """Tell whether ``code`` is a valid 18-character resident id or Hong Kong, Macao or Taiwan residence permit number.

    ``today`` as in :func:`kind_of`; nothing is mended first (a lower-case x is not valid).
    """
    return len(code) == 18 and kind_of(code, today=today) in (RESIDENT_ID, HK_MO_TW_RESIDENCE)


def is_valid_old(code: str) -> bool:
    """Tell whether ``code`` may be an old 15-digit number: a province and a real birth date, no check."""
    if not _FIFTEEN.fullmatch(code) or code[:2] not in PROVINCES:
        return False
    return _is_birth_date("19" + code[6:12], None)


def modernised(code15: str) -> str:
    """Return the 18 characters that an old number became; raises ``ValueError`` (without the number) if it is none."""
    if not is_valid_old(code15):
        raise ValueError("not an old resident id")
    body = f"{code15[:6]}19{code15[6:]}"
    return body + check_digit(body)


def shape_of(code: str) -> str | None:
    """Return the kind of a document number known by shape only (passport, travel permit)."""
    return next((kind for kind, shape in _SHAPES if shape.fullmatch(code)), None)


def _is_birth_date(digits: str, today: dt.date | None) -> bool:
    if digits[:2] not in _CENTURIES:
        return False
    try:
        birth = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return today is None or (birth <= today and today.year - birth.year <= OLDEST_AGE)


def is_valid_array(codes: pa.Array | pa.ChunkedArray, *, today: dt.date | None = None) -> pa.BooleanArray:
    """Return :func:`is_valid` of each code of an Arrow text column; null is ``False``, the result has no nulls."""
    bounds = (0, 99991231) if today is None else ((today.year - OLDEST_AGE) * 10000, _as_number(today))
    return fixed_width.judge(codes, width=18, rule=lambda rows: _check_rows(rows, bounds))


def _as_number(day: dt.date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _check_rows(rows: fixed_width.Bytes, bounds: tuple[int, int]) -> fixed_width.Bools:
    sums = fixed_width.pair_sums(rows, _PAIRS)
    result: fixed_width.Bools = (sums < fixed_width.BROKEN) & (sums % 11 == 1)
    if result.any():
        result[result] = _believable(rows[result], bounds)
    return result


def _believable(rows: fixed_width.Bytes, bounds: tuple[int, int]) -> fixed_width.Bools:
    digits = rows[:, :17].astype(np.int32) - ord("0")
    year = _number(digits[:, 6:10])
    month, day = _number(digits[:, 10:12]), _number(digits[:, 12:14])
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    real = day <= _DAYS[month] + ((month == 2) & leap)
    at_home = (digits[:, 0] != 8) | (_number(digits[:, 2:6]) == 0)
    birth = year * 10000 + month * 100 + day
    return np.asarray(real & at_home & (birth >= bounds[0]) & (birth <= bounds[1]))


_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int32)


def _number(digits: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    total = digits[:, 0].copy()
    for column in range(1, digits.shape[1]):
        total = total * 10 + digits[:, column]
    return total


def _pair_tables() -> list[fixed_width.Sums]:
    positions = [{char: int(char) * weight for char in _DIGITS} for weight in _WEIGHTS]
    positions.append({char: value for value, char in enumerate("0123456789X")})
    tables = fixed_width.pair_tables(positions, modulus=11)
    _admit_only(tables[0], {*PROVINCES, "81", "82", "83"})
    _admit_only(tables[3], set(_CENTURIES))
    _admit_only(tables[5], {f"{month:02d}" for month in range(1, 13)})
    _admit_only(tables[6], {f"{day:02d}" for day in range(1, 32)})
    return tables


def _admit_only(table: fixed_width.Sums, pairs: set[str]) -> None:
    indexes = [ord(pair[0]) | ord(pair[1]) << 8 for pair in sorted(pairs)]
    shares = table[indexes]
    table[:] = fixed_width.BROKEN
    table[indexes] = shares


_PAIRS = _pair_tables()
