"""One agency (单位详情): its dated names, where it stands in the tree, what it may hand in, and who works for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from xinheng.core.access import Action, Actor, Target, decide, is_reached
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.store.models import Agency, AgencyName, AgencySupervision, Grant, RoleAssignment
from xinheng.usecases.accounts.people import not_over
from xinheng.usecases.deed import deed
from xinheng.usecases.reach import agency_names


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that holds from a day to another, which is no longer part of it: a name, a supervising agency (its code), a granted item."""

    value: str
    name: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who holds a role for the agency."""

    account: str
    display_name: str
    role: str


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """An agency with what the reader may see; ``people`` is ``None`` for who may not see them. ``below`` are those that it supervises now."""

    uscc: str
    name: str
    region: str
    kind: str
    level: str
    names: tuple[Dated, ...]
    above: tuple[Dated, ...]
    below: tuple[Dated, ...]
    grants: tuple[Dated, ...]
    people: tuple[Worker, ...] | None
    may_manage: bool
    may_grant: bool


def view_agency(code: str, *, actor: Actor, at: dt.datetime, on: dt.date) -> AgencyPage:
    """Return an agency; raises ``Missing`` or ``Refused``. Agencies are no secret among officials; who works for one is, beyond one's reach."""
    with deed(actor, Action.VIEW_AGENCIES, Target(), about=f"agency {code}", asked={"agency": code}, at=at) as done:
        agency = Agency.objects.filter(uscc=code).first()
        if agency is None:
            raise Missing(_NONE, agency=code)
        target = Target(agency=agency.uscc, region=agency.region_code)
        sees = is_reached(actor, Action.VIEW_ACCOUNTS, agency=agency.uscc, region=agency.region_code)
        manages = decide(actor, Action.MANAGE_AGENCIES, target).allowed
        done.result = {"agency": agency.uscc}
    names = _names(agency)
    return AgencyPage(
        uscc=agency.uscc, name=next((one.value for one in names if one.until is None), agency.uscc), region=agency.region_code, kind=agency.kind,
        level=agency.level, names=names, above=_above(agency), below=_below(agency, on), grants=_grants(agency),
        people=_people(agency, on) if sees else None, may_manage=manages, may_grant=manages and _may_grant(actor, target),
    )  # fmt: skip


def _may_grant(actor: Actor, target: Target) -> bool:
    """Tell whether the actor may grant the agency an item of its own region, or any; which, ``grant_item`` says."""
    return decide(actor, Action.GRANT_ITEM, Target(target.agency, target.region, item_region=target.region)).allowed


def _names(agency: Agency) -> tuple[Dated, ...]:
    held = AgencyName.objects.filter(agency=agency).order_by("-valid_from", "-id")
    return tuple(Dated(one.name, one.name, one.valid_from, one.valid_until) for one in held)


def _above(agency: Agency) -> tuple[Dated, ...]:
    held = AgencySupervision.objects.filter(agency=agency).select_related("parent").order_by("-valid_from", "-id")
    names = agency_names([one.parent.uscc for one in held])
    return tuple(
        Dated(one.parent.uscc, names.get(one.parent.uscc, one.parent.uscc), one.valid_from, one.valid_until)
        for one in held
    )


def _below(agency: Agency, on: dt.date) -> tuple[Dated, ...]:
    current = Q(valid_until=None) | Q(valid_until__gt=on)
    held = AgencySupervision.objects.filter(current, parent=agency, valid_from__lte=on).select_related("agency")
    names = agency_names([one.agency.uscc for one in held])
    found = (
        Dated(one.agency.uscc, names.get(one.agency.uscc, one.agency.uscc), one.valid_from, one.valid_until)
        for one in held
    )
    return tuple(sorted(found, key=lambda one: one.name))


def _grants(agency: Agency) -> tuple[Dated, ...]:
    held = Grant.objects.filter(agency=agency).order_by("item", "-valid_from")
    return tuple(Dated(one.item, one.item, one.valid_from, one.valid_until) for one in held)


def _people(agency: Agency, on: dt.date) -> tuple[Worker, ...]:
    held = RoleAssignment.objects.filter(not_over(on), agency=agency, user__is_active=True, user__service=None)
    rows = held.order_by("user__username", "role").values_list("user__username", "user__display_name", "role")
    return tuple(Worker(*row) for row in rows)


_NONE = Explanation(
    Text("没有这个单位", "There is no such agency"),
    Text("代码不正确，或者单位尚未登记", "the code is wrong, or the agency is not known yet"),
    Text("请在单位列表中选择。", "Please choose it from the list of agencies."),
)
