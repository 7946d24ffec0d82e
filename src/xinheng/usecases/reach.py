"""Reach (职责范围): for which agencies somebody may do something. Asked of ``core.access`` agency by agency, so that lists and pages agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xinheng.core.access import Action, Actor, Target, decide
from xinheng.store.models import Agency, AgencyName, User


@dataclass(frozen=True, slots=True)
class Reached:
    """An agency within somebody's reach: its number in the table, its code and region, and its name."""

    pk: int
    uscc: str
    region_code: str
    name: str


def agencies_within(actor: Actor, action: Action) -> tuple[Reached, ...]:
    """Return the agencies for which the actor may do the action, by name."""
    names = agency_names()
    found = (
        Reached(pk, uscc, region, names.get(uscc, uscc))
        for pk, uscc, region in Agency.objects.values_list("pk", "uscc", "region_code")
        if decide(actor, action, Target(agency=uscc, region=region)).allowed
    )
    return tuple(sorted(found, key=lambda one: (one.name, one.uscc)))


def target_of_lists(actor: Actor, action: Action) -> Target:
    """Return what access is asked about a list of what somebody may see: the agency or region of the role that lets them see it."""
    for held in actor.assignments:
        target = Target(agency=held.agency, region=held.region)
        if decide(actor, action, target).allowed:
            return target
    return Target()


def agency_names(codes: Iterable[str] | None = None) -> Mapping[str, str]:
    """Return the current names of agencies by their code: of those asked for, or of all."""
    held = AgencyName.objects.filter(valid_until=None)
    if codes is not None:
        held = held.filter(agency__uscc__in=set(codes))
    return dict(held.values_list("agency__uscc", "name"))


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in, as the frame of every page says: name, and for whom they act (agencies by name; empty: no agency's)."""

    name: str
    agencies: tuple[str, ...]


def me(actor: Actor) -> Me:
    """Return how to name somebody who acts."""
    shown = User.objects.filter(username=actor.name).values_list("display_name", flat=True).first()
    codes = [held.agency for held in actor.assignments if held.agency]
    names = agency_names(codes) if codes else {}
    return Me(shown or actor.name, tuple(dict.fromkeys(names.get(code, code) for code in codes)))
