"""Officials who sign in: made-up people, a clock that a test moves, and a quick hasher (what argon2 costs is not what is tested)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pyotp
import pytest
from django.test import Client

PASSWORD = "kestrel-muddy-91-lantern"
NEXT = "otter-brisk-47-harbour"
CLOCKED = (
    "xinheng.web.signed_in", "xinheng.web.sign_in.steps", "xinheng.web.sign_in.entering", "xinheng.web.sign_in.first_password",
    "xinheng.web.sign_in.account", "xinheng.web.sign_in.letters", "xinheng.web.sign_in.unified", "xinheng.web.simulated_identity.views",
)  # fmt: skip


@dataclass
class Clock:
    """The clock of the pages; ``pass_by`` moves it."""

    at: dt.datetime = field(default_factory=lambda: dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC))

    def now(self) -> dt.datetime:
        """The moment."""
        return self.at

    def today(self) -> dt.date:
        """The day."""
        return self.at.date()

    def pass_by(self, **how: float) -> None:
        """Let time pass."""
        self.at += dt.timedelta(**how)


@dataclass
class Official:
    """A made-up official with an account, and what they hold in their hands."""

    username: str
    secret: str = ""
    codes: tuple[str, ...] = ()

    def code(self, clock: Clock) -> str:
        """What their authenticator shows."""
        return pyotp.TOTP(self.secret).at(int(clock.at.timestamp()))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock in place of the machine's."""
    import importlib

    moved = Clock()
    for name in CLOCKED:
        module = importlib.import_module(name)
        for what in ("now", "today"):
            if hasattr(module, what):
                monkeypatch.setattr(module, what, getattr(moved, what))
    return moved


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def account(username: str, *, role: str = "data-clerk") -> None:
    """Make an account without a password."""
    from xinheng.store.models import RoleAssignment, User

    user = User(username=username, display_name="演示人员甲")
    user.set_unusable_password()
    user.save()
    RoleAssignment.objects.create(user=user, role=role, valid_from=dt.date(2026, 1, 1))


@pytest.fixture
def official(db: None, clock: Clock) -> Official:
    """An official who has a password and an authenticator."""
    from xinheng.store.models import User
    from xinheng.usecases.sign_on.passwords import set_password
    from xinheng.usecases.sign_on.second_factor import begin_enrolment, confirm_enrolment

    account("clerk-a")
    set_password(User.objects.get(username="clerk-a"), PASSWORD, at=clock.at)
    one = Official("clerk-a", begin_enrolment("clerk-a", at=clock.at).secret)
    one.codes = confirm_enrolment("clerk-a", one.code(clock), address="127.0.0.1", at=clock.at)
    clock.pass_by(minutes=5)
    return one


def enter(official: Official, clock: Clock, *, asked: str = "", client: Client | None = None) -> Client:
    """Walk through the pages to the end."""
    browser = client or Client()
    first = browser.post("/sign-in/", {"username": official.username, "password": PASSWORD, "next": asked})
    assert first.status_code == 302, first.content.decode()
    second = browser.post(first["Location"], {"code": official.code(clock)})
    assert second.status_code == 302, second.content.decode()
    clock.pass_by(minutes=2)
    return browser


def events() -> list[tuple[str, str, bool]]:
    """What the audit log was told of signing in: who, what, allowed."""
    from xinheng.store.models import AuditEvent

    return list(AuditEvent.objects.order_by("id").values_list("actor", "action", "allowed"))
