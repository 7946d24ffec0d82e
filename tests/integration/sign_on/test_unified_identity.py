"""Signing in through the simulated provider: linked by its owner, never by a name; a forged answer is refused and recorded."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from django.test import Client

from .conftest import PASSWORD, Clock, Official, account, enter, events

PLACE = {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000"}
FIRST, SECOND = "simulated-official-1", "simulated-official-2"


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulated provider, reached without a network."""
    settings.SIMULATED_IDENTITY = True

    def answer(request: httpx.Request) -> httpx.Response:
        headers = {
            f"HTTP_{name.upper().replace('-', '_')}": value
            for name, value in request.headers.items()
            if name == "authorization"
        }
        told = Client(**PLACE).generic(
            request.method, request.url.path, request.content, request.headers.get("content-type", ""), **headers
        )
        return httpx.Response(told.status_code, content=told.content)

    monkeypatch.setattr("xinheng.usecases.sign_on.unified.transport", lambda: httpx.MockTransport(answer))


def browser_of(official: Official, clock: Clock) -> Client:
    return enter(official, clock, client=Client(**PLACE))


def choose(browser: Client, address: str, subject: str) -> str:
    """Choose who one is at the provider; returns where that leads."""
    parts = urlsplit(address)
    assert browser.get(f"{parts.path}?{parts.query}").status_code == 200
    back = urlsplit(browser.post(f"{parts.path}?{parts.query}", {"subject": subject})["Location"])
    return f"{back.path}?{back.query}"


def walk(browser: Client, subject: str, *, asked: str = "") -> Any:
    """Walk to the provider and back; returns the answer to the way back."""
    out = browser.get(f"/sign-in/with/simulated/?{urlencode({'next': asked})}")
    return browser.get(choose(browser, out["Location"], subject))


def link(browser: Client, subject: str, *, yes: bool = True) -> Any:
    """Link an identity to the account that is signed in."""
    out = browser.post("/sign-in/account/identities/simulated/link/")
    assert browser.get(choose(browser, out["Location"], subject))["Location"] == "/sign-in/account/"
    return browser.post("/sign-in/account/identities/confirm/", {"yes": "1"} if yes else {"no": "1"})


def test_a_linked_identity_signs_its_owner_in_and_another_nobody(
    provider: None, official: Official, clock: Clock
) -> None:
    assert walk(Client(**PLACE), FIRST).status_code == 403
    assert link(browser_of(official, clock), FIRST, yes=False).status_code == 302
    assert walk(Client(**PLACE), FIRST).status_code == 403
    assert link(browser_of(official, clock), FIRST)["Location"] == "/sign-in/account/?done=linked"
    fresh = Client(**PLACE)
    assert walk(fresh, FIRST, asked="/about/")["Location"] == "/about/"
    assert fresh.get("/sign-in/account/").status_code == 200
    assert walk(Client(**PLACE), SECOND).status_code == 403
    assert ("public", "show-identity", False) in events()


def test_a_provider_that_asked_for_a_password_only_does_not_spare_the_second_factor(
    provider: None, official: Official, clock: Clock
) -> None:
    link(browser_of(official, clock), SECOND)
    fresh = Client(**PLACE)
    assert walk(fresh, SECOND)["Location"] == "/sign-in/second-factor/"
    assert fresh.get("/sign-in/account/").status_code == 302


def test_an_identity_belongs_to_one_account_and_its_link_can_be_ended(
    provider: None, official: Official, clock: Clock
) -> None:
    from xinheng.store.models import LinkedIdentity

    from ..signing_in import signed_in

    mine = browser_of(official, clock)
    link(mine, FIRST)
    account("clerk-b")
    other = signed_in("clerk-b", **PLACE)
    assert link(other, FIRST).status_code == 403
    (one,) = LinkedIdentity.objects.all()
    assert other.post(f"/sign-in/account/identities/{one.pk}/unlink/").status_code == 404
    assert mine.post(f"/sign-in/account/identities/{one.pk}/unlink/").status_code == 302
    assert walk(Client(**PLACE), FIRST).status_code == 403
    assert link(other, FIRST).status_code == 302


def test_the_answer_to_another_browser_or_a_second_time_is_refused(
    provider: None, official: Official, clock: Clock
) -> None:
    link(browser_of(official, clock), FIRST)
    mine, others = Client(**PLACE), Client(**PLACE)
    way = choose(mine, mine.get("/sign-in/with/simulated/")["Location"], FIRST)
    assert others.get(way).status_code == 403
    others.get("/sign-in/with/simulated/")
    assert others.get(way).status_code == 403
    assert mine.get(way).status_code == 302
    assert mine.get(way).status_code == 403


@pytest.mark.parametrize("changed", [{"state": "x"}, {"state": ""}, {"code": "x"}, {"code": ""}])
def test_a_changed_answer_is_refused(provider: None, official: Official, changed: dict[str, str]) -> None:
    browser = Client(**PLACE)
    way = urlsplit(choose(browser, browser.get("/sign-in/with/simulated/")["Location"], FIRST))
    told = {name: values[0] for name, values in parse_qs(way.query).items()}
    assert browser.get(f"{way.path}?{urlencode({**told, **changed})}").status_code == 403
    assert events()[-1] == ("public", "show-identity", False)


def test_the_provider_gives_no_token_without_the_secret_and_the_verifier(provider: None, official: Official) -> None:
    browser = Client(**PLACE)
    out = browser.get("/sign-in/with/simulated/")["Location"]
    code = parse_qs(urlsplit(choose(browser, out, FIRST)).query)["code"][0]
    back = parse_qs(urlsplit(out).query)["redirect_uri"][0]
    asked = {"code": code, "redirect_uri": back, "code_verifier": "guessed"}
    assert browser.post("/simulated-identity/token", asked).status_code == 401
    known = {"HTTP_AUTHORIZATION": "Basic eGluaGVuZzpzaW11bGF0ZWQ="}
    assert browser.post("/simulated-identity/token", asked, **known).status_code == 400


def test_the_provider_leads_nobody_elsewhere_and_is_not_there_unless_it_is_wanted(
    provider: None, db: None, settings: Any
) -> None:
    browser = Client(**PLACE)
    asked = {"client_id": "xinheng", "state": "s", "nonce": "n", "code_challenge": "c"}
    for address in ("https://elsewhere.invalid/sign-in/with/x/", "http://127.0.0.1:8000/about/", "javascript:alert(1)"):
        assert browser.get("/simulated-identity/authorize", {**asked, "redirect_uri": address}).status_code == 400
    settings.SIMULATED_IDENTITY = False
    assert browser.get("/simulated-identity/jwks").status_code == 404
    assert browser.get("/sign-in/with/simulated/").status_code == 404
    assert "simulated" not in browser.get("/sign-in/").content.decode()
    assert PASSWORD not in str(events())
