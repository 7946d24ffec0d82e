"""The first password: with the code of a letter, once; the account starts over, and the second factor comes at once."""

from __future__ import annotations

import re

import pyotp
import pytest
from django.test import Client

from ..signing_in import signed_in
from .conftest import NEXT, PASSWORD, Clock, Official, account, enter

FIRST = "/sign-in/first-password/"


def letter(clock: Clock, username: str) -> str:
    """Have a letter written by the security administrator, and read the code in it."""
    from xinheng.store.models import User

    if not User.objects.filter(username="security").exists():
        account("security", role="security-administrator")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("xinheng.web.today.now", clock.now)
        page = signed_in("security").post("/sign-in/letters/", {"username": username}).content.decode()
    found = re.search(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}", page)
    assert found, page
    return found[0]


def told(code: str, password: str = NEXT, username: str = "clerk-b") -> dict[str, str]:
    """What the form is filled with."""
    return {"username": username, "code": code, "new": password, "again": password}


def test_a_letter_leads_to_a_password_an_authenticator_and_in(db: None, clock: Clock) -> None:
    account("clerk-b")
    code, browser = letter(clock, "clerk-b"), Client()
    weak = browser.post(FIRST, told(code, "Password1234"))
    assert weak.status_code == 422
    clock.pass_by(seconds=5)
    answer = browser.post(FIRST, told(code.lower().replace("-", " ")))
    assert answer["Location"] == "/sign-in/enrol/"
    page = browser.get("/sign-in/enrol/").content.decode()
    secret = re.search(r'id="secret">([A-Z2-7 ]+)<', page)
    assert secret
    assert "data:image/svg+xml" in page
    shown = pyotp.TOTP(secret[1].replace(" ", "")).at(int(clock.at.timestamp()))
    done = browser.post("/sign-in/enrol/", {"code": shown})
    assert len(set(re.findall(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}", done.content.decode()))) == 10
    assert browser.get("/sign-in/account/").status_code == 200
    assert Client().post(FIRST, told(code)).status_code == 422


def test_a_secret_that_the_security_administrator_handed_over_is_good_once_and_for_three_days(
    db: None, clock: Clock
) -> None:
    from xinheng.store.models import User
    from xinheng.usecases.accounts.secrets import make_secret

    account("clerk-b")
    user = User.objects.get(username="clerk-b")
    old, _ = make_secret(user, clock.at)
    clock.pass_by(hours=73)
    assert Client().post(FIRST, told(old)).status_code == 422
    clock.pass_by(hours=1)
    fresh, kept = make_secret(user, clock.at)
    assert Client().post(FIRST, told(fresh.lower()))["Location"] == "/sign-in/enrol/"
    kept.refresh_from_db()
    assert kept.used_at == clock.at
    assert Client().post(FIRST, told(fresh)).status_code == 422


def test_a_code_is_void_when_it_is_old_or_another_letter_was_written(db: None, clock: Clock) -> None:
    account("clerk-b")
    first, second = letter(clock, "clerk-b"), letter(clock, "clerk-b")
    assert Client().post(FIRST, told(first)).status_code == 422
    clock.pass_by(days=15)
    assert Client().post(FIRST, told(second)).status_code == 422


def test_activating_anew_ends_sessions_and_the_former_authenticator(official: Official, clock: Clock) -> None:
    browser = enter(official, clock)
    code = letter(clock, official.username)
    assert Client().post(FIRST, told(code, NEXT, official.username)).status_code == 302
    assert browser.get("/sign-in/account/").status_code == 302
    answer = Client().post("/sign-in/", {"username": official.username, "password": NEXT})
    assert answer["Location"] == "/sign-in/enrol/"
    assert Client().post("/sign-in/", {"username": official.username, "password": PASSWORD}).status_code == 422


def test_only_the_security_administrator_writes_letters(db: None, clock: Clock) -> None:
    account("clerk-b")
    answer = signed_in("clerk-b").post("/sign-in/letters/", {"username": "clerk-b"})
    assert answer.status_code == 403
    from xinheng.store.models import Activation

    assert not Activation.objects.exists()
