"""Two officials who have said where they are reached, and a subject with a representative."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ..office import Office
from ..sheets import TODAY
from ..signing_in import signed_in
from . import mail_server, sms_gateway

SINCE = dt.date(2026, 1, 1)


class People:
    """Who gets messages: clerks of two agencies, and the representative of a subject; their contacts are made up."""

    def __init__(self, office: Office) -> None:
        from xinheng.usecases.me.grants import accept_representative

        self.office = office
        self.clerk = self.person("data-clerk", office.province.agency, "li")
        self.other = self.person("data-clerk", office.province.other_agency, "wu")
        self.head = self.person("", "", "head")
        self.code = office.province.penalty()["CF_XDR_SHXYM"]
        accept_representative(
            self.code, "head", name="某", evidence="window", actor=office.operator, at=office.at(SINCE), on=SINCE
        )

    def person(self, role: str, agency: str, name: str) -> Any:
        """Make an account with a role and a contact."""
        from xinheng.store.models import Agency, RoleAssignment, User

        user = User.objects.create(username=name, display_name="样例人员", password="!")
        if role:
            held = Agency.objects.get(uscc=agency) if agency else None
            RoleAssignment.objects.create(user=user, role=role, agency=held, valid_from=SINCE)
        return user

    def actor(self, user: Any) -> Any:
        """Return a person as one who acts."""
        from xinheng.usecases.users import actor_named

        return actor_named(user.username, on=TODAY)

    def reached(self, user: Any, mail: str = "li@office.example", telephone: str = "13900000000") -> None:
        """Say where a person is reached."""
        from xinheng.usecases.notices.contacts import ContactView, keep_contact

        contact, at = ContactView(mail, telephone), self.office.at(TODAY)
        keep_contact(user.username, contact, actor=self.actor(user), at=at, on=TODAY)

    def browser(self, user: Any) -> Client:
        """Sign a person in."""
        browser: Client = signed_in(user.username, raise_request_exception=False)
        return browser


@pytest.fixture
def people(office: Office, settings: Any, tmp_path: Path) -> People:
    """Return who gets messages; what goes out by default lands in the test's own folder."""
    settings.OUTGOING = tmp_path / "outgoing"
    return People(office)


@pytest.fixture
def gateway() -> Iterator[sms_gateway.Gateway]:
    """Return a running gateway for text messages."""
    with sms_gateway.running() as running:
        yield running


@pytest.fixture
def post() -> Iterator[mail_server.MailServer]:
    """Return a running mail server."""
    with mail_server.running() as running:
        yield running
