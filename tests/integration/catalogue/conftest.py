"""People of the yearly cycle: two operators of the centre, managers and clerks, at the desk; what a test signs is forgotten after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from xinheng.core.access import Actor

from ..office import Office
from ..sheets import TODAY
from ..signing_in import signed_in

ActorOf = Callable[..., Actor]
Browser = Callable[..., Client]


@pytest.fixture(autouse=True)
def _on_the_day_of_the_province(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the desk's clock show the day on which the small province is seen."""
    from xinheng.web.desk import granting, submitting
    from xinheng.web.desk.catalogue import drafting, grants, items, years
    from xinheng.web.desk.profiles import editing, making, showing

    for module in (granting, submitting, drafting, grants, items, years, editing, making, showing):
        monkeypatch.setattr(module, "today", lambda: TODAY)
        if hasattr(module, "now"):
            monkeypatch.setattr(module, "now", lambda: Office.at(TODAY))
    monkeypatch.setattr("xinheng.web.signed_in.today", lambda: TODAY)


@pytest.fixture(autouse=True)
def _forgotten_afterwards() -> Iterator[None]:
    """Let this process forget what a test signed: its transaction is undone."""
    from xinheng.core.catalogue.load import know_signed
    from xinheng.usecases.catalogue.signed import _KNOWN

    yield
    know_signed(())
    _KNOWN.stamp, _KNOWN.looked = 0, float("-inf")


@pytest.fixture
def person(office: Office) -> ActorOf:
    """Return what makes a person with a role (for an agency, for a region, or for the province) and gives who acts."""

    def made(role: str, *, agency: str = "", region: str = "", name: str = "") -> Actor:
        from xinheng.store.models import Agency, RoleAssignment, User
        from xinheng.usecases.users import actor_named

        username = name or f"{role}-{agency or region or 'all'}"
        user, new = User.objects.get_or_create(
            username=username, defaults={"display_name": "样例用户", "password": "!"}
        )
        if new:
            held = Agency.objects.get(uscc=agency) if agency else None
            RoleAssignment.objects.create(
                user=user, role=role, agency=held, region_code=region, valid_from=dt.date(2026, 1, 1)
            )
        return actor_named(username, on=TODAY)

    return made


@pytest.fixture
def browser(person: ActorOf) -> Browser:
    """Return what signs such a person in and gives their browser."""

    def of(role: str, **where: Any) -> Client:
        client: Client = signed_in(person(role, **where).name)
        return client

    return of
