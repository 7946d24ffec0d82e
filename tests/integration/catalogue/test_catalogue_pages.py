"""The catalogue at the desk: items, versions side by side, a year worked through the pages, grants; texts run nowhere, bad YAML is answered at its line."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from xinheng.core.catalogue.load import item_names, load

from ..office import Office
from ..sheets import PENALTY, TODAY
from .conftest import Browser

SCRIPT = "<script>alert(1)</script>"
FIRST = dt.date(TODAY.year + 1, 1, 1)
BY = (TODAY + dt.timedelta(days=10)).isoformat()


def _page(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


def _opened(centre: Client) -> str:
    given = {"year": str(FIRST.year), "region": "", "first_day": FIRST.isoformat(), "basis": "苏信用办〔2026〕1号"}
    answer = centre.post("/desk/catalogue/years/", given)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def _text(page: str) -> str:
    from html import unescape

    return unescape(re.search(r'<textarea[^>]*name="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)[1])  # type: ignore[index]


def test_the_items_are_listed_filtered_and_exported(office: Office, browser: Browser) -> None:
    clerk = browser("data-clerk", agency=office.province.agency)
    page = _page(clerk.get("/desk/catalogue/"))
    assert all(load(name).latest.title in page for name in item_names())
    penalty = load(PENALTY).latest
    found = _page(clerk.get("/desk/catalogue/", {"q": "penalt", "sort": "-version"}))
    assert penalty.title in found
    assert load("utility-payment").latest.title not in found
    exported = clerk.get("/desk/catalogue/?format=csv").content.decode("utf-8-sig")
    assert len(exported.splitlines()) == len(item_names()) + 1


def test_every_item_has_its_page_its_versions_and_its_workbook(office: Office, browser: Browser) -> None:
    clerk = browser("data-clerk", agency=office.province.agency)
    for name in item_names():
        version = load(name).at(TODAY)
        page = _page(clerk.get(f"/desk/catalogue/items/{name}/"))
        assert version.title in page
        assert all(field.name in page for field in version.fields)
        _page(clerk.get(f"/desk/catalogue/items/{name}/versions/"))
    assert clerk.get(f"/desk/catalogue/items/{PENALTY}/template.xlsx").content[:2] == b"PK"
    assert clerk.get("/desk/catalogue/items/no-such-item/").status_code == 404
    assert clerk.get(f"/desk/catalogue/items/{PENALTY}/?version=no").status_code == 404


def test_two_versions_stand_side_by_side_with_their_differences_marked(office: Office, browser: Browser) -> None:
    held = next(load(name) for name in item_names() if len(load(name).versions) > 1)
    clerk = browser("data-clerk", agency=office.province.agency)
    labels = [one.version for one in held.revisions]
    page = _page(clerk.get(f"/desk/catalogue/items/{held.name}/versions/", {"from": labels[0], "to": labels[-1]}))
    assert 'class="differs"' in page
    everything = _page(
        clerk.get(f"/desk/catalogue/items/{held.name}/versions/", {"from": labels[0], "to": labels[-1], "all": "yes"})
    )
    assert everything.count("<tr") > page.count("<tr")
    same = _page(clerk.get(f"/desk/catalogue/items/{held.name}/versions/", {"from": labels[0], "to": labels[0]}))
    assert "没有可比较的两个版本" in same


def test_a_page_names_only_agencies_in_reach(office: Office, browser: Browser) -> None:
    from xinheng.store.models import AgencyName

    names = dict(AgencyName.objects.values_list("agency__uscc", "name"))
    ours, theirs = office.province.agency, office.province.other_agency
    page = _page(browser("data-clerk", agency=ours).get(f"/desk/catalogue/items/{PENALTY}/"))
    assert names[ours] in page
    assert names[theirs] not in page
    assert names[theirs] in _page(browser("centre-operator").get(f"/desk/catalogue/items/{PENALTY}/"))


def test_a_year_is_worked_through_the_pages(office: Office, browser: Browser) -> None:
    centre, second = browser("centre-operator"), browser("centre-operator", name="second")
    manager = browser("department-manager", agency=office.province.agency)
    other = browser("department-manager", agency=office.province.other_agency)
    year = _opened(centre)
    draft = f"{year}items/{PENALTY}/"
    given = {
        "openness": "授权查询",
        "frequency": "每月",
        "provider": "各部门",
        "provider_en": "departments",
        "retention_years": "7",
    }
    assert centre.post(draft, {**given, "act": "terms", "note": "收窄公开范围"}).status_code == 302
    page = _page(centre.get(draft))
    assert 'class="differs"' in page
    assert "收窄公开范围" in _page(centre.get(year))
    assert _page(centre.post(f"{year}step/sign/"), 422)
    assert centre.post(f"{year}step/ask/", {"answer_by": BY}).status_code == 302
    assert "等待答复" in _page(manager.get(year))
    assert all(
        f'name="answer" id="answer-{office.province.agency}-{said}"' in _page(manager.get(draft))
        for said in ("agree", "object")
    )
    assert "登记书面答复" in _page(centre.get(draft))
    answered = {"agency": office.province.agency, "answer": "object", "words": ""}
    assert "请写明意见" in _page(manager.post(f"{draft}answer/", answered), 422)
    assert manager.post(f"{draft}answer/", {**answered, "words": SCRIPT + "不同意"}).status_code == 302
    for one in (centre, second, manager):
        page = _page(one.get(year)) + _page(one.get(draft))
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
    theirs = {"agency": office.province.other_agency, "answer": "agree"}
    assert other.post(f"{draft}answer/", theirs).status_code == 302
    assert SCRIPT.removeprefix("<script>")[:8] not in _page(other.get(year))  # the words of another department
    assert centre.post(f"{year}step/sign/", {"reason": "我自己签"}).status_code == 403
    assert _page(second.post(f"{year}step/sign/", {"reason": ""}), 422)
    assert second.post(f"{year}step/sign/", {"reason": "条例已有规定"}).status_code == 302
    assert "已签发" in _page(centre.get(year))
    assert _page(centre.post(draft, {"act": "terms", **given}), 422)
    from xinheng.usecases.catalogue.signed import know_signed_versions

    know_signed_versions(at_once=True)
    versions = _page(manager.get(f"/desk/catalogue/items/{PENALTY}/versions/"))
    assert str(FIRST.year) in versions
    assert "授权查询" in versions


def test_bad_text_is_answered_at_its_line(office: Office, browser: Browser) -> None:
    centre = browser("centre-operator")
    draft = f"{_opened(centre)}items/{PENALTY}/"
    text = _text(_page(centre.get(draft)))
    lines = text.split("\n")
    place = next(number for number, line in enumerate(lines, start=1) if "role: decision_number" in line)
    wrong = text.replace("role: decision_number", "role: no_such_role", 1)
    for act in ("check", "save"):
        page = _page(centre.post(draft, {"text": wrong, "act": act}), 422)
        field_lines = {int(line) for line in re.findall(r'<li value="(\d+)"', page)}
        assert place in field_lines, (place, field_lines)
        assert "no_such_role" in page
    assert "没有问题" in _page(centre.post(draft, {"text": text, "act": "check"}))


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [1, 1]\nb: *a\n",
        "a: &x [lol, lol]\nb: &y [*x, *x]\nc: &z [*y, *y]\n",
        "[" * 5000,
        "a: " + "[" * 100 + "]" * 100,
        "{a: 1, a: 2}",
        "!!python/object/apply:os.system ['true']",
        "\x00\x01",
        "name: [" + SCRIPT + "]",
        SCRIPT,
        "- 1\n- 2\n",
        "9" * 10_000,
        "\n".join(f"k{number}: 1" for number in range(15_000)),
        "",
    ],
    ids=["alias", "bomb", "brackets", "deep", "twice", "tag", "control", "markup", "bare-markup", "list", "number", "many-keys", "empty"],
)  # fmt: skip
def test_hostile_yaml_is_refused_calmly(office: Office, browser: Browser, text: str) -> None:
    centre = browser("centre-operator")
    draft = f"{_opened(centre)}items/{PENALTY}/"
    page = _page(centre.post(draft, {"text": text, "act": "save"}), 422)
    assert "没有采用" in page
    assert "<script>alert" not in page


def test_ten_megabytes_of_yaml_are_refused_calmly(office: Office, browser: Browser) -> None:
    centre = browser("centre-operator")
    draft = f"{_opened(centre)}items/{PENALTY}/"
    answer = centre.post(draft, {"text": "a: b\n" * (2 << 20), "act": "save"})
    assert answer.status_code in (400, 413)
    assert len(answer.content) < 100_000
    page = _page(centre.post(draft, {"text": "#" * 300_000, "act": "save"}), 422)
    assert "不得超过" in page
    assert len(page) < 700_000


def test_items_are_granted_and_ended_from_a_day_and_the_history_stays(office: Office, browser: Browser) -> None:
    from xinheng.usecases.agencies import agency_named, is_granted

    centre, ours = browser("centre-operator"), office.province.agency
    page = f"/desk/catalogue/grants/{ours}/"
    later, end = TODAY + dt.timedelta(days=5), TODAY + dt.timedelta(days=9)
    item = "utility-payment"
    assert centre.post(page, {"item": item, "day": later.isoformat(), "act": "give"}).status_code == 302
    agency = agency_named(ours)
    assert [is_granted(agency, item, on=day) for day in (TODAY, later, end)] == [False, True, True]
    assert "未开始" in _page(centre.get(page))
    assert centre.post(page, {"item": item, "day": end.isoformat(), "act": "end"}).status_code == 302
    assert [is_granted(agency, item, on=day) for day in (later, end)] == [True, False]
    assert end.isoformat() in _page(centre.get(page))
    past = (TODAY - dt.timedelta(days=1)).isoformat()
    assert _page(centre.post(page, {"item": PENALTY, "day": past, "act": "end"}), 422)
    assert _page(centre.post(page, {"item": item, "day": past, "act": "give"}), 422)
    assert _page(centre.post(page, {"item": item, "day": "soon", "act": "give"}), 422)
    clerk = browser("data-clerk", agency=ours)
    assert item in _page(clerk.get(page))
    assert 'value="end"' not in _page(clerk.get(page))
    assert clerk.post(page, {"item": PENALTY, "day": TODAY.isoformat(), "act": "end"}).status_code == 403
    assert clerk.get(f"/desk/catalogue/grants/{office.province.other_agency}/").status_code == 404
    listed = _page(clerk.get("/desk/catalogue/grants/"))
    assert office.province.other_agency not in listed
    assert office.province.other_agency in centre.get("/desk/catalogue/grants/?format=csv").content.decode("utf-8-sig")
