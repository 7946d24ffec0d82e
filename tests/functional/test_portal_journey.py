"""The one journey of the portal, from the front page to a record: by keyboard, without JavaScript, in English."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

ENTRY_ADDRESS = re.compile(r"/subjects/[^/]+/records/[^/]+/$")
FOCUSED_TEXT = "document.activeElement.innerText || ''"
FOCUS_IS_SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
}"""


def tab_to(page: Page, selector: str, *, text: str = "", within: int = 80) -> None:
    """Press Tab until the element is reached; every stop on the way must show that it has the focus."""
    for _ in range(within):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("s => document.activeElement.matches(s)", selector) and text in page.evaluate(FOCUSED_TEXT):
            return
    pytest.fail(f"{selector} {text} was not reached with Tab")


def test_the_journey_is_made_with_the_keyboard_alone(page, live_portal):
    page.goto(live_portal.url + "/")
    tab_to(page, "#search-text")
    page.keyboard.type(live_portal.known["name"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    tab_to(page, ".hit a", text=live_portal.known["name"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(live_portal.known["name"])
    tab_to(page, ".record-card a")
    number = page.evaluate(FOCUSED_TEXT)
    page.keyboard.press("Enter")
    page.wait_for_url(ENTRY_ADDRESS)
    expect(page.get_by_role("heading", level=1)).to_have_text(number)


def test_the_first_stop_of_the_keyboard_skips_to_the_content(page, live_portal):
    page.goto(live_portal.url + "/about/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_journey_is_made_without_javascript(plain_page, live_portal):
    page = plain_page
    page.goto(live_portal.url + "/")
    page.get_by_role("searchbox").fill(live_portal.known["code"])
    page.get_by_role("button", name="查询").click()
    page.locator(".hit a").click()
    page.locator(".record-card a").first.click()
    expect(page).to_have_url(ENTRY_ADDRESS)
    for heading in ("决定", "公示期限", "信息来源", "认为信息有误", "提前终止公示"):
        expect(page.get_by_role("heading", name=heading, exact=False).first).to_be_visible()


def test_a_record_tells_its_source_its_basis_its_days_and_that_objecting_is_free(page, live_portal):
    page.goto(f"{live_portal.url}/subjects/{live_portal.known['code']}/")
    page.locator(".record-card a").first.click()
    terms = page.locator("dt").all_inner_texts()
    for term in ("主体", "作出决定机关", "决定日期", "公示依据", "期限的理由", "信源单位", "收到日期"):
        assert term in terms
        value = page.locator(".term", has=page.locator("dt", has_text=re.compile(f"^{term}$"))).locator("dd")
        assert value.inner_text().strip() not in ("", "未填报"), term
    assert page.locator(".timeline time").count() >= 2
    expect(page.locator(".notice", has_text="异议")).to_contain_text("不收取任何费用")


def test_no_record_says_which_items_are_covered_and_until_when(page, live_portal):
    page.goto(f"{live_portal.url}/subjects/{live_portal.known['clean_code']}/")
    expect(page.locator(".empty")).to_contain_text("不表示该主体从来没有记录")
    rows = page.locator("table tbody tr")
    assert rows.count() >= 1
    for row in rows.all():
        assert row.locator("th").inner_text().strip()
        assert row.locator("td").inner_text().strip()


def test_english_is_chosen_once_and_stays(page, live_portal):
    page.goto(f"{live_portal.url}/search/?q={live_portal.known['code']}")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("searchbox").input_value() == live_portal.known["code"]
    page.locator(".hit a").click()
    expect(page.get_by_role("heading", name="Registration information")).to_be_visible()
    assert page.get_by_role("heading", level=1).locator("[lang='zh-CN']").inner_text() == live_portal.known["name"]
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", name="登记注册信息")).to_be_visible()


def test_an_unknown_language_is_chinese(page, live_portal):
    page.goto(f"{live_portal.url}/?lang=xx")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
