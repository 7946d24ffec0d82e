"""Agencies (信息提供单位): who hands in, under which dated names, and which items they are granted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.load import item_names
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.core.standards import uscc
from xinheng.store.models import Agency, AgencyName, Grant
from xinheng.usecases.deed import deed


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency as it is listed: code, current name, region, granted items."""

    uscc: str
    name: str
    region_code: str
    items: tuple[str, ...]


def add_agency(
    code: str, name: str, *, region_code: str, items: Iterable[str], actor: Actor, at: dt.datetime, on: dt.date
) -> None:
    """Make an agency known or rename it, and grant it items; what is so already stays as it is."""
    items = tuple(items)
    _ensure_sound(code, items)
    asked = {"agency": code, "name": name, "items": list(items)}
    with deed(
        actor,
        Action.MANAGE_AGENCIES,
        Target(agency=code, region=region_code),
        about=f"agency {code}",
        asked=asked,
        at=at,
    ) as done:
        agency, _ = Agency.objects.get_or_create(uscc=code, defaults={"region_code": region_code})
        _name(agency, name, on)
        for item in items:
            _grant(agency, item, on)
        done.result = {"agency": agency.uscc}


def grant_item(code: str, item: str, *, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """Let a known agency hand in an item from today on."""
    _ensure_sound(code, (item,))
    agency = agency_named(code)
    asked = {"agency": code, "item": item}
    with deed(actor, Action.MANAGE_AGENCIES, Target(agency=code), about=f"agency {code}", asked=asked, at=at) as done:
        _grant(agency, item, on)
        done.result = {"granted": item}


def load_agencies(
    rows: Iterable[Mapping[str, str]], *, items: Iterable[str], actor: Actor, at: dt.datetime, on: dt.date
) -> int:
    """Make all agencies of a sheet (uscc, name, region) known with the given grants; returns how many rows there were."""
    count = 0
    for row in rows:
        add_agency(row["uscc"], row["name"], region_code=row.get("region", ""), items=items, actor=actor, at=at, on=on)
        count += 1
    return count


def agency_named(code: str) -> Agency:
    """Return the agency; raises ``UnusableCall`` where it is not known."""
    agency = Agency.objects.filter(uscc=code).first()
    if agency is None:
        raise UnusableCall(_unknown(code))
    return agency


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
