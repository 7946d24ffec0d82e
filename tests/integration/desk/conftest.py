"""Clerks at the desk: users of two agencies, signed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ..office import Office
from ..sheets import PENALTY
from ..signing_in import signed_in

SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _on_the_day_of_the_province(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the desk's clock show the day on which the small province is seen."""
    from xinheng.web.desk import (
        asking,
        correcting,
        corrections,
        files,
        granting,
        home,
        mending,
        pasting,
        recording,
        searching,
        severity,
        submitting,
    )

    from ..sheets import TODAY

    for module in (
        asking, correcting, corrections, files, granting, home, mending, pasting, recording, searching, severity, submitting,
    ):  # fmt: skip
        monkeypatch.setattr(module, "today", lambda: TODAY)
    monkeypatch.setattr("xinheng.web.signed_in.today", lambda: TODAY)


@pytest.fixture
def sign_in(office: Office) -> SignIn:
    """Return what signs somebody in with a role for an agency or a region (empty: the province), and gives their browser."""

    def as_user(role: str, agency: str = "", region: str = "") -> Client:
        from xinheng.store.models import Agency, RoleAssignment, User

        user = User.objects.create(username=f"{role}-{agency or region or 'all'}", display_name="样例用户")
        held = Agency.objects.get(uscc=agency) if agency else None
        RoleAssignment.objects.create(
            user=user, role=role, agency=held, region_code=region, valid_from=dt.date(2026, 1, 1)
        )
        browser: Client = signed_in(user.username)
        return browser

    return as_user


@pytest.fixture
def clerk(office: Office, sign_in: SignIn) -> Client:
    """Return the browser of a clerk of the agency that the penalty rows are of."""
    return sign_in("data-clerk", office.province.agency)


@pytest.fixture
def stranger(office: Office, sign_in: SignIn) -> Client:
    """Return the browser of a clerk of another agency."""
    return sign_in("data-clerk", office.province.other_agency)


@pytest.fixture
def hand_in(clerk: Client, office: Office) -> Callable[..., Any]:
    """Return what hands a file in at the desk and gives the answer."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    def send(content: bytes, *, name: str = "penalties.csv", **given: str) -> Any:
        target = f"{office.province.agency}/{PENALTY}"
        facts = {"target": target, "full": "no", "act": "submit", **given}
        return clerk.post("/desk/submit/", {**facts, "file": SimpleUploadedFile(name, content)})

    return send
