"""Agencies and service accounts at the desk: the tree, dated names, who may change what; a secret that is shown once, quotas, the end."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from xinheng.core.sample.agencies import AGENCIES

from ..office import Office
from ..sheets import PENALTY, TODAY
from ..signing_in import signed_in
from .test_desk_accounts import make, text

HERE, THERE = "320500", "320100"
NEW = next(one for one in AGENCIES if one.region == HERE)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("agencies.pages", "services.pages", "administration", "accounts.account"):
        monkeypatch.setattr(f"xinheng.web.desk.{module}.today", lambda: TODAY)
        if module != "administration":
            monkeypatch.setattr(f"xinheng.web.desk.{module}.now", lambda: Office.at(TODAY))


@pytest.fixture
def suzhou(office: Office) -> Client:
    """The browser of Suzhou's region manager; the office's first agency is Suzhou's, the other Nanjing's."""
    from xinheng.store.models import Agency, RoleAssignment, User

    Agency.objects.filter(uscc=office.province.agency).update(region_code=HERE)
    Agency.objects.filter(uscc=office.province.other_agency).update(region_code=THERE)
    user = User.objects.create(username="suzhou", password="!")
    RoleAssignment.objects.create(user=user, role="region-manager", region_code=HERE, valid_from=dt.date(2026, 1, 1))
    browser: Client = signed_in("suzhou")
    return browser


def test_a_region_adds_and_renames_agencies_of_its_own_and_no_others(office: Office, suzhou: Client) -> None:
    from xinheng.store.models import Agency

    given = {"code": NEW.uscc, "name": NEW.name, "region": HERE, "parent": "", "since": TODAY.isoformat()}
    for wrong in ({"code": NEW.uscc[:-1] + "?"}, {"name": ""}, {"region": "999999"}, {"since": "soon"}, {"kind": "?"}):
        assert suzhou.post("/desk/agencies/add/", {**given, **wrong}).status_code in (403, 422), wrong
    assert suzhou.post("/desk/agencies/add/", {**given, "region": THERE}).status_code == 403
    assert not Agency.objects.filter(uscc=NEW.uscc).exists()
    added = suzhou.post("/desk/agencies/add/", given)
    assert added["Location"] == f"/desk/agencies/of/{NEW.uscc}/?done=kept"
    place = f"/desk/agencies/of/{NEW.uscc}/"
    renamed = {**given, "name": "苏州市虚构局", "parent": office.province.agency, "level": "county"}
    assert suzhou.post(f"{place}change/", renamed).status_code == 302
    page = text(suzhou.get(place))
    assert "苏州市虚构局" in page
    assert NEW.name in page
    above = text(suzhou.get(f"/desk/agencies/of/{office.province.agency}/"))
    assert f"/desk/agencies/of/{NEW.uscc}/" in above
    theirs = f"/desk/agencies/of/{office.province.other_agency}/"
    assert "保存" not in text(suzhou.get(theirs))
    assert suzhou.post(f"{theirs}change/", {**given, "name": "改名", "region": THERE}).status_code == 403
    assert suzhou.post(f"{place}grant/", {"item": PENALTY}).status_code == 403  # the centre grants the province's items
    assert suzhou.get("/desk/agencies/of/11320000000000000A/").status_code == 404


def test_the_tree_is_filtered_and_people_are_shown_within_reach(office: Office, suzhou: Client, clerk: Client) -> None:
    make(office, "sz.li")
    make(office, "nj.li", agency=office.province.other_agency)
    tree = text(suzhou.get("/desk/agencies/"))
    assert office.province.agency in tree
    assert office.province.other_agency in tree
    cut = text(suzhou.get(f"/desk/agencies/?region={HERE}"))
    assert office.province.agency in cut
    assert office.province.other_agency not in cut
    assert "sz.li" in text(suzhou.get(f"/desk/agencies/of/{office.province.agency}/"))
    assert "nj.li" not in text(suzhou.get(f"/desk/agencies/of/{office.province.other_agency}/"))
    assert "sz.li" not in text(clerk.get(f"/desk/agencies/of/{office.province.agency}/"))
    assert office.province.agency in text(suzhou.get("/desk/agencies/?format=csv"))


def test_the_centre_grants_an_item(office: Office, sign_in: Any) -> None:
    from xinheng.store.models import Grant

    centre, place = sign_in("centre-operator"), f"/desk/agencies/of/{office.province.agency}/grant/"
    item = "tax-credit-grade-a"
    for wrong in ({"item": "nothing"}, {"item": ""}, {"item": item, "since": "soon"}):
        assert centre.post(place, wrong).status_code == 422, wrong
    assert centre.post(place, {"item": item}).status_code == 302
    assert Grant.objects.filter(agency__uscc=office.province.agency, item=item, valid_from=TODAY).count() == 1


def test_a_service_account_shows_its_secret_once_and_its_use_and_ends(
    office: Office, sign_in: Any, suzhou: Client
) -> None:
    from xinheng.store.models import ServiceAccount, ServiceCalls, ServiceSecret
    from xinheng.usecases.services.accounts import digest_of

    centre = sign_in("centre-operator")
    given = {
        "name": "made-up-system", "title": "虚构系统", "agency": office.province.agency, "per_minute": "60", "per_day": "1000",
        "scope-submissions:read": "on",
    }  # fmt: skip
    for wrong in ({"name": "X"}, {"per_day": "-1"}, {"per_minute": "9999"}, {"agency": ""}):
        assert centre.post("/desk/services/add/", {**given, **wrong}).status_code == 422, wrong
    assert (
        centre.post(
            "/desk/services/add/", {**given, "scope-submissions:read": "on", "name": "made-up-system"}
        ).status_code
        == 200
    )
    account = ServiceAccount.objects.get()
    assert account.scopes == ["submissions:read"]
    ServiceCalls.objects.create(account=account, minute=0, in_minute=1, day=TODAY, in_day=250)
    listed = text(centre.get("/desk/services/"))
    assert "250 / 1,000" in listed
    assert "25%" in listed
    assert centre.post("/desk/services/of/made-up-system/rotate/", {"overlap": "31"}).status_code == 422
    rotated = text(centre.post("/desk/services/of/made-up-system/rotate/", {"overlap": "3"}))
    (secret,) = re.findall(r"xhs_[\w-]+", rotated)
    assert ServiceSecret.objects.filter(digest=digest_of(secret)).exists()
    assert secret not in text(centre.get("/desk/services/"))
    assert centre.post("/desk/services/of/made-up-system/end/", {}).status_code == 422
    assert centre.post("/desk/services/of/made-up-system/end/", {"sure": "yes"}).status_code == 302
    assert "已结束" in text(centre.get("/desk/services/"))
    assert "made-up-system" not in text(centre.get("/desk/accounts/"))
    for address in ("/desk/services/", "/desk/services/add/"):
        assert suzhou.get(address).status_code == 403
