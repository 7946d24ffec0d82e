"""The directory of accounts (账号名录): whom the actor reaches, a page at a time, as the desk shows and exports them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from xinheng.core.access import Action, Actor, Target, is_reached, reach
from xinheng.store.models import RoleAssignment, User
from xinheng.usecases.accounts.people import not_over
from xinheng.usecases.accounts.views import RoleView, view_of
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.listing import Listed, Wanted
from xinheng.usecases.reach import agency_names, rows_within

OPEN, NOT_ACTIVATED, CLOSED = "open", "not-activated", "closed"
STATES = (OPEN, NOT_ACTIVATED, CLOSED)
"""How an account stands: it may be used, nobody has set its first password yet, it is closed."""
_ORDERS = {"name": "username", "person": "display_name", "last": "last"}
_NO_PASSWORD = "!"  # noqa: S105 - how Django writes that there is none


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as it is listed; ``roles`` are those that the reader reaches, ``last`` is when its owner last signed in."""

    name: str
    display_name: str
    state: str
    roles: tuple[RoleView, ...]
    last: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Directory:
    """A page of accounts, and the names of the agencies that stand in it by code."""

    listed: Listed[AccountRow]
    agencies: Mapping[str, str]


def page_of_accounts(wanted: Wanted, *, actor: Actor, at: dt.datetime, on: dt.date) -> Directory:
    """Return a part of the accounts that the actor reaches. Filters: ``q`` (account, person, agency), ``role``, ``agency`` (code), ``state``."""
    asked = {"filters": dict(wanted.filters), "offset": wanted.offset, "limit": wanted.limit}
    with deed(actor, Action.VIEW_ACCOUNTS, Target(), about="accounts", asked=asked, at=at) as done:
        found = _filtered(reached_users(actor, on), wanted.filters, on)
        total = found.count()
        users = _ordered(found, wanted)[wanted.offset : wanted.offset + wanted.limit]
        views = (
            view_of(user, actor, on) for user in users.prefetch_related("assignments__agency", "covered_by__deputy")
        )
        rows = tuple(
            AccountRow(view.name, view.display_name, state_of(user), view.roles, getattr(user, "last", None))
            for user, view in zip(users, views, strict=True)
        )
        done.result = {"accounts": total}
    codes = {held.agency for row in rows for held in row.roles if held.agency}
    return Directory(Listed(total, rows), agency_names(codes))


def reached_users(actor: Actor, on: dt.date) -> QuerySet[User]:
    """Return the people's accounts with a role, held on the day or later, that the actor reaches; of the province all, the closed ones too.

    Accounts of systems are no people's: they are listed as service accounts.
    """
    people = User.objects.filter(service=None)
    if reach(actor, Action.VIEW_ACCOUNTS).everything:
        return people
    agencies = [pk for pk, _, _ in rows_within(actor, Action.VIEW_ACCOUNTS)]
    current = RoleAssignment.objects.filter(not_over(on))
    held = current.filter(Q(agency__in=agencies) | Q(agency=None, region_code__in=_regions(actor, current)))
    return people.filter(is_active=True, pk__in=held.values("user"))


def state_of(user: User) -> str:
    """Return how an account stands, one of ``STATES``."""
    if not user.is_active:
        return CLOSED
    return NOT_ACTIVATED if user.password.startswith(_NO_PASSWORD) or not user.password else OPEN


def _regions(actor: Actor, current: QuerySet[RoleAssignment]) -> list[str]:
    codes: Iterable[str] = current.filter(agency=None).exclude(region_code="").values_list("region_code", flat=True)
    return [code for code in set(codes) if is_reached(actor, Action.VIEW_ACCOUNTS, agency="", region=code)]


def _filtered(users: QuerySet[User], filters: Mapping[str, str], on: dt.date) -> QuerySet[User]:
    words, role, agency, state = (filters.get(name, "") for name in ("q", "role", "agency", "state"))
    held = RoleAssignment.objects.filter(not_over(on))
    if words:
        named = held.filter(agency__names__name__contains=words, agency__names__valid_until=None)
        users = users.filter(
            Q(username__contains=words.lower()) | Q(display_name__contains=words) | Q(pk__in=named.values("user"))
        )
    if role:
        users = users.filter(pk__in=held.filter(role=role).values("user"))
    if agency:
        users = users.filter(pk__in=held.filter(agency__uscc=agency).values("user"))
    if state == CLOSED:
        return users.filter(is_active=False)
    users = users.filter(is_active=True)
    no_password = Q(password__startswith=_NO_PASSWORD) | Q(password="")
    if state == NOT_ACTIVATED:
        return users.filter(no_password)
    return users.exclude(no_password) if state == OPEN else users


def _ordered(users: QuerySet[User], wanted: Wanted) -> QuerySet[User]:
    users = users.annotate(last=Max("sign_ins__signed_in_at"))
    order = _ORDERS.get(wanted.order, "username")
    return users.order_by(f"-{order}" if wanted.descending else order, "username")
