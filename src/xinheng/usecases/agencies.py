"""Agencies (信息提供单位): who hands in, under which dated names, where in the tree, and which items they are granted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q

from xinheng.core.access import Action, Actor, Target, reach
from xinheng.core.access.tree import inside
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import Explanation, Text, UnusableCall, XinhengError
from xinheng.core.standards import uscc
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Agency, AgencyName, Grant
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.places import AS_KNOWN, Standing, put_in_place, sound_standing
from xinheng.usecases.reach import rows_within
from xinheng.usecases.sheets import FIRST_ROW, sheet_rows, wrong_row

SHEET: dict[str, tuple[str, ...]] = {
    "uscc": ("统一社会信用代码", "单位代码"),
    "name": ("单位名称",),
    "region": ("地区", "行政区划代码"),
    "kind": ("单位性质",),
    "level": ("层级",),
    "parent": ("上级单位代码",),
}
"""The columns of a sheet of agencies with their Chinese headings; only the first two are needed."""


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency as it is listed: code, current name, region, granted items, kind and level."""

    uscc: str
    name: str
    region_code: str
    items: tuple[str, ...]
    kind: str = ""
    level: str = ""


def add_agency(
    code: str,
    name: str,
    *,
    region_code: str,
    items: Iterable[str],
    actor: Actor,
    at: dt.datetime,
    on: dt.date,
    standing: Standing = AS_KNOWN,
) -> None:
    """Make an agency known, rename it or put it elsewhere in the tree, and grant it items; what is so already stays as it is.

    Raises ``UnusableCall`` where code, region, kind, level or the supervising agency cannot be, ``Refused`` where the agency is outside the
    actor's region, before or after.
    """
    items, name = tuple(items), mask(name)
    _ensure_sound(code, items)
    asked = {"agency": code, "name": name, "items": list(items), **standing.asked()}
    target = _ensure_may_add(code, region_code, items, actor, at)
    standing = sound_standing(code, region_code or target.region, standing, today=at.date(), on=on)
    with deed(actor, Action.MANAGE_AGENCIES, target, about=f"agency {code}", asked=asked, at=at) as done:
        agency, _ = Agency.objects.get_or_create(uscc=code, defaults={"region_code": region_code})
        put_in_place(agency, region_code, standing, on)
        _name(agency, name, on)
        for item in items:
            _grant(agency, item, on)
        done.result = {"agency": agency.uscc}


def grant_item(code: str, item: str, *, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """Let a known agency hand in an item from today on; a city's supplementary item only an agency of the city."""
    _ensure_sound(code, (item,))
    agency = agency_named(code)
    asked, target = {"agency": code, "item": item}, _grant_target(code, agency.region_code, item)
    ensure_allowed(actor, Action.GRANT_ITEM, target, about=f"agency {code}", at=at)
    _ensure_item_is_for(item, agency.region_code)
    with deed(actor, Action.GRANT_ITEM, target, about=f"agency {code}", asked=asked, at=at) as done:
        _grant(agency, item, on)
        done.result = {"granted": item}


def load_agencies(
    rows: Iterable[Mapping[str, str]], *, items: Iterable[str], actor: Actor, at: dt.datetime, on: dt.date
) -> int:
    """Make all agencies of a sheet (columns of ``SHEET``) known with the given grants; returns how many rows there were.

    All are taken or none: raises ``UnusableFile`` that names the row where something is wrong, ``Refused`` where an agency is outside the
    actor's region.
    """
    sheet, items = list(rows), tuple(items)
    for number, row in enumerate(sheet, start=FIRST_ROW):
        if not uscc.is_valid(row["uscc"]) or not row["name"].strip():
            raise wrong_row(number, _BAD_ROW)
    for row in sheet:  # asked before anything begins, so that a refusal stays in the log
        _ensure_may_add(row["uscc"], row.get("region", ""), items, actor, at)
    with transaction.atomic():
        for number, row in enumerate(sheet, start=FIRST_ROW):
            standing = Standing(row.get("kind", ""), row.get("level", ""), row.get("parent", ""))
            try:
                add_agency(
                    row["uscc"], row["name"], region_code=row.get("region", ""), items=items, actor=actor, at=at, on=on,
                    standing=standing,
                )  # fmt: skip
            except UnusableCall as wrong:
                raise wrong_row(number, _said_by(wrong)) from wrong
    return len(sheet)


def agency_rows(content: BinaryIO, *, name: str, size: int) -> list[dict[str, str]]:
    """Return the rows of a sheet of agencies as ``load_agencies`` takes them; raises ``UnusableFile``."""
    return sheet_rows(content, name=name, size=size, columns=SHEET, needed=frozenset({"uscc", "name"}))


def agency_named(code: str) -> Agency:
    """Return the agency; raises ``UnusableCall`` where it is not known."""
    agency = Agency.objects.filter(uscc=code).first()
    if agency is None:
        raise UnusableCall(_unknown(code))
    return agency


def agencies_reached(actor: Actor, action: Action) -> list[str] | None:
    """Return the agencies whose rows stand in a list of the actor, by code: its own and those of its region; ``None`` means all."""
    if reach(actor, action).everything:
        return None
    return [code for _, code, _ in rows_within(actor, action)]


def is_granted(agency: Agency, item: str, *, on: dt.date) -> bool:
    """Tell whether the agency may hand in the item on the day."""
    in_force = Q(valid_until=None) | Q(valid_until__gt=on)
    return agency.grants.filter(in_force, item=item, valid_from__lte=on).exists()


def list_agencies(*, actor: Actor, at: dt.datetime) -> tuple[AgencyView, ...]:
    """Return all agencies with their current names and grants."""
    with deed(actor, Action.VIEW_AGENCIES, Target(), about="agencies", asked={}, at=at) as done:
        found = tuple(
            AgencyView(
                agency.uscc,
                next((held.name for held in agency.names.all() if held.valid_until is None), ""),
                agency.region_code,
                tuple(sorted(grant.item for grant in agency.grants.all() if grant.valid_until is None)),
                agency.kind,
                agency.level,
            )
            for agency in Agency.objects.order_by("uscc").prefetch_related("names", "grants")
        )
        done.result = {"agencies": len(found)}
    return found


def _name(agency: Agency, name: str, on: dt.date) -> None:
    current = agency.names.filter(valid_until=None).first()
    if current is not None and current.name == name:
        return
    if current is not None:
        current.valid_until = max(on, current.valid_from)
        current.save(update_fields=["valid_until"])
    AgencyName.objects.create(agency=agency, name=name, valid_from=on)


def _grant(agency: Agency, item: str, on: dt.date) -> None:
    open_ = agency.grants.filter(item=item, valid_until=None).first()
    if open_ is None:
        Grant.objects.create(agency=agency, item=item, valid_from=on)
    elif on < open_.valid_from:
        open_.valid_from = on
        open_.save(update_fields=["valid_from"])


def _ensure_may_add(code: str, region: str, items: Iterable[str], actor: Actor, at: dt.datetime) -> Target:
    """Ask access about an agency where it is and where it will be, and about its grants; returns where it is, or will be if it is new."""
    known = Agency.objects.filter(uscc=code).first()
    here = Target(agency=code, region=known.region_code if known else region)
    about = f"agency {code}"
    for target in {here, Target(agency=code, region=region or here.region)}:
        ensure_allowed(actor, Action.MANAGE_AGENCIES, target, about=about, at=at)
    for item in items:
        ensure_allowed(actor, Action.GRANT_ITEM, _grant_target(code, region or here.region, item), about=about, at=at)
        _ensure_item_is_for(item, region or here.region)
    return here


def _grant_target(code: str, region: str, item: str) -> Target:
    return Target(agency=code, region=region, item=item, item_region=load(item).latest.region)


def _ensure_item_is_for(item: str, region: str) -> None:
    of = load(item).latest.region
    if of and not inside(region, of):
        raise UnusableCall(_not_here(item, of), item=item)


def _said_by(wrong: XinhengError) -> Text:
    what, why = wrong.explanation.what, wrong.explanation.why
    return Text(f"{what.zh}：{why.zh}", f"{what.en}: {why.en}")


def _ensure_sound(code: str, items: Iterable[str]) -> None:
    if not uscc.is_valid(code):
        raise UnusableCall(_BAD_CODE, code=code)
    for item in items:
        if item not in item_names():
            raise UnusableCall(unknown_item(item))


def unknown_item(item: str) -> Explanation:
    """Return what to tell somebody who names an item that is not in the catalogue."""
    known = "、".join(item_names())
    return Explanation(
        Text(f"目录中没有 {item}", f"The catalogue has no item {item}"),
        Text("未纳入目录的信息不得归集", "nothing outside the catalogue is collected"),
        Text(f"可用目录：{known}（xinheng catalogue list）", f"Items: {known} (xinheng catalogue list)"),
    )


def _unknown(code: str) -> Explanation:
    return Explanation(
        Text(f"未登记的报送单位：{code}", f"The agency {code} is not known"),
        Text("只有登记并获授权的单位可以报送", "only agencies that are registered and granted an item may hand it in"),
        Text(
            f"请先登记：xinheng agencies add {code} --name 单位名称 --grant 目录",
            f"Make it known first: xinheng agencies add {code} --name NAME --grant ITEM",
        ),
    )


_BAD_CODE = Explanation(
    Text("单位代码不正确", "The agency's code is wrong"),
    Text(
        "应为 18 位统一社会信用代码，且校验位正确",
        "it must be an 18-character unified social credit code with a right check digit",
    ),
    Text("请核对单位的统一社会信用代码证书。", "Check it against the agency's certificate."),
)


def _not_here(item: str, region: str) -> Explanation:
    return Explanation(
        Text(f"目录 {item} 不能授予该单位", f"{item} cannot be granted to this agency"),
        Text(f"该目录是 {region} 的补充目录", f"it is a supplementary item of {region}"),
        Text("请授予该地区的单位。", "Grant it to an agency of that region."),
    )


_BAD_ROW = Text(
    "每行须有校验位正确的 18 位统一社会信用代码和单位名称",
    "each row needs an 18-character unified social credit code with a right check digit, and a name",
)
