"""A natural person signs in by the unified sign-on, sees its own records and who looked, and nothing of its number is kept by it anywhere."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from xinheng.core.sample.codes import identity_number
from xinheng.web.simulated_identity.codes import IN_THE_SAMPLE

from ..office import Office
from ..persons.people import NAME, person, table_contents
from ..sheets import TODAY
from .conftest import Clock
from .test_unified_identity import PLACE, provider, walk

__all__ = ["provider"]
ONE, TWO = "simulated-person-1", "simulated-person-2"
OWN = ("/me/", "/me/own/looks/", "/me/own/messages/")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Clock:
    """The clock of all pages that a person opens, on the day of the small province; and a key ring of the test's own."""
    settings.KEYS = tmp_path / "keys"
    clock = Clock(Office.at(TODAY))
    for module in (
        "signed_in",
        "sign_in.steps",
        "sign_in.unified",
        "me.views",
        "me.person",
        "simulated_identity.views",
    ):
        monkeypatch.setattr(f"xinheng.web.{module}.now", clock.now)
        if module not in ("sign_in.unified", "simulated_identity.views"):
            monkeypatch.setattr(f"xinheng.web.{module}.today", lambda: clock.now().date())
    return clock


def look(office: Office, matter: str) -> None:
    from xinheng.usecases.persons.viewing import view_person

    view_person(
        "身份证", identity_number(IN_THE_SAMPLE), matter=matter, actor=office.operator, at=office.at(TODAY), on=TODAY
    )


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_person_sees_its_own_records_masked_and_who_looked(provider: None, office: Office, clock: Clock) -> None:
    office.hand_in(person(office.province, IN_THE_SAMPLE), person(office.province, 2))
    for matter in ("penalty-case", "criminal-evidence"):
        look(office, matter)
    browser = Client(**PLACE)
    assert walk(browser, ONE)["Location"] == "/me/"
    page = text(browser.get("/me/"))
    number = identity_number(IN_THE_SAMPLE)
    assert f"人罚〔2026〕{IN_THE_SAMPLE}号" in page
    assert "人罚〔2026〕2号" not in page
    assert number not in page
    assert NAME not in page
    assert "样***" in page
    whole = browser.post("/me/own/whole/")
    assert number in text(whole)
    assert NAME in text(whole)
    assert "no-store" in whole["Cache-Control"]
    looks = text(browser.get("/me/own/looks/"))
    assert "办理行政处罚案件" in looks
    assert "依法调取证据" not in looks
    assert "公共信用信息中心" in looks
    assert "operator" not in looks
    assert "查看了您的记录" in text(browser.get("/me/own/messages/"))


def test_nothing_of_the_number_is_kept_by_signing_in(
    provider: None, office: Office, clock: Clock, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    from django.contrib.sessions.models import Session

    office.hand_in(person(office.province, IN_THE_SAMPLE))
    browser = Client(**PLACE)
    walk(browser, ONE)
    addresses = [browser.get(address).request["PATH_INFO"] for address in OWN]
    browser.post("/me/own/whole/")
    held = [session.get_decoded() for session in Session.objects.all()]
    assert {"person": True} in held
    number = identity_number(IN_THE_SAMPLE)
    told = str(held) + str(addresses) + caplog.text + "".join(capfd.readouterr())
    assert number not in told
    assert NAME not in told
    assert [name for name, content in table_contents() if number.encode() in content or NAME.encode() in content] == []


def test_who_has_no_records_is_told_calmly_what_that_covers(provider: None, office: Office, clock: Clock) -> None:
    from xinheng.store.models import AuditEvent

    office.hand_in(person(office.province, IN_THE_SAMPLE))
    browser = Client(**PLACE)
    walk(browser, TWO)
    page = text(browser.get("/me/"))
    assert "没有关于您的记录" in page
    assert "行政处罚" in page
    assert "2026年" in page
    for address in OWN[1:]:
        assert browser.get(address).status_code == 200
    assert AuditEvent.objects.filter(actor="a person", target="a person of whom nothing is kept", allowed=True).exists()


def test_a_person_has_no_account_and_reaches_nothing_but_its_own_pages(
    provider: None, office: Office, clock: Clock
) -> None:
    office.hand_in(person(office.province, IN_THE_SAMPLE), office.province.penalty())
    code = office.province.penalty()["CF_XDR_SHXYM"]
    browser = Client(**PLACE)
    walk(browser, ONE)
    for address in (
        "/desk/",
        "/sign-in/account/",
        "/sign-in/letters/",
        f"/me/{code}/",
        "/desk/accounts/",
        "/desk/standing-in/",
        "/desk/stops/",
    ):
        assert browser.get(address).status_code == 404, address
    for address in ("/sign-in/account/identities/simulated/link/", "/sign-in/account/password/"):
        assert browser.post(address).status_code == 404, address
    assert browser.get("/me/?q=1").status_code == 200
    assert Client(**PLACE).get("/me/")["Location"].startswith("/sign-in/")


def test_an_account_is_no_person(provider: None, office: Office, clock: Clock) -> None:
    from ..signing_in import signed_in

    for address in OWN[1:]:
        assert signed_in("operator").get(address).status_code == 404
    assert signed_in("operator").post("/me/own/whole/").status_code == 404


def test_a_persons_session_ends_out_idle_and_when_a_key_is_replaced(
    provider: None, office: Office, clock: Clock
) -> None:
    from xinheng.gateways.keys import Purpose
    from xinheng.store.models import PersonSignIn
    from xinheng.usecases.persons.sealing import key_ring

    office.hand_in(person(office.province, IN_THE_SAMPLE))

    def again() -> Client:
        browser = Client(**PLACE)
        walk(browser, ONE)
        assert browser.get("/me/").status_code == 200
        return browser

    browser = again()
    cookie = browser.cookies["xinheng_session"].value
    assert browser.post("/sign-in/out/").status_code == 302
    browser.cookies["xinheng_session"] = cookie
    assert browser.get("/me/").status_code == 302
    browser = again()
    clock.at += dt.timedelta(minutes=31)
    assert "ended=idle" in browser.get("/me/")["Location"]
    browser = again()
    key_ring(TODAY).add(Purpose.LOOKUP)
    assert browser.get("/me/").status_code == 302
    assert PersonSignIn.objects.count() == 0
    again()


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"methods": ("pwd",)}, 403),
        ({"document": ("resident-id", "320999190001010000")}, 403),
        ({"document": ("loyalty-card", "1")}, 403),
    ],
)
def test_a_weak_or_unknown_identity_is_refused_and_recorded(
    provider: None, office: Office, clock: Clock, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], status: int
) -> None:
    from dataclasses import replace

    from xinheng.store.models import AuditEvent
    from xinheng.web.simulated_identity import codes

    people = tuple(replace(one, **changed) if one.subject == ONE else one for one in codes.PEOPLE)
    monkeypatch.setattr(codes, "PEOPLE", people)
    browser = Client(**PLACE)
    assert walk(browser, ONE).status_code == status
    assert browser.get("/me/").status_code == 302
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.allowed) == ("show-identity", False)
    assert "320999190001010000" not in str(event.reasons)
