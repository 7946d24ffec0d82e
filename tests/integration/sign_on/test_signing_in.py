"""The way in and out: password, second factor, sessions, waiting after failures; a stolen cookie opens nothing."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from .conftest import NEXT, PASSWORD, Clock, Official, account, enter, events

ACCOUNT = "/sign-in/account/"


def test_a_password_alone_signs_nobody_in(official: Official, clock: Clock) -> None:
    browser = Client()
    answer = browser.post("/sign-in/", {"username": official.username, "password": PASSWORD})
    assert answer["Location"] == "/sign-in/second-factor/"
    assert browser.get(ACCOUNT).status_code == 302
    clock.pass_by(minutes=11)
    assert browser.get("/sign-in/second-factor/")["Location"] == "/sign-in/"


def test_signing_in_changes_the_session_key_and_leads_to_where_one_wanted(official: Official, clock: Clock) -> None:
    browser = Client()
    first = browser.post("/sign-in/", {"username": official.username, "password": PASSWORD, "next": "/about/?lang=en"})
    before = browser.cookies[settings.SESSION_COOKIE_NAME].value
    second = browser.post(first["Location"], {"code": official.code(clock)})
    assert second["Location"] == "/about/?lang=en"
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    page = browser.get(ACCOUNT)
    assert "演示人员甲" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    "asked",
    [
        "https://elsewhere.invalid/",
        "//elsewhere.invalid/",
        "/\\elsewhere.invalid",
        "javascript:alert(1)",
        "elsewhere",
        "http:///x",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(official: Official, clock: Clock, asked: str) -> None:
    browser = Client()
    first = browser.post("/sign-in/", {"username": official.username, "password": PASSWORD, "next": asked})
    assert browser.post(first["Location"], {"code": official.code(clock)})["Location"] == "/desk/"


def test_a_code_is_good_for_once_and_so_is_a_recovery_code(official: Official, clock: Clock) -> None:
    code = official.code(clock)
    for given, status in ((code, 302), (code, 422), (official.codes[0].lower(), 302), (official.codes[0], 422)):
        browser = Client()
        first = browser.post("/sign-in/", {"username": official.username, "password": PASSWORD})
        assert browser.post(first["Location"], {"code": given}).status_code == status, given
        clock.pass_by(seconds=3)


def test_a_cookie_stolen_before_sign_out_opens_nothing_afterwards(official: Official, clock: Clock) -> None:
    browser, thief = enter(official, clock), Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert thief.get(ACCOUNT).status_code == 200
    assert browser.post("/sign-in/out/")["Location"] == "/sign-in/?ended=signed-out"
    assert thief.get(ACCOUNT).status_code == 302
    assert browser.get(ACCOUNT).status_code == 302


def test_a_session_put_back_into_the_store_is_not_signed_in_again(official: Official, clock: Clock) -> None:
    from django.contrib.sessions.models import Session

    browser = enter(official, clock)
    (kept,) = Session.objects.filter(session_key=browser.cookies[settings.SESSION_COOKIE_NAME].value)
    stolen = kept.session_key
    browser.post("/sign-in/out/")
    kept.save(force_insert=True)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert thief.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize(("minutes", "why"), [([27, 29, 29], ""), ([27, 31], "idle"), ([27] + [29] * 20, "absolute")])
def test_a_session_ends_when_it_is_not_used_or_lasts_too_long(
    official: Official, clock: Clock, minutes: list[int], why: str
) -> None:
    browser = enter(official, clock)
    for pause in minutes:
        clock.pass_by(minutes=pause)
        answer = browser.get(ACCOUNT)
    assert answer.status_code == (302 if why else 200)
    assert why in answer.headers.get("Location", "")


def test_a_request_of_somebody_signed_in_costs_one_statement_and_rarely_a_write(
    official: Official, clock: Clock, django_assert_num_queries: object
) -> None:
    browser = enter(official, clock)
    browser.get("/about/")
    with django_assert_num_queries(2):  # type: ignore[operator]  # who is signed in; whether the portal is stopped
        browser.get("/about/")


def test_other_devices_are_signed_out_one_or_all(official: Official, clock: Clock) -> None:
    first, second, third = (enter(official, clock) for _ in range(3))
    from xinheng.store.models import SignIn

    oldest = SignIn.objects.order_by("id").first()
    assert oldest
    assert second.post(f"/sign-in/account/devices/{oldest.pk}/end/").status_code == 302
    assert [one.get(ACCOUNT).status_code for one in (first, second, third)] == [302, 200, 200]
    second.post("/sign-in/account/devices/end-others/")
    assert [one.get(ACCOUNT).status_code for one in (second, third)] == [200, 302]


def test_nobody_ends_the_device_of_another(official: Official, clock: Clock) -> None:
    from xinheng.store.models import SignIn

    from ..signing_in import signed_in

    account("clerk-b")
    enter(official, clock)
    (device,) = SignIn.objects.all()
    assert signed_in("clerk-b").post(f"/sign-in/account/devices/{device.pk}/end/").status_code == 404
    device.refresh_from_db()
    assert device.ended_at is None


def test_changing_the_password_signs_the_other_devices_out_and_refuses_the_last_ones(
    official: Official, clock: Clock
) -> None:
    here, there = enter(official, clock), enter(official, clock)
    again = here.post("/sign-in/account/password/", {"current": PASSWORD, "new": PASSWORD, "again": PASSWORD})
    assert again.status_code == 422
    assert "最近 5 次" in again.content.decode()
    done = here.post("/sign-in/account/password/", {"current": PASSWORD, "new": NEXT, "again": NEXT})
    assert done["Location"] == "/sign-in/account/?done=password"
    assert [one.get(ACCOUNT).status_code for one in (here, there)] == [200, 302]


def test_an_old_password_is_changed_before_anything_else(official: Official, clock: Clock) -> None:
    clock.pass_by(days=91)
    browser = Client()
    first = browser.post("/sign-in/", {"username": official.username, "password": PASSWORD})
    second = browser.post(first["Location"], {"code": official.code(clock)})
    assert second["Location"] == "/sign-in/new-password/"
    assert browser.get(ACCOUNT).status_code == 302
    third = browser.post(second["Location"], {"current": PASSWORD, "new": NEXT, "again": NEXT})
    assert third["Location"] == "/desk/"
    assert browser.get(ACCOUNT).status_code == 200


def test_failures_make_one_wait_the_same_whether_or_not_there_is_an_account(official: Official, clock: Clock) -> None:
    told = {}
    for name in (official.username, "nobody-here"):
        answers = [
            Client(REMOTE_ADDR=f"192.0.2.{len(name)}").post("/sign-in/", {"username": name, "password": "wrong"})
            for _ in range(3)
        ]
        told[name] = [(one.status_code, one.headers.get("Retry-After")) for one in answers]
        assert b'value="wrong"' not in answers[0].content
    assert told[official.username] == told["nobody-here"] == [(422, None), (429, "2"), (429, "2")]
    right = Client(REMOTE_ADDR="192.0.2.9").post("/sign-in/", {"username": official.username, "password": PASSWORD})
    assert right.status_code == 429
    clock.pass_by(seconds=3)
    assert Client().post("/sign-in/", {"username": official.username, "password": PASSWORD}).status_code == 302
    assert ("public", "show-password", False) in events()
    assert (official.username, "show-password", False) in events()


def test_many_tries_at_once_are_no_more_than_one_after_another(official: Official, clock: Clock) -> None:
    from xinheng.usecases.sign_on.tries import TooSoon, begin_try

    begin_try(name="clerk-a", address="192.0.2.1", at=clock.at)
    with pytest.raises(TooSoon):
        begin_try(name="clerk-a", address="192.0.2.2", at=clock.at)


def test_the_log_holds_neither_passwords_nor_codes_nor_names_that_are_not_accounts(
    official: Official, clock: Clock
) -> None:
    from xinheng.store.models import AuditEvent

    code = official.code(clock)
    Client().post("/sign-in/", {"username": "my-secret-typed-here", "password": "another-secret"})
    enter(official, clock)
    told = " ".join(f"{one.actor} {one.target} {one.reasons}" for one in AuditEvent.objects.all())
    assert not [word for word in ("my-secret-typed-here", "another-secret", PASSWORD, code) if word in told]


def test_a_form_that_is_not_ours_signs_nobody_in(official: Official) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": official.username, "password": PASSWORD})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "fields", [{}, {"username": "a\x00b", "password": "x"}, {"username": "a" * 500, "password": "b" * 5000}]
)
def test_nonsense_in_the_form_is_told_at_the_field(db: None, fields: dict[str, str]) -> None:
    answer = Client().post("/sign-in/", fields or {"x": "y"})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
