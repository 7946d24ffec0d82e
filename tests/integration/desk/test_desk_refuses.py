"""What a page must not take: a forged form, a session that is over, a name that is no path, a question that is SQL. Each is refused and recorded, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from ..office import Office, ledger_rows
from ..sheets import PENALTY, penalty_sheet

SQL = (
    "' OR 1=1 --",
    "'; DROP TABLE record; --",
    "%' UNION SELECT password FROM store_user --",
    '\\"; SELECT pg_sleep(60); --',
)


def refused(action: str) -> list[tuple[str, str, list[str]]]:
    """Return what the audit log says was refused: by whom, about what, why."""
    from xinheng.store.models import AuditEvent

    found = AuditEvent.objects.filter(action=action, allowed=False).order_by("id")
    return [(one.actor, one.target, one.reasons) for one in found]


def bringing(key: str, **about: Any) -> Client:
    """Return another browser with a session's key, as whoever stole it has."""
    other = Client(**about)
    other.cookies[settings.SESSION_COOKIE_NAME] = key
    return other


@pytest.mark.parametrize("door", ["desk", "sign-in"])
def test_a_forged_form_does_nothing_and_is_recorded(office: Office, clerk: Client, door: str) -> None:
    key = clerk.cookies[settings.SESSION_COOKIE_NAME].value
    browser, before = bringing(key, enforce_csrf_checks=True), ledger_rows()
    path = {"desk": f"/desk/submit/{office.province.agency}/{PENALTY}/record/", "sign-in": "/sign-in/out/"}[door]
    answer = browser.post(path, office.province.penalty())
    assert answer.status_code == 403
    [(actor, about, why)] = refused("send-forged-form")
    assert actor == f"data-clerk-{office.province.agency}"
    assert about == f"{path}, address 127.0.0.1"[:200]
    assert why
    assert ledger_rows() == before
    assert clerk.get("/desk/").status_code == 200  # the session goes on: whoever forged the form did not end it


def test_a_session_after_sign_out_opens_no_door_and_that_it_was_tried_is_recorded(
    office: Office, clerk: Client
) -> None:
    office.hand_in(office.province.penalty())
    code, key = office.province.penalty()["CF_XDR_SHXYM"], clerk.cookies[settings.SESSION_COOKIE_NAME].value
    assert clerk.post("/sign-in/out/").status_code == 302
    before = ledger_rows()
    form = f"/desk/submit/{office.province.agency}/{PENALTY}/record/"
    doors = [
        "/desk/",
        "/desk/submissions/",
        f"/desk/files/{code}/",
        form,
        f"/me/{code}/",
        "/sign-in/account/",
        "/desk/stops/",
    ]
    for door in doors:
        answer = bringing(key).get(door)
        assert (answer.status_code, answer["Location"].startswith("/sign-in/")) == (302, True), door
    assert bringing(key).post(form, office.province.penalty(1)).status_code == 302
    assert ledger_rows() == before
    told = refused("use-ended-session")
    assert {why[0] for _, _, why in told} == {"signed-out"}
    assert len(told) == len(doors) + 1


@pytest.mark.parametrize("question", SQL)
def test_sql_in_a_search_is_text(office: Office, clerk: Client, question: str) -> None:
    office.hand_in(office.province.penalty())
    before = ledger_rows()
    for path, name in (
        ("/search/", "q"),
        ("/desk/search/", "q"),
        ("/desk/submissions/", "q"),
        ("/desk/waiting/", "reason"),
        ("/desk/questions/", "submission"),
    ):
        answer = clerk.get(path, {name: question})
        assert answer.status_code == 200, path
        assert office.province.penalty()["CF_XDR_MC"] not in answer.content.decode(), path
    assert ledger_rows() == before > 0


def test_more_than_may_be_sent_is_refused_and_recorded(
    office: Office, clerk: Client, hand_in: Any, settings: Any
) -> None:
    settings.UPLOAD_LIMIT, before = 1000, ledger_rows()
    answer = hand_in(penalty_sheet(office.province.penalty()) + b"\r\n" * 70_000)
    assert answer.status_code == 413
    assert refused("send-body") == [
        (f"data-clerk-{office.province.agency}", "body for /desk/submit/, address 127.0.0.1", ["larger than is taken"])
    ]
    assert ledger_rows() == before
    settings.UPLOAD_LIMIT = 1 << 20
    assert hand_in(penalty_sheet(office.province.penalty())).status_code == 302
