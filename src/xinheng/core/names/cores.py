"""How two cores (brand and industry) differ, and what each difference is called (字号与行业用语的比对).

What is the same at the beginning and at the end is set aside; what is left in the middle decides. A difference inside the industry of one side
that makes no word on the other is a misspelling there; a difference inside the brand is nobody's misspelling for certain.
"""

from __future__ import annotations

import re
from functools import lru_cache

from xinheng.core.names import trades
from xinheng.core.names.characters import is_odd, nearly_sound_alike, shape_alike, sound_alike
from xinheng.core.names.numerals import numbers
from xinheng.core.names.weights import usual_in_brands

Difference = tuple[str, str, str]
"""A finding's code and what stands on either side."""

Core = tuple[str, int, tuple[str, ...]]
"""A core, the length of its brand, and its words of industry."""

_SERIAL = re.compile(r"第?\d+")
_KINDRED = (
    "一二三四五六七八九十百千万亿0123456789",
    "东西南北中",
    "上下",
    "左右",
    "新老古",
    "大小",
    "前后",
    "内外",
    "春夏秋冬",
    "金银铜铁",
    "红黄蓝绿青紫白黑",
)
_SHORT_BRAND = 3
_LONGEST = 48


@lru_cache(maxsize=131072)
def differences(one: Core, other: Core) -> tuple[Difference, ...]:
    """Return the findings about two cores: one where they are the same, else what differs in brand, number and industry."""
    a, b = one[0], other[0]
    if a == b:
        return (("core.equal", a, b),) if a else ()
    if not a or not b:
        return (("brand.apart" if len(a + b) > 1 else "brand.longer", a, b),)
    if (left := numbers(a)) != (right := numbers(b)):
        return _numbered(one, other, missing=not left or not right)
    return _middle(one, other)


def _numbered(one: Core, other: Core, *, missing: bool) -> tuple[Difference, ...]:
    a, b = one[0], other[0]
    first = ("number.missing" if missing else "number.apart", a, b)
    bare, bare_other = _SERIAL.sub("", a), _SERIAL.sub("", b)
    if bare == bare_other:
        return (first,)
    return first, _likeness(bare, bare_other)


def _middle(one: Core, other: Core) -> tuple[Difference, ...]:
    (a, brand_a, trade_a), (b, brand_b, trade_b) = one, other
    start, tail = _shared(a, b)
    x, y = a[start : len(a) - tail], b[start : len(b) - tail]
    behind_a_brand = start >= min(brand_a, brand_b) > 0
    in_trade = start >= max(brand_a, brand_b)
    if behind_a_brand and not in_trade and _is_slip(x, y):  # a word of industry on one side, none on the other
        return (("trade.misspelt", a[brand_a:] or a, b[brand_b:] or b),)
    if (not x or not y) and behind_a_brand and _doubled(a if x else b, x or y, start):
        return (("trade.doubled", a, b),)
    brand = _brands(a[:brand_a], b[:brand_b])
    return tuple(found for found in (brand, _trades(trade_a, trade_b)) if found)


def _shared(a: str, b: str) -> tuple[int, int]:
    """How many characters two texts share at the beginning, and then at the end."""
    most = min(len(a), len(b))
    start = 0
    while start < most and a[start] == b[start]:
        start += 1
    tail = 0
    while tail < most - start and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    return start, tail


def _is_slip(x: str, y: str) -> bool:
    if len(x) == len(y) == 1:
        return shape_alike(x, y) or nearly_sound_alike(x, y)
    return len(x) == len(y) == 2 and x == y[::-1]


def _doubled(text: str, piece: str, start: int) -> bool:
    """Tell whether ``piece``, which one side has more, only repeats what stands beside it."""
    size = len(piece)
    return text[start - size : start] == piece or text[start + size : start + 2 * size] == piece


def _trades(one: tuple[str, ...], other: tuple[str, ...]) -> Difference | None:
    a, b = "".join(one), "".join(other)
    if a == b:
        return None
    if not a or not b:
        return ("trade.missing", a, b)
    relation = trades.relation(one, other)
    return (f"trade.{relation}", a, b)


def _brands(a: str, b: str) -> Difference:
    if a == b:
        return ("brand.equal", a, b)
    if not a or not b:
        return ("brand.longer", a, b)
    start, tail = _shared(a, b)
    x, y = a[start : len(a) - tail], b[start : len(b) - tail]
    if len(x) == len(y) == 1:
        return (_one_character(x, y, max(len(a), len(b))), a, b)
    if len(x) == len(y) == 2 and x == y[::-1]:
        return ("brand.swapped", a, b)
    if (not x or not y) and min(len(a), len(b)) >= 2:
        return ("brand.longer", a, b)
    return _likeness(a, b)


def _one_character(x: str, y: str, length: int) -> str:
    if any(x in kindred and y in kindred for kindred in _KINDRED):
        return "brand.other-character"
    if shape_alike(x, y):
        return "brand.misread" if is_odd(x) != is_odd(y) else "brand.shape"
    if sound_alike(x, y):
        return "brand.sound"
    if nearly_sound_alike(x, y):
        return "brand.near-sound"
    usual = usual_in_brands()
    return "brand.other-character" if length <= _SHORT_BRAND and x in usual and y in usual else "brand.character"


def _likeness(a: str, b: str) -> Difference:
    """Say of two texts that differ in more than one character whether they are alike in part."""
    if len(a) == len(b) and len(a) <= _LONGEST:
        slips = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        if len(slips) <= 2 and all(shape_alike(x, y) or nearly_sound_alike(x, y) for x, y in slips):
            return ("brand.alike", a, b)
    common = shared_in_order(a, b)
    return ("brand.alike" if common >= 2 and 3 * common >= 2 * max(len(a), len(b)) else "brand.apart", a, b)


def shared_in_order(a: str, b: str) -> int:
    """Return how many characters two texts have in common in the same order; of each text the first 48 count."""
    a, b = a[:_LONGEST], b[:_LONGEST]
    row = [0] * (len(b) + 1)
    for x in a:
        corner = 0
        for at, y in enumerate(b, 1):
            corner, row[at] = row[at], corner + 1 if x == y else max(row[at], row[at - 1])
    return row[-1]
