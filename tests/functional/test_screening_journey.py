"""An official screens for a tender, without a script: one bidder with the keyboard, what was done with the result, then the whole list, again, and a watch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Cast
from .walking import Walk, enter, follow

pytestmark = pytest.mark.browser

MATTER = "CG-01 政府采购供应商资格审查（必查）"
NUMBER = "样采〔2026〕3号"


def test_an_official_screens_one_bidder_and_then_the_list(
    walker: Callable[..., Walk], cast: Cast, tmp_path: Path
) -> None:
    walk = walker("screener", scripts=False)
    known = walk.portal.known
    enter(walk, "walks.screener", cast.secrets["screener"])
    query_one(walk, known)
    tell_what_was_done(walk)
    bidders = tmp_path / "bidders.csv"
    rows = [(known["name"], known["code"]), ("", known["clean_code"]), ("虚构<b>不存在</b>有限公司", "")]
    bidders.write_text("\n".join(["投标人名称,统一社会信用代码", *map(",".join, rows)]), encoding="utf-8")
    screen_the_list(walk, bidders)
    screen_it_again(walk)
    walk.sign_out()
    assert [line for line in walk.said if "status of 4" not in line] == []


def query_one(walk: Walk, known: dict[str, str]) -> None:
    """Find the way by the navigation; a form that is not filled says what is missing; the query is sent with the keyboard."""
    page = walk.page
    follow(page, "查询", "信用审查")
    page.get_by_role("link", name="单笔查询").click()
    page.get_by_label("被查主体代码").fill(known["code"])
    page.get_by_role("button", name="查询").last.click()
    expect(page.get_by_role("alert")).to_contain_text("请选择审查事项")
    page.get_by_label("审查事项").select_option(label=MATTER)
    page.get_by_label("业务编号").fill(NUMBER)
    walk.by_keyboard(page.locator("main").get_by_role("button", name="查询"))
    expect(page.get_by_role("heading", level=1)).to_have_text(known["name"])
    expect(page.get_by_role("heading", name="有不良记录")).to_be_visible()
    walk.look("result")


def tell_what_was_done(walk: Walk) -> None:
    """Nothing was done, which takes a reason."""
    page = walk.page
    page.get_by_label("未采取措施").check()
    page.get_by_role("button", name="反馈").click()
    expect(page.get_by_role("alert")).to_contain_text("请说明未采取措施的理由")
    page.get_by_label("理由").fill("不属于限制情形")
    page.get_by_role("button", name="反馈").click()
    expect(page.get_by_role("heading", name="已反馈")).to_be_visible()


def screen_the_list(walk: Walk, bidders: Path) -> None:
    """Screen the list and look at the rows of one outcome."""
    page = walk.page
    follow(page, "查询", "信用审查")
    page.get_by_role("link", name="批量审查").click()
    page.get_by_label("审查事项").select_option(label=MATTER)
    page.get_by_label("业务编号").fill(NUMBER)
    page.get_by_label("名单").set_input_files(bidders)
    page.get_by_role("button", name="审查").click()
    walk.look("list")
    page.get_by_role("link", name="未找到 1").click()
    expect(page.get_by_role("table", name="各行结果").get_by_role("link")).to_have_text("虚构<b>不存在</b>有限公司")


def screen_it_again(walk: Walk) -> None:
    """Screen the list again: nothing changed; watch its subjects."""
    page = walk.page
    page.get_by_role("button", name="增量复查").click()
    expect(page.get_by_text("3 行中有 0 行变化")).to_be_visible()
    page.get_by_role("link", name="查看本次全部结果").click()
    page.get_by_role("button", name="关注这些主体").click()
    expect(page.get_by_role("heading", name="已关注")).to_be_visible()
    walk.look("watches")
