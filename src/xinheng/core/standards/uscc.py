"""Unified social credit identifier (统一社会信用代码): 18 characters that name one organisation.

Basis: GB 32100-2015. Position 1 registering department, 2 kind of organisation, 3–8 division of the registering body
(digits), 9–17 organisation code (GB 11714), 18 check character (weights 3^(i-1) mod 31). The check character inside
the organisation code is wrong in some codes that were really issued: it only warns.
"""

from __future__ import annotations

import pyarrow as pa

from xinheng.core.errors import Text
from xinheng.core.standards import fixed_width, mends, organization_code
from xinheng.core.standards.registrars import REGISTRARS, Registrar
from xinheng.core.standards.verdict import Verdict

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of the standard, each worth its index: no I, O, Z, S, V."""

PLACEHOLDER = "0" * 17 + "X"
"""What departments write for a one-person business without a code: never valid, never a key to join on."""

_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_ALLOWED = (
    "".join(dict.fromkeys(pair[0] for pair in REGISTRARS)),
    "".join(sorted({pair[1] for pair in REGISTRARS})),
    *["0123456789"] * 6,
    *[ALPHABET] * 10,
)


def is_valid(code: str) -> bool:
    """Tell whether ``code`` is a valid USCC: shape, known registrar and kind, and check character.

    Nothing is mended first: lower case, full-width characters and spaces are not valid.
    """
    return _fault(code) is None


def check_digit(body17: str) -> str:
    """Return the check character of the first 17; raises ``ValueError`` where they are not of the alphabet."""
    if len(body17) != 17 or not set(body17) <= _VALUES.keys():
        raise ValueError("a USCC body is 17 characters of the alphabet of GB 32100-2015")
    total = sum(_VALUES[char] * weight for char, weight in zip(body17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def complete(body17: str) -> str:
    """Return the whole code of 17 characters; raises ``ValueError`` as :func:`check_digit` does."""
    return body17 + check_digit(body17)


def registrar(code: str) -> Registrar | None:
    """Return who registers the organisation and its kind, or ``None`` where the first two characters are unknown."""
    return REGISTRARS.get(code[:2])


def is_individual_business(code: str) -> bool:
    """Tell whether the code is that of a one-person business (个体工商户, ``92…``)."""
    return code.startswith("92")


def inner_check_agrees(code: str) -> bool:
    """Tell whether positions 9–17 are an organisation code with a right check character; a ``False`` only warns."""
    return organization_code.is_valid(code[8:17])


def explain(code: str) -> Verdict:
    """Return the judgement on ``code`` with the reason in words, a suggestion where there is one, and warnings."""
    fault = _fault(code)
    if fault is not None:
        return Verdict("uscc", valid=False, why=fault, suggestion=suggestion(code))
    warnings = () if inner_check_agrees(code) else (_INNER_CHECK,)
    known = REGISTRARS[code[:2]]
    why = Text(f"统一社会信用代码校验通过（{known.name}，{known.kind}）。", "The USCC is valid.")
    return Verdict("uscc", valid=True, why=why, warnings=warnings)


def suggestion(code: str) -> str | None:
    """Return the one mend that makes the code valid (O for 0, full-width, lower case, spaces …), or ``None``."""
    return mends.only_mend(code, allowed=_ALLOWED, is_valid=is_valid, is_likely=inner_check_agrees)


_INNER_CHECK = Text(
    "第9至17位主体标识码（组织机构代码）的校验位不符，请留意核对。",
    "The organisation code inside (positions 9-17) has another check character; please look at it.",
)


def _fault(code: str) -> Text | None:
    if code == PLACEHOLDER:
        return Text(
            "这是“无代码”的占位写法，不是统一社会信用代码。", "This is the placeholder for 'no code', not a USCC."
        )
    if len(code) != 18:
        return Text(
            f"统一社会信用代码应为18位，现为{len(code)}位。", f"A USCC has 18 characters; this one has {len(code)}."
        )
    foreign = [i for i, char in enumerate(code) if char not in _VALUES]
    if foreign:
        return _foreign_character(code, foreign[0])
    if code[:2] not in REGISTRARS:
        return Text(
            f"登记管理部门和机构类别代码“{code[:2]}”不存在。", f"No registrar and kind have the code {code[:2]!r}."
        )
    if not code[2:8].isdigit():
        return Text(
            "第3至8位应为数字（登记管理机关行政区划码）。", "Positions 3-8 (division of the registrar) are digits."
        )
    if check_digit(code[:17]) != code[17]:
        return Text("统一社会信用代码校验位不正确。", "The check character of the USCC is wrong.")
    return None


def _foreign_character(code: str, position: int) -> Text:
    return Text(
        f"第{position + 1}位“{code[position]}”不是统一社会信用代码可用的字符（数字和除I、O、Z、S、V外的大写字母）。",
        f"Position {position + 1} is {code[position]!r}; a USCC has digits and capitals without I, O, Z, S and V.",
    )


def _pair_tables() -> list[fixed_width.Sums]:
    weights = (*_WEIGHTS, 1)
    positions = [
        {char: _VALUES[char] * weight for char in allowed} for allowed, weight in zip(_ALLOWED, weights, strict=True)
    ]
    tables = fixed_width.pair_tables(positions, modulus=31)
    known = [ord(pair[0]) | ord(pair[1]) << 8 for pair in REGISTRARS]
    shares = tables[0][known]
    tables[0][:] = fixed_width.BROKEN
    tables[0][known] = shares
    return tables


_PAIRS = _pair_tables()


def _check_rows(rows: fixed_width.Bytes) -> fixed_width.Bools:
    sums = fixed_width.pair_sums(rows, _PAIRS)
    accepted: fixed_width.Bools = (sums < fixed_width.BROKEN) & (sums % 31 == 0)
    return accepted


def is_valid_array(codes: pa.Array | pa.ChunkedArray) -> pa.BooleanArray:
    """Return :func:`is_valid` of each code of an Arrow text column; null is ``False``, the result has no nulls."""
    return fixed_width.judge(codes, width=18, rule=_check_rows)
