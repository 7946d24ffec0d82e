"""What two names say about where they are (行政区划、功能区的比对)."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.names.cores import Difference
from xinheng.core.names.places import NATION, relation
from xinheng.core.names.reading import Reading
from xinheng.core.names.weights import rare_enough, rarity_of

_WORDS = "人民 中心 中医 妇幼 实验 公安 教育 司法 民政 财政 税务 水利 交通 农业 市场监督管理 职工 工人 机关 第1 第2 第3 第1人民 第2人民 第3人民"
_EVERYWHERE = frozenset(_WORDS.split())


def about_places(one: Reading, other: Reading) -> list[Difference]:
    """Return what is found about the places and zones of two names."""
    found = list[Difference]()
    moved = False
    if one.place and other.place:
        found.append(_both(one, other))
    elif one.place or other.place:
        moved = _is_moved(one, other)
        found.append(_moved(one, other) if moved else _missing(one, other))
    if not moved and (one.inner or other.inner):
        found += _inner(one, other)
    if one.zone != other.zone:
        found += _zones(one, other)
    return found


def _shown(reading: Reading) -> str:
    return reading.place_word or reading.inner_word


def _both(one: Reading, other: Reading) -> Difference:
    a, b = _shown(one), _shown(other)
    stands = relation(one.place, other.place)
    if stands == "equal":
        if one.place_misspelt != other.place_misspelt:
            return "place.misspelt", a, b
        return ("place.equal" if a == b else "place.written"), a, b
    if stands == "within":
        return ("place.identity" if _is_everywhere(one) and _is_everywhere(other) else "place.within"), a, b
    if not one.place_known or not other.place_known:
        return "place.changed", a, b
    unsure = _may_be_brand(one, other) or _may_be_brand(other, one)
    return ("place.unsure" if unsure else "place.apart"), a, b


def _may_be_brand(one: Reading, other: Reading) -> bool:
    """Tell whether what reads like a place on one side begins the brand on the other: 山东泰山焦化 and 莱芜市泰山焦化."""
    return not one.place_sure and other.core.startswith(one.place_word)


def _is_everywhere(reading: Reading) -> bool:
    """Tell whether it is an institution that every district has: without a brand, or with one that says only what it is."""
    if NATION in reading.place:
        return False
    return reading.core in _EVERYWHERE or not reading.brand


def _is_moved(one: Reading, other: Reading) -> bool:
    without = other if one.place else one
    placed = one if one.place else other
    return bool(without.inner) and (not placed.inner or placed.inner == placed.place)


def _moved(one: Reading, other: Reading) -> Difference:
    a, b = _shown(one), _shown(other)
    stands = relation(one.place or one.inner, other.place or other.inner)
    return {"equal": "place.moved", "within": "place.within", "apart": "place.apart"}[stands], a, b


def _missing(one: Reading, other: Reading) -> Difference:
    a, b = _shown(one), _shown(other)
    stem = one.form is not None and one.form.stem
    told = (
        NATION not in one.place | other.place
        and one.core == other.core
        and not stem
        and one.trade
        and rarity_of(one.brand) >= rare_enough()
    )
    return ("place.told" if told else "place.missing"), a, b


def _inner(one: Reading, other: Reading) -> Iterator[Difference]:
    if one.inner and other.inner:
        stands = relation(one.inner, other.inner)
        if stands != "equal":
            yield "place.within" if stands == "within" else "place.apart", one.inner_word, other.inner_word
    elif one.inner or other.inner:
        bearer, bare = (one, other) if one.inner else (other, one)
        if bearer.place and relation(bearer.inner, bearer.place) == "equal":
            return
        member = bearer.group and bare.group
        yield "inner.member" if member else "inner.missing", one.inner_word, other.inner_word


def _zones(one: Reading, other: Reading) -> Iterator[Difference]:
    a, b = one.zone, other.zone
    if a == b or (a and b and (a.endswith(b) or b.endswith(a))):
        return
    if a and b:
        yield "zone.apart", a, b
    elif _is_everywhere(one) and _is_everywhere(other):
        yield "place.identity", a, b
    else:
        yield "zone.missing", a, b
