"""A file handed in at the desk: checked, taken, put in line, refused; and its receipt."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import openpyxl
import pytest
from django.test import Client

from ..office import Office
from ..sheets import PENALTY, csv_bytes, penalty_sheet

SCRIPT = "<script>alert(1)</script>"


def number_of(answer: Any) -> int:
    """Return the submission to whose page an answer leads."""
    assert answer.status_code == 302, answer.content.decode()
    return int(re.fullmatch(r"/desk/submissions/(\d+)/", answer["Location"])[1])


def test_a_file_is_taken_and_its_receipt_adds_up(office: Office, clerk: Client, hand_in: Any) -> None:
    good, bad = office.province.penalty(0), office.province.penalty(1, CF_JDRQ="不是日期")
    number = number_of(hand_in(penalty_sheet(good, bad)))
    page = clerk.get(f"/desk/submissions/{number}/").content.decode()
    shown = [int(one.replace(",", "")) for one in re.findall(r"<dd>([0-9,]+)</dd>", page)[:6]]
    assert shown == [2, 1, 0, 0, 1, 0]
    assert "不是日期" not in page
    issues = clerk.get(f"/desk/submissions/{number}/issues/?level=reject").content.decode()
    assert "不是日期" in issues
    assert "S03" in issues


def test_a_mere_check_takes_nothing(office: Office, clerk: Client, hand_in: Any) -> None:
    answer = hand_in(penalty_sheet(office.province.penalty(0, CF_JDRQ="不是日期")), act="check")
    assert answer.status_code == 200
    assert "没有入库" in answer.content.decode()
    assert "S03" in answer.content.decode()
    assert "没有符合条件的报送" in clerk.get("/desk/submissions/").content.decode()


def test_a_large_file_goes_in_line_and_its_page_tells_how_far_it_is(
    office: Office, clerk: Client, hand_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xinheng.web.desk.submitting.AT_ONCE", 10)
    number = number_of(hand_in(penalty_sheet(office.province.penalty())))
    answer = clerk.get(f"/desk/submissions/{number}/")
    page = answer.content.decode()
    assert "排队等待" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "C:\\folder\\rows.csv", "\u202ergb.csv", SCRIPT + ".csv"])
def test_a_file_name_keeps_no_path_and_runs_nothing(office: Office, clerk: Client, hand_in: Any, name: str) -> None:
    number = number_of(hand_in(penalty_sheet(office.province.penalty()), name=name))
    for path in (f"/desk/submissions/{number}/", "/desk/submissions/", "/desk/"):
        page = clerk.get(path).content.decode()
        assert "etc/" not in page
        assert "folder" not in page
        assert "\u202e" not in page
        assert "<script>alert" not in page


def test_no_text_of_a_file_runs_on_any_page(office: Office, clerk: Client, hand_in: Any) -> None:
    cells = dict.fromkeys(office.province.penalty(), f'"><b>{SCRIPT}')
    number = number_of(
        hand_in(penalty_sheet(cells, {**office.province.penalty(), "CF_WFXW": SCRIPT, "CF_JDRQ": SCRIPT}))
    )
    paths = (f"{number}/", f"{number}/issues/", f"{number}/mend/", "")
    for path in paths:
        page = clerk.get(f"/desk/submissions/{path}").content.decode()
        assert "<script>alert" not in page, path
        assert "><b>" not in page, path
    assert "&lt;script&gt;" in clerk.get(f"/desk/submissions/{number}/issues/").content.decode()


def test_a_file_that_cannot_be_used_is_explained_at_its_field(clerk: Client, hand_in: Any) -> None:
    answer = hand_in(csv_bytes([{"星座": "x"}], ["星座"]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "目录以外的列" in page
    assert 'href="#field-file"' in page
    assert clerk.post("/desk/submit/", {"target": "", "full": "maybe"}).status_code == 422


def test_what_is_too_large_is_refused_with_what_to_do(hand_in: Any, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1 << 10
    answer = hand_in(b"x" * (80 << 10))
    assert answer.status_code == 413
    assert "请把文件分成几个报送" in answer.content.decode()


def test_a_list_is_exported_exactly_as_it_is_shown_and_nothing_in_it_runs(
    office: Office, clerk: Client, hand_in: Any
) -> None:
    hand_in(penalty_sheet(office.province.penalty(0)), name="=cmd.csv")
    hand_in(penalty_sheet(office.province.penalty(1)), name="other.csv")
    answer = clerk.get("/desk/submissions/?q=cmd&format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[3] for row in rows] == ["文件", "'=cmd.csv"]
    book = openpyxl.load_workbook(io.BytesIO(clerk.get("/desk/submissions/?q=cmd&format=xlsx").content))
    assert [row[3].value for row in book.active.rows] == ["文件", "=cmd.csv"]
    assert book.active["D2"].data_type == "s"


def test_the_rejected_rows_come_back_as_a_workbook(office: Office, clerk: Client, hand_in: Any) -> None:
    number = number_of(hand_in(penalty_sheet(office.province.penalty(0, CF_JDRQ="不是日期"))))
    answer = clerk.get(f"/desk/submissions/{number}/rejects.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == 2
    assert "attachment" in answer["Content-Disposition"]


def test_a_form_from_elsewhere_is_refused(office: Office, clerk: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk.cookies
    assert strict.post("/desk/submit/", {"target": f"{office.province.agency}/{PENALTY}"}).status_code == 403
