"""A city's first hour: its agencies and no other city's, a department added, accounts from a sheet with their letters, an item granted, its figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Cast, LivePortal
from .walking import Walk, enter, follow, scene

pytestmark = pytest.mark.browser

DEPARTMENT, DEPARTMENT_NAME = "11320500MB0000017X", "苏州市样例管理局"
HEADINGS = "账号,姓名,角色,单位代码,地区"


def test_a_city_sees_to_its_own_agencies_and_people_and_to_no_others(
    walker: Callable[..., Walk], live_portal: LivePortal, cast: Cast, tmp_path: Path
) -> None:
    about = scene(live_portal, "city")
    city, security = walker("city"), walker("city-security", scripts=False)
    enter(city, "walks.city", cast.secrets["city"])
    city.look("desk")
    look_at_the_agencies(city, about["other"])
    add_a_department(city)
    open_accounts(city, tmp_path / "accounts.csv", about["own"], about["other"])
    enter(security, "walks.city-security", cast.secrets["city-security"])
    print_letters(security)
    grant_the_item(city, about["own"], about["begins"])
    look_at_the_figures(city, about["other"])
    city.sign_out()
    assert [line for line in city.said if "status of 4" not in line] == []


def look_at_the_agencies(city: Walk, other: str) -> None:
    """List the agencies of the city; of another city's the name is known to every official, and nothing else is shown or offered."""
    page = city.page
    follow(page, "人员和单位", "单位")
    page.get_by_label("地区代码").fill("320500")
    page.get_by_role("button", name="筛选").click()
    names = page.get_by_role("table").locator("tbody tr td:first-child").all_inner_texts()
    assert names
    assert [name for name in names if "苏州" not in name] == []
    city.look("agencies of the city")
    page.get_by_label("名称或者代码").fill("没有这样的单位")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".empty")).to_contain_text("没有符合条件的单位")
    city.look("no agency")
    assert city.go(f"/desk/agencies/of/{other}/") == 200
    assert page.get_by_role("main").locator("form").count() == 0
    assert page.get_by_role("heading", name="人员").count() == 0
    city.look("another city's agency")
    assert city.go(f"/desk/catalogue/grants/{other}/") == 404
    city.go("/desk/")


def add_a_department(city: Walk) -> None:
    """Add a department: its code is mistyped at first."""
    page = city.page
    follow(page, "人员和单位", "单位")
    add = page.get_by_role("link", name="登记单位")
    city.by_keyboard(add)
    city.look("add an agency")
    for code in (DEPARTMENT[:-1] + "0", DEPARTMENT):
        page.get_by_label("统一社会信用代码").fill(code)
        page.get_by_label("单位名称").fill(DEPARTMENT_NAME)
        page.get_by_label("地区代码").fill("320500")
        page.get_by_role("button", name="登记").click()
        if code != DEPARTMENT:
            expect(page.get_by_role("alert")).to_be_visible()
            city.look("a mistyped code")
    expect(page.get_by_role("heading", level=1)).to_have_text(DEPARTMENT_NAME)
    city.look("new agency")


def open_accounts(city: Walk, sheet: Path, own: str, other: str) -> None:
    """Upload a sheet with a row of another city's agency; mend it, and make the accounts."""
    page = city.page
    follow(page, "人员和单位", "账号")
    city.look("accounts")
    page.get_by_role("link", name="批量新建").click()
    city.look("a sheet")
    for second in (other, DEPARTMENT):
        rows = (f"walks.one,样例甲,数据员,{own},", f"walks.two,样例乙,部门管理员,{second},")
        sheet.write_text("\r\n".join((HEADINGS, *rows, "")), encoding="utf-8")
        page.get_by_role("button", name="账号表").set_input_files(sheet)
        page.get_by_role("button", name="上传并预览").click()
        city.look("preview with a bad row" if second == other else "preview")
    make = page.get_by_role("button", name="建立 2 个账号")
    city.by_keyboard(make)
    expect(page.get_by_role("heading", level=1)).to_have_text("已建立 2 个账号")
    city.look("accounts made")
    page.get_by_role("link", name="walks.one").click()
    city.look("an account")


def print_letters(security: Walk) -> None:
    """Print the letters of the two new accounts, as the city's security administrator and without a script."""
    page = security.page
    security.look("accounts of the city")
    page.get_by_role("link", name="打印激活函").click()
    security.look("letters to print")
    for name in ("walks.one", "walks.two"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="签发选中的激活函").click()
    expect(page.locator(".letter-code")).to_have_count(2)
    security.look("letters")


def grant_the_item(city: Walk, own: str, begins: str) -> None:
    """Let an agency hand in the item that the city's own catalogue has from tomorrow on."""
    page = city.page
    assert city.go(f"/desk/agencies/of/{own}/") == 200
    page.get_by_text("授权一个目录").click()
    grant = page.locator("#grant")
    grant.get_by_label("目录", exact=True).select_option(label="涉审中介服务机构信息")
    grant.get_by_label("从哪一天起").fill(begins)
    grant.get_by_role("button", name="授权", exact=True).click()
    expect(page.get_by_role("heading", name="已办理")).to_be_visible()
    city.look("item granted")


def look_at_the_figures(city: Walk, other: str) -> None:
    """See the figures of the city's agencies only, whatever the address asks for."""
    page = city.page
    for address in ("/desk/work/agencies/", "/desk/work/agencies/?city=320100", f"/desk/work/?agency={other}"):
        city.go(address)
        assert "南京" not in page.locator("main").inner_text(), address
    follow(page, "办理", "待办")
    city.look("queue")
    page.get_by_role("navigation", name="待办").get_by_role("link", name="单位统计").click()
    city.look("figures")
    follow(page, "目录", "年度更新")
    city.look("years")
