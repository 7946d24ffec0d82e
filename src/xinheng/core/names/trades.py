"""Words of industry in names (行业用语): which words stand at the end of a name's core, and which of them are near to each other."""

from __future__ import annotations

from functools import cache, lru_cache

from xinheng.core.names.characters import rows

LICENSED = frozenset(
    "银行 证券 期货 信托 保险 财产保险 人寿保险 基金管理 财险 人寿 农村商业银行 村镇银行 商业银行 金融租赁".split()  # noqa: SIM905
)
"""Trades whose names are given once in the whole country, so that place and form may be left out."""


@cache
def words() -> frozenset[str]:
    """Return every word of industry, and the licensed ones."""
    return frozenset(word for line in rows("trades.txt") for word in line.split()) | LICENSED


@cache
def _by_ending() -> dict[str, tuple[int, ...]]:
    """The lengths of the words that end with the same two characters, longest first."""
    found: dict[str, set[int]] = {}
    for word in words():
        found.setdefault(word[-2:], set()).add(len(word))
    return {ending: tuple(sorted(lengths, reverse=True)) for ending, lengths in found.items()}


@lru_cache(maxsize=65536)
def split(core: str) -> tuple[int, tuple[str, ...]]:
    """Return where the words of industry at the end of a core begin, and these words in order; the longest first, from the end.

    >>> split("金龙环保科技")
    (2, ('环保科技',))
    """
    known, endings = words(), _by_ending()
    end, found = len(core), list[str]()
    while end > 1:
        for length in endings.get(core[end - 2 : end], ()):
            if length <= end and core[end - length : end] in known:
                found.append(core[end - length : end])
                end -= length
                break
        else:
            break
    return end, tuple(reversed(found))


def are_words(text: str) -> bool:
    """Tell whether a text consists of words of industry and nothing else."""
    return bool(text) and split(text)[0] == 0


@cache
def _kin() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(rows("trade_kin.txt")):
        for word in line.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(groups) for word, groups in found.items()}


@lru_cache(maxsize=65536)
def _parts(word: str) -> frozenset[str]:
    """A word and the shorter words of industry that it is made of: 机械设备 is 机械 and 设备 as well."""
    pieces = {word[a:b] for a in range(len(word)) for b in range(a + 2, len(word) + 1)}
    return frozenset(pieces & words()) | {word}


@lru_cache(maxsize=65536)
def relation(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Tell how two wordings of industry stand: ``equal``, ``part`` (one says more), ``near`` or ``apart``."""
    if "".join(one) == "".join(other):
        return "equal"
    a = frozenset().union(*map(_parts, one))
    b = frozenset().union(*map(_parts, other))
    if a <= b or b <= a:
        return "part"
    if a & b:
        return "near"
    kin = _kin()
    groups = [frozenset().union(*(kin.get(word, frozenset()) for word in side)) for side in (a, b)]
    return "near" if groups[0] & groups[1] else "apart"
