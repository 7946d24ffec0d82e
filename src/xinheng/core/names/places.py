"""Places in names: provinces, cities and counties by full and short name, old names, and zones (行政区划与功能区).

Built from ``core.standards.regions`` (GB/T 2260 since 2000): an ended division counts as its successor of today. A short name is the full name
without 省, 市, 县, 区 or the words of autonomy (苏州, 内蒙古, 恩施). Where a short name could be several places, the highest level is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import yaml

from xinheng.core.names.characters import misread_as
from xinheng.core.standards.regions import Region, all_regions

Codes = frozenset[str]
NATION = "000000"
_NOWHERE: Codes = frozenset()


def _words() -> dict[str, list[str]]:
    text = resources.files(__package__).joinpath("data", "places.yaml").read_text(encoding="utf-8")
    return {name: str(held).split() for name, held in yaml.safe_load(text).items()}


_WORDS = _words()

_PEOPLES = _WORDS["peoples"]
_AUTONOMY = re.compile(f"(?:{'|'.join(_PEOPLES)})*(?:自治区|自治州|自治县|自治旗|联合旗)$")
_SUFFIX = re.compile("(?:特别行政区|地区|新区|林区|特区|[省市县区盟旗州])$")
_WORDS_NOT_PLACES = frozenset(_WORDS["brands"])
"""County-level short names that brands bear more often than they mean the place; alone at the beginning they are not read as one."""


_ZONE = re.compile(
    "(?:国家级|省级)?(经济技术|高新技术产业|高新技术|高新产业|高新|经济|工业|科技|循环经济|综合|农业高新技术产业|临港|临空|空港|航空港|生态|)"
    "(开发区|产业开发区|产业园区|工业园区|科技园区|园区|保税港区|保税区|出口加工区|示范区|试验区|旅游度假区|度假区|新区|区)"
)
_ZONE_KIN = {"经济技术": "经济", "高新技术产业": "高新", "高新技术": "高新", "高新产业": "高新"}
_ZONE_BY_NAME = re.compile("|".join(_WORDS["zones"]))


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a name that tells a place: ``codes`` are the divisions that it may mean, by today's codes."""

    word: str
    codes: Codes
    full: bool
    known: bool = True


@cache
def _rows_by_code() -> dict[str, tuple[Region, ...]]:
    found: dict[str, tuple[Region, ...]] = {}
    for region in all_regions():
        found[region.code] = (*found.get(region.code, ()), region)
    return found


_GONE = "?"


def _today(region: Region, steps: int = 9) -> str:
    """Return the code by which a division goes today; marked where nothing is known to have taken its place, for a code may have passed to another."""
    if region.ends is None:
        return region.code
    next_code = region.successor or region.code
    after = next((one for one in _rows_by_code().get(next_code, ()) if one.in_force(region.ends)), None)
    if after is None or steps == 0 or (not region.successor and after.begins != region.ends):
        return region.code + _GONE
    return _today(after, steps - 1)


def short_of(name: str) -> str:
    """Return the short name of a division (苏州市 → 苏州, 内蒙古自治区 → 内蒙古), or the name where it has none of two characters."""
    if name == "内蒙古自治区":
        return "内蒙古"
    short = _AUTONOMY.sub("", name) if _AUTONOMY.search(name) else _SUFFIX.sub("", name)
    return short if len(short) >= 2 else name


@cache
def words() -> dict[str, Place]:
    """Return every word that tells a place, full and short."""
    found: dict[str, tuple[set[str], bool]] = {}
    for region in all_regions():
        short = short_of(region.name)
        states = [(region.name, True), (short, short == region.name)]
        if _AUTONOMY.search(region.name):
            states.append((short + region.name[-1], True))
        for word, full in states:
            codes, so_far = found.get(word, (set(), full))
            found[word] = (codes | {_today(region)}, so_far or full)
    for word, code in {"内蒙": "150000", "中国": NATION, "中华人民共和国": NATION}.items():
        found[word] = ({code}, False)
    return {word: _place(word, codes, full) for word, (codes, full) in found.items()}


def _place(word: str, codes: set[str], full: bool) -> Place:  # noqa: FBT001
    living = frozenset(code for code in codes if not code.endswith(_GONE))
    return Place(word, living or frozenset(codes), full, bool(living))


@cache
def misspelt() -> dict[str, Place]:
    """Return misreadings of the names of provinces and cities (苏洲, 杭卅) that are no words for other places."""
    found: dict[str, Place] = {}
    for word, place in words().items():
        if len(word) < 2 or not any(code.endswith("00") for code in place.codes) or NATION in place.codes:
            continue
        for at, character in enumerate(word):
            for other in misread_as(character):
                wrong = word[:at] + other + word[at + 1 :]
                if (
                    wrong not in words()
                    and (len(word) > 2 or other in "洲卅川庄")
                    and not wrong.startswith(tuple("东西南北大小新"))
                ):
                    found.setdefault(wrong, place)
    return found


@cache
def _by_beginning() -> dict[str, tuple[int, ...]]:
    """The lengths of the words that begin with the same two characters, longest first."""
    found: dict[str, set[int]] = {}
    for word in words():
        found.setdefault(word[:2], set()).add(len(word))
    return {beginning: tuple(sorted(lengths, reverse=True)) for beginning, lengths in found.items()}


def within(inner: str, outer: str) -> bool:
    """Tell whether the division of code ``inner`` lies in that of ``outer`` or is it; every one lies in the nation."""
    if outer == NATION or inner == outer:
        return True
    if outer.endswith("0000"):
        return inner[:2] == outer[:2]
    return outer.endswith("00") and inner[:4] == outer[:4]


@lru_cache(maxsize=16384)
def _narrowed(codes: Codes, outer: Codes) -> Codes:
    return frozenset(code for code in codes if any(code != high and within(code, high) for high in outer))


def _highest(codes: Codes) -> Codes:
    if len(codes) < 2:
        return codes
    for level in ("0000", "00"):
        top = frozenset(code for code in codes if code.endswith(level))
        if top:
            return frozenset(
                code
                for code in codes
                if code in top or (level == "0000" and code.endswith("00") and code[:2] in {t[:2] for t in top})
            )
    return codes


@lru_cache(maxsize=16384)
def _first(word: str) -> Codes:
    """What a word at the beginning of a name means; a county's short name does not count where brands bear it or several do."""
    place = words()[word]
    codes = place.codes if place.full else _highest(place.codes)
    if place.full or any(code.endswith("00") for code in codes):
        return codes
    return _NOWHERE if word in _WORDS_NOT_PLACES or len(codes) > 1 else codes


def place_at(text: str, start: int, outer: Codes) -> tuple[Place, Codes] | None:
    """Return the longest word for a place at ``start``, with the divisions that it means within ``outer`` (empty: anywhere)."""
    for length in _by_beginning().get(text[start : start + 2], ()):
        place = words().get(text[start : start + length])
        if place is None or start + length > len(text):
            continue
        codes = _narrowed(place.codes, outer) if outer and NATION not in outer else _first(place.word)
        if codes:
            return place, codes
    return None


Span = tuple[int, int, bool]
"""Where a word for a place begins and ends, and whether it is a full name."""


class Chain(NamedTuple):
    """Places one after another: where they end, the divisions meant, the last word, each word's span, whether all still exist."""

    end: int
    codes: Codes
    word: str
    spans: tuple[Span, ...]
    known: bool


_MOST_PLACES = 4
_NO_CHAIN = Chain(0, _NOWHERE, "", (), True)


def chain_of(text: str) -> Chain:
    """Read places from the beginning of a text, each within the one before: 江苏省苏州市吴中区."""
    if text[:2] not in _by_beginning():
        return _NO_CHAIN
    at, codes, word, spans, known = 0, _NOWHERE, "", list[Span](), True
    while len(spans) < _MOST_PLACES and (found := place_at(text, at, codes)):
        place, codes = found
        word, end = place.word, at + len(place.word)
        spans.append((at, end, place.full))
        known = known and place.known
        at = end
    return Chain(at, codes, word, tuple(spans), known)


def misspelt_at(text: str) -> tuple[str, Place] | None:
    """Return the misspelt name of a province or city at the beginning of a text, and what is meant."""
    known = misspelt()
    for length in (4, 3, 2):
        place = known.get(text[:length])
        if place is not None:
            return text[:length], place
    return None


def place_before(text: str, end: int) -> tuple[Place, Codes] | None:
    """Return the longest word for a place that ends at ``end``; short names of counties count only where they are one place."""
    for length in _by_ending().get(text[end - 2 : end], ()):
        place = words().get(text[end - length : end]) if length <= end else None
        if place is not None and (codes := _first(place.word)):
            return place, codes
    return None


@cache
def _by_ending() -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for word in words():
        found.setdefault(word[-2:], set()).add(len(word))
    return {last: tuple(sorted(lengths, reverse=True)) for last, lengths in found.items()}


def zone_at(text: str, start: int) -> tuple[int, str] | None:
    """Return where the zone that begins at ``start`` ends, and how it is written usually (高新技术产业开发区 → 高新区)."""
    named = _ZONE_BY_NAME.match(text, start)
    if named:
        return named.end(), named[0]
    found = _ZONE.match(text, start)
    if (
        found is None
        or not (found[1] or found[2] in ("开发区", "园区", "新区", "保税区"))
        or (found[2] == "区" and found[1] not in ("高新", "经济"))
    ):
        return None
    kind = _ZONE_KIN.get(found[1], found[1])
    what = {"产业开发区": "开发区", "科技园区": "园区", "工业园区": "园区", "产业园区": "园区"}.get(found[2], found[2])
    if kind == "高新":
        what = "区"
    return found.end(), f"{kind}{what}"


def relation(one: Codes, other: Codes) -> str:
    """Tell how two places stand to each other: ``equal``, ``within`` (one lies in the other) or ``apart``."""
    if one == other or one & other:
        return "equal"
    if any(within(a, b) or within(b, a) for a in one for b in other):
        return "within"
    return "apart"
