"""An individual's first minutes: in by the unified sign-on, own records masked and whole, who looked, messages, out; and one of whom nothing is kept."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from xinheng.core.sample.codes import identity_number
from xinheng.web.simulated_identity.codes import IN_THE_SAMPLE

from .test_sign_in_journey import Look

pytestmark = pytest.mark.browser


def enter(page: Page, url: str, who: str) -> None:
    """Sign in at the simulated provider."""
    page.goto(f"{url}/sign-in/")
    page.get_by_role("link", name="统一身份认证（模拟）").click()
    page.get_by_role("button", name=who).click()
    expect(page).to_have_url(f"{url}/me/")


def test_an_individual_sees_its_own_records_and_leaves_no_trace_of_its_number(
    page: Page, live_portal: Any, axe_source: str
) -> None:
    look, asked, number = Look(page, axe_source), [], identity_number(IN_THE_SAMPLE)
    page.on("request", lambda request: asked.append(request.url))
    enter(page, live_portal.url, "演示个人甲")
    look.at("own records")
    expect(page.locator(".own-record")).to_have_count(1)
    assert number not in page.content()
    page.get_by_role("button", name="显示完整姓名和号码").click()
    expect(page.locator(".terms").first).to_contain_text(number)
    look.at("own records in full")
    page.get_by_role("link", name="恢复隐藏").click()
    assert number not in page.content()
    page.get_by_role("link", name="谁查看过").click()
    look.at("who looked")
    page.get_by_role("link", name="消息").click()
    expect(page.locator(".happened")).to_contain_text("报送了关于您的一条记录")
    look.at("messages")
    assert page.goto(f"{live_portal.url}/desk/").status == 404  # type: ignore[union-attr]
    page.get_by_role("banner").get_by_role("button", name="退出").click()
    page.goto(f"{live_portal.url}/me/")
    assert page.url.startswith(f"{live_portal.url}/sign-in/")
    assert [one for one in asked if number in one] == []
    assert (live_portal.home.parent / "serve.log").read_text(encoding="utf-8").count(number) == 0
    assert live_portal.rows("SELECT count(*) FROM store_personsignin") == [(0,)]


def test_an_individual_of_whom_nothing_is_kept_is_told_what_that_covers(
    phone: Page, live_portal: Any, axe_source: str
) -> None:
    enter(phone, live_portal.url, "演示个人乙")
    expect(phone.locator(".empty")).to_contain_text("没有关于您的记录")
    expect(phone.get_by_role("table")).to_contain_text("行政处罚信息")
    Look(phone, axe_source).at("nothing kept")
