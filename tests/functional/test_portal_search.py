"""What anyone finds in the portal, and what nobody finds."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def search(page: Page, live_portal, text: str) -> None:
    page.goto(live_portal.url + "/")
    page.get_by_role("searchbox").fill(text)
    page.get_by_role("button", name="查询").click()


def found_codes(page: Page) -> list[str]:
    return page.locator(".hit .code").all_inner_texts()


def test_a_full_name_finds_its_subject(page, live_portal):
    search(page, live_portal, live_portal.known["name"])
    assert live_portal.known["code"] in found_codes(page)


def test_a_code_finds_exactly_one_subject_in_either_case(page, live_portal):
    for text in (live_portal.known["code"], live_portal.known["code"].lower()):
        search(page, live_portal, text)
        assert found_codes(page) == [live_portal.known["code"]]


def test_part_of_a_name_finds_only_names_that_hold_it(page, live_portal):
    part = live_portal.known["name"][2:5]
    search(page, live_portal, part)
    hits = page.locator(".hit")
    assert hits.count() > 0
    for words in hits.all_inner_texts():
        assert part in words


def test_the_count_is_shown_and_every_hit_leads_to_its_subject(page, live_portal):
    search(page, live_portal, live_portal.known["name"])
    expect(page.locator(".result-count")).to_contain_text("个")
    page.locator(".hit a", has_text=live_portal.known["name"]).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(live_portal.known["name"])


def test_nothing_found_says_what_to_check(page, live_portal):
    search(page, live_portal, "没有任何单位叫这个名字")
    expect(page.locator(".empty-title")).to_have_text("没有找到符合的主体")
    assert found_codes(page) == []


def test_an_empty_question_shows_the_form_again(page, live_portal):
    search(page, live_portal, "  ")
    expect(page.locator(".empty-title")).to_have_text("请输入要查询的内容")


@pytest.mark.parametrize("by", ["individual_code", "individual_name"])
def test_an_individual_business_is_found_by_exact_code_or_full_name(page, live_portal, by):
    search(page, live_portal, live_portal.known[by])
    assert live_portal.known["individual_code"] in found_codes(page)


def test_an_individual_business_is_never_found_by_part_of_its_name_or_code(page, live_portal):
    known = live_portal.known
    for part in (known["individual_name"][1:], known["individual_name"][:-1], known["individual_code"][:-1]):
        search(page, live_portal, part)
        assert known["individual_code"] not in found_codes(page), part
        expect(page.get_by_text("完整名称或者代码").first).to_be_visible()


def test_the_result_says_that_individual_businesses_need_an_exact_question(page, live_portal):
    search(page, live_portal, live_portal.known["name"])
    expect(page.get_by_text("个体工商户只按完整名称或者代码查询")).to_be_visible()


def test_a_question_that_carries_markup_stays_text(page, live_portal):
    hostile = "\"><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    page.goto(f"{live_portal.url}/search/?q={quote(hostile)}")
    assert page.get_by_role("searchbox").input_value() == hostile
    assert page.locator("main script, main img").count() == 0
    assert "taken" not in page.title().split("<")[0]


@pytest.mark.parametrize("address", ["/search/?q=%00", "/search/?q=" + "a" * 201, "/search/?q=ab&page=0x1"])
def test_an_unusable_question_is_explained(page, live_portal, address):
    answer = page.goto(live_portal.url + address)
    assert answer.status == 400
    expect(page.locator(".fault-mend")).to_be_visible()
