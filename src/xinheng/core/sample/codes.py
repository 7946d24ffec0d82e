"""Made-up identifiers with right check characters, many at a time: USCC, organisation code, registration number.

The judges of ``core.standards`` are used by the tests to see that every code made here is valid. Identity numbers are
obviously nobody's: division 320999 does not exist, and the birthdays lie in 1900.
"""

from __future__ import annotations

import numpy as np

from xinheng.core.sample.draws import Ints
from xinheng.core.standards.uscc import ALPHABET

RADIX = len(ALPHABET)
BODY_LIMIT = RADIX**6

_WEIGHTS_31 = np.array([pow(3, i, 31) for i in range(17)], dtype=np.int64)
_WEIGHTS_11 = np.array([3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)
_VALUE_36 = np.array(["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(char) for char in ALPHABET], dtype=np.int64)
_CHECK_11 = np.array([ALPHABET.index(char) for char in "0X987654321"], dtype=np.int64)
_ASCII = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)


def digits(numbers: Ints, *, width: int, radix: int = 10) -> Ints:
    """Return the digits of each number as a matrix of shape (rows, ``width``), most significant first."""
    powers = np.array([radix**power for power in reversed(range(width))], dtype=np.int64)
    return numbers[:, None] // powers % radix


def values_of(text: str) -> Ints:
    """Return the value of each character in the alphabet of GB 32100-2015."""
    return np.array([ALPHABET.index(char) for char in text], dtype=np.int64)


def uscc_texts(prefixes: Ints, divisions: Ints, bodies: Ints) -> list[str]:
    """Return whole USCCs of prefixes (rows, 2), division numbers (rows,) and organisation code bodies (rows, 8).

    ``prefixes`` and ``bodies`` are values in the alphabet of GB 32100-2015; both check characters are made right.
    """
    rows = np.empty((len(prefixes), 18), dtype=np.int64)
    rows[:, :2] = prefixes
    rows[:, 2:8] = digits(divisions, width=6)
    rows[:, 8:16] = bodies
    rows[:, 16] = _CHECK_11[_VALUE_36[bodies] @ _WEIGHTS_11 % 11]
    rows[:, 17] = (31 - rows[:, :17] @ _WEIGHTS_31 % 31) % 31
    return _texts(rows)


def registration_numbers(divisions: Ints, sequences: Ints) -> list[str]:
    """Return 15-digit registration numbers (GS 15-2006) of division numbers and eight-digit sequences."""
    rows = np.empty((len(divisions), 15), dtype=np.int64)
    rows[:, :6] = digits(divisions, width=6)
    rows[:, 6:14] = digits(sequences, width=8)
    product = np.full(len(rows), 10, dtype=np.int64)
    for position in range(14):
        total = (product + rows[:, position]) % 10
        product = np.where(total == 0, 10, total) * 2 % 11
    rows[:, 14] = (11 - product) % 10
    return _texts(rows)


def identity_number(number: int) -> str:
    """Return an identity number with a right check character that nobody can have (division 320999, year 1900)."""
    body = f"3209991900{number % 12 + 1:02d}{number // 12 % 28 + 1:02d}{number // 336 % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(char) * weight for char, weight in zip(body, weights, strict=True)) % 11]


def _texts(rows: Ints) -> list[str]:
    width = rows.shape[1]
    text = _ASCII[rows].tobytes().decode("ascii")
    return [text[start : start + width] for start in range(0, len(text), width)]
