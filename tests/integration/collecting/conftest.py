"""Two agencies of one city with penalties and registrations to hand in, and people of both."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xinheng.core.access import Actor

from ..office import Office

SINCE = dt.date(2026, 1, 1)
HERE = "320100"


@pytest.fixture
def office(office: Office) -> Office:
    """The office, its agencies in one city."""
    from xinheng.store.models import Agency

    Agency.objects.update(region_code=HERE)
    return office


@pytest.fixture
def person(office: Office) -> Any:
    """Return what makes a user with a role and gives the actor."""

    def made(role: str, agency: str = "", *, region: str = "", on: dt.date = SINCE) -> Actor:
        from xinheng.store.models import Agency, RoleAssignment, User
        from xinheng.usecases.users import actor_named

        user = User.objects.create(username=f"{role}-{agency or region or 'all'}", password="!")
        held = Agency.objects.get(uscc=agency) if agency else None
        RoleAssignment.objects.create(user=user, role=role, agency=held, region_code=region, valid_from=SINCE)
        return actor_named(user.username, on=on)

    return made
