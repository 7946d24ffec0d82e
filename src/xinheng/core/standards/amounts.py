"""Amounts of money inside a text (文书中的金额): capitals, figures with 元 or 万元, for the cross-check of rule V08.

Basis: 《支付结算办法》附一 (正确填写票据和结算凭证的基本规定) for the capitals 壹贰叁…; departments also write
三十万元 and 5.2万元.
"""

from __future__ import annotations

import re

from xinheng.core.standards.text import DIGITS, FULL_WIDTH_DIGITS

_FIGURES = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    **dict(zip("○两貳叄参陸", (0, 2, 2, 3, 3, 6), strict=True)),
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_YUAN = "元圆圓"
_CHINESE = "".join((*_FIGURES, *_TENS, *_MYRIADS))
_FIGURE = f"[{''.join(_FIGURES)}]"
_CAPITALS = re.compile(
    rf"(?:人民币)?(?P<yuan>[{_CHINESE}]+)[{_YUAN}](?:零?(?P<jiao>{_FIGURE})角)?(?:零?(?P<fen>{_FIGURE})分)?[整正]?"
)
_IN_FIGURES = re.compile(
    r"(?<![0-9.,])(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:[.](?P<decimals>[0-9]{1,6}))?"
    rf" ?(?P<scale>百万|千万|十万|万|亿|千|百)? ?(?:人民币)?[{_YUAN}]"
)
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_FOLD = str.maketrans(FULL_WIDTH_DIGITS + "，．", DIGITS + ",.")


def parse_capitals(text: str) -> int | None:
    """Return 分 of an amount in Chinese numerals (``叁拾万元整``, ``三十万元``), ``None`` if it is none."""
    match = _CAPITALS.fullmatch(text.strip().removeprefix("￥").removeprefix("¥"))
    return _fen_of(match) if match else None


def amounts_in(text: str) -> list[int]:
    """Return the amounts in 分 that a text mentions, in order: figures with 元 or 万元 behind, and Chinese numerals.

    ``罚款人民币叁拾万元整（300,000元）`` gives ``[30000000, 30000000]``. What does not come to whole 分 is left out.
    """
    folded = text.translate(_FOLD)
    found = [(match.start(), _fen_of(match)) for match in _CAPITALS.finditer(folded)]
    found += [(match.start(), _fen_in_figures(match)) for match in _IN_FIGURES.finditer(folded)]
    return [fen for _, fen in sorted(found, key=lambda one: one[0]) if fen is not None]


def _fen_in_figures(match: re.Match[str]) -> int | None:
    decimals = match["decimals"] or ""
    number = int(match["whole"].replace(",", "") + decimals) * _SCALES[match["scale"] or ""] * 100
    fen, rest = divmod(number, 10 ** len(decimals))
    return None if rest else fen


def _fen_of(match: re.Match[str]) -> int | None:
    yuan = _number(match["yuan"])
    if yuan is None:
        return None
    return yuan * 100 + _FIGURES.get(match["jiao"] or "零", 0) * 10 + _FIGURES.get(match["fen"] or "零", 0)


def _number(numeral: str) -> int | None:
    """Return a Chinese numeral below 10^16; ``None`` for one out of order, such as 十百 or 万 alone."""
    total, rest = 0, numeral
    for marks, scale in (("亿億", 10**8), ("万萬", 10**4)):
        head, mark, tail = _cut_last(rest, marks) if scale == 10**8 else _cut_first(rest, marks)
        if mark:
            value = _number(head) if head and scale == 10**8 else _below_myriad(head)
            if not value:
                return None
            total, rest = total + value * scale, tail
    below = _below_myriad(rest)
    return None if below is None else total + below


def _cut_last(numeral: str, marks: str) -> tuple[str, str, str]:
    position = max(numeral.rfind(mark) for mark in marks)
    return (numeral[:position], numeral[position], numeral[position + 1 :]) if position >= 0 else ("", "", numeral)


def _cut_first(numeral: str, marks: str) -> tuple[str, str, str]:
    found = [position for mark in marks if (position := numeral.find(mark)) >= 0]
    return (numeral[: min(found)], "万", numeral[min(found) + 1 :]) if found else ("", "", numeral)


def _below_myriad(numeral: str) -> int | None:
    total, figure, scale = 0, None, 10**4
    for char in numeral:
        if char in _FIGURES:
            if figure:
                return None
            figure = _FIGURES[char]
        elif char in _TENS and _TENS[char] < scale:
            scale = _TENS[char]
            total += (1 if figure is None and scale == 10 and not total else figure or 0) * scale
            figure = None
        else:
            return None
    return total + (figure or 0)
