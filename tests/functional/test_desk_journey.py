"""A clerk's first hour at the desk, in a browser: without JavaScript, on a desk's and on a phone's width, and with a reader's tools."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import DESK, PHONE, LivePortal, at_home

pytestmark = pytest.mark.browser

OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SIGN_IN = """
import datetime as dt, os
os.environ["DJANGO_SETTINGS_MODULE"] = "xinheng.project.settings"
import django
django.setup()
from django.contrib.sessions.backends.db import SessionStore
from xinheng.store.models import RoleAssignment, Submission, User
agency = Submission.objects.order_by("id").first().agency
user = User.objects.create(username="clerk-at-the-desk", display_name="样例填报员")
RoleAssignment.objects.create(user=user, role="department-manager", agency=agency, valid_from=dt.date(2020, 1, 1))
session = SessionStore()
session["user"] = user.username
session.create()
from xinheng.usecases.sign_on.sessions import open_session
from xinheng.web.today import now
open_session(user.username, session_key=session.session_key, method="test", address="127.0.0.1", browser="test", at=now())
print(session.session_key, agency.uscc)
"""


@pytest.fixture(scope="module")
def clerk(live_portal: LivePortal) -> tuple[str, str]:
    """Return the session of somebody who hands in for an agency of the sample, and the agency's code."""
    done = subprocess.run(
        [sys.executable, "-c", SIGN_IN], env=at_home(live_portal.home), capture_output=True, text=True, check=True
    )
    session, agency = done.stdout.split()
    return session, agency


def enter(page: Page, live_portal: LivePortal, clerk: tuple[str, str]) -> str:
    """Give a browser the session and return the address of the desk."""
    page.context.add_cookies([{"name": "xinheng_session", "value": clerk[0], "url": live_portal.url}])
    return f"{live_portal.url}/desk/"


def few_rows(live_portal: LivePortal, agency: str) -> tuple[bytes, str]:
    """Return a new file of the agency, two of its rows under other numbers, the second with a day that is none; and that day."""
    file = sorted((live_portal.home / "sample").glob(f"penalties-{agency}*.csv"))[0]
    header, *rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    number, day = header.index("行政处罚决定书文号"), header.index("处罚决定日期")
    known = [row for row in rows if len(row) == len(header) and re.fullmatch(r"20\d\d-\d\d-\d\d", row[day])][:2]
    for place, row in enumerate(known):
        row[number] = f"样〔2026〕90{place}号"
    right, known[1][day] = known[1][day], "不是日期"
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *known])
    return text.getvalue().encode(), right


def test_a_clerk_hands_a_file_in_and_mends_what_came_back_without_a_script(
    plain_page: Page, live_portal: LivePortal, clerk: tuple[str, str], tmp_path: Path
) -> None:
    page = plain_page
    file = tmp_path / "rows.csv"
    content, right = few_rows(live_portal, clerk[1])
    file.write_bytes(content)
    page.goto(enter(page, live_portal, clerk))
    page.get_by_role("link", name="报送文件").click()
    page.get_by_label("报送单位和目录").select_option(f"{clerk[1]}/administrative-penalty")
    page.get_by_label("文件", exact=True).set_input_files(file)
    page.get_by_role("button", name="先校验").click()
    expect(page.locator("main")).to_contain_text("没有入库")
    page.get_by_label("文件", exact=True).set_input_files(file)
    page.get_by_role("button", name="报送", exact=True).click()
    page.wait_for_url("**/desk/submissions/*/")
    expect(page.locator(".count-bad dd")).to_have_text("1")
    page.get_by_role("link", name="逐行更正退回的行").click()
    page.locator("[aria-invalid]").first.fill(right)
    page.get_by_role("button", name="报送改好的行").click()
    page.wait_for_url("**/desk/submissions/*/")
    expect(page.locator(".count-total dd")).to_have_text("1")
    expect(page.locator(".count-bad")).to_have_count(0)


PAGES = (
    "",
    "submit/",
    "submissions/",
    "submissions/1/",
    "submissions/1/issues/",
    "submissions/1/mend/?page=2",
    "submissions/1/severity/",
    "waiting/",
)


def test_every_page_of_the_desk_can_be_read(
    page: Page, live_portal: LivePortal, clerk: tuple[str, str], axe_source: str
) -> None:
    desk = enter(page, live_portal, clerk)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    form = f"submit/{clerk[1]}/administrative-penalty"

    def address(path: str, shown: str) -> str:
        return f"{desk}{path}{'&' if '?' in path else '?'}{shown}"

    for path in (*PAGES, f"{form}/record/", f"{form}/rows/", "questions/", "files/"):
        page.set_viewport_size(DESK)
        page.goto(address(path, "lang=zh&look=plain"))
        assert page.locator("h1").count() == 1, path
        page.evaluate(axe_source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert {one["id"]: one["nodes"][0]["html"] for one in found} == {}, path
        page.set_viewport_size(PHONE)
        assert page.evaluate(OVERFLOW) == 0, path
        page.goto(address(path, "lang=en&look=large-contrast"))
        assert page.evaluate(OVERFLOW) == 0, path
    assert said == []


def test_the_menu_of_the_desk_opens_by_the_keyboard_on_a_phone(
    phone: Page, live_portal: LivePortal, clerk: tuple[str, str]
) -> None:
    phone.goto(enter(phone, live_portal, clerk))
    assert phone.get_by_role("link", name="报送记录").count() == 0
    phone.locator(".desk-nav-narrow summary").focus()
    phone.keyboard.press("Enter")
    phone.get_by_role("link", name="报送记录").click()
    expect(phone).to_have_url(f"{live_portal.url}/desk/submissions/")
