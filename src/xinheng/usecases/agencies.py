"""Agencies (信息提供单位): who hands in, under which dated names, and which items they are granted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.load import item_names
from xinheng.core.errors import Explanation, Text, UnusableCall, UnusableFile
from xinheng.core.intake.read import open_table
from xinheng.core.standards import uscc
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import Agency, AgencyName, Grant
from xinheng.usecases.deed import deed, ensure_allowed

SHEET = ("uscc", "name", "region")
"""The columns of a sheet of agencies; the last may be missing."""


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
    items, name = tuple(items), mask(name)
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
    """Make all agencies of a sheet (uscc, name, region) known with the given grants; returns how many rows there were.

    All are taken or none: raises ``UnusableFile`` that names the row where a code or a name is wrong.
    """
    sheet, items = list(rows), tuple(items)
    ensure_allowed(actor, Action.MANAGE_AGENCIES, Target(), about="agencies", at=at)
    for number, row in enumerate(sheet, start=2):
        if not uscc.is_valid(row["uscc"]) or not row["name"].strip():
            raise UnusableFile(_bad_row(number, row["uscc"]), row=number)
    with transaction.atomic():
        for row in sheet:
            add_agency(
                row["uscc"], row["name"], region_code=row.get("region", ""), items=items, actor=actor, at=at, on=on
            )
    return len(sheet)


def agency_rows(content: BinaryIO, *, name: str, size: int) -> list[dict[str, str]]:
    """Return the rows of a sheet of agencies as ``load_agencies`` takes them; raises ``UnusableFile``."""
    reader = open_table(content, name=name, size=size)
    places = {field: reader.header.index(field) for field in SHEET if field in reader.header}
    if not {"uscc", "name"} <= places.keys():
        raise UnusableFile(_no_columns(reader.header))
    rows: list[dict[str, str]] = []
    for chunk in (raw.parse() for raw in reader.chunks()):
        if chunk.bad:
            raise UnusableFile(_bad_row(chunk.bad[0].row, ""), row=chunk.bad[0].row)
        columns = [chunk.table.column(place).to_pylist() for place in places.values()]
        rows += [
            {field: (cell or "").strip() for field, cell in zip(places, cells, strict=True)}
            for cells in zip(*columns, strict=True)
        ]
    return rows


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


def _bad_row(row: int, code: str) -> Explanation:
    shown = code or "—"
    return Explanation(
        Text(f"第 {row} 行不能使用：{shown}", f"Row {row} cannot be used: {shown}"),
        Text(
            "每行须有校验位正确的 18 位统一社会信用代码和单位名称",
            "each row needs an 18-character unified social credit code with a right check digit, and a name",
        ),
        Text(
            "请更正该行后重新载入；本次未登记任何单位。", "Mend the row and load the sheet again; none of it was taken."
        ),
    )


def _no_columns(header: tuple[str, ...]) -> Explanation:
    shown = "、".join(header[:12])
    return Explanation(
        Text("没有找到 uscc 列或 name 列", "There is no column uscc, or none called name"),
        Text(f"文件的列：{shown}", f"the file's columns: {shown}"),
        Text("请使用列名 uscc、name、region。", "Call the columns uscc, name and region."),
    )


_BAD_CODE = Explanation(
    Text("单位代码不正确", "The agency's code is wrong"),
    Text(
        "应为 18 位统一社会信用代码，且校验位正确",
        "it must be an 18-character unified social credit code with a right check digit",
    ),
    Text("请核对单位的统一社会信用代码证书。", "Check it against the agency's certificate."),
)
