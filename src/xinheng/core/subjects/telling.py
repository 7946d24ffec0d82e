"""What tells a name from others (区别字): the pairs of characters of its brand (字号), for looking candidates up."""

from __future__ import annotations

from functools import cache

from xinheng.core.names import parse
from xinheng.core.standards.names import bigrams
from xinheng.core.standards.regions import all_regions

LONGEST = 300
"""Characters of a name that are looked at: as many as the register keeps."""
_BEHIND = 5  # characters behind the region in which the brand stands
_SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "地区", "省", "市", "县", "区", "盟", "旗")


def telling_pairs(key: str) -> list[str]:
    """Return the pairs by which a name (its key) is looked up; none where it is nothing but a region or a single character."""
    reading = parse(key[:LONGEST]).reading
    brand = reading.core[: max(2, reading.brand_length)]
    rest = key[:LONGEST]
    while rest and (length := _region_at(rest)):
        rest = rest[length:].lstrip("()")
    found = dict.fromkeys([*bigrams(brand), *bigrams(rest[:_BEHIND])])
    return [pair for pair in found if len(pair) == 2 and pair not in _COMMON]


def all_pairs(key: str) -> list[str]:
    """Return all pairs of a name, by which likeness is counted."""
    return [pair for pair in bigrams(key[:LONGEST]) if len(pair) == 2]


def _region_at(text: str) -> int:
    """Return how many characters of a region's name a text begins with."""
    plain = text.lstrip("(")
    skipped = len(text) - len(plain)
    known = _region_names()
    length = next((length for length in range(min(11, len(plain)), 1, -1) if plain[:length] in known), 0)
    return skipped + length if length else 0


@cache
def _region_names() -> frozenset[str]:
    names = {region.name for region in all_regions()}
    short = {name.removesuffix(suffix) for name in names for suffix in _SUFFIXES if name.endswith(suffix)}
    return frozenset(name for name in names | short if len(name) > 1)


_COMMON = frozenset(
    {
        "有限",
        "限公",
        "公司",
        "责任",
        "任公",
        "股份",
        "份有",
        "限责",
        "集团",
        "团有",
        "科技",
        "技有",
        "贸易",
        "易有",
        "商贸",
        "实业",
        "业有",
        "分公",
        "中心",
    }
)
"""Pairs that tell nothing: they stand in the names of a good part of a register."""
