"""Service accounts and their tokens: what is wrong, forged, expired or too much is refused and recorded."""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import json
from typing import Any

import pytest
from django.db import connection

from ..office import Office
from .conftest import FORM, ROOT, System, refusals, system_of
from .test_api_submissions import assert_problem


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[dt.datetime]:
    """The moment that the API is told; a test may change it."""
    from xinheng.api.v1.clock import CHINA

    moment = [dt.datetime(2026, 3, 2, 10, 0, 5, tzinfo=CHINA)]
    for place in ("tokens", "guard", "submissions", "catalogue"):
        monkeypatch.setattr(f"xinheng.api.v1.{place}.now", lambda: moment[0])
    monkeypatch.setattr("xinheng.api.v1.clock.now", lambda: moment[0])
    return moment


def _operator(office: Office) -> dict[str, Any]:
    from xinheng.api.v1.clock import now

    return {"actor": office.operator, "at": now()}


def test_a_token_is_given_for_a_secret_by_form_or_by_basic(office: Office) -> None:
    system = system_of(office, office.province.agency, "a-system")
    answer = system.ask_token(scope="catalogue:read")
    assert answer.status_code == 200
    found = answer.json()
    assert (found["token_type"], found["expires_in"], found["scope"]) == ("Bearer", 3600, "catalogue:read")
    assert (answer.headers["Cache-Control"], answer.headers["Pragma"]) == ("no-store", "no-cache")
    shown = base64.b64encode(f"{system.name}:{system.secret}".encode()).decode()
    basic = system.client.post(
        f"{ROOT}/token", "grant_type=client_credentials", content_type=FORM, headers={"Authorization": f"Basic {shown}"}
    )
    assert basic.status_code == 200
    assert set(basic.json()["scope"].split()) == {
        "catalogue:read",
        "checks:read",
        "checks:write",
        "submissions:read",
        "submissions:write",
    }


@pytest.mark.parametrize(
    ("body", "headers", "status", "error"),
    [
        ("", {}, 400, "invalid_request"),
        ("grant_type=password", {}, 400, "unsupported_grant_type"),
        ("grant_type=client_credentials&grant_type=client_credentials", {}, 400, "invalid_request"),
        ("grant_type=client_credentials", {}, 401, "invalid_client"),
        ("grant_type=client_credentials&client_id=%00&client_secret=%00", {}, 401, "invalid_client"),
        ("grant_type=client_credentials&client_id=a-system&client_secret=no", {}, 401, "invalid_client"),
        ("grant_type=client_credentials&client_secret=a", {"Authorization": "Basic YTpi"}, 400, "invalid_request"),
        ("grant_type=client_credentials", {"Authorization": "Basic !"}, 400, "invalid_request"),
        ("grant_type=client_credentials", {"Authorization": "Basic /w=="}, 400, "invalid_request"),
        ("grant_type=client_credentials", {"Authorization": "Basic YQ=="}, 400, "invalid_request"),
    ],
)
def test_a_wrong_request_for_a_token_gets_the_error_of_the_rfc(
    office: Office, body: str, headers: dict[str, str], status: int, error: str
) -> None:
    system = system_of(office, office.province.agency, "a-system")
    answer = system.client.post(f"{ROOT}/token", body, content_type=FORM, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["why"]["zh"]
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)
    assert len(refusals("issue-token")) == (status == 401)


def test_a_token_is_asked_for_with_a_form_only(office: Office) -> None:
    system = system_of(office, office.province.agency, "a-system")
    answer = system.client.post(
        f"{ROOT}/token", json.dumps({"grant_type": "client_credentials"}), content_type="application/json"
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_a_scope_that_the_account_lacks_is_not_given(office: Office) -> None:
    system = system_of(office, office.province.agency, "a-reader", scopes=("submissions:read",))
    assert system.ask_token(scope="submissions:write").json()["error"] == "invalid_scope"
    assert system.ask_token(scope="everything").json()["error"] == "invalid_scope"
    assert system.signed_on().hand_in(office.province.penalty(1)).status_code == 403


def test_a_token_opens_what_its_scope_says_and_the_refusal_is_recorded(office: Office) -> None:
    system = system_of(office, office.province.agency, "a-system").signed_on("catalogue:read")
    assert system.get("/catalogue").status_code == 200
    answer = system.get("/submissions")
    assert_problem(answer, 403, "refused")
    assert 'error="insufficient_scope", scope="submissions:read"' in answer.headers["WWW-Authenticate"]
    (event,) = refusals()
    assert (event.actor, event.action, event.target) == (system.name, "use-token", "scope submissions:read")


def _jwt(algorithm: str) -> str:
    """A signed token as other platforms use them, in an algorithm of the bearer's choice."""

    def part(content: bytes) -> str:
        return base64.urlsafe_b64encode(content).rstrip(b"=").decode()

    claims = {"sub": "a-system", "scope": "submissions:read", "exp": 4102444800}
    signed = f"{part(json.dumps({'alg': algorithm}).encode())}.{part(json.dumps(claims).encode())}"
    hashed = {"none": None, "HS256": "sha256", "HS512": "sha512"}[algorithm]
    return f"{signed}.{part(hmac.digest(b'', signed.encode(), hashed)) if hashed else ''}"


@pytest.mark.parametrize(
    "token",
    [
        "xht_" + "A" * 43,
        _jwt("none"),
        _jwt("HS256"),
        _jwt("HS512"),
        "x" * 5000,
        "\xff\xfe",
        "' OR 1=1 --",
    ],
    ids=["forged", "no_algorithm", "another_algorithm", "a_third_algorithm", "endless", "bytes", "sql"],
)
def test_a_token_that_is_not_ours_is_refused_and_recorded(office: Office, token: str) -> None:
    system = system_of(office, office.province.agency, "a-system")
    system.token = token
    answer = system.get("/submissions")
    assert_problem(answer, 401, "not-recognised")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    (event,) = refusals("use-token")
    assert (event.actor, event.reasons) == ("unknown", ["no token of ours"])
    assert token[:20] not in event.target


def test_without_a_token_one_is_asked_for(office: Office) -> None:
    system = system_of(office, office.province.agency, "a-system")
    answer = system.get("/submissions")
    assert_problem(answer, 401, "no-token")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_expired_token_is_refused_and_recorded_as_such(office: Office, clock: list[dt.datetime]) -> None:
    system = system_of(office, office.province.agency, "a-system").signed_on()
    clock[0] += dt.timedelta(minutes=59)
    assert system.get("/submissions").status_code == 200
    clock[0] += dt.timedelta(minutes=2)
    assert system.get("/submissions").status_code == 401
    (event,) = refusals("use-token")
    assert (event.actor, event.reasons) == ("a-system", ["it has expired"])


def test_two_secrets_are_good_while_one_is_rotated_and_tokens_die_with_theirs(
    office: Office, clock: list[dt.datetime]
) -> None:
    from xinheng.usecases.services.accounts import rotate_secret

    system = system_of(office, office.province.agency, "a-system").signed_on()
    old = system.secret
    new = rotate_secret("a-system", overlap_days=1, **_operator(office)).secret
    assert {system.ask_token(secret=secret).status_code for secret in (old, new)} == {200}
    newest = rotate_secret("a-system", overlap_days=1, **_operator(office)).secret
    assert system.ask_token(secret=old).status_code == 401
    assert system.get("/submissions").status_code == 401, "its token was of the first secret"
    assert {system.ask_token(secret=secret).status_code for secret in (new, newest)} == {200}
    clock[0] += dt.timedelta(days=1, seconds=1)
    assert [system.ask_token(secret=secret).status_code for secret in (new, newest)] == [401, 200]
    assert [event.reasons for event in refusals("use-token")] == [["its secret has ended"]]


def test_a_token_dies_with_its_account_and_what_was_handed_in_is_finished(office: Office, system: System) -> None:
    from xinheng.usecases.services.accounts import end_service

    from .conftest import finish

    number = system.hand_in(office.province.penalty(1)).json()["id"]
    end_service(system.name, **_operator(office))
    assert system.get("/submissions").status_code == 401
    assert system.ask_token().status_code == 401
    assert [event.reasons for event in refusals("use-token")] == [["its account has ended"]]
    assert finish(number).counts.accepted == 1


def test_secrets_and_tokens_are_nowhere_in_the_database(office: Office, system: System) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename ~ '^store_'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE ANY(%s)",
                [[f"%{system.secret}%", f"%{system.token}%"]],
            )
            assert cursor.fetchone() == (0,), table


def test_over_the_quota_of_a_minute_it_is_told_when_to_come_again(office: Office, clock: list[dt.datetime]) -> None:
    system = system_of(office, office.province.agency, "a-system", per_minute=3, per_day=100).signed_on()
    assert [system.get("/catalogue").status_code for _ in range(4)] == [200, 200, 429, 429]
    answer = system.get("/catalogue")
    assert_problem(answer, 429, "too-many-calls")
    assert answer.headers["Retry-After"] == "55"
    (event,) = refusals("call")
    assert event.actor == "a-system", "one entry a minute, however often it calls"
    clock[0] += dt.timedelta(seconds=55)
    assert system.get("/catalogue").status_code == 200


def test_over_the_quota_of_a_day_it_waits_for_midnight_in_china(office: Office, clock: list[dt.datetime]) -> None:
    system = system_of(office, office.province.agency, "a-system", per_minute=2, per_day=4).signed_on()
    statuses = []
    for _ in range(4):
        statuses.append(system.get("/catalogue").status_code)
        clock[0] += dt.timedelta(minutes=1)
    assert statuses == [200, 200, 200, 429]
    assert system.get("/catalogue").headers["Retry-After"] == str(13 * 3600 + 55 * 60 + 55)
    clock[0] = clock[0].replace(day=3, hour=0, minute=0)
    assert system.ask_token().status_code == 200


def test_a_clock_that_is_behind_gives_no_more_calls(office: Office, clock: list[dt.datetime]) -> None:
    system = system_of(office, office.province.agency, "a-system", per_minute=3, per_day=100).signed_on()
    assert system.get("/catalogue").status_code == 200
    clock[0] -= dt.timedelta(minutes=1)
    assert [system.get("/catalogue").status_code for _ in range(2)] == [200, 429]


def test_a_source_of_wrong_secrets_is_slowed_and_its_entries_are_bounded(
    office: Office, clock: list[dt.datetime]
) -> None:
    from xinheng.usecases.services.quotas import WRONG_PER_MINUTE

    system = system_of(office, office.province.agency, "a-system").signed_on()
    statuses = [system.ask_token(secret="xhs_wrong").status_code for _ in range(WRONG_PER_MINUTE + 5)]
    assert statuses == [401] * WRONG_PER_MINUTE + [429] * 5
    assert len(refusals("issue-token")) == WRONG_PER_MINUTE + 1
    assert system.get("/catalogue").status_code == 200, "who shows a good token is not held back"
    clock[0] += dt.timedelta(minutes=1)
    assert system.ask_token(secret="xhs_wrong").status_code == 401


def test_the_counters_cost_the_disk_nothing(office: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relpersistence FROM pg_class WHERE relname IN ('store_servicecalls', 'store_refusedsource')"
        )
        assert cursor.fetchall() == [("u",), ("u",)]


def test_expired_tokens_are_cleared_away_as_new_ones_are_given(office: Office, clock: list[dt.datetime]) -> None:
    from xinheng.store.models import ServiceToken

    system = system_of(office, office.province.agency, "a-system").signed_on()
    clock[0] += dt.timedelta(hours=26)
    system.signed_on()
    assert ServiceToken.objects.count() == 1
