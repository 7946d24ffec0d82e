"""What the tests of the API use: an office with two agencies, a system of each, and calls as those systems."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from ..office import Office
from ..sheets import PENALTY, Row, penalty_sheet

ROOT = "/api/v1"
FORM = "application/x-www-form-urlencoded"


@dataclass
class System:
    """A system of an agency: its account, its secret, and its token once it has one."""

    name: str
    agency: str
    secret: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    token: str = ""

    def signed_on(self, scope: str = "") -> System:
        """Get a token."""
        answer = self.ask_token(scope=scope)
        assert answer.status_code == 200, answer.content
        self.token = answer.json()["access_token"]
        return self

    def ask_token(self, *, scope: str = "", secret: str = "", **more: str) -> Any:
        """Ask for a token with the form."""
        asked = {"grant_type": "client_credentials", "client_id": self.name, "client_secret": secret or self.secret}
        asked |= {"scope": scope} if scope else {}
        return self.client.post(f"{ROOT}/token", urlencode({**asked, **more}), content_type=FORM)

    def get(self, path: str, **parameters: Any) -> Any:
        """Get an address below the root."""
        return self.client.get(ROOT + path, parameters, headers=self._headers())

    def post(self, path: str, content: bytes | dict[str, Any], **how: Any) -> Any:
        """Post to an address below the root."""
        return self.client.post(ROOT + path, content, headers=self._headers(), **how)

    def hand_in(self, *rows: Row, item: str = PENALTY, **parameters: str) -> Any:
        """Hand penalty rows in as the body of a request."""
        asked = "&".join(f"{name}={value}" for name, value in {"item": item, **parameters}.items())
        return self.post(f"/submissions?{asked}", penalty_sheet(*rows), content_type="text/csv")

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def system_of(office: Office, agency: str, name: str, **wanted: Any) -> System:
    """Make a service account and return its system."""
    from xinheng.usecases.services.accounts import Wanted, add_service

    at, day = _now(), dt.date(2026, 1, 1)
    made = add_service(Wanted(name=name, agency=agency, **wanted), actor=office.operator, at=at, on=day)
    return System(name, agency, made.secret)


def _now() -> dt.datetime:
    from xinheng.api.v1.clock import now

    return now()


def finish(number: int) -> Any:
    """Do what the worker does with a submission in line."""
    from xinheng.usecases.intake.queueing import finish_in_line

    return finish_in_line(number, at=_now(), progress=None)


def refusals(action: str = "") -> list[Any]:
    """Return the refusals in the audit log, oldest first."""
    from xinheng.store.models import AuditEvent

    found = AuditEvent.objects.filter(allowed=False).order_by("id")
    return list(found.filter(action=action) if action else found)


@pytest.fixture
def system(office: Office) -> System:
    """A system of the first agency, with a token for everything."""
    return system_of(office, office.province.agency, "first-system").signed_on()


@pytest.fixture
def other(office: Office) -> System:
    """A system of the other agency."""
    return system_of(office, office.province.other_agency, "other-system").signed_on()
