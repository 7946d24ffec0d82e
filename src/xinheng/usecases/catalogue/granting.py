"""Grants (授权归集): which items an agency may hand in from which day to which, in the reach of whoever looks or decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from xinheng.core.access import Action, Actor, Target, decide
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.store.models import Agency, Grant
from xinheng.usecases.deed import deed
from xinheng.usecases.reach import Reached, agencies_within, agency_names


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant as it is shown: the item, from which day to which (half-open), whether it is in force, and whether the reader may end it."""

    item: str
    title: Text
    valid_from: dt.date
    valid_until: dt.date | None
    in_force: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class GrantsView:
    """An agency with all its grants, past ones included, and the items that the reader may still grant it."""

    agency: Reached
    rows: tuple[GrantRow, ...]
    grantable: tuple[str, ...]


def granted_to(item: str, *, actor: Actor, on: dt.date) -> tuple[Reached, ...]:
    """Return the agencies that may hand an item in on the day, of those whose submissions the actor may see, by name."""
    reached = {one.pk: one for one in agencies_within(actor, Action.VIEW_SUBMISSIONS)}
    in_force = Q(valid_until=None) | Q(valid_until__gt=on)
    held = Grant.objects.filter(in_force, item=item, valid_from__lte=on, agency_id__in=reached)
    return tuple(one for pk, one in reached.items() if pk in set(held.values_list("agency_id", flat=True)))


def agencies_granted(*, actor: Actor, at: dt.datetime, on: dt.date) -> tuple[tuple[Reached, int], ...]:
    """Return the agencies in the actor's reach, each with how many items it may hand in on the day."""
    with deed(actor, Action.VIEW_SUBMISSIONS, Target(), about="grants", asked={}, at=at) as done:
        reached = agencies_within(actor, Action.VIEW_SUBMISSIONS)
        in_force = Q(valid_until=None) | Q(valid_until__gt=on)
        held = Grant.objects.filter(in_force, valid_from__lte=on, agency_id__in=[one.pk for one in reached])
        counts: dict[int, set[str]] = {}
        for agency, item in held.values_list("agency_id", "item"):
            counts.setdefault(agency, set()).add(item)
        done.result = {"agencies": len(reached)}
    return tuple((one, len(counts.get(one.pk, ()))) for one in reached)


def view_grants(code: str, *, actor: Actor, at: dt.datetime, on: dt.date) -> GrantsView:
    """Return an agency's grants and their history; raises ``Missing`` for an agency outside the actor's reach, as for what there is not."""
    agency = _reached(code, actor)
    target = Target(agency=agency.uscc, region=agency.region_code)
    with deed(actor, Action.VIEW_SUBMISSIONS, target, about=f"grants of {code}", asked={"agency": code}, at=at) as done:
        held = Grant.objects.filter(agency=agency).order_by("item", "-valid_from", "-id")
        rows = tuple(_row(grant, agency, actor, on) for grant in held)
        open_ = {row.item for row in rows if row.valid_until is None}
        done.result = {"grants": len(rows)}
    grantable = tuple(name for name in item_names() if name not in open_ and _may(name, agency, actor))
    names = agency_names([code])
    return GrantsView(Reached(agency.pk, code, agency.region_code, names.get(code, code)), rows, grantable)


def end_grant(code: str, item: str, *, until: dt.date, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """End an agency's open grant: ``until`` is the first day on which it may not hand the item in. Raises ``Missing``, ``UnusableCall``, ``Refused``."""
    agency = Agency.objects.filter(uscc=code).first()
    region = agency.region_code if agency else ""
    target = Target(agency=code, region=region, item=item, item_region=_region_of(item))
    with deed(
        actor, Action.GRANT_ITEM, target, about=f"agency {code}", asked={"agency": code, "item": item, "until": until.isoformat()}, at=at
    ) as done:  # fmt: skip
        grant = Grant.objects.select_for_update().filter(agency__uscc=code, item=item, valid_until=None).first()
        if grant is None:
            raise Missing(_NO_GRANT)
        if until < max(on, grant.valid_from):
            raise UnusableCall(_PAST)
        grant.valid_until = until
        grant.save(update_fields=["valid_until"])
        done.result = {"ended": item, "until": until.isoformat()}


def _reached(code: str, actor: Actor) -> Agency:
    agency = Agency.objects.filter(uscc=code).first()
    if agency is None or not _sees(agency, actor):
        raise Missing(_NO_AGENCY)
    return agency


def _sees(agency: Agency, actor: Actor) -> bool:
    return decide(actor, Action.VIEW_SUBMISSIONS, Target(agency=agency.uscc, region=agency.region_code)).allowed


def _may(item: str, agency: Agency, actor: Actor) -> bool:
    target = Target(agency=agency.uscc, region=agency.region_code, item=item, item_region=_region_of(item))
    return decide(actor, Action.GRANT_ITEM, target).allowed


def _region_of(item: str) -> str:
    return load(item).latest.region if item in item_names() else ""


def _row(grant: Grant, agency: Agency, actor: Actor, on: dt.date) -> GrantRow:
    latest = load(grant.item).latest if grant.item in item_names() else None
    title = Text(latest.title, latest.title_en) if latest else Text(grant.item, grant.item)
    until = grant.valid_until
    in_force = grant.valid_from <= on and (until is None or on < until)
    return GrantRow(
        grant.item, title, grant.valid_from, until, in_force, until is None and _may(grant.item, agency, actor)
    )


_NO_AGENCY = Explanation(
    Text("没有这个单位", "There is no such agency"),
    Text("代码可能有误，或者该单位不在您的职责范围内", "the code may be wrong, or the agency is outside your remit"),
    Text("请在授权页面选择单位。", "Choose an agency on the page of grants."),
)
_NO_GRANT = Explanation(
    Text("没有可以终止的授权", "There is no grant to end"),
    Text("该单位未获授权，或者授权已经终止", "the agency has none, or it was ended"),
    Text("请查看该单位的授权。", "See the grants of the agency."),
)
_PAST = Explanation(
    Text("终止日期不正确", "The day is wrong"),
    Text("不得早于今天，也不得早于授权之日", "it is neither before today nor before the grant began"),
    Text("请改为今天或者以后的日期。", "Take today or a later day."),
)
