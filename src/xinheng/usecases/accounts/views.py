"""Looking at accounts: whom the actor reaches, with the roles that the actor reaches and no others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from xinheng.core.access import Action, Actor, Target, is_reached, reach
from xinheng.store.models import Cover, RoleAssignment, User
from xinheng.usecases.deed import deed


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role as it is listed; ``until`` is ``None`` where no end is set."""

    role: str
    agency: str
    region: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as it is listed: its name, the person's, whether it is open, its roles, and who stands in for it until when."""

    name: str
    display_name: str
    open: bool
    roles: tuple[RoleView, ...]
    covered_by: tuple[tuple[str, dt.date, dt.date], ...]


def list_accounts(*, actor: Actor, at: dt.datetime, on: dt.date, closed: bool = False) -> tuple[AccountView, ...]:
    """Return the accounts that hold, on the day or later, a role that the actor reaches.

    Who acts for the province sees those without a role as well, and the ``closed`` ones where they are wanted.
    """
    with deed(actor, Action.VIEW_ACCOUNTS, Target(), about="accounts", asked={"closed": closed}, at=at) as done:
        everything = reach(actor, Action.VIEW_ACCOUNTS).everything
        users = User.objects.order_by("username").prefetch_related("assignments__agency", "covered_by__deputy")
        users = users if everything and closed else users.filter(is_active=True)
        views = (view_of(user, actor, on) for user in users)
        found = tuple(view for view in views if view.roles or everything)
        done.result = {"accounts": len(found)}
    return found


def shown_account(one: AccountView) -> dict[str, Any]:
    """Return an account as plain data, for ``--json``."""
    return {
        "name": one.name, "display_name": one.display_name, "open": one.open,
        "roles": [
            {
                "role": held.role, "agency": held.agency, "region": held.region, "since": held.since.isoformat(),
                "until": held.until.isoformat() if held.until else None,
            }
            for held in one.roles
        ],
        "covered_by": [{"by": by, "since": since.isoformat(), "until": until.isoformat()} for by, since, until in one.covered_by],
    }  # fmt: skip


def stood_in_for(username: str, *, on: dt.date) -> tuple[str, ...]:
    """Return the open accounts for which the user may act on the day, by name; for the choice that a page offers."""
    covers = Cover.objects.filter(
        deputy__username=username, principal__is_active=True, valid_from__lte=on, valid_until__gt=on
    )
    return tuple(sorted(set(covers.values_list("principal__username", flat=True))))


def view_of(user: User, actor: Actor, on: dt.date) -> AccountView:
    """Return an account with the roles, held on the day or later, that the actor reaches."""
    roles = tuple(_role(held) for held in user.assignments.all() if not _over(held, on) and _seen(held, actor))
    covers = tuple(
        (one.deputy.username, one.valid_from, one.valid_until) for one in user.covered_by.all() if one.valid_until > on
    )
    return AccountView(user.username, user.display_name, user.is_active, roles, covers)


def _role(held: RoleAssignment) -> RoleView:
    agency = held.agency.uscc if held.agency else ""
    return RoleView(held.role, agency, held.region_code, held.valid_from, held.valid_until)


def _over(held: RoleAssignment, on: dt.date) -> bool:
    return held.valid_until is not None and held.valid_until <= on


def _seen(held: RoleAssignment, actor: Actor) -> bool:
    region = held.agency.region_code if held.agency else held.region_code
    if held.agency is None and not region:  # held for the province: seen by who acts for it
        return reach(actor, Action.VIEW_ACCOUNTS).everything
    return is_reached(actor, Action.VIEW_ACCOUNTS, agency=held.agency.uscc if held.agency else "", region=region)
