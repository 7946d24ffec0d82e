"""Accounts at the desk: who sees which, made one by one or from a sheet, dealt with on their page; the three administrators stay apart."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xinheng.core.sample.codes import identity_number

from ..office import Office
from ..sheets import TODAY, csv_bytes

HEADINGS = ["账号", "姓名", "角色", "单位代码", "地区"]
MODULES = (
    "accounts.account",
    "accounts.deeds",
    "accounts.letters",
    "accounts.listing",
    "accounts.opening",
    "administration",
)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in MODULES:
        monkeypatch.setattr(f"xinheng.web.desk.{module}.today", lambda: TODAY)
        if module != "administration":
            monkeypatch.setattr(f"xinheng.web.desk.{module}.now", lambda: Office.at(TODAY))


def text(answer: Any) -> str:
    return str(answer.content.decode())


def make(office: Office, name: str, role: str = "data-clerk", agency: str = "") -> None:
    from xinheng.usecases.accounts.opening import Entry, add_account
    from xinheng.usecases.accounts.roles import Wanted, role_named

    wanted = Wanted(role_named(role), agency or office.province.agency)
    add_account(Entry(name, f"样例 {name}", wanted), actor=office.operator, at=office.at(TODAY), on=TODAY)


@pytest.fixture
def centre(office: Office, sign_in: Any) -> Client:
    """The browser of an operator of the centre."""
    browser: Client = sign_in("centre-operator")
    return browser


def test_the_list_is_searched_filtered_and_exported(office: Office, centre: Client, sign_in: Any) -> None:
    make(office, "sz.li")
    make(office, "sz.wang", "reviewer", office.province.other_agency)
    page = text(centre.get("/desk/accounts/"))
    assert "sz.li" in page
    assert "sz.wang" in page
    for asked, seen in (
        ("q=wang", {"sz.wang"}),
        ("role=reviewer", {"sz.wang"}),
        (f"agency={office.province.agency}", {"sz.li"}),
        ("state=closed", set()),
        ("q=样例", {"sz.li", "sz.wang"}),
    ):
        page = text(centre.get(f"/desk/accounts/?{asked}"))
        assert {name for name in ("sz.li", "sz.wang") if f"/of/{name}/" in page} == seen, asked
    table = text(centre.get("/desk/accounts/?format=csv&sort=-name"))
    assert table.index("sz.wang") < table.index("sz.li")
    manager = sign_in("department-manager", office.province.agency)
    assert "sz.wang" not in text(manager.get("/desk/accounts/"))
    assert "sz.li" in text(manager.get("/desk/accounts/"))
    assert manager.get("/desk/accounts/of/sz.li/").status_code == 200
    assert manager.get("/desk/accounts/of/sz.wang/").status_code == 404
    assert manager.get("/desk/accounts/of/nobody-known/").status_code == 404


def test_a_clerk_has_no_accounts_and_is_not_shown_the_way(office: Office, clerk: Client) -> None:
    assert clerk.get("/desk/accounts/").status_code == 403
    assert clerk.get("/desk/accounts/of/operator/").status_code == 403
    assert "/desk/accounts/" not in text(clerk.get("/desk/"))


def test_an_account_is_made_given_another_role_handed_over_and_closed(office: Office, centre: Client) -> None:
    from xinheng.store.models import RoleAssignment, User

    wrong = centre.post(
        "/desk/accounts/add/",
        {"name": "Sun", "display_name": "样例", "role": "data-clerk", "agency": office.province.agency},
    )
    assert wrong.status_code == 422
    assert 'value="Sun"' in text(wrong)
    made = centre.post(
        "/desk/accounts/add/",
        {"name": "sz.sun", "display_name": "孙样例", "role": "data-clerk", "agency": office.province.agency},
    )
    assert made["Location"] == "/desk/accounts/of/sz.sun/?done=opened"
    page = text(centre.get(made["Location"]))
    assert "账号已建立" in page
    assert "签发一次性口令" not in page  # that is the security administrator's
    make(office, "sz.qian")
    place = "/desk/accounts/of/sz.sun/"
    refused = centre.post(f"{place}role/", {"role": "reviewer", "agency": office.province.agency, "since": "soon"})
    assert refused.status_code == 422
    assert 'id="role" open' in text(refused)
    assert centre.post(f"{place}role/", {"role": "reviewer", "agency": office.province.agency}).status_code == 302
    ended = {"role": "data-clerk", "agency": office.province.agency, "end": TODAY.isoformat()}
    assert centre.post(f"{place}role/end/", ended).status_code == 302
    cover = {"cover_by": "sz.qian", "cover_until": "2099-01-01", "cover_reason": "休假"}
    assert centre.post(f"{place}cover/", cover).status_code == 302
    assert "sz.qian" in text(centre.get(place))
    handed = centre.post(f"{place}hand-over/", {"hand_to": "sz.qian", "hand_reason": "轮岗"})
    assert handed.status_code == 302
    assert RoleAssignment.objects.filter(user__username="sz.qian", role="reviewer").exists()
    assert centre.post(f"{place}close/", {"close_reason": "离职"}).status_code == 422
    assert centre.post(f"{place}close/", {"close_reason": "离职", "close_sure": "yes"}).status_code == 302
    assert not User.objects.get(username="sz.sun").is_active
    closed = text(centre.get(place))
    assert "已停用" in closed
    assert "分配角色" not in closed


def test_a_sheet_is_shown_first_and_then_made_as_it_was_shown(office: Office, centre: Client, sign_in: Any) -> None:
    from xinheng.store.models import User

    def send(browser: Client, *rows: tuple[str, ...]) -> Any:
        content = csv_bytes([dict(zip(HEADINGS, row, strict=True)) for row in rows], HEADINGS)
        return browser.post("/desk/accounts/sheet/", {"file": SimpleUploadedFile("a.csv", content)})

    agency = office.province.agency
    good = [("s.one", "样例一", "数据员", agency, ""), ("s.two", "样例二", "复核员", agency, "")]
    bad = send(centre, *good, ("s.two", "样例三", "数据员", agency, ""), ("s.four", "样例四", "局长", agency, ""))
    assert bad.status_code == 422
    assert "账号名在表中重复" in text(bad)
    assert "没有角色 局长" in text(bad)
    assert 'name="rows"' not in text(bad)
    shown = send(centre, *good)
    assert shown.status_code == 200
    assert not User.objects.filter(username="s.one").exists()
    (kept,) = re.findall(r'name="rows" value="([^"]+)"', text(shown))
    other = sign_in("region-manager", "")
    assert other.post("/desk/accounts/sheet/", {"rows": kept}).status_code == 422
    assert centre.post("/desk/accounts/sheet/", {"rows": kept + "x"}).status_code == 422
    made = centre.post("/desk/accounts/sheet/", {"rows": kept})
    assert made.status_code == 200
    assert User.objects.filter(username__in=("s.one", "s.two")).count() == 2
    assert centre.get("/desk/accounts/sheet/accounts.csv").content.decode("utf-8-sig").startswith("账号,姓名,角色")


def test_the_three_administrators_are_offered_what_is_theirs_and_nothing_else(office: Office, sign_in: Any) -> None:
    make(office, "sz.li")
    place = "/desk/accounts/of/sz.li/"
    system, security, audit = (sign_in(f"{one}-administrator") for one in ("system", "security", "audit"))
    offered = {
        name: {
            words
            for words in ("停用账号", "分配角色", "签发一次性口令", "登录中的设备", "代为关联统一身份")
            if words in text(browser.get(place))
        }
        for name, browser in (("system", system), ("security", security), ("audit", audit))
    }
    assert offered == {
        "system": {"停用账号"},
        "security": {"分配角色", "签发一次性口令", "登录中的设备", "代为关联统一身份"},
        "audit": {"登录中的设备"},
    }
    for browser in (system, audit):
        assert browser.post(f"{place}secret/").status_code == 403
        assert browser.post(f"{place}role/", {"role": "reviewer", "agency": office.province.agency}).status_code == 403
    assert security.post(f"{place}close/", {"close_reason": "离职", "close_sure": "yes"}).status_code == 403
    assert security.get("/desk/accounts/add/").status_code == 403
    assert audit.get("/desk/accounts/letters/").status_code == 403
    assert system.get("/desk/")["Location"] == "/desk/accounts/"


def test_a_secret_is_shown_once_and_letters_are_printed_for_who_was_chosen(office: Office, sign_in: Any) -> None:
    from xinheng.store.models import Activation, OneTimeSecret
    from xinheng.usecases.accounts.secrets import digest_of

    make(office, "sz.li")
    make(office, "sz.wang")
    security = sign_in("security-administrator")
    answer = security.post("/desk/accounts/of/sz.li/secret/")
    assert "no-store" in answer["Cache-Control"]
    (secret,) = re.findall(r"(?:[A-Z2-9]{5}-){4}[A-Z2-9]{5}", text(answer))
    assert OneTimeSecret.objects.get(user__username="sz.li").digest == digest_of(secret)
    assert secret not in text(security.get("/desk/accounts/of/sz.li/"))
    assert security.post("/desk/accounts/letters/", {}).status_code == 422
    letters = security.post("/desk/accounts/letters/", {"account": ["sz.li", "sz.wang", "security-administrator-all"]})
    assert text(letters).count("letter-code") == Activation.objects.count() == 2


def test_a_citys_security_administrator_prints_the_letters_of_the_city_and_no_others(
    office: Office, sign_in: Any
) -> None:
    from xinheng.core.errors import Refused
    from xinheng.store.models import Activation, Agency
    from xinheng.usecases.sign_on.letters import issue_letter
    from xinheng.usecases.users import actor_named

    make(office, "sz.li")
    make(office, "sz.wang", agency=office.province.other_agency)
    Agency.objects.filter(uscc=office.province.agency).update(region_code="320500")
    Agency.objects.filter(uscc=office.province.other_agency).update(region_code="320100")
    security = sign_in("security-administrator", region="320500")
    assert "打印激活函" in text(security.get("/desk/accounts/"))
    assert "sz.wang" not in text(security.get("/desk/accounts/letters/"))
    letters = security.post("/desk/accounts/letters/", {"account": ["sz.li", "sz.wang"]})
    assert text(letters).count("letter-code") == 1
    assert list(Activation.objects.values_list("user__username", flat=True)) == ["sz.li"]
    actor = actor_named("security-administrator-320500", on=TODAY)
    for name in ("sz.wang", "operator", "nobody-of-this-name"):
        with pytest.raises(Refused):
            issue_letter(name, actor=actor, at=office.at(TODAY))


def test_an_identity_is_linked_with_a_reason_that_its_owner_reads(
    office: Office, sign_in: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinheng.store.models import AuditEvent, LinkedIdentity

    from ..signing_in import signed_in

    settings.SIMULATED_IDENTITY = True
    monkeypatch.setattr("xinheng.web.sign_in.account.now", lambda: Office.at(TODAY))
    make(office, "sz.li")
    security, place = sign_in("security-administrator"), "/desk/accounts/of/sz.li/identities/"
    given = {"provider": "simulated", "identity": "made-up-7", "link_reason": "本人到窗口核验"}
    for wrong in ({"link_reason": ""}, {"identity": identity_number(7)}, {"provider": "persons"}, {"identity": ""}):
        assert security.post(place, {**given, **wrong}).status_code == 422, wrong
    assert security.post(place, given).status_code == 302
    assert security.post(place, given).status_code == 422
    own = text(signed_in("sz.li").get("/sign-in/account/"))
    assert "本人到窗口核验" in own
    assert "security-administrator-all" in own
    link = LinkedIdentity.objects.get()
    assert security.post(f"{place}{link.pk}/end/", {"reason": "登记有误"}).status_code == 302
    assert "登记有误" in text(signed_in("sz.li").get("/sign-in/account/"))
    assert AuditEvent.objects.filter(action="link-identity", target="account sz.li", allowed=True).count() == 2
    own_account = security.post("/desk/accounts/of/security-administrator-all/identities/", given)
    assert own_account.status_code == 403
