"""The steps that all first hours have in common: in by one-time secret, first password and authenticator; looking at a page; the keyboard; out."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Locator, Page, expect

from .conftest import LivePortal, at_home

PASSWORD = "kestrel-muddy-91-lantern"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE = "axe.run(document, {resultTypes: ['violations']})"
WIDTHS = (390, 1280)
PICTURES = os.environ.get("XINHENG_PICTURES", "")
"""A folder: where it is named, each page that is looked at is pictured there at both widths."""
MOST_TABS = 60
FOCUSED = "here => here === document.activeElement"


def scene(portal: LivePortal, step: str, *arguments: str) -> Any:
    """Do a step of ``scene.py`` in the portal's home and return what it made."""
    program = Path(__file__).with_name("scene.py")
    done = subprocess.run(
        [sys.executable, program, step, *arguments], env=at_home(portal.home), capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@dataclass
class Walk:
    """Somebody's way through the pages: where they are, what they looked at, and what the browser complained of."""

    page: Page
    portal: LivePortal
    axe: str
    who: str
    scripts: bool = True
    looked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.said.append(message.text))

    def go(self, path: str) -> int:
        """Open a page by its address; returns the status of the answer."""
        answer = self.page.goto(f"{self.portal.url}{path}")
        assert answer is not None
        return answer.status

    def look(self, name: str) -> None:
        """Look at the page that is open: no fault of access, nothing runs out of it at either width, one heading, no word of a machine."""
        self.page.wait_for_load_state()
        expect(self.page.locator("h1"), name).to_have_count(1)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 844 if width < 500 else 800})
            assert self.page.evaluate(OVERFLOW) == 0, (name, width)
            self._picture(name, width)
        found = self._faults()
        assert {one["id"]: [node["html"] for node in one["nodes"]] for one in found} == {}, name
        self.looked.append(name)

    def _faults(self) -> list[dict[str, Any]]:
        """Return what axe finds; axe is a script, so where the walk goes without scripts it looks at a copy of the page as it is shown."""
        with contextlib.ExitStack() as opened:
            page = self.page if self.scripts else self._copy(opened)
            page.evaluate(self.axe)
            found: list[dict[str, Any]] = page.evaluate(AXE)["violations"]
        return found

    def _copy(self, opened: contextlib.ExitStack) -> Page:
        """Return the page that is open, shown again in a browser with scripts."""
        shown, address = self.page.content(), self.page.url
        browser = self.page.context.browser
        assert browser is not None
        page = opened.enter_context(browser.new_context(viewport={"width": 1280, "height": 800})).new_page()
        page.route(address, lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"))
        page.goto(address)
        return page

    def by_keyboard(self, aim: Locator) -> None:
        """Do the main action of a page with the keyboard only: past the masthead by the link that skips it, by tabs, and enter."""
        self.page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
        skip = self.page.locator(".skip-link")
        skip.focus()
        self.page.keyboard.press("Enter")
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if aim.evaluate(FOCUSED):
                with self.page.expect_navigation():
                    self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"the keyboard does not reach {aim}")

    def sign_out(self) -> None:
        """Go out by the button of the masthead."""
        self.page.get_by_role("banner").get_by_role("button", name="退出").click()
        expect(self.page.get_by_role("heading", name="您已退出登录")).to_be_visible()

    def _picture(self, name: str, width: int) -> None:
        if PICTURES:
            place = Path(PICTURES) / f"{self.who}-{len(self.looked):02}-{re.sub(r'[^a-z0-9]+', '-', name)}-{width}.png"
            self.page.screenshot(path=place, full_page=True)


def enter(walk: Walk, account: str, secret: str) -> None:
    """Sign in for the first time: the password is set with the one-time secret, then the authenticator is enrolled."""
    page = walk.page
    walk.go("/sign-in/")
    page.get_by_role("link", name="凭激活码设置密码").click()
    page.get_by_label("用户名").fill(account)
    page.get_by_label("激活码").fill(secret)
    page.get_by_label("新密码", exact=True).fill(PASSWORD)
    page.get_by_label("再次输入新密码").fill(PASSWORD)
    page.get_by_role("button", name="设置密码").click()
    key = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_label("应用显示的 6 位验证码").fill(pyotp.TOTP(key).at(int(time.time())))
    page.get_by_role("button", name="绑定并继续").click()
    page.get_by_role("link", name="已保存，继续").click()
    expect(page.get_by_role("banner").get_by_role("button", name="退出")).to_be_visible()


def follow(page: Page, section: str, way: str) -> None:
    """Go to a place by the navigation of the desk, as it is shown on a wide screen."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator(".desk-nav-wide").get_by_role("link", name=section).click()
    page.wait_for_load_state()
    ways = page.locator(".desk-ways")
    if ways.count() and ways.locator("[aria-current]").filter(has_text=way).count() == 0:
        ways.get_by_role("link", name=way).click()
