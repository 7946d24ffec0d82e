"""Places (行政层级与地区): where an agency stands in the tree of administrations, and the functional zones of this installation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q

from xinheng.core.access import Action, Actor, AgencyKind, Level, Target
from xinheng.core.access.tree import Administration, Place, inside, kind_of, level_of, place_on, walk, why_not_under
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.core.standards.regions import region
from xinheng.core.standards.zones import Zone, current, is_zone
from xinheng.store.models import Agency, AgencyName, AgencySupervision, Region
from xinheng.usecases.deed import deed

Coded = TypeVar("Coded", AgencyKind, Level)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an agency stands, as somebody says it: kind and level by code or label, the supervising agency by its USCC. Empty is what is known."""

    kind: str = ""
    level: str = ""
    parent: str = ""

    def asked(self) -> dict[str, str]:
        """Return what was said, for the receipt."""
        said = {"kind": self.kind, "level": self.level, "parent": self.parent}
        return {name: text for name, text in said.items() if text}


AS_KNOWN = Standing()
"""Nothing is said: what is known stays, a new agency stands where its code and region tell."""


def sound_standing(code: str, region_code: str, said: Standing, *, today: dt.date, on: dt.date) -> Standing:
    """Return the standing in codes, with what code and region tell where nothing was said; raises ``UnusableCall`` for what cannot be."""
    known = Agency.objects.filter(uscc=code).first()
    kind = _coded(AgencyKind, said.kind) or (known.kind if known else "") or kind_of(code).value
    moved = known is None or known.region_code != region_code
    if region_code and moved:
        place_named(region_code, on=today)
    level = _coded(Level, said.level) or (known.level if known and not moved else "")
    sound = Standing(kind, level or (level_of(region_code).value if region_code else ""), said.parent)
    if said.parent:
        child = Administration(code, "", sound.kind, sound.level, region_code)
        _ensure_under(child, said.parent, on)
    return sound


def put_in_place(agency: Agency, region_code: str, standing: Standing, on: dt.date) -> None:
    """Write a sound standing; the day says from when the agency is supervised by another one."""
    agency.region_code = region_code or agency.region_code
    agency.kind, agency.level = standing.kind, standing.level
    agency.save(update_fields=["region_code", "kind", "level"])
    current_one = agency.supervisions.filter(valid_until=None).first()
    if not standing.parent or (current_one is not None and current_one.parent.uscc == standing.parent):
        return
    if current_one is not None:
        current_one.valid_until = max(on, current_one.valid_from)
        current_one.save(update_fields=["valid_until"])
    parent = Agency.objects.get(uscc=standing.parent)
    AgencySupervision.objects.create(agency=agency, parent=parent, valid_from=on)


def place_named(code: str, *, on: dt.date) -> Place:
    """Return the region with the code on the day; raises ``UnusableCall`` that names the successor where the code has ended."""
    found = place_on(code, on, zones=zones_added())
    if found is None:
        raise UnusableCall(_no_place(code, on), region=code)
    return found


def zones_added() -> tuple[Zone, ...]:
    """Return the zones that this installation added."""
    return tuple(Zone(one.code, one.name, one.valid_from, one.valid_until) for one in Region.objects.order_by("code"))


def add_zone(code: str, name: str, *, since: dt.date, until: dt.date | None, actor: Actor, at: dt.datetime) -> None:
    """Make a functional zone known, or say when it ended; its code begins with that of its city or county. Raises ``UnusableCall``."""
    if not is_zone(code) or region(code[:6], since) is None:
        raise UnusableCall(_NO_ZONE, code=code)
    asked = {"zone": code, "name": name, "from": since.isoformat(), "until": until.isoformat() if until else ""}
    with deed(actor, Action.MANAGE_AGENCIES, Target(region=code), about=f"zone {code}", asked=asked, at=at) as done:
        Region.objects.update_or_create(
            code=code, valid_from=since, defaults={"name": name.strip(), "valid_until": until}
        )
        done.result = {"zone": code}


def view_tree(*, actor: Actor, at: dt.datetime, on: dt.date, under: str = "") -> tuple[tuple[int, Administration], ...]:
    """Return the tree of administrations on the day from the top, each agency with its depth; ``under`` is a region to which it is cut."""
    with deed(actor, Action.VIEW_AGENCIES, Target(), about="agencies", asked={"region": under}, at=at) as done:
        found = tuple(walk(one for one in administrations(on) if not under or _is_under(one, under, on)))
        done.result = {"agencies": len(found)}
    return found


def administrations(on: dt.date) -> tuple[Administration, ...]:
    """Return every agency as it stands in the tree on the day."""
    parents = _parents(on)
    return tuple(
        Administration(
            agency.uscc,
            next((held.name for held in agency.names.all() if _in_force(held, on)), ""),
            agency.kind,
            agency.level,
            agency.region_code,
            parents.get(agency.uscc, ""),
        )
        for agency in Agency.objects.order_by("uscc").prefetch_related("names")
    )


def _is_under(one: Administration, under: str, on: dt.date) -> bool:
    return inside(one.region, under, on=on)


def _in_force(held: AgencyName, on: dt.date) -> bool:
    until = held.valid_until
    return held.valid_from <= on and (until is None or on < until)


def _parents(on: dt.date) -> dict[str, str]:
    in_force = AgencySupervision.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)
    return dict(in_force.values_list("agency__uscc", "parent__uscc"))


def _ensure_under(child: Administration, parent_code: str, on: dt.date) -> None:
    parent = Agency.objects.filter(uscc=parent_code).first()
    if parent is None:
        raise UnusableCall(_no_parent(parent_code), parent=parent_code)
    above = Administration(parent.uscc, "", parent.kind, parent.level, parent.region_code)
    if why := why_not_under(child, above, _parents(on)):
        raise UnusableCall(Explanation(_NOT_UNDER, why, _SEE_TREE), parent=parent_code)


def _coded(kinds: type[Coded], said: str) -> str:
    """Return the code of what was said by code or by label, empty where nothing was."""
    if not said:
        return ""
    for one in kinds:
        if said in (one.value, one.label.zh, one.label.en):
            return one.value
    known = "、".join(f"{one.value}（{one.label.zh}）" for one in kinds)
    raise UnusableCall(
        Explanation(
            Text(f"无法识别：{said}", f"Not known: {said}"),
            Text("单位性质和层级须用规定的代码或名称", "kind and level are given by code or by label"),
            Text(f"可用：{known}", f"Known: {', '.join(one.value for one in kinds)}"),
        )
    )


def _no_place(code: str, on: dt.date) -> Explanation:
    after = current(code, on)
    if after != code:
        mend = Text(f"请改用 {after}。", f"Use {after}.")
    else:
        mend = Text(
            "请核对行政区划代码（GB/T 2260）；功能区请先登记：xinheng agencies zone",
            "Check the code (GB/T 2260); a zone is made known first: xinheng agencies zone",
        )
    return Explanation(
        Text(f"没有地区 {code}", f"There is no region {code}"),
        Text(f"{on.isoformat()} 该代码不在用", f"the code was not in force on {on.isoformat()}"),
        mend,
    )


def _no_parent(code: str) -> Explanation:
    return Explanation(
        Text(f"没有上级单位 {code}", f"There is no supervising agency {code}"),
        Text("上级单位须先登记", "the one that supervises is made known first"),
        _SEE_TREE,
    )


_NOT_UNDER = Text("上级单位不正确", "The supervising agency is wrong")
_SEE_TREE = Text("请用 xinheng agencies tree 查看。", "See the tree with xinheng agencies tree.")
_NO_ZONE = Explanation(
    Text("功能区代码不正确", "The zone's code is wrong"),
    Text(
        "应为所属市、县的六位代码、连字符及二至八位大写字母或数字，如 320500-SIP",
        "it is the six digits of its city or county, a hyphen, and two to eight capitals or digits, such as 320500-SIP",
    ),
    Text("请核对所属地区的代码。", "Check the code of the division to which it belongs."),
)
