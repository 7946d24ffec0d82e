"""Numbers in names: 第一, 第1 and １ are one number (序号的汉字与数字写法)."""

from __future__ import annotations

import re

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100}
_NUMERAL = "[零〇一二两三四五六七八九十百]"
_ORDINAL = re.compile(
    f"(?<=第){_NUMERAL}+|{_NUMERAL}+(?=局|院|厂|队|处|冶|建|中学|小学|医院|幼儿园|号|分|支|店|组|村|区|期|路|街|连|团|营业)|[零〇一二三四五六七八九]{{3,}}"
)
_RUN = re.compile(r"\d+")


def value(numeral: str) -> int | None:
    """Return the number that a Chinese numeral below a thousand stands for, ``None`` where it is none; 二〇八 is 208, 十二 is 12."""
    if not any(character in _UNITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral)) if numeral else None
    total, digit = 0, 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def in_digits(text: str) -> str:
    """Return the text with its ordinals, and digits said one by one, in Arabic digits.

    >>> in_digits("第十二分公司")
    '第12分公司'
    """
    return _ORDINAL.sub(lambda found: str(value(found[0])), text)


def numbers(text: str) -> tuple[int, ...]:
    """Return the numbers written in Arabic digits in a text, in order; at most eighteen digits of each count."""
    return tuple(int(run[-18:]) for run in _RUN.findall(text))
