"""The page of stops at the desk: two people, each in a browser of their own."""

from __future__ import annotations

from django.test import Client

from xinheng.core.ledger.stops import Scope

from ..sheets import PENALTY
from ..signing_in import signed_in
from .square import Square

ASKED = {"scope": "item", "target": PENALTY, "ground": "verifying", "reason": "<b>文件</b>有误", "basis": "应急预案"}


def test_two_people_stop_and_lift_at_the_desk(square: Square) -> None:
    deputy, operator = signed_in("deputy"), signed_in("operator")
    assert deputy.post("/desk/stops/", ASKED).status_code == 302
    page = deputy.get("/desk/stops/").content.decode()
    assert "待第二人确认" in page
    assert "&lt;b&gt;文件" in page
    number = page.partition('id="stop-')[2].partition('"')[0]
    assert f"/desk/stops/{number}/confirm/" not in page  # not one's own
    assert deputy.post(f"/desk/stops/{number}/confirm/").status_code == 403
    assert len(square.shown()) == 3
    assert f"/desk/stops/{number}/confirm/" in operator.get("/desk/stops/").content.decode()
    assert operator.post(f"/desk/stops/{number}/confirm/").status_code == 302
    assert len(square.shown()) == 1
    assert operator.post(f"/desk/stops/{number}/lift/", {"reason": ""}).status_code == 422
    assert operator.post(f"/desk/stops/{number}/lift/", {"reason": "已核实"}).status_code == 302
    assert deputy.post(f"/desk/stops/{number}/confirm/").status_code == 302
    assert len(square.shown()) == 3
    assert deputy.post(f"/desk/stops/{number}/erase/").status_code == 404


def test_a_request_that_cannot_be_taken_comes_back_filled_in(square: Square) -> None:
    page = signed_in("deputy").post("/desk/stops/", {**ASKED, "target": "no-such-item"})
    assert page.status_code == 422
    assert "no-such-item" in page.content.decode()
    assert "没有办理" in page.content.decode()
    assert signed_in("deputy").post("/desk/stops/", {**ASKED, "ground": "none"}).status_code == 422


def test_who_may_not_see_stops_sees_none_and_who_is_not_signed_in_is_led_to_the_door(square: Square) -> None:
    from xinheng.store.models import User

    User.objects.create(username="nobody")
    square.ask(Scope.PORTAL)
    assert signed_in("nobody").get("/desk/stops/").status_code == 403
    assert signed_in("nobody").post("/desk/stops/", ASKED).status_code == 403
    answer = Client().get("/desk/stops/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=%2Fdesk%2Fstops%2F")
    assert "当事人" not in signed_in("manager").get("/desk/stops/").content.decode()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in("deputy").cookies
    assert strict.post("/desk/stops/", ASKED).status_code == 403


def test_the_desk_works_on_while_the_portal_is_stopped(square: Square) -> None:
    square.stop(Scope.PORTAL)
    assert Client().get("/").status_code == 503
    assert signed_in("guard").get("/desk/stops/").status_code == 200
