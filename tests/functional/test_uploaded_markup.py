"""A file whose every text is a programme: handed in, refused, shown on every page that shows it, in a browser in which nothing of it runs."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .conftest import LivePortal, at_home
from .test_desk_journey import SIGN_IN

pytestmark = pytest.mark.browser

HOSTILE = '"\'><img src=x onerror="window.ran=1;alert(1)"><script>window.ran=1;alert(2)</script><svg onload=alert(3)>'
SHORT = "<img src=x onerror=alert(5)>"
KEPT = ("代码", "日期", "有效期", "截止期", "金额", "类别", "行政相对人名称", "证件", "程序", "领域", "编号")
"""What a heading holds whose cell stays as it is in the good row: codes, days, amounts, values of code lists, and the name that the register has to know."""
RAN = "() => window.ran || document.querySelectorAll('img[src=x], main script, svg[onload]').length"


@pytest.fixture(scope="module")
def entered(live_portal: LivePortal) -> tuple[str, str]:
    """Return the session of somebody of an agency, and the agency's code."""
    words = SIGN_IN.replace("clerk-at-the-desk", "clerk-of-the-hostile-file")
    done = subprocess.run(
        [sys.executable, "-c", words], env=at_home(live_portal.home), capture_output=True, text=True, check=True
    )
    session, agency = done.stdout.split()
    return session, agency


def hostile_file(live_portal: LivePortal, agency: str) -> tuple[bytes, str, str]:
    """Return a file with a row that is taken and one that is not, both hostile; the code of the subject, and the number of the good decision."""
    file = sorted((live_portal.home / "sample").glob(f"penalties-{agency}*.csv"))[0]
    header, *rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    kind, code = (
        header.index("行政相对人类别"),
        next(place for place, title in enumerate(header) if "统一社会信用代码" in title),
    )
    row = next(
        row
        for row in rows
        if len(row) == len(header) and row[kind] == "法人及非法人组织" and row[code].startswith("91")
    )
    number = f"苏恶〔2026〕{HOSTILE[:40]}号"
    good = [
        cell if any(part in title for part in KEPT) or not cell else SHORT if title == "法定代表人" else HOSTILE
        for title, cell in zip(header, row, strict=True)
    ]
    good[header.index("行政处罚决定书文号")] = number
    bad = [HOSTILE] * len(header)
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, good, bad])
    return out.getvalue().encode(), row[code], number


def test_nothing_in_a_file_runs_on_any_page_that_shows_it(
    page: Page, live_portal: LivePortal, entered: tuple[str, str], tmp_path: Path
) -> None:
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.context.add_cookies([{"name": "xinheng_session", "value": entered[0], "url": live_portal.url}])
    content, code, _ = hostile_file(live_portal, entered[1])
    named = tmp_path / "'\"><img src=x onerror=alert(4)>.csv"
    named.write_bytes(content)
    live_portal.command("submit", "administrative-penalty", str(named), "--agency", entered[1], codes=(0, 3))
    number, kept = live_portal.rows(
        "SELECT s.id, s.accepted + s.corrected FROM store_submission s JOIN store_agency a ON a.id = s.agency_id WHERE a.uscc = %s ORDER BY s.id DESC LIMIT 1",
        entered[1],
    )[0]
    held = live_portal.rows("SELECT r.record_key::text FROM record r WHERE r.submission_id = %s", number)
    desk = [
        f"/desk/submissions/{number}/",
        f"/desk/submissions/{number}/issues/",
        f"/desk/submissions/{number}/mend/",
        "/desk/submissions/",
        "/desk/",
    ]
    public = [f"/subjects/{code}/", f"/search/?q={code}", f"/desk/files/{code}/"]
    records = [
        f"/{door}/{code}/{part}{key}/"
        for (key,) in held
        for door, part in (("subjects", "records/"), ("desk/files", ""))
    ]
    assert kept == len(held) == 1
    for path in [*desk, *public, *records]:
        answer = page.goto(live_portal.url + path)
        assert answer is not None
        assert answer.status == 200, path
        assert not page.evaluate(RAN), path
    page.goto(f"{live_portal.url}/desk/submissions/{number}/issues/")
    assert "window.ran=1" in page.inner_text("main")  # it is there to be read
    assert not said
