"""The centre's first hour: search, figures by city, a year of the catalogue to its signature, a service account, a stop, a waiting row judged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from xinheng.cli.starting import today

from .conftest import Cast
from .walking import Walk, enter, follow

pytestmark = pytest.mark.browser

YEAR = today().year + 1
ITEM, ITEM_NAME = "tax-credit-grade-a", "纳税信用A级"


def test_the_centre_finds_changes_and_stops_and_a_second_person_confirms(
    walker: Callable[..., Walk], cast: Cast
) -> None:
    centre, second = walker("centre"), walker("centre-second", scripts=False)
    enter(centre, "walks.centre", cast.secrets["centre"])
    centre.look("desk")
    search(centre, cast.records["stopped"])
    look_at_the_figures(centre)
    draft_a_year(centre, cast.agency)
    enter(second, "walks.centre-second", cast.secrets["centre-second"])
    sign_it(second)
    make_a_service_account(centre, cast.agency)
    ask_for_a_stop(centre, cast.records["stopped"])
    confirm_it(second, cast.records["stopped"])
    judge_a_waiting_row(centre)
    centre.sign_out()
    assert [line for line in centre.said if "status of 4" not in line] == []


def search(centre: Walk, record: list[str]) -> None:
    """Find a subject by its name and by its code, and a record by the number of its document; and nothing."""
    page = centre.page
    code, name, _, number = record
    for words, found in ((name, code), (code, name), (number, number), ("没有这样的名称", "没有找到")):
        page.get_by_role("searchbox").fill(words)
        page.get_by_role("search").get_by_role("button", name="查询").click()
        expect(page.get_by_role("main")).to_contain_text(found)
    centre.look("nothing found")
    centre.go(f"/desk/search/?q={number}")
    centre.look("search")
    centre.go(f"/desk/files/{code}/")
    centre.look("file")
    page.get_by_role("table").get_by_role("link").first.click()
    centre.look("record")


def look_at_the_figures(centre: Walk) -> None:
    """See the figures of all agencies, and one line for each city."""
    page = centre.page
    follow(page, "办理", "待办")
    centre.look("queue")
    page.get_by_role("navigation", name="待办").get_by_role("link", name="单位统计").click()
    page.get_by_label("汇总").select_option("city")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("table")).to_contain_text("南京市")
    centre.look("figures by city")


def draft_a_year(centre: Walk, agency: str) -> None:
    """Open a year, change how often an item is handed in, ask the one department that provides it, and record its answer given on paper."""
    page = centre.page
    follow(page, "目录", "授权")
    centre.look("grants")
    centre.go(f"/desk/catalogue/grants/{agency}/")
    page.get_by_label("目录项").select_option(ITEM)
    page.get_by_role("button", name="授权", exact=True).click()
    centre.look("grants of an agency")
    follow(page, "目录", "目录项")
    centre.look("items")
    page.get_by_role("table").get_by_role("link", name=ITEM_NAME).click()
    centre.look("item")
    follow(page, "目录", "年度更新")
    page.get_by_label("依据").fill("样例信用办〔2026〕1号")
    page.get_by_role("button", name="开始起草").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(YEAR))
    centre.look("year opened")
    page.get_by_role("link", name=ITEM_NAME).click()
    centre.look("draft of an item")
    page.get_by_label("更新频次").select_option("每月")
    page.locator("#common + form").get_by_role("button", name="保存到草案").click()
    expect(page.get_by_role("heading", name="与现行版本对照")).to_be_visible()
    centre.look("item changed")
    page.get_by_role("navigation", name="位置").get_by_role("link", name=str(YEAR)).click()
    page.get_by_label("答复期限").fill(f"{today():%Y-%m-%d}")
    centre.by_keyboard(page.get_by_role("button", name="征求意见"))
    centre.look("departments asked")
    page.get_by_role("link", name=ITEM_NAME).first.click()
    page.get_by_text("登记书面答复").click()
    page.get_by_label("单位", exact=True).select_option(agency)
    page.get_by_label("同意").check()
    page.get_by_role("button", name="登记", exact=True).click()
    centre.look("answer recorded")


def sign_it(second: Walk) -> None:
    """Sign the year as the second person, without a script."""
    page = second.page
    follow(page, "目录", "年度更新")
    page.get_by_role("table").get_by_role("link", name=str(YEAR)).first.click()
    second.look("year to sign")
    second.by_keyboard(page.get_by_role("button", name="签发"))
    expect(page.locator(".state-line")).to_contain_text("已签发")
    second.look("year signed")


def make_a_service_account(centre: Walk, agency: str) -> None:
    """Make a service account: without a scope first; its secret is shown once."""
    page = centre.page
    follow(page, "人员和单位", "服务账号")
    centre.look("service accounts")
    page.get_by_role("link", name="新建服务账号").click()
    page.get_by_label("服务账号名").fill("walks-system")
    page.get_by_label("系统名称").fill("样例业务系统")
    field = page.get_by_label("所属单位")
    if field.evaluate("here => here.tagName") == "SELECT":
        field.select_option(agency)
    else:
        field.fill(agency)
    page.get_by_label("每日限额（次）").fill("很多")
    page.get_by_role("button", name="建立并显示密钥").click()
    centre.look("a quota that is no number")
    page.get_by_label("每日限额（次）").fill("1000")
    centre.by_keyboard(page.get_by_role("button", name="建立并显示密钥"))
    secret = page.locator(".secret-code").inner_text()
    centre.look("secret")
    page.get_by_role("link", name="已保存，返回").click()
    centre.look("a service account")
    assert secret not in page.content()


def ask_for_a_stop(centre: Walk, record: list[str]) -> None:
    """Ask that a record be published no more for now: its key is mistyped at first."""
    page = centre.page
    code, _, key, _ = record
    follow(page, "监督", "紧急停止")
    centre.look("stops")
    for target in (f"{code}/nothing", f"{code}/{key}"):
        centre.go(f"/desk/files/{code}/{key}/")
        centre.by_keyboard(page.get_by_role("link", name="紧急停止公示"))
        expect(page.get_by_label("对象")).to_have_value(f"{code}/{key}")
        page.get_by_label("对象").fill(target)
        page.get_by_label("对外说明").select_option("verifying")
        page.get_by_label("理由（不对外）").fill("当事人反映文书号有误")
        page.get_by_label("依据").fill("行政处罚法第四十八条")
        page.get_by_role("button", name="申请", exact=True).click()
        centre.look("a stop of no record" if target.endswith("nothing") else "stop asked for")
    assert page.get_by_role("button", name="确认").count() == 0
    assert key in centre.portal.ask(f"/subjects/{code}/")[2]


def confirm_it(second: Walk, record: list[str]) -> None:
    """Confirm the stop as another person, without a script: the public sees the record no more."""
    page = second.page
    code, _, key, _ = record
    follow(page, "监督", "紧急停止")
    second.look("stop to confirm")
    page.get_by_role("button", name="确认").click()
    expect(page.get_by_role("button", name="申请恢复公示")).to_be_visible()
    second.look("stop in force")
    assert key not in second.portal.ask(f"/subjects/{code}/")[2]


def judge_a_waiting_row(centre: Walk) -> None:
    """Compare a waiting row with who may be meant: nothing chosen first; then one is judged another, which can be taken back."""
    page = centre.page
    follow(page, "办理", "待认领")
    centre.look("waiting rows")
    page.get_by_role("table").locator("tbody td[data-title=行政相对人] a").first.click()
    centre.look("waiting row")
    page.get_by_role("button", name="不能确定").click()
    centre.look("nothing chosen")
    page.get_by_label("其他主体的代码").fill(centre.portal.known["clean_code"])
    page.get_by_label("依据").fill("名称和住所均不同")
    page.get_by_role("button", name="不是同一主体").click()
    expect(page.get_by_role("heading", name="已判定")).to_be_visible()
    centre.look("judged")
    page.get_by_role("link", name="撤销这一判定").click()
    centre.look("take it back")
