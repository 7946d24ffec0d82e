"""An enterprise's first hour: in by the electronic licence, its own file, who looked, an agent, a message, nobody else's file, and out for good."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import Cast, LivePortal
from .walking import Walk, enter, scene

pytestmark = pytest.mark.browser


def test_an_enterprise_sees_all_of_its_own_file_and_nothing_of_anothers(
    walker: Callable[..., Walk], live_portal: LivePortal, cast: Cast
) -> None:
    code, name, key, _ = cast.records["enterprise"]
    scene(live_portal, "enterprise", cast.agency, code, key)
    walk = walker("enterprise")
    enter(walk, "walks.representative", cast.secrets["representative"])
    link_the_licence(walk)
    walk.sign_out()
    enter_by_the_licence(walk, code)
    look_at_the_file(walk, name, key, cast.agency_name)
    read_a_message(walk)
    grant_an_agent(walk, code)
    assert walk.go(f"/me/{live_portal.known['clean_code']}/") == 403
    walk.look("another's file")
    leave_for_good(walk, code, name)
    assert [line for line in walk.said if "status of 4" not in line] == []


def link_the_licence(walk: Walk) -> None:
    """Link the electronic licence to the account."""
    page = walk.page
    walk.go("/sign-in/account/")
    walk.look("account")
    page.get_by_role("button", name="关联", exact=True).last.click()
    page.get_by_role("button", name="演示企业（电子营业执照）").click()
    page.get_by_role("button", name="是本人，关联").click()
    expect(page.get_by_role("heading", name="已关联", exact=True)).to_be_visible()


def enter_by_the_licence(walk: Walk, code: str) -> None:
    """Sign in by the licence alone; it leads to the file of the one enterprise."""
    page = walk.page
    walk.go("/sign-in/?next=/me/")
    page.locator(".other-ways").first.get_by_role("link").last.click()
    page.get_by_role("button", name="演示企业（电子营业执照）").click()
    expect(page).to_have_url(f"{walk.portal.url}/me/{code}/")


def look_at_the_file(walk: Walk, name: str, withdrawn: str, source: str) -> None:
    """Read the own file: the withdrawn record as well, where each came from; and who looked at it, on what ground."""
    page = walk.page
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    walk.look("own file")
    record = page.locator(f"#r{withdrawn[:8]}")
    expect(record).to_contain_text("撤回")
    expect(record).to_contain_text(f"{source}于")
    page.locator(".own-record summary").first.click()
    walk.look("a record in full")
    page.get_by_role("link", name="谁查看过").click()
    expect(page.get_by_role("table")).to_contain_text("样检〔2026〕1号")
    walk.look("who looked")


def read_a_message(walk: Walk) -> None:
    """Read the message that a record was withdrawn."""
    page = walk.page
    page.get_by_role("link", name="消息").click()
    walk.look("messages")
    page.locator(".message-title a").first.click()
    expect(page.get_by_role("main")).to_contain_text("撤回")
    walk.look("message")
    walk.by_keyboard(page.get_by_role("button", name="标为已读"))
    expect(page.get_by_role("button", name="标为已读")).to_have_count(0)


def grant_an_agent(walk: Walk, code: str) -> None:
    """Grant an agent: an account that is none first, then the agent's; and end it."""
    page = walk.page
    page.get_by_role("link", name="经办人授权").click()
    walk.look("agents")
    for account in ("walks.nobody", "walks.agent"):
        page.get_by_label("经办人的账号").fill(account)
        page.get_by_role("button", name="授权", exact=True).click()
        walk.look(f"agent {account}")
    expect(page.get_by_role("table")).to_contain_text("样例经办人")
    page.get_by_role("button", name="终止授权 walks.agent").click()
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(1)


def leave_for_good(walk: Walk, code: str, name: str) -> None:
    """Sign out; the browser's way back shows nothing."""
    page = walk.page
    walk.go(f"/me/{code}/")
    walk.sign_out()
    walk.look("signed out")
    page.go_back()
    expect(page).to_have_url(f"{walk.portal.url}/sign-in/?next=%2Fme%2F{code}%2F")
    assert name not in page.content()
