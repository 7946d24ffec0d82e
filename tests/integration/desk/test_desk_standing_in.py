"""Standing in at the desk: chosen on a page, asked again on every request, told in the frame, and both are named in what is done."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from ..office import Office
from ..sheets import TODAY, penalty_sheet
from ..signing_in import signed_in
from .test_desk_accounts import make, text

NEXT_WEEK = TODAY + dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("standing_in", "accounts.deeds", "accounts.account", "administration"):
        monkeypatch.setattr(f"xinheng.web.desk.{module}.today", lambda: TODAY)
    monkeypatch.setattr("xinheng.web.desk.accounts.deeds.now", lambda: Office.at(TODAY))


@pytest.fixture
def li(office: Office) -> Client:
    """The browser of li, a clerk of the other agency, who stands in for wang of the penalty rows' agency."""
    from xinheng.usecases.accounts.standing_in import cover

    make(office, "wang")
    make(office, "li", agency=office.province.other_agency)
    cover("wang", "li", since=TODAY, until=NEXT_WEEK, reason="休假", actor=office.operator, at=office.at(TODAY))
    browser: Client = signed_in("li")
    return browser


def test_one_acts_for_a_colleague_and_both_are_named(office: Office, li: Client) -> None:
    from xinheng.store.models import AuditEvent

    number = office.submit(penalty_sheet(office.province.penalty())).submission
    place = f"/desk/submissions/{number}/"
    assert li.get(place).status_code == 404
    assert "代其办理" in text(li.get("/desk/standing-in/"))
    assert li.post("/desk/standing-in/for/", {"account": "wang"})["Location"] == "/desk/"
    page = li.get(place)
    assert page.status_code == 200
    assert "代 样例 wang（wang） 办理" in text(page)
    event = AuditEvent.objects.filter(action="view-submissions", allowed=True).latest("id")
    assert (event.actor, event.on_behalf_of) == ("li", "wang")
    assert event.receipt is not None
    assert event.receipt.on_behalf_of == "wang"
    assert li.post("/desk/standing-in/back/").status_code == 302
    assert li.get(place).status_code == 404
    told = (
        AuditEvent.objects.filter(action__startswith="act-for").order_by("id").values_list("action", "actor", "target")
    )
    assert list(told) == [("act-for", "li", "account wang"), ("act-for-oneself", "li", "own account")]


def test_one_acts_for_nobody_who_did_not_ask(office: Office, li: Client) -> None:
    make(office, "qian")
    for principal in ("qian", "operator", "", "nobody-known", "li"):
        assert li.post("/desk/standing-in/for/", {"account": principal}).status_code == 422, principal
    assert "acting-for" not in text(li.get("/desk/standing-in/"))


def test_a_stand_in_that_is_over_ends_in_the_middle_of_a_session(
    office: Office, li: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.store.models import Cover, User

    li.post("/desk/standing-in/for/", {"account": "wang"})
    monkeypatch.setattr("xinheng.web.signed_in.today", lambda: NEXT_WEEK)
    assert li.get("/desk/submissions/")["Location"] == "/desk/standing-in/?ended=1"
    assert "代办已结束" in text(li.get("/desk/standing-in/?ended=1"))
    monkeypatch.setattr("xinheng.web.signed_in.today", lambda: TODAY)
    assert "acting-for" not in text(li.get("/desk/submissions/"))  # it does not come back by itself
    li.post("/desk/standing-in/for/", {"account": "wang"})
    User.objects.filter(username="wang").update(is_active=False)
    assert li.post("/desk/submit/")["Location"] == "/desk/standing-in/?ended=1"
    assert Cover.objects.count() == 1


def test_a_colleague_is_asked_and_nobody_asks_in_anothers_name(office: Office, li: Client) -> None:
    from xinheng.store.models import Cover

    make(office, "qian", agency=office.province.other_agency)
    given = {
        "cover_by": "qian",
        "cover_from": TODAY.isoformat(),
        "cover_until": NEXT_WEEK.isoformat(),
        "cover_reason": "培训",
    }
    for wrong in ({"cover_by": "wang"}, {"cover_by": "nobody-known"}, {"cover_until": "soon"}, {"cover_reason": ""}):
        assert li.post("/desk/standing-in/", {**given, **wrong}).status_code == 422, wrong
    assert li.post("/desk/standing-in/", given).status_code == 302
    assert "qian" in text(li.get("/desk/standing-in/"))
    li.post("/desk/standing-in/for/", {"account": "wang"})
    before = Cover.objects.count()
    assert li.post("/desk/standing-in/", given).status_code in (403, 422)
    assert Cover.objects.count() == before


def test_nobody_confirms_through_cover_what_they_asked_for_themselves(office: Office) -> None:
    from xinheng.core.access import Actor, Assignment, Role
    from xinheng.core.ledger.stops import Ground, Scope
    from xinheng.store.models import RoleAssignment, User
    from xinheng.usecases.accounts.standing_in import cover
    from xinheng.usecases.stops import ask
    from xinheng.usecases.users import actor_named
    from xinheng.web.today import now

    for name in ("first", "second"):
        user = User.objects.create(username=name, password="!")
        RoleAssignment.objects.create(user=user, role="centre-operator", valid_from=dt.date(2026, 1, 1))
    security = Actor("security", (Assignment(Role.SECURITY_ADMINISTRATOR),))
    cover(
        "second",
        "first",
        since=TODAY,
        until=dt.date(2099, 1, 1),
        reason="休假",
        actor=security,
        at=office.at(TODAY),
    )
    stop = ask(
        Scope.AGENCY, office.province.agency, ground=Ground.VERIFYING, reason="核查", basis="应急预案", actor=actor_named("first", on=TODAY), at=now(), on=TODAY
    )  # fmt: skip
    browser = signed_in("first")
    assert browser.post("/desk/standing-in/for/", {"account": "second"}).status_code == 302
    assert browser.post(f"/desk/stops/{stop.number}/confirm/", {}).status_code == 403


def test_the_frame_asks_once_for_who_is_signed_in(office: Office, li: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert li.get("/desk/standing-in/").status_code == 200
    names = [
        one["sql"]
        for one in asked.captured_queries
        if '"display_name"' in one["sql"] and "store_signin" not in one["sql"] and "store_cover" not in one["sql"]
    ]
    assert len(names) <= 1, names  # the account itself, for its roles
