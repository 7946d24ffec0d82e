"""The tree of administrations (分级自主管理): who stands where, who supervises whom, and which region lies in which.

A region is a division of GB/T 2260 or a functional zone. Both are dated: 海门市 of April 2020 is 海门区 today, and who managed the one manages
the other. Basis: GB/T 2260; 江苏省公共信用信息系统 省市一体化、分级自主管理 (the province sees all, a city or county works in its own part).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.errors import Text
from xinheng.core.standards.regions import region
from xinheng.core.standards.zones import Zone, current, is_zone, shipped_zones


class Level(StrEnum):
    """The levels of administration, the highest first."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"

    @property
    def label(self) -> Text:
        """The words for it."""
        return _LEVELS[self]


class AgencyKind(StrEnum):
    """What an agency is in law: who may hold public credit information at all."""

    DEPARTMENT = "department"
    PUBLIC_BODY = "public-body"
    AUTHORISED_ORGANISATION = "authorised-organisation"
    CREDIT_CENTRE = "credit-centre"
    ZONE_ADMINISTRATION = "zone-administration"

    @property
    def label(self) -> Text:
        """The words for it."""
        return _KINDS[self]


@dataclass(frozen=True, slots=True)
class Place:
    """A region as it stands on a day: code, name, level."""

    code: str
    name: str
    level: Level


@dataclass(frozen=True, slots=True)
class Administration:
    """An agency in the tree on a day: its code (USCC), name, kind, level, region, and the code of the one that supervises it, if any."""

    code: str
    name: str
    kind: str = ""
    level: str = ""
    region: str = ""
    parent: str = ""


def place_on(code: str, day: dt.date, *, zones: Iterable[Zone] = ()) -> Place | None:
    """Return what the code stands for on ``day``: a division, a zone known from the start, or one of ``zones``; ``None`` where it stands for nothing."""
    if is_zone(code):
        known = (*zones, *shipped_zones())
        zone = next((one for one in known if one.code == code and one.in_force(day)), None)
        return Place(code, zone.name, Level.ZONE) if zone else None
    division = region(code, day)
    return Place(code, division.name, Level(division.level)) if division else None


def inside(code: str, of: str, *, on: dt.date | None = None) -> bool:
    """Tell whether the region ``code`` is ``of`` or lies in it; with a day, each goes by the code that it has on that day.

    Nothing lies in a zone but the zone; no code lies nowhere.
    """
    if not code or not of:
        return False
    if on is not None:
        code, of = current(code, on), current(of, on)
    return code == of if is_zone(of) else code.startswith(_prefix_of(of))


def level_of(code: str) -> Level:
    """Return the level that the code of a region has by its shape."""
    if is_zone(code):
        return Level.ZONE
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") else Level.COUNTY


def kind_of(uscc: str) -> AgencyKind:
    """Return the kind of agency that a unified code tells of: 11 is an organ of the state (机关), 12 a public body (事业单位)."""
    return _BY_CODE.get(uscc[:2], AgencyKind.AUTHORISED_ORGANISATION)


def why_not_under(child: Administration, parent: Administration, parents: Mapping[str, str]) -> Text | None:
    """Say why ``parent`` cannot supervise ``child``, or ``None`` where it can; ``parents`` are those of all agencies on the day."""
    if child.code == parent.code or child.code in ancestors(parent.code, parents):
        return _CIRCLE
    if _rank(parent) > _rank(child):
        return _LOWER
    if parent.region and child.region and not inside(child.region, parent.region):
        return _ELSEWHERE
    return None


def ancestors(code: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """Return who supervises an agency, and who supervises that one, upwards; a circle, which nobody should have made, ends it."""
    above: list[str] = []
    while (code := parents.get(code, "")) and code not in above:
        above.append(code)
    return tuple(above)


def walk(administrations: Iterable[Administration]) -> Iterator[tuple[int, Administration]]:
    """Yield the tree from the top, each agency with its depth; by level, region and code among equals."""
    known = {one.code: one for one in administrations}
    below: dict[str, list[Administration]] = {}
    for one in sorted(known.values(), key=lambda one: (_rank(one), one.region, one.code)):
        below.setdefault(one.parent if one.parent in known else "", []).append(one)

    def down(code: str, depth: int) -> Iterator[tuple[int, Administration]]:
        for one in below.get(code, ()):
            yield depth, one
            yield from down(one.code, depth + 1)

    yield from down("", 0)


def _prefix_of(of: str) -> str:
    """Return how the codes of all divisions inside a region begin: its code without closing pairs of noughts (321000: 3210)."""
    while of.endswith("00") and len(of) > 2:
        of = of[:-2]
    return of


def _rank(one: Administration) -> int:
    return list(Level).index(Level(one.level)) if one.level else len(Level)


_BY_CODE = {"11": AgencyKind.DEPARTMENT, "12": AgencyKind.PUBLIC_BODY}
_LEVELS = {
    Level.PROVINCE: Text("省级", "province"),
    Level.CITY: Text("市级", "city"),
    Level.COUNTY: Text("县级", "county"),
    Level.ZONE: Text("功能区", "zone"),
}
_KINDS = {
    AgencyKind.DEPARTMENT: Text("机关", "department"),
    AgencyKind.PUBLIC_BODY: Text("事业单位", "public body"),
    AgencyKind.AUTHORISED_ORGANISATION: Text("法律法规授权组织", "authorised organisation"),
    AgencyKind.CREDIT_CENTRE: Text("信用中心", "credit centre"),
    AgencyKind.ZONE_ADMINISTRATION: Text("功能区管理机构", "zone administration"),
}
_CIRCLE = Text("上级单位不能是本单位或其下级", "an agency cannot be supervised by itself or by one below it")
_LOWER = Text("上级单位的层级低于本单位", "the supervising agency is of a lower level")
_ELSEWHERE = Text(
    "本单位的地区不在上级单位的地区之内", "the agency's region does not lie in that of the supervising agency"
)
