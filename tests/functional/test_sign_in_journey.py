"""An official's first hour at the door: letter, password, authenticator, recovery codes, an identity elsewhere, and out again."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Page, expect

from .conftest import at_home

pytestmark = pytest.mark.browser

PASSWORD = "kestrel-muddy-91-lantern"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
LETTER = """
import datetime as dt, os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinheng.project.settings")
import django; django.setup()
from xinheng.core.access import Actor, Assignment, Role
from xinheng.usecases.sign_on.letters import issue_letter
security = Actor("security", (Assignment(Role.SECURITY_ADMINISTRATOR),))
print(issue_letter("operator", actor=security, at=dt.datetime.now(dt.UTC)).code)
"""


@dataclass
class Look:
    """Looks at every page on the way: no serious fault of access, nothing runs out of it on a phone, nothing breaks a rule of its own."""

    page: Page
    axe: str

    def at(self, name: str, *, language: str = "zh") -> None:
        """Look at the page that is open now."""
        self.page.wait_for_load_state()
        self.page.evaluate(self.axe)
        found = self.page.evaluate("axe.run(document)")["violations"]
        assert {one["id"]: [node["html"] for node in one["nodes"]] for one in found} == {}, name
        for width in (390, 320, 1280):
            self.page.set_viewport_size({"width": width, "height": 900})
            assert self.page.evaluate(OVERFLOW) == 0, (name, width)
        assert self.page.locator("h1").count() == 1, name


@pytest.fixture(scope="module")
def code(live_portal: Any) -> str:
    """Return the code of a letter to the operator."""
    done = subprocess.run(
        [sys.executable, "-c", LETTER], env=at_home(live_portal.home), capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_an_official_walks_from_the_letter_to_a_linked_identity_and_out(
    page: Page, live_portal: Any, code: str, axe_source: str
) -> None:
    look, said = Look(page, axe_source), []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_portal.url}/sign-in/?next=/about/")
    look.at("sign in")
    page.get_by_label("用户名").fill("nobody-here")
    page.get_by_label("密码", exact=True).fill("wrong-password")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("用户名或者密码不正确")
    look.at("refused")

    page.goto(f"{live_portal.url}/sign-in/first-password/")
    secret = set_first_password(page, look, code)
    keep_codes(page, look, secret)
    page.goto(f"{live_portal.url}/sign-in/account/")
    look.at("account")
    link_identity(page, look)

    page.get_by_role("banner").get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="您已退出登录")).to_be_visible()
    page.goto(f"{live_portal.url}/sign-in/account/")
    expect(page).to_have_url(f"{live_portal.url}/sign-in/?next=%2Fsign-in%2Faccount%2F")
    page.get_by_role("link", name="统一身份认证（模拟）").click()
    page.get_by_role("button", name="演示人员甲").click()
    expect(page).to_have_url(f"{live_portal.url}/sign-in/account/")
    page.goto(f"{live_portal.url}/sign-in/account/?lang=en")
    look.at("account in English", language="en")
    assert [line for line in said if "status of 4" not in line] == []


def set_first_password(page: Page, look: Look, code: str) -> str:
    """Set the password with the letter's code, once too weak; returns the secret of the authenticator."""
    for password in ("Password1234", PASSWORD):
        page.get_by_label("用户名").fill("operator")
        page.get_by_label("激活码").fill(code)
        page.get_by_label("新密码", exact=True).fill(password)
        page.get_by_label("再次输入新密码").fill(password)
        page.get_by_role("button", name="设置密码").click()
        if password != PASSWORD:
            expect(page.get_by_role("alert")).to_contain_text("常见词语")
            look.at("weak password")
    expect(page.get_by_role("heading", name="绑定验证器")).to_be_visible()
    look.at("enrol")
    return page.locator("#secret").inner_text().replace(" ", "")


def keep_codes(page: Page, look: Look, secret: str) -> None:
    """Type the first code of the authenticator and see the recovery codes."""
    page.get_by_label("应用显示的 6 位验证码").fill(pyotp.TOTP(secret).at(int(time.time())))
    page.get_by_role("button", name="绑定并继续").click()
    expect(page.locator(".codes li")).to_have_count(10)
    look.at("recovery codes")
    page.get_by_role("link", name="已保存，继续").click()
    expect(page.get_by_role("banner")).to_contain_text("中心操作员")


def link_identity(page: Page, look: Look) -> None:
    """Walk to the provider, come back, and say yes."""
    page.get_by_role("button", name="关联", exact=True).click()
    look.at("simulated provider")
    page.get_by_role("button", name="演示人员甲").click()
    expect(page.get_by_role("heading", name="关联这个身份？")).to_be_visible()
    look.at("confirm")
    page.get_by_role("button", name="是本人，关联").click()
    expect(page.get_by_role("heading", name="已关联", exact=True)).to_be_visible()
