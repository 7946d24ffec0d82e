"""A department with a clerk, a reviewer and a manager, another department, and a record of the first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from xinheng.core.access import Actor

from ..office import Office
from ..sheets import TODAY
from ..signing_in import signed_in

SINCE = dt.date(2026, 1, 1)


class Department:
    """People who ask and approve, by name; ``code`` and ``key`` are of the record that they deal with."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.row = office.province.penalty()
        self.code = self.row["CF_XDR_SHXYM"]
        ours, theirs = office.province.agency, office.province.other_agency
        for name, role, agency in (
            ("li", "data-clerk", ours), ("zhou", "reviewer", ours), ("chen", "department-manager", ours),
            ("wu", "department-manager", theirs), ("sun", "data-clerk", theirs), ("qian", "centre-operator", ""),
        ):  # fmt: skip
            self.person(name, role, agency)
        office.hand_in(self.row)

    @property
    def at(self) -> dt.datetime:
        """The moment of everything here."""
        return self.office.at(TODAY)

    @property
    def key(self) -> str:
        """The record's key."""
        from xinheng.store.models import Subject
        from xinheng.store.queries.records import standing_records

        (record,) = standing_records(Subject.objects.get(uscc=self.code).pk, as_of=TODAY)
        return record.record_key

    def person(self, name: str, role: str, agency: str = "") -> Any:
        """Make an account with a role."""
        from xinheng.store.models import Agency, RoleAssignment, User

        user = User.objects.create(username=name, password="!")
        held = Agency.objects.get(uscc=agency) if agency else None
        RoleAssignment.objects.create(user=user, role=role, agency=held, valid_from=SINCE)
        return user

    def actor(self, name: str, on_behalf_of: str = "") -> Actor:
        """Return somebody as one who acts."""
        from xinheng.usecases.users import actor_named

        return actor_named(name, on=TODAY, on_behalf_of=on_behalf_of)

    def browser(self, name: str) -> Client:
        """Sign somebody in."""
        browser: Client = signed_in(name, raise_request_exception=False)
        return browser

    def covers(self, deputy: str, principal: str) -> None:
        """Have somebody stand in for a colleague."""
        from xinheng.store.models import Cover, User

        one, other = User.objects.get(username=deputy), User.objects.get(username=principal)
        until = TODAY + dt.timedelta(days=9)
        Cover.objects.create(deputy=one, principal=other, reason="休假", valid_from=SINCE, valid_until=until)

    def ask(self, name: str = "li", on_behalf_of: str = "") -> int:
        """Ask for the withdrawal of the record."""
        from xinheng.usecases.corrections.asking import ask_withdrawal

        actor = self.actor(name, on_behalf_of)
        return ask_withdrawal(self.code, self.key, reason="行政复议撤销", actor=actor, at=self.at, on=TODAY)

    def mend(self, name: str = "li", **changes: str) -> tuple[int | None, Any]:
        """Ask for a correction: the record's own cells with some changed."""
        from xinheng.core.catalogue.load import load
        from xinheng.usecases.corrections.asking import ask_correction
        from xinheng.usecases.corrections.cells import cells_of

        (record,) = [one for one in self.office.records(self.code) if one.record_key == self.key]
        cells = {**cells_of(record.fields, load(record.item).at(TODAY)), **changes}
        actor = self.actor(name)
        return ask_correction(self.code, self.key, cells, reason="录入有误", actor=actor, at=self.at, on=TODAY)

    def approve(self, number: int, name: str = "zhou", on_behalf_of: str = "") -> None:
        """Approve a request."""
        from xinheng.usecases.corrections.deciding import approve

        approve(number, actor=self.actor(name, on_behalf_of), at=self.at, on=TODAY)

    def take_back(self, number: int, name: str) -> None:
        """Take a request back."""
        from xinheng.usecases.corrections.asking import take_back

        take_back(number, actor=self.actor(name), at=self.at)

    def look(self, name: str) -> Any:
        """Look at the file."""
        return self.office.file(self.code, actor=self.actor(name))


@pytest.fixture(autouse=True)
def _on_the_day_of_the_province(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the desk's clock show the day on which the small province is seen."""
    from xinheng.web.desk import correcting, corrections, files, granting

    for module in (correcting, corrections, files, granting):
        monkeypatch.setattr(module, "today", lambda: TODAY)
    monkeypatch.setattr("xinheng.web.signed_in.today", lambda: TODAY)


@pytest.fixture
def department(office: Office) -> Department:
    """Return the department with its record."""
    return Department(office)
