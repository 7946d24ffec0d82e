"""A department manager's first hour: what is to do, a withdrawal approved, figures, the draft of a year answered, and a colleague who stands in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from xinheng.cli.starting import today

from .conftest import Cast, LivePortal
from .walking import Walk, enter, follow, scene

pytestmark = pytest.mark.browser


@pytest.fixture
def year(live_portal: LivePortal, cast: Cast) -> Iterator[int]:
    """Return the number of a year about whose draft the manager's agency is asked; it is dropped afterwards."""
    number = scene(live_portal, "manager", cast.agency)["year"]
    yield number
    scene(live_portal, "drop", str(number))


def test_a_manager_decides_answers_and_is_stood_in_for(walker: Callable[..., Walk], cast: Cast, year: int) -> None:
    manager, clerk = walker("manager"), walker("clerk", scripts=False)
    enter(manager, "walks.manager", cast.secrets["manager"])
    manager.look("desk")
    look_at_the_work(manager)
    enter(clerk, "walks.clerk", cast.secrets["clerk"])
    ask_for_a_withdrawal(clerk, cast.records["withdrawn"])
    approve_it(manager, cast.records["withdrawn"])
    look_at_the_figures(manager)
    answer_the_draft(manager, year)
    arrange_cover(manager)
    act_for_the_manager(clerk)
    manager.sign_out()
    assert [line for line in manager.said if "status of 4" not in line] == []


def look_at_the_work(manager: Walk) -> None:
    """Open the queue, sort it, and open a collection task; the messages are still empty."""
    page = manager.page
    follow(page, "办理", "待办")
    manager.look("queue")
    task = page.get_by_role("table").get_by_role("link", name="归集任务").first
    manager.by_keyboard(task)
    expect(page.get_by_role("heading", level=1)).to_contain_text(" – ")
    manager.look("collection task")
    follow(page, "办理", "消息")
    manager.look("messages")


def ask_for_a_withdrawal(clerk: Walk, record: list[str]) -> None:
    """Find a record by the number of its document and ask that it be withdrawn, without a script."""
    page = clerk.page
    _, _, _, number = record
    page.get_by_role("banner").get_by_role("searchbox").fill(number)
    page.get_by_role("banner").get_by_role("button", name="查询").click()
    page.get_by_role("link", name=number).click()
    page.get_by_role("link", name="撤回这条记录").click()
    page.get_by_label("撤回的理由").fill("同一决定报送了两次")
    page.get_by_label("我确认申请撤回这条记录").check()
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("heading", name="已提交")).to_be_visible()


def approve_it(manager: Walk, record: list[str]) -> None:
    """Read the message about the request, and approve it by the keyboard; the public does not see the record any more."""
    page = manager.page
    code, _, key, _ = record
    assert key in manager.portal.ask(f"/subjects/{code}/")[2]
    manager.go("/desk/")
    page.get_by_role("banner").locator(".who-messages").click()
    page.locator(".message-title a").first.click()
    manager.look("message")
    page.get_by_role("link", name="前往查看").click()
    manager.look("withdrawal to approve")
    page.get_by_label("意见").fill("情况属实")
    manager.by_keyboard(page.get_by_role("button", name="同意，立即生效"))
    expect(page.get_by_role("heading", name="已同意，已生效")).to_be_visible()
    manager.look("withdrawal approved")
    assert key not in manager.portal.ask(f"/subjects/{code}/")[2]


def look_at_the_figures(manager: Walk) -> None:
    """See how timely the own agency hands in, and which records came late."""
    page = manager.page
    follow(page, "办理", "待办")
    page.get_by_role("navigation", name="待办").get_by_role("link", name="单位统计").click()
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(1)
    manager.look("figures")
    page.get_by_role("navigation", name="待办").get_by_role("link", name="归集任务").click()
    manager.look("collection tasks")
    page.get_by_role("navigation", name="待办").get_by_role("link", name="迟报记录").click()
    manager.look("late records")


def answer_the_draft(manager: Walk, year: int) -> None:
    """Answer the draft of the year: first an objection without words, then with them."""
    page = manager.page
    follow(page, "目录", "年度更新")
    manager.look("years")
    page.get_by_role("link", name=str(today().year + 1)).click()
    manager.look("year")
    page.locator("#mine + ul").get_by_role("link").click()
    manager.look("draft to answer")
    answer = page.locator("#answer")
    answer.get_by_label("有意见").check()
    answer.get_by_role("button", name="提交答复").click()
    expect(answer.get_by_label("有意见")).to_be_checked()
    manager.look("objection without words")
    page.locator("#answer").get_by_label("意见", exact=True).fill("每季度更新有困难，建议每半年")
    manager.by_keyboard(page.locator("#answer").get_by_role("button", name="提交答复"))
    manager.go(f"/desk/catalogue/years/{year}/")
    expect(page.locator("blockquote")).to_contain_text("建议每半年")
    manager.look("year with an objection")


def arrange_cover(manager: Walk) -> None:
    """Ask the colleague to stand in: the days are wrong at first."""
    page = manager.page
    page.get_by_role("banner").get_by_role("link", name="代办").click()
    manager.look("standing in")
    for until in (today(), today() + dt.timedelta(days=7)):
        page.get_by_label("由谁代办（账号）").fill("walks.clerk")
        page.get_by_label("到哪一天止（不含当日）").fill(until.isoformat())
        page.get_by_label("理由").fill("休假")
        page.get_by_role("button", name="安排代办").click()
        manager.look(f"standing in until {until}")
    expect(page.locator("#of-me + ul")).to_contain_text("walks.clerk")


def act_for_the_manager(clerk: Walk) -> None:
    """Act for the manager, see what only a manager sees, and go back to oneself; all without a script."""
    page = clerk.page
    page.get_by_role("banner").get_by_role("link", name="代办").click()
    expect(page.locator(".desk-nav-wide").get_by_role("link", name="人员和单位")).to_have_count(1)
    page.get_by_role("button", name="代其办理 walks.manager").click()
    clerk.look("acting for the manager")
    expect(page.get_by_role("status").first).to_contain_text("代 样例部门管理员")
    follow(page, "人员和单位", "账号")
    expect(page.get_by_role("table")).to_contain_text("walks.manager")
    clerk.look("accounts")
    page.get_by_role("button", name="回到本人").click()
    expect(page.get_by_role("heading", name="已办理")).to_be_visible()
    expect(page.locator(".acting-for")).to_have_count(0)
