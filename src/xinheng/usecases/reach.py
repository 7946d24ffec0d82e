"""Reach (职责范围): for which agencies somebody may do something. Asked of ``core.access``, so that lists and pages agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xinheng.core.access import Action, Actor, is_reached, reach
from xinheng.store.models import Agency, AgencyName, User
from xinheng.store.queries.agencies import names_of


@dataclass(frozen=True, slots=True)
class Reached:
    """An agency within somebody's reach: its number in the table, its code and region, and its name."""

    pk: int
    uscc: str
    region_code: str
    name: str


def agencies_within(actor: Actor, action: Action) -> tuple[Reached, ...]:
    """Return the agencies for which the actor may do the action, by name."""
    found = rows_within(actor, action)
    names = agency_names([uscc for _, uscc, _ in found])
    agencies = (Reached(pk, uscc, region, names.get(uscc, uscc)) for pk, uscc, region in found)
    return tuple(sorted(agencies, key=lambda one: (one.name, one.uscc)))


def rows_within(actor: Actor, action: Action) -> list[tuple[int, str, str]]:
    """Return number, code and region of the agencies for which the actor may do the action.

    Only those are looked at that a role could extend to: a clerk's page does not ask about the thousands of agencies of a province.
    """
    far, known = reach(actor, action), Agency.objects.values_list("pk", "uscc", "region_code")
    if far.everything:
        return list(known)
    if not far.regions:
        known = known.filter(uscc__in=far.agencies)
    return [row for row in known if is_reached(actor, action, agency=row[1], region=row[2])]


def agency_names(codes: Iterable[str] | None = None) -> Mapping[str, str]:
    """Return the current names of agencies by their code: of those asked for, or of all."""
    if codes is not None:
        return names_of(codes)
    return dict(AgencyName.objects.filter(valid_until=None).values_list("agency__uscc", "name"))


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in, as the frame of every page says: name, and for whom they act (agencies by name; empty: no agency's).

    ``acts_for`` is the colleague in whose name they act, empty where they act in their own.
    """

    name: str
    agencies: tuple[str, ...]
    acts_for: str = ""


def me(actor: Actor, shown_name: str) -> Me:
    """Return how to name somebody who acts, and who is shown under a name that is known already."""
    codes = [held.agency for held in actor.assignments if held.agency]
    names = agency_names(codes) if codes else {}
    agencies = tuple(dict.fromkeys(names.get(code, code) for code in codes))
    return Me(shown_name or actor.name, agencies, _named(actor.on_behalf_of) if actor.on_behalf_of else "")


def _named(username: str) -> str:
    shown = User.objects.filter(username=username).values_list("display_name", flat=True).first()
    return f"{shown}（{username}）" if shown else username
