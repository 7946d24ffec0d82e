"""Amounts of money as departments write them: in the field in 万元, in the text in yuan, 万元 or capitals (大写)."""

from __future__ import annotations

from dataclasses import dataclass

from xinheng.core.sample.draws import Texts, pool

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")


def field_text(yuan: int) -> str:
    """Return an amount as the field holds it: 万元, no more decimals than needed."""
    whole, rest = divmod(yuan, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0") if rest else str(whole)


def capitals(yuan: int) -> str:
    """Return an amount below one hundred million in capitals, with 元整: ``壹万伍仟壹佰伍拾元整``."""
    ten_thousands, rest = divmod(yuan, 10_000)
    if not ten_thousands:
        return f"{_group(rest)}元整"
    gap = "零" if 0 < rest < 1000 else ""
    return f"{_group(ten_thousands)}万{gap}{_group(rest)}元整"


def _group(number: int) -> str:
    text = ""
    for power in reversed(range(4)):
        digit = number // 10**power % 10
        if digit:
            text += _CAPITALS[digit] + _UNITS[power]
        elif text and number % 10**power and not text.endswith("零"):
            text += "零"
    return text


@dataclass(frozen=True, slots=True)
class Amounts:
    """The same amounts in three arrays: as numbers (yuan), as the field holds them, as the text says them."""

    yuan: list[int]
    fields: Texts
    texts: Texts

    @classmethod
    def of(cls, verb: str, *, count: int) -> Amounts:
        """Return ``count`` amounts, from hundreds to millions of yuan, said with a verb such as 罚款人民币."""
        yuan = [_amount(number) for number in range(count)]
        return cls(yuan, pool([field_text(each) for each in yuan]), pool([_said(verb, each) for each in yuan]))


def _amount(number: int) -> int:
    """Spread amounts: half in the hundreds and thousands, few in the millions; rounded as decisions round."""
    band, step = number % 20, number // 20
    if band < 9:
        return 200 + step * 10 % 4800
    if band < 16:
        return 5_000 + step * 150 % 45_000
    if band < 19:
        return 50_000 + step * 510 % 450_000
    return 500_000 + step * 10_000 % 4_500_000


def _said(verb: str, yuan: int) -> str:
    style = yuan // 10 % 5
    if style < 3:
        return f"{verb}{yuan}元"
    return f"{verb}{field_text(yuan)}万元" if style == 3 and yuan >= 10_000 else f"{verb}{capitals(yuan)}（{yuan}元）"
