"""Every page of the portal can be read: on a phone, with large letters, with a reader's tools, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = ("home", "about", "results", "nothing", "blank", "subject", "clean", "shop", "entry", "gone", "missing")
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def visit(page: Page, live_portal, name: str, *, language: str = "zh") -> None:
    known = live_portal.known
    paths = {
        "home": "/",
        "about": "/about/",
        "results": f"/search/?q={known['name']}",
        "nothing": "/search/?q=没有任何单位叫这个名字",
        "blank": "/search/",
        "subject": f"/subjects/{known['code']}/",
        "clean": f"/subjects/{known['clean_code']}/",
        "entry": f"/subjects/{known['code']}/",
        "shop": f"/subjects/{known['individual_code']}/",
        "gone": f"/subjects/{known['code']}/records/none/",
        "missing": "/nowhere/",
    }
    path = paths[name]
    page.goto(f"{live_portal.url}{path}{'&' if '?' in path else '?'}lang={language}")
    if name == "entry":
        page.locator(".record-card a").first.click()
        page.wait_for_url("**/records/**")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page, live_portal, axe_source, name, language):
    visit(page, live_portal, name, language=language)
    page.evaluate(axe_source)
    report = page.evaluate("axe.run(document)")
    assert len(report["passes"]) > 10
    assert {found["id"]: [node["html"] for node in found["nodes"]] for found in report["violations"]} == {}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_out_of_a_page_on_a_phone_or_with_letters_of_double_size(phone, live_portal, name, language):
    visit(phone, live_portal, name, language=language)
    for width, letters in ((390, "100%"), (320, "100%"), (1280, "200%")):
        phone.set_viewport_size({"width": width, "height": 800})
        phone.evaluate("size => { document.documentElement.style.fontSize = size; }", letters)
        assert phone.evaluate(OVERFLOW) == 0, (width, letters)


def test_a_page_has_one_title_and_one_first_heading(page, live_portal):
    for name in PAGES:
        visit(page, live_portal, name)
        assert page.locator("h1").count() == 1, name
        assert page.title().endswith("– 信衡 · 公共信用信息"), name
        assert page.locator("main").count() == 1, name


def test_a_printed_record_holds_the_record_and_where_to_look_it_up_again(page, live_portal):
    visit(page, live_portal, "entry")
    page.emulate_media(media="print")
    assert page.locator("#search-text").is_hidden()
    assert page.locator(".footing").is_hidden()
    assert page.locator(".print-only").inner_text().endswith(page.url.removeprefix(live_portal.url))


def test_a_page_asks_nothing_of_anyone_else_and_breaks_no_rule_of_its_own(page, live_portal):
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for name in ("home", "about", "results", "subject", "entry"):
        visit(page, live_portal, name)
    assert [url for url in asked if not url.startswith((live_portal.url, "data:"))] == []
    assert said == []
